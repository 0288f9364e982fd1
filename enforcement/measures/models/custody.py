"""Things in custody: registered and held, sealed, seized, sent for appraisal; and where each of them went."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enforcement.measures.models.columns import amount, file, paper
from enforcement.models import Case, Party, Service
from portal.ledger.history import tracked


class Measure(models.Model):
    """One measure that takes things into custody. It runs while any of its things has no fate yet."""

    class Kind(models.TextChoices):
        HOLD = "hold", _("先行登记保存")
        SEAL = "seal", _("查封")
        SEIZE = "seize", _("扣押")
        APPRAISAL = "appraisal", _("送检测、检验、检疫、鉴定")

    class Present(models.TextChoices):
        PARTY = "party", _("当事人到场")
        WITNESS = "witness", _("当事人不到场，见证人到场")

    COERCIVE: ClassVar = frozenset({Kind.SEAL, Kind.SEIZE})

    case = models.ForeignKey(Case, models.PROTECT, related_name="measures")
    party = models.ForeignKey(Party, models.PROTECT, related_name="measures", verbose_name=_("当事人"))
    kind = models.CharField(_("措施"), max_length=10, choices=Kind.choices)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    item = models.ForeignKey(
        "enforcement.EnforcementItem", models.PROTECT, null=True, related_name="+", verbose_name=_("行政强制措施事项")
    )
    basis = models.TextField(_("法律、法规依据"), blank=True)
    reason = models.TextField(_("理由"))
    place = models.CharField(_("实施地点"), max_length=120)
    keeper = models.CharField(_("保管人和保管地点"), max_length=120)
    ordered_on = models.DateField(_("决定日期"))
    urgent_reason = models.TextField(_("当场实施的紧急情况"), blank=True)
    begun_at = models.DateTimeField(_("实施时间"), null=True)
    present = models.CharField(_("到场情况"), max_length=8, choices=Present.choices, blank=True)
    present_name = models.CharField(_("到场的当事人或者见证人"), max_length=60, blank=True)
    heard = models.TextField(_("当事人的陈述、申辩"), blank=True)
    approved_on = models.DateField(_("批准日期"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("批准人")
    )
    refused_on = models.DateField(_("不予批准日期"), null=True)
    refused_reason = models.TextField(_("不予批准的理由"), blank=True)
    withdrawn_reason = models.TextField(_("决定后不再实施的理由"), blank=True)
    settled_on = models.DateField(_("处理完毕日期"), null=True)
    document = paper()
    list_document = paper()
    history = tracked()

    class Meta:
        verbose_name = _("先行登记保存、查封、扣押")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind__in=["seal", "seize"]) | ~Q(item=None), name="seizure_names_its_power"
            ),
            models.CheckConstraint(
                condition=Q(refused_on=None) | (Q(approved_on=None) & ~Q(refused_reason="")),
                name="measure_refused_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_reason="") | Q(begun_at=None, settled_on__isnull=False),
                name="measure_withdrawn_before_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    @property
    def about(self) -> str:
        """How facts name it."""
        return f"measure:{self.pk}"

    @property
    def is_coercive(self) -> bool:
        """Whether it is a coercive measure of 行政强制法."""
        return self.kind in self.COERCIVE

    @property
    def waits_for_approval(self) -> bool:
        """Done on the spot, and no head has said yes or no (强制法19条)."""
        return bool(self.urgent_reason) and self.approved_on is None and self.refused_on is None


class Disposal(models.Model):
    """One decision on what becomes of things in custody, or a move of them into another measure."""

    class Kind(models.TextChoices):
        RETURNED = "returned", _("解除并退还")
        CONFISCATED = "confiscated", _("没收")
        DESTROYED = "destroyed", _("依法销毁")
        TRANSFERRED = "transferred", _("随案移送")
        CONSUMED = "consumed", _("检验耗损")
        SEIZED = "seized", _("转为查封、扣押")
        APPRAISED = "appraised", _("送检测、检验、检疫、鉴定")

    class Ground(models.TextChoices):
        NO_VIOLATION = "no_violation", _("当事人没有违法行为（28条1款1项）")
        UNRELATED = "unrelated", _("与违法行为无关（28条1款2项）")
        DECIDED = "decided", _("已经作出处理决定，不再需要（28条1款3项）")
        EXPIRED = "expired", _("期限已经届满（28条1款4项）")
        NO_NEED = "no_need", _("其他不再需要采取措施的情形（28条1款5项）")
        REFUSED = "refused", _("负责人认为不应当采取措施（19条）")

    MOVES: ClassVar = frozenset({Kind.SEIZED, Kind.APPRAISED})

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="disposals")
    kind = models.CharField(_("处理"), max_length=12, choices=Kind.choices)
    on = models.DateField(_("日期"))
    ground = models.CharField(_("解除的情形"), max_length=14, choices=Ground.choices, blank=True)
    receiver = models.CharField(_("接收人或者监督销毁的人"), max_length=120, blank=True)
    note = models.TextField(_("理由和依据"), blank=True)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    document = paper()
    proof = file(_("签收单等凭证"))
    history = tracked()

    class Meta:
        verbose_name = _("对物品的处理")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on.isoformat()}"


class Thing(models.Model):
    """A line of a list: what was taken into custody, and how much of it. Never changed, never removed."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="things")
    line = models.PositiveSmallIntegerField(_("序号"))
    name = models.CharField(_("名称"), max_length=80)
    specification = models.CharField(_("规格型号"), max_length=80, blank=True)
    quantity = amount(_("数量"))
    unit = models.CharField(_("单位"), max_length=12)
    note = models.CharField(_("备注"), max_length=120, blank=True)
    source = models.OneToOneField(
        "measures.Fate", models.PROTECT, null=True, related_name="moved_to", verbose_name=_("转自")
    )
    history = tracked()

    class Meta:
        verbose_name = _("物品")
        ordering: ClassVar = ["measure", "line"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "line"], name="thing_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="thing_quantity_positive"),
        ]

    def __str__(self) -> str:
        words = f"{self.name}（{self.specification}）" if self.specification else self.name
        return f"{words} {plain(self.quantity)}{self.unit}"


class Fate(models.Model):
    """What became of a quantity of one thing. The database refuses more than there is."""

    thing = models.ForeignKey(Thing, models.PROTECT, related_name="fates")
    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="fates")
    quantity = amount(_("数量"))
    history = tracked()

    class Meta:
        verbose_name = _("物品的去向")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["thing", "disposal"], name="fate_once_per_disposal"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="fate_quantity_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.thing_id} {plain(self.quantity)}"


class SeizureExtension(models.Model):
    """A seizure lengthened, once (强制法25条1款); old and new last day are both kept."""

    measure = models.OneToOneField(Measure, models.PROTECT, related_name="extension")
    reason = models.TextField(_("理由"))
    days = models.PositiveSmallIntegerField(_("延长日数"))
    extended_on = models.DateField(_("决定日期"))
    old_due = models.DateField(_("原期限"))
    new_due = models.DateField(_("新期限"))
    number = models.CharField(_("文号"), max_length=80, blank=True)
    document = paper()
    history = tracked()

    class Meta:
        verbose_name = _("延长查封、扣押期限")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=30), name="seizure_extension_within_thirty"),
            models.CheckConstraint(condition=Q(new_due__gt=F("old_due")), name="seizure_extension_lengthens"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.new_due)


class Appraisal(models.Model):
    """Testing of sealed or seized things; the told period does not count (强制法25条3款)."""

    class Kind(models.TextChoices):
        TESTING = "testing", _("检测")
        INSPECTION = "inspection", _("检验")
        QUARANTINE = "quarantine", _("检疫")
        EXPERT = "expert", _("技术鉴定")

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="appraisals")
    kind = models.CharField(_("种类"), max_length=12, choices=Kind.choices)
    body = models.CharField(_("机构"), max_length=100)
    begun_on = models.DateField(_("起"))
    until = models.DateField(_("告知的期间止"))
    ended_on = models.DateField(_("实际结束"), null=True)
    result = models.TextField(_("结果"), blank=True)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    document = paper()
    history = tracked()

    class Meta:
        verbose_name = _("检测、检验、检疫、技术鉴定")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gt=F("begun_on")), name="appraisal_period_is_one"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("begun_on")), name="appraisal_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.body}）"

    @property
    def about(self) -> str:
        """How facts name it: the measure whose clock stops, and which stop it is."""
        return f"measure:{self.measure_id} appraisal:{self.pk}"


class Handing(models.Model):
    """A paper of a measure told to the party in writing: which, to whom, how, when."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="handings")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+", verbose_name=_("文书"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("受告知人"))
    method = models.CharField(_("方式"), max_length=12, choices=Service.Method.choices)
    on = models.DateField(_("日期"))
    receiver = models.CharField(_("签收人或者见证人"), max_length=60, blank=True)
    note = models.TextField(_("说明"), blank=True)
    proof = file(_("送达凭证"))
    history = tracked()

    class Meta:
        verbose_name = _("措施文书的告知")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "party"], name="paper_handed_once")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.on.isoformat()}"


def plain(quantity: object) -> str:
    """A quantity without needless zeros: 12.000 is 12, 0.350 stays 0.35."""
    text = f"{quantity:f}" if not isinstance(quantity, str) else quantity
    return text.rstrip("0").rstrip(".") if "." in text else text
