"""One round: what was sent, on which file, and what was said of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _t

from enforcement.models import Case
from enforcement.review.actions import ASSIGN, TAKE
from enforcement.review.models import Round
from enforcement.review.outcome import FIELDS, differences, spoken
from enforcement.review.page import SHAPES, round_table
from enforcement.review.points import CRIME, FINE, POINTS
from enforcement.review.registration import USERS
from portal.theme.components import Cell, Column, Empty, NextStep, Pair, Table
from portal.web.action_views import action_url
from portal.web.base import DeskView, visible_or_404
from portal.web.workspace import documents
from portal.workflow.availability import availability


class RoundView(DeskView):
    """`/desk/review/<round>/`: for everybody who may see it; the reviewer goes on to the eight points."""

    roles = USERS

    def get(self, _request: Any, pk: int) -> HttpResponseBase:
        """The page."""
        row = visible_or_404(
            Round, pk, self.user, "act__department", "act__matter", "reviewer", "submitted_by", "document"
        )
        case = Case.objects.select_related("department", "matter__department").get(pk=row.act_id)
        steps = [one for one in possible(case, self.user) if row.is_open]
        return self.page(
            "review/round.html", file_of(row, case, self.user) | own_part(row, self.user) | {"steps": steps}
        )


def possible(case: Case, user: Any) -> list[NextStep]:
    """Taking the file, or saying who takes it, for whoever can do it now; the first is the main button."""
    found = [availability(case, action, user, matter=case.matter) for action in (TAKE, ASSIGN)]
    return [
        NextStep(str(one.action.label), url=action_url(one.action.key, case, case.matter), primary=one.action is TAKE)
        for one in found
        if one.possible
    ]


def own_part(row: Round, user: Any) -> dict[str, Any]:
    """What belongs to the concluded round: points, opinion; and the way on for its reviewer."""
    return {
        "points": points_table(row) if row.points else None,
        "shape": SHAPES[row.state],
        "mine": row.is_open and row.reviewer_id == user.pk,
        "paper": row.document if row.document is not None and user.home_id == row.act.department_id else None,
    }


def file_of(row: Round, case: Any, user: Any) -> dict[str, Any]:
    """The file beside: outcome, facts, parties, evidence, what the party said, papers, earlier rounds."""
    earlier = list(Round.objects.filter(act=row.act_id, place__lt=row.place).select_related("reviewer", "submitted_by"))
    return {
        "round": row,
        "case": case,
        "outcome": outcome_pairs(row),
        "changed": differences(earlier[-1].outcome, row.outcome) if earlier else [],
        "last": earlier[-1] if earlier else None,
        "parties": [_party(party) for party in case.parties.all()],
        "evidence": _evidence(case, row),
        "said": _said(case),
        "papers": documents(case.matter, user),
        "earlier": round_table(earlier) if earlier else None,
        "crumbs": [
            {"label": _t("法制审核"), "url": reverse("review:queue")},
            {"label": case.number or case.title, "url": reverse("enforcement:case", args=[case.pk])},
            {"label": str(row), "url": ""},
        ],
    }


def outcome_pairs(row: Round) -> list[Pair]:
    """The outcome in question, field by field."""
    return [Pair(str(label), text) for name, label in FIELDS.items() if (text := spoken(name, row.outcome))]


def _party(party: Any) -> Pair:
    return Pair(
        party.name,
        str(party.get_kind_display()),
        small=" · ".join(x for x in (party.credit_code, party.representative, party.address) if x),
    )


def _evidence(case: Any, row: Round) -> Table:
    known = {piece["id"] for piece in row.evidence}
    rows = []
    for piece in case.evidence.select_related("attachment"):
        url = piece.attachment.get_absolute_url() if piece.attachment else ""
        sent = Cell(_t("随案送审"), shape="green") if piece.pk in known else Cell(_t("送审之后取得"), shape="red")
        rows.append(
            [
                Cell(piece.name, url=url, small=piece.proves),
                str(piece.get_kind_display()),
                piece.obtained_on.isoformat(),
                sent,
            ]
        )
    return Table(
        _t("证据"),
        [Column(_t("名称")), Column(_t("种类")), Column(_t("取得")), Column(_t("送审"))],
        rows,
        empty=Empty(_t("没有证据")),
    )


def _said(case: Any) -> list[Pair]:
    """What the parties said to the notices, and what was answered."""
    found = []
    for notice in case.notices.prefetch_related("statements__party"):
        for one in notice.statements.all():
            words = "\n".join(
                part
                for part in (one.content, _t("复核：%(answer)s") % {"answer": one.answer} if one.answer else "")
                if part
            )
            found.append(
                Pair(f"{one.party.name} {one.get_kind_display()}", words or "—", small=one.made_on.isoformat())
            )
    return found


def points_table(row: Round) -> Table:
    """The eight points as answered."""
    given = {point["key"]: point for point in row.points}
    rows = []
    for number, point in enumerate(POINTS, start=1):
        one = given[point.key]
        fine = one["answer"] == FINE
        bad = _t("涉嫌犯罪") if point.key == CRIME else _t("存在问题")
        rows.append(
            [
                f"{number}．{point.label}",
                Cell(_t("符合") if fine else bad, shape="green" if fine else "red"),
                one["note"] or (str(point.in_order) if fine else ""),
            ]
        )
    return Table(_t("逐项审核意见"), [Column(_t("审核事项")), Column(_t("意见")), Column(_t("说明"))], rows)
