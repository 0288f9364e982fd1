"""Who handles a case from a day on: the officers chosen, the first of them in the lead; the others leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from enforcement.models import ActOfficer, Case
from personnel.models import Certificate


def handling(case: Any) -> list[int]:
    """The officers on the case now, the one in the lead first."""
    links = case.act_officers.filter(until=None).order_by("pk")
    return [link.officer_id for link in sorted(links, key=lambda link: link.role != ActOfficer.Role.LEAD)]


def put_on(case: Case, officers: Sequence[int], on: dt.date) -> None:
    """Exactly these officers handle the case from the day; whoever stays keeps his own beginning."""
    there = {link.officer_id: link for link in ActOfficer.objects.filter(act=case, until=None)}
    for officer, link in there.items():
        if officer not in officers:
            link.until = max(on, link.since)
            link.save()
    for place, officer in enumerate(dict.fromkeys(officers)):
        role = ActOfficer.Role.LEAD if place == 0 else ActOfficer.Role.ASSISTANT
        if officer in there:
            link = there[officer]
            link.role, link.since = role, min(link.since, on)
            link.save()
            continue
        certificate = Certificate.objects.valid_on(on).filter(officer=officer).first()
        ActOfficer.objects.create(
            act=case,
            officer_id=officer,
            role=role,
            certificate_number=certificate.number if certificate else "",
            since=on,
        )
