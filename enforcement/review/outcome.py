"""Exactly which outcome is reviewed, deliberated and decided: the same fields, the same sum, and what differs."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases.gates import current_notice
from enforcement.cases.lenience import lenience_text
from enforcement.models import PenaltyKind
from portal.theme.formats import yuan

FIELDS: dict[str, Any] = {
    "kinds": _("处罚种类"),
    "fine": _("罚款"),
    "confiscation": _("没收"),
    "licence": _("证照"),
    "content": _("处罚内容"),
    "facts": _("违法事实"),
    "violated": _("违反的规定"),
    "basis": _("处罚依据"),
    "lenience": _("从轻、减轻情节"),
}
FEN = Decimal("0.01")
Outcome = dict[str, Any]


def outcome_of(case: Any, data: Any) -> Outcome:
    """What a form says is to be decided, on its own facts and basis, else the notice's, else the conclusion's."""
    told = _told(case, data)
    return {
        "kinds": sorted(set(data.kinds)),
        "fine": _amount(data.fine),
        "confiscation": _amount(data.confiscation),
        "licence": _plain(getattr(data, "licence", "")),
        "content": _plain(data.content),
        "facts": _plain(told[0]),
        "violated": _plain(told[1]),
        "basis": _plain(told[2]),
        "lenience": _plain(lenience_text(case)),
    }


def _told(case: Any, data: Any) -> tuple[str, str, str]:
    notice = data if hasattr(data, "facts") else current_notice(case)
    if notice is not None:
        return notice.facts, notice.violated, notice.basis
    return case.found_facts, case.proposed_violated, case.proposed_basis


def digest(outcome: Outcome) -> str:
    """SHA-256 of the outcome in one spelling."""
    text = json.dumps(outcome, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def differences(before: Outcome, after: Outcome) -> list[str]:
    """Names of the fields in which two outcomes differ; where it is short, from what to what."""
    return [_difference(name, before, after) for name in FIELDS if (before.get(name) or "") != (after.get(name) or "")]


def _difference(name: str, before: Outcome, after: Outcome) -> str:
    label = str(FIELDS[name])
    if name in {"facts", "violated", "basis", "content", "lenience"}:
        return label
    return _t("%(what)s（%(before)s → %(after)s）") % {
        "what": label,
        "before": spoken(name, before) or _t("无"),
        "after": spoken(name, after) or _t("无"),
    }


def spoken(name: str, outcome: Outcome) -> str:
    """One field of an outcome in words."""
    value = outcome.get(name) or ""
    if name == "kinds":
        return "、".join(str(PenaltyKind(kind).label) for kind in PenaltyKind.values if kind in value)
    if name in {"fine", "confiscation"} and value:
        return _t("%(amount)s 元") % {"amount": yuan(Decimal(value))}
    return str(value)


def evidence_of(case: Any) -> list[dict[str, Any]]:
    """The pieces of evidence on file, each with the digest of its file."""
    return [
        {"id": piece.pk, "name": piece.name, "sha256": piece.attachment.sha256 if piece.attachment else ""}
        for piece in case.evidence.select_related("attachment").order_by("pk")
    ]


def later_evidence(case: Any, known: list[dict[str, Any]]) -> list[str]:
    """Names of the pieces that were not on the file that was looked at."""
    seen = {piece["id"] for piece in known}
    return [piece.name for piece in case.evidence.order_by("pk") if piece.pk not in seen]


def _amount(value: Decimal | None) -> str:
    if not value:
        return ""
    try:
        return str(value.quantize(FEN))
    except InvalidOperation:  # more digits than anybody has: it equals nothing that was reviewed
        return str(value)


def _plain(text: str) -> str:
    return "\n".join(line.strip() for line in (text or "").splitlines() if line.strip())
