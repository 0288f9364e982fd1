"""Databases of the tests: one template with every table, trigger and grant; clones of it for the rest.

The tests sign in as the owner but act as `portal_programme`, as the running portal does: a privilege that
is missing or a trigger that refuses shows in every test. `as_owner()` takes the owner's place for a while.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
APPS = ("portal", "personnel", "enforcement", "disclosure", "supervision", "demo")
PROGRAMME, PUBLIC = "portal_programme", "portal_public"
ACT_AS_PROGRAMME = f"-c role={PROGRAMME}"
LOCK = 20_260_201


def fingerprint() -> str:
    """A name for the schema: every migration, rule file, calendar and grant that goes into the template."""
    digest = hashlib.sha256()
    for app in APPS:
        for file in sorted((ROOT / app).glob("**/*")):
            sql_inside = "grants" in file.name or file.name in {"triggers.py", "setup_roles.py"}
            relevant = file.parent.name == "migrations" or sql_inside or file.suffix in {".toml", ".csv"}
            if file.is_file() and relevant and file.suffix in {".py", ".toml", ".csv"}:
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def server(database: str = "postgres") -> psycopg.Connection[Any]:
    """A connection of the owner's, outside of Django, with autocommit."""
    given = connections.settings["default"]
    return psycopg.connect(
        dbname=database,
        user=given["USER"],
        password=given["PASSWORD"],
        host=given["HOST"],
        port=given["PORT"] or None,
        autocommit=True,
    )


def template() -> str:
    """The name of the template, made by the first process that asks."""
    name = f"test_template_{fingerprint()}"
    with server() as link:
        link.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            half = f"{name}_half"
            link.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(half)))
            link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
            _fill(half)
            link.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(name)))
    return name


def _fill(name: str) -> None:
    with connected_to(name, options=""):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("setup_roles", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT {PROGRAMME}, {PUBLIC} TO CURRENT_USER")


def clone(name: str) -> None:
    """Make a database that equals the template."""
    source = template()
    with server() as link:
        link.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))
        link.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(
                sql.Identifier(name), sql.Identifier(PROGRAMME), sql.Identifier(PUBLIC)
            )
        )


def drop(name: str) -> None:
    """Remove a database, whoever is still connected."""
    with server() as link:
        link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def connected_to(name: str, *, options: str = ACT_AS_PROGRAMME) -> Iterator[None]:
    """Point Django, in every thread, to another database for the length of the block."""
    link = connections["default"]
    link.close()
    before = link.settings_dict["NAME"], link.settings_dict["OPTIONS"]
    link.settings_dict["NAME"] = name
    own = {name: value for name, value in before[1].items() if name != "options"}
    link.settings_dict["OPTIONS"] = own | {"options": options} if options else own
    settings.DATABASES["default"]["NAME"] = name
    try:
        yield
    finally:
        connections["default"].close()
        link.settings_dict["NAME"], link.settings_dict["OPTIONS"] = before
        settings.DATABASES["default"]["NAME"] = before[0]


def worker_name(purpose: str) -> str:
    """A database name of this test process alone."""
    return f"test_{purpose}_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@contextmanager
def as_role(role: str) -> Iterator[None]:
    """Act as another database role; inside a transaction it ends with the block or the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()[0]
        cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
    back = sql.SQL("SET ROLE {}").format(sql.Identifier(before))
    try:
        yield
    except BaseException:
        if not connection.in_atomic_block:  # inside a transaction the rollback takes the role back with the rest
            connection.cursor().execute(back)
        raise
    with connection.cursor() as cursor:
        cursor.execute(back)


@contextmanager
def as_owner() -> Iterator[None]:
    """Act as the owner of the tables, as a malicious administrator of the database could."""
    with as_role(connections.settings["default"]["USER"]):
        yield


@contextmanager
def triggers_off(*tables: str) -> Iterator[None]:
    """As the owner, with the triggers of some tables switched off: what nobody may do, to test its discovery."""
    with as_owner():
        with connection.cursor() as cursor:
            connection.check_constraints()  # foreign keys still to be checked would forbid the change of the table
            for table in tables:
                cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                connection.check_constraints()
                for table in tables:
                    cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table)))
