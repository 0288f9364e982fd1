"""What each action of review, suspicion and deliberation does, once the door is open."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t

from enforcement.cases import standards
from enforcement.cases.hearings import last_hearing_day
from enforcement.models import Case
from enforcement.review import data as forms
from enforcement.review.data.deliberating import positions_of
from enforcement.review.data.reviewing import REASONS
from enforcement.review.models import Deliberation, Round, Suspicion
from enforcement.review.outcome import digest, evidence_of, outcome_of
from enforcement.review.points import CRIME, PROBLEM
from enforcement.review.reviewers import qualification
from enforcement.review.rounds import last_round, open_round, open_suspicion
from portal.accounts.models import User
from portal.attachments.models import Attachment
from portal.workflow.actions import Attempt


def _open(attempt: Attempt[Case, Any]) -> Round:
    found = open_round(attempt.subject)
    if found is None:
        raise RuntimeError("a gate has seen an open round")
    return found


def _keep(row: Any, field: str) -> Any:
    def keep(document: Any) -> None:
        setattr(row, field, document)
        row.save()

    return keep


def submit(attempt: Attempt[Case, forms.Submit]) -> None:
    """One more round, about exactly this outcome and this file."""
    case, data = attempt.subject, attempt.data
    before, outcome = last_round(case), outcome_of(case, data)
    reasons = [str(REASONS[key]) for key in REASONS if key in data.reasons]
    reasons += standards.review_reasons(case, data, attempt.on)
    made = Round.objects.create(
        act=case,
        place=before.place + 1 if before is not None else 1,
        reasons=reasons,
        outcome=outcome,
        digest=digest(outcome),
        evidence=evidence_of(case),
        heard_on=last_hearing_day(case),
        mended=data.mended.strip(),
        note=data.note.strip(),
        submitted_on=attempt.on,
        submitted_by=attempt.actor,
    )
    attempt.label(round=made.place, outcome=made.digest)
    attempt.fact("review.submitted", about=made.about)
    attempt.paper("review.submission", about=made.about, then=_keep(made, "submission"), round=made.pk)


def withdraw(attempt: Attempt[Case, forms.Withdraw]) -> None:
    """The round ends without an opinion."""
    found = _open(attempt)
    found.state, found.concluded_on = Round.State.WITHDRAWN, attempt.on
    found.save()
    attempt.label(round=found.place)
    attempt.fact("review.withdrawn", about=found.about, value=_given(found))


def take(attempt: Attempt[Case, forms.Take]) -> None:
    """A legal officer of the department reviews."""
    _given_to(attempt, _open(attempt), attempt.actor)


def assign(attempt: Attempt[Case, forms.Assign]) -> None:
    """Whom the head has chosen reviews; a guest sees the case from now on, and whom he replaces no longer."""
    found, before = _open(attempt), None
    if found.reviewer_id is not None and found.invited:
        before = found.reviewer_id
    _given_to(attempt, found, User.objects.select_related("department").get(pk=attempt.data.reviewer), before=before)


def _given_to(attempt: Attempt[Case, Any], found: Round, reviewer: User, *, before: int | None = None) -> None:
    held = qualification(reviewer, attempt.on)
    if held is None:
        raise RuntimeError("a gate has seen the qualification")
    found.reviewer, found.taken_on = reviewer, attempt.on
    found.qualified, found.certificate = held.kind, held.certificate
    found.invited = not attempt.matter.is_visible_to(reviewer)
    found.save()
    attempt.label(round=found.place, reviewer=reviewer.username)
    attempt.fact("review.assigned", about=found.about, value={"before": before} | _given(found))


def _given(found: Round) -> dict[str, Any]:
    """Who was let in for this round, for the reactions that open and end his right to see the case."""
    return {"reviewer": found.reviewer_id, "invited": found.invited}


def extend(attempt: Attempt[Case, forms.Extend]) -> None:
    """More working days for this round."""
    found = _open(attempt)
    attempt.label(round=found.place, workdays=attempt.data.workdays)
    attempt.fact("review.extended", about=found.about, value={"by": f"{attempt.data.workdays} workdays"})


def opine(attempt: Attempt[Case, forms.Opine]) -> None:
    """The opinion; a suspicion of crime is recorded with it."""
    data, found = attempt.data, _open(attempt)
    found.state, found.concluded_on = data.verdict, attempt.on
    found.points, found.opinion = data.answered(), data.opinion.strip()
    found.to_mend = data.to_mend.strip() if data.verdict == Round.State.RETURNED else ""
    found.save()
    attempt.label(round=found.place, verdict=data.verdict)
    attempt.fact("review.concluded", about=found.about, value={"verdict": data.verdict} | _given(found))
    if getattr(data, CRIME) == PROBLEM and open_suspicion(attempt.subject) is None:
        _suspicion(attempt, data.crime_note, found)
    attempt.paper("review.opinion", about=found.about, then=_keep(found, "document"), round=found.pk)


def chair(attempt: Attempt[Case, forms.Chair]) -> None:
    """What was said when the head heard both sides; the round stays returned."""
    found, data = last_round(attempt.subject), attempt.data
    if found is None:
        raise RuntimeError("a gate has seen a returned round")
    found.chaired_on, found.chaired_by = attempt.on, attempt.actor
    found.chair_note = _t("参加：%(who)s\n%(note)s") % {"who": data.attended.strip(), "note": data.note.strip()}
    found.save()
    attempt.label(round=found.place)
    attempt.fact("review.chaired", about=found.about)


def suspect(attempt: Attempt[Case, forms.Suspect]) -> None:
    """A handler, the reviewer or a head has recorded it."""
    _suspicion(attempt, attempt.data.note, None)


def _suspicion(attempt: Attempt[Case, Any], note: str, found: Round | None) -> None:
    made = Suspicion.objects.create(
        act=attempt.subject, round=found, note=note.strip(), recorded_on=attempt.on, recorded_by=attempt.actor
    )
    attempt.fact("crime.suspected", about=made.about)


def clear(attempt: Attempt[Case, forms.Clear]) -> None:
    """It is none, or the police or the judiciary have answered."""
    found, data = open_suspicion(attempt.subject), attempt.data
    if found is None:
        raise RuntimeError("a gate has seen an open suspicion")
    found.ground, found.reason = data.ground, data.reason.strip()
    found.cleared_on, found.cleared_by = attempt.on, attempt.actor
    found.proof = Attachment.objects.filter(pk=data.file, matter=attempt.matter).first() if data.file else None
    found.save()
    attempt.label(ground=data.ground)
    attempt.fact("crime.cleared", about=found.about, value={"ground": data.ground})


def deliberate(attempt: Attempt[Case, forms.Deliberate]) -> None:
    """Who took part, what each said, and the outcome the decision must have."""
    case, data = attempt.subject, attempt.data
    outcome, said = outcome_of(case, data), positions_of(data.positions)
    people = {user.pk: user for user in User.objects.filter(pk__in=data.participants)}
    present = [people[key] for key in data.participants]
    made = Deliberation.objects.create(
        act=case,
        round=last_round(case),
        held_on=attempt.on,
        held_at=data.place.strip(),
        chair=present[0],
        participants=[{"user": one.pk, "name": one.name, "position": said[one.name]} for one in present],
        others=data.others.strip(),
        report=data.report.strip(),
        conclusion=data.conclusion.strip(),
        outcome=outcome,
        digest=digest(outcome),
        evidence=evidence_of(case),
        heard_on=last_hearing_day(case),
    )
    attempt.label(participants=len(present), outcome=made.digest)
    attempt.fact("case.deliberated", about=made.about)
    attempt.paper("review.deliberation", about=made.about, then=_keep(made, "document"), deliberation=made.pk)
