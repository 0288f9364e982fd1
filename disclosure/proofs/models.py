"""Which snapshot lies at which leaf of which seal."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SealedSnapshot(models.Model):
    """A published text under a daily root; a trigger refuses every change."""

    snapshot = models.OneToOneField("disclosure.Snapshot", models.PROTECT, primary_key=True, related_name="sealed")
    seal = models.ForeignKey("ledger.Seal", models.PROTECT, related_name="snapshots")
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["seal", "position"], name="snapshot_leaf")]

    def __str__(self) -> str:
        return f"{self.seal_id}/{self.position}"
