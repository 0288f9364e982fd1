"""Columns that several tables of measures have."""

from __future__ import annotations

from typing import Any

from django.db import models


def paper() -> Any:
    """The document that was issued."""
    return models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")


def file(label: Any) -> Any:
    """One uploaded file of the matter."""
    return models.ForeignKey(
        "attachments.Attachment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


def amount(label: Any) -> Any:
    """How many of a thing: up to 999,999,999, to the thousandth (kilograms have grams)."""
    return models.DecimalField(label, max_digits=12, decimal_places=3)
