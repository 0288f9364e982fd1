"""A small rule book and the handwork around it, for tests of the engine without a database."""

from __future__ import annotations

import tempfile
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from portal.deadlines.calendar_store import built_in
from portal.deadlines.engine import Derived, LocalTerm, Surroundings, derive
from portal.deadlines.periods import moment
from portal.deadlines.registry import rules
from portal.deadlines.rulebook import Rule, completed, load
from portal.deadlines.statements import StatedFact, read_about

BOOK = """
[rule."t.disclose"]
law = "SX-02"
kind = "duty"
bound = "department"
per = ["decision"]
opens = ["decided", "exemption.ended"]
settles = ["published"]
cancels = ["exempted"]

[rule."t.decide"]
law = "CF-04"
kind = "duty"
bound = "department"
opens = ["filed"]
settles = ["decided"]
extends = ["extended"]
extend_by = "30 days"
pauses = [{ from = "suspended", until = "resumed" }, { from = "appraisal.begun", until = "appraisal.ended" }]

[rule."t.review"]
law = "BM-02"
kind = "duty"
bound = "department"
opens = ["review.asked"]
settles = ["review.done"]
extends = ["review.extended"]
extend_by = "10 workdays"
pauses = [{ from = "review.stopped", until = "review.going_on" }]
within = [{ is = "5 workdays", when = { department = ["NYJ"] } }, { is = "10 workdays", when = { department = ["SCJGJ"] } }]

[rule."t.statement"]
law = "CF-44"
kind = "window"
bound = "party"
per = ["notice", "party"]
opens = ["notice.served"]
cancels = ["statement.waived"]

[rule."t.hearing_notice"]
law = "CF-07"
kind = "duty"
bound = "department"
opens = ["hearing.scheduled"]
moves = ["hearing.rescheduled"]
settles = ["hearing.notified"]
start = "held_on"

[rule."t.emergency"]
law = "QZ-03"
kind = "duty"
bound = "department"
opens = ["sealed"]
settles = ["approved"]

[rule."t.reconsideration"]
law = "FY-01"
kind = "window"
bound = "party"
per = ["decision", "party"]
opens = ["served"]
settles = ["reconsideration.asked"]

[rule."t.litigation"]
law = "SS-01"
kind = "window"
bound = "party"
per = ["decision", "party"]
opens = ["served"]
settles = ["litigation.begun"]

[rule."t.court"]
law = "QZ-06"
kind = "duty"
bound = "department"
per = ["decision", "party"]
after = ["t.reconsideration", "t.litigation"]
settles = ["court.applied"]

[rule."t.report"]
law = "JD-08"
kind = "duty"
bound = "department"
opens = ["letter.served"]
settles = ["reported"]
given = "report_on"

[rule."t.told"]
law = "TS-01"
kind = "duty"
bound = "bureau"
clock = "known_at"
opens = ["complaint.made"]
settles = ["complaint.told"]

[rule."t.training"]
law = "PX-01"
kind = "duty"
bound = "department"
every = "12-31"
opens = ["certificate.issued"]
settles = ["training.fulfilled"]
cancels = ["certificate.cancelled"]

[rule."t.local"]
article = "本地制度"
basis = "本地"
title = "移送答复"
kind = "duty"
bound = "department"
opens = ["transfer.sent"]
settles = ["transfer.answered"]
"""
DEFAULT_CONTEXT = {"department": "SCJGJ", "department_kind": "organ", "matter_kind": "case"}


def read(text: str) -> list[Rule]:
    """The rules of a book given as text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rules.toml"
        path.write_text(text, encoding="utf-8")
        return load(path)


def complete(text: str) -> dict[str, Rule]:
    """The rules of a book, completed from the law as the registry does it."""
    law = {rule.law: rule for rule in rules().values() if rule.key.startswith("law.") and rule.primary}
    return {rule.key: completed(rule, rules(), law) for rule in read(text)}


@cache
def book() -> dict[str, Rule]:
    """The book above."""
    return complete(BOOK)


def fact(name: str, at: str, about: str = "", *, known: str = "", **value: Any) -> StatedFact:
    """A fact on a day («2026-02-13») or at a moment («2026-02-13T10:30»)."""
    return StatedFact(name, when(at), when(known or at), read_about(about), value)


def when(text: str) -> Any:
    """A moment from its text."""
    return moment(datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text))


def around(*, horizon: str = "2026-11-24", terms: tuple[LocalTerm, ...] = (), **context: Any) -> Surroundings:
    """The surroundings: both built-in calendars, a horizon, a department."""
    calendars = {key: built_in(key) for key in ("national", "xinjiang")}
    return Surroundings(calendars, date.fromisoformat(horizon), {**DEFAULT_CONTEXT, **context}, terms)


def obligations(*facts: StatedFact, rule: str = "", surroundings: Surroundings | None = None) -> list[Derived]:
    """What follows from the facts, of one rule or of all."""
    made = derive(book(), facts, surroundings or around())
    return [one for one in made if not rule or one.rule.key == rule]


def only(*facts: StatedFact, rule: str, surroundings: Surroundings | None = None) -> Derived:
    """The one obligation of a rule."""
    [one] = obligations(*facts, rule=rule, surroundings=surroundings)
    return one
