"""Pictures for tests, drawn on the spot."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def drawn(kind: str = "JPEG", size: tuple[int, int] = (600, 840), mode: str = "RGB", **options: Any) -> bytes:
    """One flat colour."""
    out = io.BytesIO()
    Image.new(mode, size, "steelblue" if mode != "LA" else 90).save(out, kind, **options)
    return out.getvalue()
