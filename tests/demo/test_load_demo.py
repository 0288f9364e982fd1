"""The small demo, loaded once for the whole module: every state, a clean record, everybody can sign in."""

from __future__ import annotations

import datetime as dt
import io
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from demo.models import Loading
from disclosure.models import Disclosure
from disclosure.public.models import (
    PublishedDecision,
    PublishedDepartment,
    PublishedFigures,
    PublishedItem,
    PublishedOfficer,
    Tombstone,
)
from enforcement.imports.models import ImportRun
from enforcement.models import Case, EnforcementAct, Party, Service
from portal.accounts.credit_code import credit_code_error
from portal.accounts.demo import DOMAIN, demo_password, demo_people
from portal.accounts.identity import identity_error
from portal.accounts.models import RoleAssignment, User
from portal.accounts.roles import Role
from portal.deadlines.models import Fact, Obligation
from portal.inbox.models import Notice
from portal.ledger.models import Event
from portal.ledger.verification import verify
from portal.outbox.models import OutboxRow
from portal.workflow.availability import available
from portal.workflow.models import Proposal
from portal.workflow.registry import actions_for
from supervision.models import Alert, Instrument, SupervisionCase
from tests import database


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[float]:
    """A database with the small demo; how many seconds loading took."""
    name = database.worker_name("demo")
    with django_db_blocker.unblock():
        database.clone(name)
        with database.connected_to(name):
            begun = time.monotonic()
            call_command("load_demo", small=True, stdout=io.StringIO())
            yield time.monotonic() - begun
        database.drop(name)


def test_a_second_loading_says_so_and_changes_nothing(loaded: float) -> None:
    before = (Event.objects.count(), Case.objects.count(), User.objects.count(), Loading.objects.count())
    said, begun = io.StringIO(), time.monotonic()
    call_command("load_demo", stdout=said)
    assert "已经装好" in said.getvalue()
    assert time.monotonic() - begun < 1
    assert before == (Event.objects.count(), Case.objects.count(), User.objects.count(), Loading.objects.count())


def test_the_record_is_whole(loaded: float) -> None:
    assert Event.objects.count() > 200
    assert list(verify()) == []


def test_cases_stand_in_every_state(loaded: float) -> None:
    reached = {EnforcementAct.State.LEAD.value} | {action.target for action in actions_for(Case) if action.target}
    # The small demo is younger than half a year, and its few cases leave none unpunished; the whole demo has one.
    beyond = {EnforcementAct.State.COURT_APPLIED.value, EnforcementAct.State.NO_PENALTY.value}
    assert set(Case.objects.values_list("state", flat=True)) == reached - beyond
    assert set(Case.objects.values_list("origin", flat=True)) == set(EnforcementAct.Origin.values)
    assert set(Party.objects.values_list("kind", flat=True)) == set(Party.Kind.values)


def test_disclosures_stand_in_every_state(loaded: float) -> None:
    # In the demo nobody has asked for the repair of his credit.
    reached = set(Disclosure.State.values) - {Disclosure.State.REPAIRED.value}
    assert set(Disclosure.objects.values_list("state", flat=True)) == reached
    assert set(Tombstone.objects.values_list("kind", flat=True)) == {"withdrawn", "expired"}


def test_every_role_has_somebody_and_every_demo_person_signs_in(loaded: float) -> None:
    assert set(RoleAssignment.objects.values_list("role", flat=True)) == set(Role.values)
    people = demo_people()
    told = "；".join(person.roles for person in people)
    assert [role for role in Role if str(role.label) not in told] == []
    for user in User.objects.all():
        assert user.check_password(demo_password()), user.username
    for person in people:
        answer = Client().post(reverse("accounts:sign-in"), {"username": person.username, "password": demo_password()})
        assert answer.status_code == 302, person.username


def test_nothing_is_entered_late_but_what_came_from_paper(loaded: float) -> None:
    late = Fact.objects.filter(late_workdays__gt=1).exclude(matter__act__origin=EnforcementAct.Origin.IMPORTED)
    assert list(late.values_list("name", flat=True)) == []


def test_something_is_late_alerted_and_pursued(loaded: float) -> None:
    assert Obligation.objects.overdue().filter(rule="decision.disclose").exists()
    assert Alert.objects.exists()
    assert SupervisionCase.objects.exists()
    for instrument in Instrument.objects.exclude(issued_on=None):
        assert "〔" in instrument.number


def test_something_is_blocked_by_a_gate_that_says_why(loaded: float) -> None:
    people = {user.username: user for user in User.objects.select_related("department")}
    said = []
    for case in Case.objects.filter(state="filed").select_related("department"):
        officer = people[f"{case.department.code.lower()}.officer1"]
        said += [unmet.sentence for one in available(case, officer) for unmet in one.unmet]
    assert any("已过有效期" in sentence or "暂扣" in sentence for sentence in said)


def test_proposals_wait_and_have_come_back(loaded: float) -> None:
    states = set(Proposal.objects.values_list("state", flat=True))
    assert {"approved", "requested", "returned"} <= states


def test_a_service_by_public_notice_still_runs(loaded: float) -> None:
    assert Service.objects.filter(method="public", effective_on=None).exists()


def test_a_file_was_gathered_with_a_duplicate_and_a_refused_row(loaded: float) -> None:
    run = ImportRun.objects.get()
    assert (run.state, run.rows) == ("finished", run.created + run.to_complete + 2)
    assert (run.duplicate, run.rejected) == (1, 1)


def test_the_public_sees_directory_figures_and_decisions(loaded: float) -> None:
    assert PublishedDecision.objects.exists()
    assert PublishedItem.objects.filter(basis__contains="食品安全法").exists()
    assert PublishedOfficer.objects.exists()
    assert set(PublishedDepartment.objects.values_list("code", flat=True)) >= {"SCJGJ", "CGJ", "STHJJ", "ZXLJD"}
    figures = PublishedFigures.objects.filter(department_code="")
    assert sum(row.due for row in figures) >= Disclosure.objects.exclude(state="exempt").count()


def test_nobody_shown_to_the_public_can_be_recognised(loaded: float) -> None:
    private = [party.name for party in Party.objects.filter(kind=Party.Kind.NATURAL)]
    private += [party.representative for party in Party.objects.exclude(representative="")]
    private += [party.identity for party in Party.objects.all() if party.identity]
    for row in PublishedDecision.objects.all():
        shown = f"{row.party_name}\n{row.title}\n{row.facts}\n{row.outcome}\n{row.search_text}"
        assert [word for word in private if word and word in shown] == []


def test_parties_are_plainly_invented_and_their_numbers_pass_the_checks(loaded: float) -> None:
    for party in Party.objects.all():
        if party.kind == Party.Kind.NATURAL:
            assert party.identity.startswith("650299")
        else:
            assert "示例" in party.name
            assert "（虚构）" in party.name
        if party.credit_code:
            assert "MA99" in party.credit_code
            assert credit_code_error(party.credit_code) is None
        if party.identity:
            assert identity_error(party.identity) is None


def test_nothing_waits_for_the_worker_but_printing_and_nothing_failed(loaded: float) -> None:
    assert set(OutboxRow.objects.filter(done_at=None).values_list("topic", flat=True)) == {"documents.render"}
    assert not OutboxRow.objects.exclude(error="").exists()


def test_only_the_last_days_are_unread(loaded: float) -> None:
    unread = Notice.objects.filter(read_at=None)
    assert unread.exists()
    first = unread.order_by("created_at").first()
    assert first is not None
    assert timezone.now() - first.created_at < dt.timedelta(days=30)
    assert not User.objects.exclude(username="admin").exclude(email__endswith=f"@{DOMAIN}").exists()
