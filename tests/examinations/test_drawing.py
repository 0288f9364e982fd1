"""Drawing: the same seed and the same bank give the same paper, always; a blueprint that might starve is refused."""

from __future__ import annotations

from itertools import product

import pytest

from personnel.examinations.drawing import Pooled, Wanted, digest_of, draw, shortfalls

POOL = [
    Pooled(number, str(1000 + number), kind, frozenset(subjects), tuple("ABCD"[: 2 if kind == "judge" else 4]))
    for number, (kind, subjects) in enumerate(
        [("single", ()), ("single", ("处罚",)), ("single", ("强制",)), ("judge", ("处罚",))] * 10
    )
]
PLAN = [Wanted("single", "", 10, 4), Wanted("single", "处罚", 5, 4), Wanted("judge", "", 6, 2)]
# The paper of seed «seed-1», written down once: no new version of anything may draw another.
KNOWN = "d22b91d9059f9d631734867a5872feccb990ad36f48b47e6b3d609d36d75cf6d"
STARVING = (
    # blueprint, what is short, how many are sure
    ([Wanted("single", "", 31, 2)], 0, 30),
    ([Wanted("single", "处罚", 10, 2), Wanted("single", "", 21, 2)], 1, 20),
    ([Wanted("case", "", 1, 20)], 0, 0),
    ([Wanted("judge", "强制", 1, 2)], 0, 0),
)


def test_the_same_seed_and_pool_give_the_same_paper_in_whatever_order_the_pool_comes() -> None:
    papers = [draw("seed-1", PLAN, pool) for pool in (POOL, POOL[::-1], POOL[7:] + POOL[:7])]
    assert papers[0] == papers[1] == papers[2]
    assert digest_of(papers[0]) == KNOWN


def test_another_seed_gives_another_paper_and_other_orders_of_options() -> None:
    papers = {digest_of(draw(f"seed-{number}", PLAN, POOL)) for number in range(50)}
    assert len(papers) == 50
    orders = {one.order for number in range(20) for one in draw(f"seed-{number}", PLAN, POOL) if len(one.order) == 4}
    assert len(orders) == 24


def test_a_paper_follows_the_blueprint_and_holds_no_question_twice() -> None:
    by_code = {one.code: one for one in POOL}
    for number in range(30):
        paper = draw(f"seed-{number}", PLAN, POOL)
        assert len({one.code for one in paper}) == len(paper) == 21
        assert all(by_code[one.code].kind == "single" for one in paper[:15])
        assert all("处罚" in by_code[one.code].subjects for one in paper[10:15])
        assert [one.halves for one in paper] == [4] * 15 + [2] * 6
        assert all(one.order == ("A", "B") for one in paper[15:])  # true stays before false


def test_every_question_can_come_up() -> None:
    drawn = {one.code for number in range(200) for one in draw(f"seed-{number}", PLAN, POOL)}
    assert drawn == {one.code for one in POOL}


@pytest.mark.parametrize(("plan", "place", "sure"), STARVING)
def test_a_blueprint_the_bank_cannot_fill_is_named_with_what_is_there(
    plan: list[Wanted], place: int, sure: int
) -> None:
    assert shortfalls(plan, POOL) == [(plan[place], sure)]
    with pytest.raises(ValueError, match="questions for"):
        draw("seed", plan, POOL)


def test_what_passes_the_check_never_starves_whatever_the_seed() -> None:
    for general, special in product((5, 15, 20), (2, 10)):
        plan = [Wanted("single", "", general, 2), Wanted("single", "强制", special, 2)]
        assert shortfalls(plan, POOL) == []
        for number in range(50):
            assert len(draw(f"{number}", plan, POOL)) == general + special
