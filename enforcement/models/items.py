"""The catalogue of enforcement items: what a department may do, by which law, from when to when."""

from __future__ import annotations

import datetime as dt
import re
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

PENALTY_NAME = re.compile(r"^对(.+?)(?:行为)?的(?:行政)?处罚$")


class ItemQuerySet(models.QuerySet["EnforcementItem"]):
    """Items, by the day on which they are in force."""

    def in_force(self, on: dt.date) -> ItemQuerySet:
        """Items whose version is in force on the day."""
        return self.filter(Q(effective_to=None) | Q(effective_to__gte=on), effective_from__lte=on)


class EnforcementItem(models.Model):
    """One item of a department's catalogue, in one version."""

    class Kind(models.TextChoices):
        PENALTY = "penalty", _("行政处罚")
        LICENCE = "licence", _("行政许可")
        MEASURE = "measure", _("行政强制措施")
        EXECUTION = "execution", _("行政强制执行")
        INSPECTION = "inspection", _("行政检查")
        LEVY = "levy", _("行政征收征用")
        PAYMENT = "payment", _("行政给付")
        CONFIRMATION = "confirmation", _("行政确认")
        OTHER = "other", _("其他行政执法行为")

    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="items", verbose_name=_("部门"))
    code = models.CharField(_("事项编码"), max_length=30)
    version = models.PositiveIntegerField(_("版本"), default=1)
    name = models.CharField(_("事项名称"), max_length=300)
    kind = models.CharField(_("种类"), max_length=16, choices=Kind.choices, default=Kind.PENALTY)
    field = models.CharField(_("执法领域"), max_length=30, help_text=_("执法证上的领域，例如：市场监管"))
    violation = models.TextField(_("违法行为"), blank=True)
    basis = models.TextField(_("法律依据"), help_text=_("法律名称、条、款、项"))
    citations = models.JSONField(_("依据条款"), default=list, blank=True)
    handler = models.CharField(_("承办机构"), max_length=60, blank=True)
    reviewer = models.CharField(_("审核机构"), max_length=60, blank=True)
    approver = models.CharField(_("批准人"), max_length=60, blank=True)
    effective_from = models.DateField(_("施行"))
    effective_to = models.DateField(_("废止"), null=True, blank=True)
    history = HistoricalRecords()

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("执法事项")
        ordering: ClassVar = ["department", "code", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "code", "version"], name="item_version"),
            ExclusionConstraint(
                name="item_never_twice_in_force",
                expressions=[
                    ("department", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (
                        Func(
                            "effective_from",
                            "effective_to",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")), name="item_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def cause(self) -> str:
        """案由: the violation in words; from «对…的处罚» when the catalogue names none."""
        return self.violation.strip().rstrip("。") or PENALTY_NAME.sub(r"\1", self.name.strip())

    def is_in_force(self, on: dt.date) -> bool:
        """Whether this version is in force on the day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)
