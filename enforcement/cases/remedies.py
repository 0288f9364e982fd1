"""How a party can object to a decision: bodies, periods, and the words for it (处罚法59条1款5项)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t


def remedies_text(department: Any) -> str:
    """Reconsideration within 60 days (复议法20条), litigation within 6 months (诉讼法46条); suing does not stop it."""
    return _t(
        "如不服本决定，可以自知道本决定之日起六十日内向%(body)s申请行政复议，"
        "也可以自知道本决定之日起六个月内向%(court)s提起行政诉讼。"
        "行政复议、行政诉讼期间本决定不停止执行，法律另有规定的除外。"
    ) % {"body": department.reconsideration_body, "court": department.court}


def performance_text(fined: bool) -> str:
    """How and when to perform: within 15 days to the bank (处罚法67条3款)."""
    if not fined:
        return _t("自收到本决定书之日起履行。")
    return _t("自收到本决定书之日起十五日内到指定的银行或者通过电子支付系统缴纳罚款。")
