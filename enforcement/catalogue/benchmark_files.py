"""A file of discretion benchmarks: a line a tier, the lines of one item together; whole benchmarks or none of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from django.utils.translation import gettext as _t

from enforcement.catalogue.models import Benchmark, Entry
from enforcement.catalogue.ranges import Said, read_range
from enforcement.catalogue.tiers import FEWEST_TIERS, tier_problems
from enforcement.models import EnforcementItem
from portal.tabular.cleaning import as_text, folded
from portal.tabular.readers import read_sheets

HEADERS: Final[dict[str, tuple[str, ...]]] = {
    "tier": ("裁量阶次", "阶次", "违法程度"),
    "standard": ("处罚标准", "裁量标准", "裁量幅度"),
    "code": ("事项编码", "编码"),
    "violation": ("违法行为", "事项名称", "案由"),
    "law": ("法规规章", "法律依据", "依据"),
    "article": ("设定条款", "条款"),
    "range": ("处罚种类及幅度", "法定幅度", "处罚幅度"),
    "when": ("适用条件", "适用情形", "情节"),
}
LONGEST_NAME: Final = 30
MOST_TIERS: Final = 20


@dataclass(frozen=True)
class Line:
    """One line of the file as text by column."""

    number: int
    cells: dict[str, str]


class Fault(Exception):
    """Why a benchmark cannot be taken: the line, the column and the value behind it."""

    def __init__(self, line: Line, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.column, self.sentence = line, column, sentence


def columns_of(cells: list[Any]) -> tuple[dict[str, int], list[str]]:
    """Where each known column is; nothing unless the line names tiers and their standards."""
    titles = [as_text(cell) for cell in cells]
    spelled = {folded(title): at for at, title in reversed(list(enumerate(titles)))}
    found = {
        name: spelled[folded(alias)]
        for name, aliases in HEADERS.items()
        for alias in reversed(aliases)
        if folded(alias) in spelled
    }
    complete = {"tier", "standard"} <= set(found) and {"code", "violation"} & set(found)
    return (found, titles) if complete else ({}, [])


def is_of_benchmarks(path: Path) -> bool:
    """Whether a file has the columns of benchmarks. Raises UnreadableError."""
    return any(columns_of(raw.cells)[0] for sheet in read_sheets(path) for raw in sheet.rows)


def read(path: Path, department: Any) -> tuple[list[Any], list[Any], int]:
    """Benchmarks that can be adopted, faults, and how many say what is in force already."""
    rows: list[dict[str, Any]] = []
    faults: list[dict[str, Any]] = []
    unchanged, known = 0, _Known(department)
    for sheet in read_sheets(path):
        columns: dict[str, int] = {}
        titles: list[str] = []
        lines: list[Line] = []
        for raw in sheet.rows:
            if not columns:
                columns, titles = columns_of(raw.cells)
            else:
                cells = {name: as_text(raw.cells[at]) if at < len(raw.cells) else "" for name, at in columns.items()}
                if any(cells.values()):
                    lines.append(Line(raw.line, cells))
        for group in _groups(lines):
            try:
                made = _benchmark(group, known)
            except Fault as fault:
                said = titles[columns[fault.column]] if fault.column in columns else HEADERS[fault.column][0]
                faults.append(
                    {
                        "line": fault.line.number,
                        "column": said,
                        "value": fault.line.cells.get(fault.column, "")[:80],
                        "reason": fault.sentence,
                    }
                )
                continue
            if known.says(made):
                unchanged += 1
            else:
                rows.append(made)
    return rows, faults, unchanged


def data_of(row: dict[str, Any], effective_from: Any) -> SimpleNamespace:
    """A kept row as what `writing.write_benchmark` is told."""

    def money(text: str | None) -> Decimal | None:
        return Decimal(text) if text is not None else None

    tiers = [
        SimpleNamespace(
            name=tier["name"],
            circumstances=tier["circumstances"],
            lowest=money(tier["lowest"]),
            highest=money(tier["highest"]),
            kinds=tier["kinds"],
        )
        for tier in row["tiers"]
    ]
    return SimpleNamespace(
        measure=row["measure"],
        base=row["base"],
        lowest=money(row["lowest"]),
        highest=money(row["highest"]),
        source=row["source"],
        effective_from=effective_from,
        tiers=lambda: tiers,
    )


class _Known:
    """The department's items, by code and by what they are about, and their newest benchmarks."""

    def __init__(self, department: Any) -> None:
        entries = Entry.objects.filter(department=department, kind=Entry.Kind.ITEM, state=Entry.State.KEPT)
        self.by_code = {entry.code: entry for entry in entries}
        self.by_words: dict[str, set[str]] = {}
        newest = EnforcementItem.objects.filter(department=department).order_by("code", "-version").distinct("code")
        for item in newest:
            if item.code in self.by_code:
                for words in (item.name, item.violation):
                    if words:
                        self.by_words.setdefault(folded(words), set()).add(item.code)
        self.seen: dict[str, int] = {}
        self.newest = {
            row.entry.code: row
            for row in Benchmark.objects.filter(entry__in=self.by_code.values())
            .select_related("entry")
            .prefetch_related("tiers")
            .order_by("entry", "version")
        }

    def entry(self, line: Line) -> Entry:
        """The item a line is about. Raises Fault."""
        code, words = line.cells.get("code", ""), line.cells.get("violation", "")
        codes = {code} & set(self.by_code) if code else self.by_words.get(folded(words), set())
        column = "code" if code else "violation"
        if not codes:
            raise Fault(line, column, _t("本部门的执法目录里没有这一事项，请先采用事项清单。"))
        if len(codes) > 1:
            raise Fault(line, column, _t("有几个事项都叫这个名称，请加一列“事项编码”。"))
        (found,) = codes
        if found in self.seen:
            raise Fault(line, column, _t("与第 %(line)d 行是同一事项，各阶次要连在一起。") % {"line": self.seen[found]})
        self.seen[found] = line.number
        return self.by_code[found]

    def says(self, made: dict[str, Any]) -> bool:
        """Whether the newest benchmark of the item is the same."""
        newest = self.newest.get(made["code"])
        if newest is None:
            return False
        kept = [
            _kept(tier.name, tier.circumstances, tier.lowest, tier.highest, tier.kinds) for tier in newest.tiers.all()
        ]
        same = (newest.measure, _text(newest.lowest), _text(newest.highest)) == (
            made["measure"],
            made["lowest"],
            made["highest"],
        )
        return same and kept == made["tiers"]


def _groups(lines: Iterable[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        key = (line.cells.get("code", ""), line.cells.get("violation", ""))
        last = groups[-1][-1].cells if groups else {}
        blank = not any(key)  # merged cells of a spreadsheet: only the first line names the item
        if groups and (blank or key == (last.get("code", ""), last.get("violation", ""))):
            cells = {**line.cells, **({name: last.get(name, "") for name in ("code", "violation")} if blank else {})}
            groups[-1].append(Line(line.number, cells))
        else:
            groups.append([line])
    return groups


def _benchmark(group: list[Line], known: _Known) -> dict[str, Any]:
    """One benchmark from its lines. Raises Fault with the first thing that is wrong."""
    first = group[0]
    entry = known.entry(first)
    said = [(line, _standard(line)) for line in group]
    if len(said) > MOST_TIERS:
        raise Fault(first, "tier", _t("阶次太多：最多 %(most)d 个。") % {"most": MOST_TIERS})
    fined = [one for _line, one in said if one.measure != "none"]
    law = _law(first, fined)
    measure = _measure(first, law, fined)
    tiers = [_kept(*_tier(line, one)) for line, one in said]
    if measure != "none" and len(tiers) < FEWEST_TIERS:
        words = _t("有处罚幅度的，一般不少于三个阶次，现有 %(count)d 个；确有理由的，请在页面上编制并写明。")
        raise Fault(first, "tier", words % {"count": len(tiers)})
    shaped = [SimpleNamespace(name=t["name"], lowest=_money(t["lowest"]), highest=_money(t["highest"])) for t in tiers]
    for place, sentence in tier_problems(measure, law.lowest, law.highest, shaped):
        raise Fault(group[place], "standard", sentence)
    source = "".join(first.cells.get(name, "") for name in ("law", "article")) or first.cells.get("range", "")
    return {
        "line": first.number,
        "code": entry.code,
        "name": entry.title,
        "new": entry.code not in known.newest,
        "measure": measure,
        "base": next((one.base for one in [law, *fined] if one.base), ""),
        "lowest": _text(law.lowest),
        "highest": _text(law.highest),
        "source": source[:300] or _t("导入的基准"),
        "tiers": tiers,
    }


def _standard(line: Line) -> Said:
    found = read_range(line.cells["standard"])
    if found is None:
        raise Fault(line, "standard", _t("没有读出罚款金额、倍数、处罚种类或者“不予处罚”。"))
    if not line.cells["tier"]:
        raise Fault(line, "tier", _t("没有写阶次的名称。"))
    if len(line.cells["tier"]) > LONGEST_NAME:
        raise Fault(line, "tier", _t("太长：最多 %(most)d 字。") % {"most": LONGEST_NAME})
    return found


def _law(first: Line, fined: list[Said]) -> Said:
    """The range of the law: as the file says it, else from the lightest to the heaviest tier."""
    if not fined:
        return Said("none")
    if text := first.cells.get("range", ""):
        found = read_range(text)
        if found is None or found.lowest is None:
            raise Fault(first, "range", _t("没有读出法定的罚款幅度。"))
        return found
    lows, highs = [one.lowest for one in fined], [one.highest for one in fined]
    return Said(fined[0].measure, min(x for x in lows if x is not None), max(x for x in highs if x is not None))


def _measure(first: Line, law: Said, fined: list[Said]) -> str:
    if not fined:
        return Benchmark.Measure.NONE.value
    if {law.measure} != {one.measure for one in fined}:
        raise Fault(first, "standard", _t("法定幅度和各阶次有的按金额、有的按倍数，不能一起导入。"))
    if law.measure == "times":
        return Benchmark.Measure.TIMES.value
    fixed = all(one.lowest == one.highest for one in fined)
    return (Benchmark.Measure.FIXED if fixed else Benchmark.Measure.YUAN).value


def _tier(line: Line, said: Said) -> tuple[str, str, Decimal | None, Decimal | None, list[str]]:
    """The words of the standard stay beside the circumstances: «每处设施» is more than an amount."""
    when, standard = line.cells.get("when", "").rstrip("。"), line.cells["standard"]
    return (
        line.cells["tier"],
        f"{when}（{standard}）" if when else standard,
        said.lowest,
        said.highest,
        list(said.kinds),
    )


def _kept(
    name: str, circumstances: str, lowest: Decimal | None, highest: Decimal | None, kinds: list[str]
) -> dict[str, Any]:
    return {
        "name": name,
        "circumstances": circumstances,
        "lowest": _text(lowest),
        "highest": _text(highest),
        "kinds": kinds,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
