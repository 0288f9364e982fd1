"""What each action on a disclosure does, once the door is open."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

from django.utils import timezone

from disclosure import data as forms
from disclosure import projection
from disclosure.acts import PROMPT
from disclosure.models import Channel, Disclosure, Span
from disclosure.texts import source_of
from portal.workflow.actions import Attempt
from portal.workflow.data import Nothing
from portal.workflow.models import Proposal


def mask(attempt: Attempt[Disclosure, forms.Mask]) -> None:
    """Keep every verdict; a new round replaces none of the old rows."""
    disclosure = attempt.subject
    verdicts = attempt.data.read()
    disclosure.round += 1
    for verdict in verdicts:
        Span.objects.create(
            disclosure=disclosure,
            round=disclosure.round,
            field=verdict.field,
            start=verdict.start,
            end=verdict.end,
            kind=verdict.kind,
            origin=Span.Origin.PERSON if verdict.added else Span.Origin.MACHINE,
            hidden=verdict.hidden,
            reason=verdict.reason,
        )
    disclosure.masked_by = attempt.actor
    disclosure.approved_by = None
    attempt.label(hidden=sum(verdict.hidden for verdict in verdicts), kept=sum(not v.hidden for v in verdicts))


def refresh(attempt: Attempt[Disclosure, Nothing]) -> None:
    """Take the decision's texts as they are now."""
    take_source(attempt.subject)


def take_source(disclosure: Disclosure) -> None:
    """The texts as they are now; verdicts that people keep on other words are no verdicts on these."""
    source = source_of(disclosure)
    if source != disclosure.source:
        Proposal.objects.filter(
            action="disclosure.mask",
            subject_id=disclosure.pk,
            state__in=(Proposal.State.DRAFT, Proposal.State.RETURNED),
        ).delete()
    disclosure.source = source


def approve(attempt: Attempt[Disclosure, forms.Approve]) -> None:
    """Approved, for so many months."""
    disclosure = attempt.subject
    disclosure.approved_by = attempt.actor
    disclosure.display_months = int(attempt.data.display_months)
    attempt.label(display_months=disclosure.display_months)


def send_back(attempt: Attempt[Disclosure, forms.SendBack]) -> None:
    """Back to masking; the decision's texts are read again."""
    disclosure = attempt.subject
    disclosure.returned_reason = attempt.data.reason.strip()
    disclosure.approved_by = None
    take_source(disclosure)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months on, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


CLASSES = {3: "minor", 12: "general", 36: "serious"}


def publish(attempt: Attempt[Disclosure, forms.Publish]) -> None:
    """An immutable snapshot, its projection, the first official channel; a corrected one keeps the first day."""
    disclosure = attempt.subject
    first = disclosure.published_at is None
    published_at = disclosure.published_at = disclosure.published_at or attempt.now
    if first:
        disclosure.held_reason = attempt.data.reason.strip()
    disclosure.display_until = months_later(timezone.localdate(published_at), disclosure.display_months or 12)
    about = disclosure.decision.about
    if first:
        snapshot = projection.publish(disclosure, attempt.now)
        value = {"display": CLASSES[disclosure.display_months or 12]}
        attempt.fact("disclosure.published", about=about, value=value)
    else:
        snapshot = projection.correct(disclosure, attempt.now)
        attempt.fact("disclosure.corrected", about=about)
    attempt.label(snapshot=str(snapshot.key), sha256=snapshot.sha256, display_until=disclosure.display_until)


def hold(attempt: Attempt[Disclosure, forms.Hold]) -> None:
    """Held by the head until service takes effect; the clock runs on."""
    attempt.subject.held_reason = attempt.data.reason.strip()


def exempt(attempt: Attempt[Disclosure, forms.Exempt]) -> None:
    """Not disclosed, on a ground."""
    disclosure = attempt.subject
    disclosure.exempt_ground, disclosure.exempt_note = attempt.data.ground, attempt.data.note.strip()
    attempt.fact("disclosure.exempted", about=disclosure.decision.about)
    attempt.label(ground=attempt.data.ground)


def end_exemption(attempt: Attempt[Disclosure, forms.EndExemption]) -> None:
    """The duty is back."""
    disclosure = attempt.subject
    disclosure.exempt_ground = disclosure.exempt_note = ""
    take_source(disclosure)
    value = {"no_penalty": bool(disclosure.decision.ground), "general": disclosure.act.kind not in PROMPT}
    attempt.fact("disclosure.exemption_ended", about=disclosure.decision.about, value=value)


def drop(attempt: Attempt[Disclosure, Nothing]) -> None:
    """The decision lost its force before it was published."""
    attempt.subject.exempt_ground = "annulled"
    attempt.fact("disclosure.exempted", about=attempt.subject.decision.about)


def withdraw(attempt: Attempt[Disclosure, forms.Withdraw]) -> None:
    """Gone from the public site at once; the tombstone says why."""
    _end(attempt, attempt.data.reason.strip())
    projection.withdraw(attempt.subject)
    _drop_correction(attempt)
    take_down_elsewhere(attempt)
    attempt.fact("disclosure.withdrawn", about=attempt.subject.decision.about)


def expire(attempt: Attempt[Disclosure, forms.Expire]) -> None:
    """The display period is over."""
    _end(attempt, "")
    projection.expire(attempt.subject)
    _drop_correction(attempt)
    attempt.fact("disclosure.expired", about=attempt.subject.decision.about)


def _end(attempt: Attempt[Disclosure, Any], reason: str) -> None:
    attempt.subject.ended_on = attempt.on
    attempt.subject.public_reason = reason


def _drop_correction(attempt: Attempt[Disclosure, Any]) -> None:
    """A correction under way comes to nothing when the disclosure ends."""
    correction = attempt.subject.correction
    if correction is not None:
        correction.finished_at = attempt.now
        correction.save()


def take_down_elsewhere(attempt: Attempt[Disclosure, Any]) -> None:
    """What the other channels still show must go there too, counted from the day the decision fell (SX-04, CF-17)."""
    disclosure = attempt.subject
    since = (disclosure.decision.outcome_on or attempt.on).isoformat()
    for row in disclosure.channels.filter(ended_at=None).exclude(kind=Channel.Kind.PORTAL):
        about = f"{disclosure.decision.about} {row.about}"
        attempt.fact("channel.to_take_down", about=about, value={"since": since})
