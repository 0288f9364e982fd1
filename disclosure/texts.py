"""The texts of one decision that go public: the original, what the detector finds, the masked wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from disclosure.masking import Kind, KnownNames, Span, find_spans
from enforcement.models import EnforcementItem, Party

FIELDS: dict[str, Any] = {
    "party": _("当事人"),
    "title": _("案由"),
    "facts": _("违法事实"),
    "violated": _("违反的规定"),
    "basis": _("处罚依据"),
    "reasons": _("理由"),
    "content": _("处罚内容"),
}
OTHER_ACTS: dict[str, Any] = {
    "party": _("行政相对人"),
    "title": _("标题"),
    "facts": _("事实和理由"),
    "basis": _("依据"),
    "content": _("决定内容"),
}
KIND_LABELS: dict[str, Any] = {
    Kind.IDENTITY: _("身份证件号码"),
    Kind.MOBILE: _("手机号码"),
    Kind.PHONE: _("电话号码"),
    Kind.BANK: _("银行账号"),
    Kind.PLATE: _("车牌号码"),
    Kind.ADDRESS: _("住址"),
    Kind.EMAIL: _("电子邮箱"),
    Kind.ACCOUNT: _("网络账号"),
    Kind.TRAVEL: _("其他证件号码"),
    Kind.PROPERTY: _("产权证书号"),
    Kind.WEALTH: _("财产状况"),
    Kind.NAME: _("自然人姓名"),
}
ALWAYS_HIDDEN = frozenset({Kind.IDENTITY, Kind.BANK, Kind.TRAVEL})


@dataclass(frozen=True)
class Found:
    """A stretch of one field of the original that must be judged."""

    field: str
    span: Span

    @property
    def key(self) -> tuple[str, int, int]:
        """What tells it from the others."""
        return self.field, self.span.start, self.span.end


def labels_of(act: Any) -> dict[str, Any]:
    """What the texts are called: as in a penalty decision, or as in a decision of another kind."""
    return FIELDS if act.kind == EnforcementItem.Kind.PENALTY else FIELDS | OTHER_ACTS


def originals(decision: Any) -> dict[str, str]:
    """The texts of a decision that are published, unmasked, in order."""
    act = decision.act
    return {
        "party": "、".join(party.name for party in act.parties.all()) or act.party_names,
        "title": act.title,
        "facts": decision.facts,
        "violated": decision.violated,
        "basis": decision.basis,
        "reasons": decision.reasons_in_full,
        "content": decision.content,
    }


def source_of(disclosure: Any) -> dict[str, str]:
    """The texts to publish: the decision's own, with what corrections have put in their place."""
    corrected: dict[str, str] = disclosure.corrected.get("texts", {})
    return originals(disclosure.decision) | corrected


def known_names(act: Any) -> KnownNames:
    """What the case tells the detector: whom to hide, what stays."""
    parties = list(act.parties.all())
    people = [party.name for party in parties if party.kind == Party.Kind.NATURAL]
    people += [party.representative for party in parties if party.representative]
    organisations = [party.name for party in parties if party.kind != Party.Kind.NATURAL]
    kept = [act.department.name, act.department.short_name, act.department.phone]
    kept += [party.address for party in parties if party.address and party.kind != Party.Kind.NATURAL]
    private = [(Kind.ADDRESS, party.address) for party in parties if party.address and party.kind == Party.Kind.NATURAL]
    private += [(Kind.MOBILE, party.phone) for party in parties if party.phone]
    private += [(Kind.IDENTITY, party.identity) for party in parties if party.identity]
    return KnownNames(
        people=tuple(people),
        organisations=tuple(organisations),
        kept=tuple(text for text in kept if text),
        private=tuple(private),
    )


def proposals(source: Mapping[str, str], known: KnownNames) -> list[Found]:
    """Every stretch the detector wants judged, in the order of the fields."""
    return [Found(field, span) for field, text in source.items() for span in find_spans(text, known)]


def as_span(text: str, start: int, end: int, kind: str) -> Span:
    """A span of a text; raises ValueError when it does not lie within."""
    if not 0 <= start < end <= len(text):
        raise ValueError("the span does not lie within the text")
    return Span(start, end, Kind(kind), text[start:end], "", 1.0)
