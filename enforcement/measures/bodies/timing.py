"""Stopping, resuming and lengthening a case's time; orders to correct; the register of articles."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t

from enforcement.measures.bodies.custody import own_file, own_party, take
from enforcement.measures.data import timing as forms
from enforcement.measures.models import CorrectionOrder, Extension, Suspension, TimeBasis
from enforcement.measures.timing_gates import NINETY_DAYS, last_day
from enforcement.models import Case
from portal.deadlines.services import due_if
from portal.matters.models import Matter
from portal.workflow.actions import Attempt

BASIS_KIND = "measures.basis"
CHANGED = "measures.basis_changed"


def suspend(attempt: Attempt[Case, forms.Suspend]) -> None:
    """From this day on the time does not count."""
    data = attempt.data
    basis = TimeBasis.objects.get(pk=data.basis, department=attempt.subject.department_id)
    row = Suspension.objects.create(
        case=attempt.subject,
        basis=basis,
        reason=data.reason.strip(),
        begun_on=attempt.on,
        expected_on=data.expected_on,
    )
    value = {"article": basis.cited, "expected_on": data.expected_on.isoformat()}
    attempt.fact("case.suspended", at=attempt.on, about=row.about, value=value)
    _paper(attempt, row, ends=False)
    attempt.label(article=basis.cited)


def resume(attempt: Attempt[Case, forms.Resume]) -> None:
    """From the day after this one it counts again."""
    row = forms.suspended(attempt.subject, None).get(pk=attempt.data.suspension)
    row.resumed_on, row.resumed_reason = attempt.on, attempt.data.reason.strip()
    row.save()
    attempt.fact("case.resumed", at=attempt.on, about=row.about)
    _paper(attempt, row, ends=True)
    attempt.label(begun=row.begun_on.isoformat())


def _paper(attempt: Attempt[Case, Any], row: Suspension, *, ends: bool) -> None:
    head = attempt.actor.name if attempt.actor else ""
    attempt.paper("measures.suspension_form", about=row.about, row=row.pk, ends=ends, head=head)


def extend(attempt: Attempt[Case, forms.Extend]) -> None:
    """Both last days are kept."""
    data = attempt.data
    basis = TimeBasis.objects.get(pk=data.basis, department=attempt.subject.department_id)
    value = {"by": f"{data.days} days", "article": basis.cited}
    old = last_day(attempt.subject)
    new = due_if(attempt.matter, NINETY_DAYS, "", "case.extended", at=attempt.on, value=value)
    if old is None or new is None or basis.step is None:
        raise RuntimeError("the gates have seen a clock that runs and the step of the article")
    row = Extension.objects.create(
        case=attempt.subject,
        basis=basis,
        step=basis.step,
        days=data.days,
        reason=data.reason.strip(),
        extended_on=attempt.on,
        old_due=old,
        new_due=new,
        approval=data.approval.strip(),
        proof=own_file(attempt, data.file),
    )
    attempt.fact("case.extended", at=attempt.on, value=value)
    attempt.paper(
        "measures.extension_form",
        then=lambda paper: take(row, paper),
        row=row.pk,
        head=attempt.actor.name if attempt.actor else "",
    )
    attempt.label(step=basis.step, old=old.isoformat(), new=new.isoformat())


def order_correction(attempt: Attempt[Case, forms.OrderCorrection]) -> None:
    """The notice; the decision's question whether correction was ordered is answered by its number."""
    data = attempt.data
    row = CorrectionOrder.objects.create(
        case=attempt.subject,
        party=own_party(attempt, data.party),
        content=data.content.strip(),
        violated=data.violated.strip(),
        basis=data.basis.strip(),
        issued_on=attempt.on,
        due_on=data.due_on,
    )
    attempt.fact("correction.ordered", about=row.about, value={"due_on": data.due_on.isoformat()})
    attempt.paper(
        "measures.correction_notice", about=row.about, then=lambda paper: _take_number(attempt, row, paper), row=row.pk
    )
    attempt.label(due=data.due_on.isoformat())


def _take_number(attempt: Attempt[Case, Any], row: CorrectionOrder, paper: Any) -> None:
    take(row, paper)
    attempt.subject.correction_ordered = paper.number
    attempt.subject.save()


def check_correction(attempt: Attempt[Case, forms.CheckCorrection]) -> None:
    """Looked at again."""
    data = attempt.data
    row = forms.open_orders(attempt.subject, None).get(pk=data.order)
    row.checked_on, row.outcome, row.found = attempt.on, data.outcome, data.found.strip()
    row.proof = own_file(attempt, data.file)
    row.save()
    attempt.fact("correction.checked", about=row.about, value={"outcome": data.outcome})
    attempt.label(outcome=data.outcome)


def add_basis(attempt: Attempt[TimeBasis, forms.AddBasis]) -> None:
    """An article on the department's register."""
    data, department = attempt.data, attempt.actor.department
    department = attempt.proposal.department if attempt.proposal is not None else department
    words = _t("《%(law)s》%(article)s") % {"law": data.law.strip(), "article": data.article.strip()}
    attempt.matter = Matter.objects.create(
        kind=BASIS_KIND, department=department, title=words[:200], opened_at=attempt.now
    )
    attempt.subject = TimeBasis(
        matter=attempt.matter,
        department=department,
        purpose=data.purpose,
        law=data.law.strip(),
        article=data.article.strip(),
        words=data.words.strip(),
        step=data.step,
        days=data.days,
        approver=data.approver,
        effective_from=data.effective_from,
    )
    attempt.subject.save()
    attempt.fact(CHANGED)
    attempt.label(purpose=data.purpose)


def end_basis(attempt: Attempt[TimeBasis, forms.EndUse]) -> None:
    """Used for the last time on a day."""
    attempt.subject.effective_to = attempt.data.last_day
    attempt.matter.closed_at = attempt.now
    attempt.matter.save(update_fields=["closed_at"])
    attempt.fact(CHANGED)
    attempt.label(last_day=attempt.data.last_day.isoformat())
