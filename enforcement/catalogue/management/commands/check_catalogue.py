"""manage check_catalogue: what files of a catalogue would bring, row by row, without writing anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from enforcement.catalogue.batches import BENCHMARKS, read_any
from enforcement.catalogue.models import Entry
from portal.accounts.models import Department
from portal.tabular.tables import UnreadableError
from portal.workflow.errors import Invalid

NAMES = {BENCHMARKS: "裁量基准"} | {value: str(label) for value, label in Entry.Kind.choices}
SHOWN = 5


class Command(BaseCommand):
    """Reads CSV, XLSX and XLS as the page «上传清单» does; a line a file, then its first faults."""

    help = "Tell what files of items, benchmarks, review rules, leniency lists or hearing thresholds would bring."

    def add_arguments(self, parser: CommandParser) -> None:
        """The files, whose catalogue they are for, and what their rows leave out."""
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--department", required=True, metavar="CODE")
        for name in ("field", "handler", "reviewer", "approver"):
            parser.add_argument(f"--{name}", default="", help="used where the file has no such column")

    def handle(self, *_args: Any, **options: Any) -> None:
        """File by file."""
        department = Department.objects.filter(code=options["department"]).first()
        if department is None:
            known = "、".join(Department.objects.values_list("code", flat=True))
            raise CommandError(f"没有代码为 {options['department']} 的部门。已有：{known}")
        defaults = {name: options[name] for name in ("field", "handler", "reviewer", "approver")}
        for path in options["files"]:
            self.stdout.write(self._told(path, department, defaults))

    def _told(self, path: Path, department: Department, defaults: dict[str, str]) -> str:
        if not path.is_file():
            return f"{path.name}：没有这个文件"
        try:
            target, rows, faults, unchanged = read_any(path, department, defaults)
        except UnreadableError as error:
            return f"{path.name}：读不出：{error.sentence}"
        except Invalid as error:
            return f"{path.name}：不是目录文件：{'；'.join(error.fields.values())}"
        lines = {fault["line"] for fault in faults}
        head = (
            f"{path.name}：{NAMES[target]}，可以采用 {len(rows)}，与现行相同 {unchanged}，"
            f"不能采用 {len(lines)} 行（{len(faults)} 处）"
        )
        more = [
            f"  第 {one['line']} 行 {one['column']}“{one['value'][:30]}”：{one['reason']}" for one in faults[:SHOWN]
        ]
        return "\n".join([head, *more])
