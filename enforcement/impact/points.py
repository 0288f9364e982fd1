"""The questions of an assessment; the district's scheme only says that there is to be one, so they are the portal's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

NONE, SOME, GRAVE = "none", "some", "grave"
ANSWERS: tuple[tuple[str, Any], ...] = ((NONE, _("没有或者很小")), (SOME, _("有一定影响")), (GRAVE, _("影响重大")))


@dataclass(frozen=True)
class Point:
    """One question: the name of its field, what it is called, what is asked."""

    key: str
    label: Any
    question: Any


POINTS = (
    Point("production", _("生产经营"), _("对正常生产经营、订单履行的影响")),
    Point("money", _("资金"), _("罚没和措施对资金周转的影响，与经营规模相比")),
    Point("people", _("就业"), _("对职工就业和工资的影响")),
    Point("chain", _("上下游"), _("对上下游企业、消费者和民生供应的影响")),
    Point("credit", _("信用和资质"), _("对许可、资质、信用、招投标、融资的影响")),
)
