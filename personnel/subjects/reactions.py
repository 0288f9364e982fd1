"""What follows in the register: the other side is told, a body sees its mandate."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from personnel.subjects.who_and_when import ADMINS, HEADS
from portal.accounts.models import User
from portal.accounts.roles import BUREAU_ROLES
from portal.inbox import notify
from portal.matters.registry import url_of
from portal.workflow.registry import Stated

TO_BUREAU = {
    "subject.applied": _("%(what)s已申报主体资格，请审核"),
    "mandate.signed": _("%(what)s：委托书已签发"),
    "mandate.ended": _("%(what)s：委托已终止"),
}
TO_DEPARTMENT = {
    "subject.returned": _("%(what)s已退回，请补正后再报"),
    "subject.confirmed": _("%(what)s已确认"),
    "subject.published": _("%(what)s已公告"),
    "subject.withdrawn": _("%(what)s已撤销，从撤销之日起不能立案、作出决定"),
    "empowerment.published": _("%(what)s：赋权清单已公布"),
    "empowerment.items_taken_back": _("%(what)s：有事项收回，请看清单"),
    "empowerment.ended": _("%(what)s：赋权已终止"),
}
TO_BODY = {
    "mandate.signed": _("%(what)s：委托书已签发，公布后可以据以办案"),
    "mandate.published": _("%(what)s：委托书已公布，可以据以办案"),
    "mandate.ended": _("%(what)s：委托已终止，从终止之日起不能再以委托机关名义办案"),
}
TOLD = {*TO_BUREAU, *TO_DEPARTMENT, *TO_BODY}


def tell(stated: Stated) -> None:
    """Reaction: whoever has to act on it, or may not go on, hears of it."""
    name = stated.fact.name
    if name in TO_BUREAU:
        _notify(stated, TO_BUREAU[name], User.objects.filter(role_assignments__role__in=BUREAU_ROLES), "bureau")
    if name in TO_DEPARTMENT:
        _notify(stated, TO_DEPARTMENT[name], _leading(stated.matter.department_id), "department")
    if name in TO_BODY:
        _notify(stated, TO_BODY[name], _leading(stated.subject.body_id), "body")


def _leading(department: int) -> Any:
    return User.objects.filter(department=department, role_assignments__role__in=ADMINS | HEADS)


def _notify(stated: Stated, words: Any, people: Any, whom: str) -> None:
    notify(
        people.filter(is_active=True).distinct(),
        str(words) % {"what": stated.matter.title},
        kind="subjects",
        url=url_of(stated.matter),
        matter=stated.matter,
        key=f"{whom}:{stated.fact.name}:{stated.fact.pk}",
    )
