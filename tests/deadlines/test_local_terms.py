"""Local numbers: only where the law gives none, with a ground, and open obligations follow them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine

from portal import outbox
from portal.deadlines.errors import DeadlineError
from portal.deadlines.local_terms import set_term
from portal.deadlines.models import DueChange, Obligation, Term
from portal.deadlines.periods import SHANGHAI
from portal.deadlines.services import replay, state_fact
from portal.matters.models import Matter
from tests.cast import Cast, matter

MAY_11 = datetime(2026, 5, 11, 10, tzinfo=SHANGHAI)


@time_machine.travel(MAY_11, tick=False)
def test_a_number_set_afterwards_reaches_the_matters_it_is_in_force_for(case: Matter, cast: Cast) -> None:
    other = matter(cast.city)
    for one in (case, other):
        state_fact(one, "transfer.sent", at=date(2026, 5, 11))
        replay(one)
    assert not Obligation.objects.filter(rule="t.local").exists()

    set_term("t.local", "5 workdays", valid_from=date(2026, 5, 1), ground="会议纪要（示例）", actor=cast.supervisor)
    outbox.drain()
    assert set(Obligation.objects.values_list("due_on", flat=True)) == {date(2026, 5, 18)}

    set_term(
        "t.local",
        "3 workdays",
        valid_from=date(2026, 5, 1),
        ground="本部门更严（示例）",
        actor=cast.supervisor,
        department=cast.city,
    )
    outbox.drain()
    assert Obligation.objects.get(matter=case).due_on == date(2026, 5, 18)
    assert Obligation.objects.get(matter=other).due_on == date(2026, 5, 14)
    assert "本地期限" in DueChange.objects.get().cause


@time_machine.travel(MAY_11, tick=False)
def test_a_withdrawn_number_leaves_the_bureaus_own(case: Matter, cast: Cast) -> None:
    for period, department in (("5 workdays", None), ("3 workdays", cast.market), ("", cast.market)):
        set_term(
            "t.local", period, valid_from=date(2026, 5, 1), ground="示例", actor=cast.supervisor, department=department
        )
    state_fact(case, "transfer.sent", at=date(2026, 5, 11))

    assert replay(case)[0].due_on == date(2026, 5, 18)


@time_machine.travel(MAY_11, tick=False)
def test_a_number_for_acts_from_a_later_day_leaves_earlier_ones(case: Matter, cast: Cast) -> None:
    state_fact(case, "transfer.sent", at=date(2026, 5, 11))
    replay(case)

    set_term("t.local", "5 workdays", valid_from=date(2026, 6, 1), ground="示例", actor=cast.supervisor)
    outbox.drain()

    assert not Obligation.objects.exists()


@pytest.mark.parametrize(
    ("rule", "period", "ground", "sentence"),
    [
        ("t.disclose", "9 workdays", "示例", "法定期限"),
        ("t.nothing", "9 workdays", "示例", "没有名为"),
        ("t.local", "soon", "示例", "不是期限"),
        ("t.local", "9 workdays", " ", "依据"),
    ],
)
def test_what_cannot_be_set_is_told(
    rule: str, period: str, ground: str, sentence: str, cast: Cast, rule_book: None
) -> None:
    with pytest.raises(DeadlineError, match=sentence):
        set_term(rule, period, valid_from=date(2026, 5, 1), ground=ground, actor=cast.supervisor)
    assert not Term.objects.exists()
