"""The question bank: questions, their versions, changes that wait for a second person, files of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User


class Kind(models.TextChoices):
    """How a question is answered; a case question is marked by a person."""

    SINGLE = "single", _("单项选择")
    MULTIPLE = "multiple", _("多项选择")
    JUDGE = "judge", _("判断")
    CASE = "case", _("案例分析")


def labels(name: Any) -> Any:
    """Subjects a question belongs to, as the bureau names them."""
    return ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=name)


class SupervisorsOnly(models.QuerySet[Any]):
    """Rows that nobody but the bureau's supervisors may read: they hold the right answers."""

    def visible_to(self, user: User) -> SupervisorsOnly:
        """All or nothing."""
        return self if user.sees_everything else self.none()


class Bank(models.Model):
    """The one bank of the district; every change of a question is an event of its matter."""

    class State(models.TextChoices):
        KEPT = "kept", _("使用中")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="+", verbose_name=_("事项")
    )
    only = models.BooleanField(default=True, unique=True, editable=False)
    state = models.CharField(_("状态"), max_length=4, choices=State.choices, default=State.KEPT)
    history = tracked()

    class Meta:
        verbose_name = _("题库")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(only=True), name="examinations_one_bank")]

    def __str__(self) -> str:
        return str(_("题库"))

    @staticmethod
    def version() -> int:
        """The bank's present version: it grows by one with every change."""
        found: int | None = QuestionVersion.objects.aggregate(last=Max("since"))["last"]
        return found or 0


class Question(models.Model):
    """A question; what it says is in its versions."""

    class State(models.TextChoices):
        IN_USE = "in_use", _("使用中")
        WITHDRAWN = "withdrawn", _("已停用")

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="+", verbose_name=_("题库"))
    code = models.CharField(_("题号"), max_length=20, unique=True)
    kind = models.CharField(_("题型"), max_length=8, choices=Kind.choices)
    state = models.CharField(_("状态"), max_length=9, choices=State.choices, default=State.IN_USE)
    version = models.PositiveIntegerField(_("版本"), default=1)
    history = tracked()

    objects = SupervisorsOnly.as_manager()

    class Meta:
        verbose_name = _("试题")

    def __str__(self) -> str:
        return self.code

    def now(self) -> QuestionVersion:
        """The version that counts today."""
        return self.versions.get(version=self.version)


class Content(models.Model):
    """What a question says: stem, options with their letters, right letters, points to look for, subjects."""

    stem = models.TextField(_("题干"))
    options = models.JSONField(_("选项"), default=list)  # [["A", "…"], ["B", "…"]]
    answer = ArrayField(models.CharField(max_length=1), default=list, verbose_name=_("正确答案"))
    reference = models.TextField(_("评分要点"), blank=True)
    subjects = labels(_("科目"))

    class Meta:
        abstract = True


class QuestionVersion(Content):
    """One version of a question, never changed; papers point to it. `since`: the bank's version that brought it.

    A withdrawal is a version too, with `in_use` off, so the bank as of any of its versions can be asked for.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions", verbose_name=_("试题"))
    version = models.PositiveIntegerField(_("版本"))
    since = models.PositiveIntegerField(_("题库版本"))
    in_use = models.BooleanField(_("使用中"), default=True)
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("复核人")
    )
    made_at = models.DateTimeField(_("时间"), default=timezone.now)

    objects = SupervisorsOnly.as_manager()

    class Meta:
        verbose_name = _("试题版本")
        indexes: ClassVar = [models.Index(fields=["since"], name="examinations_version_since")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "version"], name="examinations_version_once"),
            models.CheckConstraint(
                condition=~Q(made_by=models.F("approved_by")), name="examinations_version_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} v{self.version}"


class Change(Content):
    """A question to be added, revised, withdrawn or taken back into use; in force when a second person has agreed."""

    class Sort(models.TextChoices):
        ADD = "add", _("新增")
        REVISE = "revise", _("修改")
        WITHDRAW = "withdraw", _("停用")
        RESTORE = "restore", _("恢复使用")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待复核")
        ACCEPTED = "accepted", _("已同意")
        REFUSED = "refused", _("未采用")

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="+", verbose_name=_("题库"))
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name=_("试题")
    )
    sort = models.CharField(_("变更"), max_length=8, choices=Sort.choices)
    kind = models.CharField(_("题型"), max_length=8, choices=Kind.choices)
    reason = models.TextField(_("理由"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    made_at = models.DateTimeField(_("提出时间"), default=timezone.now)
    verdict = models.TextField(_("不采用的理由"), blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.PROPOSED)
    history = tracked()

    objects = SupervisorsOnly.as_manager()

    class Meta:
        verbose_name = _("试题变更")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["question"], condition=Q(state="proposed"), name="examinations_one_change_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display()} {self.question or ''}"


class QuestionFile(models.Model):
    """A file of questions: read and judged line by line; its good questions are adopted together by a second person."""

    class State(models.TextChoices):
        READ = "read", _("待复核")
        ADOPTED = "adopted", _("已导入")
        DISCARDED = "discarded", _("已放弃")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="+", verbose_name=_("事项")
    )
    file_name = models.CharField(_("文件"), max_length=200)
    sha256 = models.CharField(max_length=64)
    subjects = labels(_("科目"))
    lines = models.PositiveIntegerField(_("行数"), default=0)
    good = models.PositiveIntegerField(_("读懂的题"), default=0)
    present = models.PositiveIntegerField(_("已在题库"), default=0)
    created = models.PositiveIntegerField(_("已导入"), default=0)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    hints = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人"))
    made_at = models.DateTimeField(_("上传时间"), default=timezone.now)
    state = models.CharField(_("状态"), max_length=9, choices=State.choices, default=State.READ)
    history = tracked(excluded_fields=["rows", "problems", "hints"])

    objects = SupervisorsOnly.as_manager()

    class Meta:
        verbose_name = _("试题文件")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sha256"], condition=~Q(state="discarded"), name="examinations_file_once"),
        ]

    def __str__(self) -> str:
        return self.file_name
