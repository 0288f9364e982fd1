"""The part of a case's page about its hearing: requests, notices, the record, and how the seven days are counted."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from enforcement.cases.sections import CaseSection
from enforcement.hearing.course import Course, course_of, last_day_to_ask
from enforcement.hearing.gates import moment_words
from enforcement.hearing.models import Answer, Challenge, Hearing, Summons
from enforcement.hearing.notice_days import day_of, earliest, latest_notice
from enforcement.models import Case, Statement
from portal.theme.components import Cell, Column, Pair, Table

ANSWER_SHAPES: dict[str, Any] = {Answer.Outcome.HELD: "green"}


def section(case: Case, _user: Any) -> CaseSection | None:
    """Everything about the hearing; nothing when nobody has asked for one."""
    course = course_of(case)
    if not course.requests:
        return None
    hearings = list(Hearing.objects.filter(act=case.pk).select_related("chair", "recorder", "record", "report_paper"))
    tables = [(_("听证申请"), _requests(case, course.requests))]
    summonses = list(
        Summons.objects.filter(hearing__act=case.pk).select_related("document").prefetch_related("services__party")
    )
    if summonses:
        tables.append((_("听证通知书"), _summonses(summonses)))
    challenges = list(Challenge.objects.filter(hearing__act=case.pk).select_related("party", "chair"))
    if challenges:
        tables.append((_("主持人回避"), _challenges(challenges)))
    pairs = [pair for hearing in hearings for pair in _hearing(hearing)]
    return CaseSection(
        "hearing",
        _("听证"),
        pairs or _when_possible(course),
        tables,
        _("七个工作日如何计算？") if course.owed else "",
        _how(course) if course.owed else [],
    )


def _when_possible(course: Course) -> list[Pair]:
    if not course.owed:
        return []
    first = earliest(timezone.localdate())
    words = _("今天送达通知书的，最早 %(lawful)s；送达日和举行日都不计的稳妥日是 %(safe)s") % {
        "lawful": first.lawful.isoformat(),
        "safe": first.safe.isoformat(),
    }
    return [Pair(_("可以举行的日子"), first.safe.isoformat(), small=words)]


def _how(course: Course) -> list[str]:
    """The count for the hearing ahead, or for one whose notice is served today."""
    if course.summons is not None:
        computed = latest_notice(timezone.localdate(course.summons.held_at))
    else:
        computed = earliest(timezone.localdate()).computed
    lines = [f"{step.text}{f'（{step.article}）' if step.article else ''}" for step in computed.trace]
    return [
        *lines,
        _(
            "所以通知书最迟 %(last)s 送达。在这一天送达的，举行日之前没有满七个整的工作日，是否合法有不同看法：能早则早。"
        )
        % {"last": day_of(computed).isoformat()},
        _("恰在最后一天送达而当事人不到场的，平台不许据此终止听证。"),
    ]


def _hearing(hearing: Hearing) -> list[Pair]:
    given = [
        (_("听证"), str(hearing.get_outcome_display()), _span(hearing)),
        (_("主持人"), hearing.chair.name, _("记录员 %(name)s") % {"name": hearing.recorder.name}),
        (_("方式"), _openness(hearing), hearing.closed_note),
        (_("终止、退出的情况"), hearing.reason, ""),
        (_("调查人员的意见"), hearing.presented, ""),
        (_("当事人的申辩和质证"), hearing.defence, ""),
        (_("最后意见和其他记载"), hearing.closing_words, ""),
        (_("笔录的签字"), str(hearing.get_signed_display()) if hearing.signed else "", hearing.refusal),
        (_("听证报告（参照）"), hearing.advice, hearing.reported_on.isoformat() if hearing.reported_on else ""),
    ]
    return [Pair(term, value, small=small) for term, value, small in given if value]


def _openness(hearing: Hearing) -> str:
    return _("公开举行") if hearing.public else _("不公开：%(why)s") % {"why": hearing.get_closed_ground_display()}


def _span(hearing: Hearing) -> str:
    if hearing.started_at is None or hearing.ended_at is None:
        return hearing.outcome_on.isoformat() if hearing.outcome_on else ""
    return f"{moment_words(hearing.started_at)} – {timezone.localtime(hearing.ended_at):%H:%M}"


def _requests(case: Case, rows: list[Statement]) -> Table:
    return Table(
        _("听证申请"),
        [Column(_("当事人")), Column(_("提出")), Column(_("申请期")), Column(_("结果"))],
        [[row.party.name, row.made_on.isoformat(), _period(case, row), _answer(row)] for row in rows],
    )


def _period(case: Case, row: Statement) -> Cell:
    last = last_day_to_ask(case.matter, row)
    if last is None:
        return Cell(_("没有起算"))
    words = _("到 %(day)s") % {"day": last.isoformat()}
    return Cell(words, shape="red", small=_("逾期提出")) if row.made_on > last else Cell(words)


def _answer(row: Statement) -> Cell:
    answer: Answer | None = getattr(row, "hearing_answer", None)
    if answer is None:
        return Cell(_("等待听证"), shape="amber")
    small = f"{answer.on.isoformat()} {answer.reason}".strip()
    return Cell(str(answer.get_outcome_display()), shape=ANSWER_SHAPES.get(answer.outcome, "grey"), small=small)


def _summonses(rows: list[Summons]) -> Table:
    return Table(
        _("听证通知书"),
        [Column(_("文号")), Column(_("时间")), Column(_("地点")), Column(_("送达"))],
        [
            [
                row.number or "—",
                Cell(moment_words(row.held_at), small=_("延期：%(why)s") % {"why": row.reason} if row.reason else ""),
                row.place,
                _served(row),
            ]
            for row in rows
        ],
    )


def _served(row: Summons) -> Cell:
    found = [f"{one.party.name} {one.served_on.isoformat()}" for one in row.services.all()]
    if found:
        return Cell("；".join(found), shape="green")
    last = day_of(latest_notice(timezone.localdate(row.held_at)))
    return Cell(_("未送达"), shape="open", small=_("最迟 %(day)s") % {"day": last.isoformat()})


def _challenges(rows: list[Challenge]) -> Table:
    return Table(
        _("主持人回避"),
        [Column(_("主持人")), Column(_("申请人")), Column(_("理由")), Column(_("决定"))],
        [
            [
                row.chair.name,
                row.party.name if row.party else _("本机关"),
                row.ground,
                Cell(
                    _("决定回避、更换") if row.granted else _("驳回申请"),
                    small=f"{row.decided_on.isoformat()} {row.reason}",
                ),
            ]
            for row in rows
        ],
    )
