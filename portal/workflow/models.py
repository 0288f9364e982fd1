"""Proposal: draft, request and approval in one row; Passage: a form that was sent counts once."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.encryption import EncryptedJSONField


class Proposal(models.Model):
    """Somebody wants an action done: what he typed, who decided, and why."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        REQUESTED = "requested", _("待审批")
        APPROVED = "approved", _("已批准")
        RETURNED = "returned", _("已退回")
        WITHDRAWN = "withdrawn", _("已撤回")

    matter = models.ForeignKey("matters.Matter", models.PROTECT, null=True, related_name="proposals")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    action = models.CharField(max_length=100)
    subject_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=200, blank=True)
    data = EncryptedJSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals")
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    requested_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="verdicts")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    event = models.ForeignKey("ledger.Event", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="proposer_does_not_decide"
            ),
            models.UniqueConstraint(
                fields=["action", "subject_id", "proposed_by"],
                condition=Q(state__in=["draft", "returned"], subject_id__isnull=False),
                name="one_draft_per_person",
            ),
            models.UniqueConstraint(
                fields=["action", "subject_id"],
                condition=Q(state="requested", subject_id__isnull=False),
                name="one_open_request",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["department", "requested_at"], condition=Q(state="requested"), name="proposal_waiting"
            ),
            models.Index(fields=["proposed_by", "state"], name="proposal_own"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.title}"


class Passage(models.Model):
    """The token of a form that has passed the door; a second sending is told so."""

    token = models.CharField(max_length=64, unique=True)
    event = models.ForeignKey("ledger.Event", models.PROTECT, null=True, related_name="+")
    passed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.token
