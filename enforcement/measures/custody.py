"""The book of things: lists read from lines, what is still in custody, and moves that never lose or make a thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _t

from enforcement.measures.models import Disposal, Fate, Measure, Thing
from enforcement.models import Case

MOST_LINES = 200
SEPARATORS = re.compile(r"[,，\t|｜;；]")
QUANTITY = re.compile(r"\d{1,9}(\.\d{1,3})?", re.ASCII)
LONGEST = {"name": 80, "specification": 80, "unit": 12, "note": 120}


@dataclass(frozen=True)
class Line:
    """One line of a list as read."""

    name: str
    specification: str
    quantity: Decimal
    unit: str
    note: str = ""


def read_lines(text: str) -> tuple[list[Line], str]:
    """The lines of a list, and the first thing that is wrong with it, or nothing.

    A line: name, specification (may be empty), quantity, unit, and a note if there is one.
    """
    lines: list[Line] = []
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    if not rows:
        return [], _t("请逐行填写物品：名称，规格，数量，单位，备注。")
    if len(rows) > MOST_LINES:
        return [], _t("一份清单最多 %(most)d 行，现有 %(count)d 行。请分成几份。") % {
            "most": MOST_LINES,
            "count": len(rows),
        }
    for number, row in enumerate(rows, start=1):
        line, problem = _read(row)
        if line is None:
            return [], _t("第 %(number)d 行“%(row)s”%(problem)s") % {
                "number": number,
                "row": row[:30],
                "problem": problem,
            }
        lines.append(line)
    return lines, ""


def _read(row: str) -> tuple[Line | None, str]:
    parts = [part.strip() for part in SEPARATORS.split(row)]
    if len(parts) < 4:
        return None, _t("写得不全：名称，规格，数量，单位，备注，用逗号隔开；没有规格的，两个逗号之间空着。")
    name, specification, quantity, unit = parts[:4]
    note = "，".join(parts[4:])
    given = {"name": name, "specification": specification, "unit": unit, "note": note}
    if not name or not unit:
        return None, _t("缺少名称或者单位。")
    if not QUANTITY.fullmatch(quantity) or not Decimal(quantity):
        return None, _t("的数量“%(quantity)s”不是大于零的数（最多三位小数）。") % {"quantity": quantity[:20]}
    if any(len(value) > LONGEST[field] for field, value in given.items()):
        return None, _t("有一栏太长：名称、规格最多 80 字，单位 12 字，备注 120 字。")
    return Line(name, specification, Decimal(quantity), unit, note), ""


def write_list(measure: Measure, lines: Iterable[Line]) -> list[Thing]:
    """The list of a new measure."""
    return [
        Thing.objects.create(
            measure=measure,
            line=place,
            name=line.name,
            specification=line.specification,
            quantity=line.quantity,
            unit=line.unit,
            note=line.note,
        )
        for place, line in enumerate(lines, start=1)
    ]


@dataclass(frozen=True)
class InCustody:
    """A thing with how much of it has no fate yet."""

    thing: Thing
    left: Decimal


def book(case: Case) -> list[InCustody]:
    """Every thing ever taken into custody in a case, with what is left of it; two statements."""
    things = Thing.objects.filter(measure__case=case.pk).select_related("measure").order_by("measure", "line")
    gone = dict(Fate.objects.filter(thing__measure__case=case.pk).values_list("thing").annotate(Sum("quantity")))
    return [InCustody(thing, thing.quantity - gone.get(thing.pk, Decimal())) for thing in things]


def held(case: Case, measure: Measure | None = None) -> list[InCustody]:
    """What is in custody now, of one measure or of all that have begun."""
    return [
        row
        for row in book(case)
        if row.left > 0
        and row.thing.measure.begun_at is not None
        and (measure is None or row.thing.measure_id == measure.pk)
    ]


def balance_problem(case: Case) -> str:
    """Where the book does not add up, or nothing: for the tests and for who wants to be sure.

    What came from outside = what left for good + what is in custody; every move arrived in full.
    """
    rows = book(case)
    came: dict[str, Decimal] = {}
    for row in rows:
        if row.left < 0:
            return f"{row.thing}: more has gone than there was"
        if row.thing.source_id is None:
            came[row.thing.unit] = came.get(row.thing.unit, Decimal()) + row.thing.quantity
    there: dict[str, Decimal] = {}
    for row in rows:
        there[row.thing.unit] = there.get(row.thing.unit, Decimal()) + row.left
    fates = Fate.objects.filter(thing__measure__case=case.pk).select_related("disposal", "thing", "moved_to")
    for fate in fates:
        if fate.disposal.kind in Disposal.MOVES:
            arrived = getattr(fate, "moved_to", None)
            if arrived is None or arrived.quantity != fate.quantity or arrived.unit != fate.thing.unit:
                return f"{fate}: left without arriving"
        else:
            there[fate.thing.unit] = there.get(fate.thing.unit, Decimal()) + fate.quantity
    return "" if came == there else f"came {came}, is or went {there}"


def give_fate(disposal: Disposal, rows: Sequence[InCustody], quantity: Decimal | None = None) -> list[Fate]:
    """Dispose of things: of all that is left of each, or of a quantity of a single one."""
    if quantity is not None and (len(rows) != 1 or not 0 < quantity <= rows[0].left):
        raise ValueError("a quantity is of one thing and no more than is left of it")
    return [
        Fate.objects.create(disposal=disposal, thing=row.thing, quantity=row.left if quantity is None else quantity)
        for row in rows
    ]


def move(fates: Sequence[Fate], target: Measure) -> None:
    """What left one measure arrives in another, line by line, in the same quantity."""
    taken = target.things.count()
    for place, fate in enumerate(fates, start=taken + 1):
        Thing.objects.create(
            measure=target,
            line=place,
            name=fate.thing.name,
            specification=fate.thing.specification,
            quantity=fate.quantity,
            unit=fate.thing.unit,
            note=fate.thing.note,
            source=fate,
        )


def settle_if_empty(attempt: Any, measure: Measure) -> bool:
    """The measure is over once nothing of it is in custody; says so as a fact. Returns whether it is."""
    if held(measure.case, measure):
        return False
    measure.settled_on = attempt.on
    measure.save()
    attempt.fact("measure.settled", about=measure.about)
    return True
