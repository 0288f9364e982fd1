"""A clean-up: frozen as of a day, confirmed one by one or in numbers, reported, closed with its report."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from personnel.actions import SUSPEND
from personnel.cleanup import campaigns, lines, officers, rolls
from personnel.cleanup.models import Campaign, Line
from personnel.cleanup.statistics import found, statistics
from personnel.models import Certificate, Officer, Posting
from personnel.postings import leave, open_posting
from portal.deadlines.models import Obligation
from portal.deadlines.sweeping import sweep
from portal.documents.models import Document
from portal.inbox.models import Notice
from portal.ledger.verification import verify
from portal.web.citations import articles
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid, Overtaken
from portal.workflow.models import Proposal
from portal.workflow.proposals import approve, request
from tests.case_scenes import render_all
from tests.cast import Cast, fresh
from tests.cleanup import scenes
from tests.personnel import scenes as personnel
from tests.training.scenes import moment

DAY = dt.date(2026, 11, 24)


@pytest.fixture
def now() -> Any:
    with time_machine.travel(moment(DAY, 10), tick=True) as clock:
        yield clock


# begun · ended · on the list of 24 November
POSTED = [
    ("2026-11-24", None, True),
    ("2020-01-01", None, True),
    ("2020-01-01", "2026-11-24", False),  # the first day out of the post
    ("2020-01-01", "2026-11-25", True),
    ("2026-11-25", None, False),
]


@pytest.mark.parametrize(("begun", "ended", "listed"), POSTED)
@pytest.mark.usefixtures("now")
def test_the_list_holds_who_was_in_the_post_on_the_day(cast: Cast, begun: str, ended: str | None, listed: bool) -> None:
    officer = personnel.officer(cast.market)
    Posting.objects.create(
        officer=officer,
        department=cast.market,
        begun_on=begun,
        ended_on=ended,
        ending="away" if ended else "",
    )
    keys = [one.key for one in officers.frozen(DAY, None)]
    assert (officer.pk in keys) is listed


@pytest.mark.usefixtures("now")
def test_an_officer_who_moved_is_on_the_list_of_where_he_was_that_day(cast: Cast) -> None:
    officer = personnel.officer(cast.market, active=True)
    open_posting(officer, on=dt.date(2025, 1, 1), ground="", actor=cast.dept_admin)
    leave(officer, on=dt.date(2026, 11, 20), ending="transfer", ground="调令", actor=cast.dept_admin)
    Officer.objects.filter(pk=officer.pk).update(active=True, department=cast.city)
    open_posting(Officer.objects.get(pk=officer.pk), on=dt.date(2026, 11, 20), ground="", actor=cast.foreign_head)
    where = {day: officers.frozen(day, None)[0].department for day in (dt.date(2026, 11, 19), dt.date(2026, 11, 20))}
    assert list(where.values()) == [cast.market.pk, cast.city.pk]


@pytest.mark.usefixtures("now")
def test_certificates_are_told_as_they_stood_on_the_day(cast: Cast) -> None:
    officer = personnel.officer(cast.market)
    personnel.certificate(officer, number="示例A", valid_from=dt.date(2020, 1, 1), valid_to=dt.date(2026, 6, 30))
    told = {day: officers.frozen(day, [cast.market.pk])[0].facts for day in (dt.date(2026, 6, 30), DAY)}
    assert "有效期至 2026-06-30" in told[dt.date(2026, 6, 30)][-1]
    assert "已到期" in told[DAY][-1]
    assert officers.frozen(DAY, [cast.city.pk]) == []


def test_opening_freezes_a_list_for_each_department_and_tells_it(cast: Cast) -> None:
    scenes.staffed(cast)
    personnel.officer(cast.city, "丁示例")
    campaign = scenes.opened(cast)
    assert set(campaign.rolls.values_list("department__code", flat=True)) == {"SCJGJ", "CGJ"}
    roll = scenes.roll_of(campaign, cast.market)
    assert roll.lines.count() == 3
    assert Notice.objects.filter(user=cast.dept_admin, matter=roll.matter).exists()
    clock = Obligation.objects.get(matter=roll.matter, rule="cleanup.report")
    assert (clock.due_on, clock.department) == (campaign.due_on, cast.market)
    assert list(verify()) == []


# what is wrong · field
MISTYPED = [
    ({"kind": "x"}, "kind"),
    ({"name": " "}, "name"),
    ({"ground": ""}, "ground"),
    ({"frozen_on": dt.date(9999, 12, 31)}, "frozen_on"),
    ({"frozen_on": dt.date(1, 1, 1)}, "frozen_on"),
    ({"due_on": dt.date(9999, 12, 31)}, "due_on"),
    ({"due_on": dt.date(1, 1, 1)}, "due_on"),
    ({"departments": ("999999",)}, "departments"),
    ({"departments": ("x",)}, "departments"),
]


@pytest.mark.parametrize(("changes", "field"), MISTYPED)
def test_a_campaign_that_makes_no_sense_is_refused_by_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        request(None, campaigns.OPEN, actor=cast.supervisor, data=scenes.open_data(**changes))
    assert set(refused.value.fields) == {field}


def test_an_empty_list_is_not_frozen_and_one_campaign_of_a_kind_runs_at_a_time(cast: Cast) -> None:
    with pytest.raises(Blocked):
        scenes.opened(cast)
    scenes.staffed(cast)
    campaign = scenes.opened(cast)
    with pytest.raises(Invalid) as refused:
        scenes.opened(cast)
    assert set(refused.value.fields) == {"kind"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.create(
            matter=campaign.matter.__class__.objects.create(department=cast.bureau, kind="x", title="x"),
            kind="officers", name="x", ground="x", frozen_on=DAY, due_on=DAY,
        )  # fmt: skip


def test_the_head_of_supervision_opens_what_a_supervisor_puts_forward(cast: Cast) -> None:
    scenes.staffed(cast)
    with pytest.raises(Forbidden):
        perform(None, campaigns.OPEN, actor=cast.supervision_head, data=scenes.open_data())
    with pytest.raises(Forbidden):
        request(None, campaigns.OPEN, actor=cast.dept_admin, data=scenes.open_data())


def test_plain_lines_are_confirmed_in_numbers_and_doubtful_ones_want_a_word(cast: Cast) -> None:
    first, second, third = scenes.staffed(cast)
    personnel.proposed(
        first.certificates.get(), SUSPEND, personnel.on(timezone.localdate()), by=cast.supervisor,
        approved_by=cast.supervision_head,
    )  # fmt: skip
    campaign = scenes.opened(cast)
    roll = scenes.roll_of(campaign, cast.market)
    assert {line.key for line in rolls.plain(roll)} == {second.pk, third.pk}
    doubtful = scenes.line_of(campaign, first)
    with pytest.raises(Invalid):
        perform(roll, rolls.CONFIRM_MANY, actor=cast.dept_admin, data=rolls.ConfirmMany((str(doubtful.pk),)))
    every = tuple(str(line.pk) for line in rolls.plain(roll))
    perform(roll, rolls.CONFIRM_MANY, actor=fresh(cast.dept_admin), data=rolls.ConfirmMany(every))
    assert roll.lines.filter(state="confirmed", decided_by=cast.dept_admin).count() == 2
    with pytest.raises(Invalid) as refused:
        scenes.confirmed(doubtful, cast.dept_admin)
    assert "暂扣中" in refused.value.fields["note"]
    assert scenes.confirmed(doubtful, cast.dept_admin, "年底发还").state == "confirmed"
    assert list(verify()) == []


@pytest.mark.parametrize("typed", [(), ("",), ("x",), ("-1",), ("9" * 40,), ("１",)])
def test_only_lines_of_the_list_are_confirmed_in_numbers(cast: Cast, typed: tuple[str, ...]) -> None:
    scenes.staffed(cast)
    roll = scenes.roll_of(scenes.opened(cast), cast.market)
    with pytest.raises(Invalid):
        perform(roll, rolls.CONFIRM_MANY, actor=cast.dept_admin, data=rolls.ConfirmMany(typed))


def test_a_leaver_found_is_registered_and_his_certificate_taken_in(cast: Cast) -> None:
    officer = scenes.staffed(cast, "甲示例")[0]
    campaign = scenes.opened(cast)
    data = officers.Leave("retired", timezone.localdate(), "示例退休文件")
    line = scenes.found(scenes.line_of(campaign, officer), "left", cast.dept_admin, data)
    assert (line.state, line.finding) == ("found", "left")
    assert "收回执法证 1 个" in line.note
    officer.refresh_from_db()
    assert not officer.active
    assert Certificate.objects.get(officer=officer).state == "suspended"
    assert list(verify()) == []


def test_what_the_register_refuses_stands_beside_its_field_and_nothing_has_changed(cast: Cast) -> None:
    officer = scenes.staffed(cast, "甲示例")[0]
    line = scenes.line_of(scenes.opened(cast), officer)
    with pytest.raises(Invalid) as refused:
        scenes.found(line, "left", cast.dept_admin, officers.Leave("retired", dt.date(9999, 1, 1), "文件"))
    assert set(refused.value.fields) == {"left_on"}
    with pytest.raises(Invalid) as refused:
        scenes.found(line, "left", cast.dept_admin, officers.Leave("x", timezone.localdate(), "文件"))
    assert set(refused.value.fields) == {"ending"}
    line.refresh_from_db()
    officer.refresh_from_db()
    assert (line.state, officer.active) == ("open", True)


def test_wrong_data_are_corrected_in_the_register_with_the_reason_in_its_history(cast: Cast) -> None:
    officer, twin = scenes.staffed(cast, "甲示例", "乙示例")
    line = scenes.line_of(scenes.opened(cast), officer)
    same = {"wrong": "职务变动未登记", "name": officer.name}
    with pytest.raises(Invalid):
        scenes.found(line, "corrected", cast.dept_admin, officers.Correct(**same))
    with pytest.raises(Invalid) as refused:
        scenes.found(line, "corrected", cast.dept_admin, officers.Correct(**same, identity=twin.identity))
    assert set(refused.value.fields) == {"identity"}
    data = officers.Correct(**same, position="二级行政执法员")
    line = scenes.found(line, "corrected", cast.dept_admin, data)
    officer.refresh_from_db()
    assert (line.state, officer.position) == ("found", "二级行政执法员")
    assert officer.history.first().history_change_reason.startswith("资格清理")
    assert "职务" in line.note


def test_a_certificate_to_cancel_is_put_forward_by_the_bureau_step_by_step(cast: Cast, sign_in: Any) -> None:
    officer, other = scenes.staffed(cast, "甲示例", "乙示例")
    campaign = scenes.opened(cast)
    line = scenes.line_of(campaign, officer)
    foreign = officers.Cancel(other.certificates.get().pk, "不再从事执法工作")
    with pytest.raises(Invalid):
        scenes.found(line, "cancel", cast.dept_admin, foreign)
    certificate = officer.certificates.get()
    scenes.found(line, "cancel", cast.dept_admin, officers.Cancel(certificate.pk, "不再从事执法工作"))
    address = f"/desk/cleanup/campaigns/{campaign.pk}/follow/cancel/"
    browser = sign_in(cast.supervisor)
    for state in ("suspended", "cancelled"):
        assert browser.post(address).status_code == 302
        approve(Proposal.objects.get(state="requested"), actor=fresh(cast.supervision_head))
        certificate.refresh_from_db()
        assert certificate.state == state
    assert statistics(campaign)[0].settled["cancel"] == 1
    assert browser.post(address).status_code == 302
    assert not Proposal.objects.filter(state="requested").exists()
    assert browser.post(f"/desk/cleanup/campaigns/{campaign.pk}/follow/left/").status_code == 404


def test_who_left_or_came_after_the_freeze_is_told_plainly(cast: Cast, sign_in: Any) -> None:
    officer, staying = scenes.staffed(cast, "甲示例", "乙示例")
    campaign = scenes.opened(cast)
    roll = scenes.roll_of(campaign, cast.market)
    leave(officer, on=timezone.localdate(), ending="away", ground="调令", actor=cast.dept_admin)
    personnel.officer(cast.market, "新来示例")
    page = sign_in(cast.dept_admin).get(f"/desk/cleanup/rolls/{roll.pk}/").content.decode()
    assert "新来示例" in page
    assert "离岗：调出本区" in page
    gone = scenes.line_of(campaign, officer)
    with pytest.raises(Blocked):
        scenes.confirmed(gone, cast.dept_admin)
    with pytest.raises(Blocked):
        perform(scenes.line_of(campaign, staying), lines.GONE, actor=cast.dept_admin, data=Nothing())
    perform(roll, rolls.SETTLE_GONE, actor=fresh(cast.dept_admin), data=rolls.Whole())
    gone.refresh_from_db()
    assert (gone.state, "调出本区" in gone.note) == ("gone", True)
    assert not Line.objects.filter(title="新来示例").exists()


def test_a_list_is_reported_when_every_line_has_its_conclusion_and_stays_as_it_is(cast: Cast) -> None:
    officer = scenes.staffed(cast, "甲示例")[0]
    campaign = scenes.opened(cast)
    roll, line = scenes.roll_of(campaign, cast.market), scenes.line_of(campaign, officer)
    with pytest.raises(Blocked) as refused:
        scenes.reported(cast, roll)
    assert [articles(one.citation) for one in refused.value.unmet] == [["执法监督条例17条2款"]]
    line = scenes.confirmed(line, cast.dept_admin)
    roll = scenes.reported(cast, roll)
    assert roll.state == "reported"
    assert Obligation.objects.get(matter=roll.matter).settled_at is not None
    with pytest.raises(Blocked):
        perform(line, lines.REOPEN, actor=cast.dept_admin, data=lines.Reopen("看错了"))
    again = rolls.Return("重新核实甲示例", timezone.localdate() + dt.timedelta(days=7))
    perform(roll, rolls.RETURN, actor=cast.supervisor, data=again)
    perform(line, lines.REOPEN, actor=fresh(cast.dept_admin), data=lines.Reopen("看错了"))
    line.refresh_from_db()
    assert (line.state, line.note) == ("open", "")
    assert Obligation.objects.filter(matter=roll.matter, settled_at=None, due_on=again.due_on).exists()


def test_a_department_that_does_not_report_is_reminded_and_then_late(cast: Cast) -> None:
    scenes.staffed(cast)
    with time_machine.travel(moment(DAY, 10), tick=True):
        campaign = scenes.opened(cast, due_on=dt.date(2026, 12, 8))
    roll = scenes.roll_of(campaign, cast.market)
    with time_machine.travel(moment(dt.date(2026, 12, 4), 10), tick=True):
        sweep(timezone.now())
        clock = Obligation.objects.get(matter=roll.matter)
        assert clock.light(timezone.now()).shape == "amber"
        with pytest.raises(Blocked):
            scenes.closed(cast, campaign)
    with time_machine.travel(moment(dt.date(2026, 12, 9), 10), tick=True):
        sweep(timezone.now())
        clock.refresh_from_db()
        assert clock.missed_at is not None
        with pytest.raises(Invalid) as refused:
            scenes.closed(cast, campaign)
        assert set(refused.value.fields) == {"missing"}
        assert scenes.closed(cast, campaign, missing="另行通报").state == "closed"
    roll.refresh_from_db()
    assert (roll.state, roll.matter.closed_at is not None) == ("ended", True)
    assert list(verify()) == []


def test_page_workbook_and_report_say_the_same(cast: Cast, sign_in: Any) -> None:
    first, second, third = scenes.staffed(cast)
    campaign = scenes.opened(cast)
    scenes.found(
        scenes.line_of(campaign, first), "left", cast.dept_admin, officers.Leave("away", timezone.localdate(), "调令")
    )
    scenes.found(
        scenes.line_of(campaign, second), "cancel", cast.dept_admin,
        officers.Cancel(second.certificates.get().pk, "=HYPERLINK(1)"),
    )  # fmt: skip
    scenes.confirmed(scenes.line_of(campaign, third), cast.dept_admin)
    scenes.reported(cast, scenes.roll_of(campaign, cast.market))
    campaign = scenes.closed(cast, campaign)
    [tally] = statistics(campaign)
    assert (tally.total, tally.confirmed, tally.open, tally.found) == (
        3,
        1,
        0,
        {"left": 1, "corrected": 0, "cancel": 1},
    )
    told = {(one.what, one.settled) for one in found(campaign)}
    assert told == {("执法证应当注销", False), ("已离岗，登记离岗并收回执法证", True)}
    browser = sign_in(cast.supervisor)
    book = openpyxl.load_workbook(
        io.BytesIO(browser.get(f"/desk/cleanup/campaigns/{campaign.pk}/?format=xlsx").content)
    )
    row = [cell.value for cell in list(book.worksheets[0].rows)[2]]
    assert row[1:9] == [3, 3, 1, 1, 0, 1, 0, 0]
    assert all(cell.data_type != "f" for sheet in book for line in sheet.rows for cell in line)
    paper = Document.objects.get(kind="cleanup.report").context["content"]
    assert (paper["total"]["total"], paper["total"]["confirmed"], paper["rows"][0]["found"]) == (3, 1, [1, 0, 1])
    assert "清报" in campaign.matter.number
    render_all()
    assert Document.objects.get(kind="cleanup.report").state == "ready"
    assert list(verify()) == []


def test_statistics_are_one_statement_and_pages_do_not_grow_with_the_list(cast: Cast, sign_in: Any) -> None:
    scenes.staffed(cast)
    campaign = scenes.opened(cast)
    roll = scenes.roll_of(campaign, cast.market)
    with CaptureQueriesContext(connection) as queries:
        statistics(campaign)
    assert len(queries) == 1
    bureau = sign_in(cast.supervisor)
    paths = (f"/desk/cleanup/rolls/{roll.pk}/", f"/desk/cleanup/campaigns/{campaign.pk}/", "/desk/cleanup/")

    def asked() -> list[int]:
        counts = []
        for path in paths:
            with CaptureQueriesContext(connection) as seen:
                assert bureau.get(path).status_code == 200
            counts.append(len(seen))
        return counts

    asked()
    few = asked()
    for place in range(12):
        officer = personnel.officer(cast.market, f"多{place:02d}示例", identity=personnel.identity_number(60 + place))
        personnel.certificate(officer)
        Line.objects.create(roll=roll, matter=roll.matter, key=officer.pk, title=officer.name, facts=["x"])
    assert asked() == few


def test_another_departments_administrator_concludes_nothing(cast: Cast) -> None:
    officer = personnel.officer(cast.city, "丁示例")
    line = scenes.line_of(scenes.opened(cast), officer)
    with pytest.raises(Forbidden):
        scenes.confirmed(line, cast.dept_admin, "x")
    with pytest.raises(Forbidden):
        perform(line.roll, rolls.SETTLE_GONE, actor=cast.dept_admin, data=rolls.Whole())
    for person in (cast.head, cast.officer, cast.supervisor):
        with pytest.raises(Forbidden):
            scenes.confirmed(line, person, "x")


def test_a_line_is_concluded_once(cast: Cast) -> None:
    officer = scenes.staffed(cast, "甲示例")[0]
    line = scenes.line_of(scenes.opened(cast), officer)
    scenes.confirmed(line, cast.dept_admin)
    with pytest.raises(Overtaken):
        scenes.confirmed(line, cast.dept_admin)
