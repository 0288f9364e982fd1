"""manage import_officers: a list of officers with their certificates into the register."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from personnel.imports.checking import Checked
from personnel.imports.reasons import Reason
from personnel.imports.service import LARGEST_BYTES, carry_out, error_file, examine, start
from portal.accounts.models import Department, User
from portal.tabular.tables import UnreadableError
from portal.workflow.errors import Forbidden


class Command(BaseCommand):
    """Reads CSV, XLSX and XLS; the last line of --json is one object with counts and problems."""

    help = "Import officers with their certificates from a CSV, XLSX or XLS file."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, whose officers these are, in whose name."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--department", required=True, metavar="CODE", help="code of the officers' department")
        parser.add_argument(
            "--actor", default="", metavar="USERNAME", help="whose import this is; the programme's own when not given"
        )
        parser.add_argument("--errors", type=Path, metavar="FILE", help="write the problems to this CSV file")
        parser.add_argument("--dry-run", action="store_true", help="tell what would come of it, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run, then tell."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"没有这个文件：{path}")
        if path.stat().st_size > LARGEST_BYTES:
            raise CommandError(f"文件超过 {LARGEST_BYTES >> 20} MB，请分成几个文件。")
        department = Department.objects.filter(code=options["department"]).first()
        if department is None:
            known = "、".join(Department.objects.values_list("code", flat=True))
            raise CommandError(f"没有代码为 {options['department']} 的部门。已有：{known}")
        begun = time.monotonic()
        try:
            checked = self._run(path, department, self._actor(options["actor"]), dry=options["dry_run"])
        except (UnreadableError, Forbidden) as error:
            raise CommandError(error.sentence) from error
        if options["errors"]:
            options["errors"].write_text(error_file(one.as_json() for one in checked.problems), encoding="utf-8")
        if options["json"]:
            told = checked.as_json() | {"dry_run": options["dry_run"]}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self._tell(checked, time.monotonic() - begun, dry=options["dry_run"])

    @staticmethod
    def _actor(username: str) -> User | None:
        if not username:
            return None
        actor = User.objects.filter(username=username).first()
        if actor is None:
            raise CommandError(f"没有用户 {username}。")
        return actor

    @staticmethod
    def _run(path: Path, department: Department, actor: User | None, *, dry: bool) -> Checked:
        content = path.read_bytes()
        if dry:
            return examine(content, department)
        return carry_out(start(content, name=path.name, department=department, actor=actor))

    def _tell(self, checked: Checked, seconds: float, *, dry: bool) -> None:
        head = "试运行，没有写入。" if dry else "已导入。"
        counts = checked.counts()
        self.stdout.write(
            f"{head}共 {checked.rows} 行：新登记 {counts['created']}，补登执法证 {counts['certified']}，"
            f"已经登记 {counts['present']}，未收 {counts['rejected']}；登记执法证 {checked.certificates} 个；用时 {seconds:.1f} 秒。"
        )
        for code, count in Counter(one.code for one in checked.problems).most_common():
            self.stdout.write(f"  未收：{Reason(code).label} {count}")
        for one in checked.problems:
            where = f"{one.sheet} 第 {one.line} 行" if one.sheet else f"第 {one.line} 行"
            self.stdout.write(f"    {where}，{one.column}“{one.value}”：{one.sentence}")
        for note in checked.notes:
            self.stdout.write(f"  {note}")
