"""The system administrators' back room: nothing there changes a state, deletes a matter or counts a million rows."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.admin_site import CappedPaginator, Guarded, belongs_to_matter
from portal.accounts.models import Department, RoleAssignment, User
from tests.cast import Cast, fresh


def test_every_model_in_the_back_room_is_guarded(cast: Cast, rf: Any) -> None:
    request = rf.get("/admin/")
    request.user = cast.system_administrator
    assert len(admin.site._registry) >= 2
    for model, room in admin.site._registry.items():
        assert isinstance(room, Guarded), model
        assert room.show_full_result_count is False
        if belongs_to_matter(model):
            assert not room.has_change_permission(request)
            assert not room.has_delete_permission(request)
            assert not room.has_add_permission(request)


def test_a_system_administrator_opens_an_account_and_gives_a_role(cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.system_administrator)
    added = browser.post(
        "/admin/accounts/user/add/",
        {
            "username": "neu", "name": "新示例", "department": cast.market.pk, "usable_password": "true",
            "password1": "一个-足够长的-口令", "password2": "一个-足够长的-口令",
        },
    )  # fmt: skip
    assert added.status_code == 302, added.context["adminform"].form.errors
    person = User.objects.get(username="neu")
    page = browser.get(f"/admin/accounts/user/{person.pk}/change/").content.decode()
    assert "role_assignments-TOTAL_FORMS" in page
    browser.post(
        f"/admin/accounts/user/{person.pk}/change/",
        {
            "username": "neu", "name": "新示例", "department": cast.market.pk, "is_active": "on", "email": "", "phone": "",
            "role_assignments-TOTAL_FORMS": "1", "role_assignments-INITIAL_FORMS": "0",
            "role_assignments-0-user": person.pk, "role_assignments-0-role": "officer",
        },
    )  # fmt: skip
    assert fresh(person).roles == {"officer"}
    assert RoleAssignment.history.filter(user=person).count() == 1


def test_a_department_has_one_platform_administrator(cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.system_administrator)
    answer = browser.post(
        f"/admin/accounts/user/{cast.newcomer.pk}/change/",
        {
            "username": "xin", "name": "辛示例", "department": cast.market.pk, "is_active": "on", "email": "", "phone": "",
            "role_assignments-TOTAL_FORMS": "1", "role_assignments-INITIAL_FORMS": "0",
            "role_assignments-0-user": cast.newcomer.pk, "role_assignments-0-role": "dept_admin",
        },
    )  # fmt: skip
    assert answer.status_code == 200
    assert "每个部门只能有一名平台管理员" in answer.content.decode()
    assert fresh(cast.newcomer).roles == frozenset()


def test_a_change_of_a_department_leaves_its_history_and_cannot_be_reverted_by_a_button(
    cast: Cast, sign_in: Any
) -> None:
    browser = sign_in(cast.system_administrator)
    market = Department.objects.get(pk=cast.market.pk)
    market.phone = "0990-1111111"
    market.save()
    version = market.history.first()
    assert version is not None
    page = browser.get(f"/admin/accounts/department/{market.pk}/history/")
    assert page.status_code == 200
    shown = browser.get(f"/admin/accounts/department/{market.pk}/history/{version.history_id}/").content.decode()
    assert 'name="_save"' not in shown


def test_a_change_list_counts_to_a_thousand_and_no_further(cast: Cast, sign_in: Any) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert sign_in(cast.system_administrator).get("/admin/accounts/user/").status_code == 200
    counts = [one["sql"] for one in asked if "COUNT(" in one["sql"]]
    assert counts
    assert all("LIMIT 1001" in statement for statement in counts)
    assert CappedPaginator(User.objects.order_by("pk"), 50).count == User.objects.count()


def test_accounts_and_departments_are_switched_off_never_deleted(cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.system_administrator)
    assert browser.get(f"/admin/accounts/user/{cast.newcomer.pk}/delete/").status_code == 403
    assert browser.get(f"/admin/accounts/department/{cast.market.pk}/delete/").status_code == 403
