"""A state changes only through the door: not by update(), not from a shell, not by raw SQL, not by the owner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from enforcement.cases import actions, data
from enforcement.models import Case, EnforcementAct
from portal.workflow.door import open_door, perform
from portal.workflow.registry import all_actions
from tests import database, scenes
from tests.cast import Cast, fresh, matter

FILED = EnforcementAct.State.FILED


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(IntegrityError, match=r"changes only through portal\.workflow\.perform"), transaction.atomic():
        yield


def test_no_way_but_the_door_changes_a_state(cast: Cast) -> None:
    case = scenes.lead(cast)
    with refused():
        Case.objects.update(state=FILED)
    with refused():
        EnforcementAct.objects.filter(pk=case.pk).update(state=FILED)
    with refused():
        case.state = FILED
        case.save()
    with refused():
        EnforcementAct.objects.bulk_update([EnforcementAct(pk=case.pk, state=FILED)], ["state"])
    with refused(), connection.cursor() as cursor:
        cursor.execute("UPDATE enforcement_enforcementact SET state = 'filed'")
    with refused(), database.as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE enforcement_enforcementact SET state = 'filed'")
    assert Case.objects.get().state == EnforcementAct.State.LEAD


def test_nothing_is_born_in_a_later_state(cast: Cast) -> None:
    act = EnforcementAct.objects.get(pk=scenes.lead(cast).pk)
    act.matter = matter(cast.market)
    act.state = FILED
    with refused():
        act.save(force_insert=True)
    assert EnforcementAct.objects.count() == 1


def test_the_door_is_shut_again_once_the_action_is_done(cast: Cast) -> None:
    case = scenes.lead(cast)
    perform(case, actions.DECLINE, actor=fresh(cast.head), data=data.Decline(reason="不属于本局管辖（虚构）"))
    with refused():
        Case.objects.update(state=FILED)


def test_a_forged_key_opens_nothing(cast: Cast) -> None:
    scenes.lead(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.door', '1', true)")
    with refused():
        Case.objects.update(state=FILED)


def test_an_action_that_fails_leaves_the_door_shut(cast: Cast) -> None:
    case = scenes.lead(cast)
    with pytest.raises(RuntimeError), transaction.atomic(), open_door():
        raise RuntimeError
    with refused():
        Case.objects.filter(pk=case.pk).update(state=FILED)


@pytest.mark.django_db
def test_every_model_with_actions_has_the_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'guard_state'")
        guarded = {row[0] for row in cursor.fetchall()}
    stateful = {
        field.model._meta.db_table
        for model in {action.model for action in all_actions()}
        for field in model._meta.get_fields()
        if field.name == "state"
    }
    assert stateful
    assert stateful <= guarded
    assert apps.get_model("enforcement.EnforcementAct")._meta.db_table in guarded
