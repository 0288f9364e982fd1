"""The record of the whole process (处罚法47条, 118号): what was recorded, by what, where it lies; devices of 41条."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enforcement.measures.models.columns import file
from enforcement.models import Case, Evidence
from portal.ledger.history import tracked


class ProcessRecord(models.Model):
    """One record of a step of the case: a text, a film, a sound, pictures; here or in another store, with its hash."""

    class Step(models.TextChoices):
        CHECK = "check", _("现场检查、勘验")
        INQUIRY = "inquiry", _("询问")
        SAMPLING = "sampling", _("抽样取证")
        HOLD = "hold", _("先行登记保存")
        MEASURE = "measure", _("查封、扣押")
        CORRECTION = "correction", _("责令改正和复查")
        HEARING = "hearing", _("听证")
        SERVICE = "service", _("送达")
        EXECUTION = "execution", _("执行")
        OTHER = "other", _("其他")

    class Medium(models.TextChoices):
        TEXT = "text", _("文字")
        VIDEO = "video", _("录像")
        AUDIO = "audio", _("录音")
        PICTURES = "pictures", _("照片")

    ON_SITE: ClassVar = frozenset({Step.CHECK, Step.INQUIRY, Step.SAMPLING, Step.HOLD, Step.MEASURE})

    case = models.ForeignKey(Case, models.PROTECT, related_name="process_records")
    step = models.CharField(_("环节"), max_length=10, choices=Step.choices)
    medium = models.CharField(_("形式"), max_length=8, choices=Medium.choices)
    about = models.CharField(_("对应"), max_length=60, blank=True)
    title = models.CharField(_("名称"), max_length=120)
    begun_at = models.DateTimeField(_("开始"))
    ended_at = models.DateTimeField(_("结束"), null=True)
    place = models.CharField(_("地点"), max_length=120)
    recorders = models.CharField(_("记录人"), max_length=120)
    device = models.CharField(_("记录设备"), max_length=80, blank=True)
    storage = models.CharField(_("存储位置"), max_length=200, blank=True)
    sha256 = models.CharField(_("哈希值"), max_length=64, blank=True)
    attachment = file(_("文件"))
    certificate_shown = models.BooleanField(_("已出示执法证件"), default=False)
    rights_told = models.BooleanField(_("已告知事由、依据和权利"), default=False)
    note = models.TextField(_("说明"), blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("执法过程记录")
        ordering: ClassVar = ["begun_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")), name="record_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(attachment=None) | (~Q(storage="") & (Q(medium="text") | ~Q(sha256=""))),
                name="record_lies_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Omission(models.Model):
    """Why a recording that was required does not exist. It stays missing; the reason is kept beside it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="omissions")
    key = models.CharField(_("缺少的记录"), max_length=60)
    reason = models.TextField(_("原因"))
    on = models.DateField(_("日期"))
    history = tracked()

    class Meta:
        verbose_name = _("缺少记录的说明")
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "key"], name="omission_once")]

    def __str__(self) -> str:
        return self.key


class MonitorQuerySet(models.QuerySet[Any]):
    """Devices, by who may see them."""

    def visible_to(self, user: Any) -> MonitorQuerySet:
        """The own department's; all for the bureau."""
        if user.sees_everything:
            return self
        return self.filter(Q(department=user.home_id) | Q(pk__in=user.granted_matters()))


class Monitor(models.Model):
    """An electronic monitoring device (处罚法41条): reviewed in law and technique, its place published."""

    class State(models.TextChoices):
        IN_USE = "in_use", _("在用")
        ENDED = "ended", _("已停用")

    matter = models.OneToOneField("matters.Matter", models.PROTECT, primary_key=True, related_name="+")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+", verbose_name=_("部门"))
    name = models.CharField(_("设备名称"), max_length=80)
    code = models.CharField(_("设备编号"), max_length=40)
    place = models.CharField(_("设置地点"), max_length=160)
    basis = models.CharField(_("使用设备的法律、行政法规"), max_length=200)
    standard = models.CharField(_("执行的标准和检定证书"), max_length=200)
    legal_review = models.CharField(_("法制审核意见"), max_length=200)
    legal_on = models.DateField(_("法制审核日期"))
    technical_review = models.CharField(_("技术审核意见"), max_length=200)
    technical_on = models.DateField(_("技术审核日期"))
    published_at = models.CharField(_("在哪里公布"), max_length=200)
    published_on = models.DateField(_("公布日期"))
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.IN_USE)
    history = tracked()

    objects = MonitorQuerySet.as_manager()

    class Meta:
        verbose_name = _("电子技术监控设备")
        ordering: ClassVar = ["department", "code"]
        indexes: ClassVar = [models.Index(fields=["published_on", "matter"], name="monitor_list")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["department", "code"], name="monitor_once")]

    def __str__(self) -> str:
        return f"{self.name}（{self.code}，{self.place}）"

    def is_visible_to(self, user: Any) -> bool:
        """The matter's answer."""
        return bool(self.matter.is_visible_to(user))


class DeviceEvidence(models.Model):
    """What a device recorded, reviewed before it counts as evidence (处罚法41条2款)."""

    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="from_device")
    monitor = models.ForeignKey(Monitor, models.PROTECT, related_name="+", verbose_name=_("设备"))
    recorded_at = models.DateTimeField(_("记录时间"))
    reviewer = models.CharField(_("审核人"), max_length=60)
    reviewed_on = models.DateField(_("审核日期"))
    history = tracked()

    class Meta:
        verbose_name = _("电子技术监控设备记录的证据")

    def __str__(self) -> str:
        return str(self.evidence_id)
