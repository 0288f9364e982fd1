"""Public figures of disclosure: one count a decision, by the year it was made in; late is late for ever."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosure import actions, figures
from disclosure.data import EndExemption, Exempt
from disclosure.public.models import PublishedFigures
from portal import outbox
from portal.workflow import proposals
from portal.workflow.door import perform
from tests import case_scenes as scene
from tests.cast import Cast, fresh

pytestmark = pytest.mark.django_db
NEXT = scene.DECIDED + dt.timedelta(days=1)
YEAR = scene.DECIDED.year


def district(on: dt.date) -> figures.Counts:
    with scene.on(on):
        return figures.counts()[YEAR, figures.DISTRICT]


def exempted(cast: Cast, case: Any) -> Any:
    asked = proposals.request(
        scene.disclosure_of(case),
        actions.EXEMPT,
        actor=fresh(cast.officer),
        data=Exempt(ground="secret", note="涉及个人隐私（虚构）"),
    )
    return proposals.approve(asked, actor=fresh(cast.head)).subject


def test_a_decision_counts_as_due_until_it_is_published(cast: Cast) -> None:
    case = scene.served(cast)
    assert district(NEXT) == figures.Counts(due=1)
    with scene.on(NEXT):
        scene.published(cast, case)
    assert district(NEXT) == figures.Counts(due=1, published=1, on_time=1)


def test_a_decision_not_published_in_time_is_overdue_and_never_on_time_again(cast: Cast) -> None:
    case = scene.served(cast)
    late = scene.DISCLOSURE_DUE + dt.timedelta(days=2)
    assert district(late) == figures.Counts(due=1, overdue=1)
    with scene.on(late):
        scene.published(cast, case)
    assert district(late) == figures.Counts(due=1, published=1)


def test_an_approved_exemption_leaves_the_rate_and_its_end_brings_the_decision_back(cast: Cast) -> None:
    case = scene.served(cast)
    with scene.on(NEXT):
        disclosure = exempted(cast, case)
    assert district(NEXT) == figures.Counts(exempt=1)
    later = NEXT + dt.timedelta(days=14)
    with scene.on(later):
        perform(disclosure, actions.END_EXEMPTION, actor=fresh(cast.head), data=EndExemption(reason="关联案件已办结"))
    assert district(later) == figures.Counts(due=1)


def test_counting_takes_one_statement_and_shows_each_department_and_the_district(cast: Cast) -> None:
    scene.decided(cast)
    with scene.on(NEXT):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            figures.counts()
        assert len(asked) == 1
        assert figures.count() == 2
        assert figures.count() == 0
    shown = {row.department_code: row.due for row in PublishedFigures.objects.filter(year=YEAR)}
    assert shown == {"": 1, cast.market.code: 1}


def test_publishing_has_the_figures_counted_after_the_commit(cast: Cast) -> None:
    case = scene.served(cast)
    with scene.on(NEXT):
        scene.published(cast, case)
        assert not PublishedFigures.objects.exists()
        outbox.drain(1000)
    assert PublishedFigures.objects.get(year=YEAR, department_code="").published == 1
