"""The first facts of many new matters at once, and the obligations that follow from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.deadlines.calendar_store import calendar
from portal.deadlines.engine import Surroundings, derive
from portal.deadlines.errors import LateEntryWithoutReason
from portal.deadlines.keeping import ObligationWriter, surroundings_of
from portal.deadlines.models import Fact, Obligation
from portal.deadlines.periods import Moment, moment
from portal.deadlines.registry import rules
from portal.deadlines.statements import StatedFact, read_about
from portal.matters.copying import copy_rows

if TYPE_CHECKING:
    from portal.ledger.models import Event
    from portal.matters.models import Matter


@dataclass(frozen=True)
class FirstFact:
    """A fact to be stated of a matter that has none yet."""

    matter: Matter
    name: str
    at: datetime | date
    event: Event
    about: str = ""
    value: dict[str, Any] = field(default_factory=dict)
    late_reason: str = ""


def state_first_facts(firsts: Sequence[FirstFact]) -> list[Fact]:
    """State these facts and derive the obligations of their matters, in two statements.

    The matters must be new in this transaction: nothing is compared with what was there. Otherwise
    the same as `state_fact` and `replay`. Raises LateEntryWithoutReason.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    workdays = calendar("xinjiang")
    late: dict[date, int] = {}
    facts = []
    for first in firsts:
        read_about(first.about)
        happened = moment(first.at)
        if happened.on not in late:
            late[happened.on] = max(0, workdays.workdays_between(happened.on, today))
        if late[happened.on] > 1 and not first.late_reason.strip():
            raise LateEntryWithoutReason(
                _("%(day)s发生的事今天才录入，晚了 %(count)d 个工作日：请写明迟录的原因。")
                % {"day": f"{happened.on:%Y-%m-%d}", "count": late[happened.on]}
            )
        facts.append(
            Fact(
                matter=first.matter,
                name=first.name,
                at=happened.at,
                exact=happened.exact,
                known_at=now,
                entered_at=now,
                about=first.about,
                value=first.value,
                event=first.event,
                late_workdays=late[happened.on],
                late_reason=first.late_reason.strip(),
            )
        )
    made = Fact.objects.bulk_create(facts)
    copy_rows(_obligations(made))
    return made


def _obligations(facts: list[Fact]) -> list[Obligation]:
    by_matter: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_matter[fact.matter_id].append(fact)
    around: dict[int, Surroundings] = {}
    known = rules()
    rows: list[Obligation] = []
    for own in by_matter.values():
        matter, event = own[0].matter, own[0].event
        surroundings = around.get(matter.department_id)
        if surroundings is None:
            surroundings = around[matter.department_id] = surroundings_of(matter)
        stated = [
            StatedFact(
                fact.name,
                Moment(fact.at, fact.exact),
                Moment(fact.known_at, exact=True),
                read_about(fact.about),
                fact.value,
            )
            for fact in own
        ]
        writer = ObligationWriter(matter, event, event.name if event else "")
        for one in derive(known, stated, surroundings):
            writer.take(one, None)
        rows += writer.made
    return rows
