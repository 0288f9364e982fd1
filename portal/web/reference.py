"""The generated reference of all workflows: one description of the register, drawn as a page and as Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.documents.kinds import known_kind
from portal.web.citations import articles
from portal.workflow.actions import Action, Gate
from portal.workflow.data import entries, required
from portal.workflow.door import role_names
from portal.workflow.registry import added_gates, all_actions, all_reactions, path_of


@dataclass(frozen=True)
class GateLine:
    """A gate in words."""

    sentence: str
    citation: str
    added: bool
    when: str


@dataclass(frozen=True)
class ActionLine:
    """An action in words."""

    key: str
    label: str
    source: str
    target: str
    who: str
    asked: list[str]
    gates: list[GateLine]
    facts: list[str]
    papers: list[str]
    law: str
    reactions: list[str]


@dataclass(frozen=True)
class Arrow:
    """A way from one state to another, with the actions that take it."""

    source: str
    target: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Workflow:
    """The life of one kind of thing."""

    model: str
    name: str
    path: list[str]
    states: dict[str, str]
    actions: list[ActionLine] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)


def workflows() -> list[Workflow]:
    """Every model with actions, in order of registration."""
    models_seen: dict[type[models.Model], list[Action[Any, Any]]] = {}
    for action in all_actions():
        models_seen.setdefault(action.model, []).append(action)
    return [_workflow(model, actions) for model, actions in models_seen.items()]


def _workflow(model: type[models.Model], actions: list[Action[Any, Any]]) -> Workflow:
    state: Any = model._meta.get_field("state")
    names = {str(key): str(label) for key, label in state.flatchoices}
    lines = [_action(action, names) for action in actions]
    return Workflow(
        model=model._meta.label_lower,
        name=str(model._meta.verbose_name),
        path=[str(step.label) for step in path_of(model)],
        states=names,
        actions=lines,
        arrows=_arrows(actions, names),
    )


def _action(action: Action[Any, Any], names: dict[str, str]) -> ActionLine:
    added = added_gates().get(action.key, [])
    reactions = all_reactions()
    return ActionLine(
        key=action.key,
        label=str(action.label),
        source="、".join(label for state, label in names.items() if state in action.source) or _("（新建）"),
        target=names.get(action.target, action.target) if action.target else _("（不变）"),
        who=_who(action),
        asked=[
            str(entry.label) + ("" if required(one) else _("（选填）")) for one, entry in entries(action.data).values()
        ],
        gates=[_gate(gate, added=False) for gate in action.gates] + [_gate(gate, added=True) for gate in added],
        facts=list(action.facts),
        papers=[_paper(key) for key in action.papers],
        law="；".join(articles(action.law)),
        reactions=[f"{fact} → {_spelled(one)}" for fact in action.facts for one in reactions.get(fact, [])],
    )


def _who(action: Action[Any, Any]) -> str:
    roles = role_names(action.roles)
    if action.proposes:
        return _("%(proposes)s提出，%(roles)s批准") % {"proposes": role_names(action.proposes), "roles": roles}
    if action.system:
        return f"{roles}、{_('系统')}" if roles else _("系统")
    return roles


def _gate(gate: Gate, *, added: bool) -> GateLine:
    when = _("填表后判断") if gate.needs_data else _("审批时判断") if gate.at_approval else ""
    return GateLine(str(gate.sentence), "；".join(articles(gate.citation)), added, when)


def _paper(key: str) -> str:
    kind = known_kind(key)
    return str(kind.label) if kind is not None else key


def _spelled(function: Any) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def _arrows(actions: list[Action[Any, Any]], names: dict[str, str]) -> list[Arrow]:
    ways: dict[tuple[str, str], list[str]] = {}
    for action in actions:
        initial = action.target or _initial(action)
        if action.creates and initial:
            ways.setdefault(("", names.get(initial, initial)), []).append(str(action.label))
        for source in (state for state in names if state in action.source):
            if action.target and action.target != source:
                ways.setdefault((names[source], names.get(action.target, action.target)), []).append(str(action.label))
    return [Arrow(source, target, tuple(labels)) for (source, target), labels in ways.items()]


def _initial(action: Action[Any, Any]) -> str:
    state: Any = action.model._meta.get_field("state")
    return str(state.get_default() or "")


def markdown() -> str:
    """The page of the documentation, in Chinese whatever the present language."""
    with override("zh-hans"):
        lines = [
            "# 办理规则",
            "",
            "本页由 `manage.py write_reference` 从登记的动作生成，请勿手改；测试会核对。",
            "",
        ]
        for one in workflows():
            lines += _markdown_of(one)
        return "\n".join(lines).rstrip() + "\n"


def _markdown_of(one: Workflow) -> list[str]:
    lines = [f"## {one.name}（`{one.model}`）", ""]
    if one.path:
        lines += ["步骤：" + " → ".join(one.path), ""]
    if one.arrows:
        lines += ["```mermaid", "stateDiagram-v2", "    direction LR"]
        lines += [
            f"    {_node(arrow.source, one)} --> {_node(arrow.target, one)}: {'、'.join(arrow.labels)}"
            for arrow in one.arrows
        ]
        lines += [f'    state "{label}" as {state}' for state, label in one.states.items()]
        lines += ["```", ""]
    for action in one.actions:
        lines += _markdown_of_action(action)
    return lines


def _node(label: str, one: Workflow) -> str:
    return next((state for state, name in one.states.items() if name == label), "[*]")


def _markdown_of_action(action: ActionLine) -> list[str]:
    lines = [f"### {action.label}", "", f"`{action.key}` · {action.source} → {action.target} · {action.who}"]
    lines[-1] += f" · {action.law}" if action.law else ""
    lines.append("")
    if action.gates:
        lines += ["| 条件 | 依据 | 说明 |", "|---|---|---|"]
        for gate in action.gates:
            notes = "；".join(note for note in (gate.when, "其他模块添加" if gate.added else "") if note)
            lines.append(f"| {gate.sentence} | {gate.citation} | {notes} |")
        lines.append("")
    for title, items in (
        ("填写", action.asked),
        ("事实", [f"`{fact}`" for fact in action.facts]),
        ("文书", action.papers),
        ("随后", [f"`{one}`" for one in action.reactions]),
    ):
        if items:
            lines += [f"- {title}：{'、'.join(items)}"]
    return [*lines, ""]
