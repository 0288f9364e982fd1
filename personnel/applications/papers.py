"""The papers of applications: the form of one officer, and the two letters with their lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from personnel.applications.models import Application, Letter, Review
from portal.accounts.encryption import mask_identity
from portal.accounts.identity import birth_date
from portal.accounts.models import Department
from portal.accounts.roles import Role
from portal.documents.blocks import Opinion, Signer
from portal.documents.kinds import DocumentKind, register_kind
from portal.documents.spelling import chinese_date


@dataclass(frozen=True)
class FormPaper:
    """行政执法证件申领表."""

    name: str
    gender: str
    born: str
    identity: str
    department: str
    position: str
    post: str
    staffing: str
    staffing_file: str
    education: str
    legal: str
    fields: str
    area: str
    exam: str
    note: str
    department_opinion: Opinion
    bureau_opinion: Opinion


class ApplicationForm(DocumentKind):
    """行政执法证件申领表: with the department's opinion at the submission, with the bureau's once it has passed."""

    key = "applications.form"
    label = _("行政执法证件申领表")
    template = "applications/papers/form.html"
    signers = (Role.HEAD.value, Role.SUPERVISOR.value)
    sealed = False

    def context(self, _matter: Any, subject: Application, extra: dict[str, Any]) -> FormPaper:
        """Everything the register and the application hold; the number stays masked, the list to the issuer has it."""
        officer = subject.officer
        born = birth_date(officer.identity) if officer.identity else None
        return FormPaper(
            name=officer.name,
            gender=str(officer.get_gender_display()) or "—",
            born=chinese_date(born) if born else "—",
            identity=mask_identity(officer.identity),
            department=subject.department.name,
            position=officer.position or "—",
            post=subject.post,
            staffing=str(subject.get_staffing_display()),
            staffing_file=subject.staffing_file,
            education=subject.education or "—",
            legal=(officer.legal_number or "有") if officer.legal_qualified else "无",
            fields="、".join(subject.fields),
            area=subject.area,
            exam=subject.exam_words if subject.exam_way else "待司法行政部门核对",
            note=subject.note,
            department_opinion=_department_said(subject, extra),
            bureau_opinion=_bureau_said(subject) if extra.get("examined") else Opinion(),
        )


def _department_said(application: Application, extra: dict[str, Any]) -> Opinion:
    """The head who approved signs; once the bureau has passed it, his form lies beside this one."""
    date = chinese_date(application.submitted_on) if application.submitted_on else ""
    name = str(extra.get("opinion_by", ""))
    signers = (Signer(name),) if name else (Signer(application.department.name),)
    return Opinion(text=application.opinion, signers=signers, date=date)


def _bureau_said(application: Application) -> Opinion:
    review = application.reviews.filter(outcome=Review.Outcome.PASSED).select_related("made_by").last()
    if review is None:
        return Opinion()
    return Opinion(text=review.text, signers=(Signer(review.made_by.name),), date=chinese_date(review.made_on))


@dataclass(frozen=True)
class Line:
    """One officer of a list."""

    name: str
    gender: str
    identity: str
    department: str
    post: str
    staffing: str
    fields: str
    exam: str


@dataclass(frozen=True)
class LetterPaper:
    """A letter with its list."""

    to: str
    sender: str
    count: int
    note: str
    lines: tuple[Line, ...]
    whole: bool  # several departments, with numbers and results: for the issuer


def _lines(keys: Any, *, whole: bool) -> tuple[Line, ...]:
    rows = Application.objects.filter(pk__in=list(keys)).select_related("officer", "department")
    return tuple(
        Line(
            name=one.officer.name,
            gender=str(one.officer.get_gender_display()) or "—",
            identity=one.officer.identity if whole else mask_identity(one.officer.identity),
            department=one.department.short_name,
            post=one.post,
            staffing=str(one.get_staffing_display()),
            fields="、".join(one.fields),
            exam=one.exam_short,
        )
        for one in rows.order_by("department__code", "officer__name", "pk")
    )


class SendingLetter(DocumentKind):
    """The department's letter to the bureau."""

    key = "applications.sending"
    label = _("关于报送行政执法证件申领材料的函")
    series = "证申"
    template = "applications/papers/sending.html"
    signers = (Role.HEAD.value,)

    def context(self, matter: Any, subject: Letter, extra: dict[str, Any]) -> LetterPaper:
        """The list with masked numbers."""
        return _letter(matter, subject, extra, whole=False)


class ForwardingLetter(DocumentKind):
    """The bureau's letter to the issuer; the only paper with whole identity numbers, seen by the bureau alone."""

    key = "applications.forwarding"
    label = _("关于转报行政执法证件申领材料的函")
    series = "证报"
    template = "applications/papers/forwarding.html"
    signers = (Role.SUPERVISION_HEAD.value,)
    audience = "internal"
    issuers = frozenset({Department.Kind.BUREAU.value})

    def context(self, matter: Any, subject: Letter, extra: dict[str, Any]) -> LetterPaper:
        """The list with whole numbers and results."""
        return _letter(matter, subject, extra, whole=True)


def _letter(matter: Any, subject: Letter, extra: dict[str, Any], *, whole: bool) -> LetterPaper:
    lines = _lines(extra["applications"], whole=whole)
    return LetterPaper(
        to=subject.issuer, sender=matter.department.name, count=len(lines), note=subject.note, lines=lines, whole=whole
    )


def register() -> None:
    """Register the kinds."""
    for kind in (ApplicationForm, SendingLetter, ForwardingLetter):
        register_kind(kind)
