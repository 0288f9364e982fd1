"""Whatever is done in whatever order: no decision while a hearing is owed, none dated before it, none that hides it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from enforcement.cases import actions as case_actions
from enforcement.hearing import actions, data
from enforcement.hearing.course import Course, last_hearing_day
from enforcement.hearing.models import Answer, Hearing
from enforcement.models import Case, Decision, Statement
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import DoorError
from tests import case_scenes as scene
from tests import hearing_scenes as hearing
from tests.cast import Cast, fresh

pytestmark = pytest.mark.django_db
BEGINS = scene.SERVED + dt.timedelta(days=1)


class Orders(RuleBasedStateMachine):
    """One case whose notice offers a hearing; steps in any order, days going by; refused steps change nothing."""

    cast: ClassVar[Cast]
    case: ClassVar[Case]
    reached: ClassVar[set[str]]

    def __init__(self) -> None:
        super().__init__()
        self.day = BEGINS
        self.savepoint = transaction.savepoint()

    def teardown(self) -> None:
        """Nothing of one run is left for the next."""
        self.reached.update(Answer.objects.values_list("outcome", flat=True))
        self.reached.add(self.now.state)
        transaction.savepoint_rollback(self.savepoint)

    @property
    def now(self) -> Case:
        return hearing.again(self.case)

    def attempt(self, actor: Any, action: Any, form: Any) -> None:
        """Try a step; what proposes is approved by Zhao."""
        try:
            with scene.on(self.day, 15), transaction.atomic():
                if action.proposes:
                    proposal = proposals.request(self.now, action, actor=fresh(actor), data=form)
                    proposals.approve(proposal, actor=fresh(self.cast.head))
                    if action is actions.SCHEDULE or action is actions.POSTPONE:
                        scene.render_all()  # only what is printed can be served
                else:
                    perform(self.now, action, actor=fresh(actor), data=form)
        except DoorError:
            pass

    @rule(days=st.integers(1, 9))
    def time_goes_by(self, days: int) -> None:
        self.day += dt.timedelta(days=days)

    @precondition(lambda self: not Course(self.now).owed)
    @rule()
    def ask(self) -> None:
        form = scene.waiver(self.case, Statement.Kind.HEARING.value)
        self.attempt(self.cast.officer, case_actions.STATEMENT, form)

    @rule(ahead=st.integers(1, 20))
    def arrange(self, ahead: int) -> None:
        form = hearing.schedule_data(self.cast, self.day + dt.timedelta(days=ahead))
        self.attempt(self.cast.officer, actions.SCHEDULE, form)

    @rule(ahead=st.integers(1, 20))
    def postpone(self, ahead: int) -> None:
        form = data.Postpone(
            held_at=hearing.at(self.day + dt.timedelta(days=ahead)), place="示例路 2 号", reason="住院（虚构）"
        )
        self.attempt(self.cast.officer, actions.POSTPONE, form)

    @rule()
    def serve(self) -> None:
        self.attempt(self.cast.officer, actions.SERVE, hearing.serve_data(self.case, self.day))

    @precondition(lambda self: Course(self.now).summons is not None)
    @rule(left=st.booleans())
    def hold_on_its_day(self, left: bool) -> None:
        summons = Course(self.now).summons
        assert summons is not None
        self.day = max(self.day, summons.day)
        gone = {"left": (self.case.parties.get().pk,), "absence": "离场（虚构）"} if left else {}
        form = hearing.hold_data(
            self.cast, self.case, self.day, signed="refused", refusal="拒绝签字（虚构）", file=None, **gone
        )
        self.attempt(self.cast.legal, actions.HOLD, form)

    @rule()
    def say_nobody_came(self) -> None:
        self.attempt(self.cast.legal, actions.END, data.End(reason="未到（虚构）"))

    @precondition(lambda self: bool(Course(self.now).owed))
    @rule()
    def withdraw(self) -> None:
        request = Course(self.now).owed[0]
        form = data.Withdraw(statement=request.pk, reason="撤回（虚构）", file=hearing.paper(self.cast, self.case))
        self.attempt(self.cast.officer, actions.WITHDRAW, form)

    @precondition(lambda self: bool(Course(self.now).owed))
    @rule(ground=st.sampled_from(["late", "not_entitled"]))
    def refuse(self, ground: str) -> None:
        form = data.Refuse(statement=Course(self.now).owed[0].pk, ground=ground, reason="示例")
        self.attempt(self.cast.officer, actions.REFUSE, form)

    @rule(back=st.integers(0, 5), opinion=st.sampled_from(["", "不予采纳（虚构）"]))
    def decide(self, back: int, opinion: str) -> None:
        form = scene.decide_data(self.case, hearing_opinion=opinion, on=self.day - dt.timedelta(days=back))
        self.attempt(self.cast.officer, case_actions.DECIDE, form)

    @invariant()
    def a_decision_owes_nobody_a_hearing(self) -> None:
        case = self.now
        decision = Decision.objects.filter(act=case.pk).first()
        if decision is None:
            return
        assert Course(case).owed == []
        held = last_hearing_day(case)
        # A hearing that took place needs its review before the decision, which nobody gives in these runs.
        assert held is None
        assert decision.decided_on is not None
        asked = Statement.objects.filter(notice__case=case, kind=Statement.Kind.HEARING)
        assert all(answer.on >= answer.statement.made_on for answer in Answer.objects.filter(statement__in=asked))

    @invariant()
    def one_hearing_at_most_lies_ahead(self) -> None:
        assert Hearing.objects.filter(act=self.case.pk, outcome="pending").count() <= 1


def test_no_order_of_steps_reaches_a_decision_while_a_hearing_is_owed(cast: Cast) -> None:
    Orders.cast, Orders.reached = cast, set()
    Orders.case = scene.notice_served(cast, hearing_offered=True)
    run_state_machine_as_test(
        Orders,
        settings=settings(
            max_examples=6,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_same_steps_do_reach_a_decision_when_nothing_is_owed(cast: Cast) -> None:
    """The runs above are not refused for another reason."""
    Orders.cast, Orders.reached = cast, set()
    Orders.case = scene.notice_served(cast, hearing_offered=True)
    walk = Orders()
    walk.ask()
    walk.time_goes_by(9)
    walk.decide(0, "")
    assert walk.now.state == "notified"
    walk.withdraw()
    walk.decide(0, "")
    walk.a_decision_owes_nobody_a_hearing()
    walk.teardown()
    assert Orders.reached == {"withdrawn", "decided"}
