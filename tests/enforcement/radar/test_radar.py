"""The same party, a like item, a near day in another department: both are told, neither sees the other's file."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from enforcement.cases import actions, data
from enforcement.cases.duplicates import duplicates
from enforcement.models import Case, EnforcementAct, EnforcementItem, Party
from enforcement.radar import finding
from enforcement.radar.models import RadarSetting
from portal.inbox.models import Notice
from portal.matters.models import Matter
from portal.workflow.door import perform
from tests.case_scenes import on
from tests.cast import Cast, fresh
from tests.scenes import item, register_data

pytestmark = pytest.mark.django_db
CODE = "91650204MA7ABCDE01"
DAY = dt.date(2025, 8, 4)


def lead(cast: Cast, part: str, *, day: dt.date = DAY, name: str = "", code: str = "4.17", **changes: Any) -> Case:
    """A lead that somebody registers on a day; `name` renames the item."""
    actor = fresh(getattr(cast, part))
    row = item(cast, code, actor.department)
    if name:
        EnforcementItem.objects.filter(pk=row.pk).update(name=name)
    values = {"item": row.pk, "occurred_on": day, "party_kind": "company"} | changes
    with on(day):
        found: Case = perform(None, actions.REGISTER, actor=actor, data=register_data(cast, **values)).subject
    return found


def met(case: Case) -> list[int]:
    """The other cases that the radar finds."""
    return [one.other for one in finding.of_acts([case.pk])]


TABLE = [
    # how the second lead differs → is it found
    ("同名、同一事项、同一天", {}, True),
    ("名称写法不同（全角、空格）", {"party_name": "示例 便利店(虚构)"}, True),
    ("另一当事人", {"party_name": "另一示例店（虚构）"}, False),
    ("180 日以内", {"day": DAY + dt.timedelta(days=180)}, True),
    ("超过 180 日", {"day": DAY + dt.timedelta(days=181)}, False),
    ("相近的事项", {"name": "对未按规定建立进货查验记录制度行为的行政处罚"}, True),
    ("无关的事项", {"name": "对占道经营的处罚"}, False),
    ("只有一方登记了信用代码", {"credit_code": CODE}, True),
]


@pytest.mark.parametrize(("_how", "changes", "wanted"), TABLE, ids=[row[0] for row in TABLE])
def test_what_counts_as_the_same_matter(cast: Cast, _how: str, changes: dict[str, Any], wanted: bool) -> None:
    first, second = lead(cast, "officer"), lead(cast, "foreign_officer", **changes)
    assert met(first) == ([second.pk] if wanted else [])
    assert met(second) == ([first.pk] if wanted else [])


def test_the_same_credit_code_counts_under_any_name_and_two_codes_are_two_parties(cast: Cast) -> None:
    first = lead(cast, "officer", credit_code=CODE)
    renamed = lead(cast, "foreign_officer", credit_code=CODE, party_name="改名后的示例店（虚构）")
    assert met(first) == [renamed.pk]
    Party.objects.filter(act=renamed).update(name="示例便利店（虚构）", credit_code="91650204MA7ABCDE99")
    assert met(first) == []


def test_people_are_the_same_by_number_not_by_name(cast: Cast) -> None:
    first = lead(cast, "officer", party_kind="natural", party_name="王小虚", identity="650204199001010015")
    second = lead(cast, "foreign_officer", party_kind="natural", party_name="王小虚")
    assert [one.how for one in finding.of_acts([first.pk])] == ["name"]
    party = second.parties.get()
    party.identity = "650204199001010015"
    party.save()
    assert [one.how for one in finding.of_acts([first.pk])] == ["identity"]
    party.identity = "11010519491231002X"
    party.save()
    assert met(first) == []


def test_the_own_department_and_what_was_not_filed_do_not_count(cast: Cast) -> None:
    first = lead(cast, "officer")
    lead(cast, "second_officer")
    other = lead(cast, "foreign_officer")
    assert met(first) == [other.pk]
    with on(DAY):
        perform(other, actions.DECLINE, actor=fresh(cast.foreign_head), data=data.Decline("不属于本机关管辖（虚构）"))
    assert met(first) == []


def test_a_party_added_later_is_found_at_once(cast: Cast) -> None:
    first = lead(cast, "officer", party_name="甲示例店（虚构）")
    other = lead(cast, "foreign_officer")
    assert met(first) == []
    with on(DAY):
        added = data.AddParty(party_kind="company", party_name="示例便利店（虚构）", address="示例路 1 号")
        perform(first, actions.ADD_PARTY, actor=fresh(cast.officer), data=added)
    assert met(first) == [other.pk]
    assert met(other) == [first.pk]


def test_both_departments_are_told_once_and_shown_four_things_only(cast: Cast, sign_in: Any) -> None:
    first = lead(cast, "officer", facts="只有本部门看得到的事实甲（虚构）")
    second = lead(cast, "foreign_officer", facts="只有对方看得到的事实乙（虚构）", address="乙方地址（虚构）")
    told = Notice.objects.filter(kind="radar")
    assert set(told.filter(matter=first.matter).values_list("user__department__code", flat=True)) == {"SCJGJ"}
    assert set(told.filter(matter=second.matter).values_list("user__department__code", flat=True)) == {"CGJ"}
    assert told.filter(user=cast.head).count() == told.filter(user=cast.foreign_officer).count() == 1
    for part, own, foreign in (("head", first, second), ("foreign_officer", second, first)):
        browser = sign_in(fresh(getattr(cast, part)))
        shown = browser.get(f"/desk/cases/{own.pk}/").content.decode()
        assert "其他部门可能在办同一件事" in shown
        assert foreign.department.name in shown
        assert f"/desk/cases/{foreign.pk}/" not in shown
        assert foreign.facts not in shown
        assert browser.get(f"/desk/cases/{foreign.pk}/").status_code == 404


def test_the_workbench_shows_them_to_handlers_and_heads(cast: Cast, sign_in: Any) -> None:
    recent = dt.date.today() - dt.timedelta(days=3)  # noqa: DTZ011 - any day of the past week
    first = lead(cast, "officer", day=recent)
    lead(cast, "foreign_officer", day=recent)
    for part, wanted in (("officer", True), ("head", True), ("dept_admin", False), ("liaison", False)):
        shown = sign_in(fresh(getattr(cast, part))).get("/desk/").content.decode()
        assert ("其他部门可能在办同一件事" in shown and first.title in shown) is wanted, part


def test_a_guest_of_the_matter_is_not_shown_the_encounter(cast: Cast, sign_in: Any) -> None:
    from portal.accounts.grants import grant_matter

    first = lead(cast, "officer")
    lead(cast, "foreign_officer")
    grant_matter(first.matter, to=cast.counsel, ground="示例")
    page = sign_in(fresh(cast.counsel)).get(f"/desk/cases/{first.pk}/").content.decode()
    assert "其他部门可能在办同一件事" not in page


def crowd(cast: Cast, number: int) -> None:
    """So many other acts of the city management, a party each."""
    rows = [
        Matter(kind="enforcement.case", department=cast.city, title=f"示例{place}（虚构）", opened_at=timezone.now())
        for place in range(number)
    ]
    acts = [
        EnforcementAct(
            matter=one, department=cast.city, kind="penalty", title=one.title, acting_name="示例", registered_on=DAY
        )
        for one in Matter.objects.bulk_create(rows)
    ]
    EnforcementAct.objects.bulk_create(acts)
    Party.objects.bulk_create(
        Party(
            act=act, kind="company", name=f"示例第{place}店（虚构）", credit_code=f"X{place:017d}",
            identity_hash=f"{place:064d}",
        )
        for place, act in enumerate(acts)
    )  # fmt: skip


def test_one_statement_by_the_indexes_however_many_parties_there_are(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    first = lead(cast, "officer")
    other = lead(cast, "foreign_officer")
    crowd(cast, 6000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE enforcement_party, enforcement_enforcementact, matters_matter")
        values = finding.assumed() | {"most": 20, "acts": [first.pk]}
        cursor.execute("EXPLAIN " + finding.statement("a.matter_id = ANY(%(acts)s)"), values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Seq Scan on enforcement_party" not in plan
    for index in ("party_credit_code", "identity_hash", "party_folded_name"):
        assert index in plan
    with django_assert_num_queries(1):
        assert met(first) == [other.pk]


def setting(cast: Cast, days: int, alike: str, day: dt.date = DAY) -> None:
    RadarSetting.objects.create(
        days=days, alike=Decimal(alike), from_on=day, ground="示例纪要（虚构）", made_by=cast.supervision_head
    )


def test_the_bureau_sets_how_near_and_how_much_alike(cast: Cast) -> None:
    first = lead(cast, "officer")
    far = lead(cast, "foreign_officer", day=DAY + dt.timedelta(days=300))
    like = lead(cast, "street_officer", name="对未按规定建立进货查验记录制度行为的行政处罚")
    assert met(first) == [like.pk]
    assert duplicates(first) == []
    setting(cast, 365, "1.00")
    assert met(first) == [far.pk]
    assert [act.pk for act in duplicates(first)] == [far.pk]
    setting(cast, 365, "0.30")
    assert set(met(first)) == {far.pk, like.pk}
    setting(cast, 30, "1.00", timezone.localdate() + dt.timedelta(days=1))
    assert set(met(first)) == {far.pk, like.pk}


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": "29"}, {"days": "731"}, {"days": ""}, {"days": "1e3"}, {"days": "9" * 40}, {"alike": "0.29"},
        {"alike": "1.01"}, {"alike": "NaN"}, {"alike": "一半"}, {"from_on": "2020-01-01"}, {"from_on": "9999-12-31"},
        {"from_on": "0001-01-01"}, {"ground": " "}, {"ground": "长" * 201},
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused_beside_its_field(cast: Cast, sign_in: Any, wrong: dict[str, str]) -> None:
    sent = {"days": "365", "alike": "0.6", "from_on": timezone.localdate().isoformat(), "ground": "示例纪要（虚构）"}
    answer = sign_in(cast.supervision_head).post("/desk/radar/settings/", sent | wrong)
    assert answer.status_code == 422
    [name] = wrong
    assert list(answer.context["form"].errors) == [name]
    assert not RadarSetting.objects.exists()


def test_what_is_set_is_shown_as_local_with_its_ground_and_never_changed(cast: Cast, sign_in: Any) -> None:
    head = sign_in(cast.supervision_head)
    sent = {"days": "365", "alike": "0.6", "from_on": timezone.localdate().isoformat(), "ground": "示例纪要（虚构）"}
    page = head.post("/desk/radar/settings/", sent, follow=True).content.decode()
    assert "不超过 365 日" in page
    assert "本地" in page
    assert "示例纪要（虚构）" in page
    with pytest.raises(DatabaseError), transaction.atomic():
        RadarSetting.objects.update(days=30)
