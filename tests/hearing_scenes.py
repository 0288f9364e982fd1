"""A case whose party wants a hearing, at every stage of it; everything through the door."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from enforcement.cases import actions as case_actions
from enforcement.hearing import actions, data
from enforcement.hearing.models import Hearing, Summons
from enforcement.models import Case, Statement
from portal.attachments import store
from portal.workflow import proposals
from portal.workflow.door import perform
from tests import case_scenes as scene
from tests.cast import Cast, fresh

ASKED = dt.date(2025, 8, 11)
SCHEDULED = dt.date(2025, 8, 12)
TOLD = dt.date(2025, 8, 13)  # the last clear day of the hearing on HELD
HELD = dt.date(2025, 8, 25)
REPORTED = dt.date(2025, 8, 27)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def at(day: dt.date, hour: int = 10, minute: int = 30) -> dt.datetime:
    """A moment of a day in Asia/Shanghai."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def paper(cast: Cast, case: Case, name: str = "材料（虚构）.pdf") -> int:
    """A file of the case."""
    return int(store(case.matter, SimpleUploadedFile(name, PDF, "application/pdf"), fresh(cast.officer)).pk)


def again(case: Case) -> Case:
    """The case as it is now."""
    return Case.objects.get(pk=case.pk)


def asked(cast: Cast, *, day: dt.date = ASKED, offered: bool = True, **changes: Any) -> Case:
    """The notice is served, and the party has asked for a hearing."""
    case = scene.notice_served(cast, hearing_offered=offered, **changes)
    return ask(cast, case, day)


def ask(cast: Cast, case: Case, day: dt.date, **changes: Any) -> Case:
    """One request more."""
    with scene.on(day):
        form = scene.waiver(case, Statement.Kind.HEARING.value, **changes)
        perform(again(case), case_actions.STATEMENT, actor=fresh(cast.officer), data=form)
    return again(case)


def request_of(case: Case) -> Statement:
    """The only request."""
    return Statement.objects.get(notice__case=case, kind=Statement.Kind.HEARING)


def schedule_data(cast: Cast, day: dt.date = HELD, **changes: Any) -> data.Schedule:
    """Wang of legal review chairs, Wu takes the record, in public."""
    made = data.Schedule(
        held_at=at(day), place="示例路 2 号 301 室", chair=cast.legal.pk, recorder=cast.dept_admin.pk, public=True
    )
    return replace(made, **changes)


def by_head(cast: Cast, case: Case, action: Any, form: Any) -> Case:
    """Put forward by Chen, approved by Zhao, and printed."""
    proposal = proposals.request(again(case), action, actor=fresh(cast.officer), data=form)
    proposals.approve(proposal, actor=fresh(cast.head))
    scene.render_all()
    return again(case)


def scheduled(cast: Cast, case: Case | None = None, **changes: Any) -> Case:
    """The hearing is arranged, its notice made."""
    case = case or asked(cast)
    with scene.on(SCHEDULED):
        return by_head(cast, case, actions.SCHEDULE, schedule_data(cast, **changes))


def ahead(case: Case) -> Hearing:
    """The hearing that is arranged."""
    return Hearing.objects.get(act=case.pk, outcome="pending")


def summons_of(case: Case) -> Summons:
    """The notice that counts."""
    found = ahead(case).summonses.order_by("-pk").first()
    assert found is not None
    return found


def serve_data(case: Case, day: dt.date = TOLD, **changes: Any) -> data.Serve:
    """Into the hands of the first party."""
    party = case.parties.order_by("pk")[0]
    return replace(data.Serve(party=party.pk, method="direct", served_on=day, receiver="王小虚"), **changes)


def told(cast: Cast, case: Case | None = None, day: dt.date = TOLD) -> Case:
    """The notice of the hearing has reached the party."""
    case = case or scheduled(cast)
    with scene.on(day):
        perform(again(case), actions.SERVE, actor=fresh(cast.officer), data=serve_data(case, day))
    return again(case)


def hold_data(cast: Cast, case: Case, day: dt.date = HELD, **changes: Any) -> data.Hold:
    """An hour and a half, everybody there, signed."""
    made = data.Hold(
        started_at=at(day),
        ended_at=at(day, 12, 0),
        present="王小虚（当事人的经营者）\n陈示例、李示例（调查人员）",
        presented="货架上有超过保质期的酸奶 6 盒，建议警告并罚款 5000 元（虚构）",
        defence="当天已经下架，请求减轻（虚构）",
        signed="signed",
        file=paper(cast, case, "听证笔录（虚构）.pdf"),
    )
    return replace(made, **changes)


def held(cast: Cast, case: Case | None = None, **changes: Any) -> Case:
    """The hearing took place; the chair has entered its record."""
    case = case or told(cast)
    with scene.on(HELD, 15):
        form = hold_data(cast, case, **changes)
        perform(again(case), actions.HOLD, actor=fresh(cast.legal), data=form)
        scene.render_all()
    return again(case)


def reported(cast: Cast, case: Case | None = None) -> Case:
    """The chair has reported."""
    case = case or held(cast)
    with scene.on(REPORTED):
        form = data.Report(report="双方争议在于下架的时间（虚构）", advice="建议采纳减轻的意见（虚构）")
        perform(again(case), actions.REPORT, actor=fresh(cast.legal), data=form)
        scene.render_all()
    return again(case)
