"""SupervisionCase: the bureau's case about a department, its supervisors and what they looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User
    from supervision.models.instruments import Instrument


class SupervisionCaseQuerySet(models.QuerySet["SupervisionCase"]):
    """Supervision cases, with the one question of who sees them."""

    def visible_to(self, user: User) -> SupervisionCaseQuerySet:
        """The bureau's own; the target department from the day an instrument is issued (by grant)."""
        if user.sees_everything:
            return self
        return self.filter(Q(matter__department=user.home_id) | Q(pk__in=user.granted_matters()))

    def open(self) -> SupervisionCaseQuerySet:
        """Neither closed nor ended otherwise."""
        return self.exclude(state__in=SupervisionCase.ENDED)


class SupervisionCase(models.Model):
    """A case about a department's enforcement, from the lead to its closing (执法监督条例 第二、四章)."""

    class Source(models.TextChoices):
        ALERT = "alert", _("期限预警")
        COMPLAINT = "complaint", _("投诉举报")
        HOTLINE = "hotline", _("12345 热线")
        REVIEW = "review", _("案卷评查")
        PROCURATORIAL = "procuratorial", _("检察建议")
        CONTACT_POINT = "contact_point", _("执法监督联系点")
        SUPERIOR = "superior", _("上级交办")

    class Mode(models.TextChoices):
        DAILY = "daily", _("日常监督")
        KEY = "key", _("重点监督")
        LISTED = "listed", _("重点监督（挂牌督办）")
        RAISED = "raised", _("重点监督（提级监督）")

    class Ground(models.TextChoices):
        """The seven matters of 执法监督条例11条2款, by its own words."""

        SUBJECT = "subject", _("行政执法的主体、人员不具有合法资格")
        PROCEDURE = "procedure", _("行政执法程序不合法")
        DECISION = "decision", _("行政执法决定违法或者明显不当")
        INACTION = "inaction", _("行政执法不作为、乱作为")
        RUDENESS = "rudeness", _("简单粗暴等不文明行为")
        EQUIPMENT = "equipment", _("证件、标志标识、执法装备使用或者着装不规范")
        OTHER = "other", _("其他影响行政执法合法性、适当性的情形")

    class State(models.TextChoices):
        LEAD = "lead", _("线索")
        FILED = "filed", _("已立案")
        INVESTIGATING = "investigating", _("调查中")
        DISPOSED = "disposed", _("已批准处理")
        ISSUED = "issued", _("已制发")
        SERVED = "served", _("整改中")
        REPORTED = "reported", _("已报送纠正情况")
        NOT_CORRECTED = "not_corrected", _("未纠正")
        VERIFIED = "verified", _("已核验")
        CLOSED = "closed", _("已结案")
        DECLINED = "declined", _("不予立案")
        TERMINATED = "terminated", _("已撤案")

    ENDED: ClassVar = frozenset({"closed", "declined", "terminated"})

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="supervision_case", verbose_name=_("事项")
    )
    target = models.ForeignKey(
        "accounts.Department", models.PROTECT, related_name="supervision_cases", verbose_name=_("被监督机关")
    )
    source = models.CharField(_("线索来源"), max_length=14, choices=Source.choices)
    source_note = models.CharField(_("来源说明"), max_length=200, blank=True)
    mode = models.CharField(_("监督方式"), max_length=8, choices=Mode.choices, default=Mode.DAILY)
    grounds = ArrayField(models.CharField(max_length=12, choices=Ground.choices), verbose_name=_("监督事由"))
    facts = models.TextField(_("初步事实"))
    alerts = models.ManyToManyField(
        "supervision.Alert", through="supervision.CaseAlert", related_name="cases", verbose_name=_("预警")
    )
    state = models.CharField(_("状态"), max_length=14, choices=State.choices, default=State.LEAD)
    filed_on = models.DateField(_("立案日期"), null=True, blank=True)
    filing_opinion = models.TextField(_("立案意见"), blank=True)
    remedy_check = models.TextField(_("复议、诉讼核查"), blank=True)
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)
    ended_ground = models.TextField(_("结束理由"), blank=True)
    history = tracked()

    objects = SupervisionCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("监督案件")
        verbose_name_plural = _("监督案件")
        indexes: ClassVar = [
            models.Index(fields=["target", "state"], name="supervision_target_state"),
            models.Index(fields=["state"], name="supervision_state"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(grounds=[]), name="supervision_has_a_ground"),
        ]

    def __str__(self) -> str:
        return str(self.matter)

    def is_visible_to(self, user: User) -> bool:
        """The same question as SupervisionCaseQuerySet.visible_to for one case."""
        return self.matter.is_visible_to(user)

    def is_internal_to(self, user: User) -> bool:
        """Whether the person sees the bureau's own side: approval forms, measures, opinions."""
        return user.sees_everything or user.home_id == self.matter.department_id

    @property
    def ground_labels(self) -> list[str]:
        """The statutory grounds in words."""
        return [str(self.Ground(ground).label) for ground in self.grounds]

    @property
    def instrument(self) -> Instrument | None:
        """The instrument in force: the last one that was not withdrawn."""
        return self.instruments.filter(withdrawn_on=None).order_by("-pk").first()

    @property
    def needs_superior(self) -> bool:
        """Whether the target stands under a superior who must be told (执法监督条例42条2款)."""
        return str(self.target.lead) != "own"


class CaseAlert(models.Model):
    """That an alert was taken up by a case."""

    case = models.ForeignKey(SupervisionCase, models.PROTECT, related_name="taken_up")
    alert = models.ForeignKey("supervision.Alert", models.PROTECT, related_name="taken_up")
    released = models.BooleanField(_("已退出"), default=False)
    history = tracked()

    class Meta:
        verbose_name = _("并入的预警")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "alert"], name="case_alert_once"),
            models.UniqueConstraint(fields=["alert"], condition=Q(released=False), name="alert_in_one_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} ← {self.alert_id}"


class CaseSupervisor(models.Model):
    """One of the two who handle the case, with his own word on recusal."""

    case = models.ForeignKey(SupervisionCase, models.PROTECT, related_name="supervisors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="supervision_cases", verbose_name=_("监督人员")
    )
    declared_at = models.DateTimeField(_("声明时间"), null=True, blank=True)
    conflict = models.TextField(_("利害关系"), blank=True)
    relieved_on = models.DateField(_("退出日期"), null=True, blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("监督人员")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(relieved_on=None), name="case_supervisor_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class Measure(models.Model):
    """One measure of investigation (执法监督条例22条)."""

    class Kind(models.TextChoices):
        SELF_CHECK = "self_check", _("要求自查、说明情况")
        INSPECTION = "inspection", _("检查、访谈、暗访")
        MEETING = "meeting", _("座谈、听证、统计、评估")
        RECORDS = "records", _("调阅、复制有关资料")
        TALK = "talk", _("约谈负责人或者相关责任人")
        OTHER = "other", _("其他必要的措施")

    case = models.ForeignKey(SupervisionCase, models.PROTECT, related_name="measures")
    kind = models.CharField(_("措施"), max_length=12, choices=Kind.choices)
    taken_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=120, blank=True)
    content = models.TextField(_("经过和结果"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记录人")
    )
    attachments = models.ManyToManyField("attachments.Attachment", related_name="+", verbose_name=_("材料"))
    history = tracked()

    class Meta:
        verbose_name = _("监督措施")
        ordering: ClassVar = ["taken_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.taken_on}"
