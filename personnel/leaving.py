"""Whoever leaves his post has his certificates taken in at once, by the programme itself (ZJX-02)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel import gates
from personnel.models import Certificate, Officer, Suspension
from personnel.papers import CollectionNotice
from personnel.turns import take_turn
from portal.workflow.actions import Action, Attempt
from portal.workflow.door import perform
from portal.workflow.errors import Overtaken

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class Left:
    """Why and since when he is no longer in the post, and who registered it."""

    ground: str
    registrar: str
    on: dt.date
    late_reason: str


def _take_in(attempt: Attempt[Certificate, Left]) -> None:
    take_turn(attempt.subject.officer_id)
    Suspension.objects.create(certificate=attempt.subject, begun_on=attempt.on, ground=attempt.data.ground)
    attempt.label(ground=attempt.data.ground, registrar=attempt.data.registrar)
    attempt.fact("certificate.suspended")
    if attempt.on <= attempt.today and not gates.is_of_ministry(attempt.subject):
        attempt.paper(CollectionNotice.key, on=attempt.on.isoformat(), ground=attempt.data.ground)


TAKE_IN = Action[Certificate, Left](
    "certificate.take_in",
    _("离岗暂扣"),
    source=frozenset({Certificate.State.ISSUED.value}),
    target=Certificate.State.SUSPENDED.value,
    roles=frozenset(),
    data=Left,
    body=_take_in,
    model=Certificate,
    facts=("certificate.suspended",),
    papers=(CollectionNotice.key,),
    law=("ZJX-02",),
    system=True,
    hidden=True,
)


def take_in_certificates(officer: Officer, on: dt.date, ground: str, actor: User) -> None:
    """Suspend every certificate in his hands, also one that has expired, from the first day out of the post.

    A certificate that was in force only later, or given back later, is suspended from that day instead.
    Cancelling follows when his open cases have another officer; to be registered with `left_duty`.
    """
    for certificate in officer.certificates.filter(state=Certificate.State.ISSUED).order_by("pk"):
        given_back = (
            certificate.suspensions.exclude(ended_on=None)
            .order_by("-ended_on")
            .values_list("ended_on", flat=True)
            .first()
        )
        since = max(day for day in (on, certificate.valid_from, given_back) if day is not None)
        left = Left(
            ground=ground,
            registrar=actor.name,
            on=since,
            late_reason=_gettext("离岗于登记时补录：%(ground)s") % {"ground": ground},
        )
        try:
            perform(certificate, TAKE_IN, actor=None, data=left)
        except Overtaken:
            continue  # somebody else took it in a moment ago
