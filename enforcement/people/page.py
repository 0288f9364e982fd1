"""The part of a case's page about its people: who handled it before, and who was asked to stay out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from enforcement.cases.sections import CaseSection
from enforcement.models import Case
from enforcement.people.models import Recusal
from portal.theme.components import Cell, Column, Table

SHAPES: dict[str, Any] = {"pending": "amber", "granted": "pause", "refused": "grey"}


def section(case: Case, _user: Any) -> CaseSection | None:
    """Recusals and former officers; nothing when there are neither."""
    recusals = list(case.recusals.select_related("party", "decided_by"))
    former = list(case.act_officers.exclude(until=None).select_related("officer"))
    tables = []
    if recusals:
        tables.append((_("回避"), _recusals(recusals)))
    if former:
        tables.append((_("不再办理本案的人员"), _former(former)))
    return CaseSection("people", _("办案人员变动"), (), tables) if tables else None


def _recusals(rows: list[Recusal]) -> Table:
    return Table(
        _("回避"),
        [Column(_("被申请人")), Column(_("提出")), Column(_("理由")), Column(_("结果"))],
        [
            [
                row.name,
                Cell(row.party.name if row.party else str(row.get_source_display()), small=row.asked_on.isoformat()),
                row.ground,
                Cell(str(row.get_outcome_display()), shape=SHAPES[row.outcome], small=_decided(row)),
            ]
            for row in rows
        ],
    )


def _decided(row: Recusal) -> str:
    if row.decided_on is None:
        return _("决定前不停止调查")
    who = row.decided_by.name if row.decided_by else ""
    return f"{row.decided_on.isoformat()} {who} {row.reason}".strip()


def _former(rows: list[Any]) -> Table:
    return Table(
        _("不再办理本案的人员"),
        [Column(_("姓名")), Column(_("分工")), Column(_("执法证号")), Column(_("起止"))],
        [
            [
                row.officer.name,
                str(row.get_role_display()),
                row.certificate_number or "—",
                f"{row.since.isoformat()} – {row.until.isoformat()}",
            ]
            for row in rows
        ],
    )
