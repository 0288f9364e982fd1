"""One wall: the public process works with a database role that can read published rows and nothing else."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from disclosure.public.grants import GRANTS
from disclosure.public.models import PublishedDecision, Submission
from disclosure.public.publishing import publish_document, withdraw

pytestmark = pytest.mark.public_role
PRIVILEGES = {"SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"}


def tables() -> list[str]:
    """Every table of the database."""
    return sorted(connection.introspection.table_names())


def test_the_whole_public_site_works(
    visitor: Client, published: Callable[..., Any], request: pytest.FixtureRequest
) -> None:
    row, gone = published(), published(number="白市监处罚〔2026〕122号")
    withdraw(gone.key, "复议机关撤销了原决定。", dt.date(2026, 11, 24))
    publish_document(
        code="7K4M92QDXR5T", kind="行政处罚决定书", number=row.number, department_name="某局", issued_on=row.decided_on
    )
    request.getfixturevalue("public_role")
    for address, status in {
        "/": 200,
        "/decisions/": 200,
        "/decisions/?q=查验&department=SCJGJ&kind=penalty&penalty=罚款&party=business&item=SP-01&sort=fine": 200,
        "/decisions/?decided_from=2026-01-01&decided_to=2026-12-31&fine_from=1&fine_to=10000": 200,
        f"/decisions/{row.key}/": 200,
        f"/decisions/{gone.key}/": 410,
        f"/decisions/{uuid.uuid4()}/": 404,
        "/feed.atom": 200,
        "/feed.atom?q=查验记录": 200,
        "/departments/": 200,
        "/departments/SCJGJ/": 200,
        "/departments/nobody/": 404,
        "/verify/": 200,
        "/verify/?code=7k4m-92qd-xr5t": 200,
        "/withdrawn/": 200,
        "/decisions.csv?q=查验": 200,
        "/about/": 200,
        "/healthz": 200,
        "/robots.txt": 200,
        "/sitemap.xml": 200,
        "/seals/": 200,
        "/seals/seals.csv": 200,
        "/seals/verify_proof.py": 200,
        f"/decisions/{row.key}/proof.json": 404,
    }.items():
        answer = visitor.get(address)
        assert (answer.status_code, bool(answer.getvalue())) == (status, True), address


def test_no_table_of_the_desk_can_be_read(db: None, public_role: None) -> None:
    own = set(GRANTS["portal_public"])
    foreign = [table for table in tables() if table not in own]
    assert {"ledger_event", "enforcement_case", "accounts_user", "matters_matter"} <= set(foreign)
    for table in foreign:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 0")


def test_the_privileges_are_exactly_those_of_the_dictionary(db: None) -> None:
    wanted = GRANTS["portal_public"]
    assert set(wanted) <= set(tables())
    with connection.cursor() as cursor:
        for table in tables():
            held = set()
            for privilege in PRIVILEGES:
                cursor.execute("SELECT has_table_privilege('portal_public', %s, %s)", [f'"{table}"', privilege])
                if cursor.fetchone() == (True,):
                    held.add(privilege)
            assert held == wanted.get(table, set()), table
        cursor.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = 'portal_public'"
        )
        assert cursor.fetchone() == (False, False, False, False)


def test_a_submission_goes_in_and_never_comes_out(db: None, public_role: None) -> None:
    Submission.objects.create(kind="correction", about="白市监处罚〔2026〕121号", body={"text": "日期有误"})
    for attempt in (
        Submission.objects.first,
        lambda: Submission.objects.update(kind="x"),
        lambda: Submission.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            attempt()


def test_the_public_process_cannot_publish_or_change_anything(published: Callable[..., Any], public_role: None) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        PublishedDecision.objects.update(title="改了")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        published()
