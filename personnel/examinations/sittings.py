"""The steps of a sitting: begun by the person himself, ended by him or by the clock, marked by the programme."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.examinations.bank import LAW
from personnel.examinations.drawing import digest_of, draw
from personnel.examinations.models import Candidate, Examination, Item, Script, Sitting
from personnel.examinations.pools import pool_at, seed_of, wanted_by
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.errors import Overtaken

State, Outcome = Sitting.State, Candidate.Outcome
RUNNING, ENDED = frozenset({State.RUNNING.value}), frozenset({State.ENDED.value})
KIND = "sitting"
logger = logging.getLogger(__name__)
MARK = """
    UPDATE examinations_item i SET earned = CASE
        WHEN ARRAY(SELECT unnest(a.chosen) ORDER BY 1) = ARRAY(SELECT unnest(v.answer) ORDER BY 1) THEN i.halves ELSE 0 END
    FROM examinations_questionversion v
    JOIN examinations_question q ON q.id = v.question_id
    JOIN examinations_item j ON j.version_id = v.id
    LEFT JOIN examinations_answer a ON a.item_id = j.id
    WHERE j.id = i.id AND i.sitting_id = %s AND q.kind <> 'case'
"""
# A case question to which nothing was written needs nobody to read it.
NOTHING_WRITTEN = """
    UPDATE examinations_item i SET earned = 0
    FROM examinations_questionversion v JOIN examinations_question q ON q.id = v.question_id
    WHERE v.id = i.version_id AND i.sitting_id = %s AND q.kind = 'case' AND NOT EXISTS (
        SELECT FROM examinations_answer a WHERE a.item_id = i.id AND btrim(a.text, E' \\n\\r\\t') <> '')
"""


@dataclass(frozen=True)
class Begin:
    """Who begins: the candidate's row, and the account he is signed in with."""

    candidate: int
    user: int


@dataclass(frozen=True)
class ByHimself:
    """The account he is signed in with."""

    user: int


@dataclass(frozen=True)
class TimeUp:
    """The clock ends it, however late the programme comes to look."""

    late_reason: str = ""


def _candidate(attempt: Attempt[Sitting, Begin]) -> Candidate:
    rows = Candidate.objects.select_related("examination", "officer", "department")
    return rows.get(pk=attempt.data.candidate)


def _begin(attempt: Attempt[Sitting, Begin]) -> None:
    """The paper is drawn from what was fixed when the examination was announced; the end is fixed now."""
    candidate = _candidate(attempt)
    examination = candidate.examination
    number = (candidate.sittings.aggregate(last=Max("attempt"))["last"] or 0) + 1
    attempt.matter = Matter.objects.create(
        kind=KIND,
        department=candidate.officer.department,
        title=_gettext("答卷：%(title)s（%(name)s）") % {"title": examination.title, "name": candidate.officer.name},
        opened_at=attempt.now,
    )
    seed = seed_of(examination, candidate.pk, number)
    paper = draw(seed, wanted_by(examination), pool_at(examination.bank_version or 0))
    sitting = Sitting(
        matter=attempt.matter,
        candidate=candidate,
        attempt=number,
        seed=seed,
        begun_at=attempt.now,
        ends_at=min(attempt.now + dt.timedelta(minutes=examination.minutes), examination.closes_at)
        + dt.timedelta(minutes=candidate.extra_minutes),
        full_halves=sum(one.halves for one in paper),
    )
    sitting.save()
    Item.objects.bulk_create(
        Item(sitting=sitting, position=place, version_id=one.version, order=list(one.order), halves=one.halves)
        for place, one in enumerate(paper, start=1)
    )
    Candidate.objects.filter(pk=candidate.pk).update(outcome=Outcome.SITTING)
    attempt.subject = sitting
    attempt.label(attempt=number, bank=examination.bank_version, paper=digest_of(paper), user=attempt.data.user)
    attempt.fact("examinations.begun")


def _end(attempt: Attempt[Sitting, Any], at: dt.datetime, how: Sitting.How) -> None:
    sitting = attempt.subject
    sitting.ended_at, sitting.ended_how = at, how
    with connection.cursor() as cursor:
        cursor.execute(MARK, [sitting.pk])
        cursor.execute(NOTHING_WRITTEN, [sitting.pk])
    for item in sitting.items.filter(earned=None):
        # An order of numbers that tells nothing about when a paper came in.
        Script.objects.create(
            matter_id=sitting.candidate.examination_id, item=item, code=f"{secrets.randbelow(10**10):010d}"
        )
    Candidate.objects.filter(pk=sitting.candidate_id).update(outcome=Outcome.MARKING)
    answered = sitting.items.filter(answer__isnull=False).count()
    attempt.label(how=how.value, answered=answered, items=sitting.items.count())
    attempt.fact("examinations.ended", at=at)


def _hand_in(attempt: Attempt[Sitting, ByHimself]) -> None:
    """Too late by a moment is the clock's end, not his own."""
    late = attempt.now >= attempt.subject.ends_at
    at = attempt.subject.ends_at if late else attempt.now
    _end(attempt, at, Sitting.How.TIME if late else Sitting.How.HANDED_IN)


def _expire(attempt: Attempt[Sitting, TimeUp]) -> None:
    _end(attempt, attempt.subject.ends_at, Sitting.How.TIME)


def _finish(attempt: Attempt[Sitting, Nothing]) -> None:
    sitting = attempt.subject
    candidate = (
        Candidate.objects.select_for_update(of=("self",)).select_related("examination").get(pk=sitting.candidate_id)
    )
    sitting.halves = sitting.items.aggregate(total=Sum("earned"))["total"] or 0
    sitting.passed = sitting.halves >= candidate.examination.pass_halves
    sitting.marked_at = attempt.now
    candidate.halves = max(sitting.halves, candidate.halves or 0)
    candidate.outcome = Outcome.PASSED if sitting.passed else Outcome.FAILED
    candidate.save(update_fields=["halves", "outcome"])
    Matter.objects.filter(pk=attempt.matter.pk).update(closed_at=attempt.now)
    attempt.label(halves=sitting.halves, passed=sitting.passed)
    attempt.fact("examinations.marked")


@dataclass(frozen=True)
class Longer:
    """By how many minutes."""

    minutes: int


def _extend(attempt: Attempt[Sitting, Longer]) -> None:
    attempt.subject.ends_at += dt.timedelta(minutes=attempt.data.minutes)
    attempt.label(minutes=attempt.data.minutes)


def refusal_to_begin(candidate: Candidate, now: dt.datetime) -> str:
    """Why the person cannot begin at the moment; nothing when he can."""
    examination = candidate.examination
    if examination.state != Examination.State.PUBLISHED:
        return _gettext("这场考试现在的状态是“%(state)s”，不能答题。") % {"state": examination.get_state_display()}
    if now < examination.opens_at:
        return _gettext("考试还没有开放，%(at)s 起可以开始。") % {"at": _moment(examination.opens_at)}
    if now >= examination.closes_at:
        return _gettext("考试已于 %(at)s 截止。") % {"at": _moment(examination.closes_at)}
    if not candidate.officer.active:
        return _gettext("您已不在岗，不能参加。")
    tries = list(candidate.sittings.order_by("attempt"))
    if any(one.passed for one in tries):
        return _gettext("您已经合格，不用再考。")
    if not tries:
        return ""
    if tries[-1].state != State.MARKED:
        return _gettext("上一次的答卷还没有出成绩。")
    if len(tries) >= examination.attempts:
        return _gettext("这场考试每人最多考 %(most)d 次，您已经考了 %(done)d 次。") % {
            "most": examination.attempts,
            "done": len(tries),
        }
    again = again_on(tries[-1])
    if timezone.localdate(now) < again:
        return _gettext("不合格后隔 %(days)d 日才能再考，%(on)s 起可以开始。") % {
            "days": examination.wait_days,
            "on": again.isoformat(),
        }
    return ""


def again_on(last: Sitting) -> dt.date:
    """The first day on which one may try again after a failed sitting (本地)."""
    day = timezone.localdate(last.ended_at or last.ends_at)
    wait = last.candidate.examination.wait_days
    return day + dt.timedelta(days=wait + 1 if wait else 0)


def _moment(value: dt.datetime) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


def _may_begin(attempt: Attempt[Sitting, Begin]) -> bool | str:
    return refusal_to_begin(_candidate(attempt), attempt.now) or True


def _is_his(attempt: Attempt[Sitting, Any]) -> bool:
    begins = isinstance(attempt.data, Begin)
    candidate: Candidate = _candidate(attempt) if begins else attempt.subject.candidate
    return bool(candidate.officer.user_id == attempt.data.user)


MAY_BEGIN = Gate("may_begin", _("现在不能开始答题。"), LAW, _may_begin, needs_data=True)
HIS_OWN = Gate("his_own_sitting", _("只有考生本人能答题和交卷。"), LAW, _is_his, needs_data=True)
TIME_OVER = Gate("time_is_over", _("答题时间还没有到。"), (), lambda attempt: attempt.now >= attempt.subject.ends_at)
ALL_MARKED = Gate(
    "every_item_marked", _("还有题目没有评分。"), (),
    lambda attempt: not attempt.subject.items.filter(earned=None).exists(),
)  # fmt: skip


def _system(
    key: str, label: Any, source: frozenset[str], target: Sitting.State, fact: str, **more: Any
) -> Action[Any, Any]:
    return Action(
        f"examinations.sitting.{key}", label, source=source, target=target.value, model=Sitting, roles=frozenset(),
        system=True, hidden=True, facts=(fact,), law=LAW, **more,
    )  # fmt: skip


BEGIN = _system(
    "begin", _("开始答题"), frozenset(), State.RUNNING, "examinations.begun", data=Begin, body=_begin,
    gates=(HIS_OWN, MAY_BEGIN),
)  # fmt: skip
HAND_IN = _system(
    "hand_in", _("交卷"), RUNNING, State.ENDED, "examinations.ended", data=ByHimself, body=_hand_in, gates=(HIS_OWN,)
)
EXPIRE = _system(
    "expire", _("到时收卷"), RUNNING, State.ENDED, "examinations.ended", data=TimeUp, body=_expire, gates=(TIME_OVER,)
)
FINISH = _system(
    "finish", _("出成绩"), ENDED, State.MARKED, "examinations.marked", data=Nothing, body=_finish, gates=(ALL_MARKED,)
)
EXTEND = Action(
    "examinations.sitting.extend", _("加时"), source=RUNNING, target=None, model=Sitting, roles=frozenset(), data=Longer,
    body=_extend, law=LAW, system=True, hidden=True,
)  # fmt: skip
ACTIONS = (BEGIN, HAND_IN, EXPIRE, FINISH, EXTEND)


def begin(candidate: Candidate, *, user: Any, request_id: str = "") -> Sitting:
    """Begin, or come back to the sitting that runs: two browsers at once get the same one.

    Raises Blocked with the sentence when the person cannot begin.
    """
    with transaction.atomic():
        Candidate.objects.select_for_update().get(pk=candidate.pk)
        running = candidate.sittings.filter(state=State.RUNNING).first()
        if running is not None:
            return running
        data = Begin(candidate.pk, user.pk)
        made: Sitting = perform(None, BEGIN, actor=None, data=data, request_id=request_id).subject
        return made


def hand_in(sitting: Sitting, *, user: Any, request_id: str = "") -> Sitting:
    """End it for the person himself, and mark what the programme can mark. Raises Overtaken when it has ended."""
    with transaction.atomic():
        ended = perform(sitting, HAND_IN, actor=None, data=ByHimself(user.pk), request_id=request_id).subject
        return finished(ended)


def expire(sitting: Sitting) -> Sitting:
    """End it because its time is over; one that was handed in meanwhile is left alone."""
    try:
        with transaction.atomic():
            data = TimeUp(_gettext("到时自动收卷，时间以服务器记录为准"))
            return finished(perform(sitting, EXPIRE, actor=None, data=data).subject)
    except Overtaken:
        sitting.refresh_from_db()
        return sitting


def extend(sitting: Sitting, *, minutes: int) -> None:
    """Let a paper that runs end later; one that was handed in meanwhile is left alone."""
    try:
        with transaction.atomic():
            perform(sitting, EXTEND, actor=None, data=Longer(minutes))
    except Overtaken:
        return


def finished(sitting: Sitting) -> Sitting:
    """With its result, once every item has its points."""
    if sitting.items.filter(earned=None).exists():
        return sitting
    made: Sitting = perform(sitting, FINISH, actor=None, data=Nothing()).subject
    return made


def sweep(now: dt.datetime) -> int:
    """End every sitting whose time is over; run late or twice it changes nothing. How many were found."""
    due = list(Sitting.objects.filter(state=State.RUNNING, ends_at__lte=now).order_by("ends_at", "pk"))
    for sitting in due:
        try:
            expire(sitting)
        except Exception:
            logger.exception("sitting %s was not ended; the others are", sitting.pk)
    return len(due)
