"""The outbox table: what must happen after the commit, kept until it has."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class OutboxRow(models.Model):
    topic = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["topic", "key"], name="outbox_once_per_key")]
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], condition=models.Q(done_at=None), name="outbox_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"
