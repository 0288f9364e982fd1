"""Where the hearing of a case stands: what is owed, what is ahead, who was told; asked once for a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from enforcement.hearing.models import Hearing, Summons, SummonsService
from enforcement.models import EnforcementAct, Party, Statement
from portal.deadlines.services import window_end


@dataclass
class Course:
    """The requests for a hearing in a case and what has come of them."""

    act: Any

    @cached_property
    def requests(self) -> list[Statement]:
        """Every request, the oldest first; one made to a notice that was replaced still counts (处罚法63条)."""
        found = Statement.objects.filter(notice__case=self.act.pk, kind=Statement.Kind.HEARING)
        return list(found.select_related("party", "notice", "hearing_answer").order_by("made_on", "pk"))

    @cached_property
    def owed(self) -> list[Statement]:
        """The requests that nothing has come of yet."""
        return [one for one in self.requests if not hasattr(one, "hearing_answer")]

    @property
    def parties(self) -> list[Party]:
        """Who is still owed a hearing, each once."""
        return list({one.party_id: one.party for one in self.owed}.values())

    @property
    def names(self) -> str:
        """Their names in a line."""
        return "、".join(party.name for party in self.parties)

    @cached_property
    def ahead(self) -> Hearing | None:
        """The hearing that has been arranged and has not ended."""
        found = Hearing.objects.filter(act=self.act.pk, outcome=Hearing.Outcome.PENDING)
        return found.select_related("chair", "recorder").first()

    @cached_property
    def summons(self) -> Summons | None:
        """The notice that counts: the last one of the hearing ahead."""
        if self.ahead is None:
            return None
        return self.ahead.summonses.select_related("document").order_by("-pk").first()

    @cached_property
    def services(self) -> dict[int, SummonsService]:
        """By party, how the notice that counts reached him."""
        if self.summons is None:
            return {}
        return {one.party_id: one for one in self.summons.services.all()}

    @property
    def unserved(self) -> list[Party]:
        """Whom the notice that counts has not reached."""
        return [party for party in self.parties if party.pk not in self.services]

    @cached_property
    def unreported(self) -> Hearing | None:
        """The last hearing with a record and without a report."""
        found = Hearing.objects.filter(act=self.act.pk, outcome__in=RECORDED, reported_on=None)
        return found.select_related("chair").order_by("-pk").first()


RECORDED = (Hearing.Outcome.HELD, Hearing.Outcome.LEFT)


def course_of(case: Any) -> Course:
    """The course of a case, kept with the case as it was read; the door reads it anew for every attempt."""
    known: Course | None = case.__dict__.get("_hearing_course")
    if known is None:
        known = case.__dict__["_hearing_course"] = Course(case)
    return known


def last_hearing_day(act: EnforcementAct) -> dt.date | None:
    """The day on which the last hearing with a record took place, also one that a party left."""
    found = Hearing.objects.filter(act=act.pk, outcome__in=RECORDED).order_by("-started_at").first()
    return None if found is None or found.started_at is None else timezone.localdate(found.started_at)


def last_day_to_ask(matter: Any, request: Statement) -> dt.date | None:
    """The last day on which the party could ask for a hearing; nothing when the period never began."""
    return window_end(matter, "case.hearing_request", f"{request.notice.about} {request.party.about}")


def forget(case: Any) -> None:
    """Let the case ask anew after a step."""
    case.__dict__.pop("_hearing_course", None)
