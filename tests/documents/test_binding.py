"""All documents of a matter as one PDF for the printer."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pypdf
import pytest

from portal.documents import press
from portal.documents.binding import bind
from portal.documents.models import Document
from tests import scenes
from tests.cast import Cast


def pdf(pages: int) -> bytes:
    writer = pypdf.PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def outline(content: bytes) -> list[tuple[str, int]]:
    """Name and page, from 1, of every bookmark."""
    with pikepdf.open(io.BytesIO(content)) as whole, whole.open_outline() as found:
        places = {page.objgen: number for number, page in enumerate(whole.pages, start=1)}
        return [(str(item.title), places[item.destination[0].objgen]) for item in found.root]  # type: ignore[index]  # a page and how it is shown


@pytest.mark.parametrize(
    ("both_sides", "total", "begins"),
    [(False, 6, [1, 2, 5]), (True, 8, [1, 3, 7])],
)
def test_every_document_has_its_bookmark_and_its_own_sheet(both_sides: bool, total: int, begins: list[int]) -> None:
    parts = [("立案审批表", pdf(1)), ("告知书", pdf(3)), ("决定书", pdf(2))]
    whole = bind(parts, both_sides=both_sides)
    assert len(pypdf.PdfReader(io.BytesIO(whole)).pages) == total
    assert outline(whole) == list(zip(("立案审批表", "告知书", "决定书"), begins, strict=True))


def test_the_same_parts_give_the_same_bytes() -> None:
    parts = [("甲", pdf(1)), ("乙", pdf(2))]
    assert bind(parts) == bind(parts)


def test_nothing_is_not_bound() -> None:
    with pytest.raises(ValueError, match="nothing"):
        bind([])


def test_only_chosen_documents_of_this_matter_are_printed(cast: Cast, sign_in: Any) -> None:
    case = scenes.filed(cast)
    document = Document.objects.get(matter=case.matter)
    browser = sign_in(cast.officer)
    page = f"/desk/documents/print/{case.pk}/"
    assert "还没有可以打印的文书" in browser.get(page).content.decode()
    press.render(document.pk)
    assert str(document.number) in browser.get(page).content.decode()
    answer = browser.get(f"{page}pdf/", {"document": [document.pk, "9" * 30, "x"], "both_sides": "1"})
    assert answer["Content-Type"] == "application/pdf"
    assert [name for name, _page in outline(answer.content)] == [f"{document.title} {document.number}".strip()]
    assert browser.get(f"{page}pdf/").status_code == 403
