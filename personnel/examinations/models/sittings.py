"""Sittings: one person, one paper, one clock; what was drawn, what was answered, what it counted, who read it blind."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personnel.examinations.models.bank import QuestionVersion, SupervisorsOnly
from personnel.examinations.models.exams import Candidate
from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User


class SittingQuerySet(models.QuerySet["Sitting"]):
    """Sittings, with the one question of who sees them."""

    def visible_to(self, user: User) -> SittingQuerySet:
        """The own department's and one's own; the bureau sees all."""
        if user.sees_everything:
            return self
        return self.filter(Q(matter__department=user.home_id) | Q(candidate__officer__user=user))


class Sitting(models.Model):
    """One try of one person, a matter of its own; the server alone knows when it ends."""

    class State(models.TextChoices):
        RUNNING = "running", _("答题中")
        ENDED = "ended", _("待阅卷")
        MARKED = "marked", _("已出成绩")

    class How(models.TextChoices):
        HANDED_IN = "handed_in", _("本人交卷")
        TIME = "time", _("到时收卷")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="sitting", verbose_name=_("事项")
    )
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="sittings", verbose_name=_("考生"))
    attempt = models.PositiveSmallIntegerField(_("第几次"))
    seed = models.CharField(_("抽题种子"), max_length=64)
    begun_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("到时"))
    ended_at = models.DateTimeField(_("交卷"), null=True, blank=True)
    ended_how = models.CharField(_("怎样交卷"), max_length=9, choices=How.choices, blank=True)
    halves = models.PositiveIntegerField(_("得分（半分）"), null=True, blank=True)
    full_halves = models.PositiveIntegerField(_("总分（半分）"))
    passed = models.BooleanField(_("合格"), null=True, blank=True)
    marked_at = models.DateTimeField(_("出成绩"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=7, choices=State.choices, default=State.RUNNING)
    history = tracked()

    objects = SittingQuerySet.as_manager()

    class Meta:
        verbose_name = _("答卷")
        indexes: ClassVar = [
            models.Index(fields=["ends_at"], condition=Q(state="running"), name="examinations_running"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["candidate", "attempt"], name="examinations_attempt_once"),
            models.UniqueConstraint(
                fields=["candidate"], condition=~Q(state="marked"), name="examinations_one_sitting_at_a_time"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begun_at")), name="examinations_sitting_ends_later"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def is_of(self, user: User) -> bool:
        """Whether the person is the one who sits."""
        return self.candidate.officer.user_id == user.pk

    def seconds_left(self, now: dt.datetime) -> int:
        """Whole seconds until the end, never less than none."""
        return max(0, int((self.ends_at - now).total_seconds()))


class Item(models.Model):
    """One question of a paper: the version it was drawn in, its options in the order shown, what it counts."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="items", verbose_name=_("答卷"))
    position = models.PositiveSmallIntegerField(_("第几题"))
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="items", verbose_name=_("试题版本"))
    order = ArrayField(models.CharField(max_length=1), default=list, verbose_name=_("选项次序"))
    halves = models.PositiveSmallIntegerField(_("分值（半分）"))
    earned = models.PositiveSmallIntegerField(_("得分（半分）"), null=True, blank=True)

    class Meta:
        verbose_name = _("卷面题目")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sitting", "position"], name="examinations_item_once"),
            models.CheckConstraint(
                condition=Q(earned=None) | Q(earned__lte=F("halves")), name="examinations_item_earned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}:{self.position}"


class Answer(models.Model):
    """What stands as the answer to an item; written by one conditional statement while the sitting runs.

    `chosen` holds letters of the question itself, whatever order they were shown in. `revision` and
    `writer` (the page that wrote it) keep two browsers from overwriting each other unseen.
    """

    item = models.OneToOneField(Item, models.PROTECT, primary_key=True, related_name="answer", verbose_name=_("题目"))
    chosen = ArrayField(models.CharField(max_length=1), default=list, verbose_name=_("所选"))
    text = models.TextField(_("文字"), blank=True)
    revision = models.PositiveIntegerField(default=1)
    writer = models.CharField(max_length=32)
    saved_at = models.DateTimeField(_("保存时间"), default=timezone.now)

    class Meta:
        verbose_name = _("作答")

    def __str__(self) -> str:
        return f"{self.item_id} r{self.revision}"


class Script(models.Model):
    """The answer to a case question on its way to a reader: a number in place of the name, in the examination's matter."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待评阅")
        SECOND = "second", _("待第二人评阅")
        THIRD = "third", _("相差较大，待第三人评阅")
        MARKED = "marked", _("已评阅")

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="+", verbose_name=_("考试"))
    item = models.OneToOneField(Item, models.PROTECT, related_name="script", verbose_name=_("题目"))
    code = models.CharField(_("密号"), max_length=10, unique=True)
    marker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("阅卷人")
    )
    halves = models.PositiveSmallIntegerField(_("得分（半分）"), null=True, blank=True)
    remark = models.TextField(_("评语"), blank=True)
    state = models.CharField(_("状态"), max_length=7, choices=State.choices, default=State.WAITING)
    history = tracked()

    objects = SupervisorsOnly.as_manager()

    class Meta:
        verbose_name = _("案例题答卷")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "second", "third"], halves=None, marker=None)
                | Q(state="marked", halves__isnull=False, marker__isnull=False),
                name="examinations_script_marked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Reading(models.Model):
    """One reader's mark of an answer; the others who read it do not see it before the points stand."""

    script = models.ForeignKey(Script, models.PROTECT, related_name="readings", verbose_name=_("案例题答卷"))
    number = models.PositiveSmallIntegerField(_("第几次评阅"))
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("阅卷人"))
    halves = models.PositiveSmallIntegerField(_("得分（半分）"))
    remark = models.TextField(_("评语"), blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("评阅")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["script", "number"], name="examinations_reading_once"),
            models.UniqueConstraint(fields=["script", "marker"], name="examinations_reader_once"),
        ]

    def __str__(self) -> str:
        return f"{self.script_id} {self.number}"


class Correction(models.Model):
    """Points of an item put right after the result was out: the entry before it stays, this one counts."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="corrections", verbose_name=_("答卷"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="corrections", verbose_name=_("题目"))
    before = models.PositiveSmallIntegerField(_("原得分（半分）"))
    after = models.PositiveSmallIntegerField(_("更正后得分（半分）"))
    reason = models.TextField(_("理由"))
    made_at = models.DateTimeField(_("更正时间"), default=timezone.now)
    history = tracked()

    class Meta:
        verbose_name = _("成绩更正")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="examinations_correction_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.before} → {self.after}"


class ItemStatistic(models.Model):
    """How a version of a question has done, as the last count has found it: derived, thrown away and made anew freely."""

    version = models.OneToOneField(
        QuestionVersion, models.CASCADE, related_name="statistic", verbose_name=_("试题版本")
    )
    sittings = models.PositiveIntegerField(_("作答人次"))
    difficulty = models.DecimalField(_("难度"), max_digits=4, decimal_places=3)
    discrimination = models.DecimalField(_("区分度"), max_digits=4, decimal_places=3, null=True)
    counted_at = models.DateTimeField(_("统计时间"))

    objects = SupervisorsOnly.as_manager()

    class Meta:
        verbose_name = _("试题统计")

    def __str__(self) -> str:
        return str(self.version_id)
