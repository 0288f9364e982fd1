"""The form by which a case's time is stopped, and by which it runs again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.measures.models import Suspension
from enforcement.models import Case
from enforcement.papers import cause, signers
from portal.documents.blocks import Opinion, Signer
from portal.documents.kinds import DocumentKind, register_kind
from portal.documents.spelling import chinese_date

STOPS, RUNS = "中止计算办案期限审批表", "恢复计算办案期限审批表"


@dataclass(frozen=True)
class SuspensionForm:
    """中止 or 恢复计算办案期限审批表: internal."""

    cause: str
    number: str
    parties: str
    filed_on: str
    basis: str
    words: str
    begun_on: str
    expected_on: str
    reason: str
    ends: bool
    resumed_on: str
    resumed_reason: str
    officer_opinion: Opinion
    head_opinion: Opinion


class SuspensionFormKind(DocumentKind):
    """中止计算办案期限审批表, and at its end 恢复计算办案期限审批表."""

    key = "measures.suspension_form"
    label = _("中止、恢复计算办案期限审批表")
    template = "measures/papers/suspension_form.html"
    signers = ("officer", "head")
    about = "suspension"
    sealed = False
    audience = "internal"

    def title(self, matter: Any, subject: Case, extra: dict[str, Any]) -> str:
        """Named after what it approves."""
        return RUNS if extra["ends"] else STOPS

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> SuspensionForm:
        """From one stretch; opinions are those of the proposer and of who approved."""
        row = Suspension.objects.select_related("basis").get(pk=extra["row"])
        ends, head = bool(extra["ends"]), extra.get("head", "")
        stop = row.resumed_on if ends else row.begun_on
        day = chinese_date(stop) if stop else ""
        asked, agreed = ("建议恢复计算办案期限。", "同意恢复。") if ends else ("建议中止计算办案期限。", "同意中止。")
        return SuspensionForm(
            cause=cause(subject),
            number=subject.number,
            parties="、".join(party.name for party in subject.parties.all()),
            filed_on=chinese_date(subject.filed_on) if subject.filed_on else "",
            basis=row.basis.cited,
            words=row.basis.words,
            begun_on=chinese_date(row.begun_on),
            expected_on=chinese_date(row.expected_on),
            reason=row.reason,
            ends=ends,
            resumed_on=day if ends else "",
            resumed_reason=row.resumed_reason,
            officer_opinion=Opinion(asked, signers(subject), day),
            head_opinion=Opinion(agreed, (Signer(head),) if head else (), day),
        )


def register() -> None:
    """Register the kind."""
    register_kind(SuspensionFormKind)
