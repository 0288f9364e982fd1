"""The statement of hours (学时证明): asked for by the officer himself or his department's administrator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.models import Officer
from personnel.training.hours import shown
from personnel.training.models import HoursStatement, TrainingHours
from portal.accounts.roles import Role
from portal.documents.kinds import DocumentKind
from portal.documents.spelling import chinese_date
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt
from portal.workflow.data import entry

ASKING = frozenset({Role.OFFICER.value, Role.LEGAL.value, Role.HEAD.value, Role.DEPUTY.value, Role.DEPT_ADMIN.value})


def statable(_subject: Any, actor: Any) -> Any:
    """Himself; the whole department for its administrator."""
    rows = Officer.objects.filter(department=actor.department_id).select_related("department")
    return rows if actor.has_role(Role.DEPT_ADMIN.value) else rows.filter(user=actor)


FIRST_YEAR = 2000


@dataclass(frozen=True)
class Ask:
    """Whose hours of which year."""

    officer: int = entry(_("人员"), "record", options=statable)
    year: int = entry(_("年度"), "integer")

    def problems(self, attempt: Attempt[HoursStatement, Ask]) -> dict[str, str]:
        """What the form tells field by field."""
        if not statable(None, attempt.actor).filter(pk=self.officer).exists():
            return {"officer": _gettext("只能出具本人的学时证明；平台管理员可以为本部门人员出具。")}
        if not FIRST_YEAR <= self.year <= attempt.today.year:
            return {"year": _gettext("请填 %(first)d 年到今年的年份。") % {"first": FIRST_YEAR}}
        if not entries_of(self.officer, self.year).exists():
            return {"year": _gettext("%(year)d 年没有学时记录。") % {"year": self.year}}
        return {}


def entries_of(officer: int, year: int) -> Any:
    """The entries of an officer in a year, counter-entries among them."""
    rows = TrainingHours.objects.filter(officer=officer, on__year=year)
    return rows.select_related("session__matter__department").order_by("on", "pk")


def first_answers(_subject: Any, actor: Any) -> dict[str, Any]:
    """Oneself, this year."""
    own = Officer.objects.filter(user=actor).first()
    return {"officer": own.pk if own else None, "year": timezone.localdate().year}


def _issue(attempt: Attempt[HoursStatement, Ask]) -> None:
    officer = Officer.objects.select_related("department").get(pk=attempt.data.officer)
    attempt.matter = Matter.objects.create(
        kind="hours_statement",
        department=officer.department,
        title=_gettext("%(name)s %(year)d 年学时证明") % {"name": officer.name, "year": attempt.data.year},
        opened_at=attempt.now,
        closed_at=attempt.now,
    )
    total = entries_of(officer.pk, attempt.data.year).total()
    attempt.subject = HoursStatement(matter=attempt.matter, officer=officer, year=attempt.data.year, tenths=total)
    attempt.label(year=attempt.data.year, tenths=total)
    matter = attempt.matter

    def number(document: Any) -> None:
        matter.number = document.number
        matter.save(update_fields=["number"])

    attempt.paper("training.statement", then=number)


ISSUE = Action[HoursStatement, Ask](
    "training.statement.issue",
    _("出具学时证明"),
    source=frozenset(),
    target=HoursStatement.State.ISSUED.value,
    roles=ASKING,
    data=Ask,
    body=_issue,
    model=HoursStatement,
    papers=("training.statement",),
    initial=first_answers,
    law=("PX-01",),
    rare=True,
)


@dataclass(frozen=True)
class Line:
    """One line of the annexed list."""

    date: str
    topic: str
    form: str
    organiser: str
    hours: str


@dataclass(frozen=True)
class StatementPaper:
    """What the paper says."""

    name: str
    department: str
    certificate: str
    year: int
    hours: str
    required: str
    until: str
    lines: tuple[Line, ...]


class Statement(DocumentKind):
    """学时证明."""

    key = "training.statement"
    label = _("学时证明")
    series = "学时证"
    template = "training/papers/statement.html"
    signers = (Role.DEPT_ADMIN.value,)

    def context(self, _matter: Any, subject: HoursStatement, _extra: dict[str, Any]) -> StatementPaper:
        """Name, certificate, total, and every entry that makes it up."""
        officer = subject.officer
        certificate = officer.certificates.filter(ended_on=None).order_by("-valid_to").first()
        return StatementPaper(
            name=officer.name,
            department=officer.department.name,
            certificate=certificate.number if certificate else "",
            year=subject.year,
            hours=shown(subject.tenths),
            required="60",
            until=chinese_date(timezone.localdate()),
            lines=tuple(
                Line(
                    row.on.isoformat(),
                    row.session.topic + ("（冲正）" if row.corrects_id else ""),
                    str(row.session.get_form_display()),
                    row.session.matter.department.name,
                    shown(row.tenths),
                )
                for row in entries_of(officer.pk, subject.year)
            ),
        )
