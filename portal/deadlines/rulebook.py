"""Rule books: TOML files that say which fact opens which clock, read into plain values and checked."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from portal.deadlines.errors import DeadlineError, RuleBookError
from portal.deadlines.periods import Period, parse_period

KINDS = frozenset({"duty", "window", "bar", "validity"})
BOUND = frozenset({"department", "party", "police", "procurator", "court", "bureau", "government", "complainant"})
BASES = frozenset({"法", "参照", "本地", "未核"})
ROLLS = frozenset({"next", "none", "show"})
TWO_WORKDAYS = Period(2, "workdays")
BEGINNING, END = date.min, date.max


@dataclass(frozen=True)
class LawCode:
    """One row of the register of rules (codes.csv): what the law says, where, and whether it was checked."""

    code: str
    title: str
    content: str
    unit: str
    start: str
    article: str
    verified: str


@dataclass(frozen=True)
class Within:
    """A period with the days on which it is law, and whom it is for."""

    period: Period
    valid_from: date = BEGINNING
    valid_to: date = END
    when: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    def covers(self, day: date, context: Mapping[str, Any]) -> bool:
        """Whether the period is law on the day and for this matter."""
        return self.valid_from <= day <= self.valid_to and matches(self.when, context)


@dataclass(frozen=True)
class PauseRule:
    """Which fact stops the clock and which lets it run again."""

    start: str
    end: str


@dataclass(frozen=True)
class Rule:
    """One clock: what opens, settles and cancels it, how long it runs, whom it binds, and why."""

    key: str
    law: str
    title: str
    kind: str
    bound: str
    basis: str = ""
    article: str = ""
    per: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()
    extend_by: Period | None = None
    pauses: tuple[PauseRule, ...] = ()
    after: tuple[str, ...] = ()
    within: tuple[Within, ...] = ()
    before: tuple[Within, ...] = ()
    on_date: date | None = None
    every: tuple[int, int] | None = None  # month, day
    start: str = ""  # value of the opening fact that holds the day to count from
    given: str = ""  # value of the opening fact that holds the last day itself
    clock: str = "at"  # or known_at: the moment we were told
    roll: str = ""
    calendar: str = "xinjiang"
    near: Period = TWO_WORKDAYS
    since: date = BEGINNING  # first day in force; acts before it are judged by older law
    when: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    bound_by: str = ""  # value of the opening fact that holds the code of the department bound
    like: str = ""
    primary: bool = True
    note: str = ""

    @property
    def has_period(self) -> bool:
        """Whether the rule says itself how long it runs."""
        return bool(self.within or self.before or self.on_date or self.every)

    @property
    def is_reference(self) -> bool:
        """A statement of the law that no fact opens; used by `manage due` and by rules like it."""
        return not self.opens and not self.after

    @property
    def facts(self) -> frozenset[str]:
        """Every fact the rule names."""
        paused = {name for pause in self.pauses for name in (pause.start, pause.end)}
        return frozenset({*self.opens, *self.settles, *self.cancels, *self.moves, *self.extends, *paused})


def matches(when: Mapping[str, tuple[Any, ...]], context: Mapping[str, Any]) -> bool:
    """Whether every condition holds; a name the context does not know is no match."""
    return all(context.get(name) in allowed for name, allowed in when.items())


@cache
def law_codes() -> dict[str, LawCode]:
    """The register of rules by code."""
    path = Path(__file__).parent / "codes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: LawCode(**row) for row in csv.DictReader(file)}


def load(path: Path) -> list[Rule]:
    """The rules of one file. Raises RuleBookError naming file, rule and mistake."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RuleBookError(f"{path}: {error}") from error
    if surplus := set(document) - {"rule"}:
        raise RuleBookError(f'{path}: unknown table {", ".join(sorted(surplus))}; rules are [rule."key"]')
    rules = []
    for key, content in document.get("rule", {}).items():
        try:
            rules.append(_rule(key, dict(content)))
        except (DeadlineError, KeyError, TypeError, ValueError) as error:
            raise RuleBookError(f"{path}: rule {key}: {error}") from error
    return rules


LISTS = ("per", "opens", "settles", "cancels", "moves", "extends", "after")
TEXTS = ("title", "article", "start", "given", "clock", "roll", "calendar", "bound_by", "like", "note", "basis")


def _rule(key: str, content: dict[str, Any]) -> Rule:
    taken: dict[str, Any] = {name: _names(content.pop(name, []), name) for name in LISTS}
    taken |= {name: str(content.pop(name)) for name in TEXTS if name in content}
    rule = Rule(
        key=key,
        law=str(content.pop("law", "")),
        title=taken.pop("title", ""),
        kind=str(content.pop("kind", "")),
        bound=str(content.pop("bound", "")),
        pauses=tuple(PauseRule(pause["from"], pause["until"]) for pause in content.pop("pauses", [])),
        within=_terms(content.pop("within", [])),
        before=_terms(content.pop("before", [])),
        on_date=content.pop("date", None),
        every=_every(content.pop("every", None)),
        since=content.pop("since", BEGINNING),
        extend_by=_optional_period(content.pop("extend_by", None)),
        near=_optional_period(content.pop("near", None)) or TWO_WORKDAYS,
        when=_when(content.pop("when", {})),
        primary=bool(content.pop("primary", True)),
        **taken,
    )
    if content:
        raise DeadlineError(f"unknown key {', '.join(sorted(content))}")
    _check(rule)
    return rule


def _names(value: Any, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise DeadlineError(f"{name} must be a list of names")
    return tuple(value)


def _terms(value: Any) -> tuple[Within, ...]:
    if isinstance(value, str):
        return (Within(parse_period(value)),)
    terms = []
    for one in value:
        if surplus := set(one) - {"is", "from", "to", "when"}:
            raise DeadlineError(f"unknown key {', '.join(sorted(surplus))} in a period")
        terms.append(
            Within(parse_period(one["is"]), one.get("from", BEGINNING), one.get("to", END), _when(one.get("when", {})))
        )
    return tuple(terms)


def _when(value: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {name: tuple(one) if isinstance(one, list) else (one,) for name, one in value.items()}


def _every(value: str | None) -> tuple[int, int] | None:
    if value is None:
        return None
    if not re.fullmatch(r"\d\d-\d\d", value):
        raise DeadlineError(f"every must be MM-DD, not {value}")
    month, day = (int(part) for part in value.split("-"))
    date(2001, month, day)
    return month, day


def _optional_period(value: str | None) -> Period | None:
    return parse_period(value) if value else None


def _check(rule: Rule) -> None:
    """Raises DeadlineError for what is wrong within one rule."""
    for name, value, allowed in (
        ("kind", rule.kind, KINDS),
        ("bound", rule.bound, BOUND),
        ("basis", rule.basis or "法", BASES),
        ("roll", rule.roll or "none", ROLLS),
        ("clock", rule.clock, {"at", "known_at"}),
        ("calendar", rule.calendar, {"xinjiang", "national"}),
    ):
        if value not in allowed:
            raise DeadlineError(f"{name} is {value!r}, must be one of {', '.join(sorted(allowed))}")
    if rule.law and rule.law not in law_codes():
        raise DeadlineError(f"law {rule.law} is not a code of codes.csv")
    if not rule.law and not (rule.article and rule.basis):
        raise DeadlineError("a rule without a code of the law needs an article and a basis")
    ways = [bool(rule.within), bool(rule.before), rule.on_date is not None, rule.every is not None]
    if sum(ways) > 1:
        raise DeadlineError("only one of within, before, date, every")
    if rule.every and rule.opens and not rule.cancels:
        raise DeadlineError("a yearly clock needs a fact that ends it (cancels)")
    _check_overlap(rule.within or rule.before)


def _check_overlap(terms: Iterable[Within]) -> None:
    seen: list[Within] = []
    for term in terms:
        if term.valid_from > term.valid_to:
            raise DeadlineError(f"the period {term.period} ends before it begins")
        for other in seen:
            if other.when == term.when and term.valid_from <= other.valid_to and other.valid_from <= term.valid_to:
                raise DeadlineError(f"the periods {other.period} and {term.period} overlap")
        seen.append(term)


def completed(rule: Rule, by_key: Mapping[str, Rule], by_law: Mapping[str, Rule]) -> Rule:
    """The rule with what it leaves out taken from the law: by `like`, or by its code.

    Raises RuleBookError when there is nothing to take the period from.
    """
    model = by_key.get(rule.like) if rule.like else by_law.get(rule.law)
    if rule.like and model is None:
        raise RuleBookError(f"rule {rule.key}: there is no rule {rule.like} to be like")
    own_period = rule.has_period
    if not own_period and (model is None or model.key == rule.key):
        if rule.given or rule.basis == "本地":
            return replace(rule, **_wording(rule, None))
        raise RuleBookError(f"rule {rule.key}: has no period, and the law {rule.law} gives none")
    changes = _wording(rule, model)
    if not own_period and model is not None:
        changes |= {name: getattr(model, name) for name in ("within", "before", "on_date", "every")}
        changes["since"] = max(rule.since, model.since)
        changes |= {"roll": rule.roll or model.roll, "extend_by": rule.extend_by or model.extend_by}
    return replace(rule, **changes)


def _wording(rule: Rule, model: Rule | None) -> dict[str, Any]:
    code = law_codes().get(rule.law)
    return {
        "title": rule.title or (model.title if model else "") or (code.title if code else rule.key),
        "article": rule.article or (model.article if model else "") or (code.article if code else ""),
        "basis": rule.basis or (model.basis if model else "") or "法",
        "note": rule.note or (model.note if model else ""),
    }
