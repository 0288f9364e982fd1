"""From a disclosure to what the public reads: the immutable snapshot and its projection into the public zone."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import override

from disclosure.acts import allowed_workdays, public_kind, remedies
from disclosure.masking import Kind, masked, pseudonyms
from disclosure.models import Channel, Disclosure, Snapshot, latest_snapshot
from disclosure.public import publishing
from disclosure.public.kinds import DocumentState, PartyKind
from disclosure.public.publishing import HistoryEntry, OfficerShown, PublishedDecisionData
from disclosure.texts import FIELDS, KIND_LABELS, as_span
from enforcement.models import ActOfficer, Decision, EnforcementItem, Party, PenaltyKind
from portal.deadlines.calendar_store import calendar
from portal.deadlines.models import Obligation
from portal.documents.models import Document
from portal.ledger.canonical import canonical_text, hashes

PARTY_KINDS = {
    Party.Kind.COMPANY: PartyKind.COMPANY,
    Party.Kind.BUSINESS: PartyKind.BUSINESS,
    Party.Kind.NATURAL: PartyKind.NATURAL,
}


@override("zh-hans")  # what is published is Chinese, whatever the desk speaks
def publish(disclosure: Disclosure, now: dt.datetime) -> Snapshot:
    """Make the first snapshot, show it, and record the first official channel."""
    snapshot = _snapshot(disclosure, now)
    _show(disclosure, snapshot)
    Channel.objects.create(
        disclosure=disclosure,
        kind=Channel.Kind.PORTAL,
        address=public_address(snapshot.key),
        published_at=now,
    )
    return snapshot


@override("zh-hans")
def correct(disclosure: Disclosure, now: dt.datetime) -> Snapshot:
    """A further snapshot pointing back; the public reads when and why it was corrected, and the new text alone."""
    snapshot = _snapshot(disclosure, now)
    correction = disclosure.correction
    if correction is None:
        raise RuntimeError("what was published is only replaced by a correction")
    correction.finished_at, correction.snapshot = now, snapshot
    correction.save()
    _show(disclosure, snapshot)
    return snapshot


def _snapshot(disclosure: Disclosure, now: dt.datetime) -> Snapshot:
    text = canonical_text(content_of(disclosure))
    before = latest_snapshot(disclosure)
    return Snapshot.objects.create(
        disclosure=disclosure,
        key=uuid.uuid4(),
        number=(before.number if before else 0) + 1,
        content=text,
        sha256=hashes(text)[0],
        published_at=now,
        replaces=before,
    )


def _show(disclosure: Disclosure, snapshot: Snapshot) -> None:
    publishing.publish(_row(disclosure, content_of(disclosure), hashes(snapshot.content)[1]))
    document = disclosure.decision.document
    if document is not None and document.sha256:
        project_document(document, decision=public_key(disclosure))


def public_key(disclosure: Disclosure) -> uuid.UUID:
    """Under which key the public finds the decision: its first snapshot's, whatever was corrected since."""
    key: uuid.UUID = disclosure.snapshots.order_by("number").values_list("key", flat=True)[0]
    return key


def public_address(key: uuid.UUID) -> str:
    """Where the public reads the decision."""
    from django.conf import settings

    return f"{settings.PUBLIC_URL}/decisions/{key}/"


def content_of(disclosure: Disclosure) -> dict[str, Any]:
    """What is published, word for word: masked texts and the facts the law wants public (SX-03, GS-07)."""
    decision, act = disclosure.decision, disclosure.act
    texts = public_texts(disclosure)
    parties = list(act.parties.all())
    companies = [party for party in parties if party.kind != Party.Kind.NATURAL]
    return {
        **texts,
        "department": act.department.code,
        "agency": act.acting_name,
        "number": decision.number,
        "party_kind": PARTY_KINDS[Party.Kind((companies or parties)[0].kind)].value
        if parties
        else PartyKind.COMPANY.value,
        "credit_code": companies[0].credit_code if len(companies) == 1 else "",
        "item_code": act.item.code if act.item else "",
        "item": act.item.name if act.item else "",
        "kinds": [str(PenaltyKind(kind).label) for kind in disclosure.corrected.get("kinds", decision.kinds)],
        "fine": _amount(disclosure, "fine"),
        "confiscation": _amount(disclosure, "confiscation"),
        "decided_on": decision.decided_on,
        "display_until": disclosure.display_until,
        "remedies": decision.remedies,
        "performance": decision.performance,
    }


def _amount(disclosure: Disclosure, name: str) -> Decimal:
    """In yuan; the corrected one when there is one."""
    return Decimal(disclosure.corrected.get(name) or getattr(disclosure.decision, name) or 0)


def public_texts(disclosure: Disclosure) -> dict[str, str]:
    """The masked wording of every text, by the last round of masking; one person has one pseudonym."""
    rows = list(disclosure.spans.filter(round=disclosure.round))
    spans = {row.pk: as_span(disclosure.source[row.field], row.start, row.end, row.kind) for row in rows}
    called = pseudonyms(
        spans[row.pk].text
        for row in sorted(rows, key=lambda row: (list(FIELDS).index(row.field), row.start))
        if row.kind == Kind.NAME.value
    )
    return {
        field: masked(text, [spans[row.pk] for row in rows if row.field == field and row.hidden], called)
        for field, text in disclosure.source.items()
    }


def _row(disclosure: Disclosure, content: dict[str, Any], sm3: str) -> PublishedDecisionData:
    decision, act = disclosure.decision, disclosure.act
    published = disclosure.published_at or timezone.now()
    # The first official channel counts (SX-02), whichever it was.
    first = min([published, *disclosure.channels.values_list("published_at", flat=True)])
    within = _workdays(decision, first)
    hidden = disclosure.spans.filter(round=disclosure.round, hidden=True)
    served = max((s.effective_on for s in decision.services.all() if s.effective_on), default=None)
    basis = "\n".join(text for text in (content["violated"], content["basis"]) if text)
    penalties = "、".join(content["kinds"])
    where_to_object, note = remedies(act)
    return PublishedDecisionData(
        key=public_key(disclosure),
        act_kind=public_kind(act, decision),
        department_code=act.department.code,
        department_name=act.acting_name,
        department_short=act.department.short_name,
        number=content["number"],
        title=content["title"],
        party_name=content["party"],
        party_kind=content["party_kind"],
        credit_code=content["credit_code"],
        item_code=content["item_code"],
        item_name=content["item"],
        penalty_kinds=content["kinds"],
        outcome="；".join(content["content"].split("\n")) or penalties,
        facts=content["facts"],
        basis=basis,
        discretion=content["reasons"],
        performance=content["performance"],
        officers=[
            OfficerShown(link.officer.name, link.certificate_number)
            for link in ActOfficer.objects.filter(act=act, until=None).select_related("officer")
        ],
        fine=content["fine"],
        confiscation=content["confiscation"],
        decided_on=content["decided_on"],
        served_on=served,
        published_at=published,
        display_until=disclosure.display_until,
        published_within=within,
        allowed_days=allowed_workdays(act, decision),
        late=_late(disclosure, first),
        remedies=where_to_object,
        remedies_note=note,
        history=_history(disclosure, first, within),
        hidden_count=hidden.count(),
        hidden_kinds=sorted({str(KIND_LABELS[Kind(kind)]) for kind in hidden.values_list("kind", flat=True)}),
        snapshot_hash=sm3,
        verification_code=decision.document.code if decision.document else "",
    )


def _workdays(decision: Decision, published: Any) -> int | None:
    if decision.decided_on is None:
        return None
    return int(calendar("xinjiang").workdays_between(decision.decided_on, timezone.localdate(published)))


def _late(disclosure: Disclosure, published: Any) -> bool:
    duty = (
        Obligation.objects.filter(matter=disclosure.matter, rule="decision.disclose", about=disclosure.decision.about)
        .order_by("number")
        .first()
    )
    return duty is not None and not duty.provisional and published > duty.due_at


def _history(disclosure: Disclosure, published: Any, within: int | None) -> list[HistoryEntry]:
    decision = disclosure.decision
    entries = [
        HistoryEntry(
            timezone.localdate(published),
            _t("公示"),
            _t("决定后第 %(days)d 个工作日，规定 %(allowed)d 个工作日内")
            % {"days": within, "allowed": allowed_workdays(disclosure.act, decision)}
            if within is not None
            else "",
        )
    ]
    entries += [
        HistoryEntry(service.effective_on, _t("送达"), str(service.get_method_display()))
        for service in decision.services.all()
        if service.effective_on
    ]
    entries += [
        HistoryEntry(timezone.localdate(one.finished_at), _t("更正"), one.reason, is_correction=True)
        for one in disclosure.corrections.exclude(snapshot=None)
        if one.finished_at
    ]
    if decision.decided_on:
        entries.append(HistoryEntry(decision.decided_on, _t("作出决定"), decision.number))
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


@override("zh-hans")  # what is published is Chinese, whatever the desk speaks
def withdraw(disclosure: Disclosure) -> None:
    """Off the public site at once, with a tombstone that says why."""
    decision = disclosure.decision
    penalty = disclosure.act.kind == EnforcementItem.Kind.PENALTY
    timeliness = ""
    if decision.outcome_on and disclosure.ended_on:
        days = calendar("xinjiang").workdays_between(decision.outcome_on, disclosure.ended_on)
        timeliness = (
            _t("决定失效后第 %(days)d 个工作日撤回，法定 3 个工作日内")
            if penalty
            else _t("决定失效后第 %(days)d 个工作日撤下")
        ) % {"days": days}
    publishing.withdraw(
        public_key(disclosure),
        disclosure.public_reason,
        disclosure.ended_on or timezone.localdate(),
        basis="《中华人民共和国行政处罚法》第四十八条第二款" if penalty else "国办发〔2018〕118号（六）",
        timeliness=timeliness,
    )
    if decision.document is not None and decision.outcome != Decision.Outcome.IN_FORCE:
        project_document(decision.document, state=DocumentState.REVOKED)


def expire(disclosure: Disclosure) -> None:
    """Off the public site because the display period is over."""
    publishing.expire(public_key(disclosure), on=disclosure.ended_on)


@override("zh-hans")
def suspend(disclosure: Disclosure, reason: str, on: dt.date) -> None:
    """Off the public site at once, until the corrected text is there."""
    publishing.suspend(public_key(disclosure), reason, on)


@override("zh-hans")
def repair(disclosure: Disclosure) -> None:
    """Off the public site early, because the party has put things right."""
    publishing.end_early(public_key(disclosure), disclosure.public_reason, disclosure.ended_on or timezone.localdate())


def project_document(document: Document, *, decision: Any = None, state: str = DocumentState.VALID) -> None:
    """Let anyone check a sealed document by code or by the hash of its file; it names nobody."""
    publishing.publish_document(
        code=document.code,
        kind=document.title.replace("\n", ""),
        number=document.number,
        department_name=document.issuer.name,
        issued_on=document.issued_on,
        sha256=document.sha256,
        state=state,
        decision=decision,
    )
