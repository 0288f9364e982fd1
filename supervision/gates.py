"""Conditions on the steps of a supervision case, each with its sentence and the article behind it."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from portal.workflow.actions import Attempt, Gate
from supervision.models import Alert, Instrument
from supervision.models.instruments import REGULATION_FROM
from supervision.people import bureau_supervisors, handles

A = Attempt[Any, Any]


def _alerts(attempt: A) -> list[Alert]:
    return list(Alert.objects.filter(pk__in=attempt.data.alerts).select_related("obligation", "matter"))


def _alerts_of_the_target(attempt: A) -> bool | str:
    strangers = [alert for alert in _alerts(attempt) if alert.department_id != attempt.data.target]
    if not strangers:
        return True
    return _gettext("“%(matter)s”等 %(count)d 条预警不是这个部门的，一份文书只能写给一个部门。") % {
        "matter": strangers[0].matter.title,
        "count": len(strangers),
    }


def _alerts_of_one_rule(attempt: A) -> bool:
    return len({alert.rule for alert in _alerts(attempt)}) <= 1


def _alerts_open(attempt: A) -> bool | str:
    taken = [alert for alert in _alerts(attempt) if alert.state != Alert.State.NEW or alert.is_lifted]
    if not taken:
        return True
    state = _gettext("已更正为未逾期") if taken[0].is_lifted else str(taken[0].get_state_display())
    return _gettext("“%(matter)s”的预警现在是“%(state)s”，不能再并入。") % {
        "matter": taken[0].matter.title,
        "state": state,
    }


def _alerts_named(attempt: A) -> bool:
    return attempt.data.source != "alert" or bool(attempt.data.alerts)


def _two_supervisors(attempt: A) -> bool | str:
    able = set(bureau_supervisors().values_list("pk", flat=True))
    present = [row for row in attempt.subject.supervisors.all() if row.relieved_on is None and row.user_id in able]
    if len(present) >= 2:
        return True
    return _gettext("监督人员现有 %(count)d 名，至少两名。") % {"count": len(present)}


def _recusal_declared(attempt: A) -> bool | str:
    rows = [row for row in attempt.subject.supervisors.select_related("user") if row.relieved_on is None]
    if silent := [row.user.name for row in rows if row.declared_at is None]:
        return _gettext("%(names)s还没有作回避声明。") % {"names": "、".join(silent)}
    if biased := [row.user.name for row in rows if row.conflict]:
        return _gettext("%(names)s声明有利害关系，须更换监督人员。") % {"names": "、".join(biased)}
    return True


def _handles_the_case(attempt: A) -> bool:
    """Asked of whoever does it, or put it forward when another approves."""
    return handles(attempt.subject, attempt.proposal.proposed_by if attempt.proposal else attempt.actor)


def _no_pending_remedy(attempt: A) -> bool | str:
    words = {
        "reconsideration": _gettext("同一争议正在行政复议，不重复监督；请书面引导当事人，并办理不予立案。"),
        "litigation": _gettext("同一争议正在行政诉讼，不重复监督；请书面引导当事人，并办理不予立案。"),
    }
    return words.get(attempt.data.remedy, True)


def _measure_taken(attempt: A) -> bool:
    return bool(attempt.subject.measures.exists())


def _kind_fits_fault(attempt: A) -> bool | str:
    kind, fault = attempt.data.kind, attempt.data.fault
    if kind == Instrument.Kind.URGING and fault != Instrument.Fault.NOT_PERFORMED:
        return _gettext("督办函用于应当履行而未履行职责；违法或者明显不当的，用意见书。")
    if kind == Instrument.Kind.OPINION and fault == Instrument.Fault.NOT_PERFORMED:
        return _gettext("意见书用于违法或者明显不当；应当履行而未履行职责的，用督办函。")
    return True


def _kind_known_then(attempt: A) -> bool | str:
    """A draft may be made before the regulation's day for an issue after it, never the other way."""
    return _of_its_day(attempt.data.kind, attempt, drafting=True)


def _kind_of_its_day(attempt: A) -> bool | str:
    instrument = attempt.subject.instrument
    return True if instrument is None else _of_its_day(instrument.kind, attempt)


def _of_its_day(kind: str, attempt: A, *, drafting: bool = False) -> bool | str:
    day = date_format(attempt.on, "Y-m-d")
    if kind == Instrument.Kind.NOTICE and attempt.on >= REGULATION_FROM:
        return _gettext("%(day)s 制发的，应当用督办函或者意见书；处理决定通知书只用于 2026-02-01 以前。") % {"day": day}
    if kind != Instrument.Kind.NOTICE and attempt.on < REGULATION_FROM and not drafting:
        return _gettext("%(day)s 制发的，应当用处理决定通知书；督办函、意见书自 2026-02-01 起才有。") % {"day": day}
    return True


def _report_after_issue(attempt: A) -> bool | str:
    if attempt.data.report_on > attempt.on:
        return True
    return _gettext("报送日期 %(report)s 须晚于制发日期 %(on)s。") % {
        "report": date_format(attempt.data.report_on, "Y-m-d"),
        "on": date_format(attempt.on, "Y-m-d"),
    }


def _report_after_service(attempt: A) -> bool | str:
    instrument = attempt.subject.instrument
    if instrument is None or instrument.report_on is None or instrument.report_on > attempt.on:
        return True
    return _gettext("文书载明的报送日期 %(report)s 已到，送达时没有留下办理时间；请撤回后重新制发。") % {
        "report": date_format(instrument.report_on, "Y-m-d")
    }


def _not_before(field: str, sentence: Any) -> Any:
    def test(attempt: A) -> bool | str:
        day = getattr(attempt.subject.instrument, field, None)
        if day is None or attempt.on >= day:
            return True
        return str(sentence) % {"on": date_format(attempt.on, "Y-m-d"), "day": date_format(day, "Y-m-d")}

    return test


def _superior_told(attempt: A) -> bool | str:
    if not attempt.subject.needs_superior:
        return True
    data = attempt.data
    missing = [
        str(label)
        for label, value in (
            (_("上一级主管部门"), data.superior.strip()),
            (_("告知日期"), data.superior_told_on),
            (_("告知方式"), data.superior_told_how.strip()),
        )
        if not value
    ]
    if missing:
        return _gettext("%(target)s实行%(lead)s，须同时告知上一级主管部门；还缺：%(missing)s。") % {
            "target": attempt.subject.target.name,
            "lead": attempt.subject.target.get_lead_display(),
            "missing": "、".join(missing),
        }
    if data.superior_told_on > attempt.today:
        return _gettext("告知上一级主管部门的日期在将来，请在告知之后再填。")
    return True


def _paper_ready(attempt: A) -> bool | str:
    instrument = attempt.subject.instrument
    state = getattr(instrument.document, "state", "") if instrument and instrument.document else ""
    return state == "ready"


def _report_overdue(attempt: A) -> bool | str:
    instrument = attempt.subject.instrument
    if instrument is None or instrument.report_on is None or instrument.report_on < attempt.on:
        return True
    return _gettext("报送期限到 %(day)s，尚未届满。") % {"day": date_format(instrument.report_on, "Y-m-d")}


def _reported_or_reminded(attempt: A) -> bool | str:
    """«Not corrected» needs something to judge: a report, or a reminder that went unanswered."""
    case = attempt.subject
    if case.state == case.State.REPORTED:
        return True
    instrument = case.instrument
    if instrument is None or instrument.reminded_on is None:
        return _gettext("部门还没有报送；请先在期限届满后催报，再实地核查。")
    return True


def _duties_done(attempt: A) -> bool | str:
    rows = attempt.subject.taken_up.filter(released=False).select_related("alert__obligation", "alert__matter")
    undone = [row.alert for row in rows if not row.alert.is_lifted and row.alert.obligation.is_open]
    if not undone:
        return True
    return _gettext("还有 %(count)d 件没有办理，例如“%(matter)s”。") % {
        "count": len(undone),
        "matter": undone[0].matter.title,
    }


def _open_objection(attempt: A) -> bool:
    return bool(attempt.subject.instruments.filter(objections__outcome="").exists())


ALERTS_NAMED = Gate("alerts_named", _("线索来源是期限预警的，须选定预警。"), ("JD-02",), _alerts_named, needs_data=True)
ALERTS_OF_THE_TARGET = Gate(
    "alerts_of_the_target", _("预警不是这个部门的。"), ("JD-02",), _alerts_of_the_target, needs_data=True
)
ALERTS_OF_ONE_RULE = Gate(
    "alerts_of_one_rule",
    _("所选预警不是同一类期限，请按类分别办理。"),
    ("JD-07",),
    _alerts_of_one_rule,
    needs_data=True,
)
ALERTS_OPEN = Gate("alerts_open", _("所选预警已经有人处理。"), ("JD-02",), _alerts_open, needs_data=True)
TWO_SUPERVISORS = Gate("two_supervisors", _("监督人员至少两名。"), ("WS-08",), _two_supervisors)
RECUSAL_DECLARED = Gate("recusal_declared", _("监督人员须作回避声明。"), ("CF-33",), _recusal_declared)
HANDLES_THE_CASE = Gate("handles_the_case", _("这一步由承办本案的监督人员办理。"), ("WS-08",), _handles_the_case)
NO_PENDING_REMEDY = Gate("no_pending_remedy", _("不重复监督。"), ("JD-13",), _no_pending_remedy, needs_data=True)
MEASURE_TAKEN = Gate("measure_taken", _("还没有记录任何监督措施，查明的事实没有来源。"), ("JD-06",), _measure_taken)
KIND_FITS_FAULT = Gate("kind_fits_fault", _("文书种类与认定不符。"), ("JD-07",), _kind_fits_fault, needs_data=True)
KIND_KNOWN_THEN = Gate(
    "kind_known_then", _("当日没有这种文书。"), ("JD-07", "JD-17"), _kind_known_then, needs_data=True
)
KIND_OF_ITS_DAY = Gate(
    "kind_of_its_day", _("当日没有这种文书。"), ("JD-07", "JD-17"), _kind_of_its_day, needs_data=True
)
LEAVES_THE_DECISION = Gate(
    "leaves_the_decision",
    _("监督机构不得代替部门作出执法决定：请把要求写成督促履职或者由部门自行纠正，并确认。"),
    ("JD-18",),
    lambda attempt: attempt.data.leaves_the_decision,
    needs_data=True,
)
REPORT_AFTER_ISSUE = Gate(
    "report_after_issue", _("报送日期须晚于制发日期。"), ("JD-08",), _report_after_issue, needs_data=True
)
REPORT_AFTER_RECEIPT = Gate("report_after_receipt", _("报送日期已到。"), ("JD-08",), _report_after_service)
REPORT_AFTER_SERVICE = Gate(
    "report_after_service", _("报送日期已到。"), ("JD-08",), _report_after_service, needs_data=True
)
NOT_BEFORE_APPROVAL = Gate(
    "not_before_approval",
    _("制发日期早于批准日期。"),
    ("JD-07",),
    _not_before("approved_on", _("制发日期 %(on)s 早于批准日期 %(day)s。")),
    needs_data=True,
)
NOT_BEFORE_ISSUE = Gate(
    "not_before_issue",
    _("送达日期早于制发日期。"),
    ("JD-07",),
    _not_before("issued_on", _("送达日期 %(on)s 早于制发日期 %(day)s。")),
    needs_data=True,
)
SUPERIOR_TOLD = Gate(
    "superior_told", _("须同时告知上一级主管部门。"), ("执法监督条例42条2款",), _superior_told, needs_data=True
)
PAPER_READY = Gate("paper_ready", _("文书还没有生成，生成后才能送达。"), ("JD-07",), _paper_ready)
REPORT_OVERDUE = Gate("report_overdue", _("报送期限尚未届满。"), ("JD-08",), _report_overdue)
REPORTED_OR_REMINDED = Gate("reported_or_reminded", _("部门还没有报送。"), ("JD-10",), _reported_or_reminded)
DUTIES_DONE = Gate("duties_done", _("还有没有办理的。"), ("JD-08",), _duties_done)
NO_OPEN_OBJECTION = Gate(
    "no_open_objection", _("部门的异议还没有答复。"), ("JD-09",), lambda attempt: not _open_objection(attempt)
)
OPEN_OBJECTION = Gate("open_objection", _("没有待答复的异议。"), ("JD-09",), _open_objection)
