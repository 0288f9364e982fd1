"""What can be done with a mandate: drawn up and signed by the delegator, published, ended (处罚法20条)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.subjects import lists
from personnel.subjects.models import Mandate
from personnel.subjects.who_and_when import ADMINS, DRAWERS, HEADS, blanks, span_problems
from portal.accounts.grants import grant_matter
from portal.accounts.models import Department
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt
from portal.workflow.data import Nothing, entry
from portal.workflow.registry import Stated

State = Mandate.State
LAW = ("处罚法20条",)
WHOM, WHAT, WHEN = _("受委托组织"), _("委托的事项和权限"), _("期限")


def bodies(_subject: Any, actor: Any) -> Any:
    """The entrusted bodies under the actor's department."""
    return Department.objects.filter(
        parent=actor.department_id, kind=Department.Kind.ENTRUSTED, is_active=True
    ).order_by("code")


@dataclass(frozen=True, kw_only=True)
class Draw:
    """Whom, what, how far, from when to when."""

    body: int = entry(
        _("受委托组织"), "record", options=bodies, group=WHOM, law=LAW,
        help=_("只能选部门资料里上级部门是本机关的受委托组织；文书以本机关名义编号、盖章"),
    )  # fmt: skip
    basis: str = entry(
        _("委托依据"), "long", longest=1000, group=WHOM, help=_("允许委托的法律、法规、规章条款"), law=LAW
    )
    qualified: bool = entry(
        _("已核对受委托组织具备法定条件，本机关负责监督其行为并对后果承担法律责任"), "flag", default=False, group=WHOM
    )
    items: str = entry(
        _("委托事项"), "long", longest=lists.LONGEST, group=WHAT,
        help=_("每行一项：编码 名称，编码与受委托组织执法事项目录里的一致"), law=LAW,
    )  # fmt: skip
    powers: str = entry(
        _("委托权限"),
        "long",
        longest=2000,
        group=WHAT,
        help=_("可以实施哪些行为、种类和幅度，哪些须报本机关决定"),
        law=LAW,
    )
    valid_from: dt.date = entry(_("起"), "date", group=WHEN)
    valid_to: dt.date = entry(_("止"), "date", group=WHEN, help=_("包括这一天"))

    def problems(self, attempt: Attempt[Mandate, Any]) -> dict[str, Any]:
        """One's own body, certain items, days that fit."""
        found: dict[str, Any] = blanks(self, basis=_gettext("请写明委托依据。"), powers=_gettext("请写明委托权限。"))
        if not bodies(None, attempt.actor).filter(pk=self.body).exists():
            found["body"] = _gettext("只能委托上级部门是本机关的受委托组织。")
        if not self.qualified:
            found["qualified"] = _gettext("请先核对受委托组织的条件。")
        if sentence := lists.problem(self.items):
            found["items"] = sentence
        found |= span_problems(self.valid_from, self.valid_to, ("valid_from", "valid_to"))
        if "valid_to" not in found and self.valid_to < attempt.today:
            found["valid_to"] = _gettext("期限已经过去。")
        return found


def _draw(attempt: Attempt[Mandate, Draw]) -> None:
    data, department = attempt.data, attempt.actor.department
    body = Department.objects.get(pk=data.body)
    attempt.matter = Matter.objects.create(
        kind="enforcement_mandate",
        department=department,
        title=_gettext("%(department)s委托%(body)s执法")
        % {"department": department.short_name, "body": body.short_name},
        opened_at=attempt.now,
    )
    lines, _faults = lists.read(data.items)
    attempt.subject = Mandate(
        matter=attempt.matter,
        department=department,
        body=body,
        signed_on=attempt.on,
        basis=data.basis.strip(),
        powers=data.powers.strip(),
        items=[line.as_json() for line in lines],
        valid_from=data.valid_from,
        valid_to=data.valid_to,
    )
    attempt.label(
        body=body.code, items=len(lines), valid_from=data.valid_from.isoformat(), valid_to=data.valid_to.isoformat()
    )
    attempt.fact("mandate.signed")
    mandate, matter = attempt.subject, attempt.matter

    def number(document: Any) -> None:
        mandate.number = matter.number = document.number
        mandate.save()
        matter.save(update_fields=["number"])

    attempt.paper("subjects.mandate", then=number)


def let_body_see(stated: Stated) -> None:
    """Reaction: the entrusted body sees its mandate."""
    grant_matter(stated.matter, to=stated.subject.body, ground=_gettext("受委托组织"), event=stated.event)


def _publish(attempt: Attempt[Mandate, Nothing]) -> None:
    mandate = attempt.subject
    mandate.published_on = attempt.on
    attempt.fact("mandate.published", value={"valid_to": mandate.valid_to.isoformat()})


@dataclass(frozen=True)
class End:
    """From which day on, and why."""

    ended_on: dt.date = entry(_("终止日期"), "date", help=_("从这一天起受委托组织不得再以本机关名义立案、作出决定"))
    ground: str = entry(_("终止理由"), "long", longest=1000)

    def problems(self, attempt: Attempt[Mandate, Any]) -> dict[str, Any]:
        """Not in the past: what was done within the mandate stays so."""
        return end_problems(self, attempt)


def end_problems(data: Any, attempt: Attempt[Any, Any]) -> dict[str, Any]:
    """A ground, and a day from today on that lies within the days of the thing."""
    found = blanks(data, ground=_gettext("请写明理由。"))
    last = attempt.subject.valid_to
    if data.ended_on < attempt.today:
        found["ended_on"] = _gettext("不能从过去开始终止：在那以后办的案件当时是有效的。")
    elif last is not None and data.ended_on > last:
        found["ended_on"] = _gettext("它到 %(day)s 本来就期满。") % {"day": last.isoformat()}
    return found


def _end(attempt: Attempt[Mandate, End]) -> None:
    mandate = attempt.subject
    mandate.ended_on, mandate.ended_ground = attempt.data.ended_on, attempt.data.ground.strip()
    attempt.matter.closed_at = attempt.now
    attempt.matter.save(update_fields=["closed_at"])
    attempt.label(ended_on=attempt.data.ended_on.isoformat())
    attempt.fact("mandate.ended")


def _action(key: str, label: Any, source: frozenset[str], target: State, **more: Any) -> Action[Any, Any]:
    return Action(f"subjects.mandate.{key}", label, source=source, target=target.value, model=Mandate, law=LAW, **more)


DRAW = _action(
    "draw", _("签发委托书"), frozenset(), State.SIGNED, roles=HEADS, proposes=DRAWERS, data=Draw, body=_draw,
    facts=("mandate.signed",), papers=("subjects.mandate",),
)  # fmt: skip
PUBLISH = _action(
    "publish", _("公布委托书"), frozenset({State.SIGNED.value}), State.PUBLISHED, roles=ADMINS | HEADS, data=Nothing,
    body=_publish, facts=("mandate.published",), primary=True,
)  # fmt: skip
END = _action(
    "end", _("终止委托"), frozenset({State.SIGNED.value, State.PUBLISHED.value}), State.ENDED, roles=HEADS,
    proposes=DRAWERS, data=End, body=_end, facts=("mandate.ended",), rare=True,
)  # fmt: skip
ACTIONS = (DRAW, PUBLISH, END)
