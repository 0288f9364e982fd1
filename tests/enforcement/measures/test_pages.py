"""The case's page with its measures, the registers, and what they cost in statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enforcement.measures import actions
from enforcement.measures.data import custody as forms
from enforcement.models import Case
from tests.case_scenes import filed, on
from tests.cast import Cast
from tests.enforcement.measures.scenes import (
    SEIZED,
    approved,
    basis,
    dispose_data,
    done,
    hold_data,
    record_data,
    seized,
)

DAY = dt.timedelta(days=1)


def statements(browser: Client, case: Case) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(f"/desk/cases/{case.pk}/").status_code == 200
    return len(seen)


def test_the_page_tells_every_thing_its_fate_and_every_record_that_is_missing(
    cast: Cast, sign_in: Callable[..., Client]
) -> None:
    case = filed(cast)
    measure = seized(cast, case)
    first = measure.things.all()[0]
    with on(SEIZED + DAY):
        approved(cast, case, actions.DISPOSE, dispose_data(measure, things=(first.pk,), quantity="2"))
        text = sign_in(cast.officer).get(f"/desk/cases/{case.pk}/").content.decode()
    for words in (
        "在控 4 盒",
        "解除并退还 2 盒（2025-08-06）",
        "3 件没有处理",
        "2025-09-04",
        "全程录像",
        "缺少 2 项",
        "还没有登记告知",
    ):
        assert words in text, words


def test_the_cost_of_the_page_does_not_grow_with_things_and_records(cast: Cast, sign_in: Callable[..., Client]) -> None:
    case = filed(cast)
    measure = seized(cast, case)
    browser = sign_in(cast.officer)
    with on(SEIZED, 14):
        done(cast, case, actions.RECORD, record_data(about=measure.about))
        few = statements(browser, case)
        for number in range(4):
            things = "\n".join(f"货物{number}-{line}，，1，件" for line in range(30))
            approved(cast, case, actions.HOLD, hold_data(case, things=things))
            done(cast, case, actions.RECORD, record_data(title=f"录像 {number}", about=measure.about))
        assert statements(browser, case) <= few + 2


@pytest.mark.parametrize("address", ["/desk/measures/", "/desk/measures/monitors/"])
def test_an_empty_register_says_what_it_is_for(cast: Cast, sign_in: Callable[..., Client], address: str) -> None:
    assert "负责人批准后启用" in sign_in(cast.officer).get(address).content.decode()
    assert "负责人批准后启用" in sign_in(cast.head).get(address).content.decode()


def test_the_register_shows_articles_with_who_decides(cast: Cast, sign_in: Callable[..., Client]) -> None:
    row = basis(cast, "extend", step=2, approver="collective")
    browser = sign_in(cast.officer)
    assert "负责人集体讨论决定" in browser.get("/desk/measures/").content.decode()
    assert "停用这一条款" in browser.get(f"/desk/measures/{row.pk}/").content.decode()


def test_bad_input_comes_back_with_everything_typed(cast: Cast, sign_in: Callable[..., Client]) -> None:
    case = filed(cast)
    browser = sign_in(cast.officer)
    with on(SEIZED):
        typed = {
            "things": "酸奶，六盒",
            "reason": "货物可能被转移（虚构）",
            "on": "0001-01-01",
            "party": "999999999999",
        }
        answer = browser.post(f"/desk/do/{case.pk}/measures.hold/", typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "货物可能被转移（虚构）" in text
    assert "酸奶，六盒" in text


@pytest.mark.parametrize("key", [one.key for one in actions.ALL])
def test_nonsense_in_any_form_is_answered_with_sentences(cast: Cast, sign_in: Callable[..., Client], key: str) -> None:
    case = filed(cast)
    seized(cast, case)
    browser = sign_in(cast.officer)
    nonsense = dict.fromkeys(("measure", "item", "party", "things", "days", "quantity", "on", "at", "until", "begun_on", "about", "kind", "document", "appraisal", "monitor", "key", "step", "medium", "begun_at", "recorded_at"), "99999999999999999999")  # fmt: skip
    with on(SEIZED + DAY):
        for values in (nonsense, nonsense | {"on": "99999-01-01", "at": "0001-01-01T00:00"}, {}):
            assert browser.post(f"/desk/do/{case.pk}/{key}/", values).status_code in {403, 409, 422}


def test_forms_say_what_is_still_missing_to_act(cast: Cast, sign_in: Callable[..., Client]) -> None:
    case = filed(cast)
    with on(SEIZED):
        text = sign_in(cast.officer).get(f"/desk/cases/{case.pk}/").content.decode()
    for words in ("先行登记保存", "本部门的执法目录里没有施行中的行政强制措施事项", "没有登记可以延长办案期限的"):
        assert words in text, words
    assert forms.powers(case, None).count() == 0
