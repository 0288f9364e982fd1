"""What each step of a hearing does, once the door is open."""

from __future__ import annotations

import datetime as dt
from typing import Any

from enforcement.cases.gates import current_notice
from enforcement.hearing import data as forms
from enforcement.hearing.course import Course, course_of
from enforcement.hearing.models import Answer, Challenge, Hearing, Summons, SummonsService
from enforcement.models import Case, Party, Statement
from portal.accounts.models import User
from portal.attachments.models import Attachment
from portal.workflow.actions import Attempt


def _file(attempt: Attempt[Case, Any], key: int | None) -> Attachment | None:
    return Attachment.objects.filter(pk=key, matter=attempt.matter).first() if key else None


def _course(attempt: Attempt[Case, Any]) -> Course:
    return course_of(attempt.subject)


def _ahead(attempt: Attempt[Case, Any]) -> Hearing:
    found = _course(attempt).ahead
    if found is None:
        raise RuntimeError("the gate has seen a hearing ahead")
    return found


def _answer(attempt: Attempt[Case, Any], request: Statement, outcome: str, **more: Any) -> None:
    Answer.objects.create(statement=request, outcome=outcome, on=attempt.on, **more)


def refuse(attempt: Attempt[Case, forms.Refuse]) -> None:
    """No hearing for this request."""
    data = attempt.data
    request = next(one for one in _course(attempt).owed if one.pk == data.statement)
    _answer(attempt, request, data.ground, reason=data.reason.strip())
    attempt.fact("hearing.refused", about=f"{request.notice.about} {request.party.about}")
    attempt.label(ground=data.ground, party=request.party_id)


def schedule(attempt: Attempt[Case, forms.Schedule]) -> None:
    """The hearing, and the notice of it to everybody who asked."""
    data, notice = attempt.data, current_notice(attempt.subject)
    if notice is None:
        raise RuntimeError("a notified case has a notice")
    hearing = Hearing.objects.create(
        act=attempt.subject,
        notice=notice,
        chair_id=data.chair,
        recorder_id=data.recorder,
        public=data.public,
        closed_ground="" if data.public else data.closed_ground,
        closed_note="" if data.public else data.closed_note.strip(),
    )
    attempt.fact("hearing.scheduled", about=hearing.about)
    _summon(attempt, hearing, data.held_at, data.place)
    attempt.label(public=data.public)


def _summon(attempt: Attempt[Case, Any], hearing: Hearing, held_at: dt.datetime, place: str, reason: str = "") -> None:
    summons = Summons.objects.create(
        hearing=hearing, held_at=held_at, place=place.strip(), issued_on=attempt.on, reason=reason.strip()
    )

    def number(document: Any) -> None:
        summons.number, summons.document_id = document.number, document.pk
        summons.save()

    value = {"held_on": summons.day.isoformat()}
    for party in _course(attempt).parties:
        attempt.fact("hearing.summoned", about=f"{summons.about} {party.about}", value=value)
    attempt.paper("hearing.summons", about=summons.about, then=number, summons=summons.pk)
    attempt.label(held_on=value["held_on"])


def serve(attempt: Attempt[Case, forms.Serve]) -> None:
    """The notice is in a party's hands."""
    data, summons = attempt.data, _course(attempt).summons
    if summons is None:
        raise RuntimeError("the gate has seen a notice to serve")
    service = SummonsService.objects.create(
        summons=summons,
        party=Party.objects.get(pk=data.party, act_id=attempt.subject.pk),
        method=data.method,
        served_on=data.served_on,
        receiver=data.receiver.strip(),
        note=data.note.strip(),
        proof=_file(attempt, data.file),
    )
    attempt.fact("hearing.summons_served", about=f"{summons.about} {service.party.about}")
    attempt.label(method=data.method, party=service.party_id)


def postpone(attempt: Attempt[Case, forms.Postpone]) -> None:
    """Another day: the notice before no longer counts, everybody is told anew."""
    data, summons = attempt.data, _course(attempt).summons
    if summons is None:
        raise RuntimeError("the gate has seen a hearing ahead")
    attempt.fact("hearing.postponed", about=summons.about)
    _summon(attempt, _ahead(attempt), data.held_at, data.place, data.reason)


def challenge(attempt: Attempt[Case, forms.Challenge]) -> None:
    """The chair stays or another takes his place."""
    data, hearing = attempt.data, _ahead(attempt)
    granted = data.granted == "granted"
    Challenge.objects.create(
        hearing=hearing,
        party=Party.objects.filter(pk=data.party, act_id=attempt.subject.pk).first() if data.party else None,
        chair=hearing.chair,
        ground=data.ground.strip(),
        granted=granted,
        reason=data.reason.strip(),
        decided_on=attempt.on,
    )
    if granted:
        hearing.chair = User.objects.get(pk=data.successor) if data.successor else hearing.chair
        hearing.recorder = User.objects.get(pk=data.recorder) if data.recorder else hearing.recorder
        hearing.save()
    attempt.fact("hearing.challenged", about=hearing.about)
    attempt.label(granted=granted)


def hold(attempt: Attempt[Case, forms.Hold]) -> None:
    """The record; whoever stayed to the end was heard, whoever left or stayed away has given up the right."""
    data, hearing, course = attempt.data, _ahead(attempt), _course(attempt)
    gone = {**dict.fromkeys(data.absent, Answer.Outcome.ABSENT), **dict.fromkeys(data.left, Answer.Outcome.LEFT)}
    outcomes = {one.pk: gone.get(one.party_id, Answer.Outcome.HELD) for one in course.owed}
    heard = Answer.Outcome.HELD in outcomes.values()
    hearing.outcome = Hearing.Outcome.HELD if heard else Hearing.Outcome.LEFT
    hearing.outcome_on = attempt.on
    hearing.reason = data.absence.strip()
    hearing.started_at, hearing.ended_at = data.started_at, data.ended_at
    hearing.present, hearing.agents = data.present.strip(), data.agents.strip()
    hearing.presented, hearing.defence = data.presented.strip(), data.defence.strip()
    hearing.closing_words = data.closing_words.strip()
    hearing.signed, hearing.refusal = data.signed, data.refusal.strip()
    hearing.scan = _file(attempt, data.file)
    hearing.save()
    for request in course.owed:
        outcome = outcomes[request.pk]
        reason = "" if outcome == Answer.Outcome.HELD else data.absence.strip()
        _answer(attempt, request, outcome, hearing=hearing, reason=reason)

    def keep(document: Any) -> None:
        hearing.record_id = document.pk
        hearing.save()

    attempt.fact("hearing.held", about=hearing.about)
    attempt.paper("hearing.record", about=hearing.about, then=keep, hearing=hearing.pk)
    attempt.label(outcome=hearing.outcome, signed=data.signed)


def end(attempt: Attempt[Case, forms.End]) -> None:
    """Nobody came without a reason: the right is given up."""
    hearing, reason = _ahead(attempt), attempt.data.reason.strip()
    for request in _course(attempt).owed:
        _answer(attempt, request, Answer.Outcome.ABSENT, hearing=hearing, reason=reason)
    _close(attempt, hearing, Hearing.Outcome.ABSENT, reason)


def withdraw(attempt: Attempt[Case, forms.Withdraw]) -> None:
    """A request is taken back; with the last one the hearing ends."""
    data, course = attempt.data, _course(attempt)
    request = next(one for one in course.owed if one.pk == data.statement)
    _answer(
        attempt,
        request,
        Answer.Outcome.WITHDRAWN,
        hearing=course.ahead,
        reason=data.reason.strip(),
        proof=_file(attempt, data.file),
    )
    attempt.fact("hearing.withdrawn", about=f"{request.notice.about} {request.party.about}")
    attempt.label(party=request.party_id)
    if course.ahead is not None and all(one.pk == request.pk for one in course.owed):
        _close(attempt, course.ahead, Hearing.Outcome.WITHDRAWN, data.reason.strip())


def _close(attempt: Attempt[Case, Any], hearing: Hearing, outcome: str, reason: str) -> None:
    hearing.outcome, hearing.outcome_on, hearing.reason = outcome, attempt.on, reason
    hearing.save()
    attempt.fact("hearing.ended", about=hearing.about)
    attempt.label(outcome=outcome)


def report(attempt: Attempt[Case, forms.Report]) -> None:
    """The chair's report."""
    data, hearing = attempt.data, _course(attempt).unreported
    if hearing is None:
        raise RuntimeError("the gate has seen a hearing without a report")
    hearing.report, hearing.advice, hearing.reported_on = data.report.strip(), data.advice.strip(), attempt.on
    hearing.save()

    def keep(document: Any) -> None:
        hearing.report_paper_id = document.pk
        hearing.save()

    attempt.fact("hearing.reported", about=hearing.about)
    attempt.paper("hearing.report", about=hearing.about, then=keep, hearing=hearing.pk)
