"""What the law and the design ask of each kind of act: record, film, review, two officers, personal data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.models import EnforcementItem

Kind = EnforcementItem.Kind
LICENCE_MATTER, ACT_MATTER = "enforcement.licence", "enforcement.act"


@dataclass(frozen=True)
class Asked:
    """What one kind asks. `general`: disclosed within 20 working days instead of 7 (SX-01, SX-02)."""

    title: Any  # of the decision's paper
    series: str  # of its number
    general: bool = True
    two_officers: bool = False  # 强制法18条、35条
    film: bool = False  # SX-07
    review: bool = False  # reviewed unless the head's own catalogue says more
    personal: bool = False  # personal data: mostly exempt (GS-09)


ASKED: dict[str, Asked] = {
    Kind.LICENCE.value: Asked(_("行政许可决定书"), "许", general=False),
    Kind.MEASURE.value: Asked(_("行政强制措施决定书"), "强措", two_officers=True, film=True),
    Kind.EXECUTION.value: Asked(_("行政强制执行决定书"), "强执", two_officers=True, film=True, review=True),
    Kind.LEVY.value: Asked(_("行政征收征用决定书"), "征", review=True),
    Kind.PAYMENT.value: Asked(_("行政给付决定书"), "给", personal=True),
    Kind.CONFIRMATION.value: Asked(_("行政确认决定书"), "确", personal=True),
    Kind.OTHER.value: Asked(_("行政执法决定书"), "执"),
}
OTHERS = tuple(kind for kind in ASKED if kind != Kind.LICENCE)


def asked_of(kind: str) -> Asked:
    """What the kind asks. Raises KeyError for penalties and inspections, which have flows of their own."""
    return ASKED[kind]
