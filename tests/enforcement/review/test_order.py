"""No order of actions reaches a decision without its gates; two at once make one round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from enforcement.cases import actions as steps
from enforcement.models import Case
from enforcement.review import actions, data
from enforcement.review.models import Deliberation, Round, Suspicion
from portal.accounts.models import User
from portal.ledger.models import Event
from portal.ledger.verification import verify
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, DoorError
from tests import case_scenes as scene
from tests.cast import Cast, fresh
from tests.enforcement.review import scenes as review
from tests.workflow.racing import race

FINES = st.sampled_from([Decimal(5000), Decimal(4000)])
DAY = review.REVIEWED


class Office(RuleBasedStateMachine):
    """People who do anything at any time; beside them a clerk who keeps the law's account in plain words."""

    cast: Cast
    case: Case
    reached: set[str]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.moment = 0
        self.last = ""  # of the last round: open, passed, returned, withdrawn
        self.about: Any = None  # what the last round was about: the fine, and how many pieces of evidence
        self.discussed: Any = None  # what was discussed, and after which round
        self.rounds = self.pieces = 0
        self.suspected = False

    def teardown(self) -> None:
        """Every run ends with two tries at a decision; then all is as if nothing had happened."""
        for fine in (Decimal(5000), Decimal(4000)):
            self._decide(fine, needs=bool(self.rounds), major=self.discussed is not None)
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(start=st.sampled_from(["passed", "discussed", "returned", "nothing"]))
    def begin(self, start: str) -> None:
        """One piece of evidence is on file; some runs begin further on, else few get to a decision after a review."""
        self.pieces = self.case.evidence.count()
        if start == "passed":
            self.a_whole_round(fine=Decimal(5000))
        elif start == "discussed":
            self.deliberate(fine=Decimal(5000))
        elif start == "returned":
            self.submit(fine=Decimal(5000), mended=False)
            self.take()
            self.opine(passes=False, crime=False)

    def does(self, act: Callable[[], Any]) -> bool:
        """Whether the door let it through."""
        self.moment += 1
        try:
            with transaction.atomic(), scene.on(DAY + dt.timedelta(days=self.moment)):
                act()
        except DoorError:
            return False
        return True

    def act(self, action: Any, actor: User, form: Any) -> bool:
        """One action by one person."""
        return self.does(lambda: perform(self.case, action, actor=fresh(actor), data=form))

    @rule(fine=FINES, mended=st.booleans())
    def submit(self, fine: Decimal, mended: bool) -> None:
        form = review.submit_data(self.case, fine=fine, mended="已整改（虚构）" if mended else "")
        if self.act(actions.SUBMIT, self.cast.officer, form):
            assert self.last in {"", "passed", "withdrawn"} or (self.last == "returned" and mended)
            self.last, self.about = "open", (fine, self.pieces)
            self.rounds += 1

    @rule()
    def withdraw(self) -> None:
        if self.act(actions.WITHDRAW, self.cast.officer, data.Withdraw(reason="撤回（虚构）")):
            assert self.last == "open"
            self.last = "withdrawn"

    @rule()
    def take(self) -> None:
        self.act(actions.TAKE, self.cast.legal, data.Take())

    @rule(passes=st.booleans(), crime=st.booleans())
    def opine(self, passes: bool, crime: bool) -> None:
        more = {"crime": "problem", "crime_note": "涉嫌犯罪（虚构）"} if crime else {}
        form = review.opine_data() if passes else review.returned_data(**more)
        if self.act(actions.OPINE, self.cast.legal, form):
            assert self.last == "open"
            self.last = "passed" if passes else "returned"
            self.suspected = self.suspected or (crime and not passes)

    @rule(fine=FINES)
    def a_whole_round(self, fine: Decimal) -> None:
        self.submit(fine=fine, mended=True)
        self.take()
        self.opine(passes=True, crime=False)

    @rule()
    def add_evidence(self) -> None:
        if self.act(steps.ADD_EVIDENCE, self.cast.officer, scene.evidence_data(name=f"证据{self.moment}")):
            self.pieces += 1

    @rule()
    def suspect(self) -> None:
        if self.act(actions.SUSPECT, self.cast.officer, data.Suspect(note="涉嫌犯罪（虚构）")):
            self.suspected = True

    @rule()
    def clear(self) -> None:
        form = data.Clear(ground=Suspicion.Ground.NOT_CRIME, reason="不涉嫌（虚构）")
        if self.does(lambda: self.approved(actions.CLEAR, form)):
            self.suspected = False

    @rule(fine=FINES)
    def deliberate(self, fine: Decimal) -> None:
        if self.act(actions.DELIBERATE, self.cast.head, review.deliberate_data(self.cast, self.case, fine=fine)):
            self.discussed = (fine, self.pieces, self.rounds)

    @rule(fine=FINES, needs=st.booleans(), major=st.booleans())
    def decide(self, fine: Decimal, needs: bool, major: bool) -> None:
        self._decide(fine, needs=needs, major=major)

    def _decide(self, fine: Decimal, *, needs: bool, major: bool) -> None:
        form = scene.decide_data(
            self.case, fine=fine, complicated=needs, major=major, lighter_reason="采纳申辩（虚构）"
        )
        if not self.does(lambda: self.approved(steps.DECIDE, form)):
            return
        assert not self.suspected
        self.reached.add("decided")
        if needs or self.rounds:
            self.reached.add("reviewed")
            assert self.last == "passed"
            assert self.about == (fine, self.pieces)
        if major or self.discussed is not None:
            self.reached.add("discussed")
            assert self.discussed == (fine, self.pieces, self.rounds)

    def approved(self, action: Any, form: Any) -> None:
        """Chen asks, Zhao approves."""
        proposal = proposals.request(self.case, action, actor=fresh(self.cast.officer), data=form)
        proposals.approve(proposal, actor=fresh(self.cast.head))


@pytest.mark.django_db
def test_no_order_of_actions_reaches_a_decision_without_its_gates(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.qualified(cast.legal)

    class Here(Office):
        pass

    Here.cast, Here.case, Here.reached = cast, case, set()
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=20,
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Here.reached == {"decided", "reviewed", "discussed"}  # else the clerk has not been asked


@pytest.mark.django_db
def test_the_clerk_of_that_test_can_say_no(cast: Cast) -> None:
    """A decision that passed the gates in the right order is one the clerk agrees with, and it is reached."""
    case = scene.notice_served(cast)
    review.returned(cast, case)
    review.submit(cast, case, DAY, mended="已整改（虚构）")
    review.take(cast, case)
    review.opine(cast, case)
    review.deliberate(cast, case)
    attempt = review.decide(cast, case, complicated=True, major=True)
    with scene.on(review.LATER):
        assert proposals.approve(attempt(), actor=fresh(cast.head)).subject.state == "decided"


@pytest.mark.concurrency
def test_two_officers_at_once_send_one_file_and_two_reviewers_at_once_give_one_opinion(
    committed_database: str, cast: Cast
) -> None:
    case = scene.notice_served(cast)
    review.qualified(cast.legal)
    second = User.objects.get(pk=cast.newcomer.pk)
    second.role_assignments.create(department=cast.market, role="legal")
    review.qualified(second)
    legal = [fresh(cast.legal), fresh(second)]
    officers = [fresh(cast.officer), fresh(cast.second_officer)]
    with scene.on(DAY):
        form = review.submit_data(case)
        sent = race(4, lambda place: perform(case, actions.SUBMIT, actor=officers[place % 2], data=form))
        taken = race(4, lambda place: perform(case, actions.TAKE, actor=legal[place % 2], data=data.Take()))
        said = race(4, lambda place: perform(case, actions.OPINE, actor=legal[place % 2], data=review.opine_data()))
    for answers in (sent, taken, said):
        refused = [one for one in answers if isinstance(one, DoorError)]
        assert len(refused) == 3
        assert all(isinstance(one, Blocked) for one in refused)
    assert Round.objects.get().state == "passed"
    assert Event.objects.filter(matter=case.matter, name="review.opine").count() == 1
    assert not Deliberation.objects.exists()
    assert list(verify()) == []
