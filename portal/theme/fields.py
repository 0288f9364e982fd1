"""Prepares a form field for drawing: classes, ids, error and help wiring. No rule about its content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.formsets import BaseFormSet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Kind = Literal["hidden", "line", "check", "options", "group"]
_MIDDLE: Final = 24  # signs; a credit code or an identity number fits


@dataclass(frozen=True)
class FieldView:
    """What the field template needs."""

    kind: Kind
    label: str
    optional: bool
    help: str
    help_id: str
    law: str
    errors: list[str]
    error_id: str
    html_id: str
    described_by: str
    widget: SafeString | str
    options: list[BoundWidget]
    radio: bool


@dataclass(frozen=True)
class Fault:
    """A line of the error summary; without an anchor it concerns the form as a whole."""

    sentence: str
    anchor: str = ""


def view_field(bound: BoundField, law: str = "") -> FieldView:
    """Prepare one bound field; `law` defaults to an attribute of that name on the form field."""
    widget = bound.field.widget
    help_id = f"{bound.auto_id}_helptext" if bound.help_text and bound.auto_id else ""
    error_id = f"{bound.auto_id}_error" if bound.errors and bound.auto_id else ""
    described_by = " ".join(part for part in (help_id, error_id) if part)
    kind = _kind(bound)
    if isinstance(widget, forms.MultiWidget):
        _dress_parts(widget, str(bound.label))
    else:
        _add_class(widget, _css(widget))
    attrs: dict[str, Any] = {}
    if described_by:
        attrs["aria-describedby"] = described_by
    if bound.errors and kind in {"line", "check"}:
        attrs["class"] = f"{widget.attrs['class']} is-invalid"
    return FieldView(
        kind=kind,
        label=str(bound.label),
        optional=not bound.field.required and kind != "check",
        help=str(bound.help_text),  # keeps what was marked safe by its author
        help_id=help_id,
        law=str(law or getattr(bound.field, "law", "")),
        errors=[str(error) for error in bound.errors],
        error_id=error_id,
        html_id=bound.auto_id,
        described_by=described_by,
        widget="" if kind == "options" else bound.as_widget(attrs=attrs),
        options=bound.subwidgets if kind == "options" else [],
        radio=isinstance(widget, forms.RadioSelect),
    )


def faults(*forms_and_sets: forms.BaseForm | BaseFormSet[Any]) -> Iterator[Fault]:
    """List every error of forms and form sets in the order of the page, those of a whole form first."""
    for item in forms_and_sets:
        if isinstance(item, BaseFormSet):
            for error in item.non_form_errors():
                yield Fault(str(error))
            yield from faults(*item.forms)
            continue
        for error in item.non_field_errors():
            yield Fault(str(error))
        for bound in item:
            for error in bound.errors:
                sentence = _("%(label)s：%(error)s") % {"label": bound.label, "error": error}
                yield Fault(sentence, "" if bound.is_hidden else _anchor(bound))


def _anchor(bound: BoundField) -> str:
    """Id of the control that takes focus: of a group of options the first one."""
    if _kind(bound) == "options":
        return str(bound.field.widget.id_for_label(bound.auto_id, "0"))
    return bound.id_for_label or bound.auto_id


def _kind(bound: BoundField) -> Kind:
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "options"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.MultiWidget):
        return "group"
    return "line"


def _dress_parts(widget: forms.MultiWidget, label: str) -> None:
    """Style and name the parts of one field (date and time); each needs a name of its own for a screen reader."""
    for number, part in enumerate(widget.widgets, start=1):
        _add_class(part, _css(part))
        if isinstance(part, forms.DateInput):
            name = _("日期")
        elif isinstance(part, forms.TimeInput):
            name = _("时间")
        else:
            name = str(number)
        part.attrs.setdefault("aria-label", _("%(label)s，%(part)s") % {"label": label, "part": name})


def _css(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return f"form-control {_width(widget)}".strip()


def _width(widget: forms.Widget) -> str:
    """A control as wide as what it holds, so that a date does not look like a sentence."""
    if isinstance(widget, forms.NumberInput | forms.DateInput | forms.TimeInput):
        return "zf-short"
    if isinstance(widget, forms.DateTimeInput) or getattr(widget, "input_type", "") == "tel":
        return "zf-middle"
    longest = widget.attrs.get("maxlength")
    return "zf-middle" if longest and int(longest) <= _MIDDLE else ""


def _add_class(widget: forms.Widget, css: str) -> None:
    present = str(widget.attrs.get("class", "")).split()
    widget.attrs["class"] = " ".join(present + [name for name in css.split() if name not in present])
