"""Leaving a post takes in the certificate at once: one act, one record, and a way back only by the bureau."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from personnel.actions import RESUME, SUSPEND
from personnel.models import Officer, Posting, Suspension
from personnel.postings import StaffProblem, leave, return_to_duty
from personnel.qualification import certificate_problem
from personnel.staff import save_officer
from portal.ledger.models import Event
from portal.ledger.verification import verify
from tests.cast import Cast
from tests.personnel.scenes import certificate, identity_number, on, proposed

E = Posting.Ending


def days_ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def serving(cast: Cast) -> Officer:
    return save_officer(
        Officer(name="甲示例", identity=identity_number(26), position="一级科员"),
        department=cast.market,
        actor=cast.dept_admin,
        entered_on=days_ago(300),
        reason="录用",
    )


@pytest.mark.parametrize("ending", [one for one in E.values if one != E.CHANGE])
def test_whoever_leaves_holds_no_certificate_from_that_day_on(cast: Cast, ending: str) -> None:
    person = serving(cast)
    held = certificate(person, valid_from=days_ago(200), valid_to=days_ago(-200))
    leave(person, on=days_ago(9), ending=ending, ground="任免文件一号", actor=cast.dept_admin)
    held.refresh_from_db()
    taken = held.suspensions.get()
    assert (person.active, held.state, taken.begun_on, taken.ended_on) == (False, "suspended", days_ago(9), None)
    assert taken.ground == f"{E(ending).label}：任免文件一号"
    assert certificate_problem(person, on=days_ago(9), field="市场监管")
    event = Event.objects.get(matter=held.matter_id, name="certificate.take_in")
    assert event.actor is None
    assert list(verify()) == []


def test_an_expired_certificate_is_taken_in_too_and_one_taken_in_before_stays_as_it_is(cast: Cast) -> None:
    person = serving(cast)
    expired = certificate(person, valid_from=days_ago(250), valid_to=days_ago(50))
    before = certificate(person, valid_from=days_ago(250), valid_to=days_ago(-50))
    proposed(before, SUSPEND, on(days_ago(20)), by=cast.supervisor, approved_by=cast.supervision_head)
    leave(person, on=days_ago(0), ending=E.RETIRED, ground="退休文件", actor=cast.dept_admin)
    days = Suspension.objects.order_by("begun_on").values_list("certificate", "begun_on")
    assert list(days) == [(before.pk, days_ago(20)), (expired.pk, days_ago(0))]


def test_a_certificate_given_back_later_than_the_leaving_is_taken_in_from_that_day(cast: Cast) -> None:
    person = serving(cast)
    held = certificate(person, valid_from=days_ago(200), valid_to=days_ago(-200))
    for action, day in ((SUSPEND, 20), (RESUME, 5)):
        proposed(held, action, on(days_ago(day)), by=cast.supervisor, approved_by=cast.supervision_head)
    leave(person, on=days_ago(10), ending=E.TRANSFER, ground="调令", actor=cast.dept_admin)
    assert list(held.suspensions.values_list("begun_on", "ended_on")) == [
        (days_ago(20), days_ago(5)),
        (days_ago(5), None),
    ]


def test_a_leaving_that_is_refused_takes_nothing_in(cast: Cast) -> None:
    person = serving(cast)
    held = certificate(person)
    with pytest.raises(StaffProblem):
        leave(person, on=days_ago(301), ending=E.RETIRED, ground="退休", actor=cast.dept_admin)
    held.refresh_from_db()
    assert (held.state, held.suspensions.count()) == ("issued", 0)


def test_coming_back_does_not_give_the_certificate_back_the_bureau_does(cast: Cast) -> None:
    person = serving(cast)
    held = certificate(person, valid_from=days_ago(200), valid_to=days_ago(-200))
    leave(person, on=days_ago(9), ending=E.LONG_LEAVE, ground="病假", actor=cast.dept_admin)
    return_to_duty(person, on=days_ago(2), position="", ground="返岗", actor=cast.dept_admin)
    held.refresh_from_db()
    assert held.state == "suspended"
    proposed(held, RESUME, on(days_ago(0), "返岗"), by=cast.supervisor, approved_by=cast.supervision_head)
    held.refresh_from_db()
    assert held.state == "issued"
