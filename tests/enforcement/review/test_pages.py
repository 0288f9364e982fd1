"""The desk of review: eight points beside the file, drafts that stay, a queue of constant cost, figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enforcement.review.figures import figures
from enforcement.review.models import Reviewer, ReviewSetting, Round
from enforcement.review.points import POINTS
from enforcement.review.rounds import last_round
from portal.workflow.models import Proposal
from tests import case_scenes as scene
from tests.cast import Cast
from tests.enforcement.review import scenes as review

pytestmark = pytest.mark.django_db
DAY = review.REVIEWED
SignIn = Callable[..., Client]


def answers(**changes: str) -> dict[str, str]:
    """What the reviewer's form sends."""
    values = {point.key: "fine" for point in POINTS}
    values |= {f"{point.key}_note": "" for point in POINTS}
    more = {
        "verdict": "passed",
        "opinion": "事实清楚，裁量适当，同意（虚构）",
        "to_mend": "",
        "late_reason": "",
        "on": "",
    }
    return values | more | {"form_token": "a", "draft_version": "0"} | changes


def test_the_reviewer_answers_beside_the_file_and_loses_nothing(cast: Cast, sign_in: SignIn) -> None:
    case = scene.notice_served(cast)
    found = review.submit(cast, case)
    review.take(cast, case)
    with scene.on(DAY, 11):
        browser, address = sign_in(cast.legal), f"/desk/review/{found.pk}/opine/"
        page = browser.get(address).content.decode()
        assert all(str(point.question) in page for point in POINTS)
        assert "现场检查笔录" in page
        wrong = browser.post(address, answers(law="problem", law_note="条款有误（虚构）"))
        assert wrong.status_code == 422
        assert "条款有误（虚构）" in wrong.content.decode()
        kept = browser.post(f"{address}autosave/", answers(law="problem", law_note="再想一想（虚构）"))
        assert "草稿已自动保存" in kept.content.decode()
        assert Proposal.objects.get(action="review.opine").data["law_note"] == "再想一想（虚构）"
        done = browser.post(address, answers())
        assert done.status_code == 302
        assert browser.get(address).status_code == 302  # a round that is over leads to its page
        assert "审核通过" in browser.get(f"/desk/review/{found.pk}/").content.decode()
    last = last_round(case)
    assert last is not None
    assert last.state == "passed"


def test_the_queue_asks_as_much_for_many_as_for_one(cast: Cast, sign_in: SignIn) -> None:
    review.submit(cast, scene.notice_served(cast))
    with scene.on(DAY, 11):
        browser = sign_in(cast.legal)
        browser.get("/desk/review/")
        with CaptureQueriesContext(connection) as one:
            browser.get("/desk/review/")
    review.submit(cast, scene.notice_served(cast))
    with scene.on(DAY, 11), CaptureQueriesContext(connection) as two:
        page = browser.get("/desk/review/").content.decode()
    assert page.count("2025-09-01") == 2
    assert len(one) == len(two)


def test_figures_count_what_waits_and_what_came_back(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.returned(cast, case)
    review.submit(cast, case, DAY + dt.timedelta(days=1), mended="已补充（虚构）")
    with scene.on(DAY + dt.timedelta(days=31)):
        (row,) = figures(DAY + dt.timedelta(days=31))
    assert (row.code, row.waiting, row.free, row.oldest) == ("SCJGJ", 1, 1, 30)
    assert (row.concluded, row.returned, row.share, row.mean, row.late) == (1, 1, "100.0%", "0.0", 1)
    assert figures(DAY, cast.city.pk) == []


@pytest.mark.parametrize(
    ("address", "values"),
    [
        ("reviewers", {"standing": "exam", "certificate": "", "ground": "示例"}),
        ("reviewers", {"standing": "earlier", "since": "0001-01-01", "ground": "示例"}),
        ("reviewers", {"standing": "earlier", "since": "99999-01-01", "ground": "示例"}),
        ("reviewers", {"standing": "exam", "certificate": "A1", "ground": " "}),
        ("settings", {"order": "before", "leaders": "1", "from_on": "2099-01-01", "ground": "示例"}),
        ("settings", {"order": "sometimes", "leaders": "999999999999", "from_on": "", "ground": "示例"}),
    ],
)
def test_a_reviewer_or_setting_that_cannot_be_is_refused(
    cast: Cast, sign_in: SignIn, address: str, values: dict[str, Any]
) -> None:
    answer = sign_in(cast.head).post(f"/desk/review/{address}/", {"user": cast.legal.pk} | values)
    assert answer.status_code == 422
    assert not Reviewer.objects.exists()
    assert not ReviewSetting.objects.exists()


def test_a_head_records_only_his_own_people(cast: Cast, sign_in: SignIn) -> None:
    values = {"standing": "exam", "certificate": "A1", "ground": "示例文件（虚构）"}
    browser = sign_in(cast.head)
    assert browser.post("/desk/review/reviewers/", values | {"user": cast.street_head.pk}).status_code == 422
    assert browser.post("/desk/review/reviewers/", values | {"user": cast.legal.pk}).status_code == 302
    assert Reviewer.objects.get().made_by == cast.head
    assert Round.objects.count() == 0
