"""Today's cases whose fines were not paid in time: one sued over, one in parts, one surcharged, the others urged."""

from __future__ import annotations

import datetime as dt
from typing import Any

from demo.files import sheet
from demo.settling import COURT
from enforcement.cases import data as case_data
from enforcement.cases.actions import PAY
from enforcement.cases.dues import unpaid
from enforcement.execution import actions, data
from enforcement.execution.money import computed
from enforcement.models import Case
from portal.accounts.models import User
from portal.attachments import store
from portal.workflow import proposals
from portal.workflow.door import perform

MOST = 8


def carry_out(today: dt.date) -> None:
    """Something different for each of the unpaid cases, the oldest first."""
    late = [case for case in _served() if _is_late(case, today)][:MOST]
    for place, case in enumerate(late):
        (_sue, _parts, _surcharge, _urge)[min(place, 3)](case, today)


def _served() -> Any:
    return Case.objects.filter(state=Case.State.SERVED).select_related("department").order_by("decided_on", "pk")


def _is_late(case: Case, today: dt.date) -> bool:
    decision = data.decision_of(case)
    result = computed(decision, today) if decision is not None and decision.outcome == "in_force" else None
    return result is not None and result.amount > 0 and unpaid(case) > 0 and case.parties.count() == 1


def _officer(case: Case) -> User:
    link = case.act_officers.filter(until=None).select_related("officer__user__department").first()
    if link is None or link.officer.user is None:
        raise LookupError("a filed case of the demo has an officer with an account")
    return link.officer.user


def _approved(case: Case, action: Any, form: Any) -> None:
    proposal = proposals.request(case, action, actor=_officer(case), data=form)
    head = User.objects.select_related("department").get(username=f"{case.department.code.lower()}.head")
    proposals.approve(proposal, actor=head)


def _sue(case: Case, _today: dt.date) -> None:
    form = data.BeginRemedy(party=case.parties.get().pk, kind="litigation", body=COURT, number="（虚构案号）")
    perform(case, actions.BEGIN_REMEDY, actor=_officer(case), data=form)


def _parts(case: Case, today: dt.date) -> None:
    file = sheet("分期缴纳申请书（虚构）.pdf", "分期缴纳申请书", "经营困难，申请分三期缴纳罚款（虚构）。")
    form = data.Defer(
        ground="经营困难，账户余额不足以一次缴清（虚构）。",
        parts=3,
        first_due=today + dt.timedelta(days=30),
        file=int(store(case.matter, file, _officer(case)).pk),
    )
    _approved(case, actions.DEFER, form)


def _surcharge(case: Case, today: dt.date) -> None:
    decision = data.decision_of(case)
    result = computed(decision, today) if decision is not None else None
    if result is not None:
        _approved(case, actions.SURCHARGE, data.ConfirmSurcharge(through=today, amount=result.amount))


def settle_late_payment(case: Case, today: dt.date, receipt: str) -> None:
    """Who paid late pays what the delay costs before his case is closed."""
    decision = data.decision_of(case)
    result = computed(decision, today) if decision is not None else None
    if result is None or not result.amount:
        return
    _surcharge(case, today)
    form = case_data.Pay(party=case.parties.order_by("pk")[0].pk, amount=result.amount, receipt=receipt)
    perform(Case.objects.get(pk=case.pk), PAY, actor=_officer(case), data=form)


def _urge(case: Case, _today: dt.date) -> None:
    _approved(case, actions.URGE, data.Urge(party=case.parties.get().pk))
