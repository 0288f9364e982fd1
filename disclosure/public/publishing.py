"""The writing side: what the desk's disclosure room calls, always inside its own transaction."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .folding import searchable
from .kinds import PENALTIES, ActKind, DocumentState, EndKind, PartyKind
from .models import (
    Generation,
    PublishedAuthority,
    PublishedCertificate,
    PublishedDecision,
    PublishedDepartment,
    PublishedFigures,
    PublishedItem,
    PublishedOfficer,
    PublishedProof,
    PublishedReport,
    PublishedSubject,
    Tombstone,
    VerifiedDocument,
)


class NotPublishedError(LookupError):
    """There is no published decision with this key."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A way to object: its name, within what time («收到决定书之日起 60 日内»), and to whom."""

    name: str
    period: str
    body: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A line of the disclosure record, newest first."""

    on: date
    text: str
    detail: str = ""
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class OfficerShown:
    """An officer who handled the case, with the number of his certificate."""

    name: str
    certificate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedDecisionData:
    """The projection of a snapshot; every text is already masked. Amounts in yuan.

    published_at is the moment of the *first* publication, also when a correction replaces the text;
    published_within and allowed_days are working days (SX-01, SX-02), late for ever once late.
    """

    key: UUID
    act_kind: str
    department_code: str
    department_name: str
    department_short: str
    number: str
    title: str
    party_name: str
    party_kind: str
    outcome: str
    decided_on: date
    published_at: datetime
    snapshot_hash: str
    hash_name: str = "SM3"
    credit_code: str = ""
    item_code: str = ""
    item_name: str = ""
    penalty_kinds: Sequence[str] = ()
    facts: str = ""
    basis: str = ""
    discretion: str = ""
    performance: str = ""
    content: str = ""
    officers: Sequence[OfficerShown] = ()
    fine: Decimal = Decimal(0)
    confiscation: Decimal = Decimal(0)
    served_on: date | None = None
    display_until: date | None = None
    published_within: int | None = None
    allowed_days: int | None = None
    late: bool = False
    remedies: Sequence[Remedy] = ()
    remedies_note: str = ""
    history: Sequence[HistoryEntry] = ()
    hidden_count: int = 0
    hidden_kinds: Sequence[str] = field(default=())
    verification_code: str = ""


@transaction.atomic
def publish(row: PublishedDecisionData) -> None:
    """Show a decision, or its corrected text, from the moment the transaction commits.

    Raises ValueError when a kind of act, party or penalty is none the public site can filter by: the words of
    `kinds` are Chinese whatever language the desk speaks at the moment.
    """
    _check_kinds(row)
    values: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
    values |= {
        "penalty_kinds": list(row.penalty_kinds),
        "hidden_kinds": list(row.hidden_kinds),
        "officers": [dataclasses.asdict(officer) for officer in row.officers],
        "remedies": [dataclasses.asdict(remedy) for remedy in row.remedies],
        "history": [
            {"on": entry.on.isoformat(), "text": entry.text, "detail": entry.detail}
            | ({"correction": True} if entry.is_correction else {})
            for entry in row.history
        ],
        "verification_code": normal_code(row.verification_code),
        "updated_at": timezone.now(),
        "search_text": searchable(row.number, row.title, row.party_name, row.credit_code, row.item_name, row.facts),
    }
    PublishedDepartment.objects.get_or_create(
        code=row.department_code, defaults={"name": row.department_name, "short_name": row.department_short}
    )
    PublishedDecision.objects.update_or_create(key=row.key, defaults=values)
    Tombstone.objects.filter(key=row.key).delete()
    PublishedProof.objects.filter(pk=row.key).delete()  # of the text before; the next seal proves this one
    raise_generation()


def _check_kinds(row: PublishedDecisionData) -> None:
    for given, known in (
        ({row.act_kind}, ActKind.values),
        ({row.party_kind}, PartyKind.values),
        (set(row.penalty_kinds), PENALTIES),
    ):
        if strange := given - set(known):
            raise ValueError(f"not a kind the public site knows: {sorted(strange)}")


_PLAIN = frozenset(entry.name for entry in dataclasses.fields(PublishedDecisionData)) - {
    "key", "penalty_kinds", "hidden_kinds", "officers", "remedies", "history", "verification_code",
}  # fmt: skip


@transaction.atomic
def withdraw(key: UUID, reason: str, on: date, *, basis: str = "", timeliness: str = "") -> None:
    """Take a decision off the site and leave its tombstone with the public reason (处罚法48条2款, SX-04).

    timeliness: «撤销后第 2 个工作日，法定 3 个工作日内». Raises NotPublishedError when it is not published.
    """
    _end(key, EndKind.WITHDRAWN, reason, on, basis=basis, timeliness=timeliness)


@transaction.atomic
def expire(key: UUID, *, on: date | None = None) -> None:
    """Take a decision off the site because its display period is over (XF-01…03).

    Reading never shows it after that day anyway; raises NotPublishedError when it is not published.
    """
    row = PublishedDecision.objects.filter(key=key).only("display_until").first()
    ended = on or (row.display_until if row else None) or timezone.localdate()
    _end(key, EndKind.EXPIRED, "", ended)


@transaction.atomic
def suspend(key: UUID, reason: str, on: date) -> None:
    """Take a text that is wrong off the site until the corrected one is published under the same key."""
    _end(key, EndKind.CORRECTING, reason, on)


@transaction.atomic
def end_early(key: UUID, reason: str, on: date) -> None:
    """Take a decision off before its period is over, because the party has put things right (信用修复)."""
    _end(key, EndKind.REPAIRED, reason, on)


def _end(key: UUID, kind: EndKind, reason: str, on: date, *, basis: str = "", timeliness: str = "") -> None:
    row = PublishedDecision.objects.select_for_update().filter(key=key).first()
    if row is None:
        told = {"kind": kind, "withdrawn_on": on, "reason": reason, "basis": basis, "timeliness": timeliness}
        # A text that is off for a correction may be withdrawn, or run out, before the correction is done.
        if not Tombstone.objects.filter(key=key, kind=EndKind.CORRECTING).update(**told):
            raise NotPublishedError(str(key))
        raise_generation()
        return
    Tombstone.objects.update_or_create(
        key=key,
        defaults={
            "kind": kind,
            "act_kind": row.act_kind,
            "number": row.number,
            "department_code": row.department_code,
            "department_name": row.department_name,
            "decided_on": row.decided_on,
            "published_on": timezone.localdate(row.published_at),
            "withdrawn_on": on,
            "reason": reason,
            "basis": basis,
            "timeliness": timeliness,
        },
    )
    row.delete()
    PublishedProof.objects.filter(pk=key).delete()
    raise_generation()


@transaction.atomic
def publish_document(
    *,
    code: str,
    kind: str,
    number: str,
    department_name: str,
    issued_on: date,
    sha256: str = "",
    state: str = DocumentState.VALID,
    decision: UUID | None = None,
) -> None:
    """Let anyone check a document by its code or by the SHA-256 of its file; call again when its state changes."""
    VerifiedDocument.objects.update_or_create(
        code=normal_code(code),
        defaults={
            "kind": kind,
            "number": number,
            "department_name": department_name,
            "issued_on": issued_on,
            "sha256": sha256.lower(),
            "state": state,
            "decision": decision,
        },
    )
    raise_generation()


@transaction.atomic
def publish_department(
    *, code: str, name: str, short_name: str, active: bool = True, place: int = 100, **details: str
) -> None:
    """Show a department; details are duties, address and phone."""
    PublishedDepartment.objects.update_or_create(
        code=code,
        defaults={"name": name, "short_name": short_name, "active": active, "place": place, **details},
    )
    raise_generation()


@transaction.atomic
def publish_figures(
    *, year: int, due: int, published: int, on_time: int, overdue: int, exempt: int, department_code: str = ""
) -> None:
    """Show the counts of a year: due (without exempt ones) ≥ published ≥ on time."""
    PublishedFigures.objects.update_or_create(
        year=year,
        department_code=department_code,
        defaults={
            "due": due,
            "published": published,
            "on_time": on_time,
            "overdue": overdue,
            "exempt": exempt,
            "counted_at": timezone.now(),
        },
    )
    raise_generation()


@transaction.atomic
def publish_item(*, department_code: str, code: str, name: str, act_kind: str, **details: Any) -> None:
    """Show an enforcement item; details are field, basis, effective_from, effective_to and benchmark (CL-02)."""
    PublishedItem.objects.update_or_create(
        department_code=department_code, code=code, defaults={"name": name, "act_kind": act_kind, **details}
    )
    raise_generation()


@transaction.atomic
def publish_officer(
    *, certificate: str, name: str, department_code: str, department_name: str, state: str, **details: Any
) -> None:
    """Show the public fields of a certificate; details are issuer, fields, area, valid_from and valid_to."""
    PublishedOfficer.objects.update_or_create(
        certificate=certificate,
        defaults={
            "name": name,
            "department_code": department_code,
            "department_name": department_name,
            "state": state,
            **details,
        },
    )
    raise_generation()


def publish_certificate(*, code: str, photo: str | None = None, **told: Any) -> None:
    """Show a certificate behind its code; `photo` (a data: address) is left as it is when None.

    Told are name, department_name, fields, valid_from, valid_to, state and photo_sha256. The page is never
    kept in a cache, so no generation rises.
    """
    if photo is not None:
        told["photo"] = photo
    PublishedCertificate.objects.update_or_create(code=code, defaults=told)


def withdraw_certificates(codes: Iterable[str]) -> None:
    """Take what stands behind the codes off the site; codes nobody has published do no harm."""
    PublishedCertificate.objects.filter(pk__in=list(codes)).delete()


@transaction.atomic
def publish_subject(*, department_code: str, **details: Any) -> None:
    """Show a department's qualification; details are the fields of PublishedSubject."""
    PublishedSubject.objects.update_or_create(department_code=department_code, defaults=details)
    raise_generation()


@transaction.atomic
def hide_subjects(codes: Collection[str]) -> int:
    """Take qualifications off that are no longer announced; returns how many."""
    gone, _rows = PublishedSubject.objects.filter(department_code__in=codes).delete()
    raise_generation()
    return gone


@transaction.atomic
def publish_authority(*, key: str, **details: Any) -> None:
    """Show a mandate or an empowerment decision; details are the fields of PublishedAuthority."""
    PublishedAuthority.objects.update_or_create(key=key, defaults=details)
    raise_generation()


@transaction.atomic
def hide_authorities(keys: Collection[str]) -> int:
    """Take off mandates and decisions that are over; returns how many."""
    gone, _rows = PublishedAuthority.objects.filter(key__in=keys).delete()
    raise_generation()
    return gone


@transaction.atomic
def publish_report(
    *, key: str, year: int, title: str, body: Sequence[Any], published_on: date, department_code: str = ""
) -> None:
    """Show a yearly statistic (SX-05)."""
    PublishedReport.objects.update_or_create(
        key=key,
        defaults={
            "year": year,
            "title": title,
            "body": list(body),
            "published_on": published_on,
            "department_code": department_code,
        },
    )
    raise_generation()


def raise_generation() -> None:
    """Make every cached page stale at the moment the transaction commits; call it last, for it locks one row."""
    Generation.objects.filter(pk=1).update(number=F("number") + 1, raised_at=timezone.now())


def normal_code(code: str) -> str:
    """A verification code without hyphens and blanks, in capitals, as it is stored and compared."""
    return "".join(character for character in code.upper() if character.isascii() and character.isalnum())[:24]
