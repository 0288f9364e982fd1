"""Qualifications, mandates and empowerment lists on the public site (SX-06, 处罚法20条、24条): the difference is written."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import override

from disclosure.public import publishing
from disclosure.public.models import PublishedAuthority, PublishedSubject
from personnel.subjects.attention import last_day
from personnel.subjects.models import Empowerment, EnforcementSubject, Mandate
from portal.workflow.registry import Stated, react

State = EnforcementSubject.State
FACTS = (
    "subject.published",
    "subject.changed",
    "subject.withdrawn",
    "subject.applied",
    "mandate.published",
    "mandate.ended",
    "empowerment.published",
    "empowerment.items_taken_back",
    "empowerment.ended",
)


@override("zh-hans")  # what is published is Chinese, whatever the desk speaks
def publish() -> int:
    """Bring all of it up to date; returns how many rows had changed. What is over goes by the daily run."""
    return _subjects() + _authorities()


def _subjects() -> int:
    wanted = {
        row.department.code: _subject(row)
        for row in EnforcementSubject.objects.exclude(published_on=None).select_related("department__parent")
    }
    shown = {row.department_code: row for row in PublishedSubject.objects.all()}
    changed = 0
    for code, told in wanted.items():
        if _differs(shown.get(code), told):
            publishing.publish_subject(department_code=code, **told)
            changed += 1
    gone = shown.keys() - wanted.keys()
    return changed + (publishing.hide_subjects(gone) if gone else 0)


def _subject(row: EnforcementSubject) -> dict[str, Any]:
    ended = row.state == State.WITHDRAWN
    return {
        "name": row.name,
        "kind": str(row.get_kind_display()),
        "acting_name": row.sealing.name if row.kind == row.Kind.ENTRUSTED else row.name,
        "basis": row.basis,
        "duties": row.duties,
        "area": row.area,
        "number": row.number,
        "confirmed_on": row.confirmed_on,
        "published_on": row.published_on,
        "withdrawn_on": row.withdrawn_on if ended else None,
        "withdrawn_ground": row.withdrawn_ground if ended else "",
    }


def _authorities() -> int:
    today = timezone.localdate()
    wanted: dict[str, dict[str, Any]] = {}
    for mandate in Mandate.objects.exclude(published_on=None).select_related("department", "body"):
        wanted[f"mandate:{mandate.number}"] = _mandate(mandate)
    decisions = Empowerment.objects.exclude(published_on=None).select_related("department").prefetch_related("items")
    for decision in decisions:
        wanted[f"{decision.department.code}:{decision.number}"] = _decision(decision, today)
    wanted = {key: told for key, told in wanted.items() if told["last_day"] is None or told["last_day"] >= today}
    shown = {row.key: row for row in PublishedAuthority.objects.all()}
    changed = 0
    for key, told in wanted.items():
        if _differs(shown.get(key), told):
            publishing.publish_authority(key=key, **told)
            changed += 1
    gone = shown.keys() - wanted.keys()
    return changed + (publishing.hide_authorities(gone) if gone else 0)


def _mandate(row: Mandate) -> dict[str, Any]:
    return {
        "is_mandate": True,
        "holder_code": row.body.code,
        "holder_name": row.body.name,
        "giver_code": row.department.code,
        "giver_name": row.department.name,
        "title": row.number,
        "number": row.number,
        "basis": row.basis,
        "powers": row.powers,
        "announced_in": "",
        "items": row.items,
        "valid_from": row.valid_from,
        "last_day": last_day(row),
    }


def _decision(row: Empowerment, today: Any) -> dict[str, Any]:
    live = [one for one in row.items.all() if one.taken_back_on is None or one.taken_back_on > today]
    return {
        "is_mandate": False,
        "holder_code": row.department.code,
        "holder_name": row.department.name,
        "giver_code": "",
        "giver_name": row.issuer,
        "title": row.title,
        "number": row.number,
        "basis": "",
        "powers": "",
        "announced_in": row.announced_in,
        "items": [{"code": one.code, "name": one.name, "origin": one.origin} for one in live],
        "valid_from": row.valid_from,
        "last_day": last_day(row),
    }


def _differs(shown: Any, told: dict[str, Any]) -> bool:
    return shown is None or any(getattr(shown, name) != value for name, value in told.items())


def changed(_stated: Stated) -> None:
    """Reaction: announced, changed, withdrawn or ended is so at once in public."""
    publish()


def register() -> None:
    """Put the reactions on the register."""
    for fact in FACTS:
        react(fact, changed)
