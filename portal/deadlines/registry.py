"""The rule books of all rooms together: which rules there are, and whether they fit each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from portal.deadlines.errors import RuleBookError
from portal.deadlines.rulebook import Rule, completed, load

LAW_BOOK = "deadlines"
_books: dict[str, Path] = {}
_known_facts: list[Callable[[], Iterable[str]]] = []


def register_rule_book(app: str, path: Path) -> None:
    """Add a room's rule book; called in AppConfig.ready(). Files are read when first asked for."""
    _books[app] = path
    _all.cache_clear()


def provide_known_facts(names: Callable[[], Iterable[str]]) -> None:
    """Tell which facts are stated by some action; called by the workflow in AppConfig.ready()."""
    _known_facts.append(names)


def rules() -> dict[str, Rule]:
    """Every rule by key, bases of chains before what hangs on them. Raises RuleBookError."""
    return _all(tuple(_books.items()))


def rules_of_law(code: str) -> list[Rule]:
    """The rules of the law book with this code, the primary one first."""
    found = [rule for rule in rules().values() if rule.law == code and rule.is_reference]
    return sorted(found, key=lambda rule: not rule.primary)


def books() -> dict[str, Path]:
    """The registered files by room."""
    return dict(_books)


def unknown_facts() -> dict[str, list[str]]:
    """By rule: the facts it names that no action states. Empty when nobody has told what is stated."""
    if not _known_facts:
        return {}
    known = {name for names in _known_facts for name in names()}
    wrong = {rule.key: sorted(rule.facts - known) for rule in rules().values()}
    return {key: names for key, names in wrong.items() if names}


@cache
def _all(books: tuple[tuple[str, Path], ...]) -> dict[str, Rule]:
    written: dict[str, Rule] = {}
    by_law: dict[str, Rule] = {}
    for app, path in books:
        for rule in load(path):
            if rule.key in written:
                raise RuleBookError(f"{path}: rule {rule.key} is in another book already")
            written[rule.key] = rule
            if app == LAW_BOOK and rule.primary and rule.law:
                if rule.law in by_law:
                    raise RuleBookError(
                        f"{path}: {rule.law} has two primary rules, {by_law[rule.law].key} and {rule.key}"
                    )
                by_law[rule.law] = rule
    whole = {key: completed(rule, written, by_law) for key, rule in written.items()}
    return {key: whole[key] for key in _in_order(whole)}


def _in_order(whole: dict[str, Rule]) -> list[str]:
    """Keys so that a chained rule comes after what it hangs on."""
    order: list[str] = []
    under_way: set[str] = set()

    def visit(key: str) -> None:
        if key in order:
            return
        if key in under_way:
            raise RuleBookError(f"rule {key} hangs on itself")
        if key not in whole:
            raise RuleBookError(f"a rule hangs on {key}, which does not exist")
        under_way.add(key)
        for base in whole[key].after:
            visit(base)
        under_way.discard(key)
        order.append(key)

    for key in whole:
        visit(key)
    return order
