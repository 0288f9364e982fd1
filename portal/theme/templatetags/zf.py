"""The components of the theme as template tags and filters: `{% load zf %}`. Reference: docs/reference/components.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import count, zip_longest
from typing import Any, Final

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.theme import formats
from portal.theme.fields import FieldView, faults, view_field
from portal.theme.icons import ICONS, SHAPES

register = template.Library()

register.filter("yuan", formats.yuan)
register.filter("cn_date", formats.cn_date)
register.filter("cn_weekday", formats.cn_weekday)
register.filter("iso", formats.iso)
register.filter("docnumber", formats.docnumber)
register.filter("masked", formats.masked)

_ICON_MARKUP: Final[dict[str, SafeString]] = {
    # Constants of our own, not input: ICONS holds path data only.
    name: mark_safe(  # noqa: S308
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" '
        f'stroke-linejoin="round" aria-hidden="true"><path d="{path}"/></svg>'
    )
    for name, path in ICONS.items()
}
_STEP_CLASSES: Final = {"done": "done", "now": "now", "skipped": "skipped"}


@register.filter
def hits(text: object, query: object) -> SafeString:
    """Escape a text and set the words of a query in bold."""
    pieces = formats.hits(str(text), str(query or ""))
    return format_html_join("", "{}", ((format_html("<b>{}</b>", piece) if hit else piece,) for piece, hit in pieces))


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a line icon; it is decoration, so the words must stand beside it. Unknown names raise KeyError."""
    return _ICON_MARKUP[name]


@register.simple_tag
def shape(name: str) -> SafeString:
    """Draw the shape of a status alone, for lists whose sentence already says it."""
    return format_html(
        '<svg class="zf-shape {}" viewBox="0 0 16 16" aria-hidden="true"><use href="#l-{}"/></svg>',
        SHAPES[name],
        name,
    )


@register.simple_tag
def light(status: Any, words: object = "") -> SafeString:
    """Draw a status light: `{% light "amber" "剩 1 个工作日" %}` or `{% light value %}` with shape and words."""
    if not isinstance(status, str):
        status, words = _value(status, "shape"), _value(status, "words")
    return format_html('<span class="zf-light {}">{}<span>{}</span></span>', SHAPES[status], shape(status), words)


@register.simple_tag
def tag(text: object) -> SafeString:
    """Draw an outlined tag: 本地, 参照, a version; never a status."""
    return format_html('<span class="zf-tag">{}</span>', text)


@register.simple_tag
def law(text: object, tag: object = "") -> SafeString:
    """Write an article small and grey beside the thing it governs, with an optional tag (本地, 参照)."""
    if not tag:
        return format_html('<span class="zf-law">{}</span>', text)
    return format_html('<span class="zf-law">{} <span class="zf-tag">{}</span></span>', text, tag)


@register.simple_block_tag(end_name="endnote")
def note(content: str, title: object = "", tone: str = "") -> SafeString:
    """Wrap a block as a note; tone «warn» is for a warning that must be answered."""
    css = "zf-note warn" if tone == "warn" else "zf-note"
    head = format_html('<p class="zf-note-title">{}</p>', title) if title else ""
    return format_html('<div class="{}">{}{}</div>', css, head, content)


@register.inclusion_tag("theme/path.html")
def path(steps: Iterable[Any]) -> dict[str, Any]:
    """Draw the stations of a matter: done, now, ahead, skipped."""
    stations = [
        {
            "label": _value(step, "label"),
            "date": _value(step, "date"),
            "state": _value(step, "state"),
            "css": _STEP_CLASSES.get(str(_value(step, "state")), ""),
            "number": number,
        }
        for number, step in enumerate(steps, start=1)
    ]
    # On a phone only one name is shown: where the matter stands, or where it ended.
    shown = next((s for s in stations if s["state"] == "now"), None)
    shown = shown or next((s for s in reversed(stations) if s["state"] == "done"), None)
    shown = shown or next(iter(stations), None)
    if shown is not None:
        shown["css"] = f"{shown['css']} shown".strip()
    return {"stations": stations, "total": len(stations)}


@register.inclusion_tag("theme/gates.html")
def gates(unmet: Iterable[Any], met_count: int = 0, open: bool = False, id: str = "") -> dict[str, Any]:  # noqa: A002 - names of HTML attributes
    """Say why an action is not possible yet: every unmet gate with its articles."""
    return {"unmet": [_gate(item) for item in unmet], "met_count": met_count, "open": open, "id": id}


@register.inclusion_tag("theme/clock.html")
def clock(obligation: Any) -> dict[str, Any]:
    """Draw a deadline with «如何计算？»; takes a `components.Clock` or a mapping of its fields."""
    return {"clock": obligation}


@register.inclusion_tag("theme/field.html")
def field(boundfield: BoundField, law: str = "") -> dict[str, FieldView]:
    """Draw label, help, errors and control of a bound field."""
    return {"view": view_field(boundfield, law)}


@register.inclusion_tag("theme/error_summary.html")
def error_summary(*forms_and_sets: forms.BaseForm | BaseFormSet[Any]) -> dict[str, Any]:
    """List what has to be changed, each line linked to its control; draws nothing when all is well."""
    return {"faults": list(faults(*forms_and_sets))}


@register.inclusion_tag("theme/dl.html")
def dl(pairs: Any) -> dict[str, Any]:
    """Draw a definition list from `Pair`s, from tuples (term, value[, small[, tag]]) or from a mapping."""
    given = pairs.items() if isinstance(pairs, Mapping) else pairs
    return {"pairs": [_pair(item) for item in given]}


@register.inclusion_tag("theme/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """Draw a timeline, in the order given."""
    return {
        "entries": [
            {
                "when": _moment(_value(entry, "when")),
                "text": _value(entry, "text"),
                "who": _value(entry, "who"),
                "url": _value(entry, "url"),
            }
            for entry in entries
        ]
    }


@register.inclusion_tag("theme/pager.html")
def pager(page: Any, label: object = "") -> dict[str, Any]:
    """Link to the newer and the older side of a keyset page; two pagers on a page need a label each."""
    return {"page": page, "label": label}


@register.inclusion_tag("theme/table.html")
def table(table: Any) -> dict[str, Any]:
    """Draw a `components.Table`."""
    columns = list(table.columns)
    picks = list(_value(table, "picks") or [])
    return {
        "table": table,
        "picking": any(picks),
        "rows": [
            (
                pick,
                [
                    (column, _cell(cell), table.named and place == 0)
                    for place, column, cell in zip(count(), columns, row, strict=False)
                ],
            )
            for row, pick in zip_longest(table.rows, picks, fillvalue="")
        ],
    }


def _value(source: Any, name: str) -> Any:
    """Read an attribute or a key; what is missing is an empty text."""
    if isinstance(source, Mapping):
        return source.get(name, "")
    return getattr(source, name, "")


def _gate(item: Any) -> dict[str, Any]:
    citation = _value(item, "citation")
    articles = [citation] if isinstance(citation, str) else list(citation)
    return {
        "sentence": _value(item, "sentence"),
        "articles": [article for article in articles if article],
        "local": _value(item, "local"),
    }


def _pair(item: Any) -> dict[str, Any]:
    if isinstance(item, Sequence) and not isinstance(item, str):
        return dict(zip(("term", "value", "small", "tag"), item, strict=False))
    return {name: _value(item, name) for name in ("term", "value", "small", "tag")}


def _cell(cell: Any) -> Any:
    return cell if isinstance(cell, Mapping) or hasattr(cell, "text") else {"text": cell}


def _moment(when: Any) -> str:
    if isinstance(when, datetime):
        return formats.iso(when)
    return formats.cn_date(when) if isinstance(when, date) else str(when)
