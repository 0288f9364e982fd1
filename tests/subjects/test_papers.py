"""The papers of the register, printed and read."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from pypdf import PdfReader

from personnel.subjects import papers
from portal.documents.models import Document
from portal.documents.press import stored_pdf
from tests.case_scenes import render_all
from tests.cast import Cast
from tests.subjects import scenes


def printed(kind: str) -> str:
    """The text of the printed paper, without line breaks."""
    document = Document.objects.get(kind=kind)
    assert document.state == Document.State.READY
    pdf = stored_pdf(document)
    if folder := os.environ.get("PORTAL_SCREENSHOTS"):
        (Path(folder) / f"{kind}.pdf").write_bytes(pdf)
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "").replace(" ", "")


def test_confirmation_announcement_and_withdrawal_say_who_on_what_ground(cast: Cast) -> None:
    scenes.withdrawn(cast, cast.market)
    render_all()
    form = printed("subjects.confirmation")
    for words in ("示例区市场监督管理局", "行政机关", "示编〔2019〕1号", "核对了机构编制文件", "陆示例", "陶示例"):
        assert words in form
    announced = printed("subjects.announcement")
    assert "关于确认示例区市场监督管理局" in announced
    assert "特此公告" in announced
    assert "机构撤并" in printed("subjects.withdrawal")


def test_the_mandate_names_matters_powers_period_and_responsibility(cast: Cast) -> None:
    scenes.mandate(cast, scenes.entrusted_body(cast))
    render_all()
    letter = printed("subjects.mandate")
    for words in (
        "4.17",
        "对未按规定建立进货查验记录的处罚",
        "一万元以下罚款",
        "不得再委托",
        "承担法律责任",
        "示市监执委",
    ):
        assert words in letter


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("示例区城市管理局", "关于确认示例区城市管理局\n行政执法主体资格的公告"),
        (
            "克拉玛依市白碱滩区三平路街道办事处",
            "关于确认克拉玛依市白碱滩区\n三平路街道办事处行政执法主体资格的公告",
        ),
        ("很" * 30, f"关于确认{'很' * 30}行政执法主体资格的公告"),
    ],
)
def test_the_heading_of_an_announcement_breaks_where_a_word_ends(name: str, heading: str) -> None:
    assert papers._heading("确认", name) == heading
