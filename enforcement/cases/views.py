"""The pages of penalty cases: the workspace, and an identity number shown on a logged click."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _t

from enforcement.cases.sections import sections_of
from enforcement.imports.origin import origin_of
from enforcement.imports.reasons import Missing
from enforcement.models import Case, Party, PenaltyKind
from portal.ledger.service import append
from portal.matters.models import Matter
from portal.theme.components import Cell, Empty, Pair, Table
from portal.theme.components import Column as Head
from portal.web.base import DeskView, visible_or_404
from portal.web.keys import of_case
from portal.web.workspace import workspace


class CasePage(DeskView):
    """The workspace of one case: facts, parties, evidence, papers, clocks, what comes next."""

    def get(self, _request: Any, pk: int) -> HttpResponseBase:
        """The page; 404 for a case this person cannot see."""
        case = visible_or_404(Case, pk, self.user, "department", "item", "matter__department")
        parties = list(case.parties.all())
        context = {
            "case": case,
            "missing": "、".join(str(Missing(name).label) for name in case.to_complete),
            "parties": [_party(case, party, self.user) for party in parties],
            "facts": _facts(case),
            "outcome": _outcome(case),
            "origin": origin_of(case),
            "evidence": _evidence(case),
            "services": _services(case),
            "sections": sections_of(case, self.user),
            "officers": list(case.act_officers.filter(until=None).select_related("officer")),
            "workspace": workspace(case, case.matter, self.user),
            "keys": of_case(),
            "crumbs": [
                {"label": _t("案件"), "url": reverse("enforcement:cases")},
                {"label": case.number or case.title, "url": ""},
            ],
        }
        return self.page("enforcement/case.html", context)


def _party(case: Case, party: Party, user: Any) -> dict[str, Any]:
    own = user.home_id == case.department_id or user.sees_everything
    details = [
        _t("信用代码 %(code)s") % {"code": party.credit_code} if party.credit_code else "",
        _t("法定代表人、负责人或者经营者 %(name)s") % {"name": party.representative} if party.representative else "",
        party.address,
    ]
    show = reverse("enforcement:identity", args=[case.pk, party.pk]) if own and party.identity else ""
    return {
        "name": party.name,
        "kind": party.get_kind_display(),
        "details": [text for text in details if text],
        "identity": party.masked_identity,
        "show_url": show,
    }


def _facts(case: Case) -> list[Pair]:
    item = case.item
    pairs = [
        Pair(_t("事项"), item.name if item else _t("归集的决定没有对应事项"), tag=item.code if item else ""),
        Pair(_t("来源"), str(case.get_source_display()) if case.source else str(case.get_origin_display())),
        Pair(_t("涉嫌违法事实"), case.facts),
        Pair(_t("发生地"), case.place),
        Pair(_t("发生日"), _span(case)),
        Pair(_t("查明的事实"), case.found_facts),
        Pair(_t("责令改正"), case.correction_ordered),
        Pair(_t("裁量说明"), case.discretion),
    ]
    return [pair for pair in pairs if pair.value]


def _span(case: Case) -> str:
    days = [day.isoformat() for day in (case.occurred_on, case.ended_on) if day]
    return _t(" 至 ").join(days)


def _outcome(case: Case) -> list[Pair]:
    """The decision, or what was notified, or what is proposed; whichever is latest."""
    decision = case.decisions.order_by("-pk").first()
    if decision is not None:
        pairs = [
            Pair(_t("决定"), decision.content, small=decision.number, tag=_fallen(decision)),
            Pair(_t("依据"), "；".join(text for text in (decision.violated, decision.basis) if text)),
            Pair(_t("不予处罚的情形"), str(decision.get_ground_display()) if decision.ground else ""),
            Pair(_t("理由"), decision.reasons if decision.ground else ""),
            Pair(_t("从轻、减轻、不予处罚"), decision.lenience),
            Pair(_t("教育"), decision.education),
            Pair(_t("监护人"), decision.guardian),
            Pair(_t("听证意见"), decision.hearing_opinion),
            Pair(_t("履行"), decision.performance),
        ]
        return [pair for pair in pairs if pair.value]
    notice = case.notices.filter(replaced_by=None).order_by("-pk").first()
    if notice is not None:
        return [
            Pair(_t("拟处罚（已告知）"), notice.content, small=notice.number),
            Pair(_t("依据"), f"{notice.violated}；{notice.basis}"),
            *([Pair(_t("从轻、减轻"), notice.lenience)] if notice.lenience else []),
        ]
    if case.proposed_content:
        kinds = "、".join(str(PenaltyKind(kind).label) for kind in case.proposed_kinds)
        return [Pair(_t("拟处罚"), case.proposed_content, tag=kinds), Pair(_t("依据"), case.proposed_basis)]
    return []


def _fallen(decision: Any) -> str:
    return "" if decision.outcome == decision.Outcome.IN_FORCE else str(decision.get_outcome_display())


def _evidence(case: Case) -> Table:
    rows = list(case.evidence.select_related("attachment"))
    return Table(
        caption=_t("证据"),
        columns=[Head(_t("名称")), Head(_t("种类")), Head(_t("取得")), Head(_t("取证人")), Head(_t("封存校验"))],
        rows=[
            [
                Cell(
                    piece.name, url=piece.attachment.get_absolute_url() if piece.attachment else "", small=piece.proves
                ),
                str(piece.get_kind_display()),
                f"{piece.obtained_on.isoformat()} {piece.place}".strip(),
                piece.collectors,
                Cell(_t("已封存"), shape="green") if piece.attachment else Cell(_t("无电子文件"), shape="open"),
            ]
            for piece in rows
        ],
        empty=Empty(_t("还没有证据"), _t("立案后在“下一步”里添加证据，文件上传即封存哈希。")),
    )


def _services(case: Case) -> Table:
    rows = list(case.services.select_related("party", "notice", "decision"))
    return Table(
        caption=_t("送达"),
        columns=[Head(_t("文书")), Head(_t("受送达人")), Head(_t("方式")), Head(_t("开始")), Head(_t("生效"))],
        rows=[
            [
                str(service.paper),
                service.party.name,
                str(service.get_method_display()),
                service.begun_on.isoformat(),
                Cell(service.effective_on.isoformat(), shape="green")
                if service.effective_on
                else Cell(_t("尚未生效"), shape="grey"),
            ]
            for service in rows
        ],
        empty=Empty(_t("还没有送达"), _t("告知书、决定书做好后登记送达。")),
    )


class ShowIdentity(DeskView):
    """An identity number in full: a click that the ledger keeps."""

    def post(self, _request: Any, pk: int, party: int) -> HttpResponseBase:
        """Show the number once; the event says who looked, not what was seen."""
        case = visible_or_404(Case, pk, self.user)
        found = Party.objects.filter(pk=party, act_id=case.pk).exclude(identity_hash="").first()
        if found is None or not (self.user.home_id == case.department_id or self.user.sees_everything):
            raise Http404
        with transaction.atomic():
            matter = Matter.objects.select_for_update(of=("self",)).get(pk=case.pk)
            append(
                matter,
                name="enforcement.party.identity_shown",
                actor=self.user,
                subject=f"enforcement.party:{found.pk}",
            )
        return self.page("enforcement/identity.html", {"party": found, "case": case})
