"""Where dated exceptions come from: the kept library, our own rule files, JSON and iCal files."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from chinese_calendar import constants

from portal.deadlines.calendars import SATURDAY, FixedHoliday, YearDays
from portal.deadlines.errors import BadCalendarFile

FOLDER = Path(__file__).parent / "calendars"
LIBRARY = "chinesecalendar（国务院办公厅关于部分节假日安排的通知）"
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}
LONGEST_HOLIDAY_DAYS = 31


@cache
def fixed_holidays() -> tuple[FixedHoliday, ...]:
    """The holidays whose days the law itself names."""
    content = tomllib.loads((FOLDER / "national.toml").read_text(encoding="utf-8"))
    return tuple(
        FixedHoliday(int(one["day"][:2]), int(one["day"][3:]), one["name"], one["since"]) for one in content["fixed"]
    )


@cache
def library_years() -> dict[int, YearDays]:
    """The national years the kept library covers. A year counts as covered when it names a holiday in it."""
    years: dict[int, YearDays] = {}
    for year in sorted({day.year for day in constants.holidays}):
        off = {day: NAMES.get(name, name) for day, name in constants.holidays.items() if day.year == year}
        work = {day: NAMES.get(name, name) for day, name in constants.workdays.items() if day.year == year}
        years[year] = YearDays(year, off, work, LIBRARY)
    return years


@cache
def xinjiang_years() -> dict[int, YearDays]:
    """The years of Xinjiang's own days that our rule file states."""
    content = tomllib.loads((FOLDER / "xinjiang.toml").read_text(encoding="utf-8"))
    return {
        int(year): YearDays(
            int(year),
            {one["day"]: one["name"] for one in stated.get("off", [])},
            {one["day"]: one["name"] for one in stated.get("work", [])},
            stated["source"],
        )
        for year, stated in content.items()
    }


def year_days(year: int, days: list[tuple[date, bool, str]], source: str) -> YearDays:
    """A year from its dated exceptions (day, is off, name), checked.

    A notice for a year may name days of that year and of the December before. Raises BadCalendarFile
    for any other day, a day named twice, a working day that is one anyway.
    """
    off: dict[date, str] = {}
    work: dict[date, str] = {}
    for day, is_off, name in days:
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            raise BadCalendarFile(
                f"{day.isoformat()} 不属于{year}年的放假通知：只能有{year}年的日期和上一年12月的日期。"
            )
        if day in off or day in work:
            raise BadCalendarFile(f"{day.isoformat()} 出现了两次，请只保留一次。")
        if not is_off and day.weekday() < SATURDAY:
            raise BadCalendarFile(f"{day.isoformat()} 是星期一至星期五，本来就上班，不能写成调休上班。")
        (off if is_off else work)[day] = name[:40] or ("放假" if is_off else "调休上班")
    return YearDays(year, off, work, source)


def read_json(content: bytes, *, year: int | None = None) -> YearDays:
    """A year in the form {"year": 2027, "papers": [...], "days": [{"name", "date", "isOffDay"}]}.

    Raises BadCalendarFile with a sentence that names the entry and what is wrong with it.
    """
    try:
        document: Any = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadCalendarFile("文件不是 UTF-8 编码，请另存为 UTF-8 后再导入。") from error
    except json.JSONDecodeError as error:
        raise BadCalendarFile(f"文件不是 JSON：第{error.lineno}行第{error.colno}列读不下去。") from error
    if not isinstance(document, dict) or not isinstance(document.get("days"), list):
        raise BadCalendarFile("文件里没有“days”列表，不是节假日文件。")
    stated = document.get("year")
    if not isinstance(stated, int):
        raise BadCalendarFile("文件里没有年度（“year”）。")
    if year is not None and stated != year:
        raise BadCalendarFile(f"文件是{stated}年的，页面选的是{year}年。")
    if not document["days"]:
        raise BadCalendarFile(f"文件里{stated}年还没有任何日期：安排尚未公布。")
    days = [_json_day(number, entry) for number, entry in enumerate(document["days"], start=1)]
    papers = "；".join(str(paper) for paper in document.get("papers", []))
    return year_days(stated, days, papers or "导入的 JSON 文件")


def _json_day(number: int, entry: Any) -> tuple[date, bool, str]:
    if not isinstance(entry, dict):
        raise BadCalendarFile(f"第{number}个日期不是一个对象。")
    try:
        day = date.fromisoformat(str(entry.get("date")))
    except ValueError as error:
        raise BadCalendarFile(f"第{number}个日期“{entry.get('date')}”应写成 2027-01-01 的样子。") from error
    is_off = entry.get("isOffDay")
    if not isinstance(is_off, bool):
        raise BadCalendarFile(f"第{number}个日期 {day.isoformat()} 没有写明放假还是上班（“isOffDay”）。")
    return day, is_off, str(entry.get("name", ""))


def read_ical(content: bytes, *, year: int) -> YearDays:
    """The entries of one year from an iCal file: 「春节 休」 or 「春节 班」, or marks for holiday and workday.

    Entries of other years are left out. Raises BadCalendarFile with a sentence.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadCalendarFile("文件不是 UTF-8 编码，请另存为 UTF-8 后再导入。") from error
    if "BEGIN:VCALENDAR" not in text:
        raise BadCalendarFile("文件不是 iCal 日历：没有 BEGIN:VCALENDAR。")
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    days: list[tuple[date, bool, str]] = []
    for event in re.findall(r"BEGIN:VEVENT\r?\n(.*?)END:VEVENT", unfolded, flags=re.DOTALL):
        days += [one for one in _ical_days(event) if one[0].year == year]
    if not days:
        raise BadCalendarFile(f"文件里没有{year}年的日期。")
    return year_days(year, days, "导入的 iCal 文件")


def _ical_days(event: str) -> list[tuple[date, bool, str]]:
    lines = dict(re.findall(r"^([A-Z-]+)(?:;[^:\r\n]*)?:(.*?)\r?$", event, flags=re.MULTILINE))
    summary = lines.get("SUMMARY", "").replace("\\,", "，").strip()
    first = _ical_date(lines.get("DTSTART", ""), summary)
    after_last = _ical_date(lines["DTEND"], summary) if "DTEND" in lines else first + timedelta(days=1)
    length = (max(after_last, first + timedelta(days=1)) - first).days
    if length > LONGEST_HOLIDAY_DAYS:
        raise BadCalendarFile(f"“{summary}”长达{length}日，不像放假安排。")
    mark = lines.get("X-APPLE-SPECIAL-DAY", "")
    if mark == "ALTERNATE-WORKDAY" or "班" in summary:
        is_off = False
    elif mark == "WORK-HOLIDAY" or "休" in summary or "放假" in summary:
        is_off = True
    else:
        raise BadCalendarFile(f"“{summary}”（{first.isoformat()}）没有写明“休”还是“班”，请在名称里写明。")
    name = re.sub(r"[\s（(【\[]*(?:放假|上班|补班|休|班)[)）】\]]*\s*", "", summary) or summary
    return [(first + timedelta(days=offset), is_off, name) for offset in range(length)]


def _ical_date(text: str, summary: str) -> date:
    match = re.fullmatch(r"(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?", text.strip())
    try:
        return date(*(int(part) for part in match.groups())) if match else date.fromisoformat(text)
    except ValueError as error:
        raise BadCalendarFile(f"“{summary}”的日期“{text}”读不懂，应写成 20270101 的样子。") from error
