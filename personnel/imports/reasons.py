"""What became of a row of the file, and why one was not taken."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """Every row has exactly one."""

    CREATED = "created", _("新登记的人员")
    CERTIFIED = "certified", _("补登执法证")
    PRESENT = "present", _("已经登记")
    REJECTED = "rejected", _("未收")


class Reason(models.TextChoices):
    """Why a row is refused; the sentence beside it names value and remedy."""

    UNREADABLE = "unreadable", _("这一行读不出来")
    HEADER = "header", _("重复的表头")
    MISSING = "missing", _("缺必填内容")
    TOO_LONG = "too_long", _("内容过长")
    IDENTITY = "identity", _("公民身份号码有误")
    GENDER = "gender", _("性别有误")
    FIELD = "field", _("执法领域不在目录之内")
    DATE = "date", _("日期有误")
    DEPARTMENT = "department", _("不是这个部门的人员")
    IN_FILE = "in_file", _("文件内重复")
    ON_DUTY_ELSEWHERE = "on_duty_elsewhere", _("在其他部门在岗")
    LEFT = "left", _("登记过，已离岗")
    NAME_DIFFERS = "name_differs", _("姓名与登记的不同")
    NUMBER_TAKEN = "number_taken", _("证号已被登记")
    CERTIFICATE_DIFFERS = "certificate_differs", _("与登记的执法证不同")


@dataclass(frozen=True)
class Problem:
    """One value that keeps a row out: where it stands, what it is, why, and what to do."""

    sheet: str
    line: int
    column: str
    value: str
    code: str
    sentence: str

    def as_json(self) -> dict[str, str | int]:
        """For the run's record and for --json."""
        return asdict(self)
