"""Disclosure of a decision: masked, approved, published as a snapshot that never changes, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.ledger.history import tracked

if TYPE_CHECKING:
    from portal.accounts.models import User


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    """Disclosures, with the one question of who sees them (that of their matter)."""

    def visible_to(self, user: User) -> DisclosureQuerySet:
        """Own department's, those granted; all for the bureau's supervisors."""
        if user.sees_everything:
            return self
        return self.filter(Q(department=user.home_id) | Q(matter__in=user.granted_matters()))


class Disclosure(models.Model):
    """The way of one decision to the public; made by the decision itself."""

    class State(models.TextChoices):
        PENDING = "pending", _("待脱敏")
        MASKED = "masked", _("待审批")
        APPROVED = "approved", _("待发布")
        PUBLISHED = "published", _("已公示")
        EXPIRED = "expired", _("公示期满")
        WITHDRAWN = "withdrawn", _("已撤回")
        REPAIRED = "repaired", _("修复后停止公示")
        EXEMPT = "exempt", _("不予公开")

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="disclosures")
    act = models.ForeignKey("enforcement.EnforcementAct", models.PROTECT, related_name="disclosures")
    decision = models.OneToOneField("enforcement.Decision", models.PROTECT, related_name="disclosure")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="disclosures")
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.PENDING)
    created_at = models.DateTimeField(default=timezone.now)
    source = models.JSONField(_("原文"), default=dict)
    round = models.PositiveIntegerField(_("脱敏次数"), default=0)
    masked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("脱敏人")
    )
    approved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("审批人")
    )
    returned_reason = models.TextField(_("退回理由"), blank=True)
    display_months = models.PositiveIntegerField(_("公示期（月）"), null=True, blank=True)
    display_until = models.DateField(_("公示截止日"), null=True, blank=True)
    published_at = models.DateTimeField(_("首次公示时间"), null=True, blank=True)
    held_reason = models.TextField(_("未送达生效即公示或者暂缓的理由"), blank=True)
    exempt_ground = models.CharField(_("不予公开的理由"), max_length=20, blank=True)
    exempt_note = models.TextField(_("说明"), blank=True)
    ended_on = models.DateField(_("撤回或者期满日"), null=True, blank=True)
    public_reason = models.TextField(_("公开说明的理由"), blank=True)
    # What corrections have put in the place of the decision's own words and amounts, by field.
    corrected = models.JSONField(_("更正的内容"), default=dict, blank=True)
    history = tracked()

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("公示")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("masked_by")), name="masker_does_not_approve"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["department", "state", "-id"], name="disclosure_department_list"),
            models.Index(fields=["display_until"], condition=Q(state="published"), name="disclosure_display_end"),
        ]

    def __str__(self) -> str:
        return str(self.decision)

    def is_visible_to(self, user: User) -> bool:
        """The matter's answer."""
        return self.matter.is_visible_to(user)

    @property
    def correction(self) -> Correction | None:
        """The correction that is under way, if any."""
        return self.corrections.filter(finished_at=None).first()


class Span(models.Model):
    """One stretch of the original that was judged: hidden, or kept with a reason."""

    class Origin(models.TextChoices):
        MACHINE = "machine", _("系统提出")
        PERSON = "person", _("人工添加")

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="spans")
    round = models.PositiveIntegerField(default=1)
    field = models.CharField(max_length=20)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    hidden = models.BooleanField()
    reason = models.CharField(_("保留的理由"), max_length=200, blank=True)
    history = tracked()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="span_not_empty"),
            models.CheckConstraint(condition=Q(hidden=True) | ~Q(reason=""), name="kept_span_has_a_reason"),
        ]
        ordering: ClassVar = ["field", "start"]

    def __str__(self) -> str:
        return f"{self.field}[{self.start}:{self.end}] {self.kind}"


class Snapshot(models.Model):
    """What was published, word for word; never changed, a correction is a new one pointing back."""

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="snapshots")
    key = models.UUIDField(unique=True)
    number = models.PositiveIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["disclosure", "number"], name="snapshot_number")]

    def __str__(self) -> str:
        return str(self.key)


class Correction(models.Model):
    """One correction of what was published: off the public site at once, masked and approved anew, shown again."""

    class Kind(models.TextChoices):
        MASKING = "masking", _("隐去不当")
        TEXT = "text", _("公示的文字与决定书不一致")
        CHANGED = "changed", _("决定被依法变更")

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField()
    kind = models.CharField(_("更正的原因"), max_length=10, choices=Kind.choices)
    reason = models.TextField(_("向社会公开的更正说明"))
    paper = models.CharField(_("依据的文书"), max_length=120, blank=True)
    changes = models.JSONField(_("更正的内容"), default=dict)
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    snapshot = models.OneToOneField(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="correction", verbose_name=_("更正后的快照")
    )
    history = tracked()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["disclosure", "number"], name="correction_number"),
            models.UniqueConstraint(
                fields=["disclosure"], condition=Q(finished_at=None), name="one_correction_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.disclosure} {self.number}"


class Repair(models.Model):
    """A party's request to end the display early (信用修复), and what came of it."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("待决定")
        GRANTED = "granted", _("已准予")
        REFUSED = "refused", _("不予修复")

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="repairs")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    applicant = models.CharField(_("申请人"), max_length=200)
    received_on = models.DateField(_("收到申请的日期"))
    grounds = models.TextField(_("申请的理由"))
    paper = models.ForeignKey("attachments.Attachment", models.PROTECT, null=True, blank=True, related_name="+")
    findings = models.TextField(_("核实的情况"), blank=True)
    decided_on = models.DateField(null=True, blank=True)
    history = tracked()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["disclosure", "number"], name="repair_number"),
            models.UniqueConstraint(
                fields=["disclosure"], condition=Q(state="requested"), name="one_repair_request_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.disclosure} {self.number}"

    @property
    def about(self) -> str:
        """How facts name this request."""
        return f"repair:{self.pk}"


class Channel(models.Model):
    """Where and when a record was made public: address, time, proof."""

    class Kind(models.TextChoices):
        PORTAL = "portal", _("行政执法公示平台")
        GOVERNMENT = "government", _("区人民政府门户网站")
        CREDIT = "credit", _("信用平台")
        ENTERPRISE = "enterprise", _("企业信用信息公示系统")

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="channels")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    address = models.URLField(max_length=300)
    published_at = models.DateTimeField()
    proof = models.ForeignKey("attachments.Attachment", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("停止公示的时间"), null=True, blank=True)
    history = tracked()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("published_at")), name="channel_ends_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["disclosure", "kind"], condition=Q(ended_at=None), name="one_live_channel_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.published_at:%Y-%m-%d}"

    @property
    def about(self) -> str:
        """How facts name this channel."""
        return f"channel:{self.pk}"


def latest_snapshot(disclosure: Disclosure) -> Any:
    """The snapshot that is shown, or was shown last."""
    return disclosure.snapshots.order_by("-number").first()
