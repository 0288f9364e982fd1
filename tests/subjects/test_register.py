"""The register of subjects: what the bureau confirms, who may do which step, what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from personnel.subjects import empowerments, mandates
from personnel.subjects import register as subjects
from personnel.subjects.attention import attention
from personnel.subjects.models import EnforcementSubject
from portal.deadlines.models import Obligation
from portal.documents.models import Document
from portal.inbox.models import Notice
from portal.ledger.verification import verify
from portal.workflow import proposals
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid, Overtaken
from tests.cast import Cast, fresh
from tests.subjects import scenes
from tests.subjects.scenes import day

State = EnforcementSubject.State


def test_from_application_to_announcement_and_withdrawal(cast: Cast) -> None:
    subject = scenes.withdrawn(cast, cast.market)
    assert (subject.state, subject.kind) == (State.WITHDRAWN, "organ")
    assert subject.confirmed_on == subject.published_on == subject.withdrawn_on == day(0)
    assert subject.number.startswith("示司主体公〔")
    kinds = list(Document.objects.filter(matter=subject.matter).order_by("pk").values_list("kind", "issuer__code"))
    assert kinds == [("subjects.confirmation", "SFJ"), ("subjects.announcement", "SFJ"), ("subjects.withdrawal", "SFJ")]
    assert list(verify()) == []


def test_nobody_confirms_what_he_has_proposed_himself(cast: Cast) -> None:
    from portal.accounts.models import RoleAssignment
    from portal.accounts.roles import Role

    RoleAssignment.objects.create(user=cast.supervisor, department=cast.bureau, role=Role.SUPERVISION_HEAD)
    subject = scenes.applied(cast.market)
    data = subjects.Confirm("核对了机构编制文件（虚构）")
    proposal = proposals.request(subject, subjects.CONFIRM, actor=fresh(cast.supervisor), data=data)
    with pytest.raises(Forbidden):
        proposals.approve(proposal, actor=fresh(cast.supervisor))
    with pytest.raises(Forbidden):
        perform(subject, subjects.CONFIRM, actor=fresh(cast.supervision_head), data=data)


@pytest.mark.parametrize("part", ["dept_admin", "head", "officer"])
def test_a_department_does_not_confirm_itself(cast: Cast, part: str) -> None:
    subject = scenes.applied(cast.market)
    with pytest.raises(Forbidden):
        proposals.request(
            subject, subjects.CONFIRM, actor=fresh(getattr(cast, part)), data=subjects.Confirm("同意（虚构）")
        )


def test_a_department_stands_in_the_register_once(cast: Cast) -> None:
    scenes.applied(cast.market)
    with pytest.raises(Invalid) as refused:
        scenes.applied(cast.market)
    assert "已经在登记簿上" in refused.value.fields["name"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("leader", "　"), ("basis", ""), ("duties", " "), ("area", " "), ("credit_code", "123")],
)
def test_what_is_blank_or_wrong_is_told_at_its_field(cast: Cast, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        scenes.applied(cast.market, **{field: value})
    assert field in refused.value.fields


def test_what_was_returned_is_put_right_and_handed_in_again(cast: Cast) -> None:
    subject = scenes.applied(cast.market)
    subject = perform(
        subject, subjects.RETURN, actor=fresh(cast.supervisor), data=subjects.Return("缺编制文件文号（虚构）")
    ).subject
    assert Notice.objects.filter(user=cast.dept_admin, matter=subject.matter, text__contains="已退回").exists()
    data = subjects.Particulars(
        name="新名（虚构）", leader="赵示例", basis="示编〔2019〕1 号", duties="监管", area="示例区"
    )
    subject = perform(subject, subjects.AMEND, actor=fresh(cast.dept_admin), data=data).subject
    subject = perform(subject, subjects.RESUBMIT, actor=fresh(cast.dept_admin), data=Nothing()).subject
    assert (subject.state, subject.name) == (State.APPLIED, "新名（虚构）")


def test_a_withdrawal_lies_between_the_confirmation_and_today(cast: Cast) -> None:
    subject = scenes.published(cast, cast.market)
    for wrong in (day(1), day(-1), dt.date(1, 1, 1), dt.date(9999, 12, 31)):
        with pytest.raises(Invalid) as refused:
            proposals.request(
                subject, subjects.WITHDRAW, actor=fresh(cast.supervisor), data=subjects.Withdraw(wrong, "撤并（虚构）")
            )
        assert "withdrawn_on" in refused.value.fields


def test_whoever_was_withdrawn_can_apply_anew(cast: Cast) -> None:
    subject = scenes.withdrawn(cast, cast.market)
    data = subjects.Particulars(name="示例局", leader="赵示例", basis="示编〔2026〕1 号", duties="监管", area="示例区")
    subject = perform(subject, subjects.AGAIN, actor=fresh(cast.dept_admin), data=data).subject
    assert (subject.state, subject.confirmed_on, subject.matter.closed_at) == (State.APPLIED, None, None)


def test_the_state_changes_only_through_the_door(cast: Cast) -> None:
    subject = scenes.applied(cast.market)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE subjects_enforcementsubject SET state = 'published', confirmed_on = now() WHERE matter_id = %s",
            [subject.pk],
        )


def test_an_entrusted_body_is_confirmed_with_a_mandate_in_force(cast: Cast) -> None:
    body = scenes.entrusted_body(cast)
    subject = scenes.applied(body)
    data = subjects.Confirm("核对了委托书（虚构）")
    with pytest.raises(Blocked) as refused:
        proposals.request(subject, subjects.CONFIRM, actor=fresh(cast.supervisor), data=data)
    assert [one.citation for one in refused.value.unmet] == [("处罚法20条",)]
    scenes.mandate(cast, body)
    subject = scenes.approved(subject, subjects.CONFIRM, cast.supervisor, cast.supervision_head, data)
    assert (subject.state, subject.kind) == (State.CONFIRMED, "entrusted")


# --- mandates ---


def test_a_mandate_is_numbered_and_sealed_by_the_delegator_and_seen_by_the_body(cast: Cast) -> None:
    body = scenes.entrusted_body(cast)
    made = scenes.mandate(cast, body)
    paper = Document.objects.get(matter=made.matter)
    assert (paper.issuer, made.number) == (cast.market, paper.number)
    admin = scenes.admin_of(body)
    assert made.is_visible_to(admin)
    assert type(made).objects.visible_to(admin).get() == made
    assert not type(made).objects.visible_to(fresh(cast.foreign_head)).exists()


def test_only_ones_own_entrusted_body_gets_a_mandate(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        proposals.request(
            None, mandates.DRAW, actor=fresh(cast.officer), data=scenes.draw_data(cast.city)
        )  # fmt: skip
    assert "body" in refused.value.fields
    with pytest.raises(Invalid):
        proposals.request(
            None, mandates.DRAW, actor=fresh(cast.foreign_officer), data=scenes.draw_data(scenes.entrusted_body(cast))
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"items": ""}, "items"),
        ({"items": "只有一段没有名称"}, "items"),
        ({"items": "1 甲\n1 乙"}, "items"),
        ({"items": "\n".join(f"{n} 事项" for n in range(1001))}, "items"),
        ({"basis": " "}, "basis"),
        ({"powers": " "}, "powers"),
        ({"qualified": False}, "qualified"),
        ({"valid_to": dt.date(1, 1, 1)}, "valid_to"),
        ({"valid_from": dt.date(9999, 12, 31)}, "valid_from"),
    ],
)
def test_a_mandate_says_matters_powers_and_days(cast: Cast, changes: dict[str, Any], field: str) -> None:
    data = scenes.draw_data(scenes.entrusted_body(cast), **changes)
    with pytest.raises(Invalid) as refused:
        proposals.request(None, mandates.DRAW, actor=fresh(cast.officer), data=data)
    assert field in refused.value.fields


def test_the_last_day_of_a_mandate_is_watched_and_ending_it_stops_the_clock(cast: Cast) -> None:
    body = scenes.entrusted_body(cast)
    made = scenes.mandate(cast, body, valid_to=day(40))
    clock = Obligation.objects.get(matter=made.matter)
    assert (clock.rule, clock.kind, clock.due_on) == ("subjects.mandate_validity", "validity", day(40))
    data = mandates.End(day(3), "机构调整（虚构）")
    made = scenes.approved(made, mandates.END, cast.officer, cast.head, data)
    assert Obligation.objects.get(matter=made.matter).cancelled_at is not None
    assert made.is_in_force(day(2))
    assert not made.is_in_force(day(3))


def test_a_mandate_does_not_end_in_the_past_or_after_its_term(cast: Cast) -> None:
    made = scenes.mandate(cast, scenes.entrusted_body(cast), valid_to=day(40))
    for wrong in (day(-1), day(41)):
        with pytest.raises(Invalid) as refused:
            proposals.request(made, mandates.END, actor=fresh(cast.officer), data=mandates.End(wrong, "调整（虚构）"))
        assert "ended_on" in refused.value.fields


@pytest.mark.parametrize(
    ("days", "ended", "published", "wanted"),
    [
        (-31, None, -31, False), (-30, None, -31, True), (0, None, 1, False), (335, None, -31, True),
        (336, None, -31, False), (10, 11, -31, True), (11, 11, -31, False),
    ],
)  # fmt: skip
def test_row_and_query_agree_on_the_days_of_force(
    cast: Cast, days: int, ended: int | None, published: int, wanted: bool
) -> None:
    made = scenes.mandate(cast, scenes.entrusted_body(cast))
    made.published_on = day(published)
    made.ended_on, made.ended_ground = (day(ended), "示例") if ended is not None else (None, "")
    made.save()
    on = day(days)
    assert made.is_in_force(on) is wanted
    assert type(made).objects.in_force(on).exists() is wanted


# --- empowerment ---


def test_a_decision_is_registered_by_the_bureau_published_and_watched(cast: Cast) -> None:
    made = scenes.empowered(cast, cast.street, valid_to=day(300))
    clocks = dict(Obligation.objects.filter(matter=made.matter).values_list("rule", "due_on"))
    assert clocks == {
        "subjects.empowerment_validity": day(300),
        "subjects.empowerment_evaluation": day(60),
    }
    assert made.is_visible_to(fresh(cast.street_head))
    assert not made.is_visible_to(fresh(cast.head))


def test_each_evaluation_settles_its_clock_and_opens_the_next(cast: Cast) -> None:
    made = scenes.empowered(cast, cast.street)
    data = empowerments.Evaluate("承接能力良好（虚构）", evaluate_by=day(400))
    made = perform(made, empowerments.EVALUATE, actor=fresh(cast.supervisor), data=data).subject
    rows = Obligation.objects.filter(matter=made.matter, rule="subjects.empowerment_evaluation").order_by("due_on")
    assert [(row.due_on, row.settled_at is not None) for row in rows] == [(day(60), True), (day(400), False)]


def test_single_items_are_taken_back(cast: Cast) -> None:
    made = scenes.empowered(cast, cast.street)
    item = made.items.get(code="9.01")
    data = empowerments.TakeBack((item.pk,), day(0), "示政发〔2026〕2 号（虚构）")
    scenes.approved(made, empowerments.TAKE_BACK, cast.supervisor, cast.supervision_head, data)
    assert list(made.items.in_force(day(0)).values_list("code", flat=True)) == ["4.17"]
    assert made.items.in_force(day(-1)).count() == 0  # not published before today
    with pytest.raises(Invalid):
        proposals.request(made, empowerments.TAKE_BACK, actor=fresh(cast.supervisor), data=data)


def test_a_decision_of_one_street_is_registered_once(cast: Cast) -> None:
    scenes.registered(cast, cast.street)
    with pytest.raises(Invalid) as refused:
        scenes.registered(cast, cast.street)
    assert "number" in refused.value.fields


def test_wrong_order_is_refused(cast: Cast) -> None:
    made = scenes.empowered(cast, cast.street)
    with pytest.raises(Overtaken):
        perform(made, empowerments.PUBLISH, actor=fresh(cast.supervisor), data=Nothing())
    with pytest.raises(Overtaken):
        perform(scenes.applied(cast.market), subjects.PUBLISH, actor=fresh(cast.supervisor), data=Nothing())


# --- what is missing ---


def test_the_bureau_sees_who_is_missing_and_what_runs_out(cast: Cast) -> None:
    body = scenes.entrusted_body(cast)
    scenes.mandate(cast, body, valid_to=day(20))
    scenes.applied(cast.market)
    scenes.published(cast, cast.city)
    lines = {(one.department, one.shape): one.words for one in attention(fresh(cast.supervisor), day(0))}
    assert "没有申报" in lines["中心街道", "open"]
    assert "没有正在施行的赋权决定" in lines["中心街道", "red"]
    assert "剩 20 日" in lines["综合执法大队", "amber"]
    assert "等待司法行政部门确认" in lines["区市场监管局", "amber"]
    assert not any(name == "区城管局" for name, _shape in lines)


def test_a_department_is_told_of_itself_and_its_bodies_only(cast: Cast) -> None:
    scenes.entrusted_body(cast)
    assert {one.department for one in attention(fresh(cast.head), day(0))} == {"区市场监管局", "综合执法大队"}
    assert {one.department for one in attention(fresh(cast.foreign_head), day(0))} == {"区城管局"}


def test_what_is_missing_costs_the_same_for_many_bodies(cast: Cast, django_assert_num_queries: Any) -> None:
    for number in range(3):
        scenes.mandate(cast, scenes.entrusted_body(cast, f"SCD{number}"), valid_to=day(20))
    reader = fresh(cast.supervisor)
    assert reader.sees_everything
    with django_assert_num_queries(4):
        attention(reader, day(0))
