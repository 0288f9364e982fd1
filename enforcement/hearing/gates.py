"""What the law asks before each step of a hearing, and of the decision after it (处罚法63条至65条)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import standards
from enforcement.cases.gates import ALWAYS_HEARING
from enforcement.hearing.course import Course, course_of, last_day_to_ask, last_hearing_day
from enforcement.hearing.models import Answer, Hearing
from enforcement.hearing.notice_days import clearly_in_time, day_of, earliest, in_time, latest_notice
from enforcement.hearing.options import owed_requests, unfit
from enforcement.models import Case, Statement
from portal.accounts.models import User
from portal.workflow.actions import Attempt, Gate

CaseAttempt = Attempt[Case, Any]


def moment_words(moment: dt.datetime) -> str:
    """A moment as people write it."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def _asked(attempt: CaseAttempt) -> bool:
    return bool(course_of(attempt.subject).owed)


def _none_ahead(attempt: CaseAttempt) -> bool | str:
    summons = course_of(attempt.subject).summons
    if summons is None:
        return True
    return _t("已安排在 %(when)s 听证，改日子请用“听证延期”。") % {"when": moment_words(summons.held_at)}


def _ahead(attempt: CaseAttempt) -> bool:
    return course_of(attempt.subject).ahead is not None


def _chair_fit(attempt: CaseAttempt) -> bool | str:
    why = unfit(attempt.subject, User.objects.filter(pk=attempt.data.chair).first())
    return _t("%(why)s，不能主持听证：主持人应当是非本案调查人员。") % {"why": why} if why else True


def _notice_possible(attempt: CaseAttempt) -> bool | str:
    day = timezone.localdate(attempt.data.held_at)
    if in_time(attempt.today, day):
        return True
    first = earliest(attempt.today)
    return _t(
        "%(day)s 举行的，通知书最迟应当在 %(last)s 送达，已经来不及。今天送达的，最早 %(lawful)s，稳妥 %(safe)s。"
    ) % {
        "day": day.isoformat(),
        "last": day_of(latest_notice(day)).isoformat(),
        "lawful": first.lawful.isoformat(),
        "safe": first.safe.isoformat(),
    }


def _request_refusable(attempt: CaseAttempt) -> bool | str:
    data = attempt.data
    request = owed_requests(attempt.subject, None).select_related("notice").filter(pk=data.statement).first()
    if request is None:
        return True
    course = course_of(attempt.subject)
    if course.ahead is not None and len(course.owed) == 1:
        return _t("已经为这份申请安排了听证，不能再以不组织听证处理。")
    if data.ground == Answer.Outcome.LATE:
        return _late(attempt, request)
    return _not_entitled(attempt, request)


def _late(attempt: CaseAttempt, request: Statement) -> bool | str:
    last = last_day_to_ask(attempt.matter, request)
    if last is None:
        return _t("告知书还没有送达%(name)s，或者没有告知听证权利，申请期没有起算，不能以逾期为由拒绝。") % {
            "name": request.party.name
        }
    if request.made_on > last:
        return True
    return _t("%(name)s于 %(day)s 提出，申请期到 %(last)s 届满，没有逾期，应当组织听证。") % {
        "name": request.party.name,
        "day": request.made_on.isoformat(),
        "last": last.isoformat(),
    }


def _not_entitled(attempt: CaseAttempt, request: Statement) -> bool | str:
    notice = request.notice
    if notice.hearing_offered:
        return _t("告知书已经告知听证权利，当事人在期限内要求的，应当组织听证。")
    taken = (notice.fine or 0) + (notice.confiscation or 0)
    limit = standards.hearing_amount(attempt.subject, notice.issued_on)
    if ALWAYS_HEARING.intersection(notice.kinds) or (limit is not None and taken >= limit):
        return _t("拟作出的处罚属于应当听证的情形，不能拒绝。")
    return True


def _nobody_unserved(attempt: CaseAttempt) -> bool | str:
    course = course_of(attempt.subject)
    missing = course.unserved
    if not missing:
        return True
    names = "、".join(party.name for party in missing)
    return _t("听证通知书还没有送达%(names)s。安排之后才要求听证的，请延期后一并通知。") % {"names": names}


def _somebody_unserved(attempt: CaseAttempt) -> bool:
    course = course_of(attempt.subject)
    return course.summons is not None and bool(course.unserved)


def _summons_ready(attempt: CaseAttempt) -> bool | str:
    summons = course_of(attempt.subject).summons
    if summons is None or (summons.document is not None and summons.document.state == "ready"):
        return True
    return _t("%(paper)s还在制作，做好后才能送达。") % {"paper": summons}


def _told_in_time(attempt: CaseAttempt, *, clearly: bool) -> bool | str:
    course = course_of(attempt.subject)
    if course.summons is None:
        return True
    day = timezone.localdate(course.summons.held_at)
    test = clearly_in_time if clearly else in_time
    late = [party for party in course.parties if party.pk in course.services and not _in_time(test, course, party, day)]
    if not late:
        return True
    served = max(course.services[party.pk].served_on for party in late)
    first = earliest(served)
    words = {
        "names": "、".join(party.name for party in late),
        "served": served.isoformat(),
        "day": day.isoformat(),
        "lawful": first.lawful.isoformat(),
        "safe": first.safe.isoformat(),
    }
    if clearly:
        return (
            _t(
                "通知书 %(served)s 送达%(names)s，到 %(day)s 没有满七个工作日（两头都不计），"
                "不能据此认定放弃听证：请延期，稳妥的日子是 %(safe)s。"
            )
            % words
        )
    return (
        _t("通知书 %(served)s 才送达%(names)s，%(day)s 举行不足七个工作日：请延期，最早 %(lawful)s，稳妥 %(safe)s。")
        % words
    )


def _in_time(test: Any, course: Course, party: Any, day: dt.date) -> bool:
    return bool(test(course.services[party.pk].served_on, day))


def _notice_in_time(attempt: CaseAttempt) -> bool | str:
    return _told_in_time(attempt, clearly=False)


def _notice_clearly_in_time(attempt: CaseAttempt) -> bool | str:
    return _told_in_time(attempt, clearly=True)


def _on_its_day(attempt: CaseAttempt) -> bool | str:
    summons = course_of(attempt.subject).summons
    if summons is None or attempt.on == timezone.localdate(summons.held_at):
        return True
    return _t("通知书载明的听证时间是 %(when)s。改在别的日子举行的，应当先登记“听证延期”并重新通知。") % {
        "when": moment_words(summons.held_at)
    }


def _day_has_come(attempt: CaseAttempt) -> bool | str:
    summons = course_of(attempt.subject).summons
    if summons is None or summons.held_at <= attempt.now:
        return True
    return _t("听证安排在 %(when)s，还没有到时间。") % {"when": moment_words(summons.held_at)}


def _presides(attempt: CaseAttempt) -> bool | str:
    ahead = course_of(attempt.subject).ahead
    if ahead is None or attempt.actor is None or attempt.actor.pk in {ahead.chair_id, ahead.recorder_id}:
        return True
    return _t("由主持人%(chair)s或者记录员%(recorder)s登记。") % {
        "chair": ahead.chair.name,
        "recorder": ahead.recorder.name,
    }


def _chair_still_fit(attempt: CaseAttempt) -> bool | str:
    ahead = course_of(attempt.subject).ahead
    if ahead is None:
        return True
    for person in (ahead.chair, ahead.recorder):
        if why := unfit(attempt.subject, person):
            return _t("%(why)s，听证应当改由他人主持、记录：请先更换。") % {"why": why}
    return True


def _not_about_oneself(attempt: CaseAttempt) -> bool | str:
    ahead = course_of(attempt.subject).ahead
    if ahead is None or attempt.actor is None or attempt.actor.pk != ahead.chair_id:
        return True
    return _t("您是被申请回避的主持人，请由其他负责人决定。")


def _report_due(attempt: CaseAttempt) -> bool:
    return course_of(attempt.subject).unreported is not None


def _reports_himself(attempt: CaseAttempt) -> bool | str:
    hearing = course_of(attempt.subject).unreported
    if hearing is None or attempt.actor is None or attempt.actor.pk == hearing.chair_id:
        return True
    return _t("听证报告由主持人%(chair)s提出。") % {"chair": hearing.chair.name}


def _hearing_held(attempt: CaseAttempt) -> bool | str:
    course = course_of(attempt.subject)
    if not course.owed:
        held = last_hearing_day(attempt.subject)
        if held is None or held <= attempt.on:
            return True
        return _t("决定日期早于听证日期 %(day)s。") % {"day": held.isoformat()}
    if course.summons is not None:
        return _t("%(names)s的听证安排在 %(when)s，举行之前不得作出决定。") % {
            "names": course.names,
            "when": moment_words(course.summons.held_at),
        }
    return _t("%(names)s于 %(day)s 要求听证，应当先组织听证。") % {
        "names": course.names,
        "day": course.owed[0].made_on.isoformat(),
    }


def _rests_on_record(attempt: CaseAttempt) -> bool:
    held = Hearing.objects.filter(act=attempt.subject.pk, outcome=Hearing.Outcome.HELD).exists()
    return not held or bool(attempt.data.hearing_opinion.strip())


asked = Gate("hearing_asked", _("没有等待处理的听证申请"), ("处罚法63条",), _asked)
none_ahead = Gate("no_hearing_ahead", _("听证已经安排"), ("处罚法64条",), _none_ahead)
ahead = Gate("hearing_ahead", _("没有已安排的听证"), ("处罚法64条",), _ahead)
chair_fit = Gate("chair_independent", _("主持人应当是非本案调查人员"), ("CF-09",), _chair_fit, needs_data=True)
chair_still_fit = Gate("chair_independent", _("主持人应当是非本案调查人员"), ("CF-09",), _chair_still_fit)
notice_possible = Gate("notice_possible", _("来不及提前七日通知"), ("CF-07",), _notice_possible, needs_data=True)
request_refusable = Gate(
    "request_refusable", _("不能拒绝听证申请"), ("CF-06", "CF-08"), _request_refusable, needs_data=True
)
somebody_unserved = Gate("summons_to_serve", _("没有等待送达的听证通知书"), ("CF-07",), _somebody_unserved)
summons_ready = Gate("summons_ready", _("听证通知书还没有做好"), ("CF-07",), _summons_ready)
nobody_unserved = Gate("summons_served", _("听证通知书还没有送达"), ("CF-07",), _nobody_unserved)
notice_in_time = Gate("notice_in_time", _("没有提前七日通知"), ("CF-07",), _notice_in_time)
notice_clearly_in_time = Gate("notice_in_time", _("没有提前七日通知"), ("CF-07",), _notice_clearly_in_time)
on_its_day = Gate("on_the_day_told", _("不是通知书载明的日子"), ("CF-07",), _on_its_day, needs_data=True)
day_has_come = Gate("hearing_day_come", _("还没有到听证的时间"), ("CF-07",), _day_has_come)
presides = Gate("presides", _("由主持人或者记录员登记"), ("CF-09", "处罚法64条8项"), _presides)
not_about_oneself = Gate("not_about_oneself", _("不能决定自己的回避"), ("处罚法64条4项",), _not_about_oneself)
report_due = Gate("report_due", _("没有等待报告的听证"), ("处罚法65条",), _report_due)
reports_himself = Gate("reports_himself", _("听证报告由主持人提出"), ("处罚法65条",), _reports_himself)
hearing_held = Gate("hearing_held", _("当事人要求听证"), ("处罚法63条",), _hearing_held)
rests_on_record = Gate(
    "rests_on_hearing_record",
    _("举行了听证的，决定应当根据听证笔录作出：请写明对听证中提出的意见采纳与否和理由"),
    ("处罚法65条",),
    _rests_on_record,
    needs_data=True,
)
