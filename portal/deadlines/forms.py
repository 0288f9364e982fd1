"""Forms of the calendar pages and of the calculator."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from portal.deadlines.calendar_store import NAMES
from portal.deadlines.calendars import YearDays
from portal.deadlines.errors import BadCalendarFile, DeadlineError
from portal.deadlines.sources import read_ical, read_json, year_days

FIRST_YEAR, LAST_YEAR = 1990, 2100
LARGEST_FILE_BYTES = 1_000_000


class YearForm(forms.Form):
    """A year's dated exceptions, one a line: 「2027-01-01 休 元旦」 or 「2027-02-06 班 春节」."""

    days = forms.CharField(
        label=_("放假和调休上班的日期"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text=_("一行一天：日期、“休”或者“班”、名称，中间空一格，如“2027-02-06 班 春节”。平常的周末不用写。"),
    )
    source = forms.CharField(
        label=_("来源"),
        max_length=300,
        help_text=_("通知的名称和文号，如“国务院办公厅关于2027年部分节假日安排的通知”。"),
    )
    none_at_all = forms.BooleanField(
        label=_("本年没有另外的放假日期"),
        required=False,
        help_text=_("只在通知确实没有另外规定时勾选；勾选后本年即为已确认。"),
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        """For one year."""
        super().__init__(*args, **kwargs)
        self.year = year

    def clean(self) -> dict[str, Any]:
        """The lines as a YearDays in `cleaned_data["year_days"]`; each error names its line."""
        cleaned = super().clean() or {}
        lines = [line.strip() for line in cleaned.get("days", "").splitlines()]
        found: list[tuple[date, bool, str]] = []
        for number, line in enumerate(lines, start=1):
            if line:
                try:
                    found.append(read_line(line))
                except DeadlineError as error:
                    self.add_error("days", _t("第 %(number)d 行：%(error)s") % {"number": number, "error": error})
        if not found and not cleaned.get("none_at_all"):
            self.add_error("days", _t("还没有任何日期。通知确实没有另外规定时，请勾选“本年没有另外的放假日期”。"))
        if found and cleaned.get("none_at_all"):
            self.add_error("none_at_all", _t("已经写了日期，请不要勾选“没有另外的放假日期”。"))
        if not self.errors:
            try:
                cleaned["year_days"] = year_days(self.year, found, cleaned["source"])
            except BadCalendarFile as error:
                self.add_error("days", str(error))
        return cleaned


def read_line(line: str) -> tuple[date, bool, str]:
    """«2027-02-06 班 春节» as day, is off, name. Raises DeadlineError with a sentence."""
    parts = line.split(maxsplit=2)
    if len(parts) < 2 or parts[1] not in {"休", "班"}:
        raise DeadlineError(_t("“%(line)s”应写成“日期 休 名称”或者“日期 班 名称”。") % {"line": line})
    try:
        day = date.fromisoformat(parts[0])
    except ValueError as error:
        raise DeadlineError(_t("“%(text)s”不是日期，应写成 2027-02-06 的样子。") % {"text": parts[0]}) from error
    return day, parts[1] == "休", parts[2] if len(parts) > 2 else ""


def written(days: YearDays | None) -> str:
    """A year's exceptions as the form shows them."""
    if days is None:
        return ""
    entries = [(day, "休", name) for day, name in days.off.items()] + [
        (day, "班", name) for day, name in days.work.items()
    ]
    return "\n".join(f"{day.isoformat()} {mark} {name}" for day, mark, name in sorted(entries))


class ImportForm(forms.Form):
    """A year from a JSON or iCal file."""

    year = forms.IntegerField(label=_("年度"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    file = forms.FileField(
        label=_("文件"),
        help_text=_("JSON（含 year 和 days，每天写明 isOffDay）或者 iCal（.ics，名称里写明“休”或者“班”）。"),
    )
    source = forms.CharField(label=_("来源"), max_length=300, required=False, help_text=_("空着则用文件里写的来源。"))

    def clean(self) -> dict[str, Any]:
        """The file as a YearDays in `cleaned_data["year_days"]`, or a sentence at the file."""
        cleaned = super().clean() or {}
        file, year = cleaned.get("file"), cleaned.get("year")
        if file is None or year is None:
            return cleaned
        if file.size > LARGEST_FILE_BYTES:
            self.add_error("file", _t("文件超过 1 MB，不像一年的节假日安排。"))
            return cleaned
        content = file.read()
        try:
            is_ical = b"BEGIN:VCALENDAR" in content[:1000]
            cleaned["year_days"] = read_ical(content, year=year) if is_ical else read_json(content, year=year)
        except BadCalendarFile as error:
            self.add_error("file", str(error))
        return cleaned


class CalculatorForm(forms.Form):
    """A rule, a day and a calendar."""

    rule = forms.CharField(label=_("规则或者代号"), max_length=80, help_text=_("如 SX-02"))
    start = forms.DateField(label=_("起算日"), widget=forms.DateInput(attrs={"type": "date"}))
    calendar = forms.ChoiceField(
        label=_("日历"), initial="xinjiang", choices=[(key, NAMES[key]) for key in ("xinjiang", "national")]
    )
