"""The database roles may do exactly what the dictionary says: the programme cannot touch the record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from portal.accounts import grants_sql
from portal.deadlines.models import APPEND_ONLY_TABLES
from portal.ledger.verification import history_models
from tests import database, scenes
from tests.cast import Cast

PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
ADD_ONLY = sorted({"ledger_event", "ledger_seal", "ledger_sealedevent", *APPEND_ONLY_TABLES})


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        yield


def held(role: str, table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege FROM unnest(%s::text[]) privilege WHERE has_table_privilege(%s, %s, privilege)",
            [list(PRIVILEGES), role, table],
        )
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [grants_sql.PROGRAMME, grants_sql.PUBLIC])
def test_every_table_grants_exactly_what_the_dictionary_says(role: str) -> None:
    with connection.cursor() as cursor:
        tables = grants_sql.tables(cursor)
        wanted = grants_sql.expected(cursor)[role]
    assert len(tables) > 80
    differences = {
        table: (sorted(held(role, table)), sorted(wanted.get(table, ())))
        for table in tables
        if held(role, table) != set(wanted.get(table, ()))
    }
    assert differences == {}


@pytest.mark.django_db
def test_record_facts_and_every_history_are_only_added_to() -> None:
    history = sorted(grants_sql.history_tables())
    assert {model._meta.db_table for model in history_models()} <= set(history)
    assert "enforcement_historicalcase" in history
    for table in (*ADD_ONLY, *history):
        assert held(grants_sql.PROGRAMME, table) == {"SELECT", "INSERT"}, table


@pytest.mark.django_db
def test_nobody_is_granted_anything_by_being_anybody() -> None:
    with connection.cursor() as cursor:
        given = {table: rights for (role, table), rights in grants_sql.held(cursor).items() if role == "PUBLIC"}
        cursor.execute("SELECT has_schema_privilege('public', 'public', 'CREATE')")
        may_create = cursor.fetchone()[0]
        cursor.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = ANY(%s)",
            [[grants_sql.PROGRAMME, grants_sql.PUBLIC]],
        )
        strong = [row for row in cursor.fetchall() if any(row)]
    assert given == {}
    assert may_create is False
    assert strong == []


def test_the_programme_cannot_change_the_record_by_raw_sql(cast: Cast) -> None:
    scenes.lead(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == grants_sql.PROGRAMME
        for table in ("ledger_event", "deadlines_fact", "enforcement_historicalcase"):
            column = "canonical" if table == "ledger_event" else "name" if table == "deadlines_fact" else "title"
            with refused():
                cursor.execute(f"UPDATE {table} SET {column} = ''")
            with refused():
                cursor.execute(f"DELETE FROM {table}")
            with refused():
                cursor.execute(f"TRUNCATE {table} CASCADE")
        with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic():
            cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER ALL")
        with refused():
            cursor.execute("CREATE TABLE mine (id int)")


def test_the_public_role_cannot_read_a_case_an_account_or_a_session(cast: Cast) -> None:
    scenes.lead(cast)
    with database.as_role(grants_sql.PUBLIC), connection.cursor() as cursor:
        for table in ("matters_matter", "enforcement_case", "accounts_user", "django_session", "ledger_event"):
            with refused():
                cursor.execute(f"SELECT * FROM {table} LIMIT 1")


@pytest.mark.django_db
def test_the_public_role_runs_no_function_of_ours_but_those_declared_for_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace "
            "AND has_function_privilege(%s, p.oid, 'EXECUTE') "
            "AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')",
            [grants_sql.PUBLIC],
        )
        may = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT has_function_privilege(%s, 'portal_lock_for_seal()', 'EXECUTE')", [grants_sql.PROGRAMME])
        assert cursor.fetchone()[0] is True
    assert may == grants_sql.declared_functions().get(grants_sql.PUBLIC, set())


@pytest.mark.django_db
def test_setting_up_again_changes_nothing_and_takes_back_what_somebody_gave() -> None:
    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute("GRANT UPDATE ON ledger_event TO portal_programme")
        cursor.execute("GRANT SELECT (username) ON accounts_user TO portal_public")
        cursor.execute("REVOKE INSERT ON matters_matter FROM portal_programme")
        out = StringIO()
        call_command("setup_roles", stdout=out)
        assert "授予 1 处，收回 2 处" in out.getvalue()
        again = StringIO()
        call_command("setup_roles", stdout=again)
        assert "授予 0 处，收回 0 处" in again.getvalue()
    assert held(grants_sql.PROGRAMME, "ledger_event") == {"SELECT", "INSERT"}
    assert "INSERT" in held(grants_sql.PROGRAMME, "matters_matter")


@pytest.mark.django_db
def test_a_table_made_later_is_nobodys_until_the_roles_are_set_up_again() -> None:
    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id bigint GENERATED BY DEFAULT AS IDENTITY)")
    assert held(grants_sql.PROGRAMME, "later") == set()
    assert held(grants_sql.PUBLIC, "later") == set()
    with database.as_owner():
        call_command("setup_roles", verbosity=0)
    assert held(grants_sql.PROGRAMME, "later") == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert held(grants_sql.PUBLIC, "later") == set()
