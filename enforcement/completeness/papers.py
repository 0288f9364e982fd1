"""The month's report on paper: 执法决定归集情况报告."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.completeness.counts import counters
from enforcement.completeness.models import MonthReport
from portal.accounts.roles import Role
from portal.documents.kinds import DocumentKind
from portal.documents.spelling import chinese_date


@dataclass(frozen=True)
class Row:
    """One series."""

    name: str
    first: int
    last: int
    present: int
    void: int
    told: int
    missing: int
    gaps: str


@dataclass(frozen=True)
class MonthPaper:
    """What the report says."""

    month: str
    as_of: str
    counts: tuple[str, ...]
    total: Row
    rows: tuple[Row, ...]
    doubts: tuple[str, ...]
    contradicted: tuple[str, ...]
    unreadable: int
    explained: int
    opinion: str


class MonthReportPaper(DocumentKind):
    """The same numbers as the page and the workbook."""

    key = "completeness.report"
    label = _("执法决定归集情况报告")
    series = "归报"
    template = "completeness/papers/report.html"
    signers = (Role.HEAD.value,)

    def title(self, _matter: Any, subject: MonthReport, _extra: dict[str, Any]) -> str:
        """With the month."""
        return f"关于{subject.month.year}年{subject.month.month}月\n执法决定归集情况的报告"

    def context(self, _matter: Any, subject: MonthReport, _extra: dict[str, Any]) -> MonthPaper:
        """From the figures as frozen."""
        figures = subject.figures
        rows = tuple(_row(one) for one in figures["series"])
        return MonthPaper(
            month=f"{subject.month.year}年{subject.month.month}月",
            as_of=chinese_date(subject.as_of),
            counts=tuple(f"{one.label}{figures['counts'].get(one.key, 0)}件" for one in counters()),
            total=Row(
                "合计",
                0,
                0,
                sum(row.present for row in rows),
                sum(row.void for row in rows),
                sum(row.told for row in rows),
                sum(row.missing for row in rows),
                "",
            ),
            rows=rows,
            doubts=tuple(
                f"{one['name']}{'、'.join(one['doubted_gaps'])}" for one in figures["series"] if one["doubtful"]
            ),
            contradicted=tuple(one["name"] for one in figures["series"] if one["contradicted"]),
            unreadable=figures["unreadable"],
            explained=figures["explained"],
            opinion=subject.opinion,
        )


def _row(one: dict[str, Any]) -> Row:
    more = f"等{one['ranges']}段" if one["more"] else ""
    return Row(
        one["name"],
        one["first"],
        one["last"],
        one["present"],
        one["void"],
        one["told"],
        one["missing"],
        "、".join(one["gaps"]) + more,
    )
