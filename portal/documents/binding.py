"""Several PDFs as one, for the printer: each begins on a right-hand page if wanted, with a bookmark of its name."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf


def bind(parts: Iterable[tuple[str, bytes]], *, both_sides: bool = False) -> bytes:
    """One PDF of named parts in their order; with `both_sides` every part begins on an odd page.

    The parts' own page labels and tags are left behind: this is a copy for paper, the originals stay what
    they are. Raises ValueError when there is nothing to bind.
    """
    import pikepdf  # only the process that binds spends the time to load it

    whole = pikepdf.new()
    with whole.open_outline() as outline:
        for name, content in parts:
            if both_sides and len(whole.pages) % 2:
                whole.add_blank_page(page_size=_size(whole.pages[-1]))
            first = len(whole.pages)
            with pikepdf.open(io.BytesIO(content)) as part:
                whole.pages.extend(part.pages)
            outline.root.append(pikepdf.OutlineItem(name, first))
    if not len(whole.pages):
        raise ValueError("nothing to bind")
    target = io.BytesIO()
    whole.save(target, deterministic_id=True)
    return target.getvalue()


def _size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    return right - left, top - bottom
