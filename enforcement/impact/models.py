"""What is kept of an assessment: its answers, what is done to soften the impact, what it concludes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.ledger.history import tracked


class Assessment(models.Model):
    """One assessment of a case; a later one takes the place of the one before, which stays."""

    class Outcome(models.TextChoices):
        SMALL = "small", _("影响较小，可以按拟处理意见决定")
        SOFTENED = "softened", _("有影响，采取减轻影响的措施后可以决定")
        ADJUST = "adjust", _("影响重大，应当先调整处理意见，再评估")

    act = models.ForeignKey("enforcement.EnforcementAct", models.PROTECT, related_name="impact_assessments")
    situation = models.TextField(_("企业的基本情况"))
    proposal = models.TextField(_("评估的处理意见"))
    answers = models.JSONField(_("逐项评估"), default=list)
    measures = models.TextField(_("减轻影响的措施"), blank=True)
    outcome = models.CharField(_("结论"), max_length=8, choices=Outcome.choices)
    reasons = models.TextField(_("理由"))
    assessed_on = models.DateField(_("评估日期"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    history = tracked()

    class Meta:
        verbose_name = _("经济影响评估")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(outcome="softened") | ~Q(measures=""), name="softened_says_how"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.assessed_on.isoformat()}"

    @property
    def about(self) -> str:
        """How facts name it."""
        return f"impact:{self.pk}"
