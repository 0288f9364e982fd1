"""Correcting what was published, ending it early, withdrawing it: what the public sees meanwhile, and the clocks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from disclosure import actions, correcting, repair
from disclosure.correcting import Correct
from disclosure.data import Approve, Exempt, Expire, Publish, Withdraw
from disclosure.expiry import expire_due
from disclosure.models import Correction, Disclosure, Snapshot
from disclosure.public.models import PublishedDecision, Tombstone
from enforcement.cases import actions as case_actions
from enforcement.cases import data as case_data
from enforcement.models import Case
from portal.deadlines.models import Obligation
from portal.ledger.verification import verify
from portal.workflow import proposals
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.errors import Forbidden, Invalid
from tests import case_scenes as scene
from tests.cast import Cast, fresh
from tests.disclosure.test_disclosure import NEXT, annulled, unmet

pytestmark = pytest.mark.django_db
LATER = dt.date(2025, 9, 15)
WRONG, RIGHT = "销售超过保质期的酸奶 6 盒", "销售超过保质期的酸奶 9 盒"


def shown(cast: Cast, day: dt.date = NEXT) -> Disclosure:
    """Published on that day."""
    case = scene.served(cast)
    with scene.on(day):
        return scene.published(cast, case)


def text_correction(disclosure: Disclosure, **changes: Any) -> Correct:
    """Nine boxes, not six."""
    made = Correct(
        kind="text", reason="数量录入有误，已按决定书更正。", facts=disclosure.source["facts"].replace(WRONG, RIGHT)
    )
    return replace(made, **changes)


def corrected(cast: Cast, disclosure: Disclosure, data: Correct, day: dt.date = LATER) -> Disclosure:
    """Begun by Chen, masked by him, approved by Zhao, published by Li."""
    case = Case.objects.get(pk=disclosure.act_id)
    with scene.on(day):
        perform(disclosure, correcting.CORRECT, actor=fresh(cast.officer), data=data)
        return scene.published(cast, case)


def test_a_wrong_text_is_gone_at_once_and_the_public_reads_why(cast: Cast, client: Client) -> None:
    disclosure = shown(cast)
    with scene.on(LATER):
        perform(disclosure, correcting.CORRECT, actor=fresh(cast.officer), data=text_correction(disclosure))
    assert not PublishedDecision.objects.exists()
    stone = Tombstone.objects.get()
    assert (stone.kind, stone.reason) == ("correcting", "数量录入有误，已按决定书更正。")
    assert WRONG not in str(stone.__dict__)


def test_the_corrected_text_stands_under_the_old_address_with_the_first_day(cast: Cast) -> None:
    disclosure = shown(cast, scene.DISCLOSURE_DUE + dt.timedelta(days=1))
    before = PublishedDecision.objects.get()
    done = corrected(cast, disclosure, text_correction(disclosure))
    row = PublishedDecision.objects.get()
    assert (row.key, row.published_at, row.published_within, row.late) == (
        before.key, before.published_at, before.published_within, True,
    )  # fmt: skip
    assert RIGHT in row.facts
    assert WRONG not in f"{row.facts}{row.search_text}{row.history}"
    assert row.history[0] == {
        "on": LATER.isoformat(), "text": "更正", "detail": "数量录入有误，已按决定书更正。", "correction": True,
    }  # fmt: skip
    assert done.published_at == before.published_at
    assert not Tombstone.objects.exists()


def test_the_new_snapshot_points_back_and_the_old_one_is_kept(cast: Cast) -> None:
    disclosure = shown(cast)
    corrected(cast, disclosure, text_correction(disclosure))
    old, new = Snapshot.objects.order_by("number")
    assert new.replaces == old
    assert WRONG in old.content
    assert RIGHT in new.content
    assert Correction.objects.get().snapshot == new
    assert list(verify()) == []


def test_the_corrected_text_is_masked_and_approved_by_two_again(cast: Cast) -> None:
    disclosure = shown(cast)
    with scene.on(LATER):
        perform(disclosure, correcting.CORRECT, actor=fresh(cast.officer), data=text_correction(disclosure))
        again = scene.masked(cast, Case.objects.get(pk=disclosure.act_id))
        assert again.round == 2
        Disclosure.objects.filter(pk=again.pk).update(masked_by=cast.head)
        assert unmet(lambda: perform(again, actions.APPROVE, actor=fresh(cast.head), data=Approve())) == {
            "masker_does_not_approve"
        }


def test_a_second_correction_keeps_what_the_first_put_right(cast: Cast) -> None:
    disclosure = corrected(cast, shown(cast), Correct(kind="masking", reason="隐去不当，重新脱敏。"))
    disclosure = corrected(cast, disclosure, text_correction(disclosure))
    disclosure = corrected(
        cast, disclosure, text_correction(disclosure, facts="", fine=Decimal(4000)), dt.date(2025, 10, 9)
    )
    row = PublishedDecision.objects.get()
    assert RIGHT in row.facts
    assert row.fine == 4000
    assert [line["on"] for line in row.history if line.get("correction")] == ["2025-10-09", "2025-09-15", "2025-09-15"]
    assert Snapshot.objects.count() == 4


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"kind": "changed"}, "kind"),
        ({"kind": "nothing"}, "kind"),
        ({"facts": ""}, "content"),
        ({"kind": "masking"}, "kind"),
        ({"fine": -1}, "fine"),
        ({"fine": 10**16}, "fine"),
        ({"kinds": ("flogging",)}, "kinds"),
    ],
)
def test_a_correction_says_what_it_corrects_and_why(cast: Cast, changes: dict[str, Any], field: str) -> None:
    disclosure = shown(cast)
    with pytest.raises(Invalid) as refused:
        perform(disclosure, correcting.CORRECT, actor=fresh(cast.officer), data=text_correction(disclosure, **changes))
    assert field in refused.value.fields
    assert PublishedDecision.objects.exists()


def test_a_changed_decision_is_off_within_three_days_and_comes_back_as_changed(cast: Cast) -> None:
    disclosure = shown(cast)
    case = Case.objects.get(pk=disclosure.act_id)
    data = case_data.Annul(outcome="changed", by_whom="示例区人民政府", ground="罚款过重（虚构）")
    with scene.on(NEXT):
        perform(case, case_actions.ANNUL, actor=fresh(cast.head), data=data)
    change = Correct(
        kind="changed", reason="复议决定变更罚款为 3,000 元。", paper="示例复决〔2025〕1号", fine=Decimal(3000),
        content="警告\n罚款3,000元",
    )  # fmt: skip
    with scene.on(NEXT), pytest.raises(Invalid):
        perform(disclosure, correcting.CORRECT, actor=fresh(cast.officer), data=replace(change, paper=""))
    corrected(cast, disclosure, change, NEXT + dt.timedelta(days=1))
    duty = Obligation.objects.get(matter=case.matter, rule="decision.withdraw")
    assert duty.closed_in_time
    row = PublishedDecision.objects.get()
    assert row.fine == 3000
    assert "3,000" in row.outcome


def test_a_revoked_decision_is_withdrawn_not_corrected(cast: Cast) -> None:
    disclosure = shown(cast)
    annulled(cast, Case.objects.get(pk=disclosure.act_id), NEXT)
    with scene.on(NEXT):
        found = unmet(
            lambda: perform(
                disclosure,
                correcting.CORRECT,
                actor=fresh(cast.officer),
                data=Correct(kind="masking", reason="隐去不当。"),
            )
        )
    assert found == {"may_be_shown_again"}


def test_a_text_under_correction_can_still_be_withdrawn_and_not_be_exempted_or_dropped(cast: Cast) -> None:
    disclosure = shown(cast)
    with scene.on(LATER):
        perform(disclosure, correcting.CORRECT, actor=fresh(cast.officer), data=text_correction(disclosure))
        wanted = Exempt(ground="secret", note="（虚构）")
        assert unmet(lambda: proposals.request(disclosure, actions.EXEMPT, actor=fresh(cast.officer), data=wanted)) == {
            "never_published"
        }
        annulled(cast, Case.objects.get(pk=disclosure.act_id), LATER)
        disclosure.refresh_from_db()
        assert disclosure.state == Disclosure.State.PENDING
        perform(disclosure, actions.WITHDRAW, actor=fresh(cast.head), data=Withdraw(reason="复议机关撤销（虚构）"))
    stone = Tombstone.objects.get()
    assert (stone.kind, stone.reason) == ("withdrawn", "复议机关撤销（虚构）")
    assert disclosure.correction is None
    assert Obligation.objects.get(rule="decision.withdraw").closed_in_time


def test_what_was_never_published_is_not_withdrawn(cast: Cast) -> None:
    disclosure = scene.disclosure_of(scene.served(cast))
    with scene.on(NEXT):
        assert unmet(
            lambda: perform(disclosure, actions.WITHDRAW, actor=fresh(cast.head), data=Withdraw(reason="（虚构）"))
        ) == {"published_before"}


def test_a_display_period_runs_out_during_a_correction_too(cast: Cast) -> None:
    disclosure = shown(cast)
    with scene.on(dt.date(2026, 8, 19)):
        perform(disclosure, correcting.CORRECT, actor=fresh(cast.officer), data=text_correction(disclosure))
        approved = scene.approved(cast, Case.objects.get(pk=disclosure.act_id))
    with scene.on(dt.date(2026, 8, 20)):
        assert "display_not_over" in unmet(
            lambda: perform(approved, actions.PUBLISH, actor=fresh(cast.officer), data=Publish())
        )
        assert expire_due() == 1
    assert Tombstone.objects.get().kind == "expired"


def test_a_withdrawal_that_comes_late_is_late_for_ever(cast: Cast) -> None:
    disclosure = shown(cast)
    annulled(cast, Case.objects.get(pk=disclosure.act_id), NEXT)
    with scene.on(dt.date(2025, 8, 25)):
        duty = Obligation.objects.get(rule="decision.withdraw")
        assert duty.light().shape == "red"
        perform(disclosure, actions.WITHDRAW, actor=fresh(cast.head), data=Withdraw(reason="已撤销（虚构）"))
    duty.refresh_from_db()
    assert not duty.closed_in_time


def test_a_drafted_verdict_on_other_words_is_forgotten(cast: Cast) -> None:
    from disclosure import masking_desk

    disclosure = scene.disclosure_of(scene.served(cast))
    desk = masking_desk.desk(disclosure, cast.officer)
    masking_desk.judge(disclosure, cast.officer, key=desk.items[0].key, hidden=True, reason="", version=desk.version)
    decision = disclosure.decision
    decision.facts = "经营者李小虚（虚构）销售超过保质期的酸奶。"
    decision.save()
    with scene.on(NEXT):
        perform(disclosure, actions.REFRESH, actor=fresh(cast.officer), data=Nothing())
    disclosure.refresh_from_db()
    assert masking_desk.desk(disclosure, cast.officer).judged == []


# ── early end ──

GRANT = repair.GrantRepair(True, True, True, True, "查看了缴款凭证和整改照片（虚构）")
PUBLISHED = dt.date(2026, 5, 6)


def requested(cast: Cast, day: dt.date) -> Disclosure:
    """Published after the repair rules came into force, paid, and asked for."""
    disclosure = shown(cast, PUBLISHED)
    with scene.on(day):
        asked = repair.RequestRepair(applicant="示例便利店（虚构）", grounds="罚款已缴，已整改（虚构）")
        found: Disclosure = perform(disclosure, repair.REQUEST_REPAIR, actor=fresh(cast.officer), data=asked).subject
    return found


def pay(cast: Cast, disclosure: Disclosure, day: dt.date) -> None:
    """The fine in one sum."""
    case = Case.objects.get(pk=disclosure.act_id)
    with scene.on(day):
        data = case_data.Pay(party=case.parties.get().pk, amount=case.decisions.get().fine, receipt="（虚构）1")
        perform(case, case_actions.PAY, actor=fresh(cast.officer), data=data)


def ask_grant(cast: Cast, disclosure: Disclosure) -> Any:
    """Chen puts it forward."""
    return proposals.request(disclosure, repair.GRANT_REPAIR, actor=fresh(cast.officer), data=GRANT)


def test_a_display_ends_early_when_everything_is_put_right(cast: Cast) -> None:
    disclosure = requested(cast, dt.date(2026, 8, 10))
    with scene.on(dt.date(2026, 8, 10)):
        assert unmet(lambda: ask_grant(cast, disclosure)) == {"obligations_performed"}
    pay(cast, disclosure, dt.date(2026, 8, 10))
    with scene.on(dt.date(2026, 8, 10)):
        done = proposals.approve(ask_grant(cast, disclosure), actor=fresh(cast.head)).subject
    assert done.state == Disclosure.State.REPAIRED
    assert not PublishedDecision.objects.exists()
    assert Tombstone.objects.get().kind == "repaired"


def test_the_least_display_of_a_general_record_is_three_months(cast: Cast) -> None:
    disclosure = requested(cast, dt.date(2026, 6, 1))
    pay(cast, disclosure, dt.date(2026, 6, 1))
    for day, open_gates in ((dt.date(2026, 8, 6), {"least_display_over"}), (dt.date(2026, 8, 7), set())):
        with scene.on(day):
            if open_gates:
                assert unmet(lambda: ask_grant(cast, disclosure)) == open_gates
            else:
                assert ask_grant(cast, disclosure).pk


@pytest.mark.parametrize("missing", ["fulfilled", "remedied", "no_repetition", "unlisted", "findings"])
def test_each_condition_of_repair_is_stated(cast: Cast, missing: str) -> None:
    changes: dict[str, Any] = {missing: ""}
    disclosure = requested(cast, dt.date(2026, 8, 10))
    pay(cast, disclosure, dt.date(2026, 8, 10))
    with scene.on(dt.date(2026, 8, 10)), pytest.raises(Invalid) as refused:
        proposals.request(disclosure, repair.GRANT_REPAIR, actor=fresh(cast.officer), data=replace(GRANT, **changes))
    assert missing in refused.value.fields


def test_a_refused_repair_leaves_the_display_and_may_be_asked_again(cast: Cast) -> None:
    disclosure = requested(cast, dt.date(2026, 8, 10))
    with scene.on(dt.date(2026, 8, 11)):
        asked = repair.RequestRepair(applicant="示例便利店（虚构）", grounds="再次申请（虚构）")
        assert unmet(lambda: perform(disclosure, repair.REQUEST_REPAIR, actor=fresh(cast.officer), data=asked)) == {
            "no_repair_request_open"
        }
        refusal = proposals.request(
            disclosure, repair.REFUSE_REPAIR, actor=fresh(cast.officer), data=repair.RefuseRepair("罚款未缴（虚构）")
        )
        proposals.approve(refusal, actor=fresh(cast.head))
        perform(disclosure, repair.REQUEST_REPAIR, actor=fresh(cast.officer), data=asked)
    assert PublishedDecision.objects.exists()
    assert list(disclosure.repairs.values_list("state", flat=True)) == ["refused", "requested"]


def test_a_head_does_not_grant_without_a_proposal(cast: Cast) -> None:
    disclosure = requested(cast, dt.date(2026, 8, 10))
    pay(cast, disclosure, dt.date(2026, 8, 10))
    with scene.on(dt.date(2026, 8, 10)), pytest.raises(Forbidden):
        perform(disclosure, repair.GRANT_REPAIR, actor=fresh(cast.head), data=GRANT)
    with scene.on(dt.date(2026, 8, 10)):
        assert unmet(lambda: perform(disclosure, actions.EXPIRE, actor=None, data=Expire())) == {"display_over"}
