"""From the decision to the public page and off it again: gates, four eyes, snapshot, clocks, tombstone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from disclosure import actions, masking_desk
from disclosure.data import Approve, Exempt, Expire, Mask, Publish, SendBack, Withdraw
from disclosure.expiry import expire_due
from disclosure.models import Disclosure, Snapshot
from disclosure.public.models import PublishedDecision, Tombstone, VerifiedDocument
from enforcement.cases import actions as case_actions
from enforcement.cases import data as case_data
from enforcement.models import Decision, Service
from portal.deadlines.models import Obligation
from portal.ledger.verification import verify
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Invalid, Overtaken
from tests import case_scenes as scene
from tests.cast import Cast, fresh

pytestmark = pytest.mark.django_db
NEXT = scene.DECIDED + dt.timedelta(days=1)


def unmet(attempt: Callable[[], Any]) -> set[str]:
    """The gates an attempt is blocked by."""
    with pytest.raises(Blocked) as blocked:
        attempt()
    return {one.gate for one in blocked.value.unmet}


def disclosing(case: Any) -> Obligation:
    """The duty to disclose the case's decision."""
    return Obligation.objects.get(matter=case.matter, rule="decision.disclose")


def test_the_decision_itself_begins_its_disclosure(cast: Cast) -> None:
    case = scene.decided(cast)
    assert scene.disclosure_of(case).state == Disclosure.State.PENDING
    assert disclosing(case).due_on == scene.DISCLOSURE_DUE
    assert not disclosing(case).provisional


def test_what_the_public_reads_names_no_natural_person(cast: Cast) -> None:
    case = scene.served(cast)
    with scene.on(NEXT):
        scene.published(cast, case)
    row = PublishedDecision.objects.get()
    whole = json.dumps(
        {field.attname: str(getattr(row, field.attname)) for field in row._meta.concrete_fields}, ensure_ascii=False
    )
    for private in ("王小虚", "13900000000", "650204199001010015"):
        assert private not in whole
    assert "王某" in row.facts
    assert row.party_name == "示例便利店（虚构）"
    assert row.published_within == 1
    assert not row.late


def test_nothing_is_published_with_a_stretch_unjudged(cast: Cast) -> None:
    disclosure = scene.disclosure_of(scene.served(cast))
    with scene.on(NEXT):
        found = unmet(lambda: perform(disclosure, actions.MASK, actor=fresh(cast.officer), data=Mask()))
    assert found == {"every_span_judged"}


def test_an_identity_number_cannot_be_kept(cast: Cast) -> None:
    disclosure = scene.disclosure_of(scene.served(cast))
    desk = masking_desk.desk(disclosure, cast.officer)
    number = next(item for item in desk.items if item.must_hide)
    with pytest.raises(Invalid):
        masking_desk.judge(disclosure, cast.officer, key=number.key, hidden=False, reason="无", version=desk.version)


def test_what_is_kept_needs_a_reason_and_what_was_missed_can_be_added(cast: Cast) -> None:
    disclosure = scene.disclosure_of(scene.served(cast))
    actor = fresh(cast.officer)
    desk = masking_desk.desk(disclosure, actor)
    name = next(item for item in desk.items if item.found.span.text == "王小虚")
    with pytest.raises(Invalid):
        masking_desk.judge(disclosure, actor, key=name.key, hidden=False, reason=" ", version=desk.version)
    added = masking_desk.add(
        disclosure, actor, field="facts", text="酸奶 6 盒", kind="wealth", start=None, version=desk.version
    )
    assert added == 1
    with scene.on(NEXT):
        perform(disclosure, actions.MASK, actor=actor, data=scene.judge_all(disclosure, actor))
        disclosure = perform(disclosure, actions.APPROVE, actor=fresh(cast.head), data=Approve()).subject
        perform(disclosure, actions.PUBLISH, actor=actor, data=Publish())
    assert "酸奶 6 盒" not in PublishedDecision.objects.get().facts


def test_two_people_see_each_others_drafts_apart(cast: Cast) -> None:
    disclosure = scene.disclosure_of(scene.served(cast))
    desk = masking_desk.desk(disclosure, cast.officer)
    masking_desk.judge(disclosure, cast.officer, key=desk.items[0].key, hidden=True, reason="", version=desk.version)
    assert masking_desk.desk(disclosure, cast.second_officer).judged == []


def test_who_masked_does_not_approve(cast: Cast) -> None:
    case = scene.served(cast)
    with scene.on(NEXT):
        disclosure = scene.masked(cast, case)
        Disclosure.objects.filter(pk=disclosure.pk).update(masked_by=cast.head)
        found = unmet(lambda: perform(disclosure, actions.APPROVE, actor=fresh(cast.head), data=Approve()))
        assert found == {"masker_does_not_approve"}
        assert (
            perform(disclosure, actions.APPROVE, actor=fresh(cast.deputy), data=Approve()).subject.state == "approved"
        )


def test_a_returned_masking_comes_back_with_its_reason(cast: Cast) -> None:
    case = scene.served(cast)
    with scene.on(NEXT):
        disclosure = scene.masked(cast, case)
        back = perform(
            disclosure, actions.SEND_BACK, actor=fresh(cast.head), data=SendBack(reason="漏了举报人（虚构）")
        ).subject
    assert (back.state, back.returned_reason) == ("pending", "漏了举报人（虚构）")


def test_a_decision_that_nobody_began_to_serve_is_not_published(cast: Cast) -> None:
    case = scene.decided(cast)
    with scene.on(NEXT):
        disclosure = scene.approved(cast, case)
        found = unmet(lambda: perform(disclosure, actions.PUBLISH, actor=fresh(cast.officer), data=Publish()))
    assert found == {"service_begun"}


def test_only_the_head_publishes_before_service_takes_effect_and_says_why(cast: Cast) -> None:
    case = scene.decided(cast)
    with scene.on(NEXT):
        begun = scene.serve_data(case, NEXT, method=Service.Method.MAIL, effective_on=None)
        perform(case, case_actions.SERVE_DECISION, actor=fresh(cast.officer), data=begun)
        disclosure = scene.approved(cast, case)
        reasoned = Publish(reason="邮件在途，期限将至（虚构）")
        assert unmet(lambda: perform(disclosure, actions.PUBLISH, actor=fresh(cast.officer), data=reasoned)) == {
            "service_effective"
        }
        assert unmet(lambda: perform(disclosure, actions.PUBLISH, actor=fresh(cast.head), data=Publish())) == {
            "service_effective"
        }
        done = perform(disclosure, actions.PUBLISH, actor=fresh(cast.head), data=reasoned).subject
    assert done.held_reason == reasoned.reason


def test_publishing_settles_the_duty_and_late_stays_late(cast: Cast) -> None:
    case = scene.served(cast)
    with scene.on(scene.DISCLOSURE_DUE + dt.timedelta(days=1)):
        scene.published(cast, case)
    duty = disclosing(case)
    assert duty.settled_at is not None
    assert not duty.closed_in_time
    assert PublishedDecision.objects.get().late


def test_a_snapshot_is_never_changed(cast: Cast) -> None:
    case = scene.served(cast)
    with scene.on(NEXT):
        scene.published(cast, case)
    for attempt in (
        lambda: Snapshot.objects.update(content="别的"),
        lambda: Snapshot.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert Snapshot.objects.get().content != "别的"


def test_a_sealed_document_can_be_verified_and_an_internal_one_cannot(cast: Cast) -> None:
    case = scene.served(cast)
    with scene.on(NEXT):
        scene.render_all()
        scene.published(cast, case)
    numbers = set(VerifiedDocument.objects.values_list("kind", flat=True))
    assert any("决定书" in kind for kind in numbers)
    assert not any("审批表" in kind or "回证" in kind for kind in numbers)


def annulled(cast: Cast, case: Any, day: dt.date) -> Any:
    """The decision is revoked by the reconsideration body."""
    data = case_data.Annul(outcome="revoked", by_whom="示例区人民政府", ground="主要证据不足（虚构）")
    with scene.on(day):
        return perform(case, case_actions.ANNUL, actor=fresh(cast.head), data=data).subject


def test_an_annulled_decision_must_be_withdrawn_within_three_working_days(cast: Cast) -> None:
    case = scene.served(cast)
    with scene.on(NEXT):
        disclosure = scene.published(cast, case)
    annulled(cast, case, NEXT)
    duty = Obligation.objects.get(matter=case.matter, rule="decision.withdraw")
    assert duty.due_on == dt.date(2025, 8, 22)
    with scene.on(dt.date(2025, 8, 21)):
        with pytest.raises(Invalid):
            perform(disclosure, actions.WITHDRAW, actor=fresh(cast.head), data=Withdraw(reason=""))
        perform(disclosure, actions.WITHDRAW, actor=fresh(cast.head), data=Withdraw(reason="复议机关撤销（虚构）"))
    assert not PublishedDecision.objects.exists()
    grave = Tombstone.objects.get()
    assert grave.reason == "复议机关撤销（虚构）"
    assert grave.number == Decision.objects.get().number
    duty.refresh_from_db()
    assert duty.closed_in_time


def test_an_annulled_decision_that_was_not_published_never_will_be(cast: Cast) -> None:
    case = scene.served(cast)
    annulled(cast, case, NEXT)
    assert scene.disclosure_of(case).state == Disclosure.State.EXEMPT
    assert disclosing(case).cancelled_at is not None
    withdrawal = Obligation.objects.filter(matter=case.matter, rule="decision.withdraw").first()
    assert withdrawal is None or withdrawal.cancelled_at is not None


def test_an_exemption_needs_a_ground_and_its_end_brings_the_duty_back(cast: Cast) -> None:
    case = scene.served(cast)
    disclosure = scene.disclosure_of(case)
    with scene.on(NEXT):
        with pytest.raises(Invalid):
            proposals.request(disclosure, actions.EXEMPT, actor=fresh(cast.officer), data=Exempt(ground="x", note="y"))
        proposal = proposals.request(
            disclosure, actions.EXEMPT, actor=fresh(cast.officer), data=Exempt(ground="crime", note="移送公安（虚构）")
        )
        disclosure = proposals.approve(proposal, actor=fresh(cast.head)).subject
        assert disclosing(case).cancelled_at is not None
    with scene.on(NEXT + dt.timedelta(days=6)):
        from disclosure.data import EndExemption

        perform(disclosure, actions.END_EXEMPTION, actor=fresh(cast.head), data=EndExemption(reason="不予立案（虚构）"))
    duties = Obligation.objects.filter(matter=case.matter, rule="decision.disclose").order_by("number")
    assert [duty.is_open for duty in duties] == [False, True]


def test_a_display_period_ends_by_itself_and_not_before(cast: Cast) -> None:
    case = scene.served(cast)
    with scene.on(NEXT):
        disclosure = scene.published(cast, case)
    assert disclosure.display_until == dt.date(2026, 8, 19)
    with scene.on(dt.date(2026, 8, 19)):
        assert unmet(lambda: perform(disclosure, actions.EXPIRE, actor=None, data=Expire())) == {"display_over"}
        assert expire_due() == 0
    with scene.on(dt.date(2026, 8, 25)):  # a job that did not run for days
        assert expire_due() == 1
        assert expire_due() == 0
    assert not PublishedDecision.objects.exists()


def test_publishing_happens_once(cast: Cast) -> None:
    case = scene.served(cast)
    with scene.on(NEXT):
        disclosure = scene.published(cast, case)
        with pytest.raises(Overtaken):
            perform(disclosure, actions.PUBLISH, actor=fresh(cast.officer), data=Publish())
    assert Snapshot.objects.count() == 1


def test_the_whole_way_leaves_a_ledger_without_a_flaw(cast: Cast) -> None:
    case = scene.served(cast)
    with scene.on(NEXT):
        scene.published(cast, case)
    assert list(verify()) == []
    assert timezone.now() > case.created_at
