"""manage import_decisions: a file of decided cases into the portal (信息归集)."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from enforcement.imports.layouts import LAYOUTS
from enforcement.imports.reasons import Reason
from enforcement.imports.result import ImportResult
from enforcement.imports.service import import_decisions
from portal.accounts.models import Department, User
from portal.tabular.tables import UnreadableError
from portal.workflow.errors import Forbidden


class Command(BaseCommand):
    """Reads CSV, XLSX and XLS; the last line of --json is one object with the counts."""

    help = "Import decided cases from a CSV, XLSX or XLS file."

    def add_arguments(self, parser: CommandParser) -> None:
        """The options of the issue, and whose name the run bears."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--department", required=True, metavar="CODE", help="code of the department whose cases these are"
        )
        parser.add_argument(
            "--layout", choices=sorted(LAYOUTS), help="take the file for this layout instead of recognising it"
        )
        parser.add_argument(
            "--decided-on-from",
            default="",
            metavar="COLUMN",
            help="column whose date stands in for a missing date of decision",
        )
        parser.add_argument(
            "--actor", default="", metavar="USERNAME", help="whose import this is; the programme's own when not given"
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would come of it, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run, then tell."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"没有这个文件：{path}")
        department = Department.objects.filter(code=options["department"]).first()
        if department is None:
            known = "、".join(Department.objects.values_list("code", flat=True))
            raise CommandError(f"没有代码为 {options['department']} 的部门。已有：{known}")
        actor = None
        if options["actor"]:
            actor = User.objects.filter(username=options["actor"]).first()
            if actor is None:
                raise CommandError(f"没有用户 {options['actor']}。")
        begun = time.monotonic()
        try:
            result = import_decisions(
                path,
                department=department,
                actor=actor,
                layout=options["layout"],
                decided_on_from=options["decided_on_from"],
                dry_run=options["dry_run"],
                progress=self._progress if sys.stderr.isatty() else None,
            )
        except (UnreadableError, Forbidden) as error:
            raise CommandError(error.sentence) from error
        if options["json"]:
            self.stdout.write(json.dumps(result.as_json(), ensure_ascii=False))
        else:
            self._tell(result, time.monotonic() - begun)

    def _progress(self, rows: int) -> None:
        self.stderr.write(f"\r{rows}", ending="")

    def _tell(self, result: ImportResult, seconds: float) -> None:
        head = "试运行，没有写入。" if result.dry_run else f"已归集（第 {result.run} 次）。"
        self.stdout.write(
            f"{head}格式 {result.layout}，共 {result.rows} 行：新增 {result.created}，待补全 {result.to_complete}，"
            f"重复 {result.duplicate}，未收 {result.rejected}；用时 {seconds:.1f} 秒。"
        )
        for code, count in result.rejected_by_reason.most_common():
            self.stdout.write(f"  未收：{Reason(code).label} {count}")
        for note in result.notes:
            self.stdout.write(f"  {note}")
        self.stdout.write(f"问题清单：{result.errors_file}")
