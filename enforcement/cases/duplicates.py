"""Which other acts are about the same party and item, in any department: the radar of 处罚法25条 and 29条."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _t

from enforcement.models import EnforcementAct, EnforcementItem

MOST = 10
_near_days: list[Callable[[dt.date], int]] = []


def near_days_from(ask: Callable[[dt.date], int]) -> None:
    """Say who knows how many days apart two registrations may be (set locally); in ready()."""
    _near_days[:] = [ask]


def same_party(*, name: str, credit_code: str = "", identity_hash: str = "") -> Q:
    """Acts on the party: by its number, else by its name."""
    if credit_code:
        return Q(parties__credit_code=credit_code)
    if identity_hash:
        return Q(parties__identity_hash=identity_hash)
    return Q(parties__name=name)


def similar_acts(parties: Q, item: Any, on: dt.date) -> list[EnforcementAct]:
    """Open or decided penalty acts on one of the parties and the item, registered as near the day as is set locally."""
    near = dt.timedelta(days=_near_days[0](on))
    found = EnforcementAct.objects.filter(
        parties, registered_on__range=(on - near, on + near), kind=EnforcementItem.Kind.PENALTY
    )
    if item is not None:
        found = found.filter(item__name=item.name)
    found = found.exclude(state=EnforcementAct.State.NOT_FILED)
    return list(found.select_related("department").distinct().order_by("registered_on", "pk")[: MOST + 1])


def same_parties(case: EnforcementAct) -> Q:
    """Acts on one of the case's parties."""
    same = Q(pk__in=[])
    for party in case.parties.all():
        same |= same_party(name=party.name, credit_code=party.credit_code, identity_hash=party.identity_hash)
    return same


def duplicates(case: EnforcementAct) -> list[EnforcementAct]:
    """Other open or decided acts on the same party and item registered near it, in any department."""
    return [act for act in similar_acts(same_parties(case), case.item, case.registered_on) if act.pk != case.pk][:MOST]


def fined(acts: Iterable[EnforcementAct]) -> list[EnforcementAct]:
    """Those of the acts in which a fine was imposed."""
    return [act for act in acts if act.decided_on and act.decisions.filter(fine__gt=0).exists()]


def where(acts: Iterable[EnforcementAct]) -> str:
    """In words: which department has which of them, since when, how far."""
    return "、".join(
        _t("%(department)s %(day)s 登记（%(state)s）")
        % {
            "department": act.department.short_name,
            "day": act.registered_on.isoformat(),
            "state": act.get_state_display(),
        }
        for act in acts
    )
