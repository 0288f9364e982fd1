"""The platform administrator begins series, keeps numbers in reserve and voids them; others do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from portal.documents import numbering
from portal.documents.models import Document, Number, Series
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PAGE = "documents:numbers"


@pytest.mark.parametrize(
    ("person", "status"),
    [("dept_admin", 200), ("bureau_admin", 200), ("officer", 403), ("head", 403), ("supervisor", 403)],
)
def test_the_page_is_the_platform_administrators(
    cast: Cast, sign_in: Callable[..., Client], person: str, status: int
) -> None:
    assert sign_in(getattr(cast, person)).get(reverse(PAGE)).status_code == status


def test_a_series_goes_on_behind_the_paper_register(
    cast: Cast, sign_in: Callable[..., Client], letter: Callable[..., Document]
) -> None:
    browser = sign_in(cast.dept_admin)
    data = {"begin": "1", "begin-series": "示市监|罚告", "begin-first_value": "38", "begin-reason": "前37号在纸上"}
    assert browser.post(reverse(PAGE), data).status_code == 302
    assert letter().number.endswith("〕38号")
    page = browser.get(reverse(PAGE)).content.decode()
    assert "从38号开始：前37号在纸上" in page
    refused = browser.post(reverse(PAGE), data | {"begin-first_value": "50"})
    assert refused.status_code == 200
    assert "不能再改起始号" in refused.content.decode()
    assert "50" in refused.content.decode(), "what was typed is still there"
    assert Series.objects.get().first_value == 38


def test_numbers_are_kept_in_reserve_and_voided_one_by_one(cast: Cast, sign_in: Callable[..., Client]) -> None:
    browser = sign_in(cast.dept_admin)
    data = {"reserve": "1", "reserve-series": "示市监|罚告", "reserve-count": "3", "reserve-purpose": "乡镇巡查"}
    assert browser.post(reverse(PAGE), data).status_code == 302
    first = Number.objects.get(value=1)
    assert first.text in browser.get(reverse(PAGE)).content.decode()
    address = reverse("documents:number-void", args=[first.pk])
    assert sign_in(cast.bureau_admin).post(address, {"reason": "别的部门"}).status_code == 404
    assert sign_in(cast.officer).post(address, {"reason": "不是管理员"}).status_code == 403
    assert "请写明作废的理由" in browser.post(address, {"reason": ""}, follow=True).content.decode()
    assert "已作废" in browser.post(address, {"reason": "文书被雨淋湿"}, follow=True).content.decode()
    assert list(Number.objects.order_by("value").values_list("state", flat=True)) == ["void", "reserved", "reserved"]


@pytest.mark.parametrize("count", ["0", "201", "", "x"])
def test_a_block_of_a_foolish_size_is_refused_beside_the_field(
    cast: Cast, sign_in: Callable[..., Client], count: str
) -> None:
    data = {"reserve": "1", "reserve-series": "示市监|罚告", "reserve-count": count, "reserve-purpose": "巡查"}
    answer = sign_in(cast.dept_admin).post(reverse(PAGE), data)
    assert answer.status_code == 200
    assert "aria-invalid" in answer.content.decode()
    assert not Number.objects.exists()


def test_a_series_of_another_department_cannot_be_chosen(cast: Cast, sign_in: Callable[..., Client]) -> None:
    data = {"reserve": "1", "reserve-series": "示城管|罚告", "reserve-count": "1", "reserve-purpose": "巡查"}
    assert sign_in(cast.dept_admin).post(reverse(PAGE), data).status_code == 200
    assert not Number.objects.exists()


def test_the_page_counts_what_the_series_holds(
    cast: Cast, sign_in: Callable[..., Client], letter: Callable[..., Document]
) -> None:
    letter()
    numbering.reserve_block(cast.market, "罚告", 2, actor=cast.dept_admin, purpose="巡查")
    page = sign_in(cast.dept_admin).get(reverse(PAGE)).content.decode()
    assert f"示市监罚告〔{numbering.current_year()}〕4号" in page


def test_a_department_is_offered_the_series_of_the_papers_it_issues(cast: Cast, sign_in: Callable[..., Client]) -> None:
    market = sign_in(cast.dept_admin).get(reverse(PAGE)).content.decode()
    bureau = sign_in(cast.bureau_admin).get(reverse(PAGE)).content.decode()
    assert "示市监罚告（" in market
    assert "督办函" not in market
    assert "督办函" in bureau
