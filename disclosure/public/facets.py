"""The filters beside the list, and the ones in force with the address that drops each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.theme.components import Chosen
from portal.theme.formats import yuan

from .kinds import PENALTIES, ActKind, PartyKind
from .listing import CAP
from .models import PublishedDepartment, PublishedItem
from .searching import Search

Counts = Mapping[str, Mapping[str, int]]


def facets(search: Search, counts: Counts) -> list[dict[str, Any]]:
    """The groups of filters for theme/facets.html; a value without hits is left out unless it is chosen."""
    return [
        _group(_("执法部门"), "department", _departments(), search.departments, counts.get("departments")),
        _group(_("行为种类"), "kind", dict(ActKind.choices), search.kinds, counts.get("kinds")),
        _group(_("处罚种类"), "penalty", PENALTIES, search.penalties, counts.get("penalties")),
        _group(_("当事人"), "party", dict(PartyKind.choices), search.parties, counts.get("parties")),
        {
            "legend": _("决定日期"),
            "name": "decided",
            "kind": "dates",
            "start": search.decided_from.isoformat() if search.decided_from else "",
            "end": search.decided_to.isoformat() if search.decided_to else "",
        },
        {
            "legend": _("罚款金额（元）"),
            "name": "fine",
            "kind": "range",
            "start": "" if search.fine_from is None else f"{search.fine_from:f}",
            "end": "" if search.fine_to is None else f"{search.fine_to:f}",
        },
    ]


def count_words(count: int) -> str:
    """A count as shown: «36», «1,000+»."""
    return f"{CAP:,}+" if count > CAP else f"{count:,}"


def _departments() -> dict[str, str]:
    return dict(PublishedDepartment.objects.filter(active=True).values_list("code", "short_name"))


def _group(
    legend: str, name: str, labels: Mapping[str, Any], chosen: tuple[str, ...], counts: Mapping[str, int] | None
) -> dict[str, Any]:
    known = {**labels, **{value: value for value in chosen if value not in labels}}
    options = [
        {
            "value": value,
            "label": label,
            "count": None if counts is None else count_words(counts.get(value, 0)),
            "checked": value in chosen,
        }
        for value, label in known.items()
        if counts is None or counts.get(value) or value in chosen
    ]
    return {"legend": legend, "name": name, "kind": "check", "options": options}


def chosen(search: Search) -> list[Chosen]:
    """Every filter in force, with the address of the search without it."""
    labels: dict[str, Mapping[str, Any]] = {
        "departments": _departments() if search.departments else {},
        "kinds": dict(ActKind.choices),
        "penalties": PENALTIES,
        "parties": dict(PartyKind.choices),
    }
    found = [
        Chosen(str(labels[name].get(value, value)), _address(search.without(name, value)))
        for name in labels
        for value in getattr(search, name)
    ]
    if search.item:
        item = PublishedItem.objects.filter(code=search.item).values_list("name", flat=True).first()
        found.append(Chosen(_("事项：%(item)s") % {"item": item or search.item}, _address(replace(search, item=""))))
    if search.decided_from:
        words = _("%(date)s 起决定") % {"date": search.decided_from.isoformat()}
        found.append(Chosen(words, _address(replace(search, decided_from=None))))
    if search.decided_to:
        words = _("%(date)s 前（含当日）决定") % {"date": search.decided_to.isoformat()}
        found.append(Chosen(words, _address(replace(search, decided_to=None))))
    if search.fine_from is not None:
        words = _("罚款 %(amount)s 元以上") % {"amount": yuan(search.fine_from)}
        found.append(Chosen(words, _address(replace(search, fine_from=None))))
    if search.fine_to is not None:
        words = _("罚款 %(amount)s 元以下") % {"amount": yuan(search.fine_to)}
        found.append(Chosen(words, _address(replace(search, fine_to=None))))
    return found


def _address(search: Search) -> str:
    return reverse("public:decisions") + search.query()
