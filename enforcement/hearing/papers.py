"""The papers of a hearing: the notice of its day, the record, the chair's report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enforcement.hearing.course import course_of
from enforcement.hearing.models import Hearing, Summons
from enforcement.models import Case
from enforcement.papers import cause, joined_parties, signers
from portal.documents.blocks import Contact, Signer
from portal.documents.kinds import DocumentKind, register_kind
from portal.documents.spelling import chinese_date


def spoken_moment(moment: dt.datetime) -> str:
    """2026年11月24日10时30分."""
    local = timezone.localtime(moment)
    return f"{chinese_date(local.date())}{local.hour}时{local.minute:02d}分"


@dataclass(frozen=True)
class SummonsLetter:
    """听证通知书 (处罚法64条2项至6项)."""

    party: str
    you: str
    cause: str
    asked_on: str
    notice: str
    held_at: str
    place: str
    public: bool
    closed: str
    chair: str
    recorder: str
    before: str  # when the hearing was to be, for a postponed one
    reason: str
    contact: Contact


@dataclass(frozen=True)
class HearingPaper:
    """听证笔录 and 听证报告: the people, what both sides said, how it was signed, what the chair advises."""

    cause: str
    party: str
    span: str
    place: str
    openness: str
    chair: str
    recorder: str
    investigators: tuple[Signer, ...]
    present: str
    agents: str
    presented: str
    defence: str
    closing_words: str
    absence: str
    signed: str
    report: str = ""
    advice: str = ""
    reported_on: str = ""


class SummonsKind(DocumentKind):
    """听证通知书."""

    key = "hearing.summons"
    label = _("听证通知书")
    series = "听通"
    template = "hearing/papers/summons.html"
    signers = ("head",)
    about = "summons"

    def title(self, matter: Any, subject: Case, extra: dict[str, Any]) -> str:
        """As the law names it."""
        return "行政处罚听证通知书"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> SummonsLetter:
        """From one notice of a hearing."""
        summons = Summons.objects.select_related("hearing__chair", "hearing__recorder", "hearing__notice").get(
            pk=extra["summons"]
        )
        hearing, course = summons.hearing, course_of(subject)
        earlier = hearing.summonses.filter(pk__lt=summons.pk).order_by("-pk").first()
        asked = course.owed[0] if course.owed else None
        parties = joined_parties(subject)
        return SummonsLetter(
            party=course.names or parties.name,
            you=parties.you,
            cause=cause(subject),
            asked_on=chinese_date(asked.made_on) if asked else "",
            notice=asked.notice.number if asked else hearing.notice.number,
            held_at=spoken_moment(summons.held_at),
            place=summons.place,
            public=hearing.public,
            closed=str(hearing.get_closed_ground_display()).removeprefix("涉及"),
            chair=hearing.chair.name,
            recorder=hearing.recorder.name,
            before=spoken_moment(earlier.held_at) if earlier else "",
            reason=summons.reason.rstrip("。"),
            contact=Contact(address=matter.department.address, phone=matter.department.phone),
        )


def _paper(case: Case, hearing: Hearing) -> HearingPaper:
    summons = hearing.summonses.order_by("-pk").first()
    started, ended = hearing.started_at, hearing.ended_at
    if started is None or ended is None or summons is None:
        raise LookupError("the hearing has not been held")
    names = [answer.statement.party.name for answer in hearing.answers.select_related("statement__party")]
    return HearingPaper(
        cause=cause(case),
        party="、".join(dict.fromkeys(names)) or joined_parties(case).name,
        span=f"{spoken_moment(started)}至{timezone.localtime(ended):%H时%M分}",
        place=summons.place,
        openness="公开" if hearing.public else f"不公开（{hearing.get_closed_ground_display()}）",
        chair=hearing.chair.name,
        recorder=hearing.recorder.name,
        investigators=signers(case),
        present=hearing.present,
        agents=hearing.agents,
        presented=hearing.presented,
        defence=hearing.defence,
        closing_words=hearing.closing_words,
        absence=hearing.reason,
        signed=hearing.refusal if hearing.signed == Hearing.Signed.REFUSED else "",
        report=hearing.report,
        advice=hearing.advice,
        reported_on=chinese_date(hearing.reported_on) if hearing.reported_on else "",
    )


class RecordKind(DocumentKind):
    """听证笔录: the fair copy of what was recorded."""

    key = "hearing.record"
    label = _("听证笔录")
    template = "hearing/papers/record.html"
    about = "hearing"
    sealed = False

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> HearingPaper:
        """From one hearing."""
        return _paper(subject, _hearing(extra))


class ReportKind(DocumentKind):
    """听证报告 (参照; the law asks for the record only)."""

    key = "hearing.report"
    label = _("听证报告")
    template = "hearing/papers/report.html"
    about = "hearing"
    sealed = False
    audience = "internal"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> HearingPaper:
        """From one hearing."""
        return _paper(subject, _hearing(extra))


def _hearing(extra: dict[str, Any]) -> Hearing:
    return Hearing.objects.select_related("chair", "recorder").get(pk=extra["hearing"])


def register() -> None:
    """Register the kinds."""
    for kind in (SummonsKind, RecordKind, ReportKind):
        register_kind(kind)
