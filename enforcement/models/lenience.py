"""Why a penalty is lighter or reduced: one circumstance of one party, with its own facts and reasons."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.ledger.history import tracked


class Circumstance(models.Model):
    """A circumstance of 处罚法30至32条 or of the department's list; what was decided on never changes, it is withdrawn."""

    class Ground(models.TextChoices):
        MINOR = "minor", _("已满十四周岁不满十八周岁的未成年人（处罚法30条）")
        CAPACITY = "capacity", _("尚未完全丧失辨认或者控制自己行为能力的精神病人、智力残疾人（处罚法31条）")
        REMEDIED = "remedied", _("主动消除或者减轻违法行为危害后果（处罚法32条1项）")
        COERCED = "coerced", _("受他人胁迫或者诱骗实施违法行为（处罚法32条2项）")
        CONFESSED = "confessed", _("主动供述行政机关尚未掌握的违法行为（处罚法32条3项）")
        MERIT = "merit", _("配合行政机关查处违法行为有立功表现（处罚法32条4项）")
        BY_LAW = "by_law", _("法律、法规、规章规定的其他情形（处罚法32条5项）")
        LISTED = "listed", _("本部门减免责清单的条目（本地）")

    class Effect(models.TextChoices):
        LIGHTER = "lighter", _("从轻处罚")
        REDUCED = "reduced", _("减轻处罚")

    act = models.ForeignKey("enforcement.EnforcementAct", models.PROTECT, related_name="circumstances")
    party = models.ForeignKey("enforcement.Party", models.PROTECT, related_name="+", verbose_name=_("当事人"))
    ground = models.CharField(_("情节"), max_length=10, choices=Ground.choices)
    entry = models.ForeignKey(
        "catalogue.Leniency", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("清单条目")
    )
    provision = models.CharField(_("其他情形的条款"), max_length=200, blank=True)
    effect = models.CharField(_("处理"), max_length=8, choices=Effect.choices)
    facts = models.TextField(_("事实和证据"))
    reasons = models.TextField(_("理由"))
    recorded_on = models.DateField(_("认定日期"))
    withdrawn_on = models.DateField(_("不再适用日期"), null=True, blank=True)
    withdrawn_reason = models.TextField(_("不再适用的理由"), blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("从轻、减轻情节")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ground="listed", entry__isnull=False) | (~Q(ground="listed") & Q(entry=None)),
                name="listed_circumstance_names_its_entry",
            ),
            models.CheckConstraint(
                condition=~Q(facts="") & ~Q(reasons=""), name="circumstance_has_its_facts_and_reasons"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_reason="")
                | (Q(withdrawn_on__gte=F("recorded_on")) & ~Q(withdrawn_reason="")),
                name="circumstance_withdrawn_wholly",
            ),
            models.UniqueConstraint(
                fields=["act", "party", "ground", "entry", "provision"],
                condition=Q(withdrawn_on=None),
                nulls_distinct=False,
                name="circumstance_once",
            ),
        ]

    def __str__(self) -> str:
        name = str(self.entry) if self.entry is not None else str(self.get_ground_display())
        return f"{self.party}：{name}，{self.get_effect_display()}"
