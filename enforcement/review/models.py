"""What is kept of legal review: rounds, suspicions, deliberations; who may review; what is set locally."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enforcement.models import EnforcementAct
from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import Department, User

LEAST_LEADERS = 2  # 参照: what the model rubric of file review asks of a collective deliberation


def _person(label: Any) -> models.ForeignKey:  # type: ignore[type-arg]  # a column
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


def _paper() -> models.ForeignKey:  # type: ignore[type-arg]  # a column
    return models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds, by who sees them."""

    def visible_to(self, user: User) -> RoundQuerySet:
        """Own department's; those a guest reviews, as long as he was given the case; all for the bureau's supervisors.

        Another department that was given the case does not see what was thought of it inside.
        """
        if user.sees_everything:
            return self
        invited = Q(reviewer=user.pk, act__in=user.granted_matters())
        return self.filter(Q(act__department=user.home_id) | invited)


class Round(models.Model):
    """One round of legal review: exactly this outcome of an act, on this file, and what the reviewer said of it."""

    class State(models.TextChoices):
        OPEN = "open", _("审核中")
        PASSED = "passed", _("审核通过")
        RETURNED = "returned", _("存在问题，退回")
        WITHDRAWN = "withdrawn", _("已撤回送审")

    class Qualified(models.TextChoices):
        EXAM = "exam", _("取得法律职业资格")
        EARLIER = "earlier", _("此前已从事法制审核")

    act = models.ForeignKey(EnforcementAct, models.PROTECT, related_name="review_rounds")
    place = models.PositiveIntegerField(_("次序"))
    state = models.CharField(_("结果"), max_length=10, choices=State.choices, default=State.OPEN)
    reasons = models.JSONField(_("送审理由"), default=list)
    outcome = models.JSONField(_("送审的处理意见"))
    digest = models.CharField(_("处理意见校验值"), max_length=64)
    evidence = models.JSONField(_("送审时的证据"), default=list)
    heard_on = models.DateField(_("送审前最后一次听证"), null=True, blank=True)
    mended = models.TextField(_("整改情况"), blank=True)
    note = models.TextField(_("承办意见"), blank=True)
    submitted_on = models.DateField(_("送审日期"))
    submitted_by = _person(_("送审人"))
    reviewer = _person(_("审核人员"))
    qualified = models.CharField(_("审核资格"), max_length=8, choices=Qualified.choices, blank=True)
    certificate = models.CharField(_("资格证书编号或者从事时间"), max_length=60, blank=True)
    taken_on = models.DateField(_("承办日期"), null=True, blank=True)
    invited = models.BooleanField(_("因受邀审核而可以查看本案"), default=False)
    points = models.JSONField(_("逐项审核意见"), default=list, blank=True)
    opinion = models.TextField(_("审核意见"), blank=True)
    to_mend = models.TextField(_("须整改的问题"), blank=True)
    concluded_on = models.DateField(_("结论日期"), null=True, blank=True)
    chaired_on = models.DateField(_("负责人主持研究日期"), null=True, blank=True)
    chaired_by = _person(_("主持人"))
    chair_note = models.TextField(_("研究情况"), blank=True)
    submission = _paper()
    document = _paper()
    history = tracked()

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("法制审核")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["state", "submitted_on", "id"], name="round_queue")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["act", "place"], name="round_place"),
            models.UniqueConstraint(fields=["act"], condition=Q(state="open"), name="one_open_round"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"], opinion="")
                | (
                    Q(state__in=["passed", "returned"])
                    & ~Q(reviewer=None)
                    & ~Q(qualified="")
                    & ~Q(opinion="")
                    & ~Q(points=[])
                ),
                name="round_concluded_wholly",
            ),
            models.CheckConstraint(
                condition=Q(state="open", concluded_on=None)
                | (~Q(state="open") & Q(concluded_on__gte=F("submitted_on"))),
                name="round_ends_after_it_began",
            ),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(to_mend=""), name="round_returned_says_what"),
        ]

    def __str__(self) -> str:
        return str(_("第 %(place)d 次法制审核") % {"place": self.place})

    @property
    def about(self) -> str:
        """How facts name this round."""
        return f"review:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for its opinion."""
        return self.state == self.State.OPEN


class Suspicion(models.Model):
    """That an act may be a crime; from its record to its clearing there is no penalty decision (处罚法57条1款4项, YS-13).

    The criminal referral builds on it: it opens a matter of its own on the fact `crime.suspected` (about
    «suspicion:ID», in the case's matter), links the two matters, and when the outcome comes back performs
    `review.clear_suspicion` with the ground that fits (not filed by the police, no liability) on the case.
    The exception for licences and suspended production (with the police's view in writing) is to be added there:
    as a registration that the gate `no_open_suspicion` asks before it answers.
    """

    class Ground(models.TextChoices):
        NOT_CRIME = "not_crime", _("经核实不涉嫌犯罪")
        NOT_FILED = "not_filed", _("公安机关不予立案，退回案件")
        EXEMPT = "exempt", _("依法不需要追究刑事责任或者免予刑事处罚，应当给予行政处罚")

    act = models.ForeignKey(EnforcementAct, models.PROTECT, related_name="suspicions")
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="suspicions")
    note = models.TextField(_("涉嫌的犯罪和依据"))
    recorded_on = models.DateField(_("发现日期"))
    recorded_by = _person(_("记录人"))
    ground = models.CharField(_("排除理由"), max_length=10, choices=Ground.choices, blank=True)
    reason = models.TextField(_("说明"), blank=True)
    cleared_on = models.DateField(_("排除日期"), null=True, blank=True)
    cleared_by = _person(_("决定人"))
    proof = models.ForeignKey(
        "attachments.Attachment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("文书")
    )
    history = tracked()

    class Meta:
        verbose_name = _("涉嫌犯罪线索")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["act"], condition=Q(cleared_on=None), name="one_open_suspicion"),
            models.CheckConstraint(
                condition=Q(cleared_on=None, ground="", reason="")
                | (Q(cleared_on__gte=F("recorded_on")) & ~Q(ground="") & ~Q(reason="")),
                name="suspicion_cleared_wholly",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.recorded_on.isoformat()}"

    @property
    def about(self) -> str:
        """How facts name it."""
        return f"suspicion:{self.pk}"


class Deliberation(models.Model):
    """A collective deliberation of those responsible (处罚法57条2款): who took part, what each said, what was concluded."""

    act = models.ForeignKey(EnforcementAct, models.PROTECT, related_name="deliberations")
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="deliberations")
    held_on = models.DateField(_("讨论日期"))
    held_at = models.CharField(_("地点"), max_length=100, blank=True)
    chair = _person(_("主持人"))
    participants = models.JSONField(_("参加讨论的负责人"), default=list)
    others = models.CharField(_("列席、汇报、记录人员"), max_length=200, blank=True)
    report = models.TextField(_("案情汇报"))
    conclusion = models.TextField(_("讨论结论"))
    outcome = models.JSONField(_("讨论决定的处理意见"))
    digest = models.CharField(_("处理意见校验值"), max_length=64)
    evidence = models.JSONField(_("讨论时的证据"), default=list)
    heard_on = models.DateField(_("讨论前最后一次听证"), null=True, blank=True)
    document = _paper()
    history = tracked()

    class Meta:
        verbose_name = _("集体讨论")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.held_on.isoformat()}"

    @property
    def about(self) -> str:
        """How facts name it."""
        return f"deliberation:{self.pk}"


class Reviewer(models.Model):
    """That a person may review (CF-11), or no longer; the newest row of a person counts, the older ones stay."""

    class Standing(models.TextChoices):
        EXAM = "exam", _("取得法律职业资格")
        EARLIER = "earlier", _("此前已从事法制审核")
        ENDED = "ended", _("不再从事法制审核")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="review_standings", verbose_name=_("审核人员")
    )
    standing = models.CharField(_("资格"), max_length=8, choices=Standing.choices)
    certificate = models.CharField(_("法律职业资格证书编号"), max_length=60, blank=True)
    since = models.DateField(_("从事法制审核的起始日期"), null=True, blank=True)
    ground = models.CharField(_("依据"), max_length=200)
    made_by = _person(_("登记人"))
    made_at = models.DateTimeField(_("登记时间"), default=timezone.now)

    class Meta:
        verbose_name = _("法制审核人员")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["user", "-id"], name="reviewer_newest")]

    def __str__(self) -> str:
        return f"{self.user} {self.get_standing_display()}"


class ReviewSetting(models.Model):
    """What a department, or the bureau for all, sets for itself (本地); the newest row from its day on counts."""

    class Order(models.TextChoices):
        EITHER = "either", _("告知之前或者之后都可以")
        BEFORE = "before", _("告知之前")
        AFTER = "after", _("告知之后")

    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("部门")
    )
    order = models.CharField(_("法制审核的时间"), max_length=8, choices=Order.choices, default=Order.EITHER)
    leaders = models.PositiveSmallIntegerField(
        _("集体讨论至少参加的负责人"),
        default=LEAST_LEADERS,
        validators=[MinValueValidator(LEAST_LEADERS), MaxValueValidator(20)],
    )
    from_on = models.DateField(_("自"))
    ground = models.CharField(_("依据"), max_length=200)
    made_by = _person(_("设定人"))
    made_at = models.DateTimeField(_("设定时间"), default=timezone.now)

    class Meta:
        verbose_name = _("法制审核设定")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["department", "-id"], name="review_setting_newest")]

    def __str__(self) -> str:
        return f"{self.get_order_display()} {self.from_on.isoformat()}"

    @classmethod
    def of(cls, department: Department | int, on: dt.date) -> ReviewSetting:
        """What holds for a department on a day: its own newest row, else the bureau's, else what the portal assumes."""
        pk = department if isinstance(department, int) else department.pk
        rows = cls.objects.filter(Q(department=pk) | Q(department=None), from_on__lte=on)
        found = rows.order_by(F("department").asc(nulls_last=True), "-pk").first()
        return found or cls(order=cls.Order.EITHER, leaders=LEAST_LEADERS, from_on=on)
