"""Class hours: entries that are only ever added to; and the statement of hours that is handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personnel.models import Officer
from personnel.training.models.sessions import Session
from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User


class HoursQuerySet(models.QuerySet["TrainingHours"]):
    """Entries, and their sum."""

    def total(self) -> int:
        """Tenths of class hours; the only way a total comes about."""
        found: int | None = self.aggregate(total=Sum("tenths"))["total"]
        return found or 0


class TrainingHours(models.Model):
    """One entry: credited for a day of a session, or a counter-entry to such a one with reason and person.

    The table takes additions only, by the role's rights and by a trigger.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="hours", verbose_name=_("培训"))
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="training_hours", verbose_name=_("人员"))
    on = models.DateField(_("培训日期"))
    tenths = models.IntegerField(_("学时（十分之一）"))
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("冲正的记录")
    )
    reason = models.TextField(_("冲正理由"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记入人"))
    made_at = models.DateTimeField(_("记入时间"), default=timezone.now)

    objects = HoursQuerySet.as_manager()

    class Meta:
        verbose_name = _("学时记录")
        ordering: ClassVar = ["on", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["officer", "on"], include=["tenths"], name="training_hours_person"),
            models.Index(fields=["on"], include=["officer", "tenths"], name="training_hours_year"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "officer", "on"], condition=Q(corrects=None), name="training_credit_once"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, tenths__gt=0) | (Q(corrects__isnull=False) & ~Q(reason="") & ~Q(tenths=0)),
                name="training_counter_entry_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.on} {self.tenths}"


class StatementQuerySet(models.QuerySet["HoursStatement"]):
    """Statements, with the one question of who sees them."""

    def visible_to(self, user: User) -> StatementQuerySet:
        """Those of the own department; the bureau sees all."""
        return self if user.sees_everything else self.filter(matter__department=user.home_id)


class HoursStatement(models.Model):
    """A 学时证明 as handed out: whose, which year, how many hours on that day."""

    class State(models.TextChoices):
        ISSUED = "issued", _("已出具")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="hours_statement", verbose_name=_("事项")
    )
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="hours_statements", verbose_name=_("人员"))
    year = models.PositiveSmallIntegerField(_("年度"))
    tenths = models.IntegerField(_("学时（十分之一）"))
    state = models.CharField(_("状态"), max_length=6, choices=State.choices, default=State.ISSUED)
    history = tracked()

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("学时证明")

    def __str__(self) -> str:
        return f"{self.officer_id} {self.year}"
