"""What the bureau sets for the radar (本地): how near two days are, how much alike two items."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FEWEST_DAYS, MOST_DAYS = 30, 730
LEAST_ALIKE, WHOLLY_ALIKE = Decimal("0.30"), Decimal("1.00")
# Assumed until the bureau sets something of its own; no law gives these figures.
ASSUMED_DAYS, ASSUMED_ALIKE = 180, Decimal("0.50")


class RadarSetting(models.Model):
    """The newest row from its day on counts; the older ones stay readable."""

    days = models.PositiveSmallIntegerField(
        _("登记日期相距不超过（日）"), validators=[MinValueValidator(FEWEST_DAYS), MaxValueValidator(MOST_DAYS)]
    )
    alike = models.DecimalField(
        _("事项名称相近的程度"),
        max_digits=3,
        decimal_places=2,
        validators=[MinValueValidator(LEAST_ALIKE), MaxValueValidator(WHOLLY_ALIKE)],
    )
    from_on = models.DateField(_("自"))
    ground = models.CharField(_("依据"), max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("设定人"))
    made_at = models.DateTimeField(_("设定时间"), default=timezone.now)

    class Meta:
        verbose_name = _("重复执法提示设定")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.days} {self.alike} {self.from_on.isoformat()}"

    @classmethod
    def on(cls, day: dt.date) -> RadarSetting:
        """What holds on a day; what is assumed while nothing is set."""
        found = cls.objects.filter(from_on__lte=day).order_by("-pk").first()
        return found or cls(days=ASSUMED_DAYS, alike=ASSUMED_ALIKE, from_on=day)


def near_days(on: dt.date) -> int:
    """How many days apart two registrations may be; asked by enforcement.cases."""
    return RadarSetting.on(on).days
