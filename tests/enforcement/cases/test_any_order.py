"""Whatever is done in whatever order on whatever day: what stands behind every decision of the ordinary procedure.

Beside the people who try everything sits a clerk who writes down in plain words what was let through, and who at a
decision asks for the days of each step. The hearing's own turns and the rounds of review have tests of their own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from enforcement.cases import actions, lenience
from enforcement.cases.data.lenience import Unmitigate
from enforcement.cases.no_penalty import NO_PENALTY
from enforcement.hearing import actions as hearings
from enforcement.hearing import data as hearing_data
from enforcement.models import Case, Circumstance, Decision, Statement
from enforcement.review import actions as reviews
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import DoorError
from tests import case_scenes as scene
from tests import hearing_scenes as hearing
from tests.cast import Cast, fresh
from tests.deadlines.obligations import faults
from tests.enforcement.cases import test_lenience, test_no_penalty
from tests.enforcement.review import scenes as review
from tests.scenes import file_data

pytestmark = pytest.mark.django_db
K = Statement.Kind
LAST = dt.date(2025, 9, 19)  # until here every weekday is a working day, and no other day is
STATEMENT_DAYS = HEARING_DAYS = 5  # working days: 处罚法44条 with the district's own five; 64条


def working_days(start: dt.date, end: dt.date) -> int:
    """How many after `start` and up to `end`."""
    days = (start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 for day in days)


@dataclass
class Clerk:
    """What was let through."""

    filed: dt.date | None = None
    concluded: dt.date | None = None
    served: dt.date | None = None  # of the last notice
    offered: bool = False
    waived: bool = False
    hearing_waived: bool = False
    asked: bool = False  # a hearing is owed
    held: bool = False
    review: str = ""  # the last round: "", open, passed


class Procedure(RuleBasedStateMachine):
    """One case from the lead on; refused steps change nothing."""

    cast: ClassVar[Cast]
    starts: ClassVar[dict[str, tuple[Case, dt.date, Clerk]]]
    reached: ClassVar[set[str]]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.case, self.day, self.clerk = self.starts["lead"]

    def teardown(self) -> None:
        """One try more at each decision; then all is as if nothing had happened."""
        if self.now.state == "notified":
            self.decide(back=0, complicated=False, opinion=self.clerk.held)
            self.every_decision_has_its_steps_behind_it()
        self.reached.add(self.now.state)
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(start=st.sampled_from(["lead", "served", "served, hearing offered"]))
    def begin(self, start: str) -> None:
        self.case, self.day, clerk = self.starts[start]
        self.clerk = replace(clerk)

    @property
    def now(self) -> Case:
        return Case.objects.get(pk=self.case.pk)

    def does(self, action: Any, form: Any, actor: Any = None, hour: int = 15) -> bool:
        """Whether the door let it through; what proposes is approved by Zhao."""
        who = fresh(actor or self.cast.officer)
        try:
            with scene.on(self.day, hour), transaction.atomic():
                if action.proposes:
                    proposal = proposals.request(self.now, action, actor=who, data=form)
                    proposals.approve(proposal, actor=fresh(self.cast.head))
                else:
                    perform(self.now, action, actor=who, data=form)
        except DoorError:
            return False
        return True

    @precondition(lambda self: self.day < LAST)
    @rule(days=st.sampled_from([1, 3, 7]))
    def time_goes_by(self, days: int) -> None:
        self.day = min(self.day + dt.timedelta(days=days), LAST)

    @rule()
    def file(self) -> None:
        if self.does(actions.FILE, file_data(self.cast)):
            assert self.clerk.filed is None
            self.clerk.filed = self.day

    @rule()
    def add_evidence(self) -> None:
        self.does(actions.ADD_EVIDENCE, scene.evidence_data(name=f"证据{self.case.evidence.count() + 1}"))

    @rule()
    def conclude(self) -> None:
        if self.does(actions.CONCLUDE, scene.conclude_data()):
            assert self.clerk.filed
            assert self.now.evidence.exists()
            self.clerk.concluded = self.day

    @rule(offered=st.booleans(), again=st.booleans())
    def notify(self, offered: bool, again: bool) -> None:
        form = scene.notify_data(self.now, hearing_offered=offered)
        if self.does(actions.RENOTIFY if again else actions.NOTIFY, form):
            assert self.clerk.concluded
            self.clerk.served, self.clerk.offered = None, offered
            self.clerk.waived = self.clerk.hearing_waived = self.clerk.asked = False

    @rule()
    def serve(self) -> None:
        scene.render_all()  # only what is printed can be served
        if self.does(actions.SERVE_NOTICE, scene.serve_data(self.case, self.day)):
            self.clerk.served = self.day

    @rule(kind=st.sampled_from([K.WAIVER, K.HEARING_WAIVER, K.STATEMENT, K.HEARING]))
    def say(self, kind: Statement.Kind) -> None:
        more = {"content": "请求从轻（虚构）", "answer": "不予采纳（虚构）"} if kind == K.STATEMENT else {}
        if self.does(actions.STATEMENT, scene.waiver(self.case, kind.value, **more)):
            self.clerk.waived |= kind == K.WAIVER
            self.clerk.hearing_waived |= kind == K.HEARING_WAIVER
            self.clerk.asked |= kind == K.HEARING

    @precondition(lambda self: self.clerk.asked)
    @rule()
    def withdraw(self) -> None:
        request = Statement.objects.filter(notice__case=self.case, kind=K.HEARING).latest("pk")
        form = hearing_data.Withdraw(
            statement=request.pk, reason="撤回（虚构）", file=hearing.paper(self.cast, self.case)
        )
        if self.does(hearings.WITHDRAW, form):
            self.clerk.asked = False

    @precondition(lambda self: self.clerk.asked and self.day < LAST - dt.timedelta(days=12))
    @rule()
    def hold_the_hearing(self) -> None:
        held = self.day + dt.timedelta(days=12)
        if not self.does(hearings.SCHEDULE, hearing.schedule_data(self.cast, held)):
            return
        scene.render_all()
        if not self.does(hearings.SERVE, hearing.serve_data(self.case, self.day)):
            return
        self.day = held
        form = hearing.hold_data(self.cast, self.case, held)
        if self.does(hearings.HOLD, form, self.cast.legal):
            self.clerk.asked, self.clerk.held = False, True
            self.does(
                hearings.REPORT, hearing_data.Report(report="争议（虚构）", advice="同意（虚构）"), self.cast.legal, 16
            )

    @rule(whole=st.booleans())
    def review(self, whole: bool) -> None:
        if self.does(reviews.SUBMIT, review.submit_data(self.now), hour=9):
            self.clerk.review = "open"
        if whole and self.clerk.review == "open":
            self.does(reviews.TAKE, reviews.TAKE.data(), self.cast.legal, 10)
            if self.does(reviews.OPINE, review.opine_data(), self.cast.legal, 11):
                self.clerk.review = "passed"

    @rule(effect=st.sampled_from(["lighter", "reduced"]))
    def find_a_circumstance(self, effect: str) -> None:
        if self.does(lenience.MITIGATE, test_lenience.remedied(self.case, effect=effect)):
            assert self.clerk.filed

    @precondition(lambda self: Circumstance.objects.filter(act=self.case.pk, withdrawn_on=None).exists())
    @rule()
    def drop_a_circumstance(self) -> None:
        row = Circumstance.objects.filter(act=self.case.pk, withdrawn_on=None).latest("pk")
        self.does(lenience.UNMITIGATE, Unmitigate(circumstance=row.pk, reason="不实（虚构）"))

    @rule(back=st.integers(0, 6))
    def do_not_punish(self, back: int) -> None:
        more = {"hearing_opinion": "采纳（虚构）"} if self.clerk.held else {}
        self.decides(NO_PENALTY, test_no_penalty.form_of(**more), back)

    @rule(back=st.integers(0, 6), complicated=st.booleans(), opinion=st.booleans())
    def decide(self, back: int, complicated: bool, opinion: bool) -> None:
        form = scene.decide_data(
            self.now, complicated=complicated, hearing_opinion="不予采纳（虚构）" if opinion else ""
        )
        if self.decides(actions.DECIDE, form, back) and (complicated or self.clerk.review or self.clerk.held):
            assert self.clerk.review == "passed"
            self.reached.add("reviewed")

    def decides(self, action: Any, form: Any, back: int) -> bool:
        """Dated some days back, with a reason when so."""
        on = self.day - dt.timedelta(days=back)
        return self.does(action, replace(form, on=on, late_reason="补登（虚构）" if back else ""))

    @invariant()
    def every_decision_has_its_steps_behind_it(self) -> None:
        decision, clerk = Decision.objects.filter(act=self.case.pk).first(), self.clerk
        if decision is None:
            assert self.now.state not in {"decided", "no_penalty"}
            return
        day = decision.decided_on
        assert day is not None
        assert Decision.objects.filter(act=self.case.pk).count() == 1
        assert clerk.filed is not None
        assert clerk.concluded is not None
        assert clerk.filed <= clerk.concluded <= day
        if decision.ground:
            assert (decision.kinds, decision.fine) == ([], None)
            return
        assert clerk.served is not None
        assert clerk.served <= day
        assert clerk.waived or working_days(clerk.served, day) > STATEMENT_DAYS
        if clerk.offered:
            self.reached.add("hearing offered")
            assert clerk.held or clerk.hearing_waived or working_days(clerk.served, day) > HEARING_DAYS
        assert not clerk.asked

    @invariant()
    def its_clocks_are_sane(self) -> None:
        assert faults(self.case.matter) == []


def starts_of(cast: Cast) -> dict[str, tuple[Case, dt.date, Clerk]]:
    """A lead; and two cases whose notice was served."""
    known = Clerk(filed=scene.FILED, concluded=scene.CONCLUDED, served=scene.SERVED)
    other = {"party_name": "示例二店（虚构）", "credit_code": ""}
    third = {"party_name": "示例三店（虚构）", "credit_code": ""}
    return {
        "served": (scene.notice_served(cast), scene.SERVED, known),
        "served, hearing offered": (
            scene.notice_served(cast, hearing_offered=True, party=other), scene.SERVED, replace(known, offered=True),
        ),
        "lead": (scene.registered(cast, **third), scene.FILED, Clerk()),
    }  # fmt: skip


def test_no_order_of_steps_reaches_a_decision_without_what_stands_behind_it(cast: Cast) -> None:
    review.qualified(cast.legal)
    Procedure.cast, Procedure.reached, Procedure.starts = cast, set(), starts_of(cast)
    run(
        Procedure,
        settings=settings(
            max_examples=20,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # Else the clerk has not been asked.
    assert {"decided", "no_penalty", "hearing offered"} <= Procedure.reached


def test_the_clerk_agrees_with_the_straight_way_through_a_hearing(cast: Cast) -> None:
    """Every rule of the machine lets its step through when its turn has come, and the decision is reached."""
    review.qualified(cast.legal)
    Procedure.cast, Procedure.reached, Procedure.starts = cast, set(), starts_of(cast)
    walk = Procedure()
    walk.begin(start="lead")
    walk.file()
    walk.add_evidence()
    walk.conclude()
    walk.find_a_circumstance(effect="lighter")
    walk.notify(offered=True, again=False)
    walk.serve()
    walk.say(kind=K.WAIVER)
    walk.say(kind=K.HEARING)
    walk.decide(back=0, complicated=False, opinion=False)
    assert walk.now.state == "notified"
    walk.hold_the_hearing()
    walk.time_goes_by(days=1)
    walk.decide(back=0, complicated=False, opinion=True)
    assert walk.now.state == "notified"  # not reviewed yet
    walk.review(whole=True)
    walk.time_goes_by(days=1)
    walk.decide(back=0, complicated=False, opinion=True)
    walk.every_decision_has_its_steps_behind_it()
    walk.its_clocks_are_sane()
    walk.teardown()
    assert Procedure.reached == {"decided", "reviewed", "hearing offered"}
