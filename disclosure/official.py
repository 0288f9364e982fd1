"""The official layouts a disclosed penalty is handed over in: their columns as data, and each row checked before it is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.models import Party, PenaltyKind
from portal.accounts.credit_code import credit_code_error
from portal.accounts.identity import identity_error

TEN_THOUSAND = Decimal(10_000)
FOR_EVER = "2099-12-31"
IDENTITY_CARD, CREDIT_CODE = "身份证", "统一社会信用代码"
# Code tables as the official files spell them; they stay Chinese whatever the desk speaks.
PARTY_KINDS = {"company": "法人及非法人组织", "business": "个体工商户", "natural": "自然人"}
TAKING_LICENCES = frozenset(
    {PenaltyKind.SUSPEND_LICENCE.value, PenaltyKind.LOWER_GRADE.value, PenaltyKind.REVOKE_LICENCE.value}
)
CONFISCATING = frozenset({PenaltyKind.CONFISCATE_GAINS.value, PenaltyKind.CONFISCATE_GOODS.value})


@dataclass(frozen=True)
class Row:
    """One party of one disclosed decision: the published snapshot's words, the record's numbers."""

    disclosure: Any
    party: Any
    content: dict[str, Any]
    exported_at: str
    district: str = ""

    @property
    def department(self) -> Any:
        """Who decided."""
        return self.disclosure.act.department

    @property
    def is_natural(self) -> bool:
        """Whether a person, not an enterprise."""
        return bool(self.party.kind == Party.Kind.NATURAL)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of penalty."""
        return frozenset(self.disclosure.corrected.get("kinds", self.disclosure.decision.kinds))

    def text(self, name: str) -> str:
        """A text as it was published."""
        return str(self.content.get(name) or "")

    def money(self, name: str) -> Decimal:
        """An amount in yuan, as it was published."""
        return Decimal(str(self.content.get(name) or 0))


@dataclass(frozen=True)
class Column:
    """One column: its head, its value, when it must be filled in, and what else must hold."""

    head: str
    value: Callable[[Row], str]
    needed: Callable[[Row], bool] = lambda _row: False
    problem: Callable[[Row, str], str | None] = lambda _row, _value: None
    longest: int = 0
    mend: str = "act"


@dataclass(frozen=True)
class Layout:
    """A layout with the place its columns were taken from."""

    key: str
    label: Any
    source: Any
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be written: which column, and what to do."""

    head: str
    sentence: str
    mend: str


def always(_row: Row) -> bool:
    """Needed in every row."""
    return True


def enterprise(row: Row) -> bool:
    """Needed for organisations and individual businesses."""
    return not row.is_natural


def natural(row: Row) -> bool:
    """Needed for natural persons."""
    return row.is_natural


def blank(_row: Row) -> str:
    """What the portal does not keep."""
    return ""


def ten_thousands(amount: Decimal) -> str:
    """Yuan → 万元 with at most six decimals, without an exponent: 5,000 → 0.5."""
    text = f"{(amount / TEN_THOUSAND).quantize(Decimal('0.000001')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _code(_row: Row, value: str) -> str | None:
    return credit_code_error(value) if value else None


def _card(_row: Row, value: str) -> str | None:
    return identity_error(value) if value else None


def _positive(needed: frozenset[str]) -> Callable[[Row, str], str | None]:
    def problem(row: Row, value: str) -> str | None:
        if row.kinds & needed and value in {"", "0"}:
            return _t("处罚种类里有这一项，金额不能是零。")
        return None

    return problem


def _fined(row: Row) -> bool:
    return PenaltyKind.FINE.value in row.kinds


def _amount(row: Row, name: str) -> str:
    amount = row.money(name)
    return ten_thousands(amount) if amount else ""


def _kinds(row: Row) -> str:
    return ";".join(str(one) for one in row.content.get("kinds") or [])


def _party_name(row: Row) -> str:
    return str(row.party.name)


def _number(row: Row) -> str:
    return row.text("number")


def _decided(row: Row) -> str:
    return row.text("decided_on")


def _agency(row: Row) -> str:
    return row.text("agency")


def _agency_code(row: Row) -> str:
    return str(row.department.credit_code)


def _unit(row: Row) -> str:
    return str(row.department.name)


def _identity(row: Row) -> str:
    return str(row.party.identity) if row.is_natural else ""


def _credit(row: Row) -> str:
    return "" if row.is_natural else str(row.party.credit_code)


def _representative(row: Row) -> str:
    return "" if row.is_natural else str(row.party.representative)


TWENTY_NINE = Layout(
    "official29",
    _("双公示行政处罚信息（29 列，金额为万元）"),
    _(
        "某省交通运输部门“双公示”数据表的表头；必填和代码由公开的系统反推，未核；原标准（发改办财金〔2018〕424 号附件）未取得"
    ),
    (
        Column("行政相对人名称", _party_name, always, longest=200),
        Column("行政相对人代码_1（统一社会信用代码）", _credit, enterprise, _code),
        Column("行政相对人代码_2（工商注册号）", blank),
        Column("行政相对人代码_3（组织机构代码）", blank),
        Column("行政相对人代码_4（税务登记号）", blank),
        Column("行政相对人代码_5（事业单位证书号）", blank),
        Column("行政相对人代码_6（社会组织登记证号）", blank),
        Column("法定代表人", _representative, enterprise, longest=50),
        Column("法定代表人身份证号", blank),
        Column("证件类型", lambda row: IDENTITY_CARD if row.is_natural else "", natural),
        Column("证件号码", _identity, natural, _card),
        Column("行政处罚决定书文号", _number, always, longest=128),
        Column("违法行为类型", lambda row: row.text("item") or row.text("title"), always, longest=2000),
        Column("违法事实", lambda row: row.text("facts"), always, longest=5000),
        Column("处罚依据", lambda row: row.text("basis"), always, longest=2048),
        Column("处罚类别", _kinds, always),
        Column("处罚内容", lambda row: row.text("content"), always, longest=4000),
        Column("处罚金额（万元）", lambda row: _amount(row, "fine"), _fined, _positive(frozenset({"fine"}))),
        Column(
            "没收违法所得、没收非法财务的金额（万元）",
            lambda row: _amount(row, "confiscation"),
            lambda row: PenaltyKind.CONFISCATE_GAINS.value in row.kinds,
        ),
        Column(
            "暂扣或吊销证照名称及编号",
            lambda row: row.disclosure.decision.licence,
            lambda row: bool(row.kinds & TAKING_LICENCES),
            longest=200,
        ),
        Column("处罚决定日期", _decided, always),
        Column("处罚有效期", lambda _row: FOR_EVER, always),
        Column("公示截止期", lambda row: row.text("display_until"), always, mend="disclosure"),
        Column("处罚机关", _agency, always, longest=200),
        Column("处罚机关统一社会信用代码", _agency_code, always, _code, mend="department"),
        Column("数据来源单位", _unit, always, longest=200),
        Column("数据来源单位统一社会信用代码", _agency_code, always, _code, mend="department"),
        Column("备注", blank),
        Column("数据导出时间", lambda row: row.exported_at, always),
    ),
)
TWENTY = Layout(
    "official20",
    _("行政处罚结果信息上传表（20 列）"),
    _("某省行政处罚结果信息公开系统的上传模板表头；参照，不是本自治区的标准"),
    (
        # Signs 3 to 8 of a department's credit code are its division (GB 32100).
        Column("所属地区行政区划编码", lambda row: _agency_code(row)[2:8], always, mend="department"),
        Column("所属地区名称", lambda row: row.district, always, mend="department"),
        Column("执法部门名称", _agency, always),
        Column("执法部门组织编码", _agency_code, always, _code, mend="department"),
        Column("行政处罚决定书文号", _number, always),
        Column("案件名称", lambda row: row.text("title"), always),
        Column("被处罚对象类别", lambda row: PARTY_KINDS[row.party.kind], always),
        Column("被处罚对象名称", _party_name, always),
        Column("被处罚对象证件类型", lambda row: IDENTITY_CARD if row.is_natural else CREDIT_CODE, always),
        Column(
            "被处罚对象证件号码",
            lambda row: _identity(row) or _credit(row),
            always,
            lambda row, value: _card(row, value) if row.is_natural else _code(row, value),
        ),
        Column("被处罚单位法定代表人姓名", _representative, enterprise),
        Column("被处罚单位法定代表人证件类型", blank),
        Column("被处罚单位法定代表人证件号", blank),
        Column("行政处罚权力事项名称", lambda row: row.text("item"), always),
        Column("权力内部编码（权力事项唯一码）", lambda row: row.text("item_code"), always),
        Column("对外公开的行政处罚决定书全文或摘要", lambda row: row.text("content"), always),
        Column("作出行政处罚的日期", _decided, always),
        Column("状态标记", lambda _row: "正常", always),
        Column("撤销处罚的原因说明", blank),
        Column("涉案金额", blank),
    ),
)
LAYOUTS = {layout.key: layout for layout in (TWENTY_NINE, TWENTY)}


def district_name() -> str:
    """The district's name: the government's without its last words."""
    from portal.accounts.models import Department

    found = Department.objects.filter(kind=Department.Kind.GOVERNMENT).values_list("name", flat=True).first()
    return str(found or "").removesuffix("人民政府")


def written(layout: Layout, row: Row) -> tuple[list[str], list[Fault]]:
    """The row's cells, and everything that keeps it from being written."""
    cells, faults = [], []
    for column in layout.columns:
        value = column.value(row).strip()
        cells.append(value)
        sentence = None
        if not value and column.needed(row):
            sentence = _t("必填，现在是空的。")
        elif column.longest and len(value) > column.longest:
            sentence = _t("最多 %(most)d 个字，现在 %(now)d 个。") % {"most": column.longest, "now": len(value)}
        else:
            sentence = column.problem(row, value)
        if sentence:
            faults.append(Fault(column.head, str(sentence), column.mend))
    return cells, faults


def rows_of(disclosure: Any, exported_at: str, district: str = "") -> list[Row]:
    """A row for each party; the words are those of the snapshot that is shown now."""
    snapshot = max(disclosure.snapshots.all(), key=lambda one: one.number)
    content = json.loads(snapshot.content)
    return [Row(disclosure, party, content, exported_at, district) for party in disclosure.act.parties.all()]
