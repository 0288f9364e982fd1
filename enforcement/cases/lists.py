"""The list of penalty cases: mine or the department's, filters, columns, and steps for several cases at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.models import ActOfficer, Case, EnforcementAct, PenaltyKind
from portal.ledger.models import Event
from portal.theme.components import Cell, Empty
from portal.theme.formats import yuan
from portal.web.tables import Between, Bulk, Choice, Column, ListView, Text

SHAPES: dict[str, Any] = {
    EnforcementAct.State.LEAD: "open",
    EnforcementAct.State.NOT_FILED: "withdrawn",
    EnforcementAct.State.NO_PENALTY: "green",
    EnforcementAct.State.CLOSED: "green",
    EnforcementAct.State.SERVED: "green",
}
# Stations of licences and other light acts, which no case comes to.
OTHERS = frozenset(
    {
        EnforcementAct.State.REGISTERED,
        EnforcementAct.State.NOT_ACCEPTED,
        EnforcementAct.State.UNDER_REVIEW,
        EnforcementAct.State.EXECUTED,
        EnforcementAct.State.ARCHIVED,
    }
)
CASE_STATES = [(state.value, state.label) for state in EnforcementAct.State if state not in OTHERS]


def _title(case: Any) -> Cell:
    return Cell(case.title, url=reverse("enforcement:case", args=[case.pk]))


def _officers(case: Any) -> str:
    return "、".join(link.officer.name for link in case.handling)


def _kinds(case: Any) -> str:
    return "、".join(str(PenaltyKind(kind).label) for kind in case.proposed_kinds) or "—"


def mine(user: Any) -> Q:
    """Cases the person handles, or in which he has done something."""
    return Q(Exists(ActOfficer.objects.filter(act=OuterRef("pk"), until=None, officer__user=user))) | Q(
        Exists(Event.objects.filter(matter=OuterRef("pk"), actor=user))
    )


@dataclass(frozen=True)
class BulkStep:
    """A step for several cases, offered by another app to whom it is for."""

    label: Any
    url_name: str
    roles: frozenset[str]
    takes: Callable[[Case, Any], bool]


_bulk: list[BulkStep] = []


def offer_bulk(step: BulkStep) -> None:
    """Offer a step for several cases in the list; in ready()."""
    _bulk.append(step)


class CaseList(ListView):
    """Cases of the own department (of all for the bureau), newest first."""

    title = _("案件")
    caption = _("处罚案件")
    columns = (
        Column("title", _("案件"), _title, export=lambda case: case.title),
        Column("number", _("案号"), lambda case: case.number or "—"),
        Column("department", _("部门"), lambda case: case.department.short_name),
        Column("state", _("环节"), lambda case: Cell(case.get_state_display(), shape=SHAPES.get(case.state, "grey"))),
        Column("registered", _("登记"), lambda case: case.registered_on.isoformat(), order="registered_on"),
        Column("filed", _("立案"), lambda case: case.filed_on.isoformat() if case.filed_on else "—", order="filed_on"),
        Column(
            "decided",
            _("决定"),
            lambda case: case.decided_on.isoformat() if case.decided_on else "—",
            order="decided_on",
        ),
        Column("parties", _("当事人"), lambda case: case.party_names or "—", optional=True),
        Column("officers", _("办案人员"), _officers, optional=True),
        Column("item", _("事项"), lambda case: case.item.name if case.item else "—", optional=True),
        Column("procedure", _("程序"), lambda case: str(case.get_procedure_display()), optional=True),
        Column("kinds", _("拟处罚"), _kinds, optional=True),
        Column(
            "fine",
            _("拟罚款（元）"),
            lambda case: yuan(case.proposed_fine) if case.proposed_fine is not None else "—",
            numeric=True,
            export=lambda case: case.proposed_fine,
            optional=True,
        ),
    )
    saves_views = True
    common = (
        Text("q", _("案由、当事人、案号"), ("title", "party_names", "number")),
        Choice("state", _("环节"), CASE_STATES, lambda rows, chosen: rows.filter(state__in=chosen)),
        Choice("procedure", _("程序"), Case.Procedure.choices, lambda rows, chosen: rows.filter(procedure__in=chosen)),
        Choice("origin", _("来历"), EnforcementAct.Origin.choices, lambda rows, chosen: rows.filter(origin__in=chosen)),
        Between("registered", _("登记日期"), "registered_on"),
        Between("decided", _("决定日期"), "decided_on"),
    )
    default_order = "-registered_on"
    export_name = "cases"

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """One's own first; the department only for those who see several."""
        who = Choice(
            "scope",
            _("范围"),
            (("mine", _("我的案件")), ("unassigned", _("还没有办案人员"))),
            self._scope,
        )
        return (self.common[0], who, *self.common[1:])

    def _scope(self, rows: Any, chosen: list[str]) -> Any:
        wanted = Q()
        if "mine" in chosen:
            wanted |= mine(self.user)
        if "unassigned" in chosen:
            handled = Exists(ActOfficer.objects.filter(act=OuterRef("pk"), until=None))
            wanted |= Q(matter__closed_at=None, origin=EnforcementAct.Origin.DESK) & ~Q(handled)
        return rows.filter(wanted)

    def bulk(self) -> Bulk | None:
        """The first step for several cases that is for this person."""
        user = self.user
        step = next((one for one in _bulk if user.has_role(*one.roles)), None)
        if step is None:
            return None
        takes = step.takes
        return Bulk(step.label, reverse(step.url_name), lambda case: takes(case, user))

    def rows(self) -> Any:
        """Visible cases with what a row shows."""
        handling = Prefetch(
            "act_officers",
            ActOfficer.objects.filter(until=None).select_related("officer"),
            to_attr="handling",
        )
        return (
            Case.objects.visible_to(self.user)
            .select_related("department", "item")
            .prefetch_related(handling)
            .only(
                "department",
                "origin",
                "procedure",
                "proposed_kinds",
                "proposed_fine",
                "item__name",
                "title",
                "number",
                "state",
                "registered_on",
                "filed_on",
                "decided_on",
                "department__short_name",
                "party_names",
            )
        )

    def empty(self) -> Empty:
        """What to do when there is no case yet."""
        if self.user.has_role("officer"):
            return Empty(
                _t("还没有案件"),
                _t("发现违法线索后先登记，立案、告知、决定都从案件页办理。"),
                reverse("web:act-new", args=["enforcement.case.register"]),
                _t("登记线索"),
            )
        return Empty(_t("还没有案件"), _t("经办人登记的线索和案件会出现在这里。"))

    def context(self) -> dict[str, Any]:
        """The button for officers."""
        if not self.user.has_role("officer"):
            return {}
        return {
            "main_url": reverse("web:act-new", args=["enforcement.case.register"]),
            "main_label": _t("登记线索"),
            "main_icon": "plus",
        }
