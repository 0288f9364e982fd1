"""The part of a case's page that shows how the decision is carried out, and what the party has sought."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from enforcement.cases.dues import amount_due, amount_paid, unpaid
from enforcement.cases.sections import CaseSection
from enforcement.execution.data import decision_of
from enforcement.execution.models import CourtApplication, Remedy, Urging
from enforcement.execution.money import computed, due_parts, last_surcharge, paid_on_fine
from enforcement.execution.surcharge import Part, Stretch, Surcharged
from enforcement.models import Case, Decision
from portal.documents.spelling import yuan
from portal.theme.components import Cell, Column, Pair, Table


def section(case: Case, _user: Any) -> CaseSection | None:
    """Dues, plan, surcharge, urgings, court and remedies of the last decision; nothing before there is one."""
    decision = decision_of(case)
    if decision is None:
        return None
    today = timezone.localdate()
    result = computed(decision, today) if decision.outcome == Decision.Outcome.IN_FORCE else None
    pairs = _dues(case, decision) + _surcharge(decision, result, today)
    tables = [one for one in _tables(decision) if one]
    if not pairs and not tables:
        return None
    return CaseSection(
        "execution",
        _("执行与救济"),
        pairs,
        tables,
        _("加处罚款如何计算？") if result is not None and result.stretches else "",
        [_stretch(one) for one in result.stretches] + [_total(result)] if result is not None else [],
    )


def _tables(decision: Decision) -> tuple[tuple[str, Table] | None, ...]:
    return _plan(decision), _urgings(decision), _court(decision), _remedies(decision), _passed(decision)


def _passed(decision: Decision) -> tuple[str, Table] | None:
    rows = list(decision.passed_applications.select_related("party"))
    if not rows:
        return None
    columns = [Column(_("申请人")), Column(_("收到")), Column(_("处理"))]
    title = _("经本机关提交的复议申请")
    return title, Table(
        title,
        columns,
        [
            [
                row.party.name,
                Cell(row.received_on.isoformat(), small=str(row.get_basis_display())),
                Cell(str(row.get_outcome_display()), small=f"{row.answered_on.isoformat()} {row.note}".strip())
                if row.answered_on
                else Cell(_("等待处理"), shape="amber"),
            ]
            for row in rows
        ],
    )


def _dues(case: Case, decision: Decision) -> list[Pair]:
    due = amount_due(decision)
    if not due:
        return []
    left = unpaid(case)
    return [
        Pair(_("应缴"), yuan(due)),
        Pair(_("已缴"), yuan(amount_paid(decision))),
        Pair(_("未缴"), yuan(left)) if left > 0 else Pair(_("未缴"), _("已缴清")),
    ]


def _surcharge(decision: Decision, result: Surcharged | None, today: dt.date) -> list[Pair]:
    confirmed = last_surcharge(decision)
    found = []
    if confirmed is not None:
        words = _("计算到 %(day)s，共 %(days)d 日") % {
            "day": confirmed.through_on.isoformat(),
            "days": confirmed.days,
        }
        found.append(Pair(_("已确认加处罚款"), yuan(confirmed.amount), small=words))
    if result is not None and result.amount > (confirmed.amount if confirmed else Decimal()):
        words = _("到 %(day)s 的计算，由负责人确认后才收取") % {"day": today.isoformat()}
        found.append(Pair(_("可加处罚款"), yuan(result.amount), small=words))
    return found


def _stretch(one: Stretch) -> str:
    values = {
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "days": one.days,
        "overdue": yuan(one.overdue),
    }
    if one.paused:
        return (
            _("%(first)s 至 %(last)s 共 %(days)d 日，复议或者诉讼期间，不予计算（行政处罚法第七十三条第三款）。")
            % values
        )
    return _("%(first)s 至 %(last)s 共 %(days)d 日，逾期未缴 %(overdue)s，每日 3%%。") % values


def _total(result: Surcharged) -> str:
    if result.capped:
        return _("合计 %(amount)s，已达到罚款本数，不再增加（行政处罚法第七十二条第一款第一项）。") % {
            "amount": yuan(result.amount)
        }
    return _("合计 %(amount)s。按当日未缴数额计算是本平台的口径。") % {"amount": yuan(result.amount)}


def _plan(decision: Decision) -> tuple[str, Table] | None:
    plan = decision.payment_plans.order_by("-pk").first()
    if plan is None:
        return None
    paid = sum((part.amount for part in paid_on_fine(decision)), Decimal())
    owed, rows = Decimal(), list[list[Any]]()
    for part in due_parts(decision):
        owed += part.amount
        rows.append([part.on.isoformat(), yuan(part.amount), _part_state(part, paid >= owed)])
    columns = [Column(_("最迟缴纳")), Column(_("金额"), numeric=True), Column(_("情况"))]
    return _("暂缓、分期缴纳"), Table(caption=_("暂缓、分期缴纳"), columns=columns, rows=rows)


def _part_state(part: Part, paid: bool) -> Cell:
    if paid:
        return Cell(_("已缴"), shape="green")
    if part.on < timezone.localdate():
        return Cell(_("逾期"), shape="red")
    return Cell(_("未到期"), shape="open")


def _urgings(decision: Decision) -> tuple[str, Table] | None:
    rows = [_urging(one) for one in decision.urgings.select_related("party").order_by("-pk")]
    if not rows:
        return None
    columns = [Column(_("文号")), Column(_("受催告人")), Column(_("金额"), numeric=True), Column(_("送达"))]
    return _("催告"), Table(caption=_("催告"), columns=columns, rows=rows)


def _urging(one: Urging) -> list[Any]:
    served = Cell(one.served_on.isoformat(), shape="green") if one.served_on else Cell(_("未送达"), shape="open")
    return [one.number or "—", one.party.name, yuan(one.amount), served]


def _court(decision: Decision) -> tuple[str, Table] | None:
    rows = [_application(one) for one in decision.court_applications.order_by("-pk")]
    if not rows:
        return None
    columns = [Column(_("文号")), Column(_("人民法院")), Column(_("申请日期")), Column(_("结果"))]
    return _("申请法院强制执行"), Table(caption=_("申请法院强制执行"), columns=columns, rows=rows)


def _application(one: CourtApplication) -> list[Any]:
    if not one.outcome:
        answer = Cell(_("等待法院处理"), shape="open")
    else:
        day = one.outcome_on.isoformat() if one.outcome_on else ""
        answer = Cell(str(one.get_outcome_display()), small=f"{day} {one.outcome_number}".strip())
    return [one.number or "—", one.court, one.applied_on.isoformat(), answer]


def _remedies(decision: Decision) -> tuple[str, Table] | None:
    rows = [_remedy(one) for one in decision.remedies_sought.select_related("party").order_by("-pk")]
    if not rows:
        return None
    columns = [Column(_("程序")), Column(_("提起人")), Column(_("受理")), Column(_("结果"))]
    return _("复议、诉讼、化解"), Table(caption=_("复议、诉讼、化解"), columns=columns, rows=rows)


def _remedy(one: Remedy) -> list[Any]:
    kind = Cell(str(one.get_kind_display()), small=f"{one.body} {one.number}".strip())
    if one.ended_on is None:
        answer = Cell(_("进行中，停止执行") if one.stays else _("进行中，不停止执行"), shape="pause")
    else:
        answer = Cell(str(one.get_outcome_display()), small=one.ended_on.isoformat())
    return [kind, one.party.name, one.begun_on.isoformat(), answer]
