"""What is kept of a hearing: its day and people, the notices with their service, the record, the answers to requests."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enforcement.models import EnforcementAct, Party, PenaltyNotice, Service, Statement
from portal.ledger.history import tracked


def _person(label: object) -> models.ForeignKey:  # type: ignore[type-arg]  # a column
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=label,  # type: ignore[arg-type]  # a lazy label
    )


def _file(label: object) -> models.ForeignKey:  # type: ignore[type-arg]  # a column
    return models.ForeignKey(
        "attachments.Attachment",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=label,  # type: ignore[arg-type]  # a lazy label
    )


def _paper() -> models.ForeignKey:  # type: ignore[type-arg]  # a column
    return models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")


class Hearing(models.Model):
    """One hearing of a case; a postponed one stays the same hearing with another notice (处罚法64条)."""

    class Closed(models.TextChoices):
        STATE_SECRET = "state_secret", _("涉及国家秘密")
        TRADE_SECRET = "trade_secret", _("涉及商业秘密")
        PRIVACY = "privacy", _("涉及个人隐私")

    class Outcome(models.TextChoices):
        PENDING = "pending", _("待举行")
        HELD = "held", _("已举行")
        LEFT = "left", _("当事人中途退出，听证终止")
        ABSENT = "absent", _("当事人拒不出席，听证终止")
        WITHDRAWN = "withdrawn", _("当事人撤回，听证终止")

    class Signed(models.TextChoices):
        SIGNED = "signed", _("核对无误后签字或者盖章")
        REFUSED = "refused", _("拒绝签字或者盖章")

    act = models.ForeignKey(EnforcementAct, models.PROTECT, related_name="hearings")
    notice = models.ForeignKey(PenaltyNotice, models.PROTECT, related_name="hearings")
    chair = _person(_("主持人"))
    recorder = _person(_("记录员"))
    public = models.BooleanField(_("公开举行"), default=True)
    closed_ground = models.CharField(_("不公开的情形"), max_length=14, choices=Closed.choices, blank=True)
    closed_note = models.TextField(_("不公开的说明"), blank=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome.choices, default=Outcome.PENDING)
    outcome_on = models.DateField(_("结果日期"), null=True)
    reason = models.TextField(_("终止的理由"), blank=True)
    started_at = models.DateTimeField(_("开始"), null=True)
    ended_at = models.DateTimeField(_("结束"), null=True)
    present = models.TextField(_("到场人员"), blank=True)
    agents = models.TextField(_("委托代理人"), blank=True)
    presented = models.TextField(_("调查人员的意见"), blank=True)
    defence = models.TextField(_("当事人的申辩和质证"), blank=True)
    closing_words = models.TextField(_("最后意见和其他记载"), blank=True)
    signed = models.CharField(_("笔录的签字"), max_length=8, choices=Signed.choices, blank=True)
    refusal = models.TextField(_("拒绝签字的情况"), blank=True)
    scan = _file(_("签字的笔录"))
    record = _paper()
    report = models.TextField(_("听证的基本情况"), blank=True)
    advice = models.TextField(_("处理意见和建议"), blank=True)
    reported_on = models.DateField(_("报告日期"), null=True)
    report_paper = _paper()
    history = tracked()

    class Meta:
        verbose_name = _("听证")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["act"], condition=Q(outcome="pending"), name="one_hearing_ahead"),
            models.CheckConstraint(
                condition=Q(outcome="pending", outcome_on=None) | (~Q(outcome="pending") & Q(outcome_on__isnull=False)),
                name="hearing_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(public=True, closed_ground="") | (Q(public=False) & ~Q(closed_ground="")),
                name="hearing_closed_on_a_ground",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["held", "left"])
                | (Q(started_at__isnull=False, ended_at__gt=F("started_at")) & ~Q(presented="") & ~Q(signed="")),
                name="hearing_held_is_recorded",
            ),
            models.CheckConstraint(condition=~Q(signed="refused") | ~Q(refusal=""), name="hearing_refusal_noted"),
            models.CheckConstraint(condition=~Q(chair=F("recorder")), name="hearing_chair_is_not_recorder"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}（{self.get_outcome_display()}）"

    @property
    def about(self) -> str:
        """How facts name this hearing."""
        return f"hearing:{self.pk}"


class Summons(models.Model):
    """A notice of the day and place (听证通知书); another day is another notice with its reason."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="summonses")
    held_at = models.DateTimeField(_("听证时间"))
    place = models.CharField(_("听证地点"), max_length=120)
    issued_on = models.DateField(_("通知书日期"))
    reason = models.TextField(_("延期的理由"), blank=True)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    document = _paper()
    history = tracked()

    class Meta:
        verbose_name = _("听证通知书")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.number or str(_("听证通知书"))

    @property
    def about(self) -> str:
        """How facts name this notice."""
        return f"summons:{self.pk}"

    @property
    def day(self) -> dt.date:
        """The local day of the hearing."""
        return timezone.localdate(self.held_at)


class SummonsService(models.Model):
    """A notice of hearing in the hands of one party."""

    summons = models.ForeignKey(Summons, models.PROTECT, related_name="services")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("受送达人"))
    method = models.CharField(_("送达方式"), max_length=12, choices=Service.Method.choices)
    served_on = models.DateField(_("送达日期"))
    receiver = models.CharField(_("签收人、见证人"), max_length=60, blank=True)
    note = models.TextField(_("说明"), blank=True)
    proof = _file(_("送达凭证"))
    history = tracked()

    class Meta:
        verbose_name = _("听证通知书送达")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["summons", "party"], name="summons_served_once")]

    def __str__(self) -> str:
        return f"{self.summons} → {self.party}"


class Challenge(models.Model):
    """A party's wish that the chair stay out, or the department's own reason, and what the head decided (64条4项)."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="challenges")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+", verbose_name=_("申请人"))
    chair = _person(_("被申请的主持人"))
    ground = models.TextField(_("当事人的理由"))
    granted = models.BooleanField(_("决定回避"))
    reason = models.TextField(_("决定的理由"))
    decided_on = models.DateField(_("决定日期"))
    history = tracked()

    class Meta:
        verbose_name = _("主持人回避")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.chair}（{self.decided_on.isoformat()}）"


class Answer(models.Model):
    """What became of a party's request for a hearing; a request without one is still owed its hearing."""

    class Outcome(models.TextChoices):
        HELD = "held", _("已举行听证")
        LEFT = "left", _("未经许可中途退出，视为放弃")
        ABSENT = "absent", _("无正当理由拒不出席，视为放弃")
        WITHDRAWN = "withdrawn", _("撤回申请")
        LATE = "late", _("逾期提出，不组织听证")
        NOT_ENTITLED = "not_entitled", _("不属于应当听证的情形")

    statement = models.OneToOneField(Statement, models.PROTECT, related_name="hearing_answer")
    hearing = models.ForeignKey(Hearing, models.PROTECT, null=True, related_name="answers")
    outcome = models.CharField(_("结果"), max_length=14, choices=Outcome.choices)
    on = models.DateField(_("日期"))
    reason = models.TextField(_("理由"), blank=True)
    proof = _file(_("书面材料"))
    history = tracked()

    class Meta:
        verbose_name = _("听证申请的结果")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(outcome="held") | ~Q(reason=""), name="hearing_answer_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["held", "left", "absent"]) | Q(hearing__isnull=False),
                name="hearing_answer_names_its_hearing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.get_outcome_display()}"
