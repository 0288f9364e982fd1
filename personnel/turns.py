"""One after the other: putting an officer on a case, and taking his certificate away."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

# First half of the two-part advisory lock key; the second is the officer's id.
TURN = 0x6F666672


def share_turn(officers: Iterable[int]) -> None:
    """Whoever judges certificates for a case waits for those who change them, and keeps them waiting until his commit.

    Outside a transaction (a preview of what is possible) nothing is held.
    """
    _take("pg_advisory_xact_lock_shared", officers)


def take_turn(officer: int) -> None:
    """Whoever ends or suspends a certificate waits for the cases the officer is just being put on.

    Always the last lock taken, so that nobody waits in a circle. Officers' rows are not used for it: a
    leaver's row is locked before his certificates.
    """
    _take("pg_advisory_xact_lock", [officer])


def _take(function: str, officers: Iterable[int]) -> None:
    if not connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        for officer in sorted(set(officers)):
            cursor.execute(f"SELECT {function}(%s, %s)", [TURN, officer])
