"""Files of the shorter catalogues: review rules, leniency lists and hearing thresholds; a line an entry."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from django.utils.translation import gettext as _t

from enforcement.catalogue import writing
from enforcement.catalogue.models import Entry, HearingThreshold, Leniency, ReviewRule
from enforcement.imports.amounts import parse_amount
from enforcement.models import PenaltyKind
from portal.tabular.cleaning import as_text, folded
from portal.tabular.faults import RefusedError
from portal.tabular.readers import read_sheets

COMMON: Final[dict[str, tuple[str, ...]]] = {
    "code": ("编码", "序号", "编号", "代码"),
    "name": ("名称", "事项名称", "违法行为", "案由"),
    "items": ("适用事项", "事项编码"),
    "ground": ("依据", "法律依据", "处罚依据", "设定依据"),
}
NATURAL: Final = ("对自然人（元）", "对自然人罚没达到（元）", "对自然人、个体工商户（元）", "公民（元）", "自然人")
ORGANISATION: Final = (
    "对单位（元）",
    "对单位罚没达到（元）",
    "对法人和其他组织（元）",
    "法人或者其他组织（元）",
    "单位",
)
LONGEST: Final = {"code": 30, "name": 300, "ground": 300, "text": 4000, "circumstances": 4000, "conditions": 4000}
LISTS: Final = {str(label): value for value, label in Leniency.List.choices} | {
    "免罚": "no_penalty",
    "不予行政处罚": "no_penalty",
    "首违不罚": "no_penalty",
    "轻微不罚": "no_penalty",
    "从轻": "lighter",
    "从轻行政处罚": "lighter",
    "减轻": "reduced",
    "减轻行政处罚": "reduced",
    "免予行政强制": "no_coercion",
    "不予行政强制": "no_coercion",
}
SEPARATORS: Final = re.compile(r"[、,，;；\s]+")
MOST: Final = Decimal("999999999999.99")
Fault = tuple[str, str]


@dataclass(frozen=True)
class Kind:
    """One catalogue: its columns, those by which a file is known, its versions, and who writes one."""

    key: str
    headers: dict[str, tuple[str, ...]]
    known_by: frozenset[str]
    model: Any
    write: Callable[[Entry, Any], None]
    judge: Callable[[dict[str, str], dict[str, Any]], list[Fault]]
    kept: tuple[str, ...]


def _money(row: dict[str, str], name: str, made: dict[str, Any]) -> list[Fault]:
    made[name] = None
    if not row[name] or row[name] == "/":
        return []
    try:
        value = parse_amount(row[name], Decimal(1))
    except RefusedError:
        value = None
    if value is None or not 0 < value <= MOST:
        return [(name, _t("这不是大于零的金额，请只写数字，单位为元。"))]
    made[name] = f"{value:.2f}"
    return []


def _judge_review(row: dict[str, str], made: dict[str, Any]) -> list[Fault]:
    found = [*_money(row, "natural", made), *_money(row, "organisation", made)]
    words = {str(label): value for value, label in PenaltyKind.choices}
    kinds = [word for word in SEPARATORS.split(row["kinds"]) if word and word != "/"]
    unknown = [word for word in kinds if word not in words]
    if unknown:
        found.append(
            ("kinds", _t("不认识的处罚种类“%(word)s”，请写警告、罚款、责令停产停业等。") % {"word": unknown[0][:20]})
        )
    made |= {"text": row["text"], "penalty_kinds": [words[word] for word in kinds if word in words]}
    if not row["text"]:
        found.append(("text", _t("没有写哪些决定应当审核。")))
    if not found and not (made["penalty_kinds"] or made["natural"] or made["organisation"] or made["item_codes"]):
        found.append(("kinds", _t("写明处罚种类、金额或者事项之一，系统才能提醒办案人员。")))
    return found


def _judge_leniency(row: dict[str, str], made: dict[str, Any]) -> list[Fault]:
    found: list[Fault] = []
    listed = LISTS.get(row["list"])
    if listed is None:
        found.append(("list", _t("请写不予处罚、从轻处罚、减轻处罚或者不予实施行政强制。")))
    if not row["circumstances"]:
        found.append(("circumstances", _t("没有写适用情形。")))
    made |= {"list_name": listed, "circumstances": row["circumstances"], "conditions": row["conditions"]}
    return found


def _judge_hearing(row: dict[str, str], made: dict[str, Any]) -> list[Fault]:
    found = [*_money(row, "natural", made), *_money(row, "organisation", made)]
    for name in ("natural", "organisation"):
        if not found and made[name] is None:
            found.append((name, _t("没有写金额。")))
    return found


KINDS: Final = {
    kind.key: kind
    for kind in (
        Kind(
            Entry.Kind.REVIEW.value,
            COMMON
            | {
                "text": ("哪些决定应当审核", "审核范围", "重大执法决定", "应当审核的决定"),
                "kinds": ("处罚种类",),
                "natural": NATURAL,
                "organisation": ORGANISATION,
            },
            frozenset({"text"}),
            ReviewRule,
            writing.write_review,
            _judge_review,
            ("text", "penalty_kinds", "natural", "organisation"),
        ),
        Kind(
            Entry.Kind.LENIENCY.value,
            COMMON
            | {
                "list": ("清单", "清单类别", "处理方式"),
                "circumstances": ("适用情形", "免罚情形", "适用条件"),
                "conditions": ("应当同时具备的条件", "条件"),
            },
            frozenset({"list", "circumstances"}),
            Leniency,
            writing.write_leniency,
            _judge_leniency,
            ("list_name", "circumstances", "conditions"),
        ),
        Kind(
            Entry.Kind.HEARING.value,
            COMMON | {"natural": NATURAL, "organisation": ORGANISATION},
            frozenset({"natural", "organisation"}),
            HearingThreshold,
            writing.write_hearing,
            _judge_hearing,
            ("natural", "organisation"),
        ),
    )
}


def columns_of(cells: list[Any], kind: Kind) -> tuple[dict[str, int], list[str]]:
    """Where each known column is; nothing unless the line has those by which the catalogue is known."""
    titles = [as_text(cell) for cell in cells]
    spelled = {folded(title): at for at, title in reversed(list(enumerate(titles)))}
    found = {
        name: spelled[folded(alias)]
        for name, aliases in kind.headers.items()
        for alias in reversed(aliases)
        if folded(alias) in spelled
    }
    return (found, titles) if {"name"} | kind.known_by <= set(found) else ({}, [])


def kind_of(path: Path) -> Kind | None:
    """Which of these catalogues a file is of; None for another. Raises UnreadableError."""
    for sheet in read_sheets(path):
        for raw in sheet.rows:
            for kind in KINDS.values():
                if columns_of(raw.cells, kind)[0]:
                    return kind
    return None


def read(path: Path, department: Any, kind: Kind) -> tuple[list[Any], list[Any], int]:
    """Rows that can be adopted, faults, and how many say what is in force already."""
    rows: list[dict[str, Any]] = []
    faults: list[dict[str, Any]] = []
    unchanged, seen, newest = 0, dict[str, int](), _newest(department, kind)
    items = Entry.objects.filter(department=department, kind=Entry.Kind.ITEM, state=Entry.State.KEPT)
    codes, ended = set(items.values_list("code", flat=True)), _ended(department, kind)
    for sheet in read_sheets(path):
        columns: dict[str, int] = {}
        titles: list[str] = []
        for raw in sheet.rows:
            if not columns:
                columns, titles = columns_of(raw.cells, kind)
                continue
            row = dict.fromkeys(kind.headers, "")
            row |= {name: as_text(raw.cells[at]).strip() for name, at in columns.items() if at < len(raw.cells)}
            if not any(row.values()):
                continue
            made, problems = _judged(row, kind, codes)
            code = made["code"]
            if not problems and code in seen:
                problems = [("code", _t("与第 %(line)d 行的编码相同。") % {"line": seen[code]})]
            if not problems and code in ended:
                problems = [("code", _t("这个编码的条目已经废止，请换一个编码。"))]
            if problems:
                faults += [
                    {
                        "line": raw.line,
                        "column": titles[columns[name]] if name in columns else kind.headers[name][0],
                        "value": row[name][:80],
                        "reason": sentence,
                    }
                    for name, sentence in problems
                ]
                continue
            seen[code] = raw.line
            if newest.get(code) == _compared(made, kind):
                unchanged += 1
            else:
                rows.append(made | {"line": raw.line, "new": code not in newest})
    return rows, faults, unchanged


def data_of(row: dict[str, Any], effective_from: Any) -> SimpleNamespace:
    """A kept row as what the writers are told."""
    amounts: dict[str, Any] = {
        name: Decimal(row[name]) if row[name] is not None else None
        for name in ("natural", "organisation")
        if name in row
    }
    values: dict[str, Any] = row | amounts
    return SimpleNamespace(**values, effective_from=effective_from)


def _judged(row: dict[str, str], kind: Kind, codes: set[str]) -> tuple[dict[str, Any], list[Fault]]:
    named = (
        [] if row["items"] in {"", "/", "全部", "全部事项"} else [one for one in SEPARATORS.split(row["items"]) if one]
    )
    made: dict[str, Any] = {name: row[name] for name in ("code", "name", "ground")} | {"item_codes": named}
    problems: list[Fault] = []
    for name, sentence in (
        ("code", _t("没有编码。")),
        ("name", _t("没有名称。")),
        ("ground", _t("没有依据：写明设定它的文件。")),
    ):
        if not row[name]:
            problems.append((name, sentence))
    problems += [
        (name, _t("太长：最多 %(most)d 字。") % {"most": longest})
        for name, longest in LONGEST.items()
        if len(row.get(name, "")) > longest
    ]
    if unknown := [one for one in named if one not in codes]:
        words = _t("本部门的执法目录里没有编码“%(code)s”的事项。") % {"code": unknown[0][:30]}
        problems.append(("items", words))
    return made, problems + kind.judge(row, made)


def _newest(department: Any, kind: Kind) -> dict[str, dict[str, Any]]:
    rows = kind.model.objects.filter(entry__department=department, entry__state=Entry.State.KEPT)
    found: dict[str, dict[str, Any]] = {}
    for version in rows.select_related("entry").order_by("entry", "version"):
        said = {name: getattr(version, "list" if name == "list_name" else name) for name in kind.kept}
        said = {name: f"{value:.2f}" if isinstance(value, Decimal) else value for name, value in said.items()}
        said |= {"name": version.entry.title, "ground": version.ground, "item_codes": list(version.item_codes)}
        found[version.entry.code] = said
    return found


def _compared(made: dict[str, Any], kind: Kind) -> dict[str, Any]:
    return {name: made[name] for name in (*kind.kept, "name", "ground", "item_codes")}


def _ended(department: Any, kind: Kind) -> set[str]:
    rows = Entry.objects.filter(department=department, kind=kind.key, state=Entry.State.ENDED)
    return set(rows.values_list("code", flat=True))
