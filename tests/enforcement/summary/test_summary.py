"""Decided on the spot: a table of what may and may not be."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from enforcement.models import Case, EnforcementItem, Party, PenaltyKind
from enforcement.summary import actions
from enforcement.summary.limits import limit_for
from personnel.models import Certificate, Officer
from portal.accounts.models import Department
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from tests import case_scenes as scene
from tests import summary_scenes as street
from tests.cast import Cast, fresh
from tests.scenes import certified, item

pytestmark = pytest.mark.django_db
NATURAL, COMPANY, BUSINESS = Party.Kind.NATURAL, Party.Kind.COMPANY, Party.Kind.BUSINESS
FINE, WARNING = PenaltyKind.FINE.value, PenaltyKind.WARNING.value


def unmet(cast: Cast, **changes: Any) -> dict[str, str]:
    """The gates a decision on the spot is blocked by; nothing has come into being."""
    scene.with_remedies(cast)
    form = street.decide_data(cast, **changes)
    with scene.on(street.DAY), pytest.raises(Blocked) as blocked:
        perform(None, actions.DECIDE, actor=fresh(cast.officer), data=form)
    assert all(one.citation for one in blocked.value.unmet)
    assert not Case.objects.filter(procedure=Case.Procedure.SUMMARY).exists()
    return {one.gate: one.sentence for one in blocked.value.unmet}


@pytest.mark.parametrize(
    ("kind", "fine", "allowed"),
    [  # 处罚法51条: 对公民处以二百元以下、对法人或者其他组织处以三千元以下罚款
        (NATURAL, "0.01", True),
        (NATURAL, "200.00", True),
        (NATURAL, "200.01", False),
        (NATURAL, "3000", False),
        (BUSINESS, "200", True),
        (BUSINESS, "201", False),
        (COMPANY, "200.01", True),
        (COMPANY, "3000.00", True),
        (COMPANY, "3000.01", False),
        (COMPANY, "1e12", False),
    ],
)
def test_a_fine_on_the_spot_stays_within_the_limit_of_the_party(
    cast: Cast, kind: Party.Kind, fine: str, allowed: bool
) -> None:
    party = street.company(party_kind=kind.value, identity="" if kind == COMPANY else street.IDENTITY)
    changes = party | {"fine": Decimal(fine)}
    assert (Decimal(fine) <= limit_for(kind)) is allowed
    if allowed:
        case = street.decided(cast, **changes)
        assert (case.procedure, case.state, case.kind) == ("summary", "decided", "penalty")
    else:
        sentence = unmet(cast, **changes)["within_summary_limits"]
        assert "普通程序" in sentence


@pytest.mark.parametrize(
    ("kinds", "fine", "gate"),
    [
        ((WARNING,), None, None),
        ((WARNING, FINE), 50, None),
        ((PenaltyKind.CRITICISM.value,), None, "within_summary_limits"),
        ((PenaltyKind.CONFISCATE_GOODS.value, FINE), 50, "within_summary_limits"),
        ((PenaltyKind.SUSPEND_BUSINESS.value,), None, "within_summary_limits"),
    ],
)
def test_only_a_warning_or_a_fine_is_given_on_the_spot(
    cast: Cast, kinds: tuple[str, ...], fine: int | None, gate: str | None
) -> None:
    changes: dict[str, Any] = {"kinds": kinds, "fine": Decimal(fine) if fine else None}
    if gate is None:
        assert street.decided(cast, **changes).decisions.get().kinds == list(kinds)
    else:
        assert "普通程序" in unmet(cast, **changes)[gate]


@pytest.mark.parametrize(
    ("changes", "gate", "words"),
    [  # what was not done on the street → the gate, and a word of its sentence
        ({"certificates_shown": False}, "certificates_shown", "出示执法证件"),
        ({"told": False}, "told_and_heard", "告知"),
        ({"facts_clear": False}, "facts_clear", "普通程序"),
        ({"punishable": False}, "punishable", "不予处罚"),
        ({"recusal_declared": False}, "recusal_declared", "回避"),
        ({"identity": "", "born_on": dt.date(2011, 8, 5)}, "punishable", "13周岁"),
        ({"identity": "", "born_on": dt.date(2011, 8, 4), "discretion": ""}, "punishable", "14周岁"),
        ({"identity": "", "born_on": dt.date(2007, 8, 5), "discretion": ""}, "punishable", "17周岁"),
        ({"happened_at": street.at(dt.date(2023, 8, 3))}, "within_limitation", "二年"),
        ({"paid_by": "small", "fine": Decimal("100.01")}, "collected_lawfully", "一百元"),
    ],
)
def test_what_was_not_done_on_the_street_blocks_the_decision(
    cast: Cast, changes: dict[str, Any], gate: str, words: str
) -> None:
    found = unmet(cast, **changes)
    assert set(found) == {gate}
    assert words in found[gate]


@pytest.mark.parametrize(
    "changes",
    [
        {"identity": "", "born_on": dt.date(2011, 8, 4), "discretion": "未满十八周岁，从轻处罚（虚构）"},
        {"identity": "", "born_on": dt.date(2007, 8, 4)},  # eighteen that day
        {"happened_at": street.at(dt.date(2023, 8, 4))},  # two years to the day
        {"paid_by": "small", "fine": Decimal(100)},
        {"paid_by": "hard", "paid_ground": "外地流动摊贩，无固定住所（虚构）"},
        {"statement_made": True, "statement": "生意不好做", "answer": "不影响违法事实的认定（虚构）"},
    ],
)
def test_on_the_edge_of_the_law_it_is_allowed(cast: Cast, changes: dict[str, Any]) -> None:
    assert street.decided(cast, **changes).number.startswith("示市监当罚〔2025〕1")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"identity": ""}, "identity"),
        ({"identity": "650204199001010016"}, "identity"),
        ({"fine": None}, "fine"),
        ({"fine": Decimal(-1)}, "fine"),
        ({"kinds": ()}, "kinds"),
        ({"kinds": ("nonsense",)}, "kinds"),
        ({"statement_made": True}, "statement"),
        ({"statement_made": True, "statement": "不服"}, "answer"),
        ({"statement": "不服"}, "statement_made"),
        ({"place": " "}, "place"),
        ({"address": ""}, "address"),
        ({"paid_by": "hard"}, "paid_ground"),
        ({"paid_by": "nonsense"}, "paid_by"),
        ({"kinds": (WARNING,), "fine": None, "paid_by": "small"}, "paid_by"),
        ({"happened_at": street.at(dt.date(2025, 8, 5))}, "happened_at"),
        ({"on": dt.date(2021, 7, 14), "late_reason": "补登"}, "on"),
        ({"on": dt.date(1, 1, 1), "late_reason": "补登"}, "on"),
    ],
)
def test_bad_input_gets_a_sentence_for_its_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    scene.with_remedies(cast)
    with scene.on(street.DAY), pytest.raises(Invalid) as refused:
        perform(None, actions.DECIDE, actor=fresh(cast.officer), data=street.decide_data(cast, **changes))
    assert refused.value.fields[field].endswith("。")


def test_two_certified_officers_were_there_and_one_of_them_decides(cast: Cast) -> None:
    first, second = certified(cast)
    assert set(unmet(cast, officers=(first.pk,))) == {"two_certified_officers"}
    bystander = Officer.objects.create(department=cast.market, name="吴示例")
    found = unmet(cast, officers=(second.pk, bystander.pk))
    assert set(found) == {"two_certified_officers", "decided_by_who_was_there"}
    Certificate.objects.filter(officer=second).update(valid_to=street.DAY - dt.timedelta(days=1))
    assert "李示例" in unmet(cast)["two_certified_officers"]
    Certificate.objects.filter(officer=second).update(valid_to=street.DAY, fields=["城市管理"])
    assert "two_certified_officers" in unmet(cast)


def test_the_item_is_a_penalty_of_the_own_catalogue_in_force_that_day(cast: Cast) -> None:
    own = item(cast)
    foreign = item(cast, "7.1", cast.city)
    assert "item_in_force" in unmet(cast, item=foreign.pk)
    EnforcementItem.objects.filter(pk=own.pk).update(kind=EnforcementItem.Kind.LICENCE)
    assert "item_in_force" in unmet(cast)
    EnforcementItem.objects.filter(pk=own.pk).update(kind="penalty", effective_to=street.DAY - dt.timedelta(days=1))
    assert "2025-08-04" in unmet(cast)["item_in_force"]


def test_the_same_act_is_not_fined_twice_in_any_department(cast: Cast) -> None:
    street.decided(cast)
    with scene.on(street.DAY, 15), pytest.raises(Blocked) as blocked:
        perform(None, actions.DECIDE, actor=fresh(cast.officer), data=street.decide_data(cast))
    assert "不得再次罚款" in blocked.value.unmet[0].sentence
    # a warning is no second fine, but the earlier case is shown and must be answered
    only = street.decide_data(cast, kinds=(WARNING,), fine=None)
    with scene.on(street.DAY, 15), pytest.raises(Blocked) as shown:
        perform(None, actions.DECIDE, actor=fresh(cast.officer), data=only)
    assert "另有案件" in shown.value.unmet[0].sentence
    with scene.on(street.DAY, 15):
        answered = street.decide_data(cast, duplicate_answer="另一日的另一次违法行为（虚构）")
        perform(None, actions.DECIDE, actor=fresh(cast.officer), data=answered)
    assert Case.objects.filter(procedure="summary").count() == 2


def test_the_letter_must_name_where_to_object(cast: Cast) -> None:
    certified(cast)
    Department.objects.filter(pk=cast.market.pk).update(reconsideration_body="", court="")
    with scene.on(street.DAY), pytest.raises(Blocked) as blocked:
        perform(None, actions.DECIDE, actor=fresh(cast.officer), data=street.decide_data(cast))
    assert {one.gate for one in blocked.value.unmet} == {"remedy_body_known"}


def test_only_officers_decide_on_the_spot(cast: Cast) -> None:
    form = street.decide_data(cast)
    for person in (cast.head, cast.legal, cast.dept_admin, cast.supervisor):
        with scene.on(street.DAY), pytest.raises(Forbidden):
            perform(None, actions.DECIDE, actor=fresh(person), data=form)
