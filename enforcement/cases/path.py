"""The path of a penalty case and its place among matters."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enforcement.models import Case, EnforcementAct
from portal.matters.registry import MatterKind, register_kind
from portal.workflow.registry import Step, register_path

S = EnforcementAct.State


def register() -> None:
    """Register the kind of matter and the dots of its path."""
    register_kind(
        MatterKind(
            "enforcement.case",
            _("处罚案件"),
            Case,
            lambda matter: reverse("enforcement:case", kwargs={"pk": matter.pk}),
        )
    )
    register_path(
        Case,
        (
            Step(_("登记"), frozenset({S.LEAD.value, S.NOT_FILED.value}), "case.registered"),
            Step(_("立案"), frozenset({S.FILED.value}), "case.filed"),
            Step(_("调查终结"), frozenset({S.INVESTIGATED.value}), "case.investigated"),
            Step(_("事先告知"), frozenset({S.NOTIFIED.value}), "notice.issued"),
            Step(_("决定"), frozenset({S.DECIDED.value, S.NO_PENALTY.value}), "case.decided"),
            Step(_("送达"), frozenset({S.SERVED.value, S.COURT_APPLIED.value}), "decision.served"),
            Step(_("结案"), frozenset({S.CLOSED.value})),
        ),
    )
