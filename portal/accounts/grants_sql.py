"""What each database role may do with each table: the dictionary, and the statements that make it true."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, LiteralString

from django.apps import apps
from django.db.backends.utils import CursorWrapper
from psycopg import sql
from simple_history.models import HistoricalChanges

OWNER: Final = "portal_owner"
PROGRAMME: Final = "portal_programme"
PUBLIC: Final = "portal_public"
EVERYTHING: Final = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
ADD_ONLY: Final = frozenset({"SELECT", "INSERT"})
READ_ONLY: Final = frozenset({"SELECT"})
LEDGER: Final = frozenset({"ledger_event", "ledger_seal", "ledger_sealedevent"})
OWNERS_OWN: Final = frozenset({"django_migrations"})  # the programme looks, and never writes
APPEND_ONLY_TRIGGER: Final = "append_only"

Grants = dict[str, frozenset[str]]

TABLES = """
    SELECT c.relname, EXISTS (
        SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = %s AND NOT t.tgisinternal
    )
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY c.relname
"""
HELD = """
    SELECT c.relname, COALESCE(r.rolname, 'PUBLIC'), a.privilege_type
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm') AND a.grantee <> c.relowner
"""
HELD_ON_COLUMNS = """
    SELECT DISTINCT c.relname, COALESCE(r.rolname, 'PUBLIC')
    FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL aclexplode(t.attacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE n.nspname = 'public' AND a.grantee <> c.relowner
"""
FUNCTIONS = """
    SELECT p.oid::regprocedure::text
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public' AND pg_has_role(current_user, p.proowner, 'USAGE')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


@dataclass
class Applied:
    """What was changed: statements on tables, by role."""

    given: int = 0
    taken: int = 0
    tables: int = 0
    roles: list[str] = field(default_factory=list)


def tables(cursor: CursorWrapper) -> dict[str, bool]:
    """Every table and view of ours, and whether a trigger says that it is only ever added to."""
    cursor.execute(TABLES, [APPEND_ONLY_TRIGGER])
    return dict(cursor.fetchall())


def history_tables() -> frozenset[str]:
    """The tables of every model's history."""
    return frozenset(model._meta.db_table for model in apps.get_models() if issubclass(model, HistoricalChanges))


def programme_grants(present: dict[str, bool]) -> Grants:
    """The running programme: everything, but only reading and adding where nothing may be changed."""
    add_only = LEDGER | history_tables()
    return {
        table: READ_ONLY if table in OWNERS_OWN else ADD_ONLY if guarded or table in add_only else EVERYTHING
        for table, guarded in present.items()
    }


def declared_grants() -> dict[str, Grants]:
    """What other rooms declare in a module `grants` with a dictionary GRANTS: role, table, privileges."""
    found: dict[str, Grants] = {}
    for module in _grant_modules():
        for role, by_table in getattr(module, "GRANTS", {}).items():
            found.setdefault(role, {}).update({table: frozenset(held) for table, held in by_table.items()})
    return found


def declared_functions() -> dict[str, set[str]]:
    """What other rooms declare in FUNCTIONS beside GRANTS: role, signatures it may execute."""
    found: dict[str, set[str]] = {}
    for module in _grant_modules():
        for role, signatures in getattr(module, "FUNCTIONS", {}).items():
            found.setdefault(role, set()).update(signatures)
    return found


def _grant_modules() -> Iterable[Any]:
    for config in apps.get_app_configs():
        name = f"{config.name}.grants"
        if not config.name.startswith("django.") and find_spec(name) is not None:
            yield import_module(name)


def expected(cursor: CursorWrapper) -> dict[str, Grants]:
    """The whole dictionary: role, table, privileges. What is not in it, nobody but the owner may do."""
    return {PROGRAMME: programme_grants(tables(cursor)), PUBLIC: {}} | declared_grants()


def held(cursor: CursorWrapper) -> dict[tuple[str, str], set[str]]:
    """What is granted now, by role and table, the owner left out."""
    cursor.execute(HELD)
    found: dict[tuple[str, str], set[str]] = {}
    for table, role, privilege in cursor.fetchall():
        found.setdefault((role, table), set()).add(privilege)
    return found


def apply(cursor: CursorWrapper) -> Applied:
    """Make the dictionary true: give what is missing, take what is not in it. Idempotent."""
    wanted = expected(cursor)
    done = Applied(tables=len(tables(cursor)), roles=sorted(wanted))
    present = held(cursor)
    cursor.execute(HELD_ON_COLUMNS)
    for table, role in cursor.fetchall():
        cursor.execute(_statement("REVOKE", ["ALL"], "FROM", table, role))
        present.pop((role, table), None)
        done.taken += 1
    for (role, table), granted in present.items():
        if surplus := granted.difference(wanted.get(role, {}).get(table, ())):
            cursor.execute(_statement("REVOKE", surplus, "FROM", table, role))
            done.taken += 1
    for role, by_table in wanted.items():
        for table, privileges in by_table.items():
            if missing := set(privileges).difference(present.get((role, table), ())):
                cursor.execute(_statement("GRANT", missing, "TO", table, role))
                done.given += 1
    _apply_around(cursor, list(wanted))
    return done


def _apply_around(cursor: CursorWrapper, roles: list[str]) -> None:
    """Schema, sequences, functions and the rights of tables to come; PUBLIC gets nothing of ours."""
    cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    cursor.execute("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC")
    # A table that a migration makes is nobody's until setup_roles has looked it up in the dictionary.
    for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        cursor.execute(f"ALTER DEFAULT PRIVILEGES REVOKE ALL ON {kind} FROM PUBLIC, {', '.join(roles)}")
    for role in roles:
        name = sql.Identifier(role)
        cursor.execute(sql.SQL("REVOKE ALL ON SCHEMA public FROM {}").format(name))
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
        cursor.execute(sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {}").format(name))
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {PROGRAMME}")
    _apply_functions(cursor, roles)


def _apply_functions(cursor: CursorWrapper, roles: list[str]) -> None:
    cursor.execute(FUNCTIONS)
    ours = [signature for (signature,) in cursor.fetchall()]
    declared = declared_functions()
    for signature in ours:
        cursor.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC, {', '.join(roles)}")
        cursor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {PROGRAMME}")
    for role, signatures in declared.items():
        for signature in signatures:
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {role}")


def _statement(verb: str, privileges: Iterable[str], direction: str, table: str, role: str) -> sql.Composed:
    """GRANT or REVOKE on one table; words come from this file and the catalogue of the database."""
    return sql.SQL("{} {} ON {} {} {}").format(
        _words(verb),
        _words(", ".join(sorted(privileges))),
        sql.Identifier(table),
        _words(direction),
        _words("PUBLIC") if role == "PUBLIC" else sql.Identifier(role),
    )


def _words(text: LiteralString) -> sql.SQL:
    return sql.SQL(text)
