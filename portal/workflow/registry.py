"""The register of actions, added gates, reactions and paths; filled in AppConfig.ready()."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from portal.workflow.actions import Action, Gate


@dataclass(frozen=True)
class Stated:
    """What a reaction is told: the fact, where it was stated, by whom, with which data."""

    fact: Any
    matter: Any
    subject: Any
    actor: Any
    event: Any
    data: Any


Reaction = Callable[[Stated], None]
ManyReaction = Callable[[list[Stated]], None]


@dataclass(frozen=True)
class Step:
    """One dot of the path: its name and the states in which the thing is at it."""

    label: Any
    states: frozenset[str]
    fact: str = ""


_actions: dict[str, Action[Any, Any]] = {}
_gates: dict[str, list[Gate]] = defaultdict(list)
_reactions: dict[str, list[Reaction]] = defaultdict(list)
_for_many: dict[Reaction, ManyReaction] = {}
_paths: dict[tuple[type[models.Model], str], tuple[Step, ...]] = {}
_kept_off: dict[str, set[str]] = defaultdict(set)


def register(*actions: Action[Any, Any]) -> None:
    """Register actions; raises ValueError when a key is taken by another."""
    for action in actions:
        if _actions.get(action.key, action) is not action:
            raise ValueError(f"action {action.key} is registered already")
        _actions[action.key] = action


def action_named(key: str) -> Action[Any, Any]:
    """The action with the key; raises LookupError."""
    try:
        return _actions[key]
    except KeyError:
        raise LookupError(f"no action {key}") from None


def all_actions() -> list[Action[Any, Any]]:
    """Every registered action, in order of registration."""
    return list(_actions.values())


def actions_for(model: type[models.Model]) -> list[Action[Any, Any]]:
    """The actions on things of a model, those that create one included."""
    return [action for action in _actions.values() if action.model is model]


def add_gate(action_key: str, gate: Gate) -> None:
    """A higher room's condition on a lower room's action."""
    if all(gate.key != present.key for present in _gates[action_key]):
        _gates[action_key].append(gate)


def gates_of(action: Action[Any, Any]) -> tuple[Gate, ...]:
    """The action's own gates and those added by higher rooms."""
    return (*action.gates, *_gates.get(action.key, ()))


def react(fact: str, reaction: Reaction, *, many: ManyReaction | None = None) -> None:
    """Run a function, inside the transaction and without I/O, whenever the fact is stated.

    `many` does the same for a whole list at once; `perform_many` prefers it.
    """
    if reaction not in _reactions[fact]:
        _reactions[fact].append(reaction)
    if many is not None:
        _for_many[reaction] = many


def reactions_to(fact: str) -> list[Reaction]:
    """The reactions to a fact, in order of registration."""
    return list(_reactions.get(fact, ()))


def for_many(reaction: Reaction) -> ManyReaction | None:
    """The way a reaction takes a whole list at once, if it has one."""
    return _for_many.get(reaction)


def all_reactions() -> dict[str, list[Reaction]]:
    """Every fact that has reactions."""
    return {fact: list(found) for fact, found in _reactions.items() if found}


def added_gates() -> dict[str, list[Gate]]:
    """Every action that higher rooms have added gates to."""
    return {key: list(found) for key, found in _gates.items() if found}


def declared_facts() -> frozenset[str]:
    """Every fact some action states; the rule book is checked against it."""
    return frozenset(fact for action in _actions.values() for fact in action.facts)


def keep_off(action_key: str, matter_kind: str) -> None:
    """A higher room's word that a lower room's action is not for the matters of one kind."""
    _kept_off[action_key].add(matter_kind)


def is_for(action: Action[Any, Any], matter_kind: str) -> bool:
    """Whether the action is one for matters of the kind."""
    return (not action.kinds or matter_kind in action.kinds) and matter_kind not in _kept_off.get(action.key, ())


def register_path(model: type[models.Model], steps: tuple[Step, ...], *, matter_kind: str = "") -> None:
    """The dots of the path shown on top of a thing's page; of one kind of matter when it has its own."""
    _paths[model, matter_kind] = steps


def path_of(model: type[models.Model], matter_kind: str = "") -> tuple[Step, ...]:
    """The registered path of the kind of matter, else that of the model, or none."""
    return _paths.get((model, matter_kind)) or _paths.get((model, ""), ())
