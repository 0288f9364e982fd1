"""The paths of light acts and their places among matters."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enforcement.lightacts.kinds import ACT_MATTER, LICENCE_MATTER
from enforcement.lightacts.models import LightAct
from enforcement.models import EnforcementAct
from portal.matters.registry import MatterKind, register_kind
from portal.workflow.registry import Step, register_path

S = EnforcementAct.State
REVIEW = Step(_("审核"), frozenset({S.UNDER_REVIEW.value}), "act.review_asked")
DECIDED = Step(_("决定"), frozenset({S.DECIDED.value}), "act.decided")
SERVED = Step(_("送达"), frozenset({S.SERVED.value}), "act.served")
ARCHIVED = Step(_("归档"), frozenset({S.ARCHIVED.value}), "act.archived")


def _page(matter: Any) -> str:
    return reverse("lightacts:act", kwargs={"pk": matter.pk})


def register() -> None:
    """Register the kinds of matter and the dots of their paths."""
    register_kind(MatterKind(LICENCE_MATTER, _("行政许可"), LightAct, _page))
    register_kind(MatterKind(ACT_MATTER, _("其他执法行为"), LightAct, _page))
    begun = frozenset({S.REGISTERED.value, S.NOT_ACCEPTED.value})
    licence = (Step(_("申请和受理"), begun, "licence.received"), REVIEW, DECIDED, SERVED, ARCHIVED)
    register_path(LightAct, licence, matter_kind=LICENCE_MATTER)
    executed = Step(_("执行"), frozenset({S.EXECUTED.value}), "act.executed")
    register_path(LightAct, (Step(_("登记"), begun, "act.registered"), REVIEW, DECIDED, SERVED, executed, ARCHIVED))
