"""Applications for a certificate, what the bureau said to each, and the lists in which they travel."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personnel.models import Certificate, Officer
from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User


class Staffing(models.TextChoices):
    """On which establishment the officer is; the last three have no post of their own (ZJX-01)."""

    CIVIL = "civil", _("行政编制（公务员）")
    REFERENCE = "reference", _("参照公务员法管理的事业编制")
    INSTITUTION = "institution", _("事业编制")
    CONTRACT = "contract", _("合同制（编外聘用）")
    DISPATCH = "dispatch", _("劳务派遣")
    AUXILIARY = "auxiliary", _("辅助人员（协管、临聘等）")


ADMITTED = (Staffing.CIVIL.value, Staffing.REFERENCE.value, Staffing.INSTITUTION.value)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications, with the one question of who sees them."""

    def visible_to(self, user: User) -> ApplicationQuerySet:
        """The own department's; the bureau sees all."""
        return self if user.sees_everything else self.filter(matter__department=user.home_id)


class Application(models.Model):
    """One officer's application; drawn up by his department, examined and forwarded by the bureau."""

    class State(models.TextChoices):
        DRAFT = "draft", _("拟订")
        SUBMITTED = "submitted", _("已报送")
        EXAMINED = "examined", _("考试已核")
        PASSED = "passed", _("初审通过")
        RETURNED = "returned", _("退回补正")
        FORWARDED = "forwarded", _("已转报发证机关")
        ISSUED = "issued", _("已发证")
        REFUSED = "refused", _("不予发证")
        WITHDRAWN = "withdrawn", _("已撤回")

    class Exam(models.TextChoices):
        RESULT = "result", _("平台考试成绩")
        RECORDED = "recorded", _("平台外考试，凭证明登记")
        EXEMPT = "exempt", _("取得法律职业资格，免试")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="application", verbose_name=_("事项")
    )
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="applications", verbose_name=_("申领人"))
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+", verbose_name=_("部门"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    since = models.DateField(_("本状态自"))
    staffing = models.CharField(_("编制性质"), max_length=12, choices=Staffing.choices)
    staffing_file = models.CharField(_("编制证明文件"), max_length=120, blank=True)
    staffing_proof = models.ForeignKey(
        "attachments.Attachment", models.PROTECT, null=True, related_name="+", verbose_name=_("编制证明")
    )
    post = models.CharField(_("执法岗位"), max_length=60)
    education = models.CharField(_("学历"), max_length=40, blank=True)
    fields = ArrayField(models.CharField(max_length=30), verbose_name=_("申领的执法领域"))
    area = models.CharField(_("执法区域"), max_length=60)
    note = models.TextField(_("说明"), blank=True)
    submitted_on = models.DateField(_("最近报送"), null=True)
    submissions = models.PositiveSmallIntegerField(_("报送次数"), default=0)
    opinion = models.TextField(_("单位意见"), blank=True)
    exam_way = models.CharField(_("考试情况"), max_length=8, choices=Exam.choices, blank=True)
    exam_title = models.CharField(_("考试名称"), max_length=120, blank=True)
    exam_on = models.DateField(_("考试日期"), null=True)
    exam_points = models.CharField(_("考试成绩"), max_length=40, blank=True)
    exam_proof = models.ForeignKey(
        "attachments.Attachment", models.PROTECT, null=True, related_name="+", verbose_name=_("成绩证明")
    )
    ending = models.TextField(_("不予发证或者撤回的理由"), blank=True)
    certificate = models.OneToOneField(
        Certificate, models.PROTECT, null=True, related_name="application", verbose_name=_("执法证")
    )
    history = tracked()

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("执法证申领")
        indexes: ClassVar = [models.Index(fields=["state", "since"], name="application_queue")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["officer"],
                condition=~Q(state__in=["issued", "refused", "withdrawn"]),
                name="one_open_application",
                violation_error_message=_("这名人员已经有一份没有办结的申领。"),
            ),
            models.CheckConstraint(condition=Q(staffing__in=ADMITTED), name="application_is_on_the_establishment"),
            models.CheckConstraint(condition=~Q(fields=[]), name="application_names_a_field"),
            models.CheckConstraint(
                condition=~Q(state__in=["examined", "passed", "forwarded", "issued"]) | ~Q(exam_way=""),
                name="application_passed_has_an_examination",
            ),
            models.CheckConstraint(
                condition=Q(state="issued", certificate__isnull=False) | (~Q(state="issued") & Q(certificate=None)),
                name="application_issued_has_a_certificate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.state}"

    @property
    def exam_words(self) -> str:
        """How the examination stands, in one line."""
        if not self.exam_way:
            return "—"
        parts = [self.exam_title, self.exam_on.isoformat() if self.exam_on else "", self.exam_points]
        told = "，".join(part for part in parts if part)
        way = str(self.get_exam_way_display())
        return f"{way}：{told}" if told else way

    @property
    def exam_short(self) -> str:
        """The result for a narrow column."""
        if self.exam_way == self.Exam.EXEMPT:
            return str(_("免试"))
        return "，".join(part for part in (self.exam_points, self.exam_on.isoformat() if self.exam_on else "") if part)

    def waiting(self, on: dt.date) -> int:
        """Days since it entered its present state."""
        return max(0, (on - self.since).days)


OVER = frozenset({Application.State.ISSUED.value, Application.State.REFUSED.value, Application.State.WITHDRAWN.value})
OPEN = frozenset(Application.State.values) - OVER


class Review(models.Model):
    """What the bureau, or the issuer through it, said to one submission; only ever added to."""

    class Outcome(models.TextChoices):
        PASSED = "passed", _("初审通过")
        RETURNED = "returned", _("退回补正")
        REFUSED = "refused", _("不予发证")

    application = models.ForeignKey(Application, models.PROTECT, related_name="reviews", verbose_name=_("申领"))
    submission = models.PositiveSmallIntegerField(_("第几次报送"))
    outcome = models.CharField(_("结论"), max_length=8, choices=Outcome.choices)
    by_issuer = models.BooleanField(_("发证机关的意见"), default=False)
    text = models.TextField(_("意见"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    made_on = models.DateField(_("日期"))
    history = tracked()

    class Meta:
        verbose_name = _("审查意见")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.submission} {self.outcome}"


class LetterQuerySet(models.QuerySet["Letter"]):
    """Lists, with the one question of who sees them."""

    def visible_to(self, user: User) -> LetterQuerySet:
        """Those the own department sent; the bureau sees all."""
        return self if user.sees_everything else self.filter(matter__department=user.home_id)


class Letter(models.Model):
    """A list of applications on its way: from a department to the bureau, or from the bureau to an issuer."""

    class State(models.TextChoices):
        SENT = "sent", _("已发出")

    class Kind(models.TextChoices):
        SENDING = "sending", _("报送")
        FORWARDING = "forwarding", _("转报")

    class Issuer(models.TextChoices):
        REGION = "region", _("自治区司法行政部门")
        CITY = "city", _("市司法行政部门")
        VERTICAL = "vertical", _("垂直管理部门的上级机关")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="application_letter", verbose_name=_("事项")
    )
    kind = models.CharField(_("种类"), max_length=10, choices=Kind.choices)
    state = models.CharField(_("状态"), max_length=4, choices=State.choices, default=State.SENT)
    issuer_level = models.CharField(_("发证机关层级"), max_length=8, choices=Issuer.choices, blank=True)
    issuer = models.CharField(_("主送"), max_length=80)
    sent_on = models.DateField(_("发出日期"))
    count = models.PositiveIntegerField(_("人数"))
    note = models.TextField(_("说明"), blank=True)
    history = tracked()

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("申领名单")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(count__gt=0), name="letter_lists_somebody")]

    def __str__(self) -> str:
        return f"{self.kind} {self.sent_on}"


class Rule(models.Model):
    """The bureau's local rules (本地); the newest row counts, older ones stay."""

    exempts_qualified = models.BooleanField(_("取得法律职业资格的免于考试"), default=False)
    wants_photo = models.BooleanField(_("报送前须上传照片"), default=True)
    ground = models.TextField(_("依据"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("设定人"))
    made_at = models.DateTimeField(_("设定时间"), default=timezone.now)

    class Meta:
        verbose_name = _("申领规则设定")

    def __str__(self) -> str:
        return self.made_at.date().isoformat()

    @classmethod
    def current(cls) -> Rule:
        """What holds now; no exemption when nothing was set."""
        return cls.objects.order_by("-pk").first() or cls()
