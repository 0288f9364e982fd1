"""The pages of the register as the people who use them see them."""

from __future__ import annotations

from typing import Any

import pytest

from personnel.subjects.models import EnforcementSubject
from tests.cast import Cast, fresh
from tests.subjects import scenes
from tests.subjects.scenes import day


def test_the_bureau_is_told_how_far_an_empty_register_binds(cast: Cast, sign_in: Any) -> None:
    shown = sign_in(cast.supervisor).get("/desk/subjects/").content.decode()
    assert "登记簿只约束已经登记的主体" in shown
    assert "登记簿是空的" in shown
    assert "登记簿只约束已经登记的主体" not in sign_in(cast.officer).get("/desk/subjects/").content.decode()


def test_an_administrator_applies_with_the_form(cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.dept_admin)
    form = browser.get("/desk/new/subjects.apply/")
    assert cast.market.name in form.content.decode()
    token = "a" * 32
    given = {
        "name": cast.market.name, "leader": "赵示例", "basis": "示编〔2019〕1 号（虚构）", "duties": "监管（虚构）",
        "area": "示例区", "form_token": token,
    }  # fmt: skip
    wrong = browser.post("/desk/new/subjects.apply/", given | {"basis": " "})
    assert wrong.status_code == 422
    assert "示例区" in wrong.content.decode()
    answer = browser.post("/desk/new/subjects.apply/", given, follow=True)
    assert "执法主体" in answer.content.decode()
    subject = EnforcementSubject.objects.get(department=cast.market)
    shown = browser.get(f"/desk/subjects/{subject.pk}/").content.decode()
    assert "示编〔2019〕1 号（虚构）" in shown
    assert "确认主体资格" in shown


def test_mandates_and_decisions_are_shown_with_their_items(cast: Cast, sign_in: Any) -> None:
    body = scenes.entrusted_body(cast)
    made = scenes.mandate(cast, body, valid_to=day(30))
    page = sign_in(cast.head).get(f"/desk/subjects/mandates/{made.pk}/").content.decode()
    assert "对未按规定建立进货查验记录的处罚" in page
    assert "剩 30 日" in page
    decision = scenes.empowered(cast, cast.street)
    page = sign_in(cast.supervisor).get(f"/desk/subjects/empowerments/{decision.pk}/").content.decode()
    assert "9.01" in page
    assert "区城管局" in page
    listed = sign_in(scenes.admin_of(body)).get("/desk/subjects/mandates/").content.decode()
    assert made.number in listed


@pytest.mark.parametrize("address", ["mandates/", "empowerments/", ""])
def test_lists_are_exported_and_filtered(cast: Cast, sign_in: Any, address: str) -> None:
    scenes.mandate(cast, scenes.entrusted_body(cast))
    scenes.empowered(cast, cast.street)
    scenes.published(cast, cast.market)
    browser = sign_in(fresh(cast.supervisor))
    assert browser.get(f"/desk/subjects/{address}?kind=organ&body=SCDD&street=ZXJD&state=published").status_code == 200
    assert browser.get(f"/desk/subjects/{address}?format=csv&after=x&kind=%00").status_code == 200


def test_the_list_costs_the_same_for_few_and_many(cast: Cast, sign_in: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = sign_in(fresh(cast.supervisor))

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            browser.get("/desk/subjects/")
        return len(seen)

    scenes.mandate(cast, scenes.entrusted_body(cast, "SCD0"), valid_to=day(20))
    cost()
    few = cost()
    for number in range(1, 5):
        scenes.mandate(cast, scenes.entrusted_body(cast, f"SCD{number}"), valid_to=day(20))
    assert cost() == few
