"""What the rest of the portal calls: state and void facts, replay a matter, ask whether a period is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.deadlines.calendar_store import calendar
from portal.deadlines.engine import derive
from portal.deadlines.errors import DeadlineError, LateEntryWithoutReason
from portal.deadlines.keeping import ObligationWriter, surroundings_of
from portal.deadlines.models import Fact, FactVoid, Obligation
from portal.deadlines.periods import Moment, moment
from portal.deadlines.registry import rules
from portal.deadlines.statements import StatedFact, read_about, subject_of

if TYPE_CHECKING:
    from portal.ledger.models import Event
    from portal.matters.models import Matter


def state_fact(
    matter: Matter,
    name: str,
    *,
    at: datetime | date,
    about: str = "",
    known_at: datetime | date | None = None,
    value: dict[str, Any] | None = None,
    event: Event | None = None,
    late_reason: str = "",
    late_proof: str = "",
) -> Fact:
    """State that something happened in law; `replay` draws the consequences.

    `at` is the moment in law (a day when only the day is known), `known_at` the moment we were told
    (now unless given). Entered more than one working day after it happened it needs a reason, and is
    counted. Raises LateEntryWithoutReason, or DeadlineError for an `about` that is not «kind:id …».
    """
    read_about(about)
    now = timezone.now()
    happened = moment(at)
    late = max(0, calendar("xinjiang").workdays_between(happened.on, timezone.localdate(now)))
    if late > 1 and not late_reason.strip():
        raise LateEntryWithoutReason(
            _("%(day)s发生的事今天才录入，晚了 %(count)d 个工作日：请写明迟录的原因，并附上证明发生日期的材料。")
            % {"day": f"{happened.on:%Y-%m-%d}", "count": late}
        )
    return Fact.objects.create(
        matter=matter,
        name=name,
        at=happened.at,
        exact=happened.exact,
        known_at=moment(known_at).at if known_at else now,
        entered_at=now,
        about=about,
        value=value or {},
        event=event,
        late_workdays=late,
        late_reason=late_reason.strip(),
        late_proof=late_proof,
    )


def void_fact(fact: Fact, *, event: Event | None, reason: str) -> FactVoid:
    """Take a fact back; it stays readable with the reason. Raises DeadlineError without a reason or twice."""
    if not reason.strip():
        raise DeadlineError(_("请写明作废这条事实的原因。"))
    if FactVoid.objects.filter(fact=fact).exists():
        raise DeadlineError(_("这条事实已经作废，不能再作废一次。"))
    return FactVoid.objects.create(fact=fact, event=event, reason=reason.strip())


def replay(matter: Matter, *, event: Event | None = None, cause: str = "") -> list[Obligation]:
    """Derive the matter's obligations anew and keep what changed, with a DueChange for each change.

    Idempotent: without new facts, rules or calendars nothing is written. Locks the matter. An
    obligation whose opening fact was voided stays as a row, cancelled at its own opening.
    """
    from portal.matters.models import Matter as MatterModel

    with transaction.atomic():
        locked = MatterModel.objects.select_for_update(of=("self",)).select_related("department").get(pk=matter.pk)
        derived = derive(rules(), _stated(locked), surroundings_of(locked))
        kept = {(row.rule, row.about, row.number): row for row in Obligation.objects.filter(matter=locked)}
        writer = ObligationWriter(locked, event, cause or (event.name if event else _("重新计算")))
        for one in derived:
            writer.take(one, kept.pop(one.identity, None))
        for row in kept.values():
            writer.withdraw(row)
        writer.save()
    return list(Obligation.objects.filter(matter=matter).order_by("due_at", "id"))


def _stated(matter: Matter) -> list[StatedFact]:
    rows = Fact.objects.filter(matter=matter, void=None).only("name", "at", "exact", "known_at", "about", "value")
    return [
        StatedFact(
            row.name, Moment(row.at, row.exact), Moment(row.known_at, exact=True), read_about(row.about), row.value
        )
        for row in rows
    ]


def due_if(
    matter: Matter, rule: str, about: str, name: str, *, at: date, value: dict[str, Any] | None = None
) -> date | None:
    """The last day a running period would have if one more fact were stated; None when it does not run.

    For forms and papers that tell the new date before the fact is on record. Nothing is written.
    """
    happened = moment(at)
    fact = StatedFact(name, happened, happened, read_about(about), value or {})
    subject = _subject(rule, about)
    found = derive(rules(), [*_stated(matter), fact], surroundings_of(matter))
    days = [
        one.due_on
        for one in found
        if one.rule.key == rule and one.about == subject and one.settled_at is None and one.cancelled_at is None
    ]
    return max(days, default=None)


def recompute(matters: Iterable[int], cause: str) -> int:
    """Replay these matters one by one, each in its own transaction; returns how many."""
    from portal.matters.models import Matter as MatterModel

    done = 0
    for matter in MatterModel.objects.filter(pk__in=list(matters)).order_by("pk"):
        replay(matter, cause=cause)
        done += 1
    return done


def open_windows(matter: Matter, rule: str, about: str | None = None) -> list[Obligation]:
    """The matter's obligations of a rule that are still running, for one subject or all."""
    found = Obligation.objects.open().filter(matter=matter, rule=rule)
    return list(found if about is None else found.filter(about=_subject(rule, about)))


def window_over(matter: Matter, rule: str, about: str, on: date) -> bool:
    """Whether a period has begun and is over on a day: closed by a fact up to it, or run out before it.

    False when it has not begun at all. The last day of the period itself is not over.
    """
    rows = list(Obligation.objects.filter(matter=matter, rule=rule, about=_subject(rule, about)))
    return bool(rows) and all(_over(row, on) for row in rows)


def window_end(matter: Matter, rule: str, about: str) -> date | None:
    """The last day of a period, the latest when there are several; None when it has not begun."""
    rows = Obligation.objects.filter(matter=matter, rule=rule, about=_subject(rule, about))
    return max((row.due_on for row in rows), default=None)


def _subject(rule: str, about: str) -> str:
    return subject_of(read_about(about), rules()[rule].per)


def _over(row: Obligation, on: date) -> bool:
    closed = row.settled_at or row.cancelled_at
    if closed is not None:
        return timezone.localdate(closed) <= on
    return not row.paused and row.due_on < on
