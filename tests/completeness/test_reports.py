"""The month's report: opened once for everybody, with a notice; sent with a word, numbered and printed."""

from __future__ import annotations

import datetime as dt
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader

from enforcement.completeness import reports
from enforcement.completeness.models import MonthReport
from portal.deadlines.models import Obligation, Term
from portal.documents.models import Document
from portal.documents.press import stored_pdf
from portal.inbox.models import Notice
from portal.workflow.door import perform
from portal.workflow.errors import Forbidden, Invalid
from portal.workflow.proposals import approve, request
from tests.case_scenes import on, render_all
from tests.cast import Cast, fresh
from tests.completeness.scenes import explained, imported

pytestmark = pytest.mark.django_db
FEBRUARY = dt.date(2026, 2, 3)


def opened(cast: Cast, day: dt.date = FEBRUARY) -> MonthReport:
    """The market bureau's report of the month before the day."""
    with on(day):
        reports.open_due(day)
    found: MonthReport = MonthReport.objects.filter(department=cast.market).latest("month")
    return found


def test_every_enforcing_department_gets_one_report_a_month_however_often_the_sweep_runs(cast: Cast) -> None:
    imported(cast, "1", "3")
    with on(FEBRUARY):
        first, again = reports.open_due(FEBRUARY), reports.open_due(FEBRUARY)
    departments = {cast.market.pk, cast.city.pk, cast.ecology.pk, cast.street.pk}
    assert (first, again) == (len(departments), 0)
    assert set(MonthReport.objects.values_list("department", flat=True)) == departments
    report = MonthReport.objects.get(department=cast.market)
    assert (report.month, report.missing, report.state) == (dt.date(2026, 1, 1), 1, "open")
    assert report.figures["counts"]["decided"] == 2
    assert report.figures["series"][0]["gaps"] == ["2号"]
    notice = Notice.objects.get(user=cast.dept_admin, kind="completeness")
    assert "缺 1 个号" in notice.text


def test_a_sweep_that_did_not_run_for_months_loses_none(cast: Cast) -> None:
    opened(cast)
    opened(cast, dt.date(2026, 5, 1))
    months = list(MonthReport.objects.filter(department=cast.market).order_by("month").values_list("month", flat=True))
    assert months == [dt.date(2026, month, 1) for month in (1, 2, 3, 4)]


def sent(cast: Cast, report: MonthReport, opinion: str = "已核对，将于下月补录（虚构）") -> Any:
    proposal = request(report, reports.SEND, actor=fresh(cast.dept_admin), data=reports.Send(opinion))
    return approve(proposal, actor=fresh(cast.head))


def printed(document: Document) -> str:
    """The text of the printed report, without line breaks."""
    pdf = stored_pdf(document)
    if folder := os.environ.get("PORTAL_SCREENSHOTS"):
        (Path(folder) / f"{document.kind}.{document.pk}.pdf").write_bytes(pdf)
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "").replace(" ", "")


def test_a_report_of_many_series_keeps_every_gap_legible(cast: Cast) -> None:
    for year in (2024, 2025, 2026):
        for head in ("示市监罚", "示市监当罚", "示市监不罚"):
            imported(cast, "1", "3", "17", "18", "25", "40", "61", head=head, year=year)
    report = opened(cast)
    with on(FEBRUARY):
        sent(cast, report)
        render_all()
    text = printed(Document.objects.get(matter=report.matter))
    assert text.count("4—16号") == 9
    assert "核对9个号段" in text


def test_the_department_sends_it_with_the_figures_of_that_day_as_a_numbered_paper(cast: Cast) -> None:
    imported(cast, "1", "3", "6", "9999999")
    report = opened(cast)
    with on(FEBRUARY + dt.timedelta(days=1)):
        explained(cast, 2)
        outcome = sent(cast, report)
        render_all()
    report.refresh_from_db()
    assert (report.state, report.missing, report.figures["explained"]) == ("reported", 2, 0)
    document = Document.objects.get(matter=report.matter)
    assert document.state == Document.State.READY
    assert "示市监归报〔2026〕1号" in document.number
    text = printed(document)
    for words in (
        "关于2026年1月执法决定归集情况的报告",
        "已说明1个",
        "缺号2个",
        "4—5号",
        "已核对，将于下月补录（虚构）",
    ):
        assert words in text, words
    assert outcome.subject.matter.closed_at is not None


def test_a_report_needs_a_word_and_two_people(cast: Cast) -> None:
    report = opened(cast)
    with pytest.raises(Invalid):
        request(report, reports.SEND, actor=fresh(cast.dept_admin), data=reports.Send(" "))
    with pytest.raises(Forbidden):
        perform(report, reports.SEND, actor=fresh(cast.head), data=reports.Send("已核对"))


def test_a_clock_runs_once_the_bureau_has_set_a_period(cast: Cast) -> None:
    report = opened(cast)
    assert not Obligation.objects.filter(matter=report.matter).exists()
    Term.objects.create(
        rule="completeness.report", period="5 workdays", valid_from=dt.date(2026, 2, 1), ground="示例文件"
    )
    later = opened(cast, dt.date(2026, 3, 2))
    clock = Obligation.objects.get(matter=later.matter)
    assert clock.due_on == dt.date(2026, 3, 9)
    with on(dt.date(2026, 3, 3)):
        sent(cast, later)
    clock.refresh_from_db()
    assert clock.settled_at is not None


def test_page_and_workbook_say_the_same(cast: Cast, sign_in: Any) -> None:
    imported(cast, "1", "4")
    report = opened(cast)
    browser = sign_in(cast.dept_admin)
    page = browser.get(f"/desk/completeness/reports/{report.pk}/").content.decode()
    assert "2—3号" in page
    book = load_workbook(BytesIO(browser.get(f"/desk/completeness/reports/{report.pk}/?format=xlsx").content))
    row = [cell.value for cell in book["文号核对"][3]]
    assert row == ["示市监罚〔2026〕", 1, 4, 4, 2, 0, 0, 2, 0, "2—3号"]


def test_pages_cost_the_same_however_many_numbers_there_are(cast: Cast, sign_in: Any) -> None:
    imported(cast, "1", "3")
    browser = sign_in(cast.supervisor)

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            assert browser.get(address).status_code == 200
        return len(counted)

    addresses = [
        "/desk/completeness/",
        f"/desk/completeness/departments/{cast.market.pk}/?year=2026",
        f"/desk/completeness/departments/{cast.market.pk}/2026/示市监罚/",
    ]
    before = [cost(address) for address in addresses]
    imported(cast, *(str(number) for number in range(5, 60, 2)))
    imported(cast, "1", "3", head="示市监罚字")
    assert [cost(address) for address in addresses] == before


def test_an_absurd_number_is_pointed_at_and_lists_nothing_endless(cast: Cast, sign_in: Any) -> None:
    imported(cast, "12", "9999999")
    answer = sign_in(cast.dept_admin).get(f"/desk/completeness/departments/{cast.market.pk}/2026/示市监罚/")
    page = answer.content.decode()
    assert "12 号后面直接是 9999999 号" in page
    assert len(page) < 60_000


def test_a_gap_leads_to_the_form_filled_in_and_a_wrong_address_to_nothing(cast: Cast, sign_in: Any) -> None:
    imported(cast, "1", "4")
    browser = sign_in(cast.dept_admin)
    form = browser.get("/desk/completeness/explain/2026/示市监罚/2/3/").content.decode()
    assert 'value="2"' in form
    assert 'value="3"' in form
    assert browser.get(f"/desk/completeness/departments/{cast.market.pk}/99999/示市监罚/").status_code == 404
    assert browser.get(f"/desk/completeness/departments/{cast.market.pk}/2026/没有/").status_code == 404
    assert browser.get(f"/desk/completeness/departments/{cast.market.pk}/2026/%00/").status_code == 404
    for year in ("²026", "0000", "99999", "", "-1"):
        assert browser.get(f"/desk/completeness/departments/{cast.market.pk}/?year={year}").status_code == 200
