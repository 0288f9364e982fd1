"""What can be done with an empowerment decision: registered, published, evaluated, items taken back, ended (CF-39)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.subjects import lists
from personnel.subjects.mandates import end_problems
from personnel.subjects.models import EmpoweredItem, Empowerment
from personnel.subjects.who_and_when import BUREAU_HEADS, LAST_DAY, SUPERVISORS, blanks, bureau, span_problems
from portal.accounts.models import Department
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt
from portal.workflow.data import Nothing, entry

State = Empowerment.State
LAW = ("CF-39",)
DECISION, WHAT, WHEN = _("决定"), _("赋权事项"), _("施行和评估")
LOCAL_EVALUATION = _("本地：法律只要求定期评估，没有规定几年一次")


def streets(_subject: Any, _actor: Any) -> Any:
    """The streets."""
    return Department.objects.filter(kind=Department.Kind.STREET, is_active=True).order_by("code")


def evaluation_problem(day: dt.date | None, after: dt.date) -> dict[str, str]:
    """The day of the next evaluation lies ahead."""
    if day is not None and not after < day <= LAST_DAY:
        return {"evaluate_by": _gettext("下次评估的日期应当在 %(day)s 以后。") % {"day": after.isoformat()}}
    return {}


@dataclass(frozen=True, kw_only=True)
class Register:
    """Which decision, for which street, which items."""

    street: int = entry(_("街道"), "record", options=streets, group=DECISION)
    issuer: str = entry(_("作出决定的机关"), longest=80, group=DECISION, help=_("省、自治区、直辖市一级"), law=LAW)
    title: str = entry(_("决定名称"), longest=200, group=DECISION)
    number: str = entry(_("决定文号"), longest=80, group=DECISION)
    decided_on: dt.date = entry(_("决定日期"), "date", group=DECISION)
    announced_in: str = entry(_("公布载体"), longest=200, group=DECISION, help=_("公报、网站的名称和地址"), law=LAW)
    proof: int | None = entry(_("决定全文"), "file", default=None, group=DECISION)
    items: str = entry(
        _("赋权事项"), "long", longest=lists.LONGEST, group=WHAT,
        help=_("每行一项：编码 名称 | 原行使部门。编码与街道执法事项目录里的一致"),
    )  # fmt: skip
    valid_from: dt.date = entry(_("起"), "date", group=WHEN)
    valid_to: dt.date | None = entry(_("止"), "date", default=None, group=WHEN, help=_("决定没有写明的不填"))
    evaluate_by: dt.date | None = entry(
        _("下次评估不迟于"), "date", default=None, group=WHEN, help=LOCAL_EVALUATION, law=LAW
    )

    def problems(self, attempt: Attempt[Empowerment, Any]) -> dict[str, Any]:
        """A street, a decision not registered yet, certain items, days that fit."""
        found: dict[str, Any] = blanks(
            self,
            issuer=_gettext("请写明作出决定的机关。"),
            title=_gettext("请写明决定名称。"),
            number=_gettext("请写明决定文号。"),
            announced_in=_gettext("赋权决定应当公布，请写明公布在哪里。"),
        )
        if not streets(None, attempt.actor).filter(pk=self.street).exists():
            found["street"] = _gettext("请选择街道。")
        elif Empowerment.objects.filter(department=self.street, number=self.number.strip()).exists():
            found["number"] = _gettext("这一街道的这份决定已经登记。")
        if sentence := lists.problem(self.items):
            found["items"] = sentence
        found |= span_problems(self.valid_from, self.valid_to, ("valid_from", "valid_to"))
        if self.decided_on > attempt.today:
            found["decided_on"] = _gettext("决定日期不能在今天以后。")
        return found | evaluation_problem(self.evaluate_by, attempt.today)


def _register(attempt: Attempt[Empowerment, Register]) -> None:
    data = attempt.data
    street = Department.objects.get(pk=data.street)
    attempt.matter = Matter.objects.create(
        kind="enforcement_empowerment",
        department=street,
        title=_gettext("%(street)s赋权：%(title)s") % {"street": street.short_name, "title": data.title.strip()},
        number=data.number.strip(),
        opened_at=attempt.now,
    )
    decision = Empowerment(
        matter=attempt.matter,
        department=street,
        issuer=data.issuer.strip(),
        title=data.title.strip(),
        number=data.number.strip(),
        decided_on=data.decided_on,
        announced_in=data.announced_in.strip(),
        valid_from=data.valid_from,
        valid_to=data.valid_to,
        evaluate_by=data.evaluate_by,
    )
    decision.save()
    attempt.subject = decision
    lines, _faults = lists.read(data.items)
    for line in lines:
        EmpoweredItem.objects.create(empowerment=decision, code=line.code, name=line.name, origin=line.origin)
    attempt.label(street=street.code, items=len(lines))
    attempt.fact("empowerment.registered")


def _round(decision: Empowerment) -> str:
    return f"round:{decision.evaluations + 1}"


def _plan_evaluation(attempt: Attempt[Empowerment, Any]) -> None:
    decision = attempt.subject
    if decision.evaluate_by is not None:
        attempt.fact(
            "empowerment.evaluation_planned",
            about=_round(decision),
            value={"evaluate_by": decision.evaluate_by.isoformat()},
        )


def _publish(attempt: Attempt[Empowerment, Nothing]) -> None:
    decision = attempt.subject
    decision.published_on = attempt.on
    value = {"valid_to": decision.valid_to.isoformat()} if decision.valid_to else {}
    attempt.fact("empowerment.published", value=value)
    _plan_evaluation(attempt)


@dataclass(frozen=True)
class Evaluate:
    """What came of the evaluation, and when the next one is due."""

    result: str = entry(_("评估情况"), "long", longest=4000, help=_("承接能力、办案情况、拟调整的事项"), law=LAW)
    evaluate_by: dt.date | None = entry(_("下次评估不迟于"), "date", default=None, help=LOCAL_EVALUATION)
    report: int | None = entry(_("评估报告"), "file", default=None)

    def problems(self, attempt: Attempt[Empowerment, Any]) -> dict[str, Any]:
        """Something to say, and a day that lies ahead."""
        found: dict[str, Any] = blanks(self, result=_gettext("请写明评估情况。"))
        return found | evaluation_problem(self.evaluate_by, attempt.today)


def _evaluate(attempt: Attempt[Empowerment, Evaluate]) -> None:
    decision = attempt.subject
    attempt.fact("empowerment.evaluated", about=_round(decision))
    decision.evaluations += 1
    decision.evaluation, decision.evaluate_by = attempt.data.result.strip(), attempt.data.evaluate_by
    _plan_evaluation(attempt)


def live_items(decision: Empowerment | None, _actor: Any = None) -> Any:
    """The items that were not taken back."""
    return EmpoweredItem.objects.filter(empowerment=decision, taken_back_on=None).order_by("code")


@dataclass(frozen=True)
class TakeBack:
    """Which items go back, from when, why."""

    items: tuple[int, ...] = entry(_("收回的事项"), "records", options=live_items)
    ended_on: dt.date = entry(_("收回日期"), "date", help=_("从这一天起街道不再行使"))
    ground: str = entry(_("收回理由"), "long", longest=1000, help=_("作出收回决定的机关和文号"))

    def problems(self, attempt: Attempt[Empowerment, Any]) -> dict[str, Any]:
        """Items of this list, a day from today on."""
        found = end_problems(self, attempt)
        if not self.items or live_items(attempt.subject).filter(pk__in=self.items).count() != len(set(self.items)):
            found["items"] = _gettext("请从清单里选择还没有收回的事项。")
        return found


def _take_back(attempt: Attempt[Empowerment, TakeBack]) -> None:
    rows = list(live_items(attempt.subject).filter(pk__in=attempt.data.items))
    for item in rows:
        item.taken_back_on, item.ground = attempt.data.ended_on, attempt.data.ground.strip()
        item.save()
    attempt.label(codes=[item.code for item in rows], ended_on=attempt.data.ended_on.isoformat())
    attempt.fact("empowerment.items_taken_back")


@dataclass(frozen=True)
class End:
    """From which day on, and why."""

    ended_on: dt.date = entry(_("终止日期"), "date", help=_("从这一天起街道不再行使清单里的任何一项"))
    ground: str = entry(_("终止理由"), "long", longest=1000, help=_("作出终止决定的机关和文号"))

    def problems(self, attempt: Attempt[Empowerment, Any]) -> dict[str, Any]:
        """Not in the past."""
        return end_problems(self, attempt)


def _end(attempt: Attempt[Empowerment, End]) -> None:
    decision = attempt.subject
    decision.ended_on, decision.ended_ground = attempt.data.ended_on, attempt.data.ground.strip()
    attempt.matter.closed_at = attempt.now
    attempt.matter.save(update_fields=["closed_at"])
    attempt.label(ended_on=attempt.data.ended_on.isoformat())
    attempt.fact("empowerment.ended")


def _action(key: str, label: Any, source: frozenset[str], target: State | None, **more: Any) -> Action[Any, Any]:
    return Action(
        f"subjects.empowerment.{key}",
        label,
        source=source,
        target=target.value if target else None,
        model=Empowerment,
        law=LAW,
        **more,
    )


PUBLISHED = frozenset({State.PUBLISHED.value})
REGISTER = _action(
    "register", _("登记赋权决定"), frozenset(), State.REGISTERED, roles=BUREAU_HEADS, proposes=SUPERVISORS,
    data=Register, body=_register, facts=("empowerment.registered",),
)  # fmt: skip
PUBLISH = _action(
    "publish", _("公布赋权清单"), frozenset({State.REGISTERED.value}), State.PUBLISHED, roles=SUPERVISORS, acting=bureau,
    data=Nothing, body=_publish, facts=("empowerment.published", "empowerment.evaluation_planned"), primary=True,
)  # fmt: skip
EVALUATE = _action(
    "evaluate", _("登记评估"), PUBLISHED, None, roles=SUPERVISORS, acting=bureau, data=Evaluate, body=_evaluate,
    facts=("empowerment.evaluated", "empowerment.evaluation_planned"),
)  # fmt: skip
TAKE_BACK = _action(
    "take_back", _("收回事项"), PUBLISHED, None, roles=BUREAU_HEADS, proposes=SUPERVISORS, acting=bureau, data=TakeBack,
    body=_take_back, facts=("empowerment.items_taken_back",), rare=True,
)  # fmt: skip
END = _action(
    "end", _("终止赋权"), frozenset({State.REGISTERED.value, State.PUBLISHED.value}), State.ENDED, roles=BUREAU_HEADS,
    proposes=SUPERVISORS, acting=bureau, data=End, body=_end, facts=("empowerment.ended",), rare=True,
)  # fmt: skip
ACTIONS = (REGISTER, PUBLISH, EVALUATE, TAKE_BACK, END)
