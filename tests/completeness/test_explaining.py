"""Who explains a gap, who approves, what cannot be explained, and that nothing is wiped out."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from enforcement.completeness import explaining
from enforcement.completeness.models import Explanation
from enforcement.completeness.series import gaps
from portal.workflow.door import perform
from portal.workflow.errors import Forbidden, Invalid
from portal.workflow.proposals import approve, request
from tests.cast import Cast, fresh
from tests.completeness.scenes import HEAD, YEAR, explain_data, explained, imported, taken_back

pytestmark = pytest.mark.django_db


def test_the_administrator_proposes_the_head_approves(cast: Cast) -> None:
    imported(cast, "1", "5")
    proposal = request(None, explaining.EXPLAIN, actor=fresh(cast.dept_admin), data=explain_data(2, 3))
    assert [gap.text for gap in gaps(cast.market.pk)] == ["2—4号"]  # nothing holds before the head has said so
    for part in ("dept_admin", "foreign_head", "officer"):
        with pytest.raises(Forbidden):
            approve(proposal, actor=fresh(getattr(cast, part)))
    found = approve(proposal, actor=fresh(cast.head)).subject
    assert (found.department_id, found.first, found.last) == (cast.market.pk, 2, 3)
    assert [gap.text for gap in gaps(cast.market.pk)] == ["4号"]


def test_the_head_alone_cannot_explain(cast: Cast) -> None:
    imported(cast, "1", "3")
    with pytest.raises(Forbidden):
        perform(None, explaining.EXPLAIN, actor=fresh(cast.head), data=explain_data(2))


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    # what is wrong, what is typed, the field that is told
    ("号已在平台", {"first": 1, "last": 1}, "first"),
    ("一部分已在平台", {"first": 2, "last": 3}, "first"),
    ("止号小于起号", {"first": 2, "last": 1}, "last"),
    ("超过最后一个号", {"first": 4, "last": 9}, "last"),
    ("零号", {"first": 0, "last": 2}, "first"),
    ("大得离谱", {"first": 10**18, "last": 10**18}, "first"),
    ("没有的号段", {"series": f"{YEAR}|没有的"}, "series"),
    ("乱写的号段", {"series": "²026|示"}, "series"),
    ("没有理由", {"reason": "  "}, "reason"),
]


@pytest.mark.parametrize(("_why", "changes", "field"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_explained_is_told_at_its_field(
    cast: Cast, _why: str, changes: dict[str, Any], field: str
) -> None:
    imported(cast, "1", "3", "5")
    with pytest.raises(Invalid) as refused:
        request(None, explaining.EXPLAIN, actor=fresh(cast.dept_admin), data=explain_data(2, **changes))
    assert set(refused.value.fields) == {field}


def test_two_proposals_for_one_number_leave_one_explanation(cast: Cast) -> None:
    imported(cast, "1", "3")
    first = request(None, explaining.EXPLAIN, actor=fresh(cast.dept_admin), data=explain_data(2))
    second = request(None, explaining.EXPLAIN, actor=fresh(cast.dept_admin), data=explain_data(2))
    approve(first, actor=fresh(cast.head))
    with pytest.raises(Invalid):
        approve(second, actor=fresh(cast.head))
    assert Explanation.objects.count() == 1


def test_the_database_keeps_two_explanations_of_a_number_apart(cast: Cast) -> None:
    imported(cast, "1", "9")
    one = explained(cast, 2, 5)
    other = explained(cast, 6, 8)
    with pytest.raises(IntegrityError), transaction.atomic():
        Explanation.objects.filter(pk=other.pk).update(first=5)
    assert one.head == HEAD


def test_taking_back_opens_the_gap_again_and_keeps_both_entries(cast: Cast) -> None:
    imported(cast, "1", "3")
    explanation = explained(cast, 2)
    taken = taken_back(cast, explanation)
    assert taken.state == Explanation.State.TAKEN_BACK
    assert (taken.taken_back_on, bool(taken.reason)) == (timezone.localdate(), True)
    assert [gap.text for gap in gaps(cast.market.pk)] == ["2号"]
    names = list(taken.matter.events.order_by("sequence").values_list("name", flat=True))
    assert names == ["completeness.explain", "completeness.take_back"]
    assert explained(cast, 2).pk != taken.pk
