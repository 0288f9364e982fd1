"""The public page of a department: qualification, mandate, empowerment list; gone or marked when they end."""

from __future__ import annotations

import pytest

from disclosure import directory
from disclosure.public.models import Generation, PublishedAuthority, PublishedSubject
from personnel.subjects import empowerments, mandates
from personnel.subjects import register as subjects
from portal.workflow.door import perform
from tests.case_scenes import on
from tests.cast import Cast, fresh
from tests.subjects import scenes
from tests.subjects.scenes import day

pytestmark = pytest.mark.django_db


def test_what_is_announced_is_public_at_once_and_what_is_not_is_not(cast: Cast) -> None:
    scenes.confirmed(cast, cast.city)
    scenes.signed(cast, scenes.entrusted_body(cast))
    scenes.registered(cast, cast.street)
    assert not PublishedSubject.objects.exists()
    assert not PublishedAuthority.objects.exists()
    subject = scenes.published(cast, cast.market)
    shown = PublishedSubject.objects.get()
    assert (shown.department_code, shown.kind, shown.number) == ("SCJGJ", "行政机关", subject.number)


def test_a_withdrawn_subject_says_since_when_and_why(cast: Cast) -> None:
    subject = scenes.withdrawn(cast, cast.market)
    shown = PublishedSubject.objects.get()
    assert (shown.withdrawn_on, shown.withdrawn_ground) == (subject.withdrawn_on, subject.withdrawn_ground)
    data = subjects.Particulars(name="示例局", leader="赵示例", basis="示编〔2026〕1 号", duties="监管", area="示例区")
    perform(subject, subjects.AGAIN, actor=fresh(cast.dept_admin), data=data)
    assert not PublishedSubject.objects.exists()  # applied for anew: nothing is announced


def test_a_mandate_is_shown_with_its_items_and_goes_when_it_is_over(cast: Cast) -> None:
    made = scenes.mandate(cast, scenes.entrusted_body(cast), valid_to=day(20))
    shown = PublishedAuthority.objects.get()
    assert (shown.giver_code, shown.holder_code, shown.last_day) == ("SCJGJ", "SCDD", day(20))
    assert shown.items == [{"code": "4.17", "name": "对未按规定建立进货查验记录的处罚"}]
    scenes.approved(made, mandates.END, cast.officer, cast.head, mandates.End(day(6), "调整（虚构）"))
    assert PublishedAuthority.objects.get().last_day == day(5)
    with on(day(5)):
        directory.publish()
        assert PublishedAuthority.objects.exists()
    with on(day(6)):
        directory.publish()
        assert not PublishedAuthority.objects.exists()


def test_an_item_taken_back_leaves_the_public_list(cast: Cast) -> None:
    decision = scenes.empowered(cast, cast.street)
    assert [one["code"] for one in PublishedAuthority.objects.get().items] == ["4.17", "9.01"]
    data = empowerments.TakeBack((decision.items.get(code="9.01").pk,), day(0), "示政发〔2026〕2 号（虚构）")
    scenes.approved(decision, empowerments.TAKE_BACK, cast.supervisor, cast.supervision_head, data)
    assert [one["code"] for one in PublishedAuthority.objects.get().items] == ["4.17"]


def test_what_has_not_changed_is_not_written_again(cast: Cast) -> None:
    scenes.published(cast, cast.market)
    scenes.empowered(cast, cast.street)
    scenes.mandate(cast, scenes.entrusted_body(cast))
    directory.publish()
    before = Generation.objects.get().number
    assert directory.publish() == 0
    assert Generation.objects.get().number == before
