"""What the steps of an application do."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.actions import REGISTER, Register
from personnel.applications import data as forms
from personnel.applications.models import Application, Review, Rule
from personnel.models import Officer
from personnel.results import best_result
from portal.accounts.models import Department
from portal.matters.models import Matter, MatterLink
from portal.workflow.actions import Attempt
from portal.workflow.door import perform

SENT, FORWARDED, ISSUED = "application_sent", "application_forwarded", "certificate_issued"


def bureau(_subject: Any = None) -> Department:
    """The bureau examines qualification (执法监督条例17条2款)."""
    return Department.objects.get(kind=Department.Kind.BUREAU)


def draw(attempt: Attempt[Application, forms.Draw]) -> None:
    """A new draft."""
    given = attempt.data
    officer = Officer.objects.select_related("department").get(pk=given.officer)
    attempt.matter = Matter.objects.create(
        kind="certificate_application",
        department=officer.department,
        title=_("%(name)s申领行政执法证") % {"name": officer.name},
        opened_at=attempt.now,
    )
    attempt.subject = Application(
        matter=attempt.matter, officer=officer, department=officer.department, since=attempt.today
    )
    _write(attempt.subject, given)
    attempt.label(fields=list(given.fields), staffing=given.staffing)
    attempt.fact("application.drawn")


def amend(attempt: Attempt[Application, forms.Amend]) -> None:
    """What was typed replaces what was there; the history keeps both."""
    _write(attempt.subject, attempt.data)
    attempt.label(fields=list(attempt.data.fields), staffing=attempt.data.staffing)


def _write(application: Application, given: forms.Draw | forms.Amend) -> None:
    application.staffing = given.staffing
    application.staffing_file = given.staffing_file.strip()
    application.staffing_proof_id = given.proof
    application.post = given.post.strip()
    application.education = given.education.strip()
    application.fields = list(given.fields)
    application.area = given.area.strip()
    application.note = given.note.strip()


def submit(attempt: Attempt[Application, forms.Submit]) -> None:
    """The department has looked; the form is made with its opinion."""
    application = attempt.subject
    application.opinion = attempt.data.opinion.strip()
    application.submissions += 1
    application.submitted_on = application.since = attempt.today
    attempt.label(submission=application.submissions)
    attempt.fact("application.submitted", value={"bound": bureau().code})
    attempt.paper("applications.form", opinion_by=attempt.actor.name, examined=False)


def examine(attempt: Attempt[Application, forms.Examine]) -> None:
    """Keep by which way the examination is shown."""
    keep_examination(attempt.subject, attempt.data, attempt.today)
    _examined(attempt)


def go_on(attempt: Attempt[Application, Any]) -> None:
    """The programme itself: a result that passed, or one shown at an earlier submission, needs nobody's hand."""
    if not attempt.subject.exam_way:
        keep_examination(attempt.subject, FROM_PORTAL, attempt.today)
    _examined(attempt)


FROM_PORTAL = forms.Examine(Application.Exam.RESULT.value)


def keep_examination(application: Application, given: forms.Examine, today: dt.date) -> None:
    """Write the way and its particulars on the application; a result of the portal's own is looked up."""
    application.exam_way = given.way
    application.exam_title, application.exam_on, application.exam_points = "", None, ""
    application.exam_proof_id = None
    if given.way == Application.Exam.RESULT:
        result = best_result(application.officer, today)
        if result is None:
            raise LookupError("the gate has seen a result that is no longer there")
        application.exam_title, application.exam_on = result.title[:120], result.taken_on
        application.exam_points = f"{result.points}/{result.full}"[:40]
    elif given.way == Application.Exam.RECORDED:
        application.exam_title, application.exam_on = given.title.strip(), given.taken_on
        application.exam_points, application.exam_proof_id = given.points.strip(), given.proof


def _examined(attempt: Attempt[Application, Any]) -> None:
    attempt.subject.since = attempt.today
    attempt.label(way=attempt.subject.exam_way, title=attempt.subject.exam_title)
    attempt.fact("application.examined")


def may_go_on(application: Application) -> bool:
    """Whether the examination is shown already, or by a result of the portal's own."""
    if application.exam_way == Application.Exam.EXEMPT:
        return application.officer.legal_qualified and Rule.current().exempts_qualified
    if application.exam_way:
        return True
    result = best_result(application.officer, timezone.localdate())
    return result is not None and result.passed


def pass_on(attempt: Attempt[Application, forms.Pass]) -> None:
    """The bureau finds nothing missing."""
    application = attempt.subject
    text = attempt.data.opinion.strip() or _("经初审，符合申领条件。")
    _review(attempt, Review.Outcome.PASSED, text)
    application.since = attempt.today
    attempt.fact("application.passed")
    attempt.paper("applications.form", opinion_by="", examined=True)


def hand_back(attempt: Attempt[Application, forms.Return]) -> None:
    """The department is told what to mend."""
    _review(attempt, Review.Outcome.RETURNED, attempt.data.mend.strip(), by_issuer=attempt.data.by_issuer)
    attempt.subject.since = attempt.today
    if attempt.data.exam_again:
        attempt.subject.exam_way = ""
    attempt.fact("application.returned")


def refuse(attempt: Attempt[Application, forms.Refuse]) -> None:
    """The end without a certificate."""
    reason = attempt.data.reason.strip()
    _review(attempt, Review.Outcome.REFUSED, reason, by_issuer=attempt.data.by_issuer)
    _end(attempt, reason)
    attempt.fact("application.refused")


def withdraw(attempt: Attempt[Application, forms.Why]) -> None:
    """The department takes it back."""
    _end(attempt, attempt.data.reason.strip())
    attempt.fact("application.withdrawn")


def left(attempt: Attempt[Application, forms.LeftDuty]) -> None:
    """Whoever has left the post cannot be applied for (ZJX-02); the programme takes it back."""
    attempt.label(registrar=attempt.data.registrar)
    _end(attempt, _("申领人离岗：%(reason)s") % {"reason": attempt.data.reason})
    attempt.fact("application.withdrawn")


def forward(attempt: Attempt[Application, forms.Carried]) -> None:
    """On its way to the issuer, in a letter."""
    attempt.subject.since = attempt.today
    link(attempt.data.letter, attempt.matter, FORWARDED)
    attempt.fact("application.forwarded")


def link(letter: int, matter: Matter, kind: str) -> None:
    """Link an application to the letter it travels in."""
    MatterLink.objects.get_or_create(source_id=letter, target=matter, kind=kind)


def issue(attempt: Attempt[Application, forms.Issue]) -> None:
    """The certificate enters the register by its own step; both are linked."""
    application, given = attempt.subject, attempt.data
    made = perform(
        None,
        REGISTER,
        actor=attempt.actor,
        data=Register(
            officer=application.officer_id,
            number=given.number,
            issuer=given.issuer,
            fields=given.fields,
            area=given.area,
            valid_from=given.valid_from,
            valid_to=given.valid_to,
        ),
    )
    application.certificate = made.subject
    application.since = attempt.today
    MatterLink.objects.create(source=attempt.matter, target=made.matter, kind=ISSUED)
    attempt.label(number=made.subject.number, issuer=made.subject.issuer)
    _close(attempt)
    attempt.fact("application.issued")


def _review(attempt: Attempt[Application, Any], outcome: Review.Outcome, text: str, *, by_issuer: bool = False) -> None:
    Review.objects.create(
        application=attempt.subject,
        submission=attempt.subject.submissions,
        outcome=outcome,
        by_issuer=by_issuer,
        text=text,
        made_by=attempt.actor,
        made_on=attempt.today,
    )
    attempt.label(submission=attempt.subject.submissions, by_issuer=by_issuer)


def _end(attempt: Attempt[Application, Any], reason: str) -> None:
    attempt.subject.ending = reason
    attempt.subject.since = attempt.today
    _close(attempt)


def _close(attempt: Attempt[Application, Any]) -> None:
    Matter.objects.filter(pk=attempt.matter.pk).update(closed_at=attempt.now)
