"""The public directory follows the desk: departments, items in force, certificates and what becomes of them."""

from __future__ import annotations

import datetime as dt

import pytest

from disclosure import directory
from disclosure.public.models import Generation, PublishedDepartment, PublishedItem, PublishedOfficer
from personnel import actions as certificates
from personnel.models import Certificate
from portal.accounts.models import Department
from portal.workflow import proposals
from tests.cast import Cast, fresh
from tests.scenes import certified, item

pytestmark = pytest.mark.django_db


def test_bodies_that_enforce_are_shown_and_no_others(cast: Cast) -> None:
    directory.publish()
    shown = set(PublishedDepartment.objects.values_list("code", flat=True))
    assert shown == {cast.market.code, cast.city.code, cast.ecology.code, cast.street.code}


def test_what_has_not_changed_is_not_written_again(cast: Cast) -> None:
    item(cast)
    certified(cast)
    assert directory.publish() > 0
    before = Generation.objects.get().number
    assert directory.publish() == 0
    assert Generation.objects.get().number == before


def test_a_department_that_is_closed_is_shown_as_such(cast: Cast) -> None:
    directory.publish()
    Department.objects.filter(pk=cast.city.pk).update(is_active=False)
    assert directory.publish() == 1
    assert not PublishedDepartment.objects.get(code=cast.city.code).active


def test_the_newest_version_of_an_item_that_has_begun_is_shown(cast: Cast) -> None:
    first = item(cast)
    first.effective_to = dt.date(2023, 12, 31)
    first.save()
    first.effective_to = dt.date(2998, 12, 31)
    first.pk, first.version, first.name = None, 2, "第二版（虚构）"
    first.effective_from = dt.date(2024, 1, 1)
    first.save()
    first.pk, first.version, first.name = None, 3, "将来的一版（虚构）"
    first.effective_from, first.effective_to = dt.date(2999, 1, 1), None
    first.save()
    directory.publish()
    assert PublishedItem.objects.get().name == "第二版（虚构）"


def test_a_certificate_is_public_at_once_and_its_suspension_too(cast: Cast) -> None:
    certified(cast)
    certificate = Certificate.objects.order_by("pk")[0]
    assert PublishedOfficer.objects.get(certificate=certificate.number).state == "issued"
    asked = proposals.request(
        certificate,
        certificates.SUSPEND,
        actor=fresh(cast.supervisor),
        data=certificates.Ground(ground="年度考核不合格（虚构）"),
    )
    proposals.approve(asked, actor=fresh(cast.supervision_head))
    assert PublishedOfficer.objects.get(certificate=certificate.number).state == "suspended"
