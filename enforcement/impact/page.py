"""The part of a case's page about its impact on an enterprise."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from enforcement.cases.sections import CaseSection
from enforcement.impact.actions import concerns_enterprise, proposal_of
from enforcement.impact.models import Assessment
from enforcement.impact.points import ANSWERS, POINTS
from enforcement.models import Case, EnforcementAct
from portal.theme.components import Cell, Column, Pair, Table

S = EnforcementAct.State
ASKED = frozenset({S.INVESTIGATED.value, S.NOTIFIED.value})
SHAPES: dict[str, Any] = {"small": "green", "softened": "green", "adjust": "red"}


def section(case: Case, user: Any) -> CaseSection | None:
    """The assessments; before the decision of a case against an enterprise, that there is none yet. Inside only."""
    if not (user.sees_everything or user.home_id == case.department_id):
        return None
    rows = list(Assessment.objects.filter(act=case.pk).select_related("author").order_by("-pk"))
    title = _("对企业的经济影响")
    if not rows:
        if case.state not in ASKED or not case.proposed_kinds or not concerns_enterprise(case):
            return None
        words = _("当事人是经营主体。作出处罚决定之前，可以在“下一步”里评估（本地，探索建立）。")
        return CaseSection("impact", title, [Pair(_("还没有评估"), words)])
    last = rows[0]
    pairs = [
        Pair(_("结论"), str(last.get_outcome_display()), small=last.reasons),
        Pair(_("企业的基本情况"), last.situation),
        Pair(_("评估的处理意见"), last.proposal, tag=_stale(case, last)),
        Pair(_("减轻影响的措施"), last.measures),
    ]
    tables = [(_("逐项评估"), _answers(last))]
    if len(rows) > 1:
        tables.append((_("历次评估"), _all(rows)))
    return CaseSection("impact", title, [pair for pair in pairs if pair.value], tables)


def _stale(case: Case, last: Assessment) -> str:
    changed = case.state in ASKED and proposal_of(case) != last.proposal
    return _("处理意见此后有改动") if changed else ""


def _answers(row: Assessment) -> Table:
    labels, words = {point.key: point.label for point in POINTS}, dict(ANSWERS)
    return Table(
        _("逐项评估"),
        [Column(_("方面")), Column(_("影响")), Column(_("说明"))],
        [[str(labels[one["key"]]), str(words[one["answer"]]), one["note"] or "—"] for one in row.answers],
    )


def _all(rows: list[Assessment]) -> Table:
    return Table(
        _("历次评估"),
        [Column(_("日期")), Column(_("评估人")), Column(_("结论"))],
        [
            [
                row.assessed_on.isoformat(),
                row.author.name if row.author else "—",
                Cell(str(row.get_outcome_display()), shape=SHAPES[row.outcome]),
            ]
            for row in rows
        ],
    )
