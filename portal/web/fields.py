"""Form fields for the kinds of entry an action asks for; errors are sentences with the cure."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

REQUIRED = _("必须填写。")
CHOOSE = _("请选择。")
MOST_YUAN = Decimal("999999999999.99")
FEW_OPTIONS = 6
SLOTS = 3


class MoneyField(forms.Field):
    """An amount in yuan: thousands separators and the sign are accepted, fen at most."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 22, "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        """Read «￥32,000.50 元» as 32000.50; raises ValidationError with the cure."""
        text = "".join(str(value if value is not None else "").split())
        for sign in ("￥", "¥", "元", ",", "，"):
            text = text.replace(sign, "")
        if not text:
            return None
        try:
            amount = Decimal(text)
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite():
            raise ValidationError(_("不是金额。请只填数字，例如 32,000 或者 32000.50，单位是元。"), code="invalid")
        if amount < 0:
            raise ValidationError(_("金额不能是负数。"), code="negative")
        if amount > MOST_YUAN:
            raise ValidationError(_("金额太大。请核对单位是元，不是万元。"), code="large")
        if amount != amount.quantize(Decimal("0.01")):
            raise ValidationError(_("金额最多到分，也就是两位小数。"), code="fen")
        return amount


class LongTextField(forms.CharField):
    """Text of several lines; a line ends in one way only, whatever the browser sent."""

    widget = forms.Textarea(attrs={"rows": 5})

    def to_python(self, value: Any) -> str:
        """The text with plain line ends."""
        return str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class WholeNumberField(forms.IntegerField):
    """A whole number; what was typed stays even when it is none."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 12, "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        """Read 1,000 as 1000; raises ValidationError with the cure."""
        text = "".join(str(value if value is not None else "").split()).replace(",", "").replace("，", "")
        if not text:
            return None
        try:
            return int(text)
        except ValueError:
            raise ValidationError(_("不是整数。请只填数字，例如 3。"), code="invalid") from None


class DayField(forms.DateField):
    """A day, by the browser's own date control or typed in one of the usual spellings."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": _("不是日期。请按 2026-11-24 的样子填写。")}

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"], **options)


class MomentField(forms.Field):
    """A moment of local time (Asia/Shanghai)."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})

    def to_python(self, value: Any) -> dt.datetime | None:
        """The aware moment; raises ValidationError with the cure."""
        if value in (None, ""):
            return None
        if isinstance(value, dt.datetime):
            return value
        try:
            moment = parse_datetime(str(value).strip().replace("/", "-"))
        except ValueError:
            moment = None
        if moment is None:
            raise ValidationError(_("不是日期和时间。请按 2026-11-24 10:30 的样子填写。"), code="invalid")
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)

    def prepare_value(self, value: Any) -> Any:
        """What a stored or typed moment looks like in the control."""
        if isinstance(value, str):
            try:
                value = parse_datetime(value) or value
            except ValueError:
                return value
        if isinstance(value, dt.datetime) and timezone.is_aware(value):
            return timezone.localtime(value)
        return value


class YesNoField(forms.TypedChoiceField):
    """A question that must be answered with yes or no, so that silence is no answer."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=[("true", _("是")), ("false", _("否"))],
            coerce=lambda value: value == "true",
            empty_value=None,
            widget=forms.RadioSelect,
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        """Stored answers are booleans."""
        return {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value


class SeveralSelects(forms.SelectMultiple):
    """Several things in an order: one select for each, two empty ones more; the first is the first."""

    template_name = "web/widgets/several_selects.html"
    caption: Any = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """One slot for each chosen value, and some empty ones."""
        context = super().get_context(name, value, attrs)
        chosen = [str(item) for item in value or [] if str(item)]
        options = [(str(key), label) for key, label in self.choices if str(key)]
        base = context["widget"]["attrs"]
        identifier = base.pop("id", "")
        base.pop("multiple", None)
        base.pop("required", None)
        slots = chosen + [""] * max(SLOTS - len(chosen), 1)
        context["slots"] = [
            {"number": number, "id": identifier if number == 1 else f"{identifier}_{number}", "value": slot}
            for number, slot in enumerate(slots[: max(len(options), 1)], start=1)
        ]
        context["options"], context["caption"] = options, self.caption
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The chosen ones in the order of the slots, empty slots left out."""
        given = super().value_from_datadict(data, files, name) or []
        return [value for value in given if value]

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first slot takes the focus."""
        return id_


class RecordField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """One of the rows offered."""

    default_error_messages = {"required": CHOOSE, "invalid_choice": _("这一项不在可选范围内。请从列表里重新选择。")}


class RecordsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Several of the rows offered, in the order chosen."""

    widget = SeveralSelects
    default_error_messages = {
        "required": CHOOSE,
        "invalid_choice": _("有一项不在可选范围内。请从列表里重新选择。"),
        "invalid_pk_value": _("有一项不在可选范围内。请从列表里重新选择。"),
        "list": CHOOSE,
    }

    def clean(self, value: Any) -> Any:
        """The rows as a list in the order chosen; raises ValidationError for one chosen twice."""
        found = {str(row.pk): row for row in super().clean(value)}
        keys = [str(key) for key in value or []]
        if len(set(keys)) != len(keys):
            raise ValidationError(_("同一项选了两次。请去掉一个。"), code="twice")
        return [found[key] for key in keys if key in found]
