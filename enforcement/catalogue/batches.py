"""A file of items becomes one proposal: good rows are kept, the others told with line, column, value and reason."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.catalogue import benchmark_files, list_files, writing
from enforcement.catalogue.citations import read_citations
from enforcement.catalogue.models import Batch, Entry
from enforcement.models import EnforcementItem
from portal.matters.models import Matter
from portal.tabular.cleaning import as_text, folded
from portal.tabular.readers import read_sheets
from portal.workflow.data import entry
from portal.workflow.errors import Invalid

BATCH_KIND = "enforcement.catalogue_file"
BENCHMARKS = "benchmark"
HEADERS: dict[str, tuple[str, ...]] = {
    "code": ("事项编码", "编码", "序号", "代码"),
    "name": ("事项名称", "名称"),
    "kind": ("执法类别", "种类", "行为种类"),
    "field": ("执法领域", "领域"),
    "violation": ("违法行为", "案由"),
    "basis": ("法律依据", "依据", "实施依据", "设定依据"),
    "handler": ("承办机构", "承办科室"),
    "reviewer": ("审核机构",),
    "approver": ("批准人", "审批人"),
}
KINDS = {
    "penalty": EnforcementItem.Kind.PENALTY,
    "coercion": EnforcementItem.Kind.MEASURE,
    "inspection": EnforcementItem.Kind.INSPECTION,
    "licence": EnforcementItem.Kind.LICENCE,
    "license": EnforcementItem.Kind.LICENCE,
    "reward": EnforcementItem.Kind.OTHER,
} | {str(label): EnforcementItem.Kind(value) for value, label in EnforcementItem.Kind.choices}
LONGEST = {"code": 30, "name": 300, "field": 30, "handler": 60, "reviewer": 60, "approver": 60}
COMPARED = ("name", "kind", "field", "violation", "basis", "handler", "reviewer", "approver")


@dataclass(frozen=True)
class Adopt:
    """Why the file is adopted."""

    reason: str = entry(_("说明"), "long", help=_("文件的来历，批准人据此审批"))

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """Said in words."""
        return {} if self.reason.strip() else {"reason": _t("请写明文件的来历。")}


def take_in(
    path: Path, *, department: Any, file_name: str, effective_from: dt.date, defaults: dict[str, str], now: dt.datetime
) -> tuple[Batch, bool]:
    """Read a file of items; returns the batch and whether it is new: the same file and day are read once only.

    Raises UnreadableError with a sentence, Invalid when no column of names is found.
    """
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    known = Batch.objects.filter(department=department, digest=digest, effective_from=effective_from).first()
    if known is not None:
        return known, False
    target, rows, faults, unchanged = read_any(path, department, defaults)
    try:
        with transaction.atomic():
            matter = Matter.objects.create(
                kind=BATCH_KIND,
                department=department,
                title=_t("目录文件：%(name)s") % {"name": file_name[:150]},
                opened_at=now,
            )
            return Batch.objects.create(
                matter=matter,
                department=department,
                file_name=file_name[:200],
                digest=digest,
                target=target,
                effective_from=effective_from,
                rows=rows,
                faults=faults,
                unchanged=unchanged,
            ), True
    except IntegrityError:  # sent twice at the same moment
        return Batch.objects.get(department=department, digest=digest, effective_from=effective_from), False


def read_any(path: Path, department: Any, defaults: dict[str, str]) -> tuple[str, list[Any], list[Any], int]:
    """Of which catalogue a file is by its columns; good rows, faults, and how many say what is in force already."""
    if benchmark_files.is_of_benchmarks(path):
        return BENCHMARKS, *benchmark_files.read(path, department)
    if (kind := list_files.kind_of(path)) is not None:
        return kind.key, *list_files.read(path, department, kind)
    return Entry.Kind.ITEM.value, *read(path, department, defaults)


def read(path: Path, department: Any, defaults: dict[str, str]) -> tuple[list[Any], list[Any], int]:
    """Good rows, faults and how many rows say what is in force already."""
    rows: list[dict[str, Any]] = []
    faults: list[dict[str, Any]] = []
    newest = {
        item.code: item
        for item in EnforcementItem.objects.filter(department=department).order_by("code", "-version").distinct("code")
    }
    unchanged, seen, found_head = 0, dict[str, int](), False
    for sheet in read_sheets(path):
        columns: dict[str, int] = {}
        titles: list[str] = []
        for raw in sheet.rows:
            if not columns:
                columns, titles = _columns(raw.cells)
                found_head |= bool(columns)
                continue
            row = {name: as_text(raw.cells[at]) if at < len(raw.cells) else "" for name, at in columns.items()}
            said = {name: titles[at] for name, at in columns.items()}
            problems = _judge(row, defaults)
            code = row.get("code", "")
            if not problems and code in seen:
                problems = [("code", _t("与第 %(line)d 行的编码相同。") % {"line": seen[code]})]
            if problems:
                faults += [
                    {
                        "line": raw.line,
                        "column": said.get(column, HEADERS[column][0]),
                        "value": row.get(column, "")[:80],
                        "reason": sentence,
                    }
                    for column, sentence in problems
                ]
                continue
            seen[code] = raw.line
            if (item := newest.get(code)) is not None and all(getattr(item, name) == row[name] for name in COMPARED):
                unchanged += 1
            else:
                rows.append(row | {"line": raw.line, "new": code not in newest})
    if not found_head:
        raise Invalid({"file": _t("没有找到“事项名称”一列。第一行应当是列名，可以先下载模板对照。")})
    return rows, faults, unchanged


def _columns(cells: list[Any]) -> tuple[dict[str, int], list[str]]:
    titles = [as_text(cell) for cell in cells]
    spelled = {folded(title): at for at, title in reversed(list(enumerate(titles)))}
    found = {
        name: spelled[folded(alias)]
        for name, aliases in HEADERS.items()
        for alias in reversed(aliases)
        if folded(alias) in spelled
    }
    return (found, titles) if "name" in found else ({}, [])


def _judge(row: dict[str, str], defaults: dict[str, str]) -> list[tuple[str, str]]:
    """Fill the row in and say what is wrong with it, by column."""
    problems: list[tuple[str, str]] = []
    for name in HEADERS:
        row[name] = row.get(name, "").strip() or defaults.get(name, "")
    kind = KINDS.get(row["kind"].lower(), KINDS.get(row["kind"])) if row["kind"] else EnforcementItem.Kind.PENALTY
    if kind is None:
        problems.append(("kind", _t("不认识的种类。请写行政处罚、行政检查、行政许可等。")))
    else:
        row["kind"] = kind.value
    for name, sentence in (
        ("code", _t("没有事项编码。")),
        ("name", _t("没有事项名称。")),
        ("field", _t("没有执法领域。")),
        ("basis", _t("没有法律依据：没有依据的处罚无效（处罚法38条）。")),
        ("handler", _t("没有承办机构。")),
        ("reviewer", _t("没有审核机构。")),
        ("approver", _t("没有批准人。")),
    ):
        if not row[name]:
            problems.append((name, sentence))
    for name, longest in LONGEST.items():
        if len(row[name]) > longest:
            problems.append((name, _t("太长：最多 %(most)d 字。") % {"most": longest}))
    if row["basis"] and (unread := read_citations(row["basis"])[1]):
        problems.append(("basis", _t("“%(piece)s”没有写明法律名称和条。") % {"piece": unread[0][:40]}))
    return problems


def adopt(attempt: Any) -> None:
    """Every good row becomes an item, a benchmark, or a new version of one, from the day of the file on."""
    batch: Batch = attempt.subject
    if batch.target == BENCHMARKS:
        _adopt_benchmarks(batch)
    else:
        _adopt_entries(attempt, batch)
    attempt.matter.closed_at = attempt.now
    attempt.matter.save(update_fields=["closed_at"])
    attempt.fact(writing.CHANGED)
    attempt.label(rows=len(batch.rows), faults=len(batch.faults), sha256=batch.digest)


def _adopt_benchmarks(batch: Batch) -> None:
    entries = {
        entry.code: entry for entry in Entry.objects.filter(department=batch.department_id, kind=Entry.Kind.ITEM)
    }
    for row in batch.rows:
        entry = entries.get(row["code"])
        if entry is None or entry.state != Entry.State.KEPT:
            raise Invalid({"reason": _t("事项 %(code)s 已经废止，请重新上传文件。") % {"code": row["code"]}})
        try:
            writing.write_benchmark(entry, benchmark_files.data_of(row, batch.effective_from))
        except Invalid as error:
            sentence = "；".join(error.fields.values())
            raise Invalid({"reason": _t("事项 %(code)s：%(why)s") % {"code": row["code"], "why": sentence}}) from error


def _adopt_entries(attempt: Any, batch: Batch) -> None:
    if batch.effective_from < attempt.today and any(not row["new"] for row in batch.rows):
        raise Invalid({"reason": _t("施行日期 %(day)s 已经过去，已有的条目不能从过去改版。请换一个施行日期重新上传。") % {"day": batch.effective_from}})  # fmt: skip
    kept = Entry.objects.filter(department=batch.department_id, kind=batch.target).select_related("department")
    known = {entry.code: entry for entry in kept}
    for row in batch.rows:
        found = known.get(row["code"])
        if found is not None and found.state != Entry.State.KEPT:
            raise Invalid({"reason": _t("%(code)s 已经废止，请重新上传文件。") % {"code": row["code"]}})
        if found is None:
            found = writing.new_entry(
                batch.department, batch.target, row["code"], row["name"], batch.effective_from, attempt.now
            )[1]
        try:
            _write(batch, found, row)
        except Invalid as error:
            sentence = "；".join(error.fields.values())
            raise Invalid({"reason": f"{row['code']}：{sentence}"}) from error


def _write(batch: Batch, entry: Entry, row: dict[str, Any]) -> None:
    if batch.target == Entry.Kind.ITEM:
        data = SimpleNamespace(**row, act_kind=row["kind"], effective_from=batch.effective_from)
        writing.write_item(entry, data)
    else:
        list_files.KINDS[batch.target].write(entry, list_files.data_of(row, batch.effective_from))
