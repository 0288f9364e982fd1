"""The hearing: who is owed one, when it may be held, who presides, what its record must hold; each gate both ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from enforcement.cases import actions as case_actions
from enforcement.cases.hearings import last_hearing_day
from enforcement.hearing import actions, data
from enforcement.hearing.models import Answer, Hearing
from enforcement.hearing.notice_days import clearly_in_time, earliest, in_time
from enforcement.models import ActOfficer, Case, Party
from enforcement.people import actions as people_actions
from enforcement.people import data as people_data
from personnel.models import Officer
from portal.deadlines.models import Obligation
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from tests import case_scenes as scene
from tests import hearing_scenes as hearing
from tests.cast import Cast, fresh

pytestmark = pytest.mark.django_db


def unmet(attempt: Callable[[], Any]) -> dict[str, str]:
    """The gates an attempt is blocked by, each with an article."""
    with pytest.raises(Blocked) as blocked:
        attempt()
    assert all(one.citation for one in blocked.value.unmet)
    return {one.gate: one.sentence for one in blocked.value.unmet}


def asked_for(cast: Cast, case: Case, action: Any, form: Any, day: dt.date) -> Callable[[], Any]:
    """An attempt to put a step forward on a day."""

    def attempt() -> Any:
        with scene.on(day, 15):
            return proposals.request(hearing.again(case), action, actor=fresh(cast.officer), data=form)

    return attempt


def done(actor: Any, case: Case, action: Any, form: Any, day: dt.date, hour: int = 15) -> Callable[[], Any]:
    """An attempt to take a step on a day."""

    def attempt() -> Any:
        with scene.on(day, hour):
            return perform(hearing.again(case), action, actor=fresh(actor), data=form)

    return attempt


def decide(cast: Cast, case: Case, day: dt.date, **changes: Any) -> Callable[[], Any]:
    """An attempt to put the decision forward on a day."""
    return asked_for(cast, case, case_actions.DECIDE, scene.decide_data(case, **changes), day)


# ── the seven working days (CF-07) ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("served", "held", "lawful", "clear"),
    [
        # Served on Wednesday 13 August: 14 15 18 19 20 21 22 are seven whole working days, then the hearing.
        (dt.date(2025, 8, 13), dt.date(2025, 8, 25), True, True),
        (dt.date(2025, 8, 13), dt.date(2025, 8, 22), True, False),  # the seventh itself: lawful by the rule book only
        (dt.date(2025, 8, 13), dt.date(2025, 8, 21), False, False),
        (dt.date(2025, 8, 14), dt.date(2025, 8, 25), True, False),
        (dt.date(2025, 8, 15), dt.date(2025, 8, 25), False, False),
        # Over the autumn holidays of 2025 the days do not count; 28 September and 11 October are worked: 28 29 30 9 10 11 13.
        (dt.date(2025, 9, 26), dt.date(2025, 10, 11), False, False),
        (dt.date(2025, 9, 26), dt.date(2025, 10, 13), True, False),
        (dt.date(2025, 9, 26), dt.date(2025, 10, 14), True, True),
    ],
)
def test_seven_working_days_lie_between_notice_and_hearing(
    served: dt.date, held: dt.date, lawful: bool, clear: bool
) -> None:
    assert (in_time(served, held), clearly_in_time(served, held)) == (lawful, clear)


def test_the_earliest_days_are_told() -> None:
    found = earliest(dt.date(2025, 8, 13))
    assert (found.lawful, found.safe) == (dt.date(2025, 8, 22), dt.date(2025, 8, 25))
    assert found.computed.trace


@pytest.mark.parametrize(("day", "allowed"), [(dt.date(2025, 8, 20), False), (dt.date(2025, 8, 21), True)])
def test_a_hearing_is_not_arranged_too_early_to_be_notified(cast: Cast, day: dt.date, allowed: bool) -> None:
    case = hearing.asked(cast)
    attempt = asked_for(cast, case, actions.SCHEDULE, hearing.schedule_data(cast, day), hearing.SCHEDULED)
    if allowed:
        assert attempt().state == "requested"
    else:
        sentence = unmet(attempt)["notice_possible"]
        assert "2025-08-21" in sentence
        assert "2025-08-22" in sentence


@pytest.mark.parametrize(("served", "allowed"), [(dt.date(2025, 8, 14), True), (dt.date(2025, 8, 15), False)])
def test_a_hearing_is_held_only_when_the_party_was_told_in_time(cast: Cast, served: dt.date, allowed: bool) -> None:
    case = hearing.told(cast, day=served)
    attempt = done(cast.legal, case, actions.HOLD, hearing.hold_data(cast, case), hearing.HELD)
    if allowed:
        assert attempt().subject.state == "notified"
    else:
        assert "2025-08-26" in unmet(attempt)["notice_in_time"]


@pytest.mark.parametrize(("served", "allowed"), [(dt.date(2025, 8, 13), True), (dt.date(2025, 8, 14), False)])
def test_nobody_loses_his_hearing_by_staying_away_on_a_doubtful_day(cast: Cast, served: dt.date, allowed: bool) -> None:
    case = hearing.told(cast, day=served)
    form = data.End(reason="等候至 11:30，电话无人接听（虚构）")
    attempt = done(cast.legal, case, actions.END, form, hearing.HELD)
    if allowed:
        attempt()
        assert Hearing.objects.get(act_id=case.pk).outcome == "absent"
    else:
        assert set(unmet(attempt)) == {"notice_in_time"}


def test_the_clock_of_the_notice_counts_back_from_the_hearing(cast: Cast) -> None:
    case = hearing.scheduled(cast)
    duty = Obligation.objects.get(matter=case.matter, rule="hearing.notify")
    assert (duty.due_on, duty.settled_at) == (dt.date(2025, 8, 14), None)
    case = hearing.told(cast, case)
    duty.refresh_from_db()
    assert duty.settled_at is not None
    assert Obligation.objects.get(matter=case.matter, rule="hearing.hold").due_on == hearing.HELD


# ── who is owed a hearing ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("made_on", "ground", "allowed"),
    [
        (scene.PERIOD_ENDS, "late", False),  # the fifth working day itself
        (scene.PERIOD_ENDS + dt.timedelta(days=3), "late", True),
        (scene.PERIOD_ENDS + dt.timedelta(days=3), "not_entitled", False),  # the notice has offered it
    ],
)
def test_only_a_late_request_is_refused(cast: Cast, made_on: dt.date, ground: str, allowed: bool) -> None:
    case = hearing.asked(cast, day=made_on)
    form = data.Refuse(statement=hearing.request_of(case).pk, ground=ground, reason="逾期（虚构）")
    attempt = asked_for(cast, case, actions.REFUSE, form, made_on)
    if allowed:
        proposals.approve(attempt(), actor=fresh(cast.head))
        assert Answer.objects.get().outcome == "late"
        assert "hearing_held" not in unmet(decide(cast, case, made_on, after_hearing=True))
    else:
        assert set(unmet(attempt)) == {"request_refusable"}


@pytest.mark.parametrize(
    ("penalty", "allowed"),
    [
        ({}, True),
        ({"kinds": ("close_business",), "fine": None, "content": "责令关闭", "hearing_offered": True}, False),
    ],
)
def test_who_was_not_told_of_the_right_is_refused_only_when_there_is_none(
    cast: Cast, penalty: dict[str, Any], allowed: bool
) -> None:
    case = hearing.asked(cast, offered=bool(penalty), **{k: v for k, v in penalty.items() if k != "hearing_offered"})
    form = data.Refuse(statement=hearing.request_of(case).pk, ground="not_entitled", reason="不属于较大数额（虚构）")
    attempt = asked_for(cast, case, actions.REFUSE, form, hearing.SCHEDULED)
    if allowed:
        assert attempt().state == "requested"
    else:
        assert set(unmet(attempt)) == {"request_refusable"}


def test_a_request_outlives_the_notice_it_was_made_to(cast: Cast) -> None:
    case = hearing.asked(cast)
    with scene.on(hearing.SCHEDULED):
        form = scene.notify_data(case, fine=Decimal(4000), content="罚款4,000元", kinds=("fine",))
        hearing.by_head(cast, case, case_actions.RENOTIFY, form)
    assert (
        "要求听证"
        in unmet(decide(cast, case, dt.date(2025, 9, 1), kinds=("fine",), fine=Decimal(4000)))["hearing_held"]
    )


def test_a_hearing_that_nobody_asked_for_is_not_arranged(cast: Cast) -> None:
    case = scene.notice_served(cast, hearing_offered=True)
    found = unmet(asked_for(cast, case, actions.SCHEDULE, hearing.schedule_data(cast), hearing.SCHEDULED))
    assert set(found) == {"hearing_asked"}


def test_a_withdrawn_request_ends_the_hearing_and_frees_the_decision(cast: Cast) -> None:
    case = hearing.told(cast)
    form = data.Withdraw(statement=hearing.request_of(case).pk, reason="书面撤回（虚构）")
    with pytest.raises(Invalid) as refused:
        done(cast.officer, case, actions.WITHDRAW, form, hearing.HELD)()
    assert set(refused.value.fields) == {"file"}
    done(cast.officer, case, actions.WITHDRAW, replace(form, file=hearing.paper(cast, case)), hearing.HELD)()
    assert Hearing.objects.get(act_id=case.pk).outcome == "withdrawn"
    assert last_hearing_day(case) is None
    assert decide(cast, case, hearing.HELD)().state == "requested"
    assert not Obligation.objects.open().filter(matter=case.matter, rule__startswith="hearing.").exists()


def test_one_of_two_who_asked_may_stay_away(cast: Cast) -> None:
    case = scene.notified(cast, party={}, hearing_offered=True)
    with scene.on(scene.NOTIFIED, 12):
        second = Party.objects.create(act=case, kind="company", name="第二示例店（虚构）", address="示例路 22 号")
    with scene.on(scene.SERVED):
        for party in case.parties.all():
            form = scene.serve_data(case, scene.SERVED, party=party.pk)
            perform(hearing.again(case), case_actions.SERVE_NOTICE, actor=fresh(cast.officer), data=form)
    case = hearing.ask(cast, hearing.ask(cast, case, hearing.ASKED), hearing.ASKED, party=second.pk)
    case = hearing.told(cast, hearing.scheduled(cast, case))
    held = hearing.hold_data(cast, case, absent=(second.pk,), absence="电话通知两次未到（虚构）")
    assert "第二示例店" in unmet(done(cast.legal, case, actions.HOLD, held, hearing.HELD))["summons_served"]
    done(cast.officer, case, actions.SERVE, hearing.serve_data(case, party=second.pk), hearing.TOLD)()
    done(cast.legal, case, actions.HOLD, held, hearing.HELD)()
    assert set(Answer.objects.values_list("statement__party__name", "outcome")) == {
        ("示例便利店（虚构）", "held"),
        ("第二示例店（虚构）", "absent"),
    }


# ── who presides (CF-09) ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", ["officer", "foreign_officer", "counsel"])
def test_the_chair_is_of_the_department_and_did_not_investigate(cast: Cast, who: str) -> None:
    case = hearing.asked(cast)
    form = hearing.schedule_data(cast, chair=getattr(cast, who).pk)
    assert set(unmet(asked_for(cast, case, actions.SCHEDULE, form, hearing.SCHEDULED))) == {"chair_independent"}


def test_who_was_told_to_stay_out_of_the_case_does_not_chair(cast: Cast) -> None:
    case = hearing.asked(cast)
    with scene.on(hearing.ASKED, 12):
        apply = people_data.Apply(party=case.parties.get().pk, ground="亲属（虚构）", head=cast.deputy.pk)
        perform(case, people_actions.APPLY, actor=fresh(cast.officer), data=apply)
        recusal = case.recusals.get()
        grant = people_data.Decide(recusal=recusal.pk, granted="granted", reason="属实（虚构）")
        perform(hearing.again(case), people_actions.DECIDE, actor=fresh(cast.head), data=grant)
    form = hearing.schedule_data(cast, chair=cast.deputy.pk)
    found = unmet(asked_for(cast, case, actions.SCHEDULE, form, hearing.SCHEDULED))
    assert "回避" in found["chair_independent"]


def test_chair_and_recorder_are_two_people_who_did_not_investigate(cast: Cast) -> None:
    case = hearing.asked(cast)
    for recorder in (cast.legal.pk, cast.second_officer.pk, cast.foreign_officer.pk, 10**9):
        attempt = asked_for(
            cast, case, actions.SCHEDULE, hearing.schedule_data(cast, recorder=recorder), hearing.SCHEDULED
        )
        with pytest.raises(Invalid) as refused:
            attempt()
        assert set(refused.value.fields) == {"recorder"}


def test_only_chair_or_recorder_enter_the_record_and_only_the_chair_reports(cast: Cast) -> None:
    case = hearing.told(cast)
    form = hearing.hold_data(cast, case)
    for who in (cast.officer, cast.head, cast.deputy):
        assert "presides" in unmet(done(who, case, actions.HOLD, form, hearing.HELD))
    with pytest.raises(Forbidden):
        done(cast.foreign_head, case, actions.HOLD, form, hearing.HELD)()
    done(cast.dept_admin, case, actions.HOLD, form, hearing.HELD)()
    report = data.Report(report="情况（虚构）", advice="建议（虚构）")
    assert set(unmet(done(cast.dept_admin, case, actions.REPORT, report, hearing.REPORTED))) == {"reports_himself"}
    done(cast.legal, case, actions.REPORT, report, hearing.REPORTED)()
    assert Hearing.objects.get(act_id=case.pk).advice == "建议（虚构）"


def test_a_granted_challenge_puts_another_into_the_chair(cast: Cast) -> None:
    case = hearing.told(cast)
    form = data.Challenge(
        party=case.parties.get().pk, ground="是竞争对手的亲属（虚构）", granted="granted", reason="属实（虚构）"
    )
    with pytest.raises(Invalid) as refused:
        done(cast.head, case, actions.CHALLENGE, form, hearing.TOLD, 16)()
    assert set(refused.value.fields) == {"successor"}
    done(cast.head, case, actions.CHALLENGE, replace(form, successor=cast.deputy.pk), hearing.TOLD, 16)()
    assert hearing.ahead(case).chair == cast.deputy
    held = hearing.hold_data(cast, case)
    assert "presides" in unmet(done(cast.legal, case, actions.HOLD, held, hearing.HELD))
    back = replace(form, successor=cast.legal.pk)
    with pytest.raises(Invalid) as refused:
        done(cast.head, case, actions.CHALLENGE, back, hearing.TOLD, 17)()
    assert "successor" in refused.value.fields
    done(cast.deputy, case, actions.HOLD, held, hearing.HELD)()


def test_who_has_taken_over_the_case_does_not_chair_and_the_department_replaces_him(cast: Cast) -> None:
    case = hearing.told(cast)
    with scene.on(hearing.TOLD, 12):
        joined = Officer.objects.create(user=cast.legal, department=cast.market, name=cast.legal.name)
        ActOfficer.objects.create(act=case, officer=joined, role="assistant", since=hearing.TOLD)
    held = hearing.hold_data(cast, case)
    assert "chair_independent" in unmet(done(cast.dept_admin, case, actions.HOLD, held, hearing.HELD))
    form = data.Challenge(ground="已转为本案办案人员（虚构）", granted="granted", reason="更换（虚构）")
    with pytest.raises(Invalid) as refused:
        done(cast.head, case, actions.CHALLENGE, replace(form, granted="refused"), hearing.TOLD, 16)()
    assert set(refused.value.fields) == {"party"}
    done(cast.head, case, actions.CHALLENGE, replace(form, successor=cast.deputy.pk), hearing.TOLD, 17)()
    done(cast.deputy, case, actions.HOLD, held, hearing.HELD)()


def test_a_file_of_another_case_proves_nothing(cast: Cast) -> None:
    case = hearing.told(cast)
    with scene.on(hearing.TOLD, 12):
        other = scene.registered(cast)
        foreign = hearing.paper(cast, other)
    form = data.Withdraw(statement=hearing.request_of(case).pk, reason="书面撤回（虚构）", file=foreign)
    with pytest.raises(Invalid) as refused:
        done(cast.officer, case, actions.WITHDRAW, form, hearing.HELD)()
    assert set(refused.value.fields) == {"file"}


def test_the_chair_does_not_decide_about_himself(cast: Cast) -> None:
    case = hearing.told(cast, hearing.scheduled(cast, chair=cast.deputy.pk))
    form = data.Challenge(party=case.parties.get().pk, ground="亲属（虚构）", granted="refused", reason="无据（虚构）")
    assert set(unmet(done(cast.deputy, case, actions.CHALLENGE, form, hearing.TOLD))) == {"not_about_oneself"}
    done(cast.head, case, actions.CHALLENGE, form, hearing.TOLD)()
    assert hearing.ahead(case).chair == cast.deputy


# ── the hearing itself ───────────────────────────────────────────────────────────────────────────────────────────────
