"""The layouts known by their headers: which column holds what, and in which unit amounts are written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.tabular.cleaning import as_text, packed
from portal.tabular.tables import RawRow, UnreadableError

YUAN = Decimal(1)
TEN_THOUSAND = Decimal(10_000)
UNIT = re.compile(r"\((万元|元)\)|(?<=金额)(万元|元)$")
SIGNS = re.compile(r"[\W_]+")
HEADER_WITHIN = 20


class Field(StrEnum):
    """What a column can hold."""

    PARTY = "party"
    PARTY_KIND = "party_kind"
    CREDIT_CODE = "credit_code"
    REGISTRATION = "registration"
    PAPER_KIND = "paper_kind"
    PAPER_NUMBER = "paper_number"
    REPRESENTATIVE = "representative"
    NUMBER = "number"
    TITLE = "title"
    ITEM = "item"
    FACTS = "facts"
    BASIS = "basis"
    KINDS = "kinds"
    CONTENT = "content"
    FINE = "fine"
    CONFISCATED = "confiscated"
    LICENCE = "licence"
    DECIDED_ON = "decided_on"
    AUTHORITY = "authority"
    REMARK = "remark"
    PROCEDURE = "procedure"
    DOCUMENT_TITLE = "document_title"
    LINK = "link"


PROCEDURE = ("适用程序", "处罚程序", "程序类型", "办案程序")
AMOUNTS = frozenset({Field.FINE, Field.CONFISCATED})


@dataclass(frozen=True)
class Layout:
    """One known layout. `needed`: groups of fields, at least one of each group must have a column."""

    key: str
    label: Promise
    columns: Mapping[Field, tuple[str, ...]]
    needed: tuple[tuple[Field, ...], ...]
    unit: Decimal = YUAN

    @property
    def by_header(self) -> dict[str, Field]:
        """Folded header → field."""
        return {plain_header(header): name for name, headers in self.columns.items() for header in headers}


NFRA = Layout(
    key="nfra",
    label=gettext_lazy("金融监管总局行政处罚公示列表（15 至 25 列）"),
    columns={
        Field.PARTY: ("当事人名称", "被处罚当事人", "被处罚当事人姓名或名称"),
        Field.PARTY_KIND: ("当事人类型",),
        Field.NUMBER: ("处罚决定书文号", "行政处罚决定书文号"),
        Field.FACTS: ("主要违法违规事实", "主要违法违规事实（案由）"),
        Field.BASIS: ("行政处罚依据",),
        Field.CONTENT: ("行政处罚内容", "行政处罚决定"),
        Field.KINDS: ("处罚类型",),
        Field.FINE: ("罚款金额",),
        Field.AUTHORITY: ("作出决定机关", "作出处罚决定的机关名称"),
        Field.DECIDED_ON: ("作出处罚决定的日期", "作出决定时间"),
        Field.DOCUMENT_TITLE: ("文档标题",),
        Field.LINK: ("源链接",),
        Field.PROCEDURE: PROCEDURE,
    },
    needed=((Field.PARTY,), (Field.CONTENT, Field.FACTS), (Field.DOCUMENT_TITLE, Field.NUMBER)),
)

OFFICIAL_29 = Layout(
    key="official29",
    label=gettext_lazy("双公示行政处罚信息（29 列，金额为万元）"),
    columns={
        Field.PARTY: ("行政相对人名称",),
        Field.PARTY_KIND: ("行政相对人类别",),
        Field.CREDIT_CODE: ("行政相对人代码_1（统一社会信用代码）", "统一社会信用代码"),
        Field.REGISTRATION: ("行政相对人代码_2（工商注册号）",),
        Field.REPRESENTATIVE: ("法定代表人", "法定代表人姓名"),
        Field.PAPER_KIND: ("证件类型",),
        Field.PAPER_NUMBER: ("证件号码",),
        Field.NUMBER: ("行政处罚决定书文号", "处罚决定书文号"),
        Field.TITLE: ("违法行为类型",),
        Field.FACTS: ("违法事实",),
        Field.BASIS: ("处罚依据",),
        Field.KINDS: ("处罚类别",),
        Field.CONTENT: ("处罚内容",),
        Field.FINE: ("处罚金额", "罚款金额"),
        Field.CONFISCATED: (
            "没收违法所得、没收非法财务的金额", "没收违法所得、没收非法财物的金额", "没收金额",
        ),
        Field.LICENCE: ("暂扣或吊销证照名称及编号",),
        Field.DECIDED_ON: ("处罚决定日期",),
        Field.AUTHORITY: ("处罚机关",),
        Field.REMARK: ("备注",),
        Field.PROCEDURE: PROCEDURE,
    },
    needed=((Field.PARTY,), (Field.NUMBER,), (Field.CONTENT,)),
    unit=TEN_THOUSAND,
)  # fmt: skip

OFFICIAL_20 = Layout(
    key="official20",
    label=gettext_lazy("行政处罚结果信息上传表（20 列）"),
    columns={
        Field.PARTY: ("被处罚对象名称",),
        Field.PARTY_KIND: ("被处罚对象类别",),
        Field.PAPER_KIND: ("被处罚对象证件类型",),
        Field.PAPER_NUMBER: ("被处罚对象证件号码",),
        Field.REPRESENTATIVE: ("被处罚单位法定代表人姓名",),
        Field.NUMBER: ("行政处罚决定书文号",),
        Field.TITLE: ("案件名称",),
        Field.ITEM: ("行政处罚权力事项名称",),
        Field.CONTENT: ("对外公开的行政处罚决定书全文或摘要",),
        Field.DECIDED_ON: ("作出行政处罚的日期", "作出行政处罚决定的日期"),
        Field.AUTHORITY: ("执法部门名称",),
        Field.REMARK: ("撤销处罚的原因说明",),
        Field.PROCEDURE: PROCEDURE,
    },
    needed=((Field.PARTY,), (Field.NUMBER,), (Field.CONTENT, Field.TITLE)),
)

PUBLIC_PAGE = Layout(
    key="page15",
    label=gettext_lazy("区县公示页（15 项）"),
    columns={
        Field.PARTY: ("行政相对人名称",),
        Field.CREDIT_CODE: ("行政相对人代码(统一社会信用代码)", "统一社会信用代码"),
        Field.REPRESENTATIVE: ("法定代表人姓名",),
        Field.NUMBER: ("行政处罚决定书文号",),
        Field.TITLE: ("处罚名称",),
        Field.FACTS: ("处罚事由",),
        Field.BASIS: ("处罚依据",),
        Field.KINDS: ("处罚类别",),
        Field.CONTENT: ("处罚结果",),
        Field.DECIDED_ON: ("处罚决定日期",),
        Field.AUTHORITY: ("处罚机关",),
        Field.PROCEDURE: PROCEDURE,
    },
    needed=((Field.PARTY,), (Field.NUMBER,), (Field.CONTENT,)),
)

TEMPLATE_10 = Layout(
    key="template10",
    label=gettext_lazy("企业信用公示行政处罚导入模板（10 列）"),
    columns={
        Field.PARTY: ("企业名称",),
        Field.CREDIT_CODE: ("注册号", "统一社会信用代码", "注册号/统一社会信用代码"),
        Field.NUMBER: ("处罚决定书文号",),
        Field.FACTS: ("违法类型",),
        Field.KINDS: ("处罚类型",),
        Field.CONTENT: ("行政处罚内容",),
        Field.DECIDED_ON: ("处罚决定日期",),
        Field.AUTHORITY: ("处罚决定机关",),
        Field.FINE: ("罚款金额",),
        Field.CONFISCATED: ("没收金额",),
        Field.PROCEDURE: PROCEDURE,
    },
    needed=((Field.PARTY,), (Field.NUMBER,), (Field.CONTENT,)),
)

LAYOUTS = {layout.key: layout for layout in (NFRA, OFFICIAL_29, OFFICIAL_20, PUBLIC_PAGE, TEMPLATE_10)}


@dataclass(frozen=True)
class Column:
    """One column of the file: where it stands, its header as written, and the unit of its amounts."""

    index: int
    header: str
    unit: Decimal = YUAN


@dataclass(frozen=True)
class Recognised:
    """A header row that was recognised."""

    layout: Layout
    line: int
    headers: tuple[str, ...]
    columns: Mapping[Field, tuple[Column, ...]]
    unused: tuple[str, ...] = field(default=())

    @cached_property
    def names(self) -> frozenset[str]:
        """The headers as written."""
        return frozenset(header for header in self.headers if header)

    def column_named(self, header: str) -> Column | None:
        """The column with that header, however it is spaced; a plain one if there are several."""
        wanted = plain_header(header)
        return next((Column(i, name) for i, name in enumerate(self.headers) if plain_header(name) == wanted), None)


@dataclass
class UnknownHeaderError(UnreadableError):
    """No known layout fits; names the closest one and the columns it would still need."""

    closest: str = ""
    missing: tuple[str, ...] = ()


def plain_header(text: str) -> str:
    """A header without unit, punctuation and white space, full-width or not."""
    return SIGNS.sub("", UNIT.sub("", packed(text)))


def recognise(rows: Sequence[RawRow], forced: str | None = None) -> Recognised:
    """The header among the first rows of a sheet and the layout it belongs to.

    An instruction above the header does not disturb. With `forced` only that layout is tried. Raises
    UnknownHeaderError, and KeyError for a name that is no layout.
    """
    candidates = [LAYOUTS[forced]] if forced else list(LAYOUTS.values())
    best: tuple[int, int, Recognised] | None = None
    closest: tuple[int, Layout, Recognised] | None = None
    for row in rows[:HEADER_WITHIN]:
        for layout in candidates:
            found = _bind(row, layout)
            score = sum(len(columns) for columns in found.columns.values())
            if closest is None or score > closest[0]:
                closest = (score, layout, found)
            complete = all(any(name in found.columns for name in group) for group in layout.needed)
            if complete and (best is None or (score, -row.line) > best[:2]):
                best = (score, -row.line, found)
    if best is not None:
        return best[2]
    raise _unknown(closest, rows, forced)


def _bind(row: RawRow, layout: Layout) -> Recognised:
    headers = tuple(as_text(cell) for cell in row.cells)
    by_header = layout.by_header
    columns: dict[Field, list[Column]] = {}
    unused = []
    for index, header in enumerate(headers):
        name = by_header.get(plain_header(header))
        if name is None:
            if header:
                unused.append(header)
            continue
        columns.setdefault(name, []).append(Column(index, header, _unit(header, layout) if name in AMOUNTS else YUAN))
    bound = {name: tuple(found) for name, found in columns.items()}
    return Recognised(layout, row.line, headers, bound, tuple(unused))


def _unit(header: str, layout: Layout) -> Decimal:
    """A unit written in the header goes before the layout's."""
    match = UNIT.search(packed(header))
    if match is None:
        return layout.unit
    return TEN_THOUSAND if "万元" in match[0] else YUAN


def _unknown(
    closest: tuple[int, Layout, Recognised] | None, rows: Sequence[RawRow], forced: str | None
) -> UnknownHeaderError:
    if closest is None or closest[0] == 0:
        if rows and all(len(row.cells) <= 1 for row in rows):
            sentence = _("文件只有一列：分隔符可能不是逗号、制表符或者分号。请用表格软件另存为 xlsx 后再上传。")
        else:
            sentence = _("前 %(count)d 行里没有认出任何列名。请保留原系统的表头再上传。可用的格式：%(known)s。") % {
                "count": HEADER_WITHIN,
                "known": "、".join(str(layout.label) for layout in LAYOUTS.values()),
            }
        return UnknownHeaderError("unknown_header", sentence)
    score, layout, found = closest
    missing = tuple(
        "／".join(layout.columns[name][0] for name in group)
        for group in layout.needed
        if not any(name in found.columns for name in group)
    )
    words = _("没有认出表头。最接近“%(label)s”（认出 %(score)d 列），还缺：%(missing)s。")
    if forced:
        words = _("表头不符合指定的“%(label)s”（认出 %(score)d 列），还缺：%(missing)s。")
    sentence = words % {"label": layout.label, "score": score, "missing": "、".join(missing)}
    return UnknownHeaderError("unknown_header", sentence, found.line, layout.key, missing)
