"""Pages of disclosure: the queue, one disclosure, the masking desk with and without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disclosure import masking_desk
from disclosure.models import Disclosure
from tests import case_scenes as scene
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def disclosure(cast: Cast) -> Disclosure:
    """One that waits to be masked."""
    return scene.disclosure_of(scene.served(cast))


def test_each_verdict_is_kept_and_the_last_one_opens_the_way_to_approval(
    cast: Cast, sign_in: SignIn, disclosure: Disclosure
) -> None:
    browser = sign_in(cast.officer)
    address = f"/desk/disclosure/{disclosure.pk}/mask/"
    assert 'aria-disabled="true"' in browser.get(address).content.decode()
    desk = masking_desk.desk(disclosure, cast.officer)
    while desk.open:
        given = {"key": desk.open[0].key, "verdict": "hide", "version": desk.version}
        assert browser.post(f"{address}judge/", given).status_code == 302
        desk = masking_desk.desk(disclosure, cast.officer)
    answer = browser.post(address, follow=True)
    disclosure.refresh_from_db()
    assert disclosure.state == Disclosure.State.MASKED
    assert "等负责人审批" in answer.content.decode()


def test_an_unfinished_masking_is_refused_with_a_sentence(cast: Cast, sign_in: SignIn, disclosure: Disclosure) -> None:
    answer = sign_in(cast.officer).post(f"/desk/disclosure/{disclosure.pk}/mask/")
    assert answer.status_code == 422
    assert "没有确认" in answer.content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"key": "facts:0:1", "verdict": "hide"},
        {"key": "x", "verdict": "keep"},
        {"key": "facts:999999999999:1", "verdict": "reopen", "version": "no number"},
    ],
)
def test_broken_verdicts_are_answered_not_failed(
    cast: Cast, sign_in: SignIn, disclosure: Disclosure, given: dict[str, Any]
) -> None:
    answer = sign_in(cast.officer).post(f"/desk/disclosure/{disclosure.pk}/mask/judge/", given)
    assert answer.status_code in {302, 422}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"field": "nothing", "text": "酸奶", "kind": "name"},
        {"field": "facts", "text": "酸奶", "kind": "nothing"},
        {"field": "facts", "text": "", "kind": "name"},
        {"field": "facts", "text": "王小", "kind": "name"},
    ],
)
def test_a_stretch_that_cannot_be_added_is_answered_with_a_sentence(
    cast: Cast, sign_in: SignIn, disclosure: Disclosure, given: dict[str, Any]
) -> None:
    answer = sign_in(cast.officer).post(f"/desk/disclosure/{disclosure.pk}/mask/add/", given)
    assert answer.status_code == 422


def test_the_queue_costs_the_same_for_many(cast: Cast, sign_in: SignIn, disclosure: Disclosure) -> None:
    browser = sign_in(cast.foreign_officer)
    scene.foreign_disclosure(cast)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get("/desk/disclosure/").status_code == 200
        return len(queries)

    few = cost()
    for _number in range(6):
        scene.foreign_disclosure(cast)
    assert cost() <= few
    assert disclosure.department_id == cast.market.pk


def test_a_disclosure_in_every_state_has_a_page(cast: Cast, sign_in: SignIn) -> None:
    case = scene.served(cast)
    browser = sign_in(cast.head)
    address = f"/desk/disclosure/{scene.disclosure_of(case).pk}/"
    assert browser.get(address).status_code == 200
    with scene.on(scene.DECIDED):
        scene.published(cast, case)
    text = browser.get(address).content.decode()
    assert "已公示" in text
    assert "王小虚" not in text


def test_the_address_of_the_masking_step_leads_to_the_masking_desk(
    cast: Cast, sign_in: SignIn, disclosure: Disclosure
) -> None:
    answer = sign_in(cast.officer).get(f"/desk/do/{disclosure.matter_id}/disclosure.mask/{disclosure.pk}/")
    assert answer["Location"] == f"/desk/disclosure/{disclosure.pk}/mask/"
