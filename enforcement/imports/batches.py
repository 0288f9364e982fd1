"""One batch of records into the database, in one transaction: what is new is claimed, then registered."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from enforcement.imports.cells import RowError
from enforcement.imports.models import ImportedRow, ImportRun
from enforcement.imports.reasons import Missing, Outcome, Reason
from enforcement.imports.records import DecisionRecord
from enforcement.imports.registering import CREATION, LATE_REASON, REGISTER_IMPORTED, ImportedDecision
from enforcement.imports.result import Problem
from enforcement.models import Decision, EnforcementAct
from portal.workflow.bulk import perform_many
from portal.workflow.door import perform
from portal.workflow.errors import DoorError, Forbidden

logger = logging.getLogger(__name__)
CLAIM = """
    INSERT INTO enforcement_importedrow (run_id, department_id, key, imposed, sheet, line, remarks, originals)
    SELECT %s, %s, claimed.key, claimed.imposed, claimed.sheet, claimed.line, claimed.remarks::jsonb, claimed.originals::jsonb
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[], %s::text[], %s::text[])
        AS claimed (key, imposed, sheet, line, remarks, originals)
    ORDER BY claimed.key
    ON CONFLICT (department_id, key) DO NOTHING
    RETURNING key, id
"""
FILL = """
    UPDATE enforcement_importedrow AS imported SET case_id = made.case_id
    FROM unnest(%s::bigint[], %s::bigint[]) AS made (id, case_id) WHERE imported.id = made.id
"""


@dataclass
class Verdict:
    """What became of one row, and what a person should know of it."""

    outcome: Outcome
    problems: list[Problem] = field(default_factory=list)
    reason: str = ""
    missing: tuple[Missing, ...] = ()


def refused(errors: Sequence[RowError]) -> Verdict:
    """A row that cannot be taken, with every reason."""
    problems = [
        Problem(Outcome.REJECTED, one.sheet, one.line, one.column, one.value, one.code, one.sentence) for one in errors
    ]
    return Verdict(Outcome.REJECTED, problems, str(errors[0].code))


def taken(record: DecisionRecord) -> Verdict:
    """A row that was taken: whole, or to be completed with what it lacks named."""
    if not record.missing:
        return Verdict(Outcome.CREATED)
    words = "、".join(str(one.label) for one in record.missing)
    sentence = _("已收下，补全后才能公示；还缺：%(what)s。") % {"what": words}
    if record.remarks:
        sentence += "".join(record.remarks)
    codes = "+".join(one.value for one in record.missing)
    problem = Problem(Outcome.TO_COMPLETE, record.sheet, record.line, words[:100], "", "missing", sentence)
    return Verdict(Outcome.TO_COMPLETE, [problem], codes, record.missing)


def repeated(record: DecisionRecord, *, line: int, sheet: str, imposed: str, same_file: bool) -> Verdict:
    """A row that was there before: a duplicate, or a contradiction when something else was imposed."""
    number = record.number.text if record.number else ""
    where = f"{sheet} {line}".strip()
    if imposed and imposed != record.imposed:
        sentence = _("与第 %(where)s 行的文号、当事人相同，处罚金额却不同。请核对文号；是同一决定的，请合成一行。") % {
            "where": where
        }
        problem = Problem(
            Outcome.REJECTED, record.sheet, record.line, _("文号"), number[:200], Reason.NUMBER_CONFLICT, sentence
        )
        return Verdict(Outcome.REJECTED, [problem], Reason.NUMBER_CONFLICT)
    reason = Reason.IN_FILE if same_file else Reason.IN_DATABASE
    if same_file:
        sentence = _("与本文件第 %(where)s 行重复，没有再收。") % {"where": where}
    elif line:
        sentence = _("以前已经归集过（当时在第 %(where)s 行），没有再收。") % {"where": where}
    else:
        sentence = _("本部门在平台上办理的案件里已有这件决定，没有再收。")
    shown = (number or record.parties.original)[:200]
    return Verdict(
        Outcome.DUPLICATE, [Problem(Outcome.DUPLICATE, record.sheet, record.line, "", shown, reason, sentence)], reason
    )


def own_decisions(department: Any, records: Iterable[DecisionRecord]) -> set[tuple[str, str]]:
    """Number and party of decisions that the department has made on the desk, among these."""
    numbers = {record.number.text for record in records if record.number and record.number.single}
    rows = (
        Decision.objects.filter(number__in=numbers, act__department=department)
        .exclude(act__origin=EnforcementAct.Origin.IMPORTED)
        .values_list("number", "act__parties__name")
    )
    return {(number, name or "") for number, name in rows}


def is_own(record: DecisionRecord, own: set[tuple[str, str]]) -> bool:
    """Whether the desk has this decision already."""
    if record.number is None or not record.number.single:
        return False
    return any((record.number.text, party.name) in own for party in record.parties.each)


class Batch:
    """The records of one transaction, in the order of the file."""

    def __init__(self, run: ImportRun, actor: Any) -> None:
        self.run, self.actor = run, actor

    def take(self, records: Sequence[DecisionRecord]) -> list[Verdict]:
        """Register what is new; answers in the order of `records`. The caller holds the transaction."""
        verdicts: dict[int, Verdict] = {}
        first: dict[str, int] = {}
        own = own_decisions(self.run.department, records)
        for place, record in enumerate(records):
            if is_own(record, own):
                verdicts[place] = repeated(record, line=0, sheet="", imposed="", same_file=False)
            elif record.key in first:
                earlier = records[first[record.key]]
                verdicts[place] = repeated(
                    record, line=earlier.line, sheet=earlier.sheet, imposed=earlier.imposed, same_file=True
                )
            else:
                first[record.key] = place
        claimed = self._claim([records[place] for place in first.values()])
        there = self._there([key for key in first if key not in claimed])
        fresh: list[tuple[int, int]] = []
        for key, place in first.items():
            record = records[place]
            if key in claimed:
                fresh.append((place, claimed[key]))
                continue
            row = there[key]
            if row.run_id == self.run.pk and (row.sheet, row.line) == (record.sheet, record.line):
                verdicts[place] = taken(record)  # this very row, taken before the run was interrupted
                continue
            verdicts[place] = repeated(
                record, line=row.line, sheet=row.sheet, imposed=row.imposed, same_file=row.run_id == self.run.pk
            )
        verdicts |= self._register([(place, records[place], row) for place, row in fresh])
        return [verdicts[place] for place in range(len(records))]

    def _claim(self, records: list[DecisionRecord]) -> dict[str, int]:
        """Key → row for every key nobody had; waits for another run that is just claiming the same.

        Keys are claimed in their order, so two runs over the same file cannot wait for each other.
        """
        if not records:
            return {}
        with connection.cursor() as cursor:
            cursor.execute(
                CLAIM,
                [
                    self.run.pk,
                    self.run.department_id,
                    [record.key for record in records],
                    [record.imposed for record in records],
                    [record.sheet for record in records],
                    [record.line for record in records],
                    [json.dumps(record.remarks, ensure_ascii=False) for record in records],
                    [json.dumps(record.originals, ensure_ascii=False) for record in records],
                ],
            )
            return dict(cursor.fetchall())

    def _there(self, keys: list[str]) -> dict[str, ImportedRow]:
        rows = ImportedRow.objects.filter(department=self.run.department_id, key__in=keys)
        return {row.key: row for row in rows.only("key", "run_id", "sheet", "line", "imposed")}

    def _register(self, fresh: list[tuple[int, DecisionRecord, int]]) -> dict[int, Verdict]:
        """Through the door, all at once; one by one when the database refuses one of them."""
        data = [self._data(record) for _place, record, _row in fresh]
        try:
            with transaction.atomic():
                made = perform_many(
                    CREATION, REGISTER_IMPORTED, actor=self.actor, data=data, request_id=self.run.key.hex
                )
        except Forbidden:
            raise
        except (DatabaseError, DoorError, ValueError) as error:
            logger.warning(
                "import %s: the batch at line %s goes row by row: %s", self.run.pk, data[0].record.line, error
            )
            return self._one_by_one(fresh)
        verdicts: dict[int, Verdict] = {}
        cases: dict[int, int] = {}
        for (place, record, row), one in zip(fresh, made, strict=True):
            if one.refusal is not None:
                verdicts[place] = self._not_recorded(record, row, one.refusal.sentence)
            else:
                cases[row] = one.subject.pk
                verdicts[place] = taken(record)
        with connection.cursor() as cursor:
            cursor.execute(FILL, [list(cases), list(cases.values())])
        return verdicts

    def _one_by_one(self, fresh: list[tuple[int, DecisionRecord, int]]) -> dict[int, Verdict]:
        verdicts: dict[int, Verdict] = {}
        for place, record, row in fresh:
            try:
                with transaction.atomic():
                    outcome = perform(
                        None, REGISTER_IMPORTED, actor=self.actor, data=self._data(record), request_id=self.run.key.hex
                    )
                    ImportedRow.objects.filter(pk=row).update(case=outcome.subject.pk)
            except Forbidden:
                raise
            except (DatabaseError, DoorError, ValueError) as error:
                verdicts[place] = self._not_recorded(record, row, str(error).splitlines()[0])
            else:
                verdicts[place] = taken(record)
        return verdicts

    def _data(self, record: DecisionRecord) -> ImportedDecision:
        return ImportedDecision(record, self.run.department, self.run.pk, str(LATE_REASON))

    @staticmethod
    def _not_recorded(record: DecisionRecord, row: int, why: str) -> Verdict:
        ImportedRow.objects.filter(pk=row).delete()
        sentence = _("登记时被拒绝：%(why)s") % {"why": why}
        return refused(
            [RowError(record.line, "", record.parties.original[:200], Reason.NOT_RECORDED, sentence, record.sheet)]
        )
