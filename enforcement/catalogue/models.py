"""Entries of the catalogues and their versions; two versions of one entry never overlap."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from enforcement.models import EnforcementAct, EnforcementItem, PenaltyKind
from portal.ledger.history import tracked


class DateRange(Func):
    """daterange(from, to, '[]'): both days belong to it; no end is for ever."""

    function = "DATERANGE"
    output_field = DateRangeField()


def never_twice(name: str) -> ExclusionConstraint:
    """Of one entry at most one version is in force on any day."""
    span = DateRange("effective_from", "effective_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True))
    return ExclusionConstraint(
        name=name, expressions=[("entry", RangeOperators.EQUAL), (span, RangeOperators.OVERLAPS)]
    )


def ends_after_start(name: str) -> models.CheckConstraint:
    """A version that ends does so on or after its first day."""
    return models.CheckConstraint(condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")), name=name)


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, by who may see them."""

    def visible_to(self, user: Any) -> EntryQuerySet:
        """The own department's and those granted; everything for those who see everything."""
        if user.sees_everything:
            return self
        return self.filter(Q(department=user.home_id) | Q(pk__in=user.granted_matters()))


class Entry(models.Model):
    """One entry of a department's catalogue; what it says is in its versions."""

    class Kind(models.TextChoices):
        ITEM = "item", _("执法事项")
        REVIEW = "review", _("重大决定法制审核目录")
        LENIENCY = "leniency", _("减免责清单")
        HEARING = "hearing", _("听证标准")

    class State(models.TextChoices):
        KEPT = "kept", _("在册")
        ENDED = "ended", _("已废止")

    matter = models.OneToOneField("matters.Matter", models.PROTECT, primary_key=True, related_name="+")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+", verbose_name=_("部门"))
    kind = models.CharField(_("目录"), max_length=10, choices=Kind.choices)
    code = models.CharField(_("编码"), max_length=30)
    title = models.CharField(_("名称"), max_length=300)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.KEPT)
    version = models.PositiveIntegerField(_("最新版本"), default=1)
    effective_from = models.DateField(_("施行"))
    effective_to = models.DateField(_("废止"), null=True, blank=True)
    history = tracked()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("目录条目")
        ordering: ClassVar = ["department", "kind", "code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["department", "kind", "code"], name="entry_once")]
        indexes: ClassVar = [models.Index(fields=["kind", "code", "matter"], name="entry_list")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def is_visible_to(self, user: Any) -> bool:
        """The matter's answer."""
        return bool(self.matter.is_visible_to(user))

    @property
    def items(self) -> Any:
        """The versions of an item, the newest first."""
        found = EnforcementItem.objects.filter(department=self.department_id, code=self.code)
        return found.order_by("-version")


class VersionQuerySet(models.QuerySet[Any]):
    """Versions, by the day on which they are in force."""

    def in_force(self, on: dt.date) -> VersionQuerySet:
        """The versions in force on the day."""
        return self.filter(Q(effective_to=None) | Q(effective_to__gte=on), effective_from__lte=on)


class Version(models.Model):
    """What every version has: its number and its days, both included."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="%(class)s_versions")
    version = models.PositiveIntegerField(_("版本"))
    effective_from = models.DateField(_("施行"))
    effective_to = models.DateField(_("废止"), null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar = ["entry", "-version"]

    def __str__(self) -> str:
        return f"{self.entry} v{self.version}"


def codes() -> Any:
    """Codes of the items a version is about; none: every item of the department."""
    return ArrayField(models.CharField(max_length=30), default=list, blank=True, verbose_name=_("适用事项"))


def amount(label: Any) -> Any:
    """Yuan to the fen."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True)


class Benchmark(Version):
    """The discretion benchmark of an item: the range the law allows and its tiers."""

    class Measure(models.TextChoices):
        YUAN = "yuan", _("金额幅度（元）")
        FIXED = "fixed", _("定额（元）")
        TIMES = "times", _("倍数幅度")
        NONE = "none", _("没有罚款幅度")

    measure = models.CharField(_("罚款的计算"), max_length=6, choices=Measure.choices)
    base = models.CharField(_("倍数的基数"), max_length=60, blank=True)
    lowest = amount(_("法定下限"))
    highest = amount(_("法定上限"))
    source = models.CharField(_("制定依据"), max_length=300)
    history = tracked()

    class Meta(Version.Meta):
        verbose_name = _("裁量基准")
        constraints: ClassVar = [never_twice("benchmark_never_twice"), ends_after_start("benchmark_ends")]


class Tier(models.Model):
    """One tier of a benchmark: when it applies and what it allows."""

    benchmark = models.ForeignKey(Benchmark, models.PROTECT, related_name="tiers")
    place = models.PositiveSmallIntegerField(_("次序"))
    name = models.CharField(_("阶次"), max_length=30)
    circumstances = models.TextField(_("适用情形"))
    lowest = amount(_("下限"))
    highest = amount(_("上限"))
    kinds = ArrayField(
        models.CharField(max_length=24, choices=PenaltyKind.choices), default=list, blank=True, verbose_name=_("种类")
    )
    history = tracked()

    class Meta:
        verbose_name = _("裁量阶次")
        ordering: ClassVar = ["benchmark", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["benchmark", "place"], name="tier_place"),
            models.CheckConstraint(condition=Q(lowest=None) | Q(highest__gte=F("lowest")), name="tier_range"),
        ]

    def __str__(self) -> str:
        from enforcement.catalogue.tiers import range_words

        return f"{self.name}：{range_words(self)}"


class ReviewRule(Version):
    """A kind of decision that needs legal review before it is made (SX-10)."""

    text = models.TextField(_("哪些决定"))
    penalty_kinds = ArrayField(models.CharField(max_length=24, choices=PenaltyKind.choices), default=list, blank=True)
    natural = amount(_("对自然人罚没达到（元）"))
    organisation = amount(_("对单位罚没达到（元）"))
    item_codes = codes()
    ground = models.CharField(_("依据"), max_length=300)
    history = tracked()

    class Meta(Version.Meta):
        verbose_name = _("法制审核目录条目")
        constraints: ClassVar = [never_twice("review_never_twice"), ends_after_start("review_ends")]


class Leniency(Version):
    """A case of no penalty, lighter or reduced penalty, or no coercion."""

    class List(models.TextChoices):
        NO_PENALTY = "no_penalty", _("不予处罚")
        LIGHTER = "lighter", _("从轻处罚")
        REDUCED = "reduced", _("减轻处罚")
        NO_COERCION = "no_coercion", _("不予实施行政强制")

    list = models.CharField(_("清单"), max_length=12, choices=List.choices)
    circumstances = models.TextField(_("适用情形"))
    conditions = models.TextField(_("应当同时具备的条件"), blank=True)
    item_codes = codes()
    ground = models.CharField(_("依据"), max_length=300)
    history = tracked()

    class Meta(Version.Meta):
        verbose_name = _("减免责清单条目")
        constraints: ClassVar = [never_twice("leniency_never_twice"), ends_after_start("leniency_ends")]


class HearingThreshold(Version):
    """From which amount on a fine or confiscation is «large» (CF-08); every department sets its own."""

    natural = models.DecimalField(_("对自然人（元）"), max_digits=14, decimal_places=2)
    organisation = models.DecimalField(_("对单位（元）"), max_digits=14, decimal_places=2)
    item_codes = codes()
    ground = models.CharField(_("依据"), max_length=300)
    history = tracked()

    class Meta(Version.Meta):
        verbose_name = _("听证标准")
        constraints: ClassVar = [never_twice("hearing_never_twice"), ends_after_start("hearing_ends")]


class AppliedTier(models.Model):
    """Which tier a step of a case took, with the fine and why it left the tier's range."""

    class Stage(models.TextChoices):
        PROPOSED = "proposed", _("调查终结")
        NOTIFIED = "notified", _("事先告知")
        DECIDED = "decided", _("处罚决定")

    act = models.ForeignKey(EnforcementAct, models.PROTECT, related_name="applied_tiers")
    tier = models.ForeignKey(Tier, models.PROTECT, null=True, related_name="applied")
    stage = models.CharField(_("环节"), max_length=8, choices=Stage.choices)
    decision = models.ForeignKey("enforcement.Decision", models.PROTECT, null=True, related_name="+")
    fine = amount(_("罚款（元）"))
    base = amount(_("基数（元）"))
    inside = models.BooleanField(_("在阶次之内"))
    reason = models.TextField(_("超出阶次的理由"), blank=True)
    leniencies = models.ManyToManyField(Leniency, related_name="+", blank=True)
    on = models.DateField(_("日期"))
    history = tracked()

    class Meta:
        verbose_name = _("适用的裁量阶次")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["tier", "stage", "on"], name="applied_tier")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(inside=True) | ~Q(reason=""), name="outside_needs_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.tier} {self.get_stage_display()}"


class Batch(models.Model):
    """A file of entries: what could be read is put forward as one; adopted or thrown away."""

    class State(models.TextChoices):
        READ = "read", _("待采用")
        ADOPTED = "adopted", _("已采用")

    matter = models.OneToOneField("matters.Matter", models.PROTECT, primary_key=True, related_name="+")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    file_name = models.CharField(_("文件"), max_length=200)
    digest = models.CharField(max_length=64)
    target = models.CharField(_("目录"), max_length=10)
    effective_from = models.DateField(_("施行"))
    rows = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    unchanged = models.PositiveIntegerField(default=0)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.READ)
    history = tracked()

    class Meta:
        verbose_name = _("目录导入")
        ordering: ClassVar = ["-matter"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "digest", "effective_from"], name="catalogue_file_once")
        ]

    def __str__(self) -> str:
        return self.file_name

    def is_visible_to(self, user: Any) -> bool:
        """The matter's answer."""
        return bool(self.matter.is_visible_to(user))
