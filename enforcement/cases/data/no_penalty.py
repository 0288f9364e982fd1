"""What is asked when nothing is imposed: exactly one ground of the law, and what goes with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options, standards
from enforcement.cases.data.fields import late_reason, not_in_future, on_day
from enforcement.models import Decision
from portal.workflow.data import entry

G = Decision.Ground
UNPUNISHED = "不予行政处罚"  # what such a decision says, in the language of the papers
CORRECTED = frozenset({G.MINOR.value, G.FIRST.value})
ON_A_LIST = CORRECTED  # the grounds that a leniency list spells out
GUARDED = frozenset({G.UNDER_AGE.value, G.NO_CAPACITY.value})
NOT_TAUGHT = frozenset({G.NOT_PROVEN.value, G.TOO_LATE.value})  # nothing done, or nothing more to be held against him


@dataclass(frozen=True, kw_only=True)
class NoPenalty:
    """The decision not to punish. No kind, no fine: nothing of a penalty can be entered here."""

    ground: str = entry(
        _("不予处罚的情形"),
        "choice",
        options=options.of(Decision.Ground),
        help=_("只能选一种"),
        law=("处罚法30条", "处罚法31条", "CF-30", "CF-22", "处罚法57条1款"),
    )
    facts: str = entry(_("查明的事实"), "long", help=_("事实不能成立的，写明指称的事实和没有证据证明之处"))
    evidence: str = entry(_("证据"), "long", help=_("一行一份；包括改正、年龄、没有主观过错等的证据"))
    reasons: str = entry(_("理由"), "long", help=_("为什么属于所选的情形"))
    leniencies: tuple[int, ...] = entry(
        _("适用的不予处罚清单条目"),
        "records",
        default=(),
        options=standards.no_penalty_entries,
        help=_("本部门清单有条目的：选一条，或者在下面写明为什么不依清单"),
        law=("CF-30",),
    )
    outside_list: str = entry(_("清单之外适用的理由"), "long", default="")
    corrected: str = entry(
        _("改正的情况"),
        "long",
        default="",
        help=_("“轻微”“初次违法”的必须填写：何时、怎样改正，如何核实"),
        law=("CF-30",),
    )
    first_answer: str = entry(
        _("为什么仍是初次违法"),
        "long",
        default="",
        help=_("平台上有这名当事人的处罚决定时填写"),
        law=("CF-30",),
    )
    education: str = entry(
        _("教育情况"), "long", default="", help=_("除事实不能成立、超过追责期限外必须填写"), law=("处罚法33条3款",)
    )
    guardian: str = entry(
        _("责令监护人管教、看管和治疗的情况"),
        "long",
        default="",
        help=_("未成年人、精神病人和智力残疾人必须填写"),
        law=("处罚法30条", "处罚法31条"),
    )
    hearing_opinion: str = entry(
        _("对听证中提出的意见的采纳情况"),
        "long",
        default="",
        help=_("举行过听证的必须填写：根据听证笔录，采纳或者不采纳哪些意见，为什么"),
        law=("处罚法65条",),
    )
    on: dt.date | None = on_day(_("决定日期"), law=("CF-04", "SX-01"))
    late_reason: str = late_reason()

    # What the rooms that look at any decision ask for.
    kinds: tuple[str, ...] = ()
    fine: Decimal | None = None
    base: Decimal | None = None

    def problems(self, attempt: Any) -> dict[str, Any]:
        """One ground, and for it what the law asks beside the reasons."""
        found = not_in_future(on=self.on)
        texts = {"facts": self.facts, "evidence": self.evidence, "reasons": self.reasons}
        texts |= {"corrected": self.corrected} if self.ground in CORRECTED else {}
        texts |= {"guardian": self.guardian} if self.ground in GUARDED else {}
        found |= {name: _t("请写明。") for name, text in texts.items() if not text.strip()}
        if self.ground not in G.values:
            found["ground"] = _t("请选择一种情形。")
        if self.ground in G.values and self.ground not in NOT_TAUGHT and not self.education.strip():
            found["education"] = _t("依法不予处罚的，应当对当事人进行教育：请写明何时、如何教育。")
        if self.kinds or self.fine is not None or self.base is not None:
            found["ground"] = _t("不予处罚的决定不能有处罚种类和金额。")
        filed = attempt.subject.filed_on
        if self.on and filed and self.on < filed:
            found["on"] = _t("决定日期不能早于立案日期。")
        return found | self._list(attempt.subject)

    def _list(self, case: Any) -> dict[str, Any]:
        entries = standards.no_penalty_entries(case, None)
        listed = {one.pk for one in entries}
        if set(self.leniencies) - listed:
            return {"leniencies": _t("有条目不在本案适用的不予处罚清单里。")}
        if self.leniencies and self.ground not in ON_A_LIST:
            return {"leniencies": _t("清单条目说的是轻微违法和初次违法，与所选的情形不符。")}
        if self.ground in ON_A_LIST and listed and not self.leniencies and not self.outside_list.strip():
            return {"leniencies": _t("本部门的不予处罚清单有这一事项的条目：请选一条，或者写明清单之外适用的理由。")}
        return {}
