"""The list of cases: saved views, columns, files with their record; none of them shows more than a person may see."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from portal.web.models import Export, FirstView, SavedView
from tests import scenes
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIST = "/desk/cases/"
QUERY = "?state=lead&q=%E7%A4%BA%E4%BE%8B&sort=-filed_on&col=parties&col=officers"


def saved(browser: Client, name: str = "我的线索", query: str = QUERY, **more: str) -> SavedView:
    answer = browser.post(LIST + query, {"name": name, **more})
    assert answer.status_code == 302, answer.content.decode()
    return SavedView.objects.get(name=name)


def body(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig") if answer.streaming else answer.content.decode()


def test_filters_sorting_and_columns_are_kept_under_a_name_and_opened_again(cast: Cast, sign_in: Any) -> None:
    scenes.lead(cast)
    officer = sign_in(cast.officer)
    view = saved(officer)
    assert view.filters == [["q", "示例", "案由、当事人、案号：示例"], ["state", "lead", "环节：线索"]]
    assert (view.sort, view.columns, view.shared) == ("-filed_on", ["parties", "officers"], False)
    page = officer.get(f"{LIST}?view={view.pk}", follow=True)
    assert page.redirect_chain[0][0].endswith(f"sort=-filed_on&col=parties&col=officers&view={view.pk}")
    text = page.content.decode()
    assert "办案人员</th>" in text
    assert "已改动" not in text
    assert "（已改动）" in officer.get(f"{LIST}?state=filed&view={view.pk}").content.decode()


def test_a_view_with_a_filter_that_is_gone_opens_with_a_word_about_it(cast: Cast, sign_in: Any) -> None:
    scenes.lead(cast)
    officer = sign_in(cast.officer)
    view = saved(officer)
    view.filters = [*view.filters, ["state", "abolished", "环节：旧环节"], ["quarter", "3", "季度：三"]]
    view.columns, view.sort = ["parties", "colour"], "abolished"
    view.save()
    page = officer.get(f"{LIST}?view={view.pk}", follow=True)
    assert page.status_code == 200
    text = page.content.decode()
    assert "环节：旧环节、季度：三、原来的排序、栏目“colour”" in text
    assert "示例便利店" in text


def test_a_shared_view_is_the_departments_and_widens_nothing(cast: Cast, sign_in: Any) -> None:
    scenes.lead(cast)
    scenes.foreign_lead(cast)
    supervisor, colleague, stranger = sign_in(cast.supervisor), sign_in(cast.head), sign_in(cast.foreign_officer)
    everything = saved(supervisor, "全区线索", "?state=lead", shared="1")
    own = saved(sign_in(cast.officer), "共用线索", "?state=lead", shared="1")
    secret = saved(sign_in(cast.officer), "自己的", "?state=lead")
    assert "共用线索" in colleague.get(LIST).content.decode()
    text = colleague.get(f"{LIST}?view={own.pk}", follow=True).content.decode()
    assert "示例便利店" in text
    assert "示例工地" not in text
    for browser, view in ((stranger, own), (colleague, secret), (colleague, everything), (supervisor, own)):
        assert browser.get(f"/desk/views/{view.pk}/").status_code == 404
        assert browser.post(f"/desk/views/{view.pk}/", {"delete": "1"}).status_code == 404
        assert "已经删除，或者不再与您共用" in browser.get(f"{LIST}?view={view.pk}").content.decode()
    assert colleague.post(f"/desk/views/{own.pk}/", {"delete": "1"}).status_code == 403
    colleague.post(f"/desk/views/{own.pk}/", {"name": "抢来的", "first": "1"})
    own.refresh_from_db()
    assert own.name == "共用线索"
    assert FirstView.objects.get(view=own).user == cast.head
    assert SavedView.objects.filter(pk__in=[everything.pk, own.pk, secret.pk]).count() == 3


def test_guests_share_nothing(cast: Cast, sign_in: Any) -> None:
    counsel = sign_in(cast.counsel)
    answer = counsel.post(LIST + "?state=lead", {"name": "共用", "shared": "1"})
    assert answer.status_code == 422
    assert "只能自己用" in answer.content.decode()


def test_the_list_opens_with_the_view_put_first_and_can_still_be_seen_whole(cast: Cast, sign_in: Any) -> None:
    scenes.lead(cast)
    officer = sign_in(cast.officer)
    first = saved(officer, first="1", query="?state=filed")
    assert officer.get(LIST).headers["Location"] == f"{LIST}?state=filed&view={first.pk}"
    page = officer.get(LIST, follow=True).content.decode()
    assert "示例便利店" not in page
    assert f'href="{LIST}?view=all"' in page
    assert "示例便利店" in officer.get(f"{LIST}?view=all").content.decode()
    second = saved(officer, "另一个", query="?state=lead", first="1")
    assert officer.get(LIST).headers["Location"].endswith(f"view={second.pk}")
    officer.post(f"/desk/views/{second.pk}/", {"delete": "1"})
    assert officer.get(LIST).status_code == 200


def test_an_empty_view_opens_without_going_round_in_circles(cast: Cast, sign_in: Any) -> None:
    officer = sign_in(cast.officer)
    view = saved(officer, query="", first="1")
    assert officer.get(f"{LIST}?view={view.pk}").status_code == 200
    assert len(officer.get(LIST, follow=True).redirect_chain) == 1


@pytest.mark.parametrize("name", ["", "   ", "长" * 41, "我的线索", "零\x00宽"])
def test_a_name_that_will_not_do_is_said_and_the_list_stays(cast: Cast, sign_in: Any, name: str) -> None:
    officer = sign_in(cast.officer)
    saved(officer)
    answer = officer.post(LIST + QUERY, {"name": name})
    assert answer.status_code == 422
    assert "视图没有保存" in answer.content.decode()
    assert SavedView.objects.count() == 1


def test_a_view_is_renamed_shared_changed_and_deleted_by_its_owner(cast: Cast, sign_in: Any) -> None:
    officer = sign_in(cast.officer)
    view = saved(officer)
    officer.post(f"/desk/views/{view.pk}/", {"name": "改了名", "shared": "1"})
    view.refresh_from_db()
    assert (view.name, view.shared, view.department) == ("改了名", True, cast.market)
    saved(officer, "占用的")
    refused = officer.post(f"/desk/views/{view.pk}/", {"name": "占用的"})
    assert refused.status_code == 422
    assert 'value="占用的"' in refused.content.decode()
    officer.post(f"{LIST}?state=filed&view={view.pk}", {"replace": "1"})
    view.refresh_from_db()
    assert view.filters == [["state", "filed", "环节：已立案"]]
    assert "改了名" in officer.get("/desk/views/").content.decode()
    officer.post(f"/desk/views/{view.pk}/", {"delete": "1"})
    assert not SavedView.objects.filter(pk=view.pk).exists()


def test_a_colleagues_first_view_ends_when_it_is_no_longer_shared(cast: Cast, sign_in: Any) -> None:
    officer, head = sign_in(cast.officer), sign_in(cast.head)
    view = saved(officer, shared="1")
    head.post(f"/desk/views/{view.pk}/", {"first": "1"})
    officer.post(f"/desk/views/{view.pk}/", {"name": view.name})
    assert not FirstView.objects.filter(user=cast.head).exists()
    assert head.get(LIST).status_code == 200


def test_the_file_is_exactly_the_list_and_who_took_it_is_kept(cast: Cast, sign_in: Any) -> None:
    scenes.lead(cast, party_name="=HYPERLINK(1)示例店（虚构）")
    scenes.lead(cast, party_name="示例甲店（虚构）")
    scenes.foreign_lead(cast)
    officer = sign_in(cast.officer)
    lines = body(officer.get(f"{LIST}?q=HYPERLINK&col=parties&format=csv")).strip().splitlines()
    assert lines[0] == "案件,当事人"
    assert len(lines) == 2
    assert "'=HYPERLINK(1)示例店（虚构）" in lines[1]
    answer = officer.get(f"{LIST}?state=lead&col=parties&col=registered&format=xlsx")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("案件", "登记", "当事人")
    assert {row[2] for row in rows[1:]} == {"'=HYPERLINK(1)示例店（虚构）", "示例甲店（虚构）"}
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    kept = Export.objects.order_by("pk")
    assert [(one.format, one.rows, one.user, one.list_key) for one in kept] == [
        ("csv", 1, cast.officer, "enforcement:cases"),
        ("xlsx", 2, cast.officer, "enforcement:cases"),
    ]
    assert kept[1].conditions == "环节：线索"


def test_a_record_of_a_file_is_never_changed(cast: Cast, sign_in: Any) -> None:
    body(sign_in(cast.officer).get(f"{LIST}?format=csv"))
    for change in (lambda: Export.objects.update(rows=0), lambda: Export.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Export.objects.count() == 1


def test_a_head_sees_the_departments_records_an_officer_his_own_the_bureau_all(cast: Cast, sign_in: Any) -> None:
    for person in (cast.officer, cast.second_officer, cast.foreign_officer):
        body(sign_in(person).get(f"{LIST}?format=csv"))
    names = ("陈示例", "李示例", "孙示例")

    def seen(person: Any) -> list[str]:
        rows = sign_in(person).get("/desk/exports/").content.decode().split("<tbody>")[1]
        return [name for name in names if name in rows]

    shown = {"officer": seen(cast.officer), "head": seen(cast.head), "bureau": seen(cast.supervisor)}
    assert shown == {"officer": ["陈示例"], "head": ["陈示例", "李示例"], "bureau": ["陈示例", "李示例", "孙示例"]}


def test_my_cases_are_those_i_handle_or_have_worked_on(cast: Cast, sign_in: Any) -> None:
    scenes.filed(cast, scenes.lead(cast, party_name="示例一店（虚构）"))
    scenes.lead(cast, party_name="示例二店（虚构）")
    scenes.lead(cast, cast.second_officer, party_name="示例三店（虚构）")
    names = {"一", "二", "三"}

    def seen(person: Any, query: str) -> set[str]:
        text = sign_in(person).get(f"{LIST}?{query}").content.decode()
        return {name for name in names if f"示例{name}店" in text}

    assert seen(cast.officer, "scope=mine") == {"一", "二"}
    assert seen(cast.second_officer, "scope=mine") == {"一", "三"}
    assert seen(cast.officer, "scope=unassigned") == {"二", "三"}
    assert seen(cast.officer, "view=all") == names


def test_the_list_costs_the_same_for_fifty_cases_as_for_five(cast: Cast, sign_in: Any) -> None:
    head = sign_in(cast.head)
    saved(sign_in(cast.officer), shared="1")
    query = f"{LIST}?view=all&col=officers&col=parties&col=item&scope=mine&scope=unassigned"

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert head.get(query).status_code == 200
        return len(asked)

    for number in range(5):
        scenes.lead(cast, party_name=f"示例 {number} 店（虚构）")
    few = questions()
    for number in range(5, 40):
        scenes.lead(cast, party_name=f"示例 {number} 店（虚构）")
    assert few == questions() <= 14
