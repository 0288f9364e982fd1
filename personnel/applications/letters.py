"""Lists on their way: a department sends several applications at once, the bureau forwards them to the issuer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.applications import actions, bodies
from personnel.applications import data as forms
from personnel.applications.gates import problems_of
from personnel.applications.models import Application, Letter
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import entry
from portal.workflow.door import perform

S = Application.State
MOST = 200
PASSED = frozenset({S.PASSED.value})


def at_home(_subject: Any, actor: Any) -> list[tuple[str, str]]:
    """The department's applications that can be sent."""
    rows = Application.objects.filter(department=actor.department_id, state__in=actions.AT_HOME)
    return _offered(rows)


def passed(_subject: Any, _actor: Any) -> list[tuple[str, str]]:
    """Every application the bureau has passed."""
    return _offered(Application.objects.filter(state__in=PASSED))


def _offered(rows: Any) -> list[tuple[str, str]]:
    found = rows.select_related("officer", "department").order_by("department__code", "officer__name", "pk")[:MOST]
    return [
        (str(one.pk), f"{one.officer.name}（{one.department.short_name}，{'、'.join(one.fields)}）") for one in found
    ]


def everybody(offered: Any) -> Any:
    """The form begins with all of them ticked."""
    return lambda subject, actor: {"applications": [key for key, _label in offered(subject, actor)]}


def chosen(given: Any) -> list[Application]:
    """The applications named, in the order of departments and names; what is no number is nobody."""
    keys = [int(key) for key in given.applications if str(key).isascii() and str(key).isdigit() and len(str(key)) < 19]
    rows = Application.objects.filter(pk__in=keys).select_related("officer__department", "department", "matter")
    return list(rows.order_by("department__code", "officer__name", "pk"))


def _listed(given: Any, found: list[Application]) -> dict[str, str]:
    if not given.applications:
        return {"applications": _gettext("至少选一名人员。")}
    if len(set(given.applications)) > MOST:
        return {"applications": _gettext("一次最多 %(most)d 人，请分几次办。") % {"most": MOST}}
    if len(found) != len(set(given.applications)):
        return {"applications": _gettext("有一份申领不在可选范围内，请重新选择。")}
    return {}


@dataclass(frozen=True)
class Send:
    """Whom the department sends, with its opinion."""

    applications: tuple[str, ...] = entry(_("申领人员"), "choices", options=at_home)
    opinion: str = entry(_("单位意见"), "long", longest=300, help=_("写在每个人的申领表上，例如：材料属实，同意申领"))
    note: str = entry(_("报送说明"), "long", default="", longest=500)

    def problems(self, attempt: Attempt[Letter, Send]) -> dict[str, str]:
        """What the form tells field by field."""
        own = [one for one in chosen(self) if one.department_id == attempt.actor.department_id]
        found = _listed(self, own)
        if not self.opinion.strip():
            found["opinion"] = _gettext("请填写单位意见。")
        return found


@dataclass(frozen=True)
class Forward:
    """Whom the bureau forwards, and to which issuer."""

    applications: tuple[str, ...] = entry(_("申领人员"), "choices", options=passed)
    level: str = entry(_("发证机关层级"), "choice", options=lambda _subject, _actor: Letter.Issuer.choices)
    issuer: str = entry(_("发证机关"), longest=80, help=_("主送机关全称，例如：新疆维吾尔自治区司法厅"))
    note: str = entry(_("说明"), "long", default="", longest=500)

    def problems(self, _attempt: Attempt[Letter, Forward]) -> dict[str, str]:
        """What the form tells field by field."""
        found = _listed(self, chosen(self))
        if not self.issuer.strip():
            found["issuer"] = _gettext("请填发证机关。")
        return found


def _sendable(attempt: Attempt[Letter, Send]) -> bool | str:
    deciding = attempt.actor if attempt.proposal is not None else None
    return "；".join(problems_of(chosen(attempt.data), actor=deciding, wanted=actions.AT_HOME, whole=True)) or True


def _forwardable(attempt: Attempt[Letter, Forward]) -> bool | str:
    deciding = attempt.actor if attempt.proposal is not None else None
    return "；".join(problems_of(chosen(attempt.data), actor=deciding, wanted=PASSED, whole=False)) or True


def _send(attempt: Attempt[Letter, Send]) -> None:
    applications, department = chosen(attempt.data), attempt.actor.department
    _letter(attempt, Letter.Kind.SENDING, department, bodies.bureau().name, applications)
    for application in applications:
        said = forms.Submit(attempt.data.opinion)
        perform(application, actions.SUBMIT, actor=attempt.actor, data=said, proposal=attempt.proposal, now=attempt.now)
    attempt.fact("application_letter.sent")
    _paper(attempt, "applications.sending", applications)


def _forward(attempt: Attempt[Letter, Forward]) -> None:
    given, applications = attempt.data, chosen(attempt.data)
    _letter(attempt, Letter.Kind.FORWARDING, bodies.bureau(), given.issuer.strip(), applications)
    attempt.subject.issuer_level = given.level
    for application in applications:
        carried = forms.Carried(attempt.matter.pk)
        perform(
            application, actions.FORWARD, actor=attempt.actor, data=carried, proposal=attempt.proposal, now=attempt.now
        )
    attempt.fact("application_letter.forwarded")
    _paper(attempt, "applications.forwarding", applications)


def _letter(
    attempt: Attempt[Letter, Any], kind: Letter.Kind, department: Any, to: str, whose: list[Application]
) -> None:
    title = (
        _gettext("报送执法证申领（%(count)d 人）")
        if kind == Letter.Kind.SENDING
        else _gettext("转报执法证申领（%(count)d 人）")
    )
    attempt.matter = Matter.objects.create(
        kind="application_letter",
        department=department,
        title=title % {"count": len(whose)},
        opened_at=attempt.now,
        closed_at=attempt.now,
    )
    attempt.subject = Letter(
        matter=attempt.matter,
        kind=kind,
        issuer=to,
        sent_on=attempt.today,
        count=len(whose),
        note=attempt.data.note.strip(),
    )
    attempt.label(count=len(whose), to=to)
    if kind == Letter.Kind.SENDING:
        for one in whose:
            bodies.link(attempt.matter.pk, one.matter, bodies.SENT)


def _paper(attempt: Attempt[Letter, Any], kind: str, applications: list[Application]) -> None:
    matter = attempt.matter

    def number(document: Any) -> None:
        matter.number = document.number
        matter.save(update_fields=["number"])

    attempt.paper(kind, then=number, applications=[one.pk for one in applications])


SEND = Action[Letter, Send](
    "application.letter.send",
    _("批量报送申领"),
    source=frozenset(),
    target=Letter.State.SENT.value,
    roles=actions.HEADS,
    proposes=actions.ADMINS,
    data=Send,
    body=_send,
    model=Letter,
    gates=(Gate("all_sendable", _("名单里有人现在不能报送。"), ("ZJX-01", "JD-14"), _sendable, needs_data=True),),
    facts=("application_letter.sent",),
    papers=("applications.sending",),
    initial=everybody(at_home),
    law=("ZJX-01",),
)
FORWARD = Action[Letter, Forward](
    "application.letter.forward",
    _("转报发证机关"),
    source=frozenset(),
    target=Letter.State.SENT.value,
    roles=actions.CHIEF,
    proposes=actions.SUPERVISORS,
    data=Forward,
    body=_forward,
    model=Letter,
    gates=(Gate("all_forwardable", _("名单里有人现在不能转报。"), ("JD-14", "ZJX-02"), _forwardable, needs_data=True),),
    facts=("application_letter.forwarded",),
    papers=("applications.forwarding",),
    initial=everybody(passed),
    law=("JD-14",),
)
ACTIONS = (SEND, FORWARD)
