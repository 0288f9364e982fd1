"""The result sheet (成绩单): asked for by the officer himself or his department's administrator, in the bureau's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personnel.examinations.bank import LAW
from personnel.examinations.models import Kind, Sitting
from personnel.examinations.points import shown
from portal.accounts.models import Department
from portal.accounts.roles import Role
from portal.documents.kinds import DocumentKind
from portal.documents.spelling import chinese_date
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import Nothing

ASKING = frozenset({Role.OFFICER.value, Role.LEGAL.value, Role.HEAD.value, Role.DEPUTY.value, Role.DEPT_ADMIN.value})
SHEET = "examinations.sheet"


def _issue(attempt: Attempt[Sitting, Nothing]) -> None:
    attempt.label(halves=attempt.subject.halves)
    attempt.paper(SHEET)


def _his_own(attempt: Attempt[Sitting, Nothing]) -> bool:
    return attempt.actor is not None and (
        attempt.subject.is_of(attempt.actor) or attempt.actor.has_role(Role.DEPT_ADMIN.value)
    )


HIS_OWN = Gate("own_result", _("成绩单由本人或者本部门平台管理员申请出具。"), (), _his_own)
ISSUE: Action[Sitting, Nothing] = Action(
    "examinations.sitting.sheet",
    _("出具成绩单"),
    source=frozenset({Sitting.State.MARKED.value}),
    target=None,
    model=Sitting,
    roles=ASKING,
    data=Nothing,
    body=_issue,
    gates=(HIS_OWN,),
    papers=(SHEET,),
    law=LAW,
)


@dataclass(frozen=True)
class Line:
    """Points of one kind of question."""

    kind: str
    count: int
    points: str
    full: str


@dataclass(frozen=True)
class SheetPaper:
    """What the paper says."""

    name: str
    department: str
    title: str
    purpose: str
    taken: str
    attempt: int
    points: str
    full: str
    pass_mark: str
    passed: bool
    lines: tuple[Line, ...]


class Sheet(DocumentKind):
    """成绩单."""

    key = SHEET
    label = _("考试成绩单")
    series = "考绩"
    template = "examinations/papers/sheet.html"
    signers = (Role.SUPERVISOR.value,)

    def issuer(self, _matter: Any, _subject: Any, _extra: dict[str, Any]) -> Department:
        """The bureau held the examination, whoever's officer sat it."""
        return Department.objects.get(kind=Department.Kind.BUREAU)

    def context(self, _matter: Any, subject: Sitting, _extra: dict[str, Any]) -> SheetPaper:
        """Name, result, and what it is made of."""
        examination = subject.candidate.examination
        rows = subject.items.values("version__question__kind").annotate(
            count=Count("pk"), earned=Sum("earned"), full=Sum("halves")
        )
        found = {row["version__question__kind"]: row for row in rows.order_by()}
        return SheetPaper(
            name=subject.candidate.officer.name,
            department=subject.matter.department.name,
            title=examination.title,
            purpose=str(examination.get_purpose_display()),
            taken=chinese_date(timezone.localdate(subject.begun_at)),
            attempt=subject.attempt,
            points=shown(subject.halves or 0),
            full=shown(subject.full_halves),
            pass_mark=shown(examination.pass_halves),
            passed=bool(subject.passed),
            lines=tuple(
                Line(str(kind.label), row["count"], shown(row["earned"] or 0), shown(row["full"]))
                for kind in Kind
                if (row := found.get(kind.value))
            ),
        )
