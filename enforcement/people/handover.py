"""Handing over an officer's open cases: each case through the door by itself, what was refused is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from enforcement.models import Case
from enforcement.people.actions import REASSIGN
from enforcement.people.data import Reassign
from personnel.models import Officer
from personnel.qualification import certified_officers
from portal.accounts.models import User
from portal.workflow.door import perform
from portal.workflow.errors import DoorError


@dataclass(frozen=True)
class HandedOver:
    """What became of one case; `refusal` empty: it has its new officer."""

    case: Case
    successor: str
    refusal: str = ""


def open_cases(officer: Officer, user: User) -> Any:
    """The cases he handles that are not closed and that the person may see, the oldest first.

    Whoever has gone to another department may still stand on cases of the one he left; they are not the new one's.
    """
    return (
        Case.objects.visible_to(user)
        .filter(pk__in=officer.act_roles.filter(until=None).values("act_id"), matter__closed_at=None)
        .select_related("department", "item")
        .order_by("registered_on", "pk")
    )


def successors(officer: Officer, user: User, on: Any) -> Any:
    """Certified officers on duty in the person's department; whether one fits a case is asked at the door."""
    if user.department is None:
        return Officer.objects.none()
    return certified_officers(user.department, on).exclude(pk=officer.pk).order_by("name", "pk")


def hand_over(officer: Officer, chosen: Mapping[int, int], *, reason: str, actor: User) -> list[HandedOver]:
    """Reassign each chosen case (case pk → successor pk); one that is refused leaves the others done.

    Only the officer's open cases count, whatever was posted. Each is a transaction of its own that locks its
    matter, so two heads doing the same at once change each case once.
    """
    names = dict(Officer.objects.filter(pk__in=set(chosen.values())).values_list("pk", "name"))
    done = []
    for case in open_cases(officer, actor).filter(pk__in=list(chosen)):
        successor = chosen[case.pk]
        data = Reassign(leaving=officer.pk, successor=successor, reason=reason)
        try:
            perform(case, REASSIGN, actor=actor, data=data)
        except DoorError as error:
            done.append(HandedOver(case, names.get(successor, ""), error.sentence))
        else:
            done.append(HandedOver(case, names.get(successor, "")))
    gone = set(chosen) - {one.case.pk for one in done}
    others = (
        Case.objects.visible_to(actor)
        .filter(pk__in=gone, act_officers__officer=officer)
        .select_related("department")
        .distinct()
    )
    told = _("这件案件已经不由%(name)s办理，可能刚由别人移交。") % {"name": officer.name}
    return [*done, *(HandedOver(case, "", told) for case in others)]
