"""Publishing, correcting and ending happen whole or not at all, and make every cached page stale."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from disclosure.public.caching import generation
from disclosure.public.models import PublishedDecision, PublishedDepartment, Tombstone, VerifiedDocument
from disclosure.public.publishing import (
    NotPublishedError,
    expire,
    publish,
    publish_document,
    publish_figures,
    publish_item,
    publish_officer,
    publish_report,
    withdraw,
)
from tests.disclosure.public.invented import decision_data

pytestmark = pytest.mark.django_db


def test_publishing_twice_leaves_one_row(db: None) -> None:
    row = decision_data()
    publish(row)
    publish(row)
    assert PublishedDecision.objects.get().number == row.number
    assert PublishedDepartment.objects.get().short_name == "区市场监督管理局"


def test_every_change_raises_the_generation_once(db: None) -> None:
    row = decision_data()
    steps: list[Any] = [
        lambda: publish(row),
        lambda: withdraw(row.key, "撤销。", dt.date(2026, 11, 24)),
        lambda: publish(row),
        lambda: expire(row.key),
        lambda: publish_document(code="AB", kind="k", number="n", department_name="d", issued_on=row.decided_on),
        lambda: publish_figures(year=2026, due=1, published=1, on_time=1, overdue=0, exempt=0),
        lambda: publish_item(department_code="SCJGJ", code="SP-01", name="食品经营监督检查", act_kind="inspection"),
        lambda: publish_officer(
            certificate="65020400121", name="陈示例", department_code="SCJGJ", department_name="某局", state="有效"
        ),
        lambda: publish_report(
            key="2026", year=2026, title="2026 年度统计", body=[], published_on=dt.date(2027, 1, 20)
        ),
    ]
    for step in steps:
        before = generation()[0]
        step()
        assert generation()[0] == before + 1


def test_a_failed_transaction_leaves_page_tombstone_and_generation_as_they_were(db: None) -> None:
    row = decision_data()
    publish(row)
    before = generation()[0]
    with transaction.atomic():
        withdraw(row.key, "撤销。", dt.date(2026, 11, 24))
        transaction.set_rollback(True)
    assert PublishedDecision.objects.filter(pk=row.key).exists()
    assert not Tombstone.objects.exists()
    assert generation()[0] == before


def test_what_is_not_published_cannot_be_withdrawn_or_expire(db: None) -> None:
    for end in (lambda key: withdraw(key, "撤销。", dt.date(2026, 11, 24)), expire):
        with pytest.raises(NotPublishedError):
            end(uuid.uuid4())
    assert not Tombstone.objects.exists()


def test_publishing_again_removes_the_tombstone(db: None) -> None:
    row = decision_data()
    publish(row)
    withdraw(row.key, "误撤。", dt.date(2026, 11, 24))
    publish(row)
    assert not Tombstone.objects.exists()


def test_figures_that_contradict_themselves_are_refused(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        publish_figures(year=2026, due=1, published=2, on_time=0, overdue=0, exempt=0)


def test_a_code_is_stored_without_its_hyphens(db: None) -> None:
    publish_document(code="7k4m-92qd-xr5t", kind="k", number="n", department_name="d", issued_on=dt.date(2026, 1, 1))
    assert VerifiedDocument.objects.get().code == "7K4M92QDXR5T"


def test_pairs_of_characters_are_kept_by_the_database_whoever_writes(db: None) -> None:
    publish(decision_data(number="甲乙", title="丙", party_name="", facts="", item_name="", credit_code=""))
    row = PublishedDecision.objects.get()
    assert row.bigrams == ["甲乙"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publiczone_publisheddecision SET search_text = E'丁戊\\n己', bigrams = '{假}'")
    row.refresh_from_db()
    assert row.bigrams == ["丁戊"]


def test_public_tables_point_to_no_other_table(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
            " AND (conrelid::regclass::text LIKE 'publiczone_%' OR confrelid::regclass::text LIKE 'publiczone_%')"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("strange", [{"act_kind": "measure"}, {"party_kind": "person"}, {"penalty_kinds": ("Fine",)}])
def test_a_kind_nobody_could_filter_by_is_refused(db: None, strange: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not a kind"):
        publish(decision_data(**strange))
