"""What each action after a decision does, once the door is open."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_DOWN, Decimal
from typing import Any

from enforcement.cases.bodies import end_decision
from enforcement.cases.dues import unpaid
from enforcement.execution import data as forms
from enforcement.execution.models import (
    CourtApplication,
    Instalment,
    PaymentPlan,
    Remedy,
    Surcharge,
    Urging,
)
from enforcement.execution.money import computed, fine_left
from enforcement.execution.surcharge import FEN, Part
from enforcement.models import Case, Decision, EnforcementAct, Party
from portal.attachments.models import Attachment
from portal.workflow.actions import Attempt

WITH_APPEAL = frozenset({Remedy.Outcome.UPHELD, Remedy.Outcome.NOT_ACCEPTED})


def _decision(attempt: Attempt[Case, Any]) -> Decision:
    decision = forms.decision_of(attempt.subject)
    if decision is None:
        raise RuntimeError("a decided case has a decision")
    return decision


def _file(attempt: Attempt[Case, Any], key: int | None) -> Attachment | None:
    return Attachment.objects.filter(pk=key, matter=attempt.matter).first() if key else None


def _number(row: Any, document: Any) -> None:
    if hasattr(row, "number"):
        row.number = document.number
    row.document_id = document.pk
    row.save()


def begin_remedy(attempt: Attempt[Case, forms.BeginRemedy]) -> None:
    """The remedy is on record; a reconsideration or suit closes its own period and stops the surcharge."""
    data = attempt.data
    remedy = Remedy.objects.create(
        decision=_decision(attempt),
        party=Party.objects.get(pk=data.party, act_id=attempt.subject.pk),
        kind=data.kind,
        body=data.body.strip(),
        number=data.number.strip(),
        begun_on=attempt.on,
        stays=data.stays,
    )
    attempt.fact(f"{data.kind}.begun", about=remedy.about)
    attempt.label(kind=data.kind, party=remedy.party_id)


def end_remedy(attempt: Attempt[Case, forms.EndRemedy]) -> None:
    """The outcome; one that overturns the decision ends it, and what was published must be withdrawn."""
    data = attempt.data
    remedy = Remedy.objects.select_related("decision", "party").get(
        pk=data.remedy, decision__act_id=attempt.subject.pk, ended_on=None
    )
    remedy.ended_on, remedy.outcome = attempt.on, data.outcome
    remedy.note = data.note.strip()
    remedy.number = data.number.strip() or remedy.number
    remedy.proof = _file(attempt, data.file)
    remedy.save()
    appealable = remedy.kind == Remedy.Kind.RECONSIDERATION and data.outcome in WITH_APPEAL
    attempt.fact(f"{remedy.kind}.ended", about=remedy.about, value={"appealable": appealable})
    if data.opinion:
        attempt.fact("reconsideration.opinion_received", about=remedy.decision.about)
    if data.outcome in forms.OVERTURNING and remedy.decision.outcome == Decision.Outcome.IN_FORCE:
        end_decision(attempt, remedy.decision, data.outcome, by_whom=remedy.body, ground=remedy.note)
    attempt.label(kind=remedy.kind, outcome=data.outcome)


def answer_opinion(attempt: Attempt[Case, forms.AnswerOpinion]) -> None:
    """The report has gone to the reconsideration body."""
    attempt.fact("reconsideration.opinion_answered", about=_decision(attempt).about)


def instalments(fine: Decimal, parts: int, first: dt.date, months_between: int) -> list[Part]:
    """Equal parts of a sum of yuan, to the fen, the rest in the last; on the same day of later months."""
    each = (fine / parts).quantize(FEN, ROUND_DOWN)
    amounts = [each] * (parts - 1) + [fine - each * (parts - 1)]
    return [Part(months_later(first, place * months_between), amount) for place, amount in enumerate(amounts)]


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(day.day, last))


def defer(attempt: Attempt[Case, forms.Defer]) -> None:
    """The rest of the fine may be paid by the plan; the period to pay and to go to court follow it."""
    data, decision = attempt.data, _decision(attempt)
    plan = PaymentPlan.objects.create(
        decision=decision,
        ground=data.ground.strip(),
        approved_on=attempt.on,
        application=_file(attempt, data.file),
    )
    parts = instalments(fine_left(decision), data.parts, data.first_due, data.months_between)
    for part in parts:
        Instalment.objects.create(plan=plan, due_on=part.on, amount=part.amount)
    last = parts[-1].on.isoformat()
    value = {"to": last, "until": last, "article": "行政处罚法第六十六条第二款"}
    for party in attempt.subject.parties.all():
        attempt.fact("fine.deferred", about=f"{decision.about} {party.about}", value=value)
    attempt.paper("execution.payment_plan", about=decision.about, then=lambda paper: _number(plan, paper), plan=plan.pk)
    attempt.label(parts=len(parts), until=last)


def confirm_surcharge(attempt: Attempt[Case, forms.ConfirmSurcharge]) -> None:
    """The surcharge is asked for; it is due beside the fine."""
    data, decision = attempt.data, _decision(attempt)
    result = computed(decision, data.through)
    if result is None:
        raise RuntimeError("the gate has seen a fine that is late")
    row = Surcharge.objects.create(
        decision=decision,
        through_on=data.through,
        days=result.days,
        computed=result.amount,
        amount=data.amount,
        reason=data.reason.strip(),
        confirmed_on=attempt.on,
    )
    if data.amount > 0:
        attempt.paper(
            "execution.surcharge", about=decision.about, then=lambda paper: _number(row, paper), surcharge=row.pk
        )
    attempt.fact("surcharge.confirmed", about=decision.about)
    attempt.label(computed=result.amount, amount=data.amount, days=result.days)


def urge(attempt: Attempt[Case, forms.Urge]) -> None:
    """The letter; the waiting period runs from its service."""
    decision = _decision(attempt)
    urging = Urging.objects.create(
        decision=decision,
        party=Party.objects.get(pk=attempt.data.party, act_id=attempt.subject.pk),
        issued_on=attempt.on,
        amount=unpaid(attempt.subject),
    )
    attempt.fact("urging.issued", about=urging.about)
    attempt.paper("execution.urging", about=urging.about, then=lambda paper: _number(urging, paper), urging=urging.pk)
    attempt.label(amount=urging.amount)


def serve_urging(attempt: Attempt[Case, forms.ServeUrging]) -> None:
    """The letter has taken effect."""
    data = attempt.data
    urging = Urging.objects.select_related("decision", "party").get(
        pk=data.urging, decision__act_id=attempt.subject.pk, served_on=None
    )
    urging.method, urging.served_on = data.method, data.served_on
    urging.receiver, urging.note = data.receiver.strip(), data.note.strip()
    urging.proof = _file(attempt, data.file)
    urging.save()
    attempt.fact("urging.served", about=urging.about)
    attempt.label(method=data.method)


def apply_to_court(attempt: Attempt[Case, forms.ApplyToCourt]) -> None:
    """The application; the case waits for the court."""
    data, decision = attempt.data, _decision(attempt)
    application = CourtApplication.objects.create(
        decision=decision,
        court=data.court.strip(),
        applied_on=attempt.on,
        amount=unpaid(attempt.subject),
        late_ground=data.late_ground.strip(),
    )
    for party in attempt.subject.parties.all():
        attempt.fact("court.applied", about=f"{decision.about} {party.about}")
    attempt.paper(
        "execution.court_application",
        about=decision.about,
        then=lambda paper: _number(application, paper),
        application=application.pk,
    )
    attempt.label(amount=application.amount)


def court_answer(attempt: Attempt[Case, forms.CourtAnswer]) -> None:
    """The court's word; when it will not enforce, the case is again where it was."""
    data = attempt.data
    application = _decision(attempt).court_applications.order_by("-pk").first()
    if application is None:
        raise RuntimeError("the gate has seen an application")
    application.outcome, application.outcome_on = data.outcome, attempt.on
    application.outcome_number, application.note = data.number.strip(), data.note.strip()
    application.save()
    if data.outcome in {CourtApplication.Outcome.NOT_ACCEPTED, CourtApplication.Outcome.REFUSED}:
        attempt.subject.state = EnforcementAct.State.SERVED
    attempt.fact("court.answered", value={"outcome": data.outcome})
    attempt.label(outcome=data.outcome)
