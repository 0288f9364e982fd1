"""Pages of supervision in a browser: from the board to a lead, the case on both sides, query budgets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from supervision.models import Alert, SupervisionCase
from tests.cast import Cast
from tests.supervision import scenes

Browser = Callable[..., Any]


def questions(browser: Any, url: str) -> int:
    """How many statements a page takes."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    return len(asked)


def test_the_board_leads_from_a_group_to_a_lead_with_everything_filled_in(cast: Cast, sign_in: Browser) -> None:
    alerts = scenes.alerts_for(cast.market, 3)
    browser = sign_in(cast.supervisor)
    board = browser.get(reverse("supervision:board")).content.decode()
    assert "公示执法决定逾期 3 件" in board
    address = f"{reverse('supervision:open')}?department=SCJGJ&rule={scenes.RULE}"
    assert address.replace("&", "&amp;") in board
    form = browser.get(address)
    text = form.content.decode()
    assert "示例区市场监督管理局有 3 件“公示执法决定”" in text
    for alert in alerts:
        assert alert.matter.number in text
    initial = form.context["form"].initial
    answer = browser.post(
        address,
        {
            "target": cast.market.pk,
            "source": "alert",
            "grounds": ["procedure", "inaction"],
            "facts": initial["facts"],
            "colleague": cast.second_supervisor.pk,
            "alerts": initial["alerts"],
            "mode": "daily",
            "no_conflict": "on",
            "form_token": initial["form_token"],
            "draft_version": 0,
        },
    )
    case = SupervisionCase.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("supervision:case", args=[case.pk])
    assert case.alerts.count() == 3
    assert case.grounds == ["procedure", "inaction"]
    assert not Alert.objects.unanswered().exists()


def test_one_alert_of_three_can_be_chosen(cast: Cast, sign_in: Browser) -> None:
    alerts = scenes.alerts_for(cast.market, 3)
    browser = sign_in(cast.supervisor)
    group = browser.get(f"{reverse('supervision:group')}?department=SCJGJ&rule={scenes.RULE}").content.decode()
    assert group.count('name="alert"') == 3
    form = browser.get(f"{reverse('supervision:open')}?alert={alerts[1].pk}")
    assert form.context["form"].initial["alerts"] == [str(alerts[1].pk)]


def test_a_missing_answer_keeps_what_was_typed(cast: Cast, sign_in: Browser) -> None:
    (alert,) = scenes.alerts_for(cast.market)
    browser = sign_in(cast.supervisor)
    address = f"{reverse('supervision:open')}?alert={alert.pk}"
    token = browser.get(address).context["form"].initial["form_token"]
    answer = browser.post(
        address,
        {
            "target": cast.market.pk,
            "source": "alert",
            "facts": "亲笔写的事实",
            "alerts": [alert.pk],
            "mode": "daily",
            "form_token": token,
            "draft_version": 0,
        },
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "亲笔写的事实" in text
    assert not SupervisionCase.objects.exists()
    assert "亲笔写的事实" in browser.get(address).content.decode()


@pytest.mark.parametrize(
    "query", ["", "?alert=999999", "?department=XXX&rule=decision.disclose", "?rule=none", "?alert=abc"]
)
def test_an_address_without_open_alerts_is_not_found(cast: Cast, sign_in: Browser, query: str) -> None:
    scenes.alerts_for(cast.market)
    browser = sign_in(cast.supervisor)
    for page in ("supervision:open", "supervision:group"):
        assert browser.get(f"{reverse(page)}{query}").status_code == 404


def test_a_department_does_not_open_leads(cast: Cast, sign_in: Browser) -> None:
    (alert,) = scenes.alerts_for(cast.market)
    for person in (cast.head, cast.supervision_head):
        assert sign_in(person).get(f"{reverse('supervision:open')}?alert={alert.pk}").status_code == 403


def test_the_filters_of_alerts_say_what_became_of_each(cast: Cast, sign_in: Browser) -> None:
    undone, made_good, linked = scenes.alerts_for(cast.market, 3)
    scenes.disclosed(made_good.matter, scenes.days_ago(1))
    scenes.lead(cast, [linked])
    browser = sign_in(cast.supervisor)
    page = reverse("supervision:alerts")
    for state, shown in (("undone", undone), ("made_good", made_good), ("linked", linked)):
        text = browser.get(f"{page}?state={state}").content.decode()
        titles = {alert.matter.title for alert in (undone, made_good, linked) if alert.matter.title in text}
        assert titles == {shown.matter.title}
    assert "已补办" in browser.get(f"{page}?state=made_good").content.decode()
    file = browser.get(f"{page}?format=csv")
    lines = b"".join(file.streaming_content).decode("utf-8-sig").strip().splitlines()
    assert len(lines) == 4


def test_the_case_page_shows_what_comes_next_to_each_side(cast: Cast, sign_in: Browser) -> None:
    case = scenes.up_to(cast, "served", scenes.alerts_for(cast.market, 2))
    page = reverse("supervision:case", args=[case.pk])
    inside = sign_in(cast.supervisor).get(page).content.decode()
    assert "催报" in inside
    assert "尚未届满" in inside
    assert "参照" in inside
    outside = sign_in(cast.officer).get(page).content.decode()
    for words in ("报送纠正情况", "提出异议", "所涉逾期事项", "执法监督条例30条"):
        assert words in outside
    for words in ("催报", "核验通过", "撤案", "更换监督人员"):
        assert words not in outside


def test_the_late_report_of_a_department_is_on_its_workbench(cast: Cast, sign_in: Browser) -> None:
    scenes.up_to(cast, "served")
    text = sign_in(cast.head).get("/desk/").content.decode()
    assert "报送纠正情况" in text


def test_lists_and_case_ask_as_much_for_many_as_for_few(cast: Cast, sign_in: Browser) -> None:
    browser = sign_in(cast.supervisor)
    scenes.alerts_for(cast.market, 2)
    case = scenes.up_to(cast, "served", list(Alert.objects.all()))
    scenes.alerts_for(cast.market, 3)
    urls = [
        reverse("supervision:board"),
        reverse("supervision:alerts"),
        reverse("supervision:cases"),
        f"{reverse('supervision:group')}?department=SCJGJ&rule={scenes.RULE}",
    ]
    few = [questions(browser, url) for url in urls]
    one = questions(browser, reverse("supervision:case", args=[case.pk]))
    scenes.alerts_for(cast.market, 20, since=100)
    for _more in range(3):
        scenes.lead(cast)
    assert [questions(browser, url) for url in urls] == few
    assert max(few) <= 24
    big = scenes.up_to(cast, "served", list(Alert.objects.unanswered()))
    assert questions(browser, reverse("supervision:case", args=[big.pk])) == one
    assert one <= 60


def test_the_board_shows_the_year_asked_for(cast: Cast, sign_in: Browser) -> None:
    scenes.alerts_for(cast.market)
    browser = sign_in(cast.supervision_head)
    this = timezone.localdate().year
    for query, year in (("", this), (f"?year={this}", this), ("?year=1900", this), ("?year=abc", this)):
        assert browser.get(f"{reverse('supervision:board')}{query}").context["year"] == year
