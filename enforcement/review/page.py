"""The part of a case's page about review, suspicion and deliberation."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from enforcement.cases.sections import CaseSection
from enforcement.models import Case
from enforcement.review.models import Deliberation, Round, Suspicion
from enforcement.review.outcome import differences
from portal.theme.components import Cell, Column, Table

SHAPES: dict[str, Any] = {
    Round.State.OPEN: "grey",
    Round.State.PASSED: "green",
    Round.State.RETURNED: "red",
    Round.State.WITHDRAWN: "withdrawn",
}


def section(case: Case, user: Any) -> CaseSection | None:
    """Rounds, suspicions, deliberations; nothing when there are none, or for a guest who does not review."""
    rounds = list(Round.objects.visible_to(user).filter(act=case.pk).select_related("reviewer", "submitted_by"))
    inside = user.sees_everything or user.home_id == case.department_id
    suspicions = list(Suspicion.objects.filter(act=case.pk).select_related("cleared_by")) if inside else []
    deliberations = list(Deliberation.objects.filter(act=case.pk).select_related("chair")) if inside else []
    tables = []
    if suspicions:
        tables.append((_("涉嫌犯罪"), _suspected(suspicions)))
    if rounds:
        tables.append((_("法制审核"), round_table(rounds)))
    if deliberations:
        tables.append((_("集体讨论"), _discussed(deliberations)))
    return CaseSection("review", _("法制审核与集体讨论"), (), tables) if tables else None


def round_table(rounds: list[Round]) -> Table:
    """Every round in its order, with what changed since the one before."""
    rows: list[list[Any]] = []
    before: Round | None = None
    for one in rounds:
        changed = differences(before.outcome, one.outcome) if before is not None else []
        words = _("改：%(names)s") % {"names": "、".join(changed)} if changed else ""
        if before is not None and not changed:
            words = _("处理意见未改")
        rows.append(
            [
                Cell(str(one), url=reverse("review:round", args=[one.pk]), small=words),
                Cell(one.submitted_on.isoformat(), small=one.submitted_by.name if one.submitted_by else ""),
                one.reviewer.name if one.reviewer else _("待承办"),
                Cell(str(one.get_state_display()), shape=SHAPES[one.state], small=_ended(one)),
            ]
        )
        before = one
    return Table(_("法制审核"), [Column(_("审核")), Column(_("送审")), Column(_("审核人员")), Column(_("结果"))], rows)


def _ended(one: Round) -> str:
    words = [one.concluded_on.isoformat()] if one.concluded_on else []
    if one.to_mend:
        words.append(_("须整改：%(what)s") % {"what": one.to_mend.splitlines()[0]})
    if one.chaired_on:
        words.append(_("%(day)s 负责人主持研究") % {"day": one.chaired_on.isoformat()})
    return " ".join(words)


def _suspected(rows: list[Suspicion]) -> Table:
    return Table(
        _("涉嫌犯罪"),
        [Column(_("发现")), Column(_("涉嫌的犯罪和依据")), Column(_("情况"))],
        [
            [
                row.recorded_on.isoformat(),
                row.note,
                Cell(_("没有排除，不得作出处罚决定"), shape="red")
                if row.cleared_on is None
                else Cell(
                    str(row.get_ground_display()),
                    shape="green",
                    small=f"{row.cleared_on.isoformat()} {row.cleared_by.name if row.cleared_by else ''}".strip(),
                ),
            ]
            for row in rows
        ],
    )


def _discussed(rows: list[Deliberation]) -> Table:
    return Table(
        _("集体讨论"),
        [Column(_("日期")), Column(_("参加的负责人")), Column(_("结论"))],
        [[row.held_on.isoformat(), "、".join(one["name"] for one in row.participants), row.conclusion] for row in rows],
    )
