"""What can be done with a plan: draw up, fill in, submit, approve or return, report as carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.training.hours import HoursProblem, read_tenths
from personnel.training.models import Form, PlanItem, TrainingPlan
from portal.accounts.models import Department
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import Nothing, entry

State = TrainingPlan.State
ADMINS = frozenset({Role.DEPT_ADMIN.value})
OPEN = frozenset({State.DRAFT.value, State.RETURNED.value})
MONTHS = tuple((str(number), f"{number} 月") for number in range(1, 13))


def bureau(_subject: Any) -> Department:
    """The bureau looks at every department's plan."""
    return Department.objects.get(kind=Department.Kind.BUREAU)


def live_items(plan: TrainingPlan | None, _actor: Any = None) -> Any:
    """What the plan plans, without what was dropped."""
    return PlanItem.objects.filter(plan=plan, dropped=False) if plan is not None else PlanItem.objects.none()


def untrained(plan: TrainingPlan) -> list[PlanItem]:
    """Items for which no session was held to its end."""
    return list(live_items(plan).exclude(Q(sessions__state="closed")))


@dataclass(frozen=True)
class Draw:
    """Which year."""

    year: int = entry(_("年度"), "integer", help=_("每个部门每年一份"))

    def problems(self, attempt: Attempt[TrainingPlan, Draw]) -> dict[str, str]:
        """What the form tells field by field."""
        if not attempt.today.year - 1 <= self.year <= attempt.today.year + 1:
            return {"year": _gettext("只能编制去年、今年或者明年的计划。")}
        if TrainingPlan.objects.filter(department=attempt.actor.department_id, year=self.year).exists():
            return {"year": _gettext("本部门 %(year)d 年的计划已经有了，请在那一份里修改。") % {"year": self.year}}
        return {}


def _draw(attempt: Attempt[TrainingPlan, Draw]) -> None:
    department, year = attempt.actor.department, attempt.data.year
    attempt.matter = Matter.objects.create(
        kind="training_plan",
        department=department,
        title=_gettext("%(department)s %(year)d 年行政执法人员培训计划")
        % {"department": department.short_name, "year": year},
        opened_at=attempt.now,
    )
    attempt.subject = TrainingPlan(matter=attempt.matter, department=department, year=year)
    attempt.label(year=year)


@dataclass(frozen=True)
class Item:
    """One training of the plan."""

    form: str = entry(_("形式"), "choice", options=lambda _subject, _actor: Form.choices)
    topic: str = entry(_("主题"), longest=120, help=_("例如：行政执法证据采集；行政执法案卷评析"))
    month: str = entry(_("月份"), "choice", options=lambda _subject, _actor: MONTHS)
    hours: str = entry(_("计划学时"), help=_("每人，最多一位小数，例如 8 或者 4.5"))
    audience: str = entry(_("参训人员"), longest=120, help=_("例如：全体执法人员；新取证人员；法制审核人员"))

    def problems(self, _attempt: Attempt[Any, Any]) -> dict[str, str]:
        """What the form tells field by field."""
        try:
            tenths = read_tenths(self.hours)
        except HoursProblem as problem:
            return {"hours": str(problem)}
        return {} if 0 < tenths <= 5000 else {"hours": _gettext("计划学时应当多于 0、不超过 500。")}


def _values(data: Any) -> dict[str, Any]:
    return {
        "form": data.form,
        "topic": data.topic.strip(),
        "month": int(data.month),
        "tenths": read_tenths(data.hours),
        "audience": data.audience.strip(),
    }


def _add(attempt: Attempt[TrainingPlan, Item]) -> None:
    item = PlanItem.objects.create(plan=attempt.subject, **_values(attempt.data))
    attempt.label(item=item.pk, topic=item.topic)


@dataclass(frozen=True)
class Drop:
    """Which item goes."""

    item: int = entry(_("计划项目"), "record", options=live_items)

    def problems(self, attempt: Attempt[TrainingPlan, Drop]) -> dict[str, str]:
        """What the form tells field by field."""
        item = live_items(attempt.subject).filter(pk=self.item).first()
        if item is None:
            return {"item": _gettext("这一项不在计划里。")}
        return {"item": _gettext("这一项已经安排了培训，不能删去。")} if item.sessions.exists() else {}


def _drop(attempt: Attempt[TrainingPlan, Drop]) -> None:
    item = PlanItem.objects.get(pk=attempt.data.item)
    item.dropped = True
    item.save()
    attempt.label(item=item.pk, topic=item.topic)


def _submit(attempt: Attempt[TrainingPlan, Nothing]) -> None:
    attempt.label(items=live_items(attempt.subject).count())
    attempt.fact("training.plan_submitted")


@dataclass(frozen=True)
class Approve:
    """What the bureau says to it."""

    opinion: str = entry(_("审核意见"), "long", default="", help=_("可以不填"))


def _approve(attempt: Attempt[TrainingPlan, Approve]) -> None:
    attempt.subject.opinion = attempt.data.opinion.strip()
    attempt.fact("training.plan_approved")


@dataclass(frozen=True)
class Return:
    """What is to be changed."""

    reason: str = entry(_("退回理由"), "long", help=_("写明要补充或者修改什么"))

    def problems(self, _attempt: Attempt[Any, Any]) -> dict[str, str]:
        """What the form tells field by field."""
        return {} if self.reason.strip() else {"reason": _gettext("请写明要补充或者修改什么。")}


def _return(attempt: Attempt[TrainingPlan, Return]) -> None:
    attempt.subject.opinion = attempt.data.reason.strip()
    attempt.fact("training.plan_returned")


@dataclass(frozen=True)
class Finish:
    """How it went."""

    summary: str = entry(_("完成情况"), "long", help=_("没有举办的项目，写明原因"))

    def problems(self, attempt: Attempt[TrainingPlan, Finish]) -> dict[str, str]:
        """A reason is wanted where something was not held."""
        left = untrained(attempt.subject)
        if left and not self.summary.strip():
            return {
                "summary": _gettext("还有 %(count)d 项没有举办，请写明原因：%(items)s。")
                % {"count": len(left), "items": "、".join(item.topic for item in left[:5])}
            }
        return {}


def _finish(attempt: Attempt[TrainingPlan, Finish]) -> None:
    attempt.subject.summary = attempt.data.summary.strip()
    attempt.label(held=live_items(attempt.subject).count() - len(untrained(attempt.subject)))
    Matter.objects.filter(pk=attempt.matter.pk).update(closed_at=attempt.now)
    attempt.fact("training.plan_done")


HAS_ITEMS = Gate(
    "plan_has_items",
    _("计划里还没有一项培训：先添加计划项目。"),
    ("PX-01",),
    lambda attempt: live_items(attempt.subject).exists(),
)


def _action(key: str, label: Any, source: frozenset[str], target: State | None, **more: Any) -> Action[Any, Any]:
    return Action(
        f"training.plan.{key}",
        label,
        source=source,
        target=target.value if target else None,
        model=TrainingPlan,
        law=("PX-01",),
        **more,
    )


DRAW = _action("draw", _("编制年度培训计划"), frozenset(), State.DRAFT, roles=ADMINS, data=Draw, body=_draw)
ADD = _action("add_item", _("添加计划项目"), OPEN, None, roles=ADMINS, data=Item, body=_add)
DROP = _action("drop_item", _("删去计划项目"), OPEN, None, roles=ADMINS, data=Drop, body=_drop, rare=True)
SUBMIT = _action(
    "submit", _("报送司法行政部门"), OPEN, State.SUBMITTED, roles=ADMINS, data=Nothing, body=_submit,
    gates=(HAS_ITEMS,), facts=("training.plan_submitted",),
)  # fmt: skip
APPROVE = _action(
    "approve", _("批准计划"), frozenset({State.SUBMITTED.value}), State.APPROVED, roles=BUREAU_ROLES, acting=bureau,
    data=Approve, body=_approve, facts=("training.plan_approved",), primary=True,
)  # fmt: skip
RETURN = _action(
    "return", _("退回修改"), frozenset({State.SUBMITTED.value}), State.RETURNED,
    roles=BUREAU_ROLES, acting=bureau, data=Return, body=_return, facts=("training.plan_returned",),
)  # fmt: skip
REOPEN = _action(
    "reopen", _("撤回批准，退回修改"), frozenset({State.APPROVED.value}), State.RETURNED,
    roles=BUREAU_ROLES, acting=bureau, data=Return, body=_return, facts=("training.plan_returned",), rare=True,
)  # fmt: skip
FINISH = _action(
    "finish", _("报告完成情况"), frozenset({State.APPROVED.value}), State.DONE, roles=ADMINS, data=Finish, body=_finish,
    facts=("training.plan_done",),
)  # fmt: skip
ACTIONS = (DRAW, ADD, SUBMIT, APPROVE, RETURN, REOPEN, FINISH, DROP)
