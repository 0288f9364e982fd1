"""Plans go to the bureau and back; the duty of the year is met, missed, reminded of; the switches are off."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
import time_machine
from django.utils import timezone

from personnel.models import Certificate
from personnel.training import duty, plans
from personnel.training.models import LongLeave, QuotaSetting, Standing, TrainingHours
from personnel.training.standings import sweep
from portal.deadlines.models import Obligation
from portal.deadlines.sweeping import sweep as sweep_deadlines
from portal.inbox.models import Notice
from portal.ledger.verification import verify
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from tests.cast import Cast
from tests.personnel import scenes as personnel
from tests.training import scenes

LAST = dt.date(2026, 12, 31)


def test_a_plan_goes_to_the_bureau_and_its_items_are_set_against_what_was_held(cast: Cast, sign_in: object) -> None:
    made = scenes.approved(cast)
    item = made.items.get()
    officer = personnel.officer(cast.market)
    with pytest.raises(Invalid):
        perform(made, plans.FINISH, actor=cast.dept_admin, data=plans.Finish(""))
    scenes.held(cast.dept_admin, {timezone.localdate() - dt.timedelta(days=1): "3.5"}, officer, item=item.pk)
    page = sign_in(cast.supervisor).get(f"/desk/training/plans/{made.pk}/").content.decode()  # type: ignore[operator]
    assert "3.5" in page
    assert perform(made, plans.FINISH, actor=cast.dept_admin, data=plans.Finish("全部完成")).subject.state == "done"


def test_an_empty_plan_is_not_submitted_and_nobody_approves_his_own(cast: Cast) -> None:
    made = perform(None, plans.DRAW, actor=cast.dept_admin, data=plans.Draw(timezone.localdate().year)).subject
    with pytest.raises(Blocked):
        perform(made, plans.SUBMIT, actor=cast.dept_admin, data=Nothing())
    perform(made, plans.ADD, actor=cast.dept_admin, data=plans.Item("drill", "大练兵", "6", "8", "全体"))
    perform(made, plans.SUBMIT, actor=cast.dept_admin, data=Nothing())
    with pytest.raises(Forbidden):
        perform(made, plans.APPROVE, actor=cast.head, data=plans.Approve())
    perform(made, plans.RETURN, actor=cast.supervisor, data=plans.Return("补充案例分析"))
    assert Notice.objects.filter(user=cast.dept_admin, kind="training").exists()
    with pytest.raises(Invalid):
        perform(None, plans.DRAW, actor=cast.dept_admin, data=plans.Draw(timezone.localdate().year))


def obligation(cast: Cast, year: int = 2026) -> Obligation:
    return Obligation.objects.get(rule=duty.RULE, about=f"year:{year}", department=cast.market)


def full(cast: Cast, *officers: object) -> list[int]:
    """Sixty class hours for each, in five sessions of November."""
    days = [dt.date(2026, 11, number) for number in range(2, 7)]
    return [scenes.held(cast.dept_admin, {day: "12"}, *officers).pk for day in days]  # type: ignore[arg-type]


def test_a_department_with_somebody_short_misses_the_year_and_the_bureau_is_told(cast: Cast) -> None:
    certified = personnel.certificate(personnel.officer(cast.market, "甲示例", user=cast.officer))
    with time_machine.travel(scenes.moment(dt.date(2026, 10, 8), 7), tick=True):
        duty.run(timezone.now())
        duty.run(timezone.now())
    assert Notice.objects.filter(user=cast.officer, kind="training").count() == 1
    assert Notice.objects.filter(user=cast.dept_admin, kind="training").count() == 1
    assert obligation(cast).due_on == LAST
    with time_machine.travel(scenes.moment(dt.date(2027, 1, 2), 7), tick=True):
        duty.run(timezone.now())
        sweep_deadlines(timezone.now())
    assert obligation(cast).missed_at is not None
    certified.refresh_from_db()
    assert certified.state == "issued", "the suspension is off by default"


def test_a_department_where_everybody_is_full_has_met_the_year_until_an_entry_is_corrected(cast: Cast) -> None:
    officer = personnel.officer(cast.market)
    personnel.certificate(officer)
    with time_machine.travel(scenes.moment(dt.date(2026, 10, 8), 7), tick=True):
        duty.run(timezone.now())
    full(cast, officer)
    with time_machine.travel(scenes.moment(dt.date(2026, 12, 30), 7), tick=True):
        duty.run(timezone.now())
    assert obligation(cast).settled_at is None, "only the last day decides"
    with time_machine.travel(scenes.moment(dt.date(2027, 1, 4), 7), tick=True):
        duty.run(timezone.now())
        assert obligation(cast).closed_in_time, "a run that comes late changes nothing"
        record = TrainingHours.objects.filter(officer=officer).first()
        assert record is not None
        scenes.corrected(record.session, cast.dept_admin, record.pk, "0")
        duty.run(timezone.now())
    assert obligation(cast).settled_at is None
    assert list(verify()) == []


def test_the_suspension_is_the_bureaus_switch_and_takes_each_certificate_once(cast: Cast) -> None:
    held = personnel.certificate(personnel.officer(cast.market))
    full_officer = personnel.officer(cast.market, "乙示例")
    other = personnel.certificate(full_officer)
    full(cast, full_officer)
    QuotaSetting.objects.create(from_year=2026, suspends=True, ground="示例", made_by=cast.supervision_head)
    for day, state in ((dt.date(2027, 1, 20), "issued"), (dt.date(2027, 1, 31), "suspended")):
        with time_machine.travel(scenes.moment(day, 7), tick=True):
            duty.run(timezone.now())
        assert Certificate.objects.get(pk=held.pk).state == state
    assert Certificate.objects.get(pk=other.pk).state == "issued"
    assert list(verify()) == []


def test_the_proportion_counts_days_only_when_the_bureau_has_switched_it_on(cast: Cast) -> None:
    newcomer, away = (personnel.officer(cast.market, name) for name in ("甲示例", "乙示例"))
    personnel.certificate(newcomer, valid_from=dt.date(2026, 7, 2))
    personnel.certificate(away)
    LongLeave.objects.create(officer=away, begun_on=dt.date(2025, 12, 1), ended_on=dt.date(2026, 3, 14), ground="产假")
    now = scenes.moment(LAST, 12)

    def required() -> dict[str, int]:
        sweep(2026, now)
        return dict(Standing.objects.values_list("officer__name", "required"))

    assert required() == {"甲示例": 600, "乙示例": 600}
    QuotaSetting.objects.create(from_year=2026, proportional=True, ground="示例", made_by=cast.supervision_head)
    assert required() == {"甲示例": 301, "乙示例": 480}  # 183 and 292 of 365 days, rounded up


def test_the_workbook_holds_what_the_list_shows(cast: Cast, sign_in: object) -> None:
    for department in (cast.market, cast.city):
        officer = personnel.officer(department, f"{department.short_name}甲")
        personnel.certificate(officer, by=cast.supervisor)
    sweep(timezone.localdate().year, timezone.now())
    for person, count in ((cast.dept_admin, 1), (cast.supervisor, 2)):
        answer = sign_in(person).get("/desk/training/hours/?format=xlsx&standing=short")  # type: ignore[operator]
        sheet: Any = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        rows = list(sheet.values)
        assert len(rows) == 1 + count
        assert rows[1][3:] == (0, 60, 60)
