"""The pages look as GB/T 9704 asks: 22 lines of 28 characters, number, seal, signature with text before it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
from collections import defaultdict
from itertools import pairwise
from typing import Any

import pypdf
import pytest

from portal.accounts.models import Department
from portal.documents import frozen
from portal.documents.codes import new_code
from portal.documents.kinds import DocumentKind
from portal.documents.rendering import Rendered, to_html, to_pdf
from tests.documents import samples

POINTS_PER_MM = 72 / 25.4
LONG_NAME = "示例市示例区文化体育广播电视和旅游产业发展局"


def paper(title: str, *, issuer: str = samples.MARKET, draft: bool = False, series: str = "罚告") -> dict[str, Any]:
    """The head of a document, as the mill writes it."""

    class Kind(DocumentKind):
        key, label, template = "tests.layout", title, ""

    Kind.series = series
    department = Department(name=issuer, kind=Department.Kind.ORGAN)
    head = frozen.paper_of(Kind(), department, title, dt.date(2026, 11, 24))
    if draft:
        return head
    number = f"示市监{series}〔2026〕96号" if series else ""
    return frozen.issued(head, number=number, code=new_code(), issued_at="2026-11-24T10:00:00+08:00")


def printed(template: str, head: dict[str, Any], context: Any) -> Rendered:
    return to_pdf(to_html(template, head, dataclasses.asdict(context)))


def pages_of(rendered: Rendered) -> list[str]:
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(rendered.pdf)).pages]


def words_of(rendered: Rendered) -> str:
    """All pages as one text, without the number and code in the foot margin."""
    return re.sub(
        r"(—\d+—)?示市监\w*〔2026〕96号[-0-9A-Z]{14}(—\d+—|第\d+页，共\d+页)?", "", "".join(pages_of(rendered))
    )


def lines_of(rendered: Rendered, page: int) -> dict[float, str]:
    """The lines of a page: distance of the baseline from the upper edge in mm → text."""
    lines: dict[float, str] = defaultdict(str)
    sheet = pypdf.PdfReader(io.BytesIO(rendered.pdf)).pages[page]
    height = float(sheet.mediabox.height)

    def visit(text: str, matrix: list[float], place: list[float], _font: Any, _size: float) -> None:
        if text.strip():
            y = matrix[1] * place[4] + matrix[3] * place[5] + matrix[5]
            lines[round((height - y) / POINTS_PER_MM, 1)] += text.strip()

    sheet.extract_text(visitor_text=visit)
    return dict(sorted(lines.items()))


@pytest.mark.parametrize("name", samples.PAPERS)
def test_every_paper_says_who_when_and_under_which_number(name: str) -> None:
    title, template, context = samples.PAPERS[name]
    head = paper(title)
    text = "".join(pages_of(printed(template, head, context)))
    assert "示市监罚告〔2026〕96号" in text
    assert samples.MARKET in text
    assert "2026年11月24日" in text
    assert title in text


@pytest.mark.parametrize("name", samples.PAPERS)
def test_a_draft_says_so_on_every_page_and_has_neither_number_nor_code(name: str) -> None:
    title, template, context = samples.PAPERS[name]
    for page in pages_of(printed(template, paper(title, draft=True), context)):
        assert "草稿" in page
    text = "".join(pages_of(printed(template, paper(title, draft=True), context)))
    assert "（文号在签发时生成）" in text
    assert "验证码" not in text.replace("验证码和二维码在签发时生成", "")


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    context = dataclasses.replace(samples.NOTICE, facts="国" * 28 * 60)
    lines = lines_of(printed(samples.PAPERS["notice"][1], paper("告知书"), context), 1)
    full = [text for text in lines.values() if text == "国" * 28]
    assert len(full) == 22
    baselines = [place for place, text in lines.items() if text == "国" * 28]
    assert baselines[0] > 37
    assert baselines[-1] < 297 - 35
    steps = {round(low - high, 1) for high, low in pairwise(baselines)}
    assert all(10.1 <= step <= 10.3 for step in steps), "28.95 pt from line to line"


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    context = dataclasses.replace(samples.NOTICE, facts="\n".join([samples.FACTS] * 4))
    reader = pypdf.PdfReader(io.BytesIO(printed(samples.PAPERS["notice"][1], paper("告知书"), context).pdf))
    places: list[float] = []
    for number, page in enumerate(reader.pages, start=1):
        found: list[float] = []

        def visit(
            text: str, matrix: list[float], place: list[float], *_rest: Any, n: int = number, f: Any = found
        ) -> None:
            if f"— {n} —" in text:
                f.append(matrix[0] * place[4] + matrix[4])

        page.extract_text(visitor_text=visit)
        assert len(found) == 1, f"page {number} has its number once"
        places.append(found[0] / POINTS_PER_MM)
    assert len(places) >= 3
    assert all(place > 150 for place in places[0::2])
    assert all(place < 60 for place in places[1::2])


@pytest.mark.parametrize("extra", range(23))
def test_the_signature_never_stands_alone_on_a_page(extra: int) -> None:
    context = dataclasses.replace(samples.NOTICE, facts="\n".join(["又查明，当事人主动召回。"] * extra) or "无")
    pages = pages_of(printed(samples.PAPERS["notice"][1], paper("告知书"), context))
    signed = pages[-1]
    assert "2026年11月24日" in signed, "signature and date stand on the last page"
    assert "0990-0000002" in signed, "with the last lines of the text before them"
    assert "验证码" in signed
    assert sum("2026年11月24日" in page for page in pages) == 1


def test_the_annex_is_part_of_the_letter_and_the_record_closes_it() -> None:
    title, template, context = samples.PAPERS["urging"]
    pages = pages_of(printed(template, paper(title), context))
    annexed = [page for page in pages if "未履行职责事项清单" in page or "序号" in page]
    assert all(f"示例商贸有限公司{number}案" in "".join(annexed) for number in range(1, 21))
    assert "抄送：示例区人民政府。" in pages[-1]
    assert "示例商贸有限公司20案" in pages[-1], "the record does not stand on a page of its own"
    assert not any("抄送" in page for page in pages[:-1])


@pytest.mark.parametrize("lines", [1, 120])
def test_a_form_runs_over_as_many_pages_as_the_facts_need(lines: int) -> None:
    title, template, context = samples.PAPERS["filing"]
    facts = "\n".join(f"第{number}项事实，经现场检查查明。" for number in range(1, lines + 1))
    pages = pages_of(printed(template, paper(title), dataclasses.replace(context, facts=facts)))
    text = "".join(pages)
    assert all(f"第{number}项事实" in text for number in range(1, lines + 1))
    assert (len(pages) > 2) == (lines > 100)


@pytest.mark.parametrize("sealed", [True, False])
def test_only_a_sealed_paper_says_that_anybody_can_verify_it(sealed: bool) -> None:
    title, template, context = samples.PAPERS["receipt"]
    text = words_of(printed(template, {**paper(title), "sealed": sealed}, context))
    assert ("可核对本文书的真伪" in text) == sealed
    assert "制作日期：2026年11月24日" in text


def test_a_receipt_and_a_short_filing_form_fit_on_one_sheet() -> None:
    title, template, context = samples.PAPERS["filing"]
    assert printed(template, {**paper(title), "sealed": False}, context).pages == 1
    title, template, context = samples.PAPERS["receipt"]
    assert printed(template, paper(title, series=""), context).pages == 1


@pytest.mark.parametrize("issuer", ["示例区司法局", LONG_NAME])
def test_name_and_date_are_centred_on_each_other_within_the_type_area(issuer: str) -> None:
    rendered = printed(samples.PAPERS["notice"][1], paper("告知书", issuer=issuer), samples.NOTICE)
    spans: dict[str, float] = {}

    def visit(text: str, matrix: list[float], place: list[float], _font: Any, size: float) -> None:
        for wanted in (issuer, "2026年11月24日"):
            if text.strip().startswith(wanted):
                spans[wanted] = (matrix[0] * place[4] + matrix[4]) / POINTS_PER_MM

    pypdf.PdfReader(io.BytesIO(rendered.pdf)).pages[-1].extract_text(visitor_text=visit)
    name_left, date_left = spans[issuer], spans["2026年11月24日"]
    name_width = len(issuer) * 15.79 / POINTS_PER_MM
    assert name_left >= 27.5
    assert name_left + name_width <= 210 - 26 + 0.5
    assert date_left + 37 / 2 == pytest.approx(name_left + name_width / 2, abs=4)


def test_hostile_names_are_printed_and_not_obeyed() -> None:
    party = dataclasses.replace(samples.PARTY, name='<img src="file:///etc/passwd">甲公司</style>', address="A" * 400)
    rendered = printed(samples.PAPERS["notice"][1], paper("告知书"), dataclasses.replace(samples.NOTICE, party=party))
    assert '<imgsrc="file:///etc/passwd">甲公司</style>' in "".join(pages_of(rendered))
    assert not any(page.images for page in pypdf.PdfReader(io.BytesIO(rendered.pdf)).pages)


def test_the_hearing_letter_names_the_right_and_its_five_working_days() -> None:
    title, template, context = samples.PAPERS["hearing"]
    text = words_of(printed(template, paper(title), context))
    assert "第六十三条第一款第（一）项" in text
    assert "自收到本告知书之日起五个工作日内" in text
    assert "要求听证" not in "".join(pages_of(printed(template, paper(title), samples.NOTICE)))


def test_the_decision_carries_the_six_items_of_article_59() -> None:
    title, template, context = samples.PAPERS["decision"]
    text = words_of(printed(template, paper(title), context))
    for item in (
        "当事人：示例区示例餐饮管理有限责任公司", "地址：示例区示例路100号",
        "一、违法事实和证据", "三、行政处罚的种类和依据", "四、履行方式和期限",
        "六十日内向示例区人民政府申请行政复议", "六个月内直接向示例区人民法院提起行政诉讼",
        samples.MARKET, "2026年11月24日",
    ):  # fmt: skip
        assert item in text
    assert "先向示例区人民政府申请行政复议" not in text
    on_the_spot = dataclasses.replace(context, review_first=True)
    assert "先向示例区人民政府申请行政复议" in words_of(printed(template, paper(title), on_the_spot))
