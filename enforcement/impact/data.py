"""What an assessment asks: the enterprise, five questions, what is done about it, a conclusion."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data import late_reason, not_in_future, on_day
from enforcement.impact.models import Assessment
from enforcement.impact.points import ANSWERS, GRAVE, NONE, POINTS
from portal.workflow.data import entry

LABELS = {point.key: point for point in POINTS}
RESULT = _("评估结论")
Outcome = Assessment.Outcome


def answer(key: str) -> Any:
    """The answer to one question."""
    return entry(LABELS[key].question, "choice", options=lambda _s, _a: list(ANSWERS), group=LABELS[key].label)


def remark(key: str) -> Any:
    """What is said to it."""
    return entry(_("说明"), "long", default="", group=LABELS[key].label, help=_("有影响的写明是什么影响、依据什么判断"))


@dataclass(frozen=True)
class Assess:
    """The assessment (涉企行政执法案件经济影响评估)."""

    situation: str = entry(
        _("企业的基本情况"), "long", help=_("行业、规模、从业人数、经营状况；写明取自哪里"), group=_("企业")
    )
    production: str = answer("production")
    money: str = answer("money")
    people: str = answer("people")
    chain: str = answer("chain")
    credit: str = answer("credit")
    outcome: str = entry(_("结论"), "choice", options=options.of(Outcome), group=RESULT)
    reasons: str = entry(_("理由"), "long", group=RESULT, help=_("评估不改变处罚的法定幅度，也不是不依法处理的理由"))
    production_note: str = remark("production")
    money_note: str = remark("money")
    people_note: str = remark("people")
    chain_note: str = remark("chain")
    credit_note: str = remark("credit")
    measures: str = entry(
        _("减轻影响的措施"),
        "long",
        default="",
        group=RESULT,
        help=_("例如：指导整改、分期或者延期缴纳、错开生产旺季实施、信用修复指引"),
    )
    on: dt.date | None = on_day(_("评估日期"), group=RESULT)
    late_reason: str = late_reason()

    def answered(self) -> list[dict[str, str]]:
        """The answers as they are kept."""
        return [
            {"key": point.key, "answer": getattr(self, point.key), "note": getattr(self, f"{point.key}_note").strip()}
            for point in POINTS
        ]

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Every question is answered, an impact is explained, and the conclusion follows from the answers."""
        found = not_in_future(on=self.on)
        known = {key for key, _label in ANSWERS}
        for point in POINTS:
            given = getattr(self, point.key)
            if given not in known:
                found[point.key] = _t("请逐项作答。")
            elif given != NONE and not getattr(self, f"{point.key}_note").strip():
                found[f"{point.key}_note"] = _t("有影响的请说明。")
        found |= {name: _t("请写明。") for name in ("situation", "reasons") if not getattr(self, name).strip()}
        grave = any(getattr(self, point.key) == GRAVE for point in POINTS)
        if self.outcome not in Outcome.values:
            found["outcome"] = _t("请选择结论。")
        elif self.outcome == Outcome.SMALL and grave:
            found["outcome"] = _t("有一项影响重大，结论不能是影响较小。")
        if self.outcome == Outcome.SOFTENED and not self.measures.strip():
            found["measures"] = _t("请写明采取什么措施减轻影响。")
        filed = attempt.subject.filed_on
        if self.on and filed and self.on < filed:
            found["on"] = _t("评估日期不能早于立案日期。")
        return found
