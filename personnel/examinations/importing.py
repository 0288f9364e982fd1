"""A file of questions on trial: read, compared with the bank, kept until a second person adopts it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.examinations.models import QuestionFile, QuestionVersion
from personnel.examinations.reading import Problem, Reading, Row, digest_of, read
from portal.accounts.models import Department, User
from portal.accounts.roles import BUREAU_ROLES
from portal.matters.models import Matter
from portal.web.tables import safe_cell
from portal.workflow.actions import Action, Attempt
from portal.workflow.door import perform

FILE_KIND = "examinations_file"


@dataclass
class Trial:
    """What would come of a file: new questions, those the bank holds already, problems, hints."""

    reading: Reading
    new: list[Row]
    present: int

    @property
    def problems(self) -> list[Problem]:
        """In order of lines."""
        return self.reading.problems

    def as_json(self) -> dict[str, Any]:
        """The counts, and every sentence."""
        return {
            "lines": self.reading.lines,
            "good": len(self.new) + self.present,
            "new": len(self.new),
            "present": self.present,
            "problems": [one.as_json() for one in self.problems],
            "hints": [one.as_json() for one in self.reading.hints],
        }


def trial(content: bytes) -> Trial:
    """Read a file and compare it with the bank; writes nothing. Raises UnreadableError.

    A number that the bank holds with the same words is present; with other words it is refused: what a
    question says is changed in the bank, by two people, not by the next file.
    """
    reading = read(content)
    held = dict(
        QuestionVersion.objects.filter(question__code__in=[row.code for row in reading.rows])
        .order_by("question", "-version")
        .distinct("question")
        .values_list("question__code", "digest")
    )
    new: list[Row] = []
    present = 0
    for row in reading.rows:
        if row.code not in held:
            new.append(row)
        elif held[row.code] == digest_of(row.kind, row.stem, row.options, row.answer):
            present += 1
        else:
            words = _("题库里的 %(code)s 与这一行不同，没有收。要改的，请在题库里对这道题提出修改。")
            reading.problems.append(Problem(row.line, row.code, words % {"code": row.code}))
    reading.problems.sort(key=lambda one: one.line)
    return Trial(reading, new, present)


@dataclass(frozen=True)
class Keep:
    """A file as it was sent in."""

    content: bytes = b""
    name: str = ""
    subjects: tuple[str, ...] = ()

    def problems(self, _attempt: Attempt[Any, Any]) -> dict[str, str]:
        """A file is sent in on its own page."""
        return {} if self.content else {"content": _("请在“上传试题文件”一页选一个文件。")}


def _keep(attempt: Attempt[QuestionFile, Keep]) -> None:
    given = attempt.data
    found = trial(given.content)
    attempt.matter = Matter.objects.create(
        kind=FILE_KIND,
        department=Department.objects.get(kind=Department.Kind.BUREAU),
        title=_("试题文件：%(name)s") % {"name": given.name[-150:]},
        opened_at=attempt.now,
    )
    attempt.subject = QuestionFile(
        matter=attempt.matter,
        file_name=given.name[-200:],
        sha256=hashlib.sha256(given.content).hexdigest(),
        subjects=list(given.subjects),
        lines=found.reading.lines,
        good=len(found.new) + found.present,
        present=found.present,
        rows=[row.as_json() for row in found.new],
        problems=[one.as_json() for one in found.problems],
        hints=[one.as_json() for one in found.reading.hints],
        made_by=attempt.actor,
        made_at=attempt.now,
    )
    attempt.label(lines=found.reading.lines, new=len(found.new), problems=len(found.problems))


KEEP: Action[QuestionFile, Keep] = Action(
    "examinations.bank.keep_file",
    gettext_lazy("上传试题文件"),
    source=frozenset(),
    target=QuestionFile.State.READ.value,
    model=QuestionFile,
    roles=BUREAU_ROLES,
    data=Keep,
    body=_keep,
    hidden=True,
    law=("JD-14",),
)


def take_in(
    content: bytes, *, name: str, subjects: Iterable[str], actor: User, request_id: str = ""
) -> tuple[QuestionFile, bool]:
    """Keep a file on trial; the same file is kept once. Raises UnreadableError, Forbidden."""
    digest = hashlib.sha256(content).hexdigest()
    known = QuestionFile.objects.filter(sha256=digest).exclude(state=QuestionFile.State.DISCARDED).first()
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            data = Keep(content, name, tuple(subjects))
            made = perform(None, KEEP, actor=actor, data=data, request_id=request_id)
            return made.subject, True
    except IntegrityError:  # sent twice at the same moment
        return QuestionFile.objects.exclude(state=QuestionFile.State.DISCARDED).get(sha256=digest), False


def report(problems: Iterable[dict[str, Any]], hints: Iterable[dict[str, Any]]) -> str:
    """Problems and hints as CSV that a spreadsheet opens with Chinese intact; no cell is a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow([_("行号"), _("题号"), _("处理"), _("说明")])
    for words, rows in ((_("没有收"), problems), (_("收了，请核对"), hints)):
        for one in rows:
            writer.writerow([safe_cell(cell) for cell in (one["line"], one["code"], words, one["sentence"])])
    return out.getvalue()
