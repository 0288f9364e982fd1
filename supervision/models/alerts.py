"""Alert: a duty of a department that was missed, put before the bureau."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User


class AlertQuerySet(models.QuerySet["Alert"]):
    """Alerts, who sees them, and what has become of them."""

    def visible_to(self, user: User) -> AlertQuerySet:
        """Those of the own department; all for the bureau's supervisors."""
        return self if user.sees_everything else self.filter(department=user.home_id)

    def standing(self) -> AlertQuerySet:
        """Alerts whose duty is still late in law: not dismissed, and not set right by a corrected date."""
        return self.exclude(state=Alert.State.DISMISSED).filter(
            obligation__missed_at__isnull=False, obligation__closed_in_time=False
        )

    def lifted(self) -> AlertQuerySet:
        """Alerts that a corrected fact or calendar has shown to be none."""
        return self.exclude(state=Alert.State.DISMISSED).filter(
            Q(obligation__missed_at=None) | Q(obligation__closed_in_time=True)
        )

    def unanswered(self) -> AlertQuerySet:
        """Standing alerts that nobody has taken up yet, the duty done in the meantime or not."""
        return self.standing().filter(state=Alert.State.NEW)


class Alert(models.Model):
    """One missed duty; one row for ever, whatever is done about it later.

    What became of the duty is read from the obligation: done late is «已补办», and still late.
    """

    class State(models.TextChoices):
        NEW = "new", _("待处理")
        LINKED = "linked", _("已并入监督案件")
        DISMISSED = "dismissed", _("不予处理")

    obligation = models.OneToOneField(
        "deadlines.Obligation", models.PROTECT, related_name="alert", verbose_name=_("期限义务")
    )
    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="alerts", verbose_name=_("事项"))
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="alerts", verbose_name=_("部门"))
    rule = models.CharField(_("规则"), max_length=80)
    law = models.CharField(_("法条代号"), max_length=20)
    missed_at = models.DateTimeField(_("逾期时刻"))
    raised_at = models.DateTimeField(_("预警时间"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.NEW)
    reason = models.TextField(_("不予处理的理由"), blank=True)
    history = tracked()

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("预警")
        ordering: ClassVar = ["missed_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["department", "rule", "state", "missed_at"], name="alert_board"),
            models.Index(fields=["missed_at", "id"], name="alert_list"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(state="dismissed") | ~Q(reason=""), name="alert_dismissed_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.missed_at:%Y-%m-%d}"

    def is_visible_to(self, user: User) -> bool:
        """The same question as AlertQuerySet.visible_to for one alert."""
        return user.sees_everything or self.department_id == user.home_id

    @property
    def is_lifted(self) -> bool:
        """Whether a corrected fact or calendar has shown that the duty was met in time."""
        return self.obligation.missed_at is None or self.obligation.closed_in_time

    @property
    def is_made_good(self) -> bool:
        """Whether the duty was done after all; it stays late."""
        return not self.is_lifted and self.obligation.settled_at is not None
