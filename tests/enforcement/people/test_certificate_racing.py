"""A certificate taken away while its holder is being put on a case: one waits for the other, whoever came first."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from enforcement.cases import actions as cases
from enforcement.models import ActOfficer, Case
from enforcement.people.actions import REASSIGN
from enforcement.people.data import Reassign
from personnel import actions as certificates
from personnel.actions import Ground
from personnel.losing import LOSE, Lose
from personnel.models import Certificate, Officer
from personnel.qualification import certificate_problem
from portal.ledger.models import Event
from portal.ledger.verification import verify
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Blocked
from tests.case_scenes import on as clock
from tests.cast import Cast, fresh
from tests.personnel.scenes import certificate, officer
from tests.scenes import certified, file_data, filed, lead
from tests.workflow.racing import race

pytestmark = pytest.mark.concurrency
HELD_OPEN = 1.0  # seconds between the first one's last statement and its commit


@dataclass
class Order:
    """What came of two steps of which the second began while the first was done but not committed."""

    first: Any
    second: Any
    second_waited: bool


def while_uncommitted(first: Callable[[], Any], second: Callable[[], Any]) -> Order:
    """Do the first, hold its commit back, begin the second meanwhile; both in threads of their own."""
    done, committed = threading.Event(), threading.Event()
    found = Order(None, None, second_waited=False)

    def one() -> Any:
        with transaction.atomic():
            answer = first()
            done.set()
            time.sleep(HELD_OPEN)
        committed.set()
        return answer

    def two() -> Any:
        assert done.wait(30)
        try:
            return second()
        finally:
            found.second_waited = committed.is_set()

    def act(place: int) -> Any:
        try:
            return (one, two)[place]()
        finally:
            done.set()
            connection.close()

    found.first, found.second = race(2, act)
    return found


@dataclass
class Scene:
    """Chen, his certificate, and the steps that meet."""

    cast: Cast
    chen: Officer
    held: Certificate
    case: Case

    def suspension(self) -> Callable[[], Any]:
        """Proposed already; the head of supervision decides."""
        asked = proposals.request(
            self.held, certificates.SUSPEND, actor=fresh(self.cast.supervisor), data=Ground("核查需要（虚构）")
        )
        return lambda: proposals.approve(asked, actor=fresh(self.cast.supervision_head))

    def cancellation(self) -> Callable[[], Any]:
        """Of the certificate that was taken in: proposed already."""
        self.suspension()()
        taken = Certificate.objects.get(pk=self.held.pk)
        asked = proposals.request(
            taken, certificates.CANCEL, actor=fresh(self.cast.supervisor), data=Ground("调离执法岗位（虚构）")
        )
        return lambda: proposals.approve(asked, actor=fresh(self.cast.supervision_head))

    def loss(self) -> Callable[[], Any]:
        """Declared by the administrator."""
        return lambda: perform(self.held, LOSE, actor=fresh(self.cast.dept_admin), data=Lose("遗失（虚构）"))

    def filing(self, **changes: Any) -> Callable[[], Any]:
        """Proposed already; the head of the department decides."""
        data = replace(file_data(self.cast), **changes)
        asked = proposals.request(self.case, cases.FILE, actor=fresh(self.cast.officer), data=data)
        return lambda: proposals.approve(asked, actor=fresh(self.cast.head))

    def open_parts(self) -> int:
        """How many cases he is on."""
        return ActOfficer.objects.filter(officer=self.chen, until=None).count()


@pytest.fixture
def scene(committed_database: str, cast: Cast) -> Scene:
    with clock(timezone.localdate() - dt.timedelta(days=2)):
        chen, _li = certified(cast)
        case = lead(cast)
    return Scene(cast, chen, chen.certificates.get(), case)


def late(scene: Scene) -> dict[str, Any]:
    """Entered today for a day on which he still held it."""
    day = timezone.localdate() - dt.timedelta(days=1)
    return {"on": day, "late_reason": "前一日立案，纸质审批表补录（虚构）"}


def test_while_a_filing_commits_a_cancellation_waits_and_is_refused(scene: Scene) -> None:
    filing = scene.filing(**late(scene))
    order = while_uncommitted(filing, scene.cancellation())
    assert order.second_waited
    assert isinstance(order.second, Blocked)
    assert [one.gate for one in order.second.unmet] == ["no_open_cases"]
    assert (Certificate.objects.get(pk=scene.held.pk).state, scene.open_parts()) == ("suspended", 1)
    assert list(verify()) == []


def test_while_a_cancellation_commits_a_filing_waits_and_is_refused(scene: Scene) -> None:
    filing = scene.filing(**late(scene))
    order = while_uncommitted(scene.cancellation(), filing)
    assert order.second_waited
    assert isinstance(order.second, Blocked)
    assert [one.gate for one in order.second.unmet] == ["two_certified_officers"]
    assert (Certificate.objects.get(pk=scene.held.pk).state, scene.open_parts()) == ("cancelled", 0)
    assert list(verify()) == []


@pytest.mark.parametrize("taking", ["suspension", "loss"])
def test_while_a_certificate_is_taken_away_a_filing_waits_and_is_refused(scene: Scene, taking: str) -> None:
    filing = scene.filing()
    order = while_uncommitted(getattr(scene, taking)(), filing)
    assert order.second_waited
    assert isinstance(order.second, Blocked)
    assert scene.open_parts() == 0


@pytest.mark.parametrize("taking", ["suspension", "loss"])
def test_while_a_filing_commits_what_takes_the_certificate_away_waits_and_follows(scene: Scene, taking: str) -> None:
    order = while_uncommitted(scene.filing(), getattr(scene, taking)())
    assert order.second_waited
    assert not isinstance(order.second, Exception)
    written = dict(Event.objects.filter(matter__in=[scene.case.pk, scene.held.pk]).values_list("name", "recorded_at"))
    assert (
        written["enforcement.case.file"]
        < written[{"suspension": "certificate.suspend", "loss": "certificate.lose"}[taking]]
    )
    assert certificate_problem(scene.chen, on=timezone.localdate(), field="市场监管") is not None
    assert scene.open_parts() == 1  # to be handed over: the page of the certificate says so


def test_while_a_successors_certificate_is_taken_away_a_reassignment_waits_and_is_refused(scene: Scene) -> None:
    case = filed(scene.cast, scene.case)
    successor = officer(scene.cast.market, "丙示例")
    scene.held = certificate(successor)
    data = Reassign(leaving=scene.chen.pk, successor=successor.pk, reason="调离（虚构）")
    order = while_uncommitted(
        scene.suspension(), lambda: perform(case, REASSIGN, actor=fresh(scene.cast.head), data=data)
    )
    assert order.second_waited
    assert isinstance(order.second, Blocked)
    assert ActOfficer.objects.filter(act=case, officer=scene.chen, until=None).exists()


def test_one_filing_and_one_cancellation_at_the_same_moment_never_both_succeed(scene: Scene) -> None:
    steps = [scene.filing(**late(scene)), scene.cancellation()]
    answers = race(2, lambda place: steps[place]())
    assert sum(isinstance(answer, Blocked) for answer in answers) == 1
    ended = Certificate.objects.get(pk=scene.held.pk).ended_on is not None
    assert ended is (scene.open_parts() == 0)
    assert list(verify()) == []


def test_two_filings_of_one_officer_do_not_wait_for_each_other(scene: Scene) -> None:
    other = lead(scene.cast, party_name="示例超市（虚构）")
    first = scene.filing()
    scene.case = other
    order = while_uncommitted(first, scene.filing())
    assert not isinstance(order.first, Exception)
    assert not isinstance(order.second, Exception)
    assert scene.open_parts() == 2
