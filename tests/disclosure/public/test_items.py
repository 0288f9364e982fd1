"""Anybody finds an enforcement item with its basis and its discretion benchmark before any decision (CL-02)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.test import Client
from django.utils import timezone

from disclosure import directory
from disclosure.public.models import PublishedItem
from disclosure.public.publishing import publish_department, publish_item
from enforcement.catalogue import actions
from tests.cast import Cast
from tests.catalogue import scenes
from tests.disclosure.public.invented import decision_data


def shown(number: int = 1, **changes: Any) -> None:
    values: dict[str, Any] = {
        "department_code": "SCJGJ",
        "code": f"4.{number:03d}",
        "name": f"对第 {number} 种行为的处罚（虚构）",
        "act_kind": "penalty",
        "basis": "示例法第一条",
    }
    publish_item(**values | changes)


def test_a_benchmark_approved_is_on_the_items_page_at_once(cast: Cast, visitor: Client) -> None:
    entry = scenes.item_entry(cast)
    page = f"/items/{cast.market.code}/4.17/"
    directory.publish()
    assert "还没有公布裁量基准" in visitor.get(page).content.decode()
    scenes.done(cast, entry, actions.BENCHMARK, scenes.benchmark_data())
    text = visitor.get(page).content.decode()
    assert all(words in text for words in ("较轻", "1,000", "20,000", "示例区裁量基准（虚构）", "食品安全法"))
    later = scenes.benchmark_data(
        effective_from=timezone.localdate() + dt.timedelta(days=30), lowest=Decimal(2000), low_1=Decimal(2000)
    )
    scenes.done(cast, entry, actions.BENCHMARK, later)
    assert PublishedItem.objects.get(code="4.17").benchmark["since"] == scenes.SINCE.isoformat()


def test_the_list_is_searched_by_words_code_and_department(visitor: Client) -> None:
    publish_department(code="SCJGJ", name="示例区市场监督管理局", short_name="区市场监管局")
    shown(1)
    shown(2, name="对无证经营的处罚（虚构）")
    shown(3, department_code="CGJ")
    shown(4, effective_to=timezone.localdate() - dt.timedelta(days=1))

    def found(query: str) -> set[str]:
        return {row["code"] for row in visitor.get(f"/items/{query}").context["rows"]}

    assert found("") == {"4.001", "4.002", "4.003"}
    assert found("?q=无证") == {"4.002"}
    assert found("?q=4.00") == {"4.001", "4.002", "4.003"}
    assert found("?department=CGJ") == {"4.003"}
    assert found("?q=%00%25") == set()


def test_the_list_goes_on_by_key(visitor: Client) -> None:
    for number in range(1, 61):
        shown(number)
    first = visitor.get("/items/").context
    second = visitor.get(first["page"].older_url).context
    codes = [row["code"] for row in (*first["rows"], *second["rows"])]
    assert codes == [f"4.{number:03d}" for number in range(1, 61)]
    assert second["page"].older_url == ""


def test_an_item_that_is_not_there_is_not_found(visitor: Client) -> None:
    shown(1)
    assert visitor.get("/items/SCJGJ/4.001/").status_code == 200
    assert visitor.get("/items/CGJ/4.001/").status_code == 404
    assert visitor.get(f"/items/SCJGJ/{'9' * 300}/").status_code == 404
    assert visitor.get("/items/SCJGJ/4.001%00/").status_code == 404


def test_a_decision_leads_to_its_item(visitor: Client, published: Any) -> None:
    row = published(item_code="4.001", item_name="对第 1 种行为的处罚（虚构）")
    address = f"/items/{decision_data().department_code}/4.001/"
    assert address not in visitor.get(f"/decisions/{row.key}/").content.decode()
    shown(1, department_code=decision_data().department_code)
    assert address in visitor.get(f"/decisions/{row.key}/").content.decode()
