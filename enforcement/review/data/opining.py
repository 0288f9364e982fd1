"""What the reviewer answers: eight points, a verdict, an opinion in writing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases.data import late_reason, on_day
from enforcement.review.data.fields import day_problems, says_something
from enforcement.review.models import Round
from enforcement.review.points import FINE, POINTS, PROBLEM, choices
from enforcement.review.rounds import open_round
from portal.workflow.data import entry

LABELS = {point.key: point for point in POINTS}
RESULT = _("审核结论")


def answer(key: str) -> Any:
    """The answer to one point."""
    return entry(
        LABELS[key].question,
        "choice",
        options=lambda _subject, _actor: choices(key),
        group=LABELS[key].label,
        law=("SX-11",),
    )


def remark(key: str) -> Any:
    """What is said to the point; a problem must be named."""
    return entry(_("说明"), "long", default="", group=LABELS[key].label, help=_("存在问题的必须写明问题和依据"))


def verdicts(_subject: Any, _actor: Any) -> list[tuple[str, Any]]:
    """The two verdicts of SX-12."""
    return [(Round.State.PASSED.value, _("同意（审核通过）")), (Round.State.RETURNED.value, _("存在问题，退回整改"))]


@dataclass(frozen=True)
class Opine:
    """The opinion (法制审核意见)."""

    subject: str = answer("subject")
    staff: str = answer("staff")
    procedure: str = answer("procedure")
    evidence: str = answer("evidence")
    law: str = answer("law")
    powers: str = answer("powers")
    papers: str = answer("papers")
    crime: str = answer("crime")
    verdict: str = entry(_("结论"), "choice", options=verdicts, group=RESULT, law=("SX-12", "CF-10"))
    opinion: str = entry(
        _("审核意见"),
        "long",
        group=RESULT,
        help=_("写明理由。案卷评查（参照）对只写“同意”的意见不给分"),
        law=("SX-12",),
    )
    subject_note: str = remark("subject")
    staff_note: str = remark("staff")
    procedure_note: str = remark("procedure")
    evidence_note: str = remark("evidence")
    law_note: str = remark("law")
    powers_note: str = remark("powers")
    papers_note: str = remark("papers")
    crime_note: str = remark("crime")
    to_mend: str = entry(
        _("须整改的问题"), "long", default="", group=RESULT, help=_("退回的逐条写明，承办机构据此整改后再次送审")
    )
    on: dt.date | None = on_day(_("审核日期"), group=RESULT)
    late_reason: str = late_reason()

    def answered(self) -> list[dict[str, str]]:
        """The eight answers as they are kept."""
        return [
            {"key": point.key, "answer": getattr(self, point.key), "note": getattr(self, f"{point.key}_note").strip()}
            for point in POINTS
        ]

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Each point is answered, a problem is named, and the verdict follows from the points."""
        found = self._points()
        bad = [point for point in POINTS if getattr(self, point.key) == PROBLEM]
        if self.verdict not in {Round.State.PASSED, Round.State.RETURNED}:
            found["verdict"] = _t("请选择结论。")
        elif self.verdict == Round.State.PASSED and bad:
            names = "、".join(str(point.label) for point in bad)
            found["verdict"] = _t("“%(names)s”存在问题，不能审核通过，请退回整改。") % {"names": names}
        elif self.verdict == Round.State.RETURNED:
            if not bad:
                found["verdict"] = _t("八项都没有问题，没有退回的理由。请指出哪一项存在问题，或者审核通过。")
            if not self.to_mend.strip():
                found["to_mend"] = _t("退回须逐条写明要整改什么。")
        if not says_something(self.opinion):
            found["opinion"] = _t("审核意见应当写明理由，不能只写“同意”或者“退回”。")
        now = open_round(attempt.subject)
        not_before = max((day for day in (now.submitted_on, now.taken_on) if day), default=None) if now else None
        return found | day_problems(self.on, not_before, _t("日期不能早于送审和承办日期 %(day)s。"))

    def _points(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for point in POINTS:
            given = getattr(self, point.key)
            if given not in {FINE, PROBLEM}:
                found[point.key] = _t("请逐项作答。")
            elif given == PROBLEM and not getattr(self, f"{point.key}_note").strip():
                found[f"{point.key}_note"] = _t("请写明问题和依据。")
        return found
