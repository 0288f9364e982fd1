"""On the street, in whatever order: decided once, within the limits, filed once, and no cash but the lawful way."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run

from enforcement.cases import actions as ordinary
from enforcement.cases.no_penalty import NO_PENALTY
from enforcement.models import Case, Decision, Party, PenaltyKind
from enforcement.summary import actions, data
from enforcement.summary.models import Collection
from portal.documents.models import Document
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import DoorError
from tests import case_scenes as scene
from tests import summary_scenes as street
from tests.cast import Cast, fresh
from tests.deadlines.obligations import faults
from tests.enforcement.cases import test_no_penalty

pytestmark = pytest.mark.django_db
LIMITS = {Party.Kind.NATURAL: 200, Party.Kind.BUSINESS: 200, Party.Kind.COMPANY: 3000}  # 处罚法51条, in yuan
FINES = st.sampled_from([None, "50", "100", "100.01", "200", "200.01", "3000", "3000.01"])


class Street(RuleBasedStateMachine):
    """One party and one item; whoever decides, decides; steps of both procedures are tried on what comes of it."""

    cast: ClassVar[Cast]
    reached: ClassVar[set[str]]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.day, self.kind = street.DAY, Party.Kind.NATURAL
        self.case: Case | None = None
        self.filed = self.handed = 0
        self.paid_by = ""

    def teardown(self) -> None:
        """All is as if nothing had happened."""
        self.reached.add(self.case.state if self.case else "nothing")
        self.reached.update(["filed"] * self.filed + ["banked"] * Collection.objects.exclude(banked_on=None).count())
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def does(self, action: Any, form: Any) -> Any:
        """What the door let through, or nothing; what proposes is approved by Zhao."""
        subject = Case.objects.get(pk=self.case.pk) if self.case else None
        try:
            with scene.on(self.day, 15), transaction.atomic():
                if action.proposes:
                    asked = proposals.request(subject, action, actor=fresh(self.cast.officer), data=form)
                    return proposals.approve(asked, actor=fresh(self.cast.head)).subject
                return perform(subject, action, actor=fresh(self.cast.officer), data=form).subject
        except DoorError:
            return None

    def on_the_case(self, action: Any, form: Any) -> bool:
        """A step after the decision."""
        made = self.does(action, form) if self.case else None
        self.case = made or self.case
        return made is not None

    @initialize(kind=st.sampled_from(list(Party.Kind)), fine=FINES, paid_by=st.sampled_from(["bank", "small"]))
    def begin(self, kind: Party.Kind, fine: str | None, paid_by: str) -> None:
        self.kind = kind
        self.decide(fine=fine, paid_by=paid_by, told=True)

    @rule(fine=FINES, paid_by=st.sampled_from(["bank", "small"]), told=st.booleans())
    def decide(self, fine: str | None, paid_by: str, told: bool) -> None:
        """The same party for the same thing; a second time is never let through."""
        before, self.case = self.case, None
        party = street.company(
            party_kind=self.kind.value, identity="" if self.kind == Party.Kind.COMPANY else street.IDENTITY
        )
        kinds = (PenaltyKind.FINE.value,) if fine else (PenaltyKind.WARNING.value,)
        amount = Decimal(fine) if fine else None
        form = street.decide_data(self.cast, kinds=kinds, fine=amount, paid_by=paid_by, told=told, **party)
        made = self.does(actions.DECIDE, form)
        assert made is None or (before is None and told and (amount or 0) <= LIMITS[self.kind])
        self.case = made or before
        self.paid_by = paid_by if before is None else self.paid_by

    @rule(days=st.sampled_from([1, 3, 40]))
    def time_goes_by(self, days: int) -> None:
        self.day += dt.timedelta(days=days)

    @rule(late=st.booleans())
    def hand_over(self, late: bool) -> None:
        if self.case is None:
            return
        if not self.handed:
            scene.render_all()
        form = data.HandOver(
            signed="signed",
            receiver="王示例",
            file=street.photo(self.cast, self.case),
            late_handing="当事人离场（虚构）" if late else "",
        )
        if self.on_the_case(actions.HAND_OVER, form):
            self.handed += 1
            assert late or self.day == street.DAY

    @rule()
    def file(self) -> None:
        if self.on_the_case(actions.FILE, data.FileWithAgency()):
            self.filed += 1
            assert self.handed

    @rule(shore=st.booleans())
    def collect(self, shore: bool) -> None:
        form = data.Collect(receipt="新财 00000001", ashore_on=self.day if shore else None)
        if self.on_the_case(actions.COLLECT, form):
            assert (self.paid_by, self.day, self.handed) == ("small", street.DAY, 1)

    @rule()
    def hand_in(self) -> None:
        self.on_the_case(actions.HAND_IN, data.HandIn(received_by="钱示例"))

    @rule()
    def bank(self) -> None:
        if self.on_the_case(actions.BANK, data.Bank(bank_receipt="回单 0001")):
            assert Collection.objects.get().handed_on is not None

    @rule(step=st.sampled_from(["decide", "not to punish", "serve", "notify"]))
    def a_step_of_the_ordinary_procedure(self, step: str) -> None:
        if self.case is None:
            return
        tries: dict[str, tuple[Any, Any]] = {
            "decide": (ordinary.DECIDE, scene.decide_data(self.case)),
            "not to punish": (NO_PENALTY, test_no_penalty.form_of()),
            "serve": (ordinary.SERVE_DECISION, scene.serve_data(self.case, self.day)),
            "notify": (ordinary.NOTIFY, scene.notify_data(self.case)),
        }
        assert not self.on_the_case(*tries[step])

    @rule()
    def close(self) -> None:
        form = ordinary.CLOSE.data(ground="performed", opinion="已履行（虚构）")
        if self.on_the_case(ordinary.CLOSE, form):
            assert self.filed
            assert not Collection.objects.filter(banked_on=None).exists()

    @invariant()
    def decided_once_and_within_the_limits(self) -> None:
        decisions = list(Decision.objects.all())
        assert Case.objects.count() == len(decisions) == Document.objects.count() == (0 if self.case is None else 1)
        assert all(set(one.kinds) <= {"warning", "fine"} for one in decisions)
        assert all((one.fine or 0) <= LIMITS[self.kind] for one in decisions)
        assert self.filed <= 1
        assert self.handed <= 1

    @invariant()
    def its_clocks_are_sane(self) -> None:
        assert self.case is None or faults(self.case.matter) == []


def test_no_order_of_steps_decides_twice_or_takes_cash_unlawfully(cast: Cast) -> None:
    scene.with_remedies(cast)
    Street.cast, Street.reached = cast, set()
    run(
        Street,
        settings=settings(
            max_examples=12,
            stateful_step_count=10,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert {"nothing", "decided", "served"} <= Street.reached  # else little was asked; filing is walked below


def test_the_straight_way_to_the_bank_is_let_through(cast: Cast) -> None:
    scene.with_remedies(cast)
    Street.cast, Street.reached = cast, set()
    walk = Street()
    walk.begin(kind=Party.Kind.NATURAL, fine="50", paid_by="small")
    walk.hand_over(late=False)
    walk.collect(shore=False)
    walk.file()
    walk.hand_in()
    walk.close()
    assert walk.case is not None
    assert walk.case.state == "served"  # not before the bank has the money
    walk.bank()
    walk.close()
    walk.decided_once_and_within_the_limits()
    walk.its_clocks_are_sane()
    walk.teardown()
    assert Street.reached == {"closed", "filed", "banked"}
