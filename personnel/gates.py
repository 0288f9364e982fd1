"""Conditions on what is done with a certificate."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

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
