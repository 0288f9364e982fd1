"""Today's cases under review: one waits, one has its reviewer, one came back, the others passed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from demo import weighing
from enforcement.models import Case
from enforcement.review import actions, data
from enforcement.review.models import Reviewer, Round
from enforcement.review.points import POINTS
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.workflow.availability import availability
from portal.workflow.door import perform

MOST = 7
OPEN = (Case.State.INVESTIGATED, Case.State.NOTIFIED)


def carry_out(_today: dt.date) -> None:
    """One case a department, the oldest first; each is left at another point of its way."""
    _record_reviewers()
    found: dict[int, Case] = {}
    for case in Case.objects.filter(state__in=OPEN).select_related("department", "matter__department").order_by("pk"):
        if case.department_id not in found and _reviewer(case) is not None and _officer(case) is not None:
            found[case.department_id] = case
    for place, case in enumerate(list(found.values())[:MOST]):
        _play(case, place)


def _record_reviewers() -> None:
    """Every legal officer who did not pass the exam has reviewed before."""
    for user in User.objects.filter(role_assignments__role=Role.LEGAL, is_active=True).order_by("pk").distinct():
        Reviewer.objects.create(
            user=user,
            standing=Reviewer.Standing.EARLIER,
            since=dt.date(2016, 3, 1),
            ground="审核人员名册（虚构）",
            made_by=_holder(user.department_id, Role.HEAD),
        )


def _holder(department: int | None, role: Role) -> User | None:
    rows = User.objects.filter(department=department, role_assignments__role=role, is_active=True)
    return rows.select_related("department").order_by("pk").first()


def _reviewer(case: Case) -> User | None:
    """A legal officer who has not worked on the case."""
    rows = User.objects.filter(department=case.department_id, role_assignments__role=Role.LEGAL, is_active=True)
    return rows.exclude(officer__act_roles__act=case.pk).select_related("department").order_by("pk").first()


def _officer(case: Case) -> User | None:
    link = case.act_officers.filter(until=None).select_related("officer__user__department").order_by("pk").first()
    return link.officer.user if link is not None else None


def _play(case: Case, place: int) -> None:
    reviewer, officer = _reviewer(case), _officer(case)
    if reviewer is None or officer is None or not availability(case, actions.SUBMIT, officer).possible:
        return
    weighing.weigh(case, officer, place)
    _submit(case, officer)
    if place == 0:
        return
    perform(case, actions.TAKE, actor=reviewer, data=data.Take())
    if place == 1:
        return
    if place in {2, 3}:
        perform(case, actions.OPINE, actor=reviewer, data=_opinion(passes=False))
    if place == 2:
        return
    if place == 3:
        _submit(case, officer, mended="已补充证据目录并核对进货日期（虚构）")
        perform(case, actions.TAKE, actor=reviewer, data=data.Take())
    perform(case, actions.OPINE, actor=reviewer, data=_opinion(passes=True))
    weighing.deliberate(case)


def _submit(case: Case, officer: User, mended: str = "") -> None:
    start: Any = actions.SUBMIT.initial
    values = start(case, officer)
    form = data.Submit(
        kinds=tuple(values["kinds"]),
        content=values["content"],
        fine=_money(values.get("fine")),
        confiscation=_money(values.get("confiscation")),
        licence=values.get("licence", ""),
        reasons=("complicated",),
        mended=mended,
        note="事实清楚、证据充分，拟处罚意见适当（虚构）",
    )
    perform(case, actions.SUBMIT, actor=officer, data=form)


def _money(value: Any) -> Decimal | None:
    return Decimal(str(value)) if value else None


def _opinion(*, passes: bool) -> data.Opine:
    values: dict[str, Any] = {point.key: "fine" for point in POINTS}
    if passes:
        return data.Opine(
            **values, verdict=Round.State.PASSED.value, opinion="主体适格，程序合法，事实清楚，裁量适当，同意（虚构）"
        )
    return data.Opine(
        **values | {"evidence": "problem"},
        evidence_note="证据目录与案卷不一致，违法行为的时间没有证据（虚构）",
        verdict=Round.State.RETURNED.value,
        opinion="关键事实的时间没有证据证明，退回补充（虚构）",
        to_mend="补充违法行为时间的证据，重新编制证据目录（虚构）",
    )
