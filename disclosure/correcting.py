"""Correcting what was published: off the public site at once, then masked, approved and published anew."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from disclosure import gates, projection
from disclosure.bodies import take_down_elsewhere, take_source
from disclosure.models import Correction, Disclosure
from disclosure.texts import FIELDS, labels_of, source_of
from enforcement.models import Decision, EnforcementItem, PenaltyKind
from portal.accounts.roles import Role
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import entry

# The party's name comes from the case's own record and is put right there.
TEXTS = tuple(field for field in FIELDS if field != "party")
AMOUNTS = ("fine", "confiscation")
MOST = Decimal("9999999999999.99")
WORDS = _("更正后的内容（不改的留原样）")


def kinds(disclosure: Any, _actor: Any) -> list[tuple[str, Any]]:
    """What can be the matter: a changed decision is one thing, a text that does not say what it decided another."""
    changed = disclosure is not None and disclosure.decision.outcome == Decision.Outcome.CHANGED
    return [(one.value, one.label) for one in Correction.Kind if (one == Correction.Kind.CHANGED) is changed]


@dataclass(frozen=True)
class Correct:
    """What is wrong, what stands in its place, and what the public will read about it."""

    kind: str = entry(_("为什么更正"), "choice", options=kinds, law=("CF-17", "SX-04"))
    reason: str = entry(
        _("向社会公开的更正说明"),
        "long",
        longest=500,
        help=_("任何人都能看到，请勿写个人信息，也不要重复原来的错误文字"),
    )
    paper: str = entry(_("依据的文书"), default="", help=_("变更决定、更正或者补正文书的名称和文号"), longest=120)
    title: str = entry(_("案由（标题）"), default="", group=WORDS)
    facts: str = entry(_("违法事实（事实和理由）"), "long", default="", group=WORDS)
    violated: str = entry(_("违反的规定"), "long", default="", group=WORDS)
    basis: str = entry(_("依据"), "long", default="", group=WORDS)
    reasons: str = entry(_("理由"), "long", default="", group=WORDS)
    content: str = entry(_("处罚内容（决定内容）"), "long", default="", group=WORDS)
    kinds: tuple[str, ...] = entry(
        _("处罚种类"), "choices", default=(), options=lambda _subject, _actor: PenaltyKind.choices, group=WORDS
    )
    fine: Decimal | None = entry(_("罚款（元）"), "money", default=None, group=WORDS)
    confiscation: Decimal | None = entry(_("没收金额（元）"), "money", default=None, group=WORDS)

    def problems(self, attempt: Any) -> dict[str, Any]:
        """A reason for the public; a change for every kind that says there is one; a paper for a changed decision."""
        disclosure = attempt.subject
        found: dict[str, Any] = {}
        if self.kind not in dict(kinds(disclosure, attempt.actor)):
            found["kind"] = (
                _t("决定已被依法变更，更正的原因只能是“决定被依法变更”。")
                if disclosure.decision.outcome == Decision.Outcome.CHANGED
                else _t("请选择更正的原因。决定被变更的，先在案件中登记变更。")
            )
        if not self.reason.strip():
            found["reason"] = _t("更正须向社会说明理由。")
        if self.kind == Correction.Kind.CHANGED and not self.paper.strip():
            found["paper"] = _t("请写明变更决定的文书名称和文号。")
        for name in AMOUNTS:
            amount = getattr(self, name)
            if amount is not None and not 0 <= amount <= MOST:
                found[name] = _t("金额不能小于零，也不能大于 %(most)s。") % {"most": f"{MOST:,}"}
        if set(self.kinds) - set(PenaltyKind.values):
            found["kinds"] = _t("请选择处罚种类。")
        if "kind" in found:
            return found
        changes = changed(self, disclosure)
        if self.kind == Correction.Kind.MASKING and changes:
            found["kind"] = _t("文字也要改的，请选择“公示的文字与决定书不一致”。")
        elif self.kind != Correction.Kind.MASKING and not changes and not stale(disclosure):
            found["content"] = _t("更正后的内容与公示的一样。请改写要更正的地方；只是隐去不当的，请选“隐去不当”。")
        return found


def initial(disclosure: Disclosure, _actor: Any) -> dict[str, Any]:
    """As it is published now."""
    corrected, decision = disclosure.corrected, disclosure.decision
    return {
        **{name: disclosure.source.get(name, "") for name in TEXTS},
        "kinds": corrected.get("kinds", decision.kinds),
        **{name: corrected.get(name) or getattr(decision, name) for name in AMOUNTS},
    }


def changed(data: Correct, disclosure: Disclosure) -> dict[str, Any]:
    """What the form says otherwise than what was published; an empty field changes nothing."""
    labels = labels_of(disclosure.act)
    texts = {
        name: getattr(data, name).strip()
        for name in TEXTS
        if name in labels and getattr(data, name).strip() not in {"", disclosure.source.get(name, "").strip()}
    }
    before = initial(disclosure, None)
    found: dict[str, Any] = {"texts": texts} if texts else {}
    if disclosure.act.kind == EnforcementItem.Kind.PENALTY and not disclosure.decision.ground:
        if data.kinds and sorted(data.kinds) != sorted(before["kinds"]):
            found["kinds"] = [one.value for one in PenaltyKind if one.value in data.kinds]
        for name in AMOUNTS:
            amount = getattr(data, name)
            if amount is not None and amount != Decimal(before[name] or 0):
                found[name] = str(amount)
    return found


def stale(disclosure: Disclosure) -> bool:
    """Whether the decision's record has been put right since, so that the text only has to be taken anew."""
    return bool(source_of(disclosure) != disclosure.source)


def _may_be_shown_again(attempt: Attempt[Disclosure, Any]) -> bool:
    return bool(attempt.subject.decision.outcome in {Decision.Outcome.IN_FORCE, Decision.Outcome.CHANGED})


may_be_shown_again = Gate(
    "may_be_shown_again", _("决定已被撤销、确认违法或者无效，应当撤回公示，不是更正"), ("CF-17",), _may_be_shown_again
)


def correct(attempt: Attempt[Disclosure, Correct]) -> None:
    """The wrong text is off the public site with this transaction; what stands in its place waits to be masked."""
    disclosure, data = attempt.subject, attempt.data
    changes = changed(data, disclosure)
    before = disclosure.corrections.order_by("-number").first()
    Correction.objects.create(
        disclosure=disclosure,
        number=(before.number if before else 0) + 1,
        kind=data.kind,
        reason=data.reason.strip(),
        paper=data.paper.strip(),
        changes=changes,
        begun_by=attempt.actor,
        begun_at=attempt.now,
    )
    texts = disclosure.corrected.get("texts", {}) | changes.get("texts", {})
    disclosure.corrected = disclosure.corrected | changes | ({"texts": texts} if texts else {})
    take_source(disclosure)
    disclosure.masked_by = disclosure.approved_by = None
    disclosure.returned_reason = ""
    projection.suspend(disclosure, data.reason.strip(), attempt.on)
    attempt.fact("disclosure.correction_begun", about=disclosure.decision.about)
    if data.kind == Correction.Kind.CHANGED:
        # Off the site with its reason said in public: what the law asks when a decision is changed (处罚法48条2款).
        attempt.fact("disclosure.taken_off", about=disclosure.decision.about)
        take_down_elsewhere(attempt)
    attempt.label(kind=data.kind, fields=sorted(changes.get("texts", {}) | changes))


CORRECT: Action[Disclosure, Correct] = Action(
    key="disclosure.correct",
    label=_("更正公示"),
    model=Disclosure,
    source=frozenset({Disclosure.State.PUBLISHED.value}),
    target=Disclosure.State.PENDING.value,
    roles=frozenset({Role.OFFICER.value, Role.DEPT_ADMIN.value, Role.HEAD.value, Role.DEPUTY.value}),
    data=Correct,
    initial=initial,
    gates=(may_be_shown_again, gates.display_not_over),
    body=correct,
    facts=("disclosure.correction_begun", "disclosure.taken_off", "channel.to_take_down"),
    law=("CF-17", "SX-04"),
    later=True,
)
ALL: tuple[Action[Disclosure, Any], ...] = (CORRECT,)
