"""Service of a document on a party: begun, effective, by which method, with which proof (1c)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enforcement.models.acts import EnforcementAct, Party
from enforcement.models.cases import Decision, PenaltyNotice
from portal.ledger.history import tracked


class Service(models.Model):
    """One document to one party; one set of clocks for each."""

    class Method(models.TextChoices):
        DIRECT = "direct", _("直接送达")
        LEFT = "left", _("留置送达")
        ENTRUSTED = "entrusted", _("委托送达")
        MAIL = "mail", _("邮寄送达")
        ELECTRONIC = "electronic", _("电子送达")
        FORWARDED = "forwarded", _("转交送达")
        PUBLIC = "public", _("公告送达")

    act = models.ForeignKey(EnforcementAct, models.PROTECT, related_name="services")
    notice = models.ForeignKey(PenaltyNotice, models.PROTECT, null=True, blank=True, related_name="services")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="services")
    party = models.ForeignKey(Party, models.PROTECT, related_name="services", verbose_name=_("受送达人"))
    method = models.CharField(_("方式"), max_length=12, choices=Method.choices)
    begun_on = models.DateField(_("开始送达"))
    effective_on = models.DateField(_("送达生效"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    receiver = models.CharField(_("签收人或者见证人"), max_length=60, blank=True)
    note = models.TextField(_("说明"), blank=True)
    consent = models.BooleanField(_("已签电子送达确认书"), default=False)
    proof = models.ForeignKey("attachments.Attachment", models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    history = tracked()

    class Meta:
        verbose_name = _("送达")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(notice=None, decision__isnull=False) | Q(notice__isnull=False, decision=None),
                name="service_of_one_paper",
            ),
            models.CheckConstraint(
                condition=Q(effective_on=None) | Q(effective_on__gte=F("begun_on")),
                name="service_takes_effect_after_start",
            ),
            models.UniqueConstraint(
                fields=["notice", "party"], condition=Q(notice__isnull=False), name="notice_served_once"
            ),
            models.UniqueConstraint(
                fields=["decision", "party"], condition=Q(decision__isnull=False), name="decision_served_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} → {self.party}"

    @property
    def paper(self) -> PenaltyNotice | Decision:
        """What is served."""
        found = self.notice or self.decision
        if found is None:
            raise ValueError("a service is of a notice or of a decision")
        return found

    @property
    def about(self) -> str:
        """How facts name this service: the paper and the party."""
        return f"{self.paper.about} {self.party.about}"
