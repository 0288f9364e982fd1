"""The columns of a list of officers, recognised by their headers; their order does not matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from portal.tabular.cleaning import as_text, packed
from portal.tabular.tables import RawRow, UnreadableError

HEADER_WITHIN = 20
SIGNS = re.compile(r"[\W_]+")


class Field(StrEnum):
    """What a column can hold."""

    NAME = "name"
    IDENTITY = "identity"
    GENDER = "gender"
    PHONE = "phone"
    POSITION = "position"
    DEPARTMENT = "department"
    ENTERED_ON = "entered_on"
    LEGAL_NUMBER = "legal_number"
    NUMBER = "number"
    ISSUER = "issuer"
    FIELDS = "fields"
    AREA = "area"
    VALID_FROM = "valid_from"
    VALID_TO = "valid_to"


# The first header of each is the one of the template.
HEADERS: dict[Field, tuple[str, ...]] = {
    Field.NAME: ("姓名", "执法人员姓名", "持证人", "人员姓名"),
    Field.IDENTITY: ("公民身份号码", "身份证号", "身份证号码", "居民身份证号码", "证件号码"),
    Field.GENDER: ("性别",),
    Field.PHONE: ("手机", "手机号", "手机号码", "联系电话"),
    Field.POSITION: ("职务", "职级", "职务职级", "岗位"),
    Field.DEPARTMENT: ("部门", "单位", "所在单位", "工作单位", "执法部门"),
    Field.ENTERED_ON: ("到岗日期", "任职日期", "上岗日期"),
    Field.LEGAL_NUMBER: ("法律职业资格证书编号", "法律职业资格证号", "法律职业资格证书号"),
    Field.NUMBER: ("执法证号", "执法证件号", "行政执法证号", "执法证编号", "证号"),
    Field.ISSUER: ("发证机关",),
    Field.FIELDS: ("执法领域", "执法类别", "执法门类"),
    Field.AREA: ("执法区域", "执法地域"),
    Field.VALID_FROM: ("有效期自", "发证日期", "有效期起", "有效期开始日期"),
    Field.VALID_TO: ("有效期至", "有效期止", "有效期截止日期", "到期日期"),
}
NEEDED = (Field.NAME, Field.IDENTITY)
ON_A_CERTIFICATE = (Field.NUMBER, Field.ISSUER, Field.FIELDS, Field.AREA, Field.VALID_FROM, Field.VALID_TO)


@dataclass(frozen=True)
class Header:
    """A header row: which field stands in which column, and the headers that mean nothing to us."""

    line: int
    columns: dict[Field, int]
    written: dict[Field, str]
    unused: tuple[str, ...]

    def label(self, name: Field) -> str:
        """The column's header as written; the template's when the file lacks it."""
        return self.written.get(name, HEADERS[name][0])


def plain(text: str) -> str:
    """A header without punctuation and white space, full-width or not."""
    return SIGNS.sub("", packed(text))


BY_HEADER = {plain(header): name for name, headers in HEADERS.items() for header in headers}


def recognise(rows: Sequence[RawRow]) -> Header:
    """The header among the first rows of a sheet; titles above it do not disturb.

    Raises UnreadableError that names the columns still missing.
    """
    best: Header | None = None
    for row in rows[:HEADER_WITHIN]:
        found = _bind(row)
        if best is None or len(found.columns) > len(best.columns):
            best = found
    missing = [HEADERS[name][0] for name in NEEDED if best is None or name not in best.columns]
    if best is None or missing:
        raise UnreadableError(
            "unknown_header",
            _("前 %(count)d 行里没有认出表头，缺这些列：%(missing)s。可以下载空白表，照表头填。")
            % {"count": HEADER_WITHIN, "missing": "、".join(missing)},
        )
    return best


def _bind(row: RawRow) -> Header:
    columns: dict[Field, int] = {}
    written: dict[Field, str] = {}
    unused: list[str] = []
    for place, cell in enumerate(row.cells):
        text = as_text(cell)
        name = BY_HEADER.get(plain(text)) if text else None
        if name is not None and name not in columns:
            columns[name], written[name] = place, text
        elif text:
            unused.append(text)
    return Header(row.line, columns, written, tuple(unused))
