"""What measures tell the platform and the cases when the programme starts."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enforcement.apps import handles_or_supervises
from enforcement.cases.sections import add_section
from enforcement.measures import actions, gates, page, papers, suspension_paper, timing_actions, timing_gates
from enforcement.measures.bodies.records import MONITOR_KIND
from enforcement.measures.bodies.timing import BASIS_KIND
from enforcement.measures.models import Monitor, TimeBasis
from portal.deadlines.registry import register_rule_book
from portal.matters.registry import MatterKind, register_kind
from portal.web.navigation import HANDLING, NavigationItem, register_navigation
from portal.workflow import registry


def register() -> None:
    """Actions, gates on the steps of a case, sections of its page, papers, clocks, registers."""
    register_kind(
        MatterKind(
            BASIS_KIND,
            _("办案时限条款"),
            TimeBasis,
            lambda matter: reverse("measures:basis", args=[matter.pk]),
        )
    )
    register_kind(
        MatterKind(
            MONITOR_KIND,
            _("电子技术监控设备"),
            Monitor,
            lambda matter: reverse("measures:monitor", args=[matter.pk]),
        )
    )
    papers.register()
    suspension_paper.register()
    registry.register(*actions.ALL, *timing_actions.ALL)
    registry.add_gate("enforcement.case.add_evidence", gates.shown_and_told)
    registry.add_gate("enforcement.case.decide", timing_gates.time_counts)
    registry.add_gate("enforcement.case.no_penalty", timing_gates.time_counts)
    registry.add_gate("enforcement.case.close", gates.nothing_held)
    registry.add_gate("enforcement.case.close", gates.recordings_answered)
    for section in (page.custody, page.timing, page.records):
        add_section(section)
    register_rule_book("measures", Path(__file__).parent / "rules.toml")
    register_navigation(
        NavigationItem(_("时限和设备"), "measures:bases", 27, when=handles_or_supervises, group=HANDLING)
    )
