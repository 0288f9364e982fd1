"""Decisions that offices made on paper and bring in as files: the rows, the files, and what follows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from dataclasses import dataclass

from demo.days import Days, moment
from demo.names import Figure, Inventor
from demo.sources import Body, Item, Outcome, bodies, words
from demo.stories import Step

KIND_WORDS = {
    "warning": "警告",
    "fine": "罚款",
    "confiscate_gains": "没收违法所得",
    "confiscate_goods": "没收非法财物",
    "suspend_business": "责令停产停业",
    "other": "其他",
}
CREDIT_CODE = "行政相对人代码_1（统一社会信用代码）"


@dataclass(frozen=True)
class Imported:
    """A decision made on paper; `lacks` is what its row leaves empty."""

    key: int
    body: Body
    item: Item
    figure: Figure
    number: str
    decided_on: dt.date
    kinds: tuple[str, ...]
    fine: int | None
    other: str
    lacks: str
    masker: str
    head: str

    @property
    def content(self) -> str:
        """What was imposed, in words."""
        said = KIND_WORDS | {"fine": f"罚款人民币{self.fine or 0:,}元", "other": self.other}
        return "；".join(said[kind] for kind in self.kinds)


@dataclass(frozen=True)
class ImportFile:
    """A file of one department on one day."""

    key: int
    body: Body
    layout: str
    actor: str
    rows: tuple[Imported, ...]

    def text(self) -> str:
        """The CSV: its rows, then the first one again and one with a wrong credit code."""
        stream = io.StringIO()
        wide = self.layout == "official29"
        header, told = (words()["wide"], _wide) if wide else (words()["narrow"], _narrow)
        writer = csv.DictWriter(stream, header, restval="")
        writer.writeheader()
        writer.writerows(told(row) for row in self.rows)
        writer.writerow(told(self.rows[0]))
        if wide:
            wrong = told(self.rows[-1])
            wrong[CREDIT_CODE] = "91650204MA99000000"
            writer.writerow(wrong)
        return stream.getvalue()


def _wide(row: Imported) -> dict[str, str]:
    natural = row.figure.kind == "natural"
    return {
        "行政相对人名称": row.figure.name,
        CREDIT_CODE: row.figure.credit_code or "/",
        "法定代表人": row.figure.representative or "/",
        "证件类型": "身份证" if natural else "",
        "证件号码": row.figure.identity if natural else "",
        "行政处罚决定书文号": "" if row.lacks == "number" else row.number,
        "违法行为类型": row.item.did,
        "违法事实": f"{row.figure.name}{row.item.did}（归集的历史数据，虚构）",
        "处罚依据": row.item.basis,
        "处罚类别": "、".join(KIND_WORDS[kind] for kind in row.kinds),
        "处罚内容": "" if row.lacks == "content" else row.content,
        "处罚金额（万元）": f"{row.fine / 10_000:.4f}" if row.fine else "/",
        "处罚决定日期": "" if row.lacks == "decided_on" else f"{row.decided_on:%Y/%m/%d}",
        "处罚机关": row.body.name,
        "数据来源单位": row.body.name,
    }


def _narrow(row: Imported) -> dict[str, str]:
    kinds = {"natural": "自然人", "business": "个体工商户", "company": "法人及非法人组织"}
    natural = row.figure.kind == "natural"
    return {
        "所属地区行政区划编码": "650204",
        "所属地区名称": "克拉玛依市白碱滩区",
        "执法部门名称": row.body.name,
        "行政处罚决定书文号": "" if row.lacks == "number" else row.number,
        "案件名称": f"{row.figure.name}{row.item.did}案",
        "被处罚对象类别": kinds[row.figure.kind],
        "被处罚对象名称": row.figure.name,
        "被处罚对象证件类型": "身份证" if natural else "统一社会信用代码",
        "被处罚对象证件号码": row.figure.identity if natural else row.figure.credit_code,
        "被处罚单位法定代表人姓名": row.figure.representative,
        "行政处罚权力事项名称": row.item.name,
        "对外公开的行政处罚决定书全文或摘要": "" if row.lacks == "content" else row.content,
        "作出行政处罚的日期": "" if row.lacks == "decided_on" else f"{row.decided_on:%Y%m%d}",
        "状态标记": "0",
    }


# Department, layout, files, rows in each.
FILES = (
    ("SCJGJ", "official29", 3, 14),
    ("CGJ", "official29", 3, 14),
    ("JTYSJ", "official20", 2, 13),
    ("XFJY", "official20", 2, 12),
    ("YBJ", "official29", 1, 11),
    ("ZJJ", "official29", 1, 11),
)
SMALL = (("CGJ", "official29", 1, 4),)


def gathered(
    first_key: int, days: Days, rng: random.Random, inventor: Inventor, *, small: bool
) -> tuple[list[ImportFile], list[Step]]:
    """The files, and the steps: each file's import, and how its decisions go public."""
    by_code = {body.code: body for body in bodies()}
    files: list[ImportFile] = []
    steps: list[Step] = []
    used: Used = {}
    key = first_key
    for code, layout, count, rows in SMALL if small else FILES:
        body = by_code[code]
        for number in range(count):
            place = days.before_today(9 + round((count - 1 - number) * 430 / max(count, 1)) + rng.randint(0, 12))
            members = [_imported(key + 1 + row, body, place, days, rng, inventor, used) for row in range(rows)]
            file = ImportFile(key, body, layout, f"{code.lower()}.admin", tuple(members))
            files.append(file)
            steps.append(Step(moment(days.at(place), rng.randint(20, 200)), 0, file.key, "import"))
            last = number == count - 1
            for member in members:
                steps += _afterwards(member, place, days, rng, rest=last and rng.random() < 0.2)
            key += 1 + rows
    return files, steps


Used = dict[tuple[str, int], int]


def numbered(body: Body, year: int, chance: int, used: Used) -> str:
    """The next number of the body's older series; now and then one is left out, as in real lists."""
    used[body.code, year] = used.get((body.code, year), 0) + (2 if chance % 9 == 0 else 1)
    return f"{body.prefix}罚字〔{year}〕{used[body.code, year]}号"


def _imported(
    key: int, body: Body, place: int, days: Days, rng: random.Random, inventor: Inventor, used: Used
) -> Imported:
    item = rng.choice(body.items)
    outcome: Outcome = rng.choice(item.outcomes)
    day = days.at(place - (rng.randint(1, 4) if rng.random() < 0.88 else rng.randint(8, 40)))
    fine = rng.randrange(outcome.fine[0], outcome.fine[1] + 1, 50) if outcome.fine else None
    return Imported(
        key=key,
        body=body,
        item=item,
        figure=inventor.figure(rng.choice(item.who), body.code),
        number=numbered(body, day.year, inventor.number(), used),
        decided_on=day,
        kinds=outcome.kinds,
        fine=fine,
        other=outcome.words,
        lacks=rng.choices(("", "content", "number", "decided_on"), (86, 6, 4, 4))[0],
        masker=f"{body.code.lower()}.admin",
        head=f"{body.code.lower()}.head",
    )


def _afterwards(member: Imported, place: int, days: Days, rng: random.Random, *, rest: bool) -> list[Step]:
    """Completed where something was lacking, then shown; some still wait."""
    steps: list[Step] = []
    last = days.before_today(1)
    months = rng.choice(("12", "36"))

    def then(act: str, at: int, minute: int) -> None:
        steps.append(Step(moment(days.at(min(at, last)), minute), len(steps) + 1, member.key, act, {"months": months}))

    if member.lacks:
        if rest or rng.random() < 0.5:
            return []
        then("complete", place + 1, rng.randint(5, 200))
    if rest:
        return steps
    gap = rng.randint(1, 2)
    then("mask", place + gap, rng.randint(210, 260))
    then("approve_disclosure", place + gap, rng.randint(270, 330))
    then("publish", place + gap + rng.randint(0, 1), rng.randint(340, 420))
    return steps
