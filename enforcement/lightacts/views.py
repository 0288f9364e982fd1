"""The pages of light acts: the list, the act, and an identity number shown on a logged click."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.lightacts.kinds import ASKED, asked_of
from enforcement.lightacts.models import LightAct
from enforcement.models import EnforcementAct, EnforcementItem, Party
from portal.documents.spelling import yuan
from portal.ledger.service import append
from portal.matters.models import Matter
from portal.theme.components import Cell, Empty, Pair, Table
from portal.theme.components import Column as Head
from portal.web.base import DeskView, visible_or_404
from portal.web.tables import Between, Choice, Column, ListView, Text
from portal.web.workspace import workspace

S = EnforcementAct.State
STATES = (S.REGISTERED, S.UNDER_REVIEW, S.NOT_ACCEPTED, S.DECIDED, S.SERVED, S.EXECUTED, S.ARCHIVED)
SHAPES: dict[str, Any] = {
    S.REGISTERED: "open",
    S.NOT_ACCEPTED: "withdrawn",
    S.SERVED: "green",
    S.EXECUTED: "green",
    S.ARCHIVED: "green",
}
KINDS = [(value, label) for value, label in EnforcementItem.Kind.choices if value in ASKED]


def _title(act: Any) -> Cell:
    return Cell(act.title, url=reverse("lightacts:act", args=[act.pk]))


class ActList(ListView):
    """Light acts of the own department (of all for the bureau), newest first."""

    title = _("许可和其他执法行为")
    caption = _("许可和其他执法行为")
    columns = (
        Column("title", _("相对人和事项"), _title, export=lambda act: act.title),
        Column("kind", _("种类"), lambda act: str(act.get_kind_display())),
        Column("number", _("文号"), lambda act: act.number or "—"),
        Column("department", _("部门"), lambda act: act.department.short_name),
        Column("state", _("环节"), lambda act: Cell(act.get_state_display(), shape=SHAPES.get(act.state, "grey"))),
        Column("registered", _("登记"), lambda act: act.registered_on.isoformat(), order="registered_on"),
        Column(
            "decided", _("决定"), lambda act: act.decided_on.isoformat() if act.decided_on else "—", order="decided_on"
        ),
    )
    facets = (
        Text("q", _("事项、相对人、文号"), ("title", "party_names", "number")),
        Choice("kind", _("种类"), KINDS, lambda rows, chosen: rows.filter(kind__in=chosen)),
        Choice(
            "state",
            _("环节"),
            [(state.value, state.label) for state in STATES],
            lambda rows, chosen: rows.filter(state__in=chosen),
        ),
        Choice("origin", _("来历"), EnforcementAct.Origin.choices, lambda rows, chosen: rows.filter(origin__in=chosen)),
        Between("registered", _("登记日期"), "registered_on"),
        Between("decided", _("决定日期"), "decided_on"),
    )
    default_order = "-registered_on"
    export_name = "acts"

    def rows(self) -> Any:
        """Visible acts with what a row shows."""
        return (
            LightAct.objects.visible_to(self.user)
            .select_related("department")
            .only(
                "title",
                "kind",
                "number",
                "state",
                "registered_on",
                "decided_on",
                "party_names",
                "department__short_name",
            )
        )

    def empty(self) -> Empty:
        """What to do when there is none yet."""
        if self.user.has_role("officer"):
            return Empty(
                _t("还没有许可和其他执法行为"),
                _t("收到许可申请、实施强制措施等从这里登记；已经作出的可以用文件归集。"),
                reverse("web:act-new", args=["lightacts.receive"]),
                _t("收到许可申请"),
            )
        return Empty(_t("还没有许可和其他执法行为"), _t("经办人登记或者归集的会出现在这里。"))

    def context(self) -> dict[str, Any]:
        """The buttons for those who enter acts."""
        if not self.user.has_role("officer"):
            return {}
        return {
            "main_url": reverse("lightacts:new"),
            "main_label": _t("登记或者归集"),
            "main_icon": "plus",
        }


class NewAct(DeskView):
    """`/desk/acts/new/`: which way an act comes in."""

    roles = frozenset({"officer", "dept_admin"})

    def get(self, _request: Any) -> HttpResponseBase:
        """Three ways."""
        ways = [
            (reverse("lightacts:upload"), _t("用文件归集"), _t("已经作出的许可等决定，CSV、xlsx 或者 xls，逐行核对")),
        ]
        if self.user.has_role("officer"):
            ways = [
                (reverse("web:act-new", args=["lightacts.receive"]), _t("收到许可申请"), _t("受理、审查、决定、送达")),
                (
                    reverse("web:act-new", args=["lightacts.register"]),
                    _t("登记其他执法行为"),
                    _t("强制措施、强制执行、征收征用、给付、确认和其他"),
                ),
                *ways,
            ]
        crumbs = [{"label": _t("许可等"), "url": reverse("lightacts:acts")}, {"label": _t("登记或者归集"), "url": ""}]
        return self.page("lightacts/new.html", {"ways": ways, "crumbs": crumbs})


class ActPage(DeskView):
    """One act: facts, party, records, reviews, papers, clocks, what comes next."""

    def get(self, _request: Any, pk: int) -> HttpResponseBase:
        """The page; 404 for an act this person cannot see."""
        act = visible_or_404(LightAct, pk, self.user, "department", "item", "matter__department")
        context = {
            "act": act,
            "parties": [_party(act, party, self.user) for party in act.parties.all()],
            "facts": _facts(act),
            "outcome": _outcome(act),
            "asked": _asked(act),
            "records": _records(act),
            "reviews": _reviews(act),
            "services": _services(act),
            "officers": list(act.act_officers.filter(until=None).select_related("officer")),
            "workspace": workspace(act, act.matter, self.user),
            "crumbs": [
                {"label": _t("许可等"), "url": reverse("lightacts:acts")},
                {"label": act.number or act.title, "url": ""},
            ],
        }
        return self.page("lightacts/act.html", context)


def _party(act: LightAct, party: Party, user: Any) -> dict[str, Any]:
    own = user.home_id == act.department_id or user.sees_everything
    details = [
        _t("信用代码 %(code)s") % {"code": party.credit_code} if party.credit_code else "",
        _t("法定代表人、负责人或者经营者 %(name)s") % {"name": party.representative} if party.representative else "",
        party.address,
    ]
    return {
        "name": party.name,
        "kind": party.get_kind_display(),
        "details": [text for text in details if text],
        "identity": party.masked_identity,
        "show_url": reverse("lightacts:identity", args=[act.pk, party.pk]) if own and party.identity else "",
    }


def _facts(act: LightAct) -> list[Pair]:
    item = act.item
    pairs = [
        Pair(_t("事项"), item.name if item else "—", tag=item.code if item else ""),
        Pair(_t("申请或者事由"), act.request),
        Pair(_t("涉及的场所、设施、财物或者行为"), act.target),
        Pair(_t("受理"), act.accepted_on.isoformat() if act.accepted_on else ""),
        Pair(_t("催告书送达"), act.urged_on.isoformat() if act.urged_on else ""),
    ]
    return [pair for pair in pairs if pair.value]


def _outcome(act: LightAct) -> list[Pair]:
    decision = act.decisions.order_by("-pk").first()
    if decision is None:
        return [Pair(_t("不予受理的理由"), act.carried_out)] if act.state == S.NOT_ACCEPTED else []
    fallen = "" if decision.outcome == decision.Outcome.IN_FORCE else str(decision.get_outcome_display())
    days = " 至 ".join(day.isoformat() for day in (act.valid_from, act.valid_to) if day)
    pairs = [
        Pair(_t("结论"), str(act.get_result_display()), small=decision.number, tag=fallen),
        Pair(_t("决定内容"), decision.content),
        Pair(_t("事实和理由"), decision.facts),
        Pair(_t("依据"), decision.basis),
        Pair(_t("许可证件"), act.licence_name, small=f"{act.licence_number} {days}".strip()),
        Pair(_t("金额"), yuan(act.amount) if act.amount is not None else ""),
        Pair(_t("执行情况"), act.carried_out, small=act.executed_on.isoformat() if act.executed_on else ""),
        Pair(_t("被变更、撤销的情况"), decision.outcome_ground),
    ]
    return [pair for pair in pairs if pair.value]


def _asked(act: LightAct) -> list[Pair]:
    """What the kind asks, so that nobody is surprised by a gate."""
    asked = asked_of(act.kind)
    return [
        Pair(_t("公示"), _t("决定后 20 个工作日内") if asked.general else _t("决定后 7 个工作日内")),
        Pair(_t("记录"), _t("文字记录，现场全程音像记录") if asked.film else _t("文字记录")),
        Pair(_t("法制审核"), _t("一律审核") if asked.review else _t("听证的、目录规定的审核")),
        *([Pair(_t("个人信息"), _t("一般不予公开，由负责人批准（信息公开条例15条）"))] if asked.personal else []),
    ]


def _records(act: LightAct) -> Table:
    rows = list(act.evidence.select_related("attachment"))
    return Table(
        caption=_t("记录和材料"),
        columns=[Head(_t("名称")), Head(_t("种类")), Head(_t("取得")), Head(_t("封存校验"))],
        rows=[
            [
                Cell(row.name, url=row.attachment.get_absolute_url() if row.attachment else "", small=row.proves),
                str(row.get_kind_display()),
                f"{row.obtained_on.isoformat()} {row.place}".strip(),
                Cell(_t("已封存"), shape="green") if row.attachment else Cell(_t("无电子文件"), shape="open"),
            ]
            for row in rows
        ],
        empty=Empty(_t("还没有记录和材料"), _t("申请材料、现场笔录、音像记录在“下一步”里添加。")),
    )


def _reviews(act: LightAct) -> Table | None:
    rows = list(act.reviews.select_related("reviewer"))
    if not rows:
        return None
    return Table(
        caption=_t("法制审核"),
        columns=[Head(_t("送审")), Head(_t("拟决定")), Head(_t("结论")), Head(_t("意见"))],
        rows=[
            [
                row.submitted_on.isoformat(),
                row.proposal,
                Cell(str(row), shape="green" if row.verdict == "passed" else "grey"),
                Cell(
                    row.opinion or "—",
                    small=f"{row.reviewer.name} {row.concluded_on.isoformat()}"
                    if row.reviewer and row.concluded_on
                    else "",
                ),
            ]
            for row in rows
        ],
    )


def _services(act: LightAct) -> Table | None:
    rows = list(act.services.select_related("party", "decision"))
    if not rows:
        return None
    return Table(
        caption=_t("送达"),
        columns=[Head(_t("文书")), Head(_t("受送达人")), Head(_t("方式")), Head(_t("生效"))],
        rows=[
            [
                str(row.paper),
                Cell(row.party.name, small=row.receiver),
                str(row.get_method_display()),
                Cell(row.effective_on.isoformat(), shape="green") if row.effective_on else "—",
            ]
            for row in rows
        ],
    )


class ShowIdentity(DeskView):
    """An identity number in full: a click that the ledger keeps."""

    def post(self, _request: Any, pk: int, party: int) -> HttpResponseBase:
        """Show the number once; the event says who looked, not what was seen."""
        act = visible_or_404(LightAct, pk, self.user)
        found = Party.objects.filter(pk=party, act_id=act.pk).exclude(identity_hash="").first()
        if found is None or not (self.user.home_id == act.department_id or self.user.sees_everything):
            raise Http404
        with transaction.atomic():
            matter = Matter.objects.select_for_update(of=("self",)).get(pk=act.pk)
            append(
                matter,
                name="enforcement.party.identity_shown",
                actor=self.user,
                subject=f"enforcement.party:{found.pk}",
            )
        return self.page("lightacts/identity.html", {"party": found, "act": act})
