"""What is done with a department's list: frozen, confirmed in numbers, reported, handed back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.campaigns import list_kind
from personnel.cleanup.confirmation import CONFIRMATION
from personnel.cleanup.lines import ADMINS, decide
from personnel.cleanup.models import Campaign, Line, Roll
from portal.accounts.models import Department
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.ledger.history import create_many
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import entry

S = Roll.State
# The head of supervision stands for the bureau's own officers: it has no other head in this portal.
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value, Role.SUPERVISION_HEAD.value})
RUNNING = frozenset({S.OPEN.value})
MOST = 500


def bureau(_subject: Any = None) -> Department:
    """Who runs campaigns (执法监督条例17条2款)."""
    return Department.objects.get(kind=Department.Kind.BUREAU)


@dataclass(frozen=True)
class Freeze:
    """Whose list of which campaign, and what is on it."""

    campaign: int
    department: int
    entries: tuple[tuple[int, str, tuple[str, ...]], ...]


def _freeze(attempt: Attempt[Roll, Freeze]) -> None:
    campaign = Campaign.objects.get(pk=attempt.data.campaign)
    department = Department.objects.get(pk=attempt.data.department)
    attempt.matter = Matter.objects.create(
        kind="cleanup_roll",
        department=department,
        title=_gettext("%(campaign)s：%(department)s")
        % {"campaign": campaign.name, "department": department.short_name},
        opened_at=attempt.now,
    )
    attempt.subject = roll = Roll(
        matter=attempt.matter, campaign=campaign, department=department, due_on=campaign.due_on
    )
    roll.save()  # the lines below point to it
    create_many(
        [
            Line(roll=roll, matter=attempt.matter, key=key, title=title[:120], facts=list(facts))
            for key, title, facts in attempt.data.entries
        ],
        actor=attempt.actor,
    )
    attempt.label(lines=len(attempt.data.entries))
    attempt.fact("cleanup.frozen", value={"due_on": campaign.due_on.isoformat()})


def plain(roll: Roll) -> list[Line]:
    """Open lines that nothing speaks against, as of today."""
    lines = list(roll.lines.filter(state=Line.State.OPEN).order_by("title", "pk"))
    now = list_kind(roll.campaign.kind).look(lines, roll.department_id)
    return [line for line in lines if not now[line.key].gone and not now[line.key].doubts]


def gone(roll: Roll) -> list[tuple[Line, str]]:
    """Open lines whose thing is no longer there, and why."""
    lines = list(roll.lines.filter(state=Line.State.OPEN).order_by("title", "pk"))
    now = list_kind(roll.campaign.kind).look(lines, roll.department_id)
    return [(line, now[line.key].gone) for line in lines if now[line.key].gone]


def _offered(roll: Roll | None, _actor: Any) -> list[tuple[str, str]]:
    if roll is None:
        return []
    return [(str(line.pk), f"{line.title}（{'；'.join(line.facts)}）") for line in plain(roll)[:MOST]]


@dataclass(frozen=True)
class ConfirmMany:
    """Which plain lines are confirmed at once."""

    lines: tuple[str, ...] = entry(
        _("核实无误的"), "choices", options=_offered, help=_("平台没有提示疑问的；取消勾选的留待逐个核实")
    )

    def problems(self, attempt: Attempt[Roll, ConfirmMany]) -> dict[str, str]:
        """Only plain lines of this list."""
        if not self.lines:
            return {"lines": _gettext("至少选一项。")}
        allowed = {str(line.pk) for line in plain(attempt.subject)}
        if not set(self.lines) <= allowed:
            return {"lines": _gettext("有的项已经核实过或者情况有变，请重新选择。")}
        return {}


def _confirm_many(attempt: Attempt[Roll, ConfirmMany]) -> None:
    rows = attempt.subject.lines.select_for_update(of=("self",)).filter(
        pk__in=[int(key) for key in attempt.data.lines], state=Line.State.OPEN
    )
    for count, line in enumerate(rows, start=1):
        decide(line, attempt, Line.State.CONFIRMED, "")
        line.save()
        attempt.label(confirmed=count)


def _settle_gone(attempt: Attempt[Roll, Any]) -> None:
    for count, (line, why) in enumerate(gone(attempt.subject), start=1):
        decide(line, attempt, Line.State.GONE, why)
        line.save()
        attempt.label(gone=count)


@dataclass(frozen=True)
class Whole:
    """Nothing to fill in."""


@dataclass(frozen=True)
class Report:
    """What the department says to the whole list."""

    opinion: str = entry(_("部门意见"), "long", longest=500, help=_("例如：已逐人核实，结果属实"))

    def problems(self, _attempt: Attempt[Any, Any]) -> dict[str, str]:
        """It is there."""
        return {} if self.opinion.strip() else {"opinion": _gettext("请填写部门意见。")}


def _report(attempt: Attempt[Roll, Report]) -> None:
    roll = attempt.subject
    roll.opinion, roll.reported_on, roll.returned = attempt.data.opinion.strip(), attempt.today, ""
    attempt.fact("cleanup.reported")
    attempt.paper(CONFIRMATION, by=attempt.actor.name)


@dataclass(frozen=True)
class Return:
    """What is to be looked at again, and until when."""

    reason: str = entry(_("退回理由"), "long", longest=500, help=_("写明哪些人要重新核实"))
    due_on: dt.date = entry(_("重新报送的期限"), "date")

    def problems(self, attempt: Attempt[Roll, Return]) -> dict[str, str]:
        """What the form tells field by field."""
        found: dict[str, str] = {}
        if not self.reason.strip():
            found["reason"] = _gettext("请写明退回理由。")
        if self.due_on < attempt.today:
            found["due_on"] = _gettext("期限 %(day)s 已经过去，请填今天或者以后的日期。") % {"day": self.due_on}
        return found


def _return(attempt: Attempt[Roll, Return]) -> None:
    roll = attempt.subject
    roll.returned, roll.due_on, roll.reported_on = attempt.data.reason.strip(), attempt.data.due_on, None
    attempt.fact("cleanup.returned", value={"due_on": roll.due_on.isoformat()})


def _end(attempt: Attempt[Roll, Whole]) -> None:
    Matter.objects.filter(pk=attempt.matter.pk).update(closed_at=attempt.now)
    attempt.fact("cleanup.ended")


def _all_decided(attempt: Attempt[Any, Any]) -> bool | str:
    left = attempt.subject.lines.filter(state=Line.State.OPEN).count()
    return _gettext("还有 %(count)d 项没有核实。") % {"count": left} if left else True


def _running(attempt: Attempt[Any, Any]) -> bool:
    return bool(attempt.subject.campaign.state == Campaign.State.OPEN)


ALL_DECIDED = Gate("all_lines_decided", _("还有没有核实的项。"), ("JD-14",), _all_decided)
SOME_PLAIN = Gate(
    "some_plain", _("没有可以一次确认的项：有疑问的逐个核实。"), ("JD-14",), lambda one: bool(plain(one.subject))
)
SOME_GONE = Gate("some_gone", _("没有名单确定后离开的。"), ("ZJX-02",), lambda one: bool(gone(one.subject)))
CAMPAIGN_RUNS = Gate("campaign_runs", _("这次清理已经结束。"), ("JD-14",), _running)


def _action(key: str, label: Any, source: frozenset[str], target: S | None, **more: Any) -> Action[Any, Any]:
    return Action(
        f"cleanup.roll.{key}", label, source=source, target=target.value if target else None, model=Roll, **more
    )


def _every_plain(roll: Roll, actor: Any) -> dict[str, Any]:
    return {"lines": [key for key, _label in _offered(roll, actor)]}


FREEZE = _action(
    "freeze", _("确定清理名单"), frozenset(), S.OPEN, roles=frozenset(), data=Freeze, body=_freeze,
    facts=("cleanup.frozen",), law=("JD-14",), system=True, hidden=True,
)  # fmt: skip
CONFIRM_MANY = _action(
    "confirm_many", _("批量核实无误"), RUNNING, None, roles=ADMINS, data=ConfirmMany, body=_confirm_many,
    gates=(SOME_PLAIN,), initial=_every_plain, law=("JD-14",), later=True,
)  # fmt: skip
SETTLE_GONE = _action(
    "settle_gone", _("确认名单确定后离开的"), RUNNING, None, roles=ADMINS, data=Whole, body=_settle_gone,
    gates=(SOME_GONE,), law=("ZJX-02",), later=True,
)  # fmt: skip
REPORT = _action(
    "report", _("报送清理结果"), RUNNING, S.REPORTED, roles=HEADS, proposes=ADMINS, data=Report, body=_report,
    gates=(ALL_DECIDED,), facts=("cleanup.reported",), papers=(CONFIRMATION,), law=("JD-14",),
)  # fmt: skip
RETURN = _action(
    "return", _("退回重新核实"), frozenset({S.REPORTED.value}), S.OPEN, roles=BUREAU_ROLES, acting=bureau, data=Return,
    body=_return, gates=(CAMPAIGN_RUNS,), facts=("cleanup.returned",), law=("JD-14",),
)  # fmt: skip
END = _action(
    "end", _("清理结束，未报送"), RUNNING, S.ENDED, roles=frozenset(), data=Whole, body=_end, facts=("cleanup.ended",),
    law=("JD-14",), system=True, hidden=True,
)  # fmt: skip
ACTIONS = (CONFIRM_MANY, SETTLE_GONE, REPORT, RETURN, FREEZE, END)
