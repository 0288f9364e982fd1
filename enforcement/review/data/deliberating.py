"""What is asked of a collective deliberation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data import late_reason, on_day
from enforcement.models import PenaltyKind
from enforcement.review.data.fields import day_problems, outcome_problems
from enforcement.review.reviewers import leaders
from portal.workflow.data import entry

MEETING, CONCLUSION = _("讨论"), _("结论")


def positions_of(text: str) -> dict[str, str]:
    """What each said, from lines of «name：position»; further lines belong to the one before."""
    said: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        head, mark, rest = line.replace(":", "：", 1).partition("：")
        if mark and 0 < len(head.strip()) <= 40:
            name = head.strip()
            said[name] = rest.strip()
        elif name and line.strip():
            said[name] = f"{said[name]}\n{line.strip()}".strip()
    return said


@dataclass(frozen=True)
class Deliberate:
    """Those responsible have discussed the case and concluded exactly this outcome."""

    participants: tuple[int, ...] = entry(
        _("参加讨论的负责人"),
        "records",
        options=leaders,
        group=MEETING,
        law=("CF-12",),
        help=_("第一位为主持人；办理过本案的负责人不列"),
    )
    report: str = entry(_("案情汇报"), "long", group=MEETING, help=_("事实、证据、依据和承办意见的要点"))
    positions: str = entry(_("各人意见"), "long", group=MEETING, help=_("每人一行：“姓名：意见和理由”，不同意见也写明"))
    kinds: tuple[str, ...] = entry(_("处罚种类"), "choices", options=options.of(PenaltyKind), group=CONCLUSION)
    content: str = entry(_("处罚内容"), "long", group=CONCLUSION, help=_("决定必须与讨论结论一致"))
    conclusion: str = entry(_("讨论结论"), "long", group=CONCLUSION)
    fine: Decimal | None = entry(_("罚款（元）"), "money", default=None, group=CONCLUSION)
    confiscation: Decimal | None = entry(_("没收金额（元）"), "money", default=None, group=CONCLUSION)
    licence: str = entry(_("暂扣或者吊销的证照名称及编号"), default="", group=CONCLUSION)
    place: str = entry(_("地点"), default="", group=MEETING, longest=100)
    others: str = entry(_("列席、汇报、记录人员"), default="", group=MEETING)
    on: dt.date | None = on_day(_("讨论日期"), group=MEETING)
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Everybody is among those who may, and everybody's position is written down."""
        found = outcome_problems(self)
        known = {user.pk: user.name for user in leaders(attempt.subject).filter(pk__in=self.participants)}
        if not self.participants:
            found["participants"] = _t("请选择参加讨论的负责人。")
        elif not set(known).issuperset(self.participants):
            found["participants"] = _t("有人不是本部门现任的负责人，或者办理过本案。")
        elif len(set(self.participants)) < len(self.participants):
            found["participants"] = _t("同一人选了两次。")
        said = positions_of(self.positions)
        silent = [name for name in known.values() if not said.get(name)]
        if silent:
            found["positions"] = _t("没有写明%(names)s的意见。每人一行：“姓名：意见和理由”。") % {
                "names": "、".join(silent)
            }
        for name in ("report", "conclusion"):
            if not getattr(self, name).strip():
                found[name] = _t("必须填写。")
        filed = attempt.subject.filed_on
        return found | day_problems(self.on, filed, _t("讨论日期不能早于立案日期 %(day)s。"))
