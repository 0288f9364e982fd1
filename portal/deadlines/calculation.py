"""One date worked out by one rule, without a matter: what `manage due` and the calculator page ask."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.deadlines.calendar_store import calendar_without_database
from portal.deadlines.calendars import WorkCalendar, spoken
from portal.deadlines.clock import Clocked, read_clock
from portal.deadlines.errors import DeadlineError, NotAPeriod, UnknownRule
from portal.deadlines.periods import SHANGHAI, Period, Step, moment
from portal.deadlines.registry import rules, rules_of_law
from portal.deadlines.rulebook import Rule, Within, law_codes
from portal.deadlines.statements import StatedFact


@dataclass(frozen=True)
class Computed:
    """A date worked out: the last day, or the last moment for periods of hours."""

    rule: Rule
    start: date | datetime
    due: date | datetime
    provisional: bool
    trace: tuple[Step, ...]
    calendar: WorkCalendar
    also: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """As `manage due --json` prints it."""
        return {
            "rule": self.rule.key,
            "law": self.rule.law,
            "title": self.rule.title,
            "article": self.rule.article,
            "basis": self.rule.basis,
            "start": self.start.isoformat(),
            "calendar": self.calendar.key,
            "calendar_version": self.calendar.version,
            "due": self.due.isoformat(),
            "provisional": self.provisional,
            "trace": [step.as_json() for step in self.trace],
            "also": list(self.also),
        }


def find_rule(name: str) -> tuple[Rule, tuple[str, ...]]:
    """The rule with this key, or the first one of this code; and the keys of the code's other rules.

    A code for which the law has no period is answered by a room's own rule of that code, if it has one.

    Raises NotAPeriod for a code that sets no computable period, UnknownRule for anything else.
    """
    name = name.strip()
    if name in rules():
        return rules()[name], ()
    code = law_codes().get(name.upper())
    if code is None:
        near = difflib.get_close_matches(name, [*rules(), *law_codes()], n=3)
        hint = f"相近的有：{'、'.join(near)}。" if near else "代号见规则表，如 SX-02。"
        raise UnknownRule(f"没有名为“{name}”的规则或代号。{hint}")
    found = rules_of_law(code.code) or [rule for rule in rules().values() if rule.law == code.code and rule.has_period]
    if not found:
        raise NotAPeriod(f"{code.code}（{code.title}）不是可以计算日期的期限：{code.content}（{code.article}）。")
    return found[0], tuple(rule.key for rule in found[1:])


def calculate(name: str, start: date | datetime, calendar: str | WorkCalendar = "xinjiang") -> Computed:
    """The date that follows from `start` by a rule (key or code) and a calendar.

    A datetime without a time zone is Asia/Shanghai. For periods of hours a bare day means its
    midnight. Raises DeadlineError with a sentence.
    """
    rule, also = find_rule(name)
    days = calendar if isinstance(calendar, WorkCalendar) else calendar_without_database(calendar)
    at = moment(start)
    term, head = _term(rule, at.on)
    value = {rule.start: start.isoformat()} if rule.start else {}
    try:
        clocked = read_clock(rule, term, StatedFact(rule.key, at, at, {}, value), [], days)
    except OverflowError as error:
        raise DeadlineError(f"{start.isoformat()} 离日历的尽头太近，算不出来。") from error
    return Computed(
        rule=rule,
        start=start,
        due=_due(clocked),
        provisional=bool(clocked.doubts),
        trace=(*head, *clocked.steps),
        calendar=days,
        also=also,
    )


def _due(clocked: Clocked) -> date | datetime:
    return clocked.due_at.astimezone(SHANGHAI) if clocked.unit == "hours" else clocked.due_on


def _term(rule: Rule, day: date) -> tuple[Within, tuple[Step, ...]]:
    """The period in force on the day; before the law was in force its first period, with a warning."""
    if rule.on_date or rule.every:
        return Within(Period(1, "years")), _warning(rule, day)
    terms = sorted(rule.within or rule.before, key=lambda term: (bool(term.when), term.valid_from))
    if not terms:
        raise NotAPeriod(f"规则 {rule.key}（{rule.title}）的期限由文书载明或者由本地设定，没有可以计算的日数。")
    in_force = next((term for term in terms if term.valid_from <= day <= term.valid_to), None)
    if in_force is None:
        raise DeadlineError(f"规则 {rule.key}（{rule.title}）在{spoken(day)}没有施行中的期限。")
    return in_force, _warning(rule, day)


def _warning(rule: Rule, day: date) -> tuple[Step, ...]:
    if day >= rule.since:
        return ()
    since = f"{rule.since.year}年{rule.since.month}月{rule.since.day}日"
    return (Step(f"注意：本条现行规定自{since}起施行，此前的行为应适用当时的法律，本结果仅供参考。", rule.article),)
