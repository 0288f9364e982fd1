"""What was changed, removed, inserted, reordered or cut off is found and named, even when the owner did it."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from enforcement.models import Case
from portal.ledger.canonical import hashes
from portal.ledger.models import Event
from portal.ledger.service import append, merkle_root, seal
from portal.ledger.verification import verify
from portal.matters.models import Matter
from tests import scenes
from tests.cast import Cast, matter
from tests.database import as_owner, triggers_off

CHAIN = 5


@pytest.fixture
def chain(cast: Cast) -> Matter:
    """A matter with five events that nothing else refers to."""
    found = matter(cast.market)
    for number in range(CHAIN):
        append(found, name=f"test.step_{number}", actor=cast.officer, data={"number": number})
    return found


def tamper(statement: str, *values: Any, tables: tuple[str, ...] = ("ledger_event",)) -> None:
    """Do as the owner, with the triggers off, what nobody may do."""
    with triggers_off(*tables), connection.cursor() as cursor:
        cursor.execute(statement, values)


def kinds() -> set[str]:
    return {finding.kind for finding in verify()}


def test_a_ledger_nobody_has_touched_is_whole(cast: Cast, chain: Matter) -> None:
    scenes.filed(cast)
    seal()
    assert list(verify()) == []
    assert Event.objects.filter(matter=chain).count() == CHAIN


def test_a_changed_text_is_found(chain: Matter) -> None:
    tamper("UPDATE ledger_event SET canonical = replace(canonical, 'step_2', 'step_9') WHERE sequence = 3")
    found = list(verify())
    assert {finding.kind for finding in found} == {"changed"}
    assert all(f"matter {chain.pk} event 3" in finding.where for finding in found)


@pytest.mark.parametrize(
    "change", ["name = 'test.other'", "happened_at = happened_at - interval '1 day'", "request_id = 'x'"]
)
def test_a_changed_column_beside_the_text_is_found(chain: Matter, change: str) -> None:
    tamper(f"UPDATE ledger_event SET {change} WHERE sequence = 2")
    assert kinds() == {"changed"}
    assert chain.events.count() == CHAIN


def test_a_text_changed_together_with_its_hashes_breaks_the_chain(chain: Matter) -> None:
    event = chain.events.get(sequence=2)
    text = event.canonical.replace('"number":1', '"number":7')
    sha256, sm3 = hashes(text)
    tamper("UPDATE ledger_event SET canonical = %s, sha256 = %s, sm3 = %s WHERE id = %s", text, sha256, sm3, event.pk)
    found = list(verify())
    assert [(one.kind, one.where) for one in found] == [("inserted", f"matter {chain.pk} event 3")]


def test_the_last_event_rewritten_with_its_hashes_is_found_by_the_seal(chain: Matter) -> None:
    seal()
    event = chain.events.get(sequence=CHAIN)
    text = event.canonical.replace('"number":4', '"number":7')
    sha256, sm3 = hashes(text)
    tamper("UPDATE ledger_event SET canonical = %s, sha256 = %s, sm3 = %s WHERE id = %s", text, sha256, sm3, event.pk)
    found = list(verify())
    assert [(one.kind, one.where) for one in found] == [("changed", f"matter {chain.pk} event {CHAIN}")]


def test_a_removed_event_is_found(chain: Matter) -> None:
    tamper("DELETE FROM ledger_event WHERE matter_id = %s AND sequence = 3", chain.pk)
    removed = next(finding for finding in verify() if finding.kind == "removed")
    assert "缺少第 3 至 3 条事件" in removed.sentence


def test_a_chain_that_was_cut_off_is_found_by_the_seal(chain: Matter) -> None:
    seal()
    tamper("DELETE FROM ledger_event WHERE matter_id = %s AND sequence >= 4", chain.pk)
    assert [(one.kind, one.where) for one in verify()] == [
        ("cut_off", f"matter {chain.pk} event 4"),
        ("cut_off", f"matter {chain.pk} event 5"),
    ]


def test_an_inserted_event_is_found(cast: Cast, chain: Matter) -> None:
    tamper("UPDATE ledger_event SET sequence = sequence + 100 WHERE matter_id = %s AND sequence > 2", chain.pk)
    tamper("UPDATE ledger_event SET sequence = sequence - 99 WHERE matter_id = %s AND sequence > 100", chain.pk)
    before = chain.events.get(sequence=2)
    text = before.canonical.replace('"sequence":2', '"sequence":3').replace("step_1", "forged")
    text = text.replace(json.loads(before.canonical)["previous"], before.sha256)
    sha256, sm3 = hashes(text)
    Event.objects.create(
        matter=chain, sequence=3, name="test.forged", actor=cast.officer, happened_at=before.happened_at,
        recorded_at=before.recorded_at, request_id=before.request_id, canonical=text, sha256=sha256, sm3=sm3,
    )  # fmt: skip
    assert "inserted" in kinds()
    assert f"matter {chain.pk} event 4" in {one.where for one in verify() if one.kind == "inserted"}


def test_two_events_that_changed_places_are_found(chain: Matter) -> None:
    for old, new in ((2, 90), (3, 2), (90, 3)):
        tamper("UPDATE ledger_event SET sequence = %s WHERE matter_id = %s AND sequence = %s", new, chain.pk, old)
    assert "reordered" in kinds()


def test_an_edited_history_row_is_found(cast: Cast) -> None:
    scenes.lead(cast)
    tamper("UPDATE enforcement_historicalcase SET facts = '没有违法（虚构）'", tables=("enforcement_historicalcase",))
    found = list(verify())
    assert {one.kind for one in found} == {"history_changed"}
    assert found[0].where.startswith("enforcement_historicalcase ")


def test_a_removed_history_row_is_found(cast: Cast) -> None:
    scenes.lead(cast)
    tamper("DELETE FROM enforcement_historicalparty", tables=("enforcement_historicalparty",))
    assert kinds() == {"history_removed"}


def test_what_was_saved_past_the_door_is_found(cast: Cast) -> None:
    case = Case.objects.get(pk=scenes.lead(cast).pk)
    case.facts = "从外壳改的（虚构）"
    case.save()
    assert kinds() == {"history_inserted"}


def test_a_forged_seal_is_found(chain: Matter) -> None:
    seal()
    append(chain, name="test.later")
    seal()
    tamper("UPDATE ledger_seal SET root = %s WHERE number = 1", "0" * 64, tables=("ledger_seal",))
    assert "seal" in kinds()


def test_a_removed_seal_is_found(chain: Matter) -> None:
    for number in range(3):
        append(chain, name=f"test.more_{number}")
        seal()
    both = ("ledger_seal", "ledger_sealedevent")
    tamper("DELETE FROM ledger_sealedevent WHERE seal_id = (SELECT id FROM ledger_seal WHERE number = 2)", tables=both)
    tamper("DELETE FROM ledger_seal WHERE number = 2", tables=both)
    assert {"removed", "seal"} <= kinds()


@pytest.mark.parametrize("table", ["ledger_event", "ledger_seal", "ledger_sealedevent", "enforcement_historicalcase"])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id", "DELETE FROM {table}", "TRUNCATE {table} CASCADE"])
def test_a_trigger_refuses_even_the_owner(cast: Cast, chain: Matter, table: str, statement: str) -> None:
    scenes.lead(cast)
    seal()
    connection.check_constraints()
    if table.startswith("enforcement"):
        statement = statement.replace("id = id", "title = title")
    with (
        as_owner(),
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=table))
    assert chain.events.count() == CHAIN


def test_sealing_takes_up_what_is_new_and_nothing_twice(chain: Matter) -> None:
    first = seal()
    assert first is not None
    assert first.events == CHAIN
    assert seal() is None
    append(chain, name="test.later")
    second = seal()
    assert second is not None
    assert (second.number, second.events, second.previous) == (2, 1, first.chained)
    assert first.day == timezone.localdate()


def test_a_root_depends_on_every_leaf_and_on_their_order() -> None:
    leaves = [hashes(str(number))[0] for number in range(7)]
    roots = {
        merkle_root(leaves),
        merkle_root(leaves[::-1]),
        merkle_root(leaves[:-1]),
        merkle_root([*leaves, leaves[-1]]),
    }
    assert len(roots) == 4
    assert merkle_root([]) == hashes("")[0]


def test_the_command_prints_what_is_wrong_and_fails(chain: Matter) -> None:
    out = StringIO()
    call_command("verify_ledger", "--json", stdout=out)
    assert json.loads(out.getvalue().splitlines()[-1])["findings"] == []
    tamper("DELETE FROM ledger_event WHERE matter_id = %s AND sequence = 3", chain.pk)
    out = StringIO()
    with pytest.raises(CommandError, match="处不符"):
        call_command("verify_ledger", "--json", stdout=out)
    kinds_found = {finding["kind"] for finding in json.loads(out.getvalue().splitlines()[-1])["findings"]}
    assert "removed" in kinds_found


def test_an_event_holds_no_free_text_of_people(cast: Cast) -> None:
    scenes.lead(cast, facts="甲某在示例路 21 号卖假货（虚构）", identity="", party_name="甲示例")
    texts = "".join(Event.objects.values_list("canonical", flat=True))
    assert "卖假货" not in texts
    assert "甲示例" not in texts
