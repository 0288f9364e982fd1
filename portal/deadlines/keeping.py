"""Keeping what was derived: the surroundings of a matter in, changed rows and their DueChanges out."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.deadlines.calendar_store import calendars
from portal.deadlines.engine import Derived, LocalTerm, Surroundings
from portal.deadlines.models import DueChange, Obligation, Term
from portal.deadlines.periods import parse_period

if TYPE_CHECKING:
    from portal.ledger.models import Event
    from portal.matters.models import Matter

COPIED = (
    "law", "kind", "bound", "department_id", "unit", "opened_at", "due_at", "due_on", "near_at", "settled_at",
    "cancelled_at", "closed_in_time", "paused", "provisional", "remark", "trace", "calendar_version",
)  # fmt: skip
KEPT = (*COPIED, "missed_at", "announced_at", "near_announced_at")
TOLD = ("opened_at", "due_at", "settled_at", "cancelled_at", "closed_in_time", "paused", "provisional")


def surroundings_of(matter: Matter) -> Surroundings:
    """Calendars, local terms and what `when` may ask, for a matter with its department."""
    department = matter.department
    terms = Term.objects.filter(department=None) | Term.objects.filter(department=department)
    return Surroundings(
        calendars=calendars(),
        horizon=timezone.localdate(),
        context={"department": department.code, "department_kind": department.kind, "matter_kind": matter.kind},
        terms=[
            LocalTerm(
                row.rule,
                department.code if row.department_id else "",
                parse_period(row.period) if row.period else None,
                row.valid_from,
                row.valid_to or date.max,
            )
            for row in terms.order_by("id")
        ],
    )


class ObligationWriter:
    """Compares what was derived with what is kept, and writes the difference in a few statements."""

    def __init__(self, matter: Matter, event: Event | None, cause: str) -> None:
        self.matter, self.event, self.cause = matter, event, cause[:200]
        self.made: list[Obligation] = []
        self.changed: list[Obligation] = []
        self.changes: list[DueChange] = []

    def take(self, one: Derived, row: Obligation | None) -> None:
        """Keep a derived obligation: as a new row, or as a change of the one that is there."""
        fresh = self._row(one)
        if row is None:
            self.made.append(fresh)
            return
        if all(getattr(row, name) == getattr(fresh, name) for name in COPIED):
            return
        self._change(row, fresh)

    def withdraw(self, row: Obligation) -> None:
        """Cancel an obligation that no longer follows from the facts, as if it had never run."""
        if row.cancelled_at == row.opened_at and row.closed_in_time:
            return
        fresh = Obligation(**{name: getattr(row, name) for name in COPIED})
        fresh.settled_at, fresh.cancelled_at, fresh.closed_in_time = None, row.opened_at, True
        fresh.near_at, fresh.paused, fresh.remark = None, False, str(_("起算的事实已作废"))
        self._change(row, fresh)

    def save(self) -> None:
        """Write everything."""
        Obligation.objects.bulk_create(self.made)
        # One or two rows: a CASE over twenty columns, as bulk_update writes it, costs ten times as much.
        for row in self.changed:
            row.save(update_fields=KEPT)
        DueChange.objects.bulk_create(self.changes)

    def _row(self, one: Derived) -> Obligation:
        return Obligation(
            matter=self.matter,
            rule=one.rule.key,
            law=one.rule.law,
            about=one.about,
            number=one.number,
            kind=one.rule.kind,
            bound=one.rule.bound,
            department_id=self._department(one),
            unit=one.unit,
            opened_at=one.opened_at,
            due_at=one.due_at,
            due_on=one.due_on,
            near_at=one.near_at,
            settled_at=one.settled_at,
            cancelled_at=one.cancelled_at,
            closed_in_time=one.closed_in_time,
            paused=one.paused,
            provisional=one.provisional,
            remark="；".join(one.doubts)[:200],
            trace=[step.as_json() for step in one.steps],
            calendar_version=one.calendar_version,
        )

    def _department(self, one: Derived) -> int | None:
        from portal.accounts.models import Department

        if one.bound_department:
            return Department.objects.values_list("pk", flat=True).get(code=one.bound_department)
        return self.matter.department_id if one.rule.bound in {"department", "bureau"} else None

    def _change(self, row: Obligation, fresh: Obligation) -> None:
        old = {name: getattr(row, name) for name in TOLD}
        for name in COPIED:
            setattr(row, name, getattr(fresh, name))
        new = {name: getattr(row, name) for name in TOLD}
        cleared = self._clear(row)
        self.changed.append(row)
        if old != new:
            self.changes.append(
                DueChange(
                    obligation=row,
                    event=self.event,
                    cause=self.cause,
                    old_due_at=old["due_at"],
                    new_due_at=new["due_at"],
                    old=_plain(old),
                    new=_plain(new),
                    cleared_lateness=cleared,
                )
            )

    @staticmethod
    def _clear(row: Obligation) -> bool:
        """Take back an announcement that no longer holds; the change keeps that there was one."""
        if row.near_announced_at and row.near_at and row.near_at > row.near_announced_at:
            row.near_announced_at = None
        still = row.missed_at == row.due_at and not (row.closed_in_time or row.paused or row.provisional)
        if row.missed_at is None or still:
            return False
        row.missed_at = row.announced_at = None
        return True


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
