"""Fields and checks that the forms of a case share."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import standards
from enforcement.models import PenaltyKind
from portal.workflow.data import entry

LATE = _("登记晚于事实发生一个工作日以上的，写明原因；会记入台账")


def late_reason() -> Any:
    """The field every fact-bearing form ends with."""
    return entry(_("补登原因"), "long", default="", help=LATE)


def on_day(label: Any, **more: Any) -> Any:
    """The day of the fact; today when left empty."""
    return entry(label, "date", default=None, help=_("不填即为今天"), **more)


def tier_entry() -> Any:
    """Which tier of the discretion benchmark is applied."""
    return entry(
        _("裁量阶次"),
        "record",
        default=None,
        options=standards.tiers,
        help=_("本事项有裁量基准的必须选；列出的是立案登记那天施行的版本"),
        law=("处罚法34条", "CL-01"),
    )


def tier_base() -> Any:
    """What a multiple is taken of."""
    return entry(_("倍数的基数（元）"), "money", default=None, help=_("按倍数计算罚款的填写，例如货值金额"))


def tier_reason() -> Any:
    """Why a penalty leaves its tier."""
    return entry(_("超出裁量阶次的理由"), "long", default="", help=_("处罚不在所选阶次之内的必须写明事实和依据"))


def not_in_future(**days: dt.date | None) -> dict[str, Any]:
    """A sentence for each day that lies ahead."""
    today = timezone.localdate()
    return {name: _t("日期不能晚于今天。") for name, day in days.items() if day is not None and day > today}


def penalty_problems(
    kinds: tuple[str, ...], fine: Decimal | None, confiscation: Decimal | None = None
) -> dict[str, Any]:
    """A fine has an amount and an amount has its kind; the same for confiscation."""
    found: dict[str, Any] = {}
    known = set(PenaltyKind.values)
    if not kinds:
        found["kinds"] = _t("至少选一种处罚。")
    elif not known.issuperset(kinds):
        found["kinds"] = _t("有不认识的处罚种类。")
    if PenaltyKind.FINE in kinds and not fine:
        found["fine"] = _t("选了“罚款”，须填写罚款金额。")
    if fine and PenaltyKind.FINE not in kinds:
        found["fine"] = _t("填了罚款金额，但处罚种类里没有选“罚款”。")
    if fine is not None and fine < 0:
        found["fine"] = _t("金额不能是负数。")
    takes = {PenaltyKind.CONFISCATE_GAINS, PenaltyKind.CONFISCATE_GOODS}
    if confiscation and takes.isdisjoint(kinds):
        found["confiscation"] = _t("填了没收金额，但处罚种类里没有选没收。")
    if confiscation is not None and confiscation < 0:
        found["confiscation"] = _t("金额不能是负数。")
    return found
