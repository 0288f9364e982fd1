"""Tokens of departments, who has agreed to be spoken for, and every call that changed something."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Scope(models.TextChoices):
    """What a token may be used for; each needs the person's own roles besides."""

    READ = "read", _("查看")
    WORK = "work", _("经办：登记、报批、上传文件")
    DECIDE = "decide", _("审批：负责人的决定")


class Token(models.Model):
    """The right of one system of one department to speak for people who have agreed to it.

    Only the SHA-256 of the secret is kept: 256 random bits need no slow hash.
    """

    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+", verbose_name=_("部门"))
    name = models.CharField(_("系统名称"), max_length=60)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope.choices), verbose_name=_("范围"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("颁发人"))
    made_at = models.DateTimeField(_("颁发时间"), default=timezone.now)
    expires_on = models.DateField(_("有效期至"))
    revoked_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    used_on = models.DateField(_("最近使用"), null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["used_on"])

    class Meta:
        verbose_name = _("接口令牌")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def works(self) -> bool:
        """Whether it is neither withdrawn nor run out."""
        return self.revoked_at is None and self.expires_on >= timezone.localdate()


class Consent(models.Model):
    """Whether one person lets a token act in his name: asked by the administrator, answered by nobody but himself."""

    token = models.ForeignKey(Token, models.PROTECT, related_name="consents")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("人员"))
    asked_at = models.DateTimeField(_("征求时间"), default=timezone.now)
    agreed_at = models.DateTimeField(_("同意时间"), null=True, blank=True)
    refused_at = models.DateTimeField(_("拒绝或者收回时间"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("代办同意")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token", "person"], name="asked_once_per_token"),
            models.CheckConstraint(
                condition=models.Q(agreed_at=None) | models.Q(refused_at=None), name="agreed_or_refused"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.token_id}"

    @property
    def holds(self) -> bool:
        """Whether the token may speak for the person today."""
        return self.agreed_at is not None and self.token.works


class Call(models.Model):
    """A call that changed something, with its answer: sent again with the same key it gets the same answer.

    The request's id is also the event's, so that every event leads to the system it came from.
    """

    token = models.ForeignKey(Token, models.PROTECT, related_name="calls")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    path = models.CharField(max_length=300)
    request_id = models.CharField(max_length=40, db_index=True)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "key"], name="one_call_per_key")]

    def __str__(self) -> str:
        return f"{self.token_id} {self.path}"
