"""Writes approved versions: the one before ends the day before the new one begins."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _t

from enforcement.catalogue.citations import read_citations
from enforcement.catalogue.models import Benchmark, Entry, HearingThreshold, Leniency, ReviewRule, Tier
from enforcement.models import EnforcementItem
from portal.matters.models import Matter
from portal.workflow.errors import Invalid

MATTER_KIND = "enforcement.catalogue"
CHANGED = "catalogue.changed"


def create(attempt: Any, kind: str) -> Entry:
    """A new entry with its matter; its first version is written by the caller."""
    data, department = attempt.data, attempt.actor.department
    attempt.matter, attempt.subject = new_entry(
        department, kind, data.code.strip(), data.name.strip(), data.effective_from, attempt.now
    )
    found: Entry = attempt.subject
    return found


def new_entry(
    department: Any, kind: str, code: str, title: str, start: dt.date, now: dt.datetime
) -> tuple[Matter, Entry]:
    """A matter and an entry in use."""
    matter = Matter.objects.create(
        kind=MATTER_KIND,
        department=department,
        title=_t("%(kind)s：%(title)s") % {"kind": Entry.Kind(kind).label, "title": title[:180]},
        number=code,
        opened_at=now,
    )
    entry = Entry(matter=matter, department=department, kind=kind, code=code, title=title[:300], effective_from=start)
    entry.save()
    return matter, entry


def end_before(versions: Any, start: dt.date) -> int:
    """Close the newest version before `start`; returns the next number. Raises Invalid when it begins later."""
    newest = versions.order_by("-version").first()
    if newest is None:
        return 1
    if newest.effective_from >= start:
        raise Invalid(
            {
                "effective_from": _t("已有一版从 %(day)s 起施行。新版本须在它之后施行。")
                % {"day": newest.effective_from.isoformat()}
            }
        )
    if newest.effective_to is None or newest.effective_to >= start:
        newest.effective_to = start - dt.timedelta(days=1)
        newest.save()
    return int(newest.version) + 1


def write_item(entry: Entry, data: Any) -> None:
    """A version of an item."""
    version = end_before(entry.items, data.effective_from)
    EnforcementItem.objects.create(
        department=entry.department,
        code=entry.code,
        version=version,
        name=data.name.strip(),
        kind=data.act_kind,
        field=data.field.strip(),
        violation=data.violation.strip(),
        basis=data.basis.strip(),
        citations=read_citations(data.basis)[0],
        handler=data.handler.strip(),
        reviewer=data.reviewer.strip(),
        approver=data.approver.strip(),
        effective_from=data.effective_from,
    )
    mark(entry, data.name, version, data.effective_from)


def mark(entry: Entry, title: str, version: int, start: dt.date) -> None:
    """The entry shows its newest version."""
    entry.title, entry.version = title.strip()[:300], version
    entry.effective_from, entry.effective_to = start, None
    entry.save()


def _begin(model: Any, entry: Entry, data: Any, **values: Any) -> Any:
    version = end_before(model.objects.filter(entry=entry), data.effective_from)
    return model.objects.create(entry=entry, version=version, effective_from=data.effective_from, **values)


def write_review(entry: Entry, data: Any) -> None:
    """A version of a review rule."""
    made = _begin(
        ReviewRule,
        entry,
        data,
        text=data.text.strip(),
        penalty_kinds=list(data.penalty_kinds),
        natural=data.natural,
        organisation=data.organisation,
        item_codes=list(data.item_codes),
        ground=data.ground.strip(),
    )
    mark(entry, data.name, made.version, data.effective_from)


def write_leniency(entry: Entry, data: Any) -> None:
    """A version of a leniency entry."""
    made = _begin(
        Leniency,
        entry,
        data,
        list=data.list_name,
        circumstances=data.circumstances.strip(),
        conditions=data.conditions.strip(),
        item_codes=list(data.item_codes),
        ground=data.ground.strip(),
    )
    mark(entry, data.name, made.version, data.effective_from)


def write_hearing(entry: Entry, data: Any) -> None:
    """A version of a hearing threshold."""
    made = _begin(
        HearingThreshold,
        entry,
        data,
        natural=data.natural,
        organisation=data.organisation,
        item_codes=list(data.item_codes),
        ground=data.ground.strip(),
    )
    mark(entry, data.name, made.version, data.effective_from)


def write_benchmark(entry: Entry, data: Any) -> None:
    """A version of an item's benchmark with its tiers."""
    fined = data.measure != Benchmark.Measure.NONE
    made = _begin(
        Benchmark,
        entry,
        data,
        measure=data.measure,
        base=data.base.strip(),
        lowest=data.lowest if fined else None,
        highest=data.highest if fined else None,
        source=data.source.strip(),
    )
    for place, tier in enumerate(data.tiers(), start=1):
        Tier.objects.create(
            benchmark=made,
            place=place,
            name=tier.name,
            circumstances=tier.circumstances,
            lowest=tier.lowest,
            highest=tier.highest,
            kinds=tier.kinds,
        )


def end_versions(entry: Entry, last_day: dt.date) -> None:
    """The newest version of everything the entry has ends on a day."""
    parts: list[Any] = [entry.items] if entry.kind == Entry.Kind.ITEM else []
    parts += [model.objects.filter(entry=entry) for model in (Benchmark, ReviewRule, Leniency, HearingThreshold)]
    for versions in parts:
        newest = versions.order_by("-version").first()
        if newest is not None and (newest.effective_to is None or newest.effective_to > last_day):
            newest.effective_to = last_day
            newest.save()
    entry.effective_to = last_day
