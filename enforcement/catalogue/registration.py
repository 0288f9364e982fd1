"""What the catalogues tell the platform and the cases when the programme starts."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enforcement.apps import handles_or_supervises
from enforcement.cases import standards
from enforcement.catalogue import actions, applying, batches, writing
from enforcement.catalogue.models import Batch, Entry
from portal.matters.registry import MatterKind, register_kind
from portal.web.live import register_live
from portal.web.navigation import HANDLING, NavigationItem, register_navigation
from portal.workflow.registry import add_gate, react


def register() -> None:
    """Matters, actions, gates, reactions, the bar."""
    register_kind(
        MatterKind(
            writing.MATTER_KIND, _("目录条目"), Entry, lambda matter: reverse("catalogue:entry", args=[matter.pk])
        )
    )
    register_kind(
        MatterKind(
            batches.BATCH_KIND, _("目录导入"), Batch, lambda matter: reverse("catalogue:batch", args=[matter.pk])
        )
    )
    actions.register()
    standards.use(applying.CatalogueStandards())
    for step in applying.STEPS:
        add_gate(step, applying.inside_or_reason)
        register_live(step, lambda case: reverse("catalogue:standing", args=[case.pk]))
    register_live("summary.decide", lambda _nothing: reverse("catalogue:spot_standing"))
    for fact in applying.STAGES:
        react(fact, applying.keep)
    register_navigation(
        NavigationItem(_("执法目录"), "catalogue:entries", 25, when=handles_or_supervises, group=HANDLING)
    )
