"""Taking things into custody and letting them go."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from enforcement.measures import custody
from enforcement.measures.data import custody as forms
from enforcement.measures.data import keeping
from enforcement.measures.data.fields import running, running_seizures
from enforcement.measures.gates import last_day
from enforcement.measures.models import Appraisal, Disposal, Handing, Measure, SeizureExtension
from enforcement.models import Case, EnforcementItem, Party, Service
from portal.attachments.models import Attachment
from portal.deadlines.models import Fact
from portal.deadlines.services import due_if, void_fact
from portal.documents.models import Document
from portal.workflow.actions import Attempt

CaseAttempt = Attempt[Case, Any]


def own_file(attempt: CaseAttempt, key: int | None) -> Attachment | None:
    """A file of the case, never another's."""
    return Attachment.objects.filter(pk=key, matter=attempt.matter).first() if key else None


def own_party(attempt: CaseAttempt, key: int) -> Party:
    """A party of the case, never another's."""
    return Party.objects.get(pk=key, act_id=attempt.subject.pk)


def take(row: Any, document: Any) -> None:
    """A row takes the number of its paper."""
    row.number, row.document_id = document.number, document.pk
    row.save()


def _hand(measure: Measure, document: Any) -> None:
    """Handed over on the spot to the party (强制法24条); before a witness alone it is still to be served."""
    if measure.present != Measure.Present.PARTY:
        return
    Handing.objects.create(
        case=measure.case,
        document_id=document.pk,
        party=measure.party,
        method=Service.Method.DIRECT,
        on=timezone.localdate(measure.begun_at),
        receiver=measure.present_name,
    )


def _take_and_hand(measure: Measure, document: Any) -> None:
    take(measure, document)
    _hand(measure, document)


def _take_list(measure: Measure, document: Any) -> None:
    measure.list_document_id = document.pk
    measure.save()


def noon(day: dt.date) -> dt.datetime:
    """The middle of a day of which only the day is known."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def _moment(attempt: CaseAttempt) -> dt.datetime:
    return attempt.now if attempt.on == attempt.today else noon(attempt.on)


def _papers(attempt: CaseAttempt, measure: Measure, kind: str) -> None:
    """The paper and its list; what was begun already was handed over with them."""
    then = take if measure.begun_at is None else _take_and_hand
    attempt.paper(kind, about=measure.about, then=lambda paper: then(measure, paper), measure=measure.pk)
    attempt.paper(
        "measures.thing_list", about=measure.about, then=lambda paper: _take_list(measure, paper), measure=measure.pk
    )


def hold(attempt: Attempt[Case, forms.Hold]) -> None:
    """Registered and held: seven working days run."""
    data = attempt.data
    measure = Measure.objects.create(
        case=attempt.subject,
        party=own_party(attempt, data.party),
        kind=Measure.Kind.HOLD,
        reason=data.reason.strip(),
        place=data.place.strip(),
        keeper=data.keeper.strip(),
        ordered_on=attempt.on,
        begun_at=_moment(attempt),
        present=data.present,
        present_name=data.present_name.strip(),
        approved_on=attempt.on,
        approved_by=attempt.actor,
    )
    lines, _problem = custody.read_lines(data.things)
    custody.write_list(measure, lines)
    attempt.fact("hold.begun", about=measure.about)
    _papers(attempt, measure, "measures.hold_notice")
    attempt.label(things=len(lines))


def _seizure(attempt: CaseAttempt, **values: Any) -> Measure:
    """The measure with its list, and what moves into it from a registration."""
    data = attempt.data
    measure = Measure.objects.create(
        case=attempt.subject,
        party=own_party(attempt, data.party),
        kind=data.kind,
        item=EnforcementItem.objects.get(pk=data.item, department=attempt.subject.department_id),
        basis=data.basis.strip(),
        reason=data.reason.strip(),
        place=data.place.strip(),
        keeper=data.keeper.strip(),
        ordered_on=attempt.on,
        **values,
    )
    lines, _problem = custody.read_lines(data.things)
    custody.write_list(measure, lines)
    _move_in(attempt, measure)
    attempt.label(kind=measure.kind, things=measure.things.count())
    return measure


def _move_in(attempt: CaseAttempt, measure: Measure) -> None:
    """Held things leave their registration, which is over when nothing is left of it."""
    chosen = [row for row in custody.held(attempt.subject) if row.thing.pk in attempt.data.held]
    by_source: dict[int, list[custody.InCustody]] = {}
    for row in chosen:
        by_source.setdefault(row.thing.measure_id, []).append(row)
    for rows in by_source.values():
        source = rows[0].thing.measure
        disposal = Disposal.objects.create(measure=source, kind=Disposal.Kind.SEIZED, on=attempt.on)
        custody.move(custody.give_fate(disposal, rows), measure)
        custody.settle_if_empty(attempt, source)


def order_seizure(attempt: Attempt[Case, forms.OrderSeizure]) -> None:
    """Approved before it is carried out (强制法18条1项)."""
    measure = _seizure(attempt, approved_on=attempt.on, approved_by=attempt.actor)
    attempt.fact("seizure.ordered", about=measure.about)
    _papers(attempt, measure, "measures.seizure_decision")


def carry_out(attempt: Attempt[Case, forms.CarryOut]) -> None:
    """On the spot: the thirty days run."""
    data = attempt.data
    measure = forms.ordered(attempt.subject, None).select_related("document", "case").get(pk=data.measure)
    measure.begun_at = data.at
    measure.present, measure.present_name = data.present, data.present_name.strip()
    measure.heard = data.heard.strip()
    measure.save()
    _hand(measure, measure.document)
    attempt.fact("seizure.begun", at=data.at, about=measure.about)


def withdraw_order(attempt: Attempt[Case, forms.WithdrawOrder]) -> None:
    """Not carried out: nothing was taken; what had been registered before goes back."""
    data = attempt.data
    measure = forms.ordered(attempt.subject, None).get(pk=data.measure)
    moved = [
        row
        for row in custody.book(attempt.subject)
        if row.thing.measure_id == measure.pk and row.thing.source_id is not None and row.left > 0
    ]
    if moved:
        disposal = Disposal.objects.create(
            measure=measure,
            kind=Disposal.Kind.RETURNED,
            on=attempt.on,
            ground=Disposal.Ground.NO_NEED,
            receiver=data.receiver.strip(),
            note=data.reason.strip(),
        )
        custody.give_fate(disposal, moved)
        attempt.paper(
            "measures.release", about=measure.about, then=lambda paper: take(disposal, paper), disposal=disposal.pk
        )
    measure.withdrawn_reason, measure.settled_on = data.reason.strip(), attempt.on
    measure.save()
    attempt.fact("measure.settled", about=measure.about)


def seize_on_the_spot(attempt: Attempt[Case, forms.SeizeOnTheSpot]) -> None:
    """Carried out at once; within twenty-four hours a head must be told and say yes or no."""
    data = attempt.data
    measure = _seizure(
        attempt,
        urgent_reason=data.urgent_reason.strip(),
        begun_at=data.at,
        present=data.present,
        present_name=data.present_name.strip(),
        heard=data.heard.strip(),
    )
    attempt.fact("seizure.begun", at=data.at, about=measure.about)
    attempt.fact("seizure.on_the_spot", at=data.at, about=measure.about)
    _papers(attempt, measure, "measures.seizure_decision")


def confirm(attempt: Attempt[Case, forms.Confirm]) -> None:
    """Yes, or no: then it must be lifted at once."""
    data = attempt.data
    measure = forms.on_the_spot(attempt.subject, None).get(pk=data.measure)
    if data.agreed:
        measure.approved_on, measure.approved_by = attempt.on, attempt.actor
    else:
        measure.refused_on, measure.refused_reason = attempt.on, data.reason.strip()
    measure.save()
    attempt.fact("seizure.approved" if data.agreed else "seizure.refused", about=measure.about)
    attempt.label(agreed=data.agreed)


def extend_seizure(attempt: Attempt[Case, keeping.ExtendSeizure]) -> None:
    """Both last days are kept."""
    data = attempt.data
    measure = running_seizures(attempt.subject).get(pk=data.measure)
    value = {"by": f"{data.days} days"}
    old = last_day(measure)
    new = due_if(attempt.matter, "measure.seizure", measure.about, "seizure.extended", at=attempt.on, value=value)
    if old is None or new is None:
        raise RuntimeError("a seizure that runs has a last day")
    row = SeizureExtension.objects.create(
        measure=measure, reason=data.reason.strip(), days=data.days, extended_on=attempt.on, old_due=old, new_due=new
    )
    attempt.fact("seizure.extended", about=measure.about, value=value)
    attempt.paper("measures.seizure_extension", about=measure.about, then=lambda paper: take(row, paper), row=row.pk)
    attempt.label(old=old.isoformat(), new=new.isoformat())


def begin_appraisal(attempt: Attempt[Case, keeping.BeginAppraisal]) -> None:
    """The told period does not count; both its days are known from the start, so it cannot be forgotten."""
    data = attempt.data
    measure = running_seizures(attempt.subject).get(pk=data.measure)
    row = Appraisal.objects.create(
        measure=measure, kind=data.kind, body=data.body.strip(), begun_on=data.begun_on, until=data.until
    )
    attempt.fact("appraisal.begun", at=data.begun_on, about=row.about)
    attempt.fact("appraisal.ended", at=data.until, about=row.about)
    attempt.paper("measures.appraisal_notice", about=measure.about, then=lambda paper: take(row, paper), row=row.pk)
    attempt.label(kind=data.kind, until=data.until.isoformat())


def end_appraisal(attempt: Attempt[Case, keeping.EndAppraisal]) -> None:
    """Earlier than told: the time counts again from that day. Later: the told day stays the last."""
    row = keeping.appraisals(attempt.subject, None).select_related("measure").get(pk=attempt.data.appraisal)
    row.ended_on, row.result = attempt.on, attempt.data.result.strip()
    row.save()
    if attempt.on < row.until:
        told = Fact.objects.filter(matter=attempt.matter, name="appraisal.ended", about=row.about, void=None)
        for fact in told:
            void_fact(fact, event=None, reason=f"appraisal:{row.pk} ended on {attempt.on.isoformat()}")
        attempt.fact("appraisal.ended", at=attempt.on, about=row.about)
    attempt.fact("appraisal.reported", about=row.about)
    attempt.label(told=row.until.isoformat(), ended=attempt.on.isoformat())


def dispose(attempt: Attempt[Case, keeping.Dispose]) -> None:
    """Things get their fate; the measure is over when nothing is left."""
    data = attempt.data
    measure = running(attempt.subject).select_related("case").get(pk=data.measure)
    disposal = Disposal.objects.create(
        measure=measure,
        kind=data.kind,
        on=attempt.on,
        ground=data.ground if data.kind == Disposal.Kind.RETURNED and measure.is_coercive else "",
        receiver=data.receiver.strip(),
        note=data.note.strip(),
        proof=own_file(attempt, data.file),
    )
    rows = data.rows(attempt.subject, measure)
    fates = custody.give_fate(disposal, rows, keeping.read_quantity(data.quantity))
    if data.kind == Disposal.Kind.APPRAISED:
        custody.move(fates, _sent(attempt, measure, disposal))
    over = custody.settle_if_empty(attempt, measure)
    attempt.fact("things.disposed", about=measure.about, value={"kind": data.kind})
    _paper_of(attempt, measure, disposal)
    attempt.label(kind=data.kind, things=len(fates), over=over)


def _sent(attempt: CaseAttempt, source: Measure, disposal: Disposal) -> Measure:
    """Things sent away are in custody elsewhere, until they come to an end of their own."""
    return Measure.objects.create(
        case=attempt.subject,
        party=source.party,
        kind=Measure.Kind.APPRAISAL,
        reason=disposal.note or source.reason,
        place=source.place,
        keeper=disposal.receiver,
        ordered_on=attempt.on,
        begun_at=_moment(attempt),
        approved_on=attempt.on,
        approved_by=attempt.actor,
    )


def _paper_of(attempt: CaseAttempt, measure: Measure, disposal: Disposal) -> None:
    if measure.is_coercive and disposal.kind == Disposal.Kind.RETURNED:
        kind = "measures.release"
    elif measure.kind == Measure.Kind.HOLD:
        kind = "measures.hold_disposal"
    else:
        return
    attempt.paper(kind, about=measure.about, then=lambda paper: take(disposal, paper), disposal=disposal.pk)


def hand_over(attempt: Attempt[Case, keeping.HandOver]) -> None:
    """The party has it in writing."""
    data = attempt.data
    document = Document.objects.get(pk=data.document, matter=attempt.matter)
    Handing.objects.create(
        case=attempt.subject,
        document=document,
        party=own_party(attempt, data.party),
        method=data.method,
        on=attempt.on,
        receiver=data.receiver.strip(),
        note=data.note.strip(),
        proof=own_file(attempt, data.file),
    )
    attempt.fact("measure.told", about=f"document:{document.pk}")
    attempt.label(paper=document.kind, method=data.method)
