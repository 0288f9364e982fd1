"""Number series and their numbers: every value from the first one on has a row and keeps it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.documents.spelling import number_text


class Series(models.Model):
    """The numbers of one code (罚告) of one department in one year; its row is the lock.

    `first_value` is above 1 for a series that was begun on paper: what lies below was never here.
    """

    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, related_name="number_series", verbose_name=_("部门")
    )
    prefix = models.CharField(_("机关代字"), max_length=12)
    code = models.CharField(_("文种代字"), max_length=12)
    year = models.PositiveSmallIntegerField(_("年份"))
    first_value = models.PositiveIntegerField(_("起始号"), default=1)
    next_value = models.PositiveIntegerField(_("下一号"), default=1)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    begun_reason = models.CharField(_("起始号理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("文号序列")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "prefix", "code", "year"], name="series_once"),
            models.CheckConstraint(condition=models.Q(first_value__gte=1), name="series_first_value"),
            models.CheckConstraint(
                condition=models.Q(next_value__gte=models.F("first_value")), name="series_next_value"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}{self.code}〔{self.year}〕"

    def text_of(self, value: int) -> str:
        """The number as printed."""
        return number_text(self.prefix, self.code, self.year, value)


class Number(models.Model):
    """One number that was given out: to a document, to paper kept in reserve, or voided."""

    class State(models.TextChoices):
        USED = "used", _("已使用")
        RESERVED = "reserved", _("预留")
        VOID = "void", _("作废")

    series = models.ForeignKey(Series, models.PROTECT, related_name="numbers", verbose_name=_("序列"))
    value = models.PositiveIntegerField(_("序号"))
    text = models.CharField(_("文号"), max_length=80, unique=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(_("取号时间"), default=timezone.now)
    purpose = models.CharField(_("预留用途"), max_length=200, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True)
    void_reason = models.CharField(_("作废理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("文号")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "value"], name="number_once_in_series"),
            models.CheckConstraint(
                condition=models.Q(state="void", voided_at__isnull=False) & ~models.Q(void_reason="")
                | ~models.Q(state="void") & models.Q(voided_at=None),
                name="void_number_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.text
