"""What the personnel room tells the platform when it starts."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from personnel.actions import ACTIONS
from personnel.models import Certificate
from portal.deadlines.registry import register_rule_book
from portal.matters.registry import MatterKind, register_kind
from portal.workflow.registry import register


def register_all() -> None:
    """Register matter kind, actions and rule book. A certificate has no path: it is held or not."""
    register_kind(CERTIFICATE)
    register(*ACTIONS)
    register_rule_book("personnel", Path(__file__).parent / "rules.toml")


CERTIFICATE = MatterKind(
    "certificate",
    _("行政执法证"),
    Certificate,
    lambda matter: reverse("personnel:certificate", args=[matter.pk]),
)
