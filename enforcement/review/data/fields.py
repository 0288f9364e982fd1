"""Fields and checks that several of these forms share: the outcome in question, texts that must say something."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _t

from enforcement.cases.data import not_in_future, penalty_problems
from enforcement.cases.gates import current_notice
from enforcement.models import PenaltyKind

LICENCES = {PenaltyKind.SUSPEND_LICENCE, PenaltyKind.REVOKE_LICENCE}
EMPTY_WORDS = frozenset(
    {"同意", "拟同意", "审核同意", "通过", "审核通过", "无意见", "没有意见", "无", "不同意", "退回"}
)


def outcome_problems(data: Any) -> dict[str, Any]:
    """Kinds, amounts and licence fit together; the content is said."""
    found = penalty_problems(data.kinds, data.fine, data.confiscation)
    if not data.content.strip():
        found["content"] = _t("请写明处罚内容。")
    if not LICENCES.isdisjoint(data.kinds) and not data.licence.strip():
        found["licence"] = _t("暂扣、吊销证照的，写明证照名称和编号。")
    return found


def proposed(case: Any) -> dict[str, Any]:
    """The outcome as notified, or as proposed at the end of the investigation: what a form begins with."""
    notice = current_notice(case)
    if notice is None:
        return {"kinds": case.proposed_kinds, "fine": case.proposed_fine, "content": case.proposed_content}
    return {
        "kinds": notice.kinds,
        "fine": notice.fine,
        "confiscation": notice.confiscation,
        "content": notice.content,
    }


def says_something(text: str) -> bool:
    """Whether an opinion says more than yes or no (SX-12: in writing; 案卷评查: «同意» alone gets no point)."""
    return bool(text.strip()) and text.strip().strip("。！!. 　") not in EMPTY_WORDS


def day_problems(on: dt.date | None, not_before: dt.date | None, sentence: Any) -> dict[str, Any]:
    """The day is past or today, and not before another one."""
    found = not_in_future(on=on)
    if on is not None and not_before is not None and on < not_before:
        found["on"] = str(sentence) % {"day": not_before.isoformat()}
    return found
