"""Shows encounters to both sides: on the case's page, on the workbench, and once as a notice; never the other's file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enforcement.cases.sections import CaseSection
from enforcement.models import Case, EnforcementAct
from enforcement.radar.finding import Encounter, of_acts, of_department
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.inbox import notify
from portal.theme.components import Column, Pair, Table
from portal.workflow.registry import Stated

HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
HANDLERS = frozenset({Role.OFFICER.value, Role.LEGAL.value})
LOOK_BACK = 365
ON_CARD = 5
ON_PAGE = 20


def how_words(how: str) -> str:
    """Why the parties count as the same."""
    words = {"code": _("信用代码相同"), "identity": _("证件号码相同"), "name": _("名称相同，须核对是否同一人")}
    return words[how]


def may_see(user: Any, act: EnforcementAct) -> bool:
    """Handlers and heads of the act's own department, and the bureau; not a guest of the matter."""
    return bool(user.sees_everything or (user.home_id == act.department_id and user.has_role(*HANDLERS, *HEADS)))


def section(case: Case, user: Any) -> CaseSection | None:
    """The part of the case's page; nothing when there is no encounter."""
    if not may_see(user, case):
        return None
    found = of_acts([case.pk], ON_PAGE)
    if not found:
        return None
    table = Table(
        _("其他部门的案件"),
        [Column(_("部门")), Column(_("案号")), Column(_("事项")), Column(_("登记")), Column(_("当事人"))],
        [
            [one.department_name, one.number or _("尚未立案"), one.item or "—", one.on.isoformat(), how_words(one.how)]
            for one in found
        ],
    )
    note = _("对同一违法行为不得给予两次以上罚款；都有管辖权的，由最先立案的机关管辖。请与对方核对，必要时协商管辖。")
    pairs = [Pair(_("怎么办"), note, small=_("处罚法25条、29条"))]
    return CaseSection("radar", _("其他部门可能在办同一件事"), pairs, [(str(table.caption), table)], urgent=True)


def values(user: User) -> dict[str, Any] | None:
    """The card of the workbench, in two statements; nothing for whom it does not concern or when nothing was found."""
    if user.sees_everything or not user.home_id or not user.has_role(*HANDLERS, *HEADS):
        return None
    since = timezone.localdate() - dt.timedelta(days=LOOK_BACK)
    handler = None if user.has_role(*HEADS) else user.pk
    found = of_department(user.home_id, since, handler)
    if not found:
        return None
    titles = dict(EnforcementAct.objects.filter(pk__in={one.act for one in found[:ON_CARD]}).values_list("pk", "title"))
    return {
        "radar": [
            {"title": titles.get(one.act, ""), "url": reverse("enforcement:case", args=[one.act]), "words": words(one)}
            for one in found[:ON_CARD]
        ],
        "radar_more": max(len(found) - ON_CARD, 0),
    }


def words(one: Encounter) -> str:
    """The other side in one line: department, number, item, day."""
    number = one.number or _("尚未立案")
    return _("%(department)s %(number)s，%(item)s，%(day)s 登记") % {
        "department": one.department_short, "number": number, "item": one.item or "—", "day": one.on.isoformat(),
    }  # fmt: skip


def tell(stated: Stated) -> None:
    """Reaction: both departments hear of an encounter once."""
    tell_many([stated])


def tell_many(many: list[Stated]) -> None:
    """The same for many cases, in one statement to find them."""
    found = of_acts([stated.matter.pk for stated in many])
    if not found:
        return
    acts = {one.pk: one for one in EnforcementAct.objects.filter(pk__in={one.act for one in found} | {one.other for one in found}).select_related("matter", "department", "item")}  # fmt: skip
    for one in found:
        mine, other = acts[one.act], acts[one.other]
        _notify(mine, other.pk, words(one))
        seen = Encounter(
            other.pk, mine.pk, mine.number, mine.department_id, mine.department.name, mine.department.short_name,
            mine.item.name if mine.item else "", mine.registered_on, one.how,
        )  # fmt: skip
        _notify(other, mine.pk, words(seen))


def _notify(act: EnforcementAct, other: int, line: str) -> None:
    """Whoever is on the case, for a lead the department's officers, and its heads; once for each pair of cases."""
    handling = Q(officer__act_roles__act=act, officer__act_roles__until=None)
    if act.state == EnforcementAct.State.LEAD:
        handling |= Q(role_assignments__role=Role.OFFICER.value)
    people = User.objects.filter(department=act.department_id, is_active=True)
    people = people.filter(handling | Q(role_assignments__role__in=HEADS)).distinct()
    notify(
        people,
        _("%(title)s：其他部门可能在办同一件事（%(line)s）") % {"title": act.title[:60], "line": line},
        kind="radar",
        url=reverse("enforcement:case", args=[act.pk]),
        matter=act.matter,
        key=f"radar:{act.pk}:{other}",
    )
