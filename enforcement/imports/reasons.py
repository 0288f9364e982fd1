"""Why a row was not taken, was taken only in part, or was there already: one code and label each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What became of a row; every row has exactly one."""

    CREATED = "created", _("已归集")
    TO_COMPLETE = "to_complete", _("待补全")
    DUPLICATE = "duplicate", _("重复")
    REJECTED = "rejected", _("未收")


class Reason(models.TextChoices):
    """Reasons of rejection and of duplication; the sentence beside each names value and remedy."""

    BAD_BYTES = "bad_bytes", _("字符损坏")
    UNCLOSED_QUOTE = "unclosed_quote", _("引号不成对")
    CELL_TOO_LONG = "cell_too_long", _("单元格过长")
    TOO_MANY_CELLS = "too_many_cells", _("列数多于表头")
    REPEATED_HEADER = "repeated_header", _("重复的表头")
    TOTAL_ROW = "total_row", _("合计行")
    TOO_LONG = "too_long", _("内容过长")
    SHEET_ERROR = "sheet_error", _("单元格是表格软件的错误值")
    AMOUNT = "amount", _("金额无法认定")
    AMOUNT_UNIT = "amount_unit", _("金额单位与处罚内容不符")
    DATE = "date", _("日期无法认定")
    DATE_FUTURE = "date_future", _("日期在将来")
    DATES_DIFFER = "dates_differ", _("两列日期不一致")
    CREDIT_CODE = "credit_code", _("统一社会信用代码有误")
    IDENTITY = "identity", _("公民身份号码有误")
    NUMBER_CONFLICT = "number_conflict", _("同一文号、同一当事人，处罚不同")
    PROCEDURE = "procedure", _("程序无法认定")
    NOT_A_PENALTY = "not_a_penalty", _("不是行政处罚决定")
    NOT_RECORDED = "not_recorded", _("登记时被拒绝")
    IN_FILE = "in_file", _("文件内重复")
    IN_DATABASE = "in_database", _("以前已归集")


class Missing(models.TextChoices):
    """What publication needs and the row lacks (118号: 机关、对象、类别、结论; 处罚法 48、59条)."""

    NUMBER = "number", _("行政处罚决定书文号")
    DECIDED_ON = "decided_on", _("处罚决定日期")
    PARTY = "party", _("当事人名称")
    FACTS = "facts", _("违法事实")
    KINDS = "kinds", _("处罚种类")
    CONTENT = "content", _("处罚内容")
    FINE = "fine", _("罚款金额")
    AUTHORITY = "authority", _("处罚机关")
