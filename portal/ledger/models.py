"""Tables of the ledger: events and daily seals. A trigger refuses every change to both."""

from __future__ import annotations

import os
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One thing that happened to a matter, chained to the event before it.

    `canonical` is the exact text that was hashed; the columns beside it are for queries only and
    are compared with it by `verify_ledger`.
    """

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    request_id = models.CharField(max_length=40, blank=True)
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("事件")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "sequence"], name="event_sequence_per_matter"),
        ]
        indexes: ClassVar = [models.Index(fields=["recorded_at", "id"], name="event_recorded")]

    def __str__(self) -> str:
        return f"{self.matter_id}#{self.sequence} {self.name}"


class Seal(models.Model):
    """The Merkle root over all events not sealed before, chained to the seal before it."""

    number = models.PositiveIntegerField(unique=True)
    sealed_at = models.DateTimeField(default=timezone.now)
    day = models.DateField()
    events = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    chained = models.CharField(max_length=64)
    # A second tree beside that of the events: over what the public may read, so that the public can check it.
    public_leaves = models.PositiveIntegerField(default=0)
    public_root = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("封存")

    def __str__(self) -> str:
        return f"{self.day} {self.root[:12]}"


class SealedEvent(models.Model):
    """Which event lies at which leaf of which seal, with the hash it had then."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="leaves")
    position = models.PositiveIntegerField()
    event_id = models.BigIntegerField(unique=True)
    matter_id = models.BigIntegerField()
    sequence = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["seal", "position"], name="seal_leaf")]

    def __str__(self) -> str:
        return f"{self.seal_id}/{self.position}"


def new_salt() -> bytes:
    """Sixteen random bytes, kept in the history row they protect."""
    return os.urandom(16)


class SaltedHistory(models.Model):
    """What every history row carries beside its values: a salt, so that a digest reveals nothing."""

    salt = models.BinaryField(default=new_salt, editable=False)

    class Meta:
        abstract = True
