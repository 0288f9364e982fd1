"""Many things through the one door at once: same checks, same record, a few statements instead of thousands."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models, transaction
from django.utils import timezone

from portal.deadlines.bulk import FirstFact, state_first_facts
from portal.ledger import history
from portal.ledger.models import Event
from portal.ledger.service import Entry, append_many
from portal.matters.copying import copy_rows
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt
from portal.workflow.door import check_actor, check_data, day_of, moment_of, open_door, unmet_gates
from portal.workflow.errors import Blocked, DoorError
from portal.workflow.registry import Stated, for_many, reactions_to

S = TypeVar("S", bound=models.Model)
D = TypeVar("D")


@dataclass(frozen=True)
class Creation(Generic[S, D]):
    """How an action that brings things into being does so, told apart from writing them.

    `build` sets attempt.matter and attempt.subject and returns every row to be written, unsaved, a row
    after those it points to. `conclude` is given them when all have their keys: it states facts and
    labels. With `body` the same action also goes through `perform`, one at a time.
    """

    build: Callable[[Attempt[S, D]], list[models.Model]]
    conclude: Callable[[Attempt[S, D], list[models.Model]], None]

    def body(self, attempt: Attempt[S, D]) -> None:
        """The action's body for `perform`."""
        rows = self.build(attempt)
        for row in rows:
            row.save()
        self.conclude(attempt, rows)


@dataclass
class Made:
    """What came of one entry: the thing that was made, or why it was refused."""

    subject: Any = None
    event: Event | None = None
    refusal: DoorError | None = None
    facts: list[Any] = field(default_factory=list)


def perform_many(
    creation: Creation[S, D],
    action: Action[S, D],
    *,
    actor: Any,
    data: Sequence[D],
    request_id: str = "",
    now: dt.datetime | None = None,
) -> list[Made]:
    """Bring many things into being by one action; answers in the order of `data`.

    Every entry passes the checks of `perform`: role, data, every gate. One that does not is refused and
    leaves the others alone. What the database itself refuses undoes all of them: the caller then gives
    them to `perform` one by one. Raises Forbidden when the person may not do this at all.
    """
    if not action.creates:
        raise ValueError(f"{action.key} changes what is there; only new things can be made in numbers")
    now = now or timezone.now()
    results = [Made() for _entry in data]
    attempts: list[tuple[Made, Attempt[S, D]]] = []
    with transaction.atomic():
        for made, entry in zip(results, data, strict=True):
            attempt: Attempt[Any, Any] = Attempt(None, None, action, actor, entry, day_of(entry, now), now)  # type: ignore[arg-type]  # nothing is there yet
            if not attempts and made is results[0]:
                check_actor(attempt)
            if refusal := _refusal(attempt):
                made.refusal = refusal
            else:
                attempts.append((made, attempt))
        if attempts:
            _make(creation, attempts, request_id or uuid.uuid4().hex)
    return results


def _refusal(attempt: Attempt[Any, Any]) -> DoorError | None:
    try:
        check_data(attempt)
    except DoorError as error:
        return error
    unmet = unmet_gates(attempt)
    return Blocked(unmet) if unmet else None


def _make(creation: Creation[Any, Any], attempts: list[tuple[Made, Attempt[Any, Any]]], request_id: str) -> None:
    rows = [_built(creation, attempt) for _made, attempt in attempts]
    with open_door():
        _write([row for own in rows for row in own])
    for (made, attempt), own in zip(attempts, rows, strict=True):
        made.subject = attempt.subject
        creation.conclude(attempt, own)
    digests = _digests([(attempt, own) for (_made, attempt), own in zip(attempts, rows, strict=True)])
    entries = [_entry(attempt, digests[attempt.matter.pk], request_id) for _made, attempt in attempts]
    for (made, _attempt), event in zip(attempts, append_many(entries), strict=True):
        made.event = event
    _react(_state_facts(attempts), attempts)


def _state_facts(attempts: list[tuple[Made, Attempt[Any, Any]]]) -> dict[str, list[Stated]]:
    """State every pending fact; what reactions are told, by fact."""
    firsts: list[FirstFact] = []
    owners: list[tuple[Made, Attempt[Any, Any]]] = []
    for made, attempt in attempts:
        if made.event is None:
            raise RuntimeError("facts are stated after the event that carries them")
        reason = getattr(attempt.data, "late_reason", "") or ""
        for one in attempt.facts:
            firsts.append(FirstFact(attempt.matter, one.name, one.at, made.event, one.about, one.value or {}, reason))
            owners.append((made, attempt))
    stated: dict[str, list[Stated]] = defaultdict(list)
    for fact, (made, attempt) in zip(state_first_facts(firsts), owners, strict=True):
        made.facts.append(fact)
        stated[fact.name].append(Stated(fact, attempt.matter, attempt.subject, attempt.actor, made.event, attempt.data))
    return stated


def _react(stated: dict[str, list[Stated]], attempts: list[tuple[Made, Attempt[Any, Any]]]) -> None:
    """Run the reactions; history rows they write are bound by a second event, as `perform` does."""
    digests: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for name, those in stated.items():
        for reaction in reactions_to(name):
            many = for_many(reaction)
            if many is not None:
                with history.collected() as rows:
                    many(those)
                for row in rows:
                    digests[row.matter_id].append(history.digest_of(row).as_json())  # type: ignore[attr-defined]  # a reaction's rows name their matter
                continue
            for one in those:
                with history.collected() as rows:
                    reaction(one)
                if rows:
                    digests[one.matter.pk] += history.digests(rows)
    events = {made.event.matter_id: made.event for made, _attempt in attempts if made.event is not None}
    entries = [
        Entry(
            matter_id=attempt.matter.pk,
            name=f"{attempt.action.key}.consequences",
            actor=attempt.actor,
            subject=f"event:{events[attempt.matter.pk].sequence}",
            digests=digests[attempt.matter.pk],
            request_id=events[attempt.matter.pk].request_id,
        )
        for _made, attempt in attempts
        if attempt.matter.pk in digests
    ]
    append_many(entries, after=events)


def _built(creation: Creation[Any, Any], attempt: Attempt[Any, Any]) -> list[models.Model]:
    rows = creation.build(attempt)
    if attempt.action.target is not None:
        attempt.subject.state = attempt.action.target
    return rows


def _write(rows: list[models.Model]) -> None:
    """Insert rows model by model, in the order in which the models first appear."""
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for model, those in by_model.items():
        _insert(model, those)


def _insert(model: type[models.Model], rows: list[models.Model]) -> None:
    parent = next(iter(model._meta.parents), None)
    if parent is None:
        model._default_manager.bulk_create(rows)
        return
    # Django's bulk_create refuses a model that stands on another: the two tables are written one after the other.
    halves = [parent(**_values(row, parent)) for row in rows]
    copy_rows(halves)
    for row, half in zip(rows, halves, strict=True):
        row.pk = half.pk
        for column in parent._meta.concrete_fields:
            setattr(row, column.attname, getattr(half, column.attname))
    copy_rows(rows, model._meta.local_concrete_fields)
    for row in rows:
        row._state.adding, row._state.db = False, model._base_manager.db


def _values(row: models.Model, model: type[models.Model]) -> dict[str, Any]:
    """The row's values for the columns of a model it stands on; things it points to may be new themselves."""
    values: dict[str, Any] = {}
    for column in model._meta.concrete_fields:
        if column.is_relation and column.is_cached(row):  # type: ignore[attr-defined]  # every relation can tell
            values[column.name] = getattr(row, column.name)
        else:
            values[column.attname] = getattr(row, column.attname)
    return values


def _digests(written: list[tuple[Attempt[Any, Any], list[models.Model]]]) -> dict[int, list[dict[str, Any]]]:
    """Write the history of everything that was made; what each matter's event says of it."""
    by_model: dict[type[models.Model], list[tuple[Attempt[Any, Any], models.Model]]] = defaultdict(list)
    for attempt, rows in written:
        for row in rows:
            by_model[type(row)].append((attempt, row))
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for model, those in by_model.items():
        if not hasattr(model, "history"):
            continue
        traces = history.trace_many([row for _attempt, row in those], actor=those[0][0].actor)
        for (attempt, _row), trace in zip(those, traces, strict=True):
            found[attempt.matter.pk].append(history.digest_of(trace).as_json())
    return found


def _entry(attempt: Attempt[Any, Any], digests: list[dict[str, Any]], request_id: str) -> Entry:
    subject = attempt.subject
    matter: Matter = attempt.matter
    return Entry(
        matter_id=matter.pk,
        name=attempt.action.key,
        actor=attempt.actor,
        happened_at=moment_of(attempt),
        subject=f"{subject._meta.label_lower}:{subject.pk}",
        data={"state": getattr(subject, "state", ""), **attempt.labels},
        facts=[{"name": f.name, "at": f.at, "about": f.about, "value": f.value or {}} for f in attempt.facts],
        digests=digests,
        request_id=request_id,
    )
