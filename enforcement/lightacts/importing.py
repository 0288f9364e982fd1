"""Acts already decided, from a file: good rows through the door, the others told by line, column and reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases.bodies import acting_name
from enforcement.imports.amounts import parse_amount
from enforcement.lightacts.bodies import licence_lines, state_decided, title_of
from enforcement.lightacts.kinds import ACT_MATTER, ASKED, LICENCE_MATTER, Kind
from enforcement.lightacts.models import ActImport, LightAct
from enforcement.models import Decision, EnforcementAct, EnforcementItem, Party
from portal.accounts.credit_code import credit_code_error
from portal.accounts.encryption import mask_identity
from portal.accounts.identity import identity_error
from portal.accounts.roles import Role
from portal.documents.spelling import yuan
from portal.matters.models import Matter
from portal.tabular.cleaning import as_text, folded
from portal.tabular.dates import parse_date
from portal.tabular.faults import RefusedError
from portal.tabular.readers import read_sheets
from portal.workflow import registry
from portal.workflow.actions import Action, Attempt
from portal.workflow.bulk import Creation, perform_many
from portal.workflow.errors import Invalid

HEADERS: dict[str, tuple[str, ...]] = {
    "item": ("事项编码", "许可事项编码", "编码"),
    "party_kind": ("相对人类别", "行政相对人类别", "当事人类别"),
    "party": ("相对人名称", "行政相对人名称", "当事人", "申请人"),
    "credit_code": ("统一社会信用代码",),
    "number": ("决定书文号", "行政许可决定文书号", "文号"),
    "decided_on": ("决定日期", "许可决定日期"),
    "result": ("结论",),
    "content": ("决定内容", "许可内容"),
    "facts": ("事实和理由", "事由"),
    "basis": ("依据", "法律依据"),
    "licence_name": ("许可证件名称", "许可证书名称"),
    "licence_number": ("许可证件编号", "许可编号"),
    "valid_from": ("有效期自",),
    "valid_to": ("有效期至",),
    "amount": ("金额", "金额（元）"),
}
LONGEST = {"party": 200, "number": 120, "content": 4000, "facts": 4000, "basis": 2000, "licence_name": 120, "licence_number": 80}  # fmt: skip
NEEDED = ("item", "party", "number", "decided_on", "content")
PARTIES = {
    "法人": Party.Kind.COMPANY, "法人及非法人组织": Party.Kind.COMPANY, "法人或者其他组织": Party.Kind.COMPANY,
    "企业": Party.Kind.COMPANY, "个体工商户": Party.Kind.BUSINESS, "个体": Party.Kind.BUSINESS,
    "自然人": Party.Kind.NATURAL, "公民": Party.Kind.NATURAL,
}  # fmt: skip
MOST_ROWS = 1000
LATE_REASON = _("信息归集导入")
S = EnforcementAct.State


@dataclass(frozen=True)
class ImportedAct:
    """A decided act as a row tells it."""

    department: Any
    item: Any
    line: int
    row: dict[str, Any]
    late_reason: str = ""

    @property
    def on(self) -> dt.date:
        """The day of the decision."""
        day: dt.date = self.row["decided_on"]
        return day


def build(attempt: Attempt[LightAct, ImportedAct]) -> list[models.Model]:
    """Matter, act, party, decision."""
    data, row = attempt.data, attempt.data.row
    title = title_of(row["party"], data.item)
    licence = data.item.kind == Kind.LICENCE
    matter = Matter(
        kind=LICENCE_MATTER if licence else ACT_MATTER,
        department=data.department,
        title=title,
        number=row["number"],
        opened_at=attempt.now,
    )
    act = LightAct(
        matter=matter,
        kind=data.item.kind,
        department=data.department,
        item=data.item,
        acting_name=acting_name(data.department),
        number=row["number"],
        title=title,
        party_names=row["party"],
        origin=EnforcementAct.Origin.IMPORTED,
        registered_on=attempt.today,
        decided_on=row["decided_on"],
        request=row["facts"] or data.item.name,
        result=row["result"] if licence else LightAct.Result.DECIDED,
        licence_name=row["licence_name"],
        licence_number=row["licence_number"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        amount=row["amount"],
    )
    attempt.matter, attempt.subject = matter, act
    party = Party(act=act, kind=row["party_kind"], name=row["party"], credit_code=row["credit_code"])
    lines = [row["content"]]
    if licence and act.licence_name:
        lines += licence_lines(act)
    if act.amount is not None:
        lines.append(_t("金额：%(amount)s") % {"amount": yuan(act.amount)})
    decision = Decision(
        act=act,
        number=row["number"],
        decided_on=row["decided_on"],
        facts=row["facts"],
        basis=row["basis"],
        content="\n".join(lines),
    )
    return [matter, act, party, decision]


def conclude(attempt: Attempt[LightAct, ImportedAct], rows: list[models.Model]) -> None:
    """The decision is a fact: its disclosure begins."""
    attempt.label(line=attempt.data.line)
    for decision in rows:
        if isinstance(decision, Decision):
            state_decided(attempt, decision)


CREATION: Creation[LightAct, ImportedAct] = Creation(build, conclude)
IMPORT: Action[LightAct, ImportedAct] = Action(
    key="lightacts.import",
    label=_("归集已作出的决定"),
    model=LightAct,
    source=frozenset(),
    target=S.DECIDED.value,
    roles=frozenset({Role.OFFICER.value, Role.DEPT_ADMIN.value}),
    data=ImportedAct,
    body=CREATION.body,
    facts=("act.decided",),
    law=("SX-03",),
    hidden=True,
)


def register() -> None:
    """Put the action on the register."""
    registry.register(IMPORT)


def take_in(path: Path, *, actor: Any, file_name: str) -> ActImport:
    """Read a file and bring its good rows into being; an act is known by its department and number.

    Raises UnreadableError with a sentence, Invalid when the needed columns are missing or it is too long.
    """
    good, faults = _read(path, actor.department)
    numbers = [one.row["number"] for one in good]
    known = set(
        LightAct.objects.filter(department=actor.department, number__in=numbers).values_list("number", flat=True)
    )
    fresh = [one for one in good if one.row["number"] not in known]
    made = perform_many(CREATION, IMPORT, actor=actor, data=fresh) if fresh else []
    for one, result in zip(fresh, made, strict=True):
        if result.refusal is not None:
            faults.append(_fault(one.line, "number", one.row["number"], result.refusal.sentence))
    return ActImport.objects.create(
        department=actor.department,
        actor=actor,
        file_name=file_name[:200],
        at=timezone.now(),
        created=sum(result.subject is not None for result in made),
        present=len(good) - len(fresh),
        faults=faults,
    )


def _fault(line: int, column: str, value: Any, sentence: str) -> dict[str, Any]:
    return {"line": line, "column": HEADERS[column][0], "value": str(value)[:80], "reason": sentence}


def _read(path: Path, department: Any) -> tuple[list[ImportedAct], list[dict[str, Any]]]:
    items = {
        item.code: item
        for item in EnforcementItem.objects.filter(department=department, kind__in=ASKED).order_by("code", "version")
    }
    good: list[ImportedAct] = []
    faults: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    headed, count = False, 0
    for sheet in read_sheets(path):
        columns: dict[str, int] = {}
        for raw in sheet.rows:
            if not columns:
                columns = _columns(raw.cells)
                headed |= bool(columns)
                continue
            cells = {name: raw.cells[at] for name, at in columns.items() if at < len(raw.cells)}
            if not any(as_text(cell) for cell in cells.values()):
                continue
            count += 1
            if count > MOST_ROWS:
                raise Invalid({"file": _t("一份文件最多 %(most)d 行，请分开上传。") % {"most": MOST_ROWS}})
            row, problems = _judged(cells, items)
            number = row.get("number", "")
            if not problems and number in seen:
                problems = [("number", number, _t("与第 %(line)d 行的文号相同。") % {"line": seen[number]})]
            if problems:
                faults += [_fault(raw.line, column, value, sentence) for column, value, sentence in problems]
                continue
            seen[number] = raw.line
            good.append(ImportedAct(department, items[row["item"]], raw.line, row, str(LATE_REASON)))
    if not headed:
        raise Invalid({"file": _t("没有找到需要的列名（事项编码、相对人名称、决定书文号、决定日期、决定内容）。")})
    return good, faults


def _columns(cells: list[Any]) -> dict[str, int]:
    spelled = {folded(as_text(cell)): at for at, cell in reversed(list(enumerate(cells)))}
    found = {
        name: spelled[folded(alias)]
        for name, aliases in HEADERS.items()
        for alias in reversed(aliases)
        if folded(alias) in spelled
    }
    return found if set(NEEDED) <= set(found) else {}


def _judged(cells: dict[str, Any], items: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, Any, str]]]:
    """The row's values, and what is wrong with them: column, value, sentence."""
    row: dict[str, Any] = {name: as_text(cells.get(name, "")) for name in HEADERS}
    problems: list[tuple[str, Any, str]] = [(name, "", _t("没有填写。")) for name in NEEDED if not row[name]]
    for name, longest in LONGEST.items():
        if len(row[name]) > longest:
            problems.append((name, row[name], _t("太长：最多 %(most)d 字。") % {"most": longest}))
    item = items.get(row["item"])
    if row["item"] and item is None:
        problems.append(("item", row["item"], _t("本部门的目录里没有这个编码的许可或者其他执法事项。")))
    kind = PARTIES.get(row["party_kind"] or "法人")
    if kind is None:
        problems.append(("party_kind", row["party_kind"], _t("请写法人、个体工商户或者自然人。")))
    row["party_kind"] = kind.value if kind else ""
    row["credit_code"] = row["credit_code"].upper()
    if row["credit_code"] and (error := credit_code_error(row["credit_code"])):
        # A citizen's number typed into the wrong column is not kept among the faults.
        shown = mask_identity(row["credit_code"]) if identity_error(row["credit_code"]) is None else row["credit_code"]
        problems.append(("credit_code", shown, error))
    for name in ("decided_on", "valid_from", "valid_to"):
        row[name] = _value(problems, name, cells.get(name, ""), parse_date)
    row["amount"] = _value(problems, "amount", cells.get("amount", ""), lambda cell: parse_amount(cell, Decimal(1)))
    if row["decided_on"] and row["decided_on"] > timezone.localdate():
        problems.append(("decided_on", row["decided_on"], _t("决定日期不能晚于今天。")))
    if row["valid_from"] and row["valid_to"] and row["valid_to"] < row["valid_from"]:
        problems.append(("valid_to", row["valid_to"], _t("有效期截止不能早于开始。")))
    if row["amount"] is not None and not 0 <= row["amount"] < Decimal(10) ** 12:
        problems.append(("amount", row["amount"], _t("金额不对。")))
    row["result"] = LightAct.Result.REFUSED if row["result"].startswith("不予") else LightAct.Result.GRANTED
    return row, problems


def _value(problems: list[tuple[str, Any, str]], name: str, cell: Any, read: Any) -> Any:
    try:
        return read(cell) if as_text(cell) else None
    except RefusedError as error:
        problems.append((name, as_text(cell), error.sentence))
        return None
