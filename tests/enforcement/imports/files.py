"""Files of the import tests, made by the tests themselves; every name in them is invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

LISTING = (
    "当事人名称", "当事人类型", "所属机构", "主要违法违规事实", "行政处罚依据", "行政处罚内容", "处罚类型", "罚款金额(元)",
    "作出决定机关", "所属省份", "作出处罚决定的日期", "作出决定时间", "发布日期", "文档标题", "源链接",
)  # fmt: skip
OFFICIAL_29 = (
    "行政相对人名称", "行政相对人代码_1（统一社会信用代码）", "行政相对人代码_2（工商注册号）", "行政相对人代码_3（组织机构代码）",
    "行政相对人代码_4（税务登记号）", "行政相对人代码_5（事业单位证书号）", "行政相对人代码_6（社会组织登记证号）", "法定代表人",
    "法定代表人身份证号", "证件类型", "证件号码", "行政处罚决定书文号", "违法行为类型", "违法事实", "处罚依据", "处罚类别", "处罚内容",
    "处罚金额（万元）", "没收违法所得、没收非法财务的金额（万元）", "暂扣或吊销证照名称及编号", "处罚决定日期", "处罚有效期", "公示截止期",
    "处罚机关", "处罚机关统一社会信用代码", "数据来源单位", "数据来源单位统一社会信用代码", "备注", "数据导出时间",
)  # fmt: skip
OFFICIAL_20 = (
    "所属地区行政区划编码", "所属地区名称", "执法部门名称", "执法部门组织编码", "行政处罚决定书文号", "案件名称", "被处罚对象类别",
    "被处罚对象名称", "被处罚对象证件类型", "被处罚对象证件号码", "被处罚单位法定代表人姓名", "被处罚单位法定代表人证件类型",
    "被处罚单位法定代表人证件号", "行政处罚权力事项名称", "权力内部编码（权力事项唯一码）", "对外公开的行政处罚决定书全文或摘要",
    "作出行政处罚的日期", "状态标记", "撤销处罚的原因说明", "涉案金额",
)  # fmt: skip


def listing_row(number: int = 1, /, **changes: str) -> list[str]:
    """One complete row of the listing; every number makes another decision."""
    values = dict.fromkeys(LISTING, "") | {
        "当事人名称": f"示例第{number}保险股份有限公司",
        "当事人类型": "机构",
        "主要违法违规事实": "编造虚假资料",
        "行政处罚内容": "罚款5万元",
        "处罚类型": "罚款",
        "罚款金额(元)": "50000",
        "作出决定机关": "示例监管分局",
        "发布日期": "2026-04-29 15:26:33",
        "文档标题": f"示例监管分局行政处罚信息公开表（示金罚决字〔2026〕{number}号）",
    }
    unknown = set(changes) - set(LISTING)
    assert not unknown, unknown
    return list((values | changes).values())


def official_row(number: int = 1, /, **changes: object) -> list[object]:
    """One complete row of the 29 columns, amounts in 万元."""
    blank: dict[str, object] = dict.fromkeys(OFFICIAL_29, "/")
    values = blank | {
        "行政相对人名称": f"示例第{number}商贸有限公司",
        "法定代表人": "示例某",
        "行政处罚决定书文号": f"示市监罚〔2026〕{number}号",
        "违法行为类型": "销售不合格商品",
        "违法事实": "销售不合格商品",
        "处罚依据": "《中华人民共和国产品质量法》第四十九条",
        "处罚类别": "罚款",
        "处罚内容": "罚款",
        "处罚金额（万元）": "0.5",
        "处罚决定日期": "2026/3/5",
        "处罚机关": "示例区市场监督管理局",
    }
    unknown = set(changes) - set(OFFICIAL_29)
    assert not unknown, unknown
    return list((values | changes).values())


def new_workbook() -> tuple[Workbook, Worksheet]:
    """A workbook and its one sheet."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    return workbook, sheet


def csv_text(rows: Sequence[Sequence[object]], delimiter: str = ",") -> str:
    """The rows as the text of a CSV file."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


def csv_file(path: Path, rows: Sequence[Sequence[object]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """A CSV file of the rows."""
    path.write_bytes(csv_text(rows, delimiter).encode(encoding))
    return path


def listing_file(path: Path, rows: Sequence[Sequence[object]], encoding: str = "utf-8") -> Path:
    """A CSV file in the layout of the listing."""
    return csv_file(path, [LISTING, *rows], encoding)
