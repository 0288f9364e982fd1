"""Examinations: the blueprint, the window, who is invited, and what the bureau has set for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personnel.examinations.models.bank import Kind
from personnel.examinations.points import shown
from personnel.models import Officer
from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User


class ExaminationSetting(models.Model):
    """The bureau's local numbers (本地); the newest row counts for examinations prepared from then on, older ones stay."""

    pass_percent = models.PositiveSmallIntegerField(_("合格线（占总分百分之）"), default=60)
    attempts = models.PositiveSmallIntegerField(_("每人最多考几次"), default=2)
    wait_days = models.PositiveSmallIntegerField(_("不合格后隔几日才能再考"), default=7)
    least_sittings = models.PositiveSmallIntegerField(_("作答满几人次才算难度和区分度"), default=30)
    second_marking = models.BooleanField(_("案例题由两人先后评阅，互不知道对方的评分"), default=False)
    threshold_percent = models.PositiveSmallIntegerField(_("两次评分相差超过分值的百分之几，由第三人评阅"), default=20)
    ground = models.TextField(_("依据"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("设定人"))
    made_at = models.DateTimeField(_("设定时间"), default=timezone.now)

    class Meta:
        verbose_name = _("考试规则设定")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pass_percent__range=(1, 100), attempts__range=(1, 10), wait_days__lte=365)
                & Q(least_sittings__range=(5, 1000), threshold_percent__range=(0, 100)),
                name="examinations_setting_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"

    @classmethod
    def current(cls) -> ExaminationSetting:
        """What holds now; the defaults when nothing was set."""
        return cls.objects.order_by("-pk").first() or cls()


class ExaminationQuerySet(models.QuerySet["Examination"]):
    """Examinations, with the one question of who sees them."""

    def visible_to(self, user: User) -> ExaminationQuerySet:
        """All for the bureau's supervisors; for others those announced to somebody of their department, or to them."""
        if user.sees_everything:
            return self
        theirs = Candidate.objects.filter(examination=OuterRef("pk")).visible_to(user)
        return self.exclude(state=Examination.State.DRAFT).filter(Exists(theirs))


class Examination(models.Model):
    """One examination of the bureau; its papers are drawn from the bank as it stood when it was announced."""

    class Purpose(models.TextChoices):
        QUALIFICATION = "qualification", _("资格考试（领证）")
        PERIODIC = "periodic", _("定期考核（持证人员）")
        RETRAINING = "retraining", _("补训后再考")

    class State(models.TextChoices):
        DRAFT = "draft", _("筹备")
        PUBLISHED = "published", _("已发布")
        CLOSED = "closed", _("已结束")
        CANCELLED = "cancelled", _("已取消")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="examination", verbose_name=_("事项")
    )
    title = models.CharField(_("名称"), max_length=80)
    purpose = models.CharField(_("目的"), max_length=13, choices=Purpose.choices)
    after = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="retrainings", verbose_name=_("针对哪一场考试")
    )
    opens_at = models.DateTimeField(_("开放"))
    closes_at = models.DateTimeField(_("截止"))
    minutes = models.PositiveSmallIntegerField(_("答题分钟数"))
    pass_halves = models.PositiveIntegerField(_("合格分（半分）"))
    attempts = models.PositiveSmallIntegerField(_("每人最多考几次"))
    wait_days = models.PositiveSmallIntegerField(_("不合格后隔几日才能再考"))
    same_paper = models.BooleanField(_("全体同卷"), default=False)
    second_marking = models.BooleanField(_("案例题两人评阅"), default=False)
    threshold_percent = models.PositiveSmallIntegerField(_("相差超过分值的百分之几由第三人评阅"), default=20)
    seed = models.CharField(_("抽题种子"), max_length=32, blank=True)
    bank_version = models.PositiveIntegerField(_("题库版本"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=9, choices=State.choices, default=State.DRAFT)
    reason = models.TextField(_("取消或者延长的理由"), blank=True)
    history = tracked()

    objects = ExaminationQuerySet.as_manager()

    class Meta:
        verbose_name = _("考试")
        indexes: ClassVar = [models.Index(fields=["-opens_at"], name="examinations_list")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="examinations_closes_later"),
            models.CheckConstraint(condition=Q(minutes__range=(5, 480)), name="examinations_minutes"),
        ]

    def __str__(self) -> str:
        return self.title

    def live_rows(self) -> models.QuerySet[BlueprintRow]:
        """The blueprint, without what was dropped."""
        return self.rows.filter(dropped=False)

    def full_halves(self) -> int:
        """What the whole paper counts."""
        return sum(row.count * row.halves for row in self.live_rows())


class BlueprintRow(models.Model):
    """So many questions of a kind, of a subject when one is named, each worth so much."""

    examination = models.ForeignKey(Examination, models.PROTECT, related_name="rows", verbose_name=_("考试"))
    kind = models.CharField(_("题型"), max_length=8, choices=Kind.choices)
    subject = models.CharField(_("科目"), max_length=20, blank=True)
    count = models.PositiveSmallIntegerField(_("题数"))
    halves = models.PositiveSmallIntegerField(_("每题分值（半分）"))
    dropped = models.BooleanField(_("已删去"), default=False)
    history = tracked()

    class Meta:
        verbose_name = _("组卷要求")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(count__range=(1, 300), halves__range=(1, 200)), name="examinations_row"),
        ]

    def __str__(self) -> str:
        subject = f"（{self.subject}）" if self.subject else ""
        return str(
            _("%(kind)s%(subject)s %(count)d 题，每题 %(points)s 分")
            % {"kind": self.get_kind_display(), "subject": subject, "count": self.count, "points": shown(self.halves)}
        )


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """Candidates, with the one question of who sees them."""

    def visible_to(self, user: User) -> CandidateQuerySet:
        """Those of the own department and oneself; the bureau sees all."""
        if user.sees_everything:
            return self
        return self.filter(Q(department=user.home_id) | Q(officer__user=user))


class Candidate(models.Model):
    """Somebody who is asked to sit; how it came out is written by the steps of his sittings."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("未考")
        SITTING = "sitting", _("答题中")
        MARKING = "marking", _("待阅卷")
        PASSED = "passed", _("合格")
        FAILED = "failed", _("不合格")
        ABSENT = "absent", _("缺考")

    examination = models.ForeignKey(Examination, models.PROTECT, related_name="candidates", verbose_name=_("考试"))
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="candidacies", verbose_name=_("人员"))
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+", verbose_name=_("部门"))
    outcome = models.CharField(_("结果"), max_length=7, choices=Outcome.choices, default=Outcome.WAITING)
    halves = models.PositiveIntegerField(_("最好成绩（半分）"), null=True, blank=True)
    invited_at = models.DateTimeField(_("通知时间"), default=timezone.now)
    extra_minutes = models.PositiveSmallIntegerField(_("加时（分钟）"), default=0)
    extra_ground = models.CharField(_("加时理由"), max_length=200, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("考生")
        indexes: ClassVar = [
            models.Index(fields=["examination", "department", "outcome"], name="examinations_candidates"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["examination", "officer"], name="examinations_candidate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.examination_id} {self.officer_id}"
