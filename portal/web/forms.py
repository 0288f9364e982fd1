"""The form of an action, made from its data class; the room that owns the action says what is asked."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from portal.theme.components import Section
from portal.web.citations import law_line
from portal.web.fields import (
    CHOOSE,
    FEW_OPTIONS,
    REQUIRED,
    DayField,
    LongTextField,
    MomentField,
    MoneyField,
    RecordField,
    RecordsField,
    WholeNumberField,
    YesNoField,
)
from portal.web.files import FilesField, FilesWidget
from portal.workflow.actions import Action
from portal.workflow.data import Entry, entries, required

TEXT_LENGTH = 200
LONG_LENGTH = 20_000
MIDDLE_LENGTH = 24
TOO_LONG = {"max_length": _("太长了：最多 %(limit_value)d 字，现有 %(show_value)d 字。请缩短。")}
SEVERAL = frozenset({"choices", "records", "files"})
Asked = dict[str, tuple[dataclasses.Field[Any], Entry]]


class ActionForm(forms.Form):
    """What one action asks; `to_data()` gives the action's data class.

    Three hidden fields travel along: the token that makes a form count once, the version of the draft it
    was filled from, and what of the matter its page had seen (portal.web.meanwhile).
    """

    form_token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    draft_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)

    def __init__(
        self,
        action: Action[Any, Any],
        *,
        subject: Any,
        actor: Any,
        matter: Any = None,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial, auto_id="id_%s", label_suffix="")
        self.action, self.subject, self.actor, self.matter = action, subject, actor, matter
        self.asked: Asked = entries(action.data)
        hints = typing.get_type_hints(action.data)
        for name, (field, entry) in self.asked.items():
            self.fields[name] = form_field(field, entry, hints[name], subject=subject, actor=actor, matter=matter)

    def take_uploads(self) -> None:
        """Store new files at once, so that an error elsewhere in the form loses none of them."""
        for name, (_field, entry) in self.asked.items():
            if entry.kind in {"file", "files"} and self.is_bound:
                widget = typing.cast(FilesWidget, self.fields[name].widget)
                self.data = widget.take(self.data, self.files, name, matter=self.matter, actor=self.actor)

    def to_data(self) -> Any:
        """The action's data, from cleaned values; fields left empty keep their default."""
        values: dict[str, Any] = {}
        for name, (field, entry) in self.asked.items():
            value = self.cleaned_data.get(name)
            if value in (None, "", []) and not required(field) and (entry.kind not in {"text", "long"}):
                continue
            if value is None and not required(field):
                continue
            values[name] = _plain(entry, value)
        return self.action.data(**values)

    def typed(self) -> dict[str, Any]:
        """What is in the form as typed, JSON-safe, valid or not: the content of a draft."""
        source = typing.cast(QueryDict, self.data)
        kept: dict[str, Any] = {}
        for name, (_field, entry) in self.asked.items():
            if entry.kind in SEVERAL:
                kept[name] = [value for value in source.getlist(name) if value]
            elif entry.kind == "flag" and not isinstance(self.fields[name], YesNoField):
                kept[name] = name in source
            else:
                kept[name] = source.get(name, "")
        return kept

    def sections(self) -> list[Section]:
        """The fields in the order of the paper form, cut where the group changes."""
        parts: dict[str, list[Any]] = {}
        for name, (_field, entry) in self.asked.items():
            parts.setdefault(str(entry.group), []).append(self[name])
        named = len(parts) > 1
        return [
            Section(
                title or (str(_("主要内容") if number == 1 else _("其他")) if named else ""),
                fields,
                id=f"part-{number}",
            )
            for number, (title, fields) in enumerate(parts.items(), start=1)
        ]

    def add_problems(self, problems: dict[str, str]) -> None:
        """Put the door's sentences beside their fields, those without a field on top."""
        for name, sentence in problems.items():
            self.add_error(name if name in self.asked else None, ValidationError(sentence))


def form_field(
    field: dataclasses.Field[Any], entry: Entry, hint: Any, *, subject: Any, actor: Any, matter: Any
) -> forms.Field:
    """The form field for one entry."""
    common: dict[str, Any] = {
        "label": entry.label,
        "help_text": entry.help,
        "required": required(field),
        "error_messages": {"required": REQUIRED},
    }
    offered = entry.options(subject, actor) if entry.options is not None else ()
    made = _MAKERS[entry.kind](field, entry, offered, common)
    if isinstance(made, FilesField):
        typing.cast(FilesWidget, made.widget).bind(matter, actor)
    if isinstance(made, RecordsField):
        made.widget.caption = entry.label
    made.law = law_line(entry.law)  # type: ignore[attr-defined]  # read by the theme when it draws the field
    del hint
    return made


Maker = Callable[[dataclasses.Field[Any], Entry, Any, dict[str, Any]], forms.Field]


def _text(_field: Any, entry: Entry, _offered: Any, common: dict[str, Any]) -> forms.Field:
    longest = entry.longest or TEXT_LENGTH
    return forms.CharField(
        max_length=longest,
        strip=True,
        **common | {"error_messages": common["error_messages"] | TOO_LONG},
    )


def _long(_field: Any, entry: Entry, _offered: Any, common: dict[str, Any]) -> forms.Field:
    longest = entry.longest or LONG_LENGTH
    field = LongTextField(max_length=longest, **common | {"error_messages": common["error_messages"] | TOO_LONG})
    field.widget.attrs.pop("maxlength", None)  # the browser would cut what is pasted without a word
    return field


def _flag(field: Any, _entry: Entry, _offered: Any, common: dict[str, Any]) -> forms.Field:
    if required(field):
        return YesNoField(**common | {"error_messages": {"required": _("请选择“是”或者“否”。")}})
    return forms.BooleanField(**common | {"required": False})


def _choice(field: Any, _entry: Entry, offered: Any, common: dict[str, Any]) -> forms.Field:
    pairs = [(str(key), label) for key, label in _pairs(offered) if str(key)]
    errors = {"required": CHOOSE, "invalid_choice": _("这一项不在可选范围内。请重新选择。")}
    if len(pairs) <= FEW_OPTIONS and required(field):
        return forms.ChoiceField(choices=pairs, widget=forms.RadioSelect, **common | {"error_messages": errors})
    return forms.ChoiceField(choices=[("", _("请选择")), *pairs], **common | {"error_messages": errors})


def _choices(_field: Any, _entry: Entry, offered: Any, common: dict[str, Any]) -> forms.Field:
    pairs = [(str(key), label) for key, label in _pairs(offered) if str(key)]
    errors = {"required": CHOOSE, "invalid_choice": _("有一项不在可选范围内。请重新选择。")}
    return forms.MultipleChoiceField(
        choices=pairs, widget=forms.CheckboxSelectMultiple, **common | {"error_messages": errors}
    )


def _record(_field: Any, entry: Entry, offered: Any, common: dict[str, Any]) -> forms.Field:
    del common["error_messages"]
    if isinstance(offered, QuerySet):
        return RecordField(queryset=offered, empty_label=_("请选择"), **common)
    del entry
    pairs = [("", _("请选择")), *((str(key), label) for key, label in _pairs(offered))]
    errors = {"required": CHOOSE, "invalid_choice": RecordField.default_error_messages["invalid_choice"]}
    return forms.ChoiceField(choices=pairs, error_messages=errors, **common)


def _records(_field: Any, _entry: Entry, offered: Any, common: dict[str, Any]) -> forms.Field:
    del common["error_messages"]
    return RecordsField(queryset=offered, **common)


def _simple(kind: type[forms.Field]) -> Maker:
    return lambda _field, _entry, _offered, common: kind(**common)


def _files(most: int | None) -> Maker:
    return lambda _field, _entry, _offered, common: FilesField(most=most, **common)


def _pairs(offered: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(offered, QuerySet):
        return [(row.pk, str(row)) for row in offered]
    return list(offered)


def _plain(entry: Entry, value: Any) -> Any:
    match entry.kind:
        case "record":
            return int(getattr(value, "pk", value))
        case "records":
            return tuple(row.pk for row in value or ())
        case "choices" | "files":
            return tuple(value or ())
        case "file":
            return value[0] if value else None
        case _:
            return value


_MAKERS: dict[str, Maker] = {
    "text": _text,
    "long": _long,
    "date": _simple(DayField),
    "moment": _simple(MomentField),
    "money": _simple(MoneyField),
    "integer": _simple(WholeNumberField),
    "flag": _flag,
    "choice": _choice,
    "choices": _choices,
    "record": _record,
    "records": _records,
    "file": _files(1),
    "files": _files(None),
}
