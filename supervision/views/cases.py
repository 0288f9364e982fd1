"""Pages of supervision cases: the list, and one case as the bureau or as the department sees it."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.deadlines.calendar_store import calendar
from portal.ledger.models import Event
from portal.matters.models import Matter
from portal.theme.components import Cell, Empty, Pair
from portal.theme.formats import cn_date
from portal.web.base import DeskView, visible_or_404
from portal.web.events import entry
from portal.web.tables import Choice, Column, ListView, Text
from portal.web.workspace import Workspace, clocks, documents, next_steps, path, workspace
from supervision.models import Instrument, SupervisionCase
from supervision.people import SUPERVISORS, supervised_departments
from supervision.views.alerts import late_cell, matter_cell
from supervision.wording import duty_title

SHARED_EVENTS = tuple(
    f"supervision.{name}"
    for name in (
        "issue", "receive", "serve", "report", "remind", "accept", "reject", "object", "maintain", "withdraw", "close",
    )
)  # fmt: skip
SHARED_FROM = 4  # of the path's stations; what comes before is the bureau's own
STATE_SHAPES = {
    "lead": "open",
    "served": "amber",
    "reported": "amber",
    "not_corrected": "red",
    "verified": "green",
    "closed": "green",
    "declined": "withdrawn",
    "terminated": "withdrawn",
}


def state_cell(case: SupervisionCase) -> Cell:
    """The state as shape and words."""
    shape: Any = STATE_SHAPES.get(case.state, "grey")
    return Cell(str(case.get_state_display()), shape=shape)


def instrument_cell(case: Any) -> Cell:
    """The instrument in force that was issued, with its report date."""
    found: list[Instrument] = case.issued
    if not found:
        return Cell("—")
    last = found[-1]
    small = _("%(day)s 前报送") % {"day": last.report_on.isoformat()} if last.report_on else ""
    return Cell(last.number or str(last.get_kind_display()), small=small)


class CasesView(ListView):
    """`/desk/supervision/cases/`: all for the bureau; for a department those it has received papers of."""

    title = gettext_lazy("监督案件")
    template = "supervision/cases.html"
    default_order = "-pk"
    export_name = "supervision-cases"
    columns = (
        Column(
            "case",
            gettext_lazy("案件"),
            lambda row: Cell(
                row.matter.title,
                url=reverse("supervision:case", args=[row.pk]),
                small=row.matter.number,
            ),
        ),
        Column("target", gettext_lazy("被监督机关"), lambda row: row.target.short_name),
        Column("source", gettext_lazy("来源"), lambda row: str(row.get_source_display())),
        Column("state", gettext_lazy("状态"), state_cell),
        Column("instrument", gettext_lazy("文书"), instrument_cell),
        Column(
            "opened",
            gettext_lazy("登记"),
            lambda row: timezone.localdate(row.matter.opened_at).isoformat(),
            order="pk",
            numeric=True,
        ),
    )

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """Departments and sources only for the bureau."""
        states = Choice(
            "state",
            gettext_lazy("状态"),
            SupervisionCase.State.choices,
            lambda rows, chosen: rows.filter(state__in=chosen),
        )
        words = Text("q", gettext_lazy("文号、名称"), ("matter__title", "matter__number", "instruments__number"))
        if not self.user.sees_everything:
            return (words, states)
        return (
            words,
            states,
            Choice(
                "source",
                gettext_lazy("来源"),
                SupervisionCase.Source.choices,
                lambda rows, chosen: rows.filter(source__in=chosen),
            ),
            Choice(
                "target",
                gettext_lazy("被监督机关"),
                [(row.code, row.short_name) for row in supervised_departments()],
                lambda rows, chosen: rows.filter(target__code__in=chosen),
            ),
        )

    def rows(self) -> Any:
        """Visible cases with what a line needs."""
        issued = Instrument.objects.exclude(issued_on=None).order_by("pk")
        return (
            SupervisionCase.objects.visible_to(self.user)
            .select_related("matter", "target")
            .prefetch_related(Prefetch("instruments", issued, to_attr="issued"))
            .distinct()
        )

    def empty(self) -> Empty:
        """What to do, or when something will appear."""
        if self.user.has_role(*SUPERVISORS):
            return Empty(
                _("还没有监督案件"), _("从预警或者其他线索登记。"), reverse("supervision:alerts"), _("看期限预警")
            )
        return Empty(_("没有收到监督文书"), _("司法行政部门向本部门制发监督文书后，会出现在这里，同时通知您。"))


class CaseView(DeskView):
    """`/desk/supervision/cases/<pk>/`: the bureau's workspace, or what a department may see of it."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The case; 404 unless the person sees it."""
        case = visible_or_404(SupervisionCase, pk, self.user, "matter__department", "target")
        internal = case.is_internal_to(self.user)
        instruments = list(
            case.instruments.select_related("document")
            .prefetch_related("reports__attachments", "reports__reported_by", "objections__attachments")
            .order_by("-pk")
        )
        if not internal:
            instruments = [one for one in instruments if one.issued_on is not None]
        days = calendar("xinjiang")
        context = {
            "case": case,
            "internal": internal,
            "light": state_cell(case),
            "facts": bureau_facts(case) if internal else department_facts(case, instruments),
            "instruments": [instrument_view(one) for one in instruments],
            "alerts": [
                {
                    "matter": matter_cell(row.alert),
                    "late": late_cell(row.alert, days),
                    "duty": duty_title(row.alert.rule),
                }
                for row in case.taken_up.filter(released=False)
                .select_related("alert__matter", "alert__obligation")
                .order_by("alert__missed_at", "alert__pk")
            ],
            "workspace": workspace(case, case.matter, self.user) if internal else shared_workspace(case, self.user),
            "crumbs": [
                {"label": _("监督案件"), "url": reverse("supervision:cases")},
                {"label": case.matter.number if internal and case.matter.number else case.matter.title},
            ],
        }
        if internal:
            context["measures"] = list(
                case.measures.select_related("recorded_by").prefetch_related("attachments").order_by("-taken_on", "-pk")
            )
            context["supervisors"] = supervisors(case)
        return self.page("supervision/case.html", context)


def bureau_facts(case: SupervisionCase) -> list[Pair]:
    """What the bureau knows of the case."""
    pairs = [
        Pair(_("被监督机关"), case.target.name, small=str(case.target.get_lead_display())),
        Pair(_("线索来源"), str(case.get_source_display()), small=case.source_note),
        Pair(_("监督方式"), str(case.get_mode_display())),
        Pair(_("监督事由"), "；".join(case.ground_labels)),
        Pair(_("初步事实"), linebreaksbr(case.facts)),
    ]
    if case.filed_on:
        pairs.append(Pair(_("立案"), cn_date(case.filed_on), small=case.filing_opinion))
        pairs.append(Pair(_("复议、诉讼核查"), case.remedy_check))
    if case.ended_on:
        pairs.append(Pair(_("结束"), cn_date(case.ended_on), small=case.ended_ground))
    return pairs


def department_facts(case: SupervisionCase, instruments: list[Instrument]) -> list[Pair]:
    """What the department is told: who supervises, what about, until when."""
    pairs = [
        Pair(_("监督机构"), case.matter.department.name, small=case.matter.department.phone),
        Pair(_("监督事由"), "；".join(case.ground_labels)),
    ]
    if instruments and instruments[0].report_on:
        pairs.append(Pair(_("报送纠正情况"), _("%(day)s 前") % {"day": cn_date(instruments[0].report_on)}))
    if case.state == SupervisionCase.State.CLOSED and case.ended_on:
        pairs.append(Pair(_("结案"), cn_date(case.ended_on)))
    return pairs


def instrument_view(instrument: Instrument) -> dict[str, Any]:
    """One instrument with its service, reports and objections."""
    pairs = [
        Pair(_("认定"), str(instrument.get_fault_display())),
        Pair(_("要求"), linebreaksbr(instrument.requirements)),
    ]
    if instrument.issued_on:
        pairs.append(Pair(_("制发"), cn_date(instrument.issued_on)))
    if instrument.report_on:
        pairs.append(
            Pair(
                _("报送日期"),
                cn_date(instrument.report_on),
                small=_("以文书载明为准；条例没有规定日数，默认 30 日参照其他省份"),
                tag=_("参照"),
            )
        )
    if instrument.superior:
        told = cn_date(instrument.superior_told_on) if instrument.superior_told_on else ""
        pairs.append(Pair(_("告知上一级"), instrument.superior, small=f"{told} {instrument.superior_told_how}".strip()))
    if instrument.served_on:
        pairs.append(
            Pair(
                _("送达"),
                cn_date(instrument.served_on),
                small=f"{instrument.get_method_display()}，{instrument.receiver}",
            )
        )
    if instrument.reminded_on:
        pairs.append(Pair(_("催报"), cn_date(instrument.reminded_on)))
    if instrument.withdrawn_on:
        pairs.append(Pair(_("撤回"), cn_date(instrument.withdrawn_on), small=instrument.withdrawn_ground))
    return {
        "instrument": instrument,
        "pairs": pairs,
        "reports": list(instrument.reports.all()),
        "objections": list(instrument.objections.all()),
    }


def supervisors(case: SupervisionCase) -> list[Pair]:
    """Who handles the case, and what each has said on recusal."""
    shown = []
    for row in case.supervisors.select_related("user").order_by("pk"):
        if row.relieved_on:
            words = _("%(day)s 退出") % {"day": row.relieved_on.isoformat()}
        elif row.declared_at is None:
            words = _("还没有作回避声明")
        elif row.conflict:
            words = _("有利害关系：%(conflict)s") % {"conflict": row.conflict}
        else:
            words = _("已声明没有利害关系")
        shown.append(Pair(row.user.name, words))
    return shown


def shared_workspace(case: SupervisionCase, user: Any) -> Workspace:
    """The furniture of the page for the department: nothing of what went before the issue."""
    matter: Matter = case.matter
    running, closed = clocks(matter, timezone.now())
    events = Event.objects.filter(matter=matter, name__in=SHARED_EVENTS).select_related("actor").order_by("-sequence")
    return Workspace(
        matter=matter,
        path=path(case, matter)[SHARED_FROM:],
        next_steps=next_steps(case, matter, user),
        clocks=running,
        closed_clocks=closed,
        timeline=[entry(event) for event in events],
        more_events=0,
        documents=documents(matter, user),
        people=[],
    )
