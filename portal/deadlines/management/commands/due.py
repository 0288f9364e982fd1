"""`manage due RULE DATE`: works out a deadline and says how; `due -` answers lines from standard input."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from portal.deadlines.calculation import Computed, calculate
from portal.deadlines.calendar_store import NAMES, calendar_without_database
from portal.deadlines.calendars import WorkCalendar
from portal.deadlines.errors import DeadlineError

DEFAULT_CALENDAR = "xinjiang"


class Command(BaseCommand):
    """Prints one date, or one answer a line."""

    help = (
        "Work out a deadline: RULE is a rule's key or a code such as SX-02, DATE a day (2026-02-13) or a moment "
        "(2026-02-13T10:30). With RULE «-» lines RULE,DATE[,CALENDAR] are read from standard input and answered "
        'one a line; a line that cannot be answered gives {"error": …} and exit code 1 at the end.'
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Rule, date, calendar, form of the answer."""
        parser.add_argument("rule", metavar="RULE")
        parser.add_argument("date", metavar="DATE", nargs="?")
        parser.add_argument("--calendar", choices=sorted(NAMES), default=DEFAULT_CALENDAR)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Answer, or raise CommandError with the sentence."""
        if options["rule"] == "-":
            if self._answer_lines(sys.stdin, options["calendar"], as_json=options["as_json"]):
                sys.exit(1)
            return
        if not options["date"]:
            raise CommandError("请给出日期，如 due SX-02 2026-02-13。")
        try:
            answer = calculate(options["rule"], read_date(options["date"]), options["calendar"])
        except DeadlineError as error:
            if options["as_json"]:
                self.stdout.write(json.dumps({"error": str(error)}, ensure_ascii=False))
                sys.exit(1)
            raise CommandError(str(error)) from error
        self.stdout.write(
            json.dumps(answer.as_json(), ensure_ascii=False) if options["as_json"] else "\n".join(told(answer))
        )

    def _answer_lines(self, lines: TextIO, default: str, *, as_json: bool) -> int:
        """Answer each line; returns how many could not be answered. Calendars are read once."""
        kept: dict[str, WorkCalendar] = {}
        failed = 0
        for line in lines:
            if not line.strip():
                continue
            try:
                answer = self._answer_line(line, default, kept)
            except DeadlineError as error:
                failed += 1
                self.stdout.write(
                    json.dumps({"error": str(error)}, ensure_ascii=False) if as_json else f"错误：{error}"
                )
            else:
                self.stdout.write(
                    json.dumps(answer.as_json(), ensure_ascii=False) if as_json else f"{line.strip()} → {answer.due}"
                )
        return failed

    @staticmethod
    def _answer_line(line: str, default: str, kept: dict[str, WorkCalendar]) -> Computed:
        parts = [part.strip() for part in line.strip().lstrip("\ufeff").split(",")]
        if len(parts) not in {2, 3}:
            raise DeadlineError(f"“{line.strip()}”应写成“规则,日期,日历”，如“SX-02,2026-02-13,national”。")
        key = parts[2] if len(parts) == 3 and parts[2] else default
        if key not in kept:
            kept[key] = calendar_without_database(key)
        return calculate(parts[0], read_date(parts[1]), kept[key])


def read_date(text: str) -> date | datetime:
    """A day or a moment in ISO form. Raises DeadlineError with a sentence."""
    text = text.strip()
    try:
        return datetime.fromisoformat(text) if ("T" in text or " " in text) else date.fromisoformat(text)
    except ValueError as error:
        raise DeadlineError(f"“{text}”不是日期：应写成 2026-02-13 或者 2026-02-13T10:30。") from error


def told(answer: Computed) -> Iterator[str]:
    """The answer as people read it."""
    mark = "（暂定）" if answer.provisional else ""
    yield f"{answer.rule.title}（{answer.rule.law}，{answer.rule.article}）"
    yield f"届满：{answer.due}{mark}　日历：{answer.calendar.name}（{answer.calendar.version}）"
    for number, step in enumerate(answer.trace, start=1):
        yield f"{number}. {step.text}" + (f"〔{step.article}〕" if step.article else "")
    if answer.also:
        yield f"同一代号的其他期限：{'、'.join(answer.also)}"
