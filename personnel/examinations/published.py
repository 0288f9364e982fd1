"""Results for others: the application for a certificate asks for them; the person is told of his own."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.examinations import statistics
from personnel.examinations.models import Examination, Sitting
from personnel.examinations.points import shown
from personnel.models import Officer
from personnel.results import Result
from portal.accounts.models import User
from portal.inbox import notify
from portal.matters.registry import url_of
from portal.workflow.registry import Stated


def results_of(officer: Officer, on: dt.date) -> list[Result]:
    """Results of qualification examinations (条例17条2款) that were published by that day.

    Neither a periodic assessment nor one after retraining opens the way to a certificate.
    """
    rows = Sitting.objects.filter(
        candidate__officer=officer,
        candidate__examination__purpose=Examination.Purpose.QUALIFICATION,
        state=Sitting.State.MARKED,
    ).select_related("candidate__examination")
    return [
        Result(
            title=one.candidate.examination.title,
            taken_on=timezone.localdate(one.begun_at),
            published_on=timezone.localdate(one.marked_at),
            points=shown(one.halves or 0),
            full=shown(one.full_halves),
            passed=bool(one.passed),
            sitting=one.pk,
        )
        for one in rows
        if one.marked_at is not None and timezone.localdate(one.marked_at) <= on
    ]


def tell(stated: Stated) -> None:
    """Reaction: the person hears of his result."""
    sitting: Sitting = stated.subject
    words = _("“%(title)s”成绩已出：%(points)s 分，%(result)s") % {
        "title": sitting.candidate.examination.title,
        "points": shown(sitting.halves or 0),
        "result": _("合格") if sitting.passed else _("不合格"),
    }
    people = User.objects.filter(officer=sitting.candidate.officer_id, is_active=True)
    notify(
        people, words, kind="examinations", url=url_of(stated.matter), matter=stated.matter, key=f"sitting:{sitting.pk}"
    )


def count_again(_stated: Stated) -> None:
    """Reaction: with an examination's end the figures of its questions are counted anew."""
    statistics.count(timezone.now())
