"""manage import_questions: a file of questions on trial, and into the bank when two people are named."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from personnel.examinations import importing
from personnel.examinations.bank import ADOPT
from personnel.examinations.content import read_subjects
from personnel.examinations.models import QuestionFile
from personnel.examinations.reading import LARGEST_BYTES
from portal.accounts.models import User
from portal.tabular.tables import UnreadableError
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.errors import DoorError


class Command(BaseCommand):
    """Without --actor it is a trial; with --actor the file waits for a second person; with --approver it is adopted."""

    help = "Read a tab-separated file of questions into the question bank."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, the two people, the subjects."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--actor", default="", metavar="USERNAME", help="who sends it in; without, a trial only")
        parser.add_argument("--approver", default="", metavar="USERNAME", help="who adopts it; another supervisor")
        parser.add_argument("--subjects", default="", metavar="A、B", help="subjects of every question in the file")
        parser.add_argument("--errors", type=Path, metavar="FILE", help="write problems and hints to this CSV file")
        parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run, then tell."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"没有这个文件：{path}")
        if path.stat().st_size > LARGEST_BYTES:
            raise CommandError(f"文件超过 {LARGEST_BYTES >> 20} MB，请分成几个文件。")
        if options["approver"] and not options["actor"]:
            raise CommandError("写了 --approver，也要用 --actor 写明是谁提出的。")
        begun = time.monotonic()
        content = path.read_bytes()
        try:
            found = importing.trial(content)
            kept = self._write(content, path.name, options) if options["actor"] else None
        except (UnreadableError, DoorError) as error:
            raise CommandError(error.sentence) from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        told = found.as_json() | {
            "state": kept.state if kept else "trial",
            "created": kept.created if kept and found.new else 0,
        }
        if options["errors"]:
            options["errors"].write_text(importing.report(told["problems"], told["hints"]), encoding="utf-8")
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self._tell(told, kept, time.monotonic() - begun)

    def _write(self, content: bytes, name: str, options: dict[str, Any]) -> QuestionFile:
        actor = self._person(options["actor"])
        subjects = read_subjects(options["subjects"])
        kept, _fresh = importing.take_in(content, name=name, subjects=subjects, actor=actor)
        if options["approver"] and kept.state == QuestionFile.State.READ and kept.rows:
            made: QuestionFile = perform(kept, ADOPT, actor=self._person(options["approver"]), data=Nothing()).subject
            return made
        return kept

    @staticmethod
    def _person(username: str) -> User:
        found = User.objects.select_related("department").filter(username=username).first()
        if found is None:
            raise CommandError(f"没有用户 {username}。")
        return found

    def _tell(self, told: dict[str, Any], kept: QuestionFile | None, seconds: float) -> None:
        head = "试读，没有写入。" if kept is None else f"文件现在的状态：{kept.get_state_display()}。"
        self.stdout.write(
            f"{head}共 {told['lines']} 行：读懂 {told['good']} 题（新题 {told['new']}，已在题库 {told['present']}），"
            f"没有收 {len(told['problems'])} 行；导入 {told['created']} 题；用时 {seconds:.1f} 秒。"
        )
        for one in told["problems"]:
            self.stdout.write(f"  第 {one['line']} 行：{one['sentence']}")
        for one in told["hints"]:
            self.stdout.write(f"  请核对，第 {one['line']} 行（题号 {one['code']}）：{one['sentence']}")
