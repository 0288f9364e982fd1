"""Lists that a clean-up campaign (资格清理) goes through, for rooms beside each other: register one here.

A room that keeps something each department must confirm one by one (officers; bodies and their
mandates) describes it as a ListKind and calls `register_list_kind` in AppConfig.ready(). The room of
campaigns then offers it when a campaign is opened, freezes its entries for every department as of a
day, and makes an action of each finding («cleanup.<kind>.<finding>»): form, gate, record and
statistics follow. Nothing of the campaigns has to be imported:

    register_list_kind(ListKind(
        key="subjects", label=_("执法主体"), unit=_("个"),
        freeze=frozen_subjects, look=subjects_now, newcomers=subjects_since, url=subject_url,
        findings=(Finding("withdrawn", _("应当撤销"), _("撤销"), data=Why, carry_out=withdraw),),
    ))
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from portal.workflow.actions import Attempt, Gate


class Listed(Protocol):
    """One line of a department's list, as the functions below are given it."""

    pk: int
    key: int  # the thing's own key
    title: str
    about: int | None  # what a finding was about, if it said so


@dataclass(frozen=True)
class Frozen:
    """One thing as it stood on the day: whose it was, its key, its name, and what is shown of it."""

    department: int
    key: int
    title: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Now:
    """How a thing stands today. `gone` says why it is no longer there; `doubts` speak against a plain confirmation."""

    words: str
    shape: str = "green"
    gone: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
    """What a finding has done, in words, and the key of what it was about."""

    words: str
    about: int | None = None


@dataclass(frozen=True)
class Finding:
    """Something found that is not a plain confirmation, with its consequence.

    `data` is a form like that of any action; `carry_out` runs in the action's body (the line is
    attempt.subject, with .key), uses the existing services and steps, and says what was done; what it
    raises undoes the finding. `follow_up` is for the bureau, once the department has found: it is given
    the lines and the person, and answers what it did and what was refused. `settled` is a condition on
    lines (a Q or Exists over OuterRef("about") or OuterRef("key")) that holds once nothing is left to do.
    """

    key: str
    label: Any
    short: Any  # over a column of numbers
    data: type[Any]
    carry_out: Callable[[Attempt[Any, Any]], Done]
    initial: Callable[[Any, Any], dict[str, Any]] | None = None
    gates: tuple[Gate, ...] = ()
    law: tuple[str, ...] = ()
    follow_up: Callable[[Sequence[Any], Any], list[str]] | None = None
    follow_label: Any = ""
    settled: Callable[[], Any] | None = None


@dataclass(frozen=True)
class ListKind:
    """A kind of list. `freeze` and `look` ask a fixed number of questions, however long the list is."""

    key: str
    label: Any
    unit: Any
    freeze: Callable[[dt.date, Sequence[int] | None], list[Frozen]]  # as of a day; of these departments, or all
    look: Callable[[Sequence[Any], int], dict[int, Now]]  # lines of one department → by the line's key
    newcomers: Callable[[int, Sequence[int]], list[str]]  # department, keys on the list → names not on it
    url: Callable[[int], str]
    findings: tuple[Finding, ...] = ()
    law: tuple[str, ...] = ()


Listener = Callable[[ListKind], None]
_kinds: dict[str, ListKind] = {}
_listeners: list[Listener] = []


def register_list_kind(kind: ListKind) -> None:
    """Offer a kind of list; one registered twice counts once. Called in AppConfig.ready(), in any order of apps."""
    if kind.key in _kinds:
        return
    _kinds[kind.key] = kind
    for listener in _listeners:
        listener(kind)


def on_list_kind(listener: Listener) -> None:
    """Be told of every kind, those registered already and those to come."""
    if listener in _listeners:
        return
    _listeners.append(listener)
    for kind in _kinds.values():
        listener(kind)


def list_kinds() -> list[ListKind]:
    """Every kind, in order of registration."""
    return list(_kinds.values())


def list_kind(key: str) -> ListKind:
    """The kind with this key; raises LookupError."""
    try:
        return _kinds[key]
    except KeyError:
        raise LookupError(f"no room has registered the list kind {key}") from None
