"""Postings: where an officer served, from when to when, and why it began and ended."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from personnel.models.officers import Officer


class Posting(models.Model):
    """One post of an officer in one department; the open one is where he serves now."""

    class Ending(models.TextChoices):
        """Why a posting ended; all but the first take the officer off duty."""

        CHANGE = "change", _("本部门内调整职务")
        TRANSFER = "transfer", _("调往本区其他执法部门")
        OFF_POST = "off_post", _("调离执法岗位")
        AWAY = "away", _("调出本区")
        LONG_LEAVE = "long_leave", _("长期离岗（病假、借调、学习等）")
        RESIGNED = "resigned", _("辞职、辞退或者开除")
        RETIRED = "retired", _("退休")
        DIED = "died", _("去世")

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="postings", verbose_name=_("执法人员"))
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+", verbose_name=_("部门"))
    position = models.CharField(_("职务"), max_length=60, blank=True)
    begun_on = models.DateField(_("到岗日期"))
    ground = models.CharField(_("到岗缘由"), max_length=200, blank=True)
    ended_on = models.DateField(_("离岗日期"), null=True, blank=True)
    ending = models.CharField(_("离岗情形"), max_length=12, choices=Ending.choices, blank=True)
    end_ground = models.CharField(_("离岗说明"), max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("任职经历")
        ordering: ClassVar = ["-begun_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["officer"], condition=Q(ended_on=None), name="one_open_posting"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ending="") | (Q(ended_on__gte=F("begun_on")) & ~Q(ending="")),
                name="posting_end_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.begun_on}"
