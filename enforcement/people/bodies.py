"""What each action about people on a case does, once the door is open."""

from __future__ import annotations

import datetime as dt
from typing import Any

from enforcement.models import ActOfficer, Case, Party
from enforcement.people import data as forms
from enforcement.people.models import Recusal
from personnel.models import Certificate, Officer
from portal.accounts.models import User
from portal.workflow.actions import Attempt


def declare(attempt: Attempt[Case, forms.Declare]) -> None:
    """The person's own word; the case goes on until it is decided."""
    actor = attempt.actor
    officer = Officer.objects.filter(user=actor, department=attempt.subject.department_id, active=True).first()
    recusal = Recusal.objects.create(
        act=attempt.subject,
        person=actor,
        officer=officer,
        name=actor.name,
        source=Recusal.Source.OWN,
        ground=attempt.data.ground.strip(),
        asked_on=attempt.on,
    )
    _asked(attempt, recusal)


def apply(attempt: Attempt[Case, forms.Apply]) -> None:
    """A party's application, as the officer registers it."""
    data = attempt.data
    officer = Officer.objects.filter(pk=data.officer).first() if data.officer else None
    head = User.objects.filter(pk=data.head).first() if data.head else None
    concerned = officer or head
    if concerned is None:
        raise RuntimeError("an application is about somebody; problems() has seen to it")
    recusal = Recusal.objects.create(
        act=attempt.subject,
        person_id=head.pk if head else (officer.user_id if officer else None),
        officer=officer,
        name=concerned.name,
        source=Recusal.Source.PARTY,
        party=Party.objects.get(pk=data.party, act_id=attempt.subject.pk),
        ground=data.ground.strip(),
        asked_on=attempt.on,
    )
    _asked(attempt, recusal)


def _asked(attempt: Attempt[Case, Any], recusal: Recusal) -> None:
    attempt.label(recusal=recusal.pk, source=recusal.source)
    attempt.fact("recusal.asked", about=f"recusal:{recusal.pk}")


def decide(attempt: Attempt[Case, forms.Decide]) -> None:
    """Granted: the officer leaves the case that day, and somebody else may come in his place."""
    data = attempt.data
    recusal = Recusal.objects.get(pk=data.recusal, act_id=attempt.subject.pk)
    recusal.outcome, recusal.reason = data.granted, data.reason.strip()
    recusal.decided_on, recusal.decided_by = attempt.on, attempt.actor
    recusal.save()
    if recusal.outcome == Recusal.Outcome.GRANTED and recusal.officer is not None:
        hand_over(attempt.subject, recusal.officer, data.successor, attempt.on)
    attempt.label(recusal=recusal.pk, outcome=recusal.outcome)
    attempt.fact("recusal.decided", about=f"recusal:{recusal.pk}")


def reassign(attempt: Attempt[Case, forms.Reassign]) -> None:
    """Out and in on the same day: the case is never without its officers."""
    data = attempt.data
    leaving = Officer.objects.get(pk=data.leaving)
    hand_over(attempt.subject, leaving, data.successor, attempt.on)
    attempt.label(leaving=data.leaving, successor=data.successor)
    attempt.fact("case.reassigned", value={"leaving": data.leaving, "successor": data.successor})


def hand_over(case: Case, leaving: Officer, successor: int | None, on: dt.date) -> None:
    """End the one's work on the case and begin the other's, in the same part and with his certificate."""
    link = ActOfficer.objects.filter(act=case, officer=leaving, until=None).first()
    if link is not None:
        link.until = on
        link.save()
    if successor is None or ActOfficer.objects.filter(act=case, officer=successor, until=None).exists():
        return
    certificate = Certificate.objects.valid_on(on).filter(officer=successor).first()
    ActOfficer.objects.create(
        act=case,
        officer_id=successor,
        role=link.role if link is not None else ActOfficer.Role.ASSISTANT,
        certificate_number=certificate.number if certificate else "",
        since=on,
    )
