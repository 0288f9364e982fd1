"""Recusal: who asked that somebody stay out of a case, and what was decided (处罚法43条)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enforcement.models import EnforcementAct, Party
from portal.ledger.history import tracked


class Recusal(models.Model):
    """One question whether a person must stay out of an act; until it is decided the investigation goes on."""

    class Source(models.TextChoices):
        OWN = "own", _("本人申请回避")
        PARTY = "party", _("当事人申请回避")

    class Outcome(models.TextChoices):
        PENDING = "pending", _("待决定")
        GRANTED = "granted", _("决定回避")
        REFUSED = "refused", _("驳回申请")

    act = models.ForeignKey(EnforcementAct, models.PROTECT, related_name="recusals")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("被申请人账号")
    )
    officer = models.ForeignKey(
        "personnel.Officer", models.PROTECT, null=True, related_name="recusals", verbose_name=_("执法人员")
    )
    name = models.CharField(_("被申请人"), max_length=60)
    source = models.CharField(_("来由"), max_length=6, choices=Source.choices)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+", verbose_name=_("申请的当事人"))
    ground = models.TextField(_("理由"))
    asked_on = models.DateField(_("提出日期"))
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome.choices, default=Outcome.PENDING)
    decided_on = models.DateField(_("决定日期"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("决定人")
    )
    reason = models.TextField(_("决定理由"), blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("回避")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(person=None) | ~Q(officer=None), name="recusal_is_about_somebody"),
            models.CheckConstraint(
                condition=Q(outcome="pending", decided_on=None)
                | (~Q(outcome="pending") & Q(decided_on__gte=models.F("asked_on")) & ~Q(reason="")),
                name="recusal_decided_wholly",
            ),
            models.UniqueConstraint(
                fields=["act", "person"],
                condition=Q(outcome="pending") & ~Q(person=None),
                name="one_recusal_asked_user",
            ),
            models.UniqueConstraint(
                fields=["act", "officer"],
                condition=Q(outcome="pending") & ~Q(officer=None),
                name="one_recusal_asked_officer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_source_display()}，{self.asked_on.isoformat()}）"
