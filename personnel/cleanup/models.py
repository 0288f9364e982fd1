"""Campaigns, the list of each department, and its lines as frozen on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Campaigns, with the one question of who sees them."""

    def visible_to(self, user: User) -> CampaignQuerySet:
        """The bureau's; a department sees its own list of each instead."""
        return self if user.sees_everything else self.filter(matter__department=user.home_id)


class Campaign(models.Model):
    """One clean-up of the whole district: what is listed, as of which day, until when."""

    class State(models.TextChoices):
        OPEN = "open", _("清理中")
        CLOSED = "closed", _("已结束")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="cleanup_campaign", verbose_name=_("事项")
    )
    kind = models.CharField(_("清理对象"), max_length=20)
    state = models.CharField(_("状态"), max_length=6, choices=State.choices, default=State.OPEN)
    name = models.CharField(_("名称"), max_length=80)
    ground = models.TextField(_("依据"))
    frozen_on = models.DateField(_("名单截至"))
    due_on = models.DateField(_("完成期限"))
    summary = models.TextField(_("总结"), blank=True)
    closed_on = models.DateField(_("结束日期"), null=True)
    history = tracked()

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("资格清理")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind"], condition=Q(state="open"), name="one_open_campaign_a_kind"),
            models.CheckConstraint(condition=Q(due_on__gte=F("frozen_on")), name="campaign_due_after_freeze"),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None) | Q(state="closed", closed_on__isnull=False),
                name="campaign_closed_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RollQuerySet(models.QuerySet["Roll"]):
    """Lists of departments, with the one question of who sees them."""

    def visible_to(self, user: User) -> RollQuerySet:
        """The own department's; the bureau sees all."""
        return self if user.sees_everything else self.filter(matter__department=user.home_id)


class Roll(models.Model):
    """One department's list in a campaign; its own matter, so that it has its own clock and record."""

    class State(models.TextChoices):
        OPEN = "open", _("核实中")
        REPORTED = "reported", _("已报送")
        ENDED = "ended", _("未报送，清理已结束")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="cleanup_roll", verbose_name=_("事项")
    )
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="rolls", verbose_name=_("清理"))
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+", verbose_name=_("部门"))
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.OPEN)
    due_on = models.DateField(_("完成期限"))
    opinion = models.TextField(_("部门意见"), blank=True)
    reported_on = models.DateField(_("报送日期"), null=True)
    returned = models.TextField(_("退回理由"), blank=True)
    history = tracked()

    objects = RollQuerySet.as_manager()

    class Meta:
        verbose_name = _("清理名单")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "department"], name="one_roll_a_department"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.department_id}"


class LineQuerySet(models.QuerySet["Line"]):
    """Lines, with the one question of who sees them."""

    def visible_to(self, user: User) -> LineQuerySet:
        """Those of the own department's lists; the bureau sees all."""
        return self if user.sees_everything else self.filter(matter__department=user.home_id)


class Line(models.Model):
    """One thing on a list: as it stood on the day, and what the department found."""

    class State(models.TextChoices):
        OPEN = "open", _("待核实")
        CONFIRMED = "confirmed", _("核实无误")
        FOUND = "found", _("发现问题，已处理")
        GONE = "gone", _("名单确定后已不在")

    roll = models.ForeignKey(Roll, models.PROTECT, related_name="lines", verbose_name=_("名单"))
    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="+", verbose_name=_("事项"))
    key = models.BigIntegerField(_("对象"))
    title = models.CharField(_("名称"), max_length=120)
    facts = models.JSONField(_("截至当日的情况"), default=list)
    state = models.CharField(_("状态"), max_length=9, choices=State.choices, default=State.OPEN)
    finding = models.CharField(_("发现的问题"), max_length=20, blank=True)
    about = models.BigIntegerField(_("涉及"), null=True)
    note = models.TextField(_("处理情况"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("核实人")
    )
    decided_on = models.DateField(_("核实日期"), null=True)
    history = tracked()

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("清理对象")
        indexes: ClassVar = [models.Index(fields=["roll", "state"], name="cleanup_line_progress")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roll", "key"], name="cleanup_line_once"),
            models.CheckConstraint(
                condition=Q(state="open", decided_on=None, finding="")
                | Q(state__in=["confirmed", "gone"], decided_on__isnull=False, finding="")
                | Q(state="found", decided_on__isnull=False) & ~Q(finding=""),
                name="cleanup_line_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title
