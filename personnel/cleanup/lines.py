"""What is done with one line: confirmed, gone, taken back; and the findings of each kind of list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.campaigns import Finding, ListKind, Now, list_kind, list_kinds
from personnel.cleanup.models import Line, Roll
from portal.accounts.roles import Role
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import Nothing, entry
from portal.workflow.registry import register

S = Line.State
ADMINS = frozenset({Role.DEPT_ADMIN.value})
UNDECIDED = frozenset({S.OPEN.value})
TITLE_OF = "cleanup"


def kind_of(line: Line) -> ListKind:
    """The kind of list the line is on."""
    return list_kind(line.roll.campaign.kind)


def now_of(line: Line) -> Now:
    """How the thing stands today."""
    return kind_of(line).look([line], line.roll.department_id)[line.key]


def _roll_open(attempt: Attempt[Any, Any]) -> bool:
    return Roll.objects.filter(pk=attempt.subject.roll_id, state=Roll.State.OPEN).exists()


def _is_there(attempt: Attempt[Any, Any]) -> bool | str:
    gone = now_of(attempt.subject).gone
    return (
        _gettext("%(title)s：%(gone)s。请选“名单确定后已不在”。") % {"title": attempt.subject.title, "gone": gone}
        if gone
        else True
    )


def _is_gone(attempt: Attempt[Any, Any]) -> bool:
    return bool(now_of(attempt.subject).gone)


ROLL_OPEN = Gate(
    "roll_open", _("名单已经报送或者清理已经结束，不能再改；要改的请司法行政部门退回。"), ("JD-14",), _roll_open
)
IS_THERE = Gate("still_there", _("名单确定后已不在。"), ("ZJX-02",), _is_there)
IS_GONE = Gate("gone_since", _("登记里仍然在岗：已离岗的，请选“已离岗”登记。"), ("ZJX-02",), _is_gone)


@dataclass(frozen=True)
class Confirm:
    """What the department has looked at; doubts are answered."""

    note: str = entry(_("核实说明"), "long", default="", longest=300, help=_("平台提示有疑问的，须说明为什么仍然无误"))

    def problems(self, attempt: Attempt[Line, Confirm]) -> dict[str, str]:
        """A doubt wants an answer."""
        doubts = now_of(attempt.subject).doubts
        if doubts and not self.note.strip():
            words = _gettext("平台提示：%(doubts)s。请说明为什么仍然无误，或者选别的结论。")
            return {"note": words % {"doubts": "；".join(doubts)}}
        return {}


def decide(line: Line, attempt: Attempt[Any, Any], state: str, note: str) -> None:
    """Write a line's conclusion; who and when."""
    line.state = state
    line.note = note
    line.decided_by = attempt.actor
    line.decided_on = attempt.today


def _confirm(attempt: Attempt[Line, Confirm]) -> None:
    decide(attempt.subject, attempt, S.CONFIRMED, attempt.data.note.strip())


def _gone(attempt: Attempt[Line, Nothing]) -> None:
    decide(attempt.subject, attempt, S.GONE, now_of(attempt.subject).gone)


@dataclass(frozen=True)
class Reopen:
    """Why the conclusion is taken back."""

    reason: str = entry(_("理由"), "long", longest=300)

    def problems(self, _attempt: Attempt[Any, Any]) -> dict[str, str]:
        """It is there."""
        return {} if self.reason.strip() else {"reason": _gettext("请写明理由。")}


def _reopen(attempt: Attempt[Line, Reopen]) -> None:
    line = attempt.subject
    line.finding, line.about, line.note = "", None, ""
    line.decided_by = line.decided_on = None
    attempt.label(reason=attempt.data.reason.strip())


def _action(key: str, label: Any, source: frozenset[str], target: str, **more: Any) -> Action[Any, Any]:
    return Action(
        f"{TITLE_OF}.line.{key}", label, source=source, target=target, roles=ADMINS, model=Line, law=("JD-14",), **more
    )


CONFIRM = _action(
    "confirm", _("核实无误"), UNDECIDED, S.CONFIRMED.value, data=Confirm, body=_confirm, gates=(ROLL_OPEN, IS_THERE),
    primary=True,
)  # fmt: skip
GONE = _action(
    "gone", _("名单确定后已不在"), UNDECIDED, S.GONE.value, data=Nothing, body=_gone, gates=(ROLL_OPEN, IS_GONE),
    later=True,
)  # fmt: skip
REOPEN = _action(
    "reopen", _("撤回结论，重新核实"), frozenset({S.CONFIRMED.value, S.GONE.value, S.FOUND.value}), S.OPEN.value,
    data=Reopen, body=_reopen, gates=(ROLL_OPEN,), rare=True,
)  # fmt: skip


def finding_action(kind: ListKind, finding: Finding) -> Action[Any, Any]:
    """The action of one finding: the kind's own form and consequence, the campaign's record around it."""

    def body(attempt: Attempt[Line, Any]) -> None:
        line = attempt.subject
        done = finding.carry_out(attempt)
        decide(line, attempt, S.FOUND, done.words)
        line.finding, line.about = finding.key, done.about
        attempt.label(finding=finding.key)

    of_kind = Gate(
        "of_this_kind",
        _("这一项不用于这类清理对象。"),
        (),
        lambda attempt: attempt.subject.roll.campaign.kind == kind.key,
    )
    return Action(
        f"{TITLE_OF}.{kind.key}.{finding.key}",
        finding.label,
        source=UNDECIDED,
        target=S.FOUND.value,
        roles=ADMINS,
        data=finding.data,
        body=body,
        model=Line,
        gates=(of_kind, ROLL_OPEN, IS_THERE, *finding.gates),
        law=finding.law,
        initial=finding.initial,
        hidden=True,
    )


_findings: dict[str, dict[str, Action[Any, Any]]] = {}


def take_kind(kind: ListKind) -> None:
    """Make and register the actions of a kind's findings; told of every kind, in any order of apps."""
    made = {finding.key: finding_action(kind, finding) for finding in kind.findings}
    if kind.key not in _findings:
        _findings[kind.key] = made
        register(*made.values())


def finding_actions(kind: ListKind) -> dict[str, Action[Any, Any]]:
    """The actions of a kind, by finding."""
    return _findings[kind.key]


def finding_label(kind: str, finding: str) -> str:
    """What a finding is called; its key when the room no longer offers it."""
    for one in list_kinds():
        if one.key == kind:
            return next((str(found.label) for found in one.findings if found.key == finding), finding)
    return finding


ACTIONS = (CONFIRM, GONE, REOPEN)
