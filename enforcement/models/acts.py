"""Enforcement acts of every kind: the act, its parties, its officers, its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enforcement.models.items import EnforcementItem
from portal.accounts.credit_code import validate_credit_code
from portal.accounts.encryption import EncryptedTextField, keyed_hash, mask_identity
from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User


class ActQuerySet(models.QuerySet[Any]):
    """Acts, with the one question of who sees them (compare Matter.visible_to)."""

    def visible_to(self, user: User) -> ActQuerySet:
        """Own department's, those granted and alive; all for the bureau's supervisors."""
        if user.sees_everything:
            return self
        return self.filter(models.Q(department=user.home_id) | models.Q(pk__in=user.granted_matters()))


class EnforcementAct(models.Model):
    """One act of enforcement; its key is its matter's. A penalty case is its rich subtype."""

    class State(models.TextChoices):
        LEAD = "lead", _("线索")
        NOT_FILED = "not_filed", _("不予立案")
        FILED = "filed", _("已立案")
        INVESTIGATED = "investigated", _("调查终结")
        NOTIFIED = "notified", _("已告知")
        DECIDED = "decided", _("已决定")
        NO_PENALTY = "no_penalty", _("不予处罚")
        SERVED = "served", _("已送达")
        COURT_APPLIED = "court_applied", _("已申请法院执行")
        CLOSED = "closed", _("已结案")
        REGISTERED = "registered", _("已登记")
        NOT_ACCEPTED = "not_accepted", _("不予受理")
        UNDER_REVIEW = "under_review", _("审核中")
        EXECUTED = "executed", _("已执行")
        ARCHIVED = "archived", _("已归档")

    class Origin(models.TextChoices):
        DESK = "desk", _("平台办理")
        IMPORTED = "imported", _("信息归集")

    matter = models.OneToOneField("matters.Matter", models.PROTECT, primary_key=True, related_name="act")
    kind = models.CharField(_("种类"), max_length=16, choices=EnforcementItem.Kind.choices)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="acts", verbose_name=_("部门"))
    state = models.CharField(_("环节"), max_length=20, choices=State.choices, default=State.LEAD)
    item = models.ForeignKey(
        EnforcementItem, models.PROTECT, null=True, blank=True, related_name="acts", verbose_name=_("事项")
    )
    acting_name = models.CharField(_("执法主体"), max_length=80)
    number = models.CharField(_("案号"), max_length=80, blank=True)
    title = models.CharField(_("案由"), max_length=200)
    party_names = models.CharField(_("当事人"), max_length=300, blank=True)
    origin = models.CharField(_("来历"), max_length=10, choices=Origin.choices, default=Origin.DESK)
    to_complete = ArrayField(models.CharField(max_length=30), default=list, blank=True, verbose_name=_("待补正"))
    registered_on = models.DateField(_("登记日期"))
    filed_on = models.DateField(_("立案日期"), null=True, blank=True)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = _("执法行为")
        indexes: ClassVar = [
            models.Index(fields=["department", "state", "-registered_on", "-matter"], name="act_department_list"),
            models.Index(fields=["-registered_on", "-matter"], name="act_list"),
            GinIndex(OpClass(Upper("party_names"), name="gin_trgm_ops"), name="act_party_search"),
            models.Index(fields=["number"], name="act_number"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_visible_to(self, user: User) -> bool:
        """The matter's answer."""
        return self.matter.is_visible_to(user)


class Party(models.Model):
    """A party of an act; a natural person's numbers are encrypted."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("法人或者其他组织")
        BUSINESS = "business", _("个体工商户")
        NATURAL = "natural", _("自然人")

    act = models.ForeignKey(EnforcementAct, models.PROTECT, related_name="parties")
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("名称或者姓名"), max_length=200)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True, validators=[validate_credit_code])
    identity = EncryptedTextField(_("身份证件号码"), blank=True, default="")
    identity_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    representative = models.CharField(_("法定代表人、负责人或者经营者"), max_length=60, blank=True)
    address = models.CharField(_("住所、住址或者经营场所"), max_length=200, blank=True)
    phone = EncryptedTextField(_("联系电话"), blank=True, default="")
    born_on = models.DateField(_("出生日期"), null=True, blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("当事人")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["credit_code"], condition=~models.Q(credit_code=""), name="party_credit_code"),
            models.Index(fields=["name"], name="party_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The keyed hash follows the number."""
        self.identity_hash = keyed_hash(self.identity)
        super().save(*args, **kwargs)

    @property
    def masked_identity(self) -> str:
        """The number as it may be shown without a logged click."""
        return mask_identity(self.identity)

    @property
    def about(self) -> str:
        """How facts name this party."""
        return f"party:{self.pk}"


class ActOfficer(models.Model):
    """An officer on an act, with the certificate he showed."""

    class Role(models.TextChoices):
        LEAD = "lead", _("主办")
        ASSISTANT = "assistant", _("协办")

    act = models.ForeignKey(EnforcementAct, models.PROTECT, related_name="act_officers")
    officer = models.ForeignKey("personnel.Officer", models.PROTECT, related_name="act_roles")
    role = models.CharField(_("分工"), max_length=10, choices=Role.choices)
    certificate_number = models.CharField(_("执法证号"), max_length=40)
    since = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("办案人员")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["act", "officer"], condition=models.Q(until=None), name="officer_once_per_act"
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer} {self.get_role_display()}"


class Evidence(models.Model):
    """One piece of evidence of the eight kinds of 处罚法46条, with how it was got."""

    class Kind(models.TextChoices):
        DOCUMENTARY = "documentary", _("书证")
        PHYSICAL = "physical", _("物证")
        AUDIOVISUAL = "audiovisual", _("视听资料")
        ELECTRONIC = "electronic", _("电子数据")
        WITNESS = "witness", _("证人证言")
        STATEMENT = "statement", _("当事人的陈述")
        EXPERT = "expert", _("鉴定意见")
        RECORD = "record", _("勘验笔录、现场笔录")

    act = models.ForeignKey(EnforcementAct, models.PROTECT, related_name="evidence")
    kind = models.CharField(_("种类"), max_length=14, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=120)
    proves = models.TextField(_("证明的事实"))
    obtained_on = models.DateField(_("取得日期"))
    place = models.CharField(_("取得地点"), max_length=120, blank=True)
    collectors = models.CharField(_("取证人"), max_length=120)
    certificate_shown = models.BooleanField(_("已出示执法证件、告知事由和权利"), default=False)
    attachment = models.ForeignKey(
        "attachments.Attachment", models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name=_("文件")
    )
    added_at = models.DateTimeField(default=timezone.now)
    history = tracked()

    class Meta:
        verbose_name = _("证据")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name
