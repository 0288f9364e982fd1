"""The path of a decision on the spot and its place among matters."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enforcement.models import Case, EnforcementAct
from enforcement.summary.bodies import MATTER_KIND
from portal.matters.registry import MatterKind, register_kind
from portal.workflow.registry import Step, register_path

S = EnforcementAct.State


def register() -> None:
    """Register the kind of matter and the dots of its path."""
    register_kind(
        MatterKind(
            MATTER_KIND, _("当场处罚"), Case, lambda matter: reverse("enforcement:case", kwargs={"pk": matter.pk})
        )
    )
    register_path(
        Case,
        (
            Step(_("当场决定"), frozenset({S.DECIDED.value}), "summary.decided"),
            Step(_("交付"), frozenset({S.SERVED.value, S.COURT_APPLIED.value}), "summary.handed_over"),
            Step(_("结案"), frozenset({S.CLOSED.value})),
        ),
        matter_kind=MATTER_KIND,
    )
