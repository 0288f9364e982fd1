"""What the kind of an act means for its disclosure: how soon (SX-01, SX-02), under which name, how to object."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t

from disclosure.directory import ACT_KINDS
from disclosure.public.kinds import ActKind
from disclosure.public.publishing import Remedy
from enforcement.models import Case, Decision, EnforcementAct, EnforcementItem, Party

PROMPT = frozenset({EnforcementItem.Kind.PENALTY.value, EnforcementItem.Kind.LICENCE.value})
PROMPT_WORKDAYS, GENERAL_WORKDAYS = 7, 20


def allowed_workdays(act: EnforcementAct, decision: Decision) -> int:
    """Working days from the decision: 7 for penalties and licences, 20 for every other, one not to punish too (118号六)."""
    return PROMPT_WORKDAYS if act.kind in PROMPT and not decision.ground else GENERAL_WORKDAYS


def public_kind(act: EnforcementAct, decision: Decision) -> str:
    """The kind as the public site calls it; a decision not to punish is no penalty."""
    if decision.ground:
        return ActKind.NO_PENALTY.value
    return ACT_KINDS[EnforcementItem.Kind(act.kind)].value


def reconsideration_first(act: EnforcementAct) -> bool:
    """Whether the law sends the party to reconsideration before the court (FY-06: decided on the spot)."""
    return Case.objects.filter(pk=act.pk, procedure=Case.Procedure.SUMMARY).exists()


def remedies(act: EnforcementAct) -> tuple[list[Remedy], str]:
    """Where the party can go and by when, and a note that stands under it."""
    department: Any = act.department
    first = reconsideration_first(act)
    found = []
    if department.reconsideration_body:
        found.append(Remedy(_t("行政复议"), _t("自知道本决定之日起 60 日内"), department.reconsideration_body))
    if department.court:
        period = _t("自收到复议决定书之日起 15 日内") if first else _t("自知道本决定之日起 6 个月内")
        found.append(Remedy(_t("行政诉讼"), period, department.court))
    if not first:
        return found, ""
    return found, _t(
        "本决定是当场作出的，应当先申请行政复议，对复议决定不服的再提起诉讼（行政复议法第二十三条第一款第一项）。"
        "复议、诉讼期间决定不停止执行，法律另有规定的除外。"
    )


PERSONAL = frozenset({EnforcementItem.Kind.PAYMENT.value, EnforcementItem.Kind.CONFIRMATION.value})


def personal_ground(act: EnforcementAct) -> dict[str, str]:
    """The exemption to propose for payments and confirmations of natural persons (GS-09); nothing for the others."""
    natural = Party.Kind.NATURAL
    if act.kind not in PERSONAL or not act.parties.filter(kind=natural).exists():
        return {}
    return {
        "ground": "secret",
        "note": _t("%(kind)s涉及自然人的个人隐私（信息公开条例15条）。") % {"kind": act.get_kind_display()},
    }
