"""What is done with a campaign: opened with frozen lists, closed with a report."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.campaigns import Frozen, list_kind, list_kinds
from personnel.cleanup.models import Campaign, Roll
from personnel.cleanup.rolls import END, FREEZE, Freeze, Whole, bureau
from portal.accounts.models import Department
from portal.accounts.roles import Role
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import entry
from portal.workflow.door import perform

S = Campaign.State
SUPERVISORS = frozenset({Role.SUPERVISOR.value})
CHIEF = frozenset({Role.SUPERVISION_HEAD.value})
LONGEST = dt.timedelta(days=366)


def departments(_subject: Any, _actor: Any) -> list[tuple[str, str]]:
    """Every department in use."""
    rows = Department.objects.filter(is_active=True).order_by("code")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "short_name")]


def kinds(_subject: Any, _actor: Any) -> list[tuple[str, Any]]:
    """What can be gone through."""
    return [(kind.key, kind.label) for kind in list_kinds()]


@dataclass(frozen=True)
class Open:
    """What is gone through, why, as of which day, until when, where."""

    kind: str = entry(_("清理对象"), "choice", options=kinds)
    name: str = entry(_("名称"), longest=60, help=_("例如：2026 年行政执法人员资格清理"))
    ground: str = entry(_("依据"), "long", longest=1000, help=_("部署清理的文件或者会议"), law=("JD-14",))
    frozen_on: dt.date = entry(_("名单截至"), "date", help=_("以这一天在岗的人员和持有的证件为准，不能在将来"))
    due_on: dt.date = entry(_("完成期限"), "date", help=_("各部门报送结果的最后一天；本地期限"))
    departments: tuple[str, ...] = entry(
        _("部门"), "choices", default=(), options=departments, help=_("不选为名单上有人的全部部门")
    )

    def problems(self, attempt: Attempt[Campaign, Open]) -> dict[str, str]:
        """What the form tells field by field; holds the bureau, so that two at once are one after the other."""
        Department.objects.select_for_update(no_key=True).filter(pk=bureau().pk).first()
        found: dict[str, str] = {}
        if self.kind not in {kind.key for kind in list_kinds()}:
            found["kind"] = _gettext("请选择清理对象。")
        elif Campaign.objects.filter(kind=self.kind, state=S.OPEN).exists():
            found["kind"] = _gettext("这类对象已有一次清理没有结束，先结束那一次。")
        if not self.name.strip():
            found["name"] = _gettext("请填名称。")
        if not self.ground.strip():
            found["ground"] = _gettext("请写明依据。")
        if not attempt.today - LONGEST <= self.frozen_on <= attempt.today:
            found["frozen_on"] = _gettext("名单截至的日期须在过去一年之内，不能在将来。")
        if not attempt.today < self.due_on <= attempt.today + LONGEST:
            found["due_on"] = _gettext("完成期限须在明天以后、一年以内。")
        if not set(self.departments) <= {key for key, _label in departments(None, None)}:
            found["departments"] = _gettext("有一个部门不在可选范围内。")
        return found


def entries_of(data: Open) -> dict[int, list[Frozen]]:
    """What would be on each department's list."""
    wanted = [int(key) for key in data.departments] or None
    found: dict[int, list[Frozen]] = defaultdict(list)
    for one in list_kind(data.kind).freeze(data.frozen_on, wanted):
        found[one.department].append(one)
    return found


def _open(attempt: Attempt[Campaign, Open]) -> None:
    given = attempt.data
    attempt.matter = Matter.objects.create(
        kind="cleanup_campaign", department=bureau(), title=given.name.strip(), opened_at=attempt.now
    )
    attempt.subject = campaign = Campaign(
        matter=attempt.matter,
        kind=given.kind,
        name=given.name.strip(),
        ground=given.ground.strip(),
        frozen_on=given.frozen_on,
        due_on=given.due_on,
    )
    campaign.save()  # the lists below point to it
    lists = entries_of(given)
    for department, entries in sorted(lists.items()):
        rows = tuple((one.key, one.title, one.facts) for one in entries)
        perform(None, FREEZE, actor=None, data=Freeze(campaign.pk, department, rows), now=attempt.now)
    attempt.label(departments=len(lists), lines=sum(len(rows) for rows in lists.values()))
    attempt.fact("cleanup.opened")


@dataclass(frozen=True)
class Close:
    """How it went, and why a list is missing."""

    summary: str = entry(_("总结"), "long", longest=2000, help=_("写进清理报告：做法、主要问题、下一步"))
    missing: str = entry(
        _("未报送部门的说明"), "long", default="", longest=500, help=_("有部门没有报送的，写明怎么处理")
    )

    def problems(self, attempt: Attempt[Campaign, Close]) -> dict[str, str]:
        """A missing list wants a word."""
        found: dict[str, str] = {}
        if not self.summary.strip():
            found["summary"] = _gettext("请写总结。")
        rows = attempt.subject.rolls.filter(state=Roll.State.OPEN, due_on__lt=attempt.today)
        late = list(rows.order_by("department__code").values_list("department__short_name", flat=True))
        if late and not self.missing.strip():
            found["missing"] = _gettext("%(names)s没有报送，请写明怎么处理。") % {"names": "、".join(late)}
        return found


def _close(attempt: Attempt[Campaign, Close]) -> None:
    campaign = attempt.subject
    summary, missing = attempt.data.summary.strip(), attempt.data.missing.strip()
    campaign.summary = f"{summary}\n{missing}" if missing else summary
    campaign.closed_on = attempt.today
    for roll in campaign.rolls.filter(state=Roll.State.OPEN).order_by("pk"):
        perform(roll, END, actor=None, data=Whole(), now=attempt.now)
    Matter.objects.filter(cleanup_roll__campaign=campaign, closed_at=None).update(closed_at=attempt.now)
    Matter.objects.filter(pk=attempt.matter.pk).update(closed_at=attempt.now)
    attempt.fact("cleanup.closed")
    matter = attempt.matter

    def number(document: Any) -> None:
        matter.number = document.number
        matter.save(update_fields=["number"])

    attempt.paper("cleanup.report", then=number)


def _somebody(attempt: Attempt[Campaign, Open]) -> bool:
    return bool(entries_of(attempt.data))


def _reported_or_due(attempt: Attempt[Campaign, Close]) -> bool | str:
    waiting = attempt.subject.rolls.filter(state=Roll.State.OPEN, due_on__gte=attempt.today)
    names = list(waiting.order_by("department__code").values_list("department__short_name", flat=True))
    if not names:
        return True
    return _gettext("%(names)s还没有报送，期限也还没有到。") % {"names": "、".join(names)}


OPEN = Action[Campaign, Open](
    "cleanup.open",
    _("部署资格清理"),
    source=frozenset(),
    target=S.OPEN.value,
    roles=CHIEF,
    proposes=SUPERVISORS,
    data=Open,
    body=_open,
    model=Campaign,
    gates=(Gate("list_not_empty", _("那一天没有可清理的对象。"), ("JD-14",), _somebody, needs_data=True),),
    facts=("cleanup.opened",),
    law=("JD-14",),
)
CLOSE = Action[Campaign, Close](
    "cleanup.close",
    _("结束清理，出具报告"),
    source=frozenset({S.OPEN.value}),
    target=S.CLOSED.value,
    roles=CHIEF,
    proposes=SUPERVISORS,
    data=Close,
    body=_close,
    model=Campaign,
    gates=(Gate("all_reported_or_due", _("还有部门没有报送，期限也还没有到。"), ("JD-14",), _reported_or_due),),
    facts=("cleanup.closed",),
    papers=("cleanup.report",),
    law=("JD-14",),
)
ACTIONS = (OPEN, CLOSE)
