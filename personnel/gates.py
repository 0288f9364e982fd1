"""Conditions on what is done with a certificate."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.models import AnnualCheck, CheckSetting, Provenance
from portal.workflow.actions import Attempt, Gate


def _after_last_return(attempt: Attempt[Any, Any]) -> bool | str:
    last = attempt.subject.suspensions.exclude(ended_on=None).order_by("-ended_on").first()
    if last is None or attempt.on >= last.ended_on:
        return True
    return _gettext("日期 %(on)s 早于上一次发还的日期 %(last)s，与已有记录冲突。") % {
        "on": attempt.on,
        "last": last.ended_on,
    }


def _not_expired(attempt: Attempt[Any, Any]) -> bool | str:
    certificate = attempt.subject
    if certificate.valid_from <= attempt.on <= certificate.valid_to:
        return True
    return _gettext("%(on)s 不在证件有效期（%(from)s 至 %(to)s）之内，不须暂扣。") % {
        "on": attempt.on,
        "from": certificate.valid_from,
        "to": certificate.valid_to,
    }


def _not_before_suspension(attempt: Attempt[Any, Any]) -> bool | str:
    running = attempt.subject.suspensions.filter(ended_on=None).first()
    if running is None or attempt.on >= running.begun_on:
        return True
    return _gettext("日期 %(on)s 早于暂扣日期 %(begun)s。") % {"on": attempt.on, "begun": running.begun_on}


AFTER_LAST_RETURN = Gate(
    "after_last_return", _("日期早于上一次发还的日期。"), ("执法监督条例10条",), _after_last_return, needs_data=True
)
NOT_EXPIRED = Gate("not_expired", _("证件不在有效期之内，不须暂扣。"), ("ZJX-03",), _not_expired, needs_data=True)
NOT_BEFORE_SUSPENSION = Gate(
    "not_before_suspension", _("日期早于暂扣日期。"), ("执法监督条例10条",), _not_before_suspension, needs_data=True
)
HOLDER_ON_DUTY = Gate(
    "holder_on_duty",
    _("持证人已不在岗，不能发还；应当注销。"),
    ("ZJX-02",),
    lambda attempt: attempt.subject.officer.active,
)


def is_of_ministry(certificate: Any) -> bool:
    """Whether a ministry has issued it, so that it is only registered here."""
    return Provenance.objects.filter(certificate=certificate.pk, source=Provenance.Source.MINISTRY).exists()


def _issuer_decided(attempt: Attempt[Any, Any]) -> bool:
    return bool(attempt.data.document.strip()) or not is_of_ministry(attempt.subject)


def _not_of_ministry(attempt: Attempt[Any, Any]) -> bool:
    return not is_of_ministry(attempt.subject)


def last_check(certificate: Any, year: int | None = None) -> AnnualCheck | None:
    """The outcome that counts: the last one of a year, or of the newest year checked."""
    rows = AnnualCheck.objects.filter(certificate=certificate.pk)
    if year is not None:
        rows = rows.filter(year=year)
    return rows.order_by("-year", "-pk").first()


def _last_check_not_failed(attempt: Attempt[Any, Any]) -> bool | str:
    last = last_check(attempt.subject)
    if last is None or last.outcome == AnnualCheck.Outcome.PASSED:
        return True
    return _gettext("%(year)d 年年审不通过（%(ground)s），补审通过后才能换证。") % {
        "year": last.year,
        "ground": last.ground[:100],
    }


def _checked_yearly(attempt: Attempt[Any, Any]) -> bool | str:
    year = attempt.data.year
    if CheckSetting.of(year).required:
        return True
    return _gettext("监督机构没有设定 %(year)d 年的年审。先由监督机构负责人在“年审设定”里开启。") % {"year": year}


def _not_recorded_before(attempt: Attempt[Any, Any]) -> bool | str:
    last = last_check(attempt.subject, attempt.data.year)
    if last is None or last.outcome != attempt.data.outcome:
        return True
    return _gettext("%(year)d 年年审已于 %(on)s 登记为“%(outcome)s”。") % {
        "year": last.year,
        "on": last.checked_on.isoformat(),
        "outcome": last.get_outcome_display(),
    }


def _held_in_the_year(attempt: Attempt[Any, Any]) -> bool | str:
    certificate, year = attempt.subject, attempt.data.year
    if certificate.valid_from.year <= year:
        return True
    return _gettext("证件 %(from)s 才开始有效，没有 %(year)d 年的年审。") % {
        "from": certificate.valid_from,
        "year": year,
    }


def _not_reissued(attempt: Attempt[Any, Any]) -> bool | str:
    replaced = Provenance.objects.filter(replaces=attempt.subject.pk).select_related("certificate").first()
    if replaced is None:
        return True
    return _gettext("已经补发新证 %(number)s。") % {"number": replaced.certificate.number}


def _in_force_then(attempt: Attempt[Any, Any]) -> bool | str:
    if attempt.on >= attempt.subject.valid_from:
        return True
    return _gettext("证件 %(from)s 才开始有效，遗失日期不能更早。") % {"from": attempt.subject.valid_from}


def _not_before_revocation(attempt: Attempt[Any, Any]) -> bool | str:
    if attempt.on >= attempt.subject.ended_on:
        return True
    return _gettext("日期 %(on)s 早于吊销日期 %(ended)s。") % {"on": attempt.on, "ended": attempt.subject.ended_on}


def _not_delivered(attempt: Attempt[Any, Any]) -> bool:
    return not attempt.matter.facts.filter(name="certificate.revocation_received", void=None).exists()


NOT_BEFORE_REVOCATION = Gate(
    "not_before_revocation", _("日期早于吊销日期。"), ("ZJ-08",), _not_before_revocation, needs_data=True
)
NOT_DELIVERED = Gate("not_delivered", _("已经登记过送达。"), ("ZJ-08",), _not_delivered)
ISSUER_DECIDED = Gate(
    "issuer_decided",
    _("国务院部门核发的证件本地只登记，不作决定：请填发证机关作出决定的文书名称和文号。"),
    ("JD-12", "JD-14"),
    _issuer_decided,
    needs_data=True,
)
NOT_OF_MINISTRY = Gate(
    "not_of_ministry",
    _("国务院部门核发的证件由发证机关审验、补发，本地只登记。收到新证后登记新证。"),
    ("JD-14",),
    _not_of_ministry,
)
LAST_CHECK_NOT_FAILED = Gate(
    "last_check_not_failed", _("年审不通过，补审通过后才能换证。"), ("ZJX-03",), _last_check_not_failed
)
CHECKED_YEARLY = Gate("checked_yearly", _("监督机构没有设定年审。"), ("ZJX-03",), _checked_yearly, needs_data=True)
NOT_RECORDED_BEFORE = Gate(
    "not_recorded_before", _("这个年度已经登记过同样的结果。"), ("ZJX-03",), _not_recorded_before, needs_data=True
)
HELD_IN_THE_YEAR = Gate("held_in_the_year", _("这个年度还没有持证。"), ("ZJX-03",), _held_in_the_year, needs_data=True)
NOT_REISSUED = Gate("not_reissued", _("已经补发新证。"), ("JD-14",), _not_reissued)
IN_FORCE_THEN = Gate("in_force_then", _("遗失日期早于证件生效日期。"), ("JD-14",), _in_force_then, needs_data=True)
HOLDER_ON_DUTY_TO_RENEW = Gate(
    "holder_on_duty",
    _("持证人已不在岗，不换发、不补发证件。"),
    ("ZJX-02",),
    lambda attempt: attempt.subject.officer.active,
)
