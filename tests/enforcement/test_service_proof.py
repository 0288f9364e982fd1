"""Every paper that is served asks the same proof of its method, whichever step serves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from enforcement.cases.data import public_notice_ends
from enforcement.cases.data.service_proof import proof_missing
from enforcement.execution import actions as after
from enforcement.execution import data as after_data
from enforcement.execution.models import Urging
from enforcement.hearing import actions as hearing_actions
from enforcement.lightacts import actions as light_actions
from enforcement.lightacts import outcome_data
from enforcement.measures import actions as measures
from enforcement.measures.data import keeping
from enforcement.models import Service
from portal.documents.models import Document
from portal.workflow.door import perform
from portal.workflow.errors import Invalid
from tests import case_scenes as scene
from tests import hearing_scenes as hearing
from tests import light_scenes as light
from tests.cast import Cast, fresh
from tests.enforcement.execution.test_execution import PAY_BY, by_head
from tests.enforcement.measures.scenes import SEIZED, ordered, party_of

M = Service.Method
# method, signed for, told how, consent ticked (None: not asked) → what is missing
TABLE: list[tuple[str, str, str, bool | None, set[str]]] = [
    (M.DIRECT, "", "", None, {"receiver"}),
    (M.DIRECT, "王小虚", "", None, set()),
    (M.ENTRUSTED, " ", "", None, {"receiver"}),
    (M.ENTRUSTED, "王小虚", "", None, set()),
    (M.FORWARDED, "", "", None, {"receiver", "note"}),
    (M.FORWARDED, "王小虚", "", None, {"note"}),
    (M.FORWARDED, "王小虚", "由示例监狱转交（虚构）", None, set()),
    (M.LEFT, "", "", None, {"note"}),
    (M.LEFT, "", "拒收，拍照见证（虚构）", None, set()),
    (M.PUBLIC, "", "", None, {"note"}),
    (M.PUBLIC, "", "下落不明（虚构）", None, set()),
    (M.ELECTRONIC, "", "", None, {"note"}),
    (M.ELECTRONIC, "", "确认书在卷（虚构）", None, set()),
    (M.ELECTRONIC, "", "确认书在卷（虚构）", False, {"consent"}),
    (M.ELECTRONIC, "", "", True, set()),
    (M.MAIL, "", "", None, set()),
]


@pytest.mark.parametrize(("method", "receiver", "note", "consent", "missing"), TABLE)
def test_what_each_method_must_say(
    method: str, receiver: str, note: str, consent: bool | None, missing: set[str]
) -> None:
    found = proof_missing(method, receiver, note, consent)
    assert set(found) == missing
    assert all(str(sentence).endswith("。") for sentence in found.values())


def test_every_method_is_in_the_table() -> None:
    assert {row[0] for row in TABLE} == set(M.values)


Try = Callable[[str], Any]


def _measure(cast: Cast) -> tuple[Try, dt.date]:
    case = scene.filed(cast)
    ordered(cast, case)
    paper = Document.objects.get(matter=case.pk, kind="measures.seizure_decision")
    form = keeping.HandOver(document=paper.pk, party=party_of(case), method="")
    return partial(_attempt, cast, case, measures.HAND_OVER, form), SEIZED


def _hearing(cast: Cast) -> tuple[Try, dt.date]:
    case = hearing.scheduled(cast)
    form = hearing.serve_data(case, receiver="")
    return partial(_attempt, cast, case, hearing_actions.SERVE, form), hearing.TOLD


def _urging(cast: Cast) -> tuple[Try, dt.date]:
    day = PAY_BY + dt.timedelta(days=1)
    case = scene.served(cast)
    with scene.on(day):
        case = by_head(cast, case, after.URGE, after_data.Urge(party=party_of(case)))
    form = after_data.ServeUrging(urging=Urging.objects.get(served_on=None).pk, method="", served_on=day)
    return partial(_attempt, cast, case, after.SERVE_URGING, form), day


def _light(cast: Cast) -> tuple[Try, dt.date]:
    return partial(_attempt, cast, light.granted(cast), light_actions.SERVE, outcome_data.Serve("")), light.DECIDED


def _attempt(cast: Cast, subject: Any, action: Any, form: Any, method: str) -> Any:
    return perform(subject, action, actor=fresh(cast.officer), data=replace(form, method=method))


@pytest.mark.parametrize("step", [_measure, _hearing, _urging, _light])
def test_each_step_that_serves_asks_it(cast: Cast, step: Callable[[Cast], tuple[Try, dt.date]]) -> None:
    attempt, day = step(cast)
    for method, wanted in ((M.FORWARDED, {"receiver", "note"}), (M.ENTRUSTED, {"receiver"}), (M.LEFT, {"note"})):
        with scene.on(day, 16), pytest.raises(Invalid) as refused:
            attempt(method)
        assert set(refused.value.fields) == wanted, method


def test_a_letter_published_in_a_notice_is_not_served_before_thirty_days(cast: Cast) -> None:
    case = scene.served(cast)
    day = PAY_BY + dt.timedelta(days=1)
    with scene.on(day):
        case = by_head(cast, case, after.URGE, after_data.Urge(party=party_of(case)))
    urging = Urging.objects.get(served_on=None)
    effective = public_notice_ends(urging.issued_on)
    form = after_data.ServeUrging(urging=urging.pk, method=M.PUBLIC, served_on=effective, note="下落不明（虚构）")
    with scene.on(effective, 16):
        early = replace(form, served_on=effective - dt.timedelta(days=1))
        with pytest.raises(Invalid) as refused:
            perform(case, after.SERVE_URGING, actor=fresh(cast.officer), data=early)
        assert set(refused.value.fields) == {"served_on"}
        perform(case, after.SERVE_URGING, actor=fresh(cast.officer), data=form)
    urging.refresh_from_db()
    assert urging.served_on == effective
