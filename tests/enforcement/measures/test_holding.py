"""Lists and registrations: read line by line, seven working days, a fate for each thing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from enforcement.measures import actions, custody
from enforcement.measures.data import custody as forms
from portal.deadlines.models import Obligation
from portal.documents.models import Document
from portal.ledger.verification import verify
from portal.workflow.door import perform
from portal.workflow.errors import Forbidden
from tests.case_scenes import filed, on
from tests.cast import Cast, fresh
from tests.enforcement.measures.scenes import (
    SEIZED,
    again,
    approved,
    carry_data,
    dispose_data,
    done,
    due,
    held,
    hold_data,
    mistaken,
    order_data,
    ordered,
    refused,
    seized,
)

DAY = dt.timedelta(days=1)


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("酸奶，200毫升，6，盒", [("酸奶", "200毫升", Decimal(6), "盒", "")]),
        ("酸奶,200毫升,6,盒,过期,破损", [("酸奶", "200毫升", Decimal(6), "盒", "过期，破损")]),
        ("电子秤\t\t1\t台", [("电子秤", "", Decimal(1), "台", "")]),
        (
            "奶粉｜散装｜3.5｜千克\n\n糖｜｜0.001｜千克",
            [("奶粉", "散装", Decimal("3.5"), "千克", ""), ("糖", "", Decimal("0.001"), "千克", "")],
        ),
    ],
)
def test_a_list_is_read_line_by_line(text: str, read: list[tuple[Any, ...]]) -> None:
    lines, problem = custody.read_lines(text)
    assert problem == ""
    assert [(one.name, one.specification, one.quantity, one.unit, one.note) for one in lines] == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n ",
        "酸奶，6，盒",
        "酸奶，，零，盒",
        "酸奶，，0，盒",
        "酸奶，，-1，盒",
        "酸奶，，1e9，盒",
        "酸奶，，١٢，盒",
        "酸奶，，1.0001，盒",
        "酸奶，，9999999999，盒",
        "，，1，盒",
        "酸奶，，1，",
        f"{'长' * 81}，，1，盒",
        "\n".join(["酸奶，，1，盒"] * 201),
    ],
)
def test_a_line_that_cannot_be_read_is_told(text: str) -> None:
    lines, problem = custody.read_lines(text)
    assert lines == []
    assert problem.endswith(("。", "）。"))


# ── register and hold (处罚法56条) ──────────────────────────────────────────────────────────────────────


def test_seven_working_days_run_from_the_registration(cast: Cast) -> None:
    case = filed(cast)
    measure = held(cast, case)
    assert due(case, "measure.hold") == dt.date(2025, 8, 14)
    assert [str(thing) for thing in measure.things.all()] == [
        "酸奶（200毫升/盒） 6盒",
        "电子秤 1台",
        "奶粉（散装） 3.5千克",
    ]
    titles = set(Document.objects.filter(matter=case.pk, state="ready").values_list("title", flat=True))
    assert {"先行登记保存证据通知书", "先行登记保存物品清单"} <= titles


def test_a_head_approves_a_registration_and_not_whoever_handles_the_case(cast: Cast) -> None:
    case = filed(cast)
    with on(SEIZED):
        with pytest.raises(Forbidden):
            perform(again(case), actions.HOLD, actor=fresh(cast.officer), data=hold_data(case))
        gone = refused(
            lambda: approved(
                cast, case, actions.HOLD, hold_data(case, certificate_shown=False, rights_told=False, listed=False)
            )
        )
    assert set(gone) == {"hold_on_site"}
    assert "出示执法证件、告知事由、依据和权利、当场清点" in gone["hold_on_site"]


def test_a_registration_ends_when_every_thing_has_its_fate(cast: Cast) -> None:
    case = filed(cast)
    measure = held(cast, case)
    first, second, third = measure.things.all()
    with on(SEIZED + 2 * DAY):
        case = approved(cast, case, actions.DISPOSE, dispose_data(measure, things=(first.pk,)))
        form = dispose_data(measure, "appraised", things=(third.pk,), quantity="0.5", receiver="示例检验所（虚构）")
        case = approved(cast, case, actions.DISPOSE, form)
        assert Obligation.objects.get(matter=case.pk, rule="measure.hold").is_open
        case = approved(cast, case, actions.DISPOSE, dispose_data(measure, things=(second.pk, third.pk)))
    assert Obligation.objects.get(matter=case.pk, rule="measure.hold").closed_in_time
    assert custody.balance_problem(case) == ""
    assert [(str(row.thing), row.left) for row in custody.held(case)] == [("奶粉（散装） 0.5千克", Decimal("0.5"))]
    sent = case.measures.get(kind="appraisal")
    with on(SEIZED + 9 * DAY):
        case = approved(
            cast, case, actions.DISPOSE, dispose_data(sent, "consumed", receiver="", note="检验用完（虚构）")
        )
    assert custody.held(case) == []
    assert custody.balance_problem(case) == ""
    assert list(verify()) == []


def test_held_things_become_seized_things_and_none_is_lost(cast: Cast) -> None:
    case = filed(cast)
    hold = held(cast, case)
    chosen = tuple(hold.things.values_list("pk", flat=True))
    measure = seized(cast, case, SEIZED + DAY, things="", held=chosen)
    assert Obligation.objects.get(matter=case.pk, rule="measure.hold").closed_in_time
    assert [thing.source.thing_id for thing in measure.things.all() if thing.source] == list(chosen)
    assert custody.balance_problem(case) == ""


def test_what_was_registered_can_be_seized_once(cast: Cast) -> None:
    case = filed(cast)
    hold = held(cast, case)
    chosen = tuple(hold.things.values_list("pk", flat=True))
    ordered(cast, case, SEIZED + DAY, things="", held=chosen)
    with on(SEIZED + DAY):
        form = order_data(cast, case, things="", held=chosen)
        assert "held" in mistaken(lambda: approved(cast, case, actions.ORDER_SEIZURE, form))


def test_an_order_that_is_not_carried_out_gives_back_what_was_registered(cast: Cast) -> None:
    case = filed(cast)
    hold = held(cast, case)
    chosen = tuple(hold.things.values_list("pk", flat=True))
    measure = ordered(cast, case, SEIZED + DAY, held=chosen)
    with on(SEIZED + DAY):
        form = forms.WithdrawOrder(measure=measure.pk, reason="当事人已自行封存（虚构）")
        assert mistaken(lambda: approved(cast, case, actions.WITHDRAW_ORDER, form)) == {"receiver"}
        case = approved(cast, case, actions.WITHDRAW_ORDER, replace(form, receiver="王小虚"))
        assert "measure" in mistaken(lambda: done(cast, case, actions.CARRY_OUT, carry_data(measure)))
    assert custody.held(case) == []
    assert custody.balance_problem(case) == ""
    assert not Obligation.objects.filter(matter=case.pk, rule="measure.seizure").exists()


def test_after_seven_days_what_was_held_goes_back_or_somebody_says_why_not(cast: Cast) -> None:
    case = filed(cast)
    measure = held(cast, case)
    with on(dt.date(2025, 8, 15)):
        late = refused(lambda: approved(cast, case, actions.DISPOSE, dispose_data(measure, "transferred", note="")))
        assert "2025-08-14 届满" in late["late_fate_explained"]
        approved(cast, case, actions.DISPOSE, dispose_data(measure, note=""))
    assert not Obligation.objects.get(matter=case.pk, rule="measure.hold").closed_in_time
