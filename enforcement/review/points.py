"""The eight points of legal review (118号（十三）, SX-11), in its order and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

FINE, PROBLEM = "fine", "problem"


@dataclass(frozen=True)
class Point:
    """One point: the name of its field, what it is called, what is asked, and what «in order» says on paper."""

    key: str
    label: Any
    question: Any
    in_order: Any


POINTS = (
    Point("subject", _("执法主体"), _("行政执法主体是否合法"), _("行政执法主体合法。")),
    Point("staff", _("人员资格"), _("行政执法人员是否具备执法资格"), _("行政执法人员具备执法资格。")),
    Point("procedure", _("执法程序"), _("行政执法程序是否合法"), _("行政执法程序合法。")),
    Point("evidence", _("事实证据"), _("案件事实是否清楚，证据是否合法充分"), _("案件事实清楚，证据合法充分。")),
    Point(
        "law",
        _("法律适用与裁量"),
        _("适用法律、法规、规章是否准确，裁量基准运用是否适当"),
        _("适用法律、法规、规章准确，裁量基准运用适当。"),
    ),
    Point("powers", _("法定权限"), _("执法是否超越执法机关法定权限"), _("没有超越执法机关法定权限。")),
    Point("papers", _("执法文书"), _("行政执法文书是否完备、规范"), _("行政执法文书完备、规范。")),
    Point(
        "crime",
        _("是否涉嫌犯罪"),
        _("违法行为是否涉嫌犯罪、需要移送司法机关"),
        _("违法行为不涉嫌犯罪，不需要移送司法机关。"),
    ),
)
CRIME = "crime"


def choices(key: str) -> list[tuple[str, Any]]:
    """The two answers to a point."""
    if key == CRIME:
        return [(FINE, _("不涉嫌犯罪")), (PROBLEM, _("涉嫌犯罪"))]
    return [(FINE, _("符合")), (PROBLEM, _("存在问题"))]
