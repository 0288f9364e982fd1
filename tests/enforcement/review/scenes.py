"""Cases on their way through review, on days that fit tests.case_scenes; everything through the door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from enforcement.cases import actions as steps
from enforcement.models import Case
from enforcement.review import actions, data
from enforcement.review.models import Reviewer, Round
from enforcement.review.points import POINTS
from enforcement.review.rounds import last_round
from portal.accounts.models import User
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Blocked
from tests import case_scenes as scene
from tests.cast import Cast, fresh

REVIEWED = scene.DECIDED
LATER = REVIEWED + dt.timedelta(days=2)


def unmet(attempt: Callable[[], Any]) -> dict[str, str]:
    """The gates an attempt is blocked by, with their sentences; each has its article."""
    with pytest.raises(Blocked) as blocked:
        attempt()
    assert all(one.citation for one in blocked.value.unmet)
    return {one.gate: one.sentence for one in blocked.value.unmet}


def decide(cast: Cast, case: Case, day: dt.date = LATER, **changes: Any) -> Callable[[], Any]:
    """An attempt to have the decision approved."""

    def attempt() -> Any:
        with scene.on(day):
            return proposals.request(
                case, steps.DECIDE, actor=fresh(cast.officer), data=scene.decide_data(case, **changes)
            )

    return attempt


def qualified(user: User, standing: str = Reviewer.Standing.EXAM, **more: Any) -> Reviewer:
    """Somebody's standing as a reviewer."""
    values: dict[str, Any] = {"certificate": "A20256502000001", "ground": "示例任命文件（虚构）"}
    return Reviewer.objects.create(user=user, standing=standing, **values | more)


def submit_data(case: Case, **changes: Any) -> data.Submit:
    """Exactly what is proposed."""
    made = data.Submit(
        kinds=tuple(case.proposed_kinds),
        content=case.proposed_content,
        fine=case.proposed_fine,
        reasons=("complicated",),
    )
    return replace(made, **changes)


def submit(cast: Cast, case: Case, day: dt.date = REVIEWED, **changes: Any) -> Round:
    """Chen sends it."""
    with scene.on(day, 9):
        perform(case, actions.SUBMIT, actor=fresh(cast.officer), data=submit_data(case, **changes))
    found = last_round(case)
    assert found is not None
    return found


def take(cast: Cast, case: Case, day: dt.date = REVIEWED, by: User | None = None) -> None:
    """Wang takes it."""
    reviewer = by or cast.legal
    if not Reviewer.objects.filter(user=reviewer).exists():
        qualified(reviewer)
    with scene.on(day, 10):
        perform(case, actions.TAKE, actor=fresh(reviewer), data=data.Take())


def opine_data(**changes: Any) -> data.Opine:
    """Everything in order."""
    fine = {point.key: "fine" for point in POINTS}
    values: dict[str, Any] = fine | {
        "verdict": Round.State.PASSED.value,
        "opinion": "事实清楚，证据充分，适用法律准确，裁量适当，同意拟作出的处罚（虚构）",
    }
    return data.Opine(**values | changes)


def returned_data(**changes: Any) -> data.Opine:
    """One point is not in order."""
    values: dict[str, Any] = {
        "evidence": "problem",
        "evidence_note": "缺少进货时间的证据（虚构）",
        "verdict": Round.State.RETURNED.value,
        "opinion": "关键事实缺少证据，退回补充（虚构）",
        "to_mend": "补充进货凭证（虚构）",
    }
    return opine_data(**values | changes)


def opine(
    cast: Cast, case: Case, day: dt.date = REVIEWED, form: data.Opine | None = None, by: User | None = None
) -> Round:
    """Wang says what he thinks."""
    with scene.on(day, 11):
        perform(case, actions.OPINE, actor=fresh(by or cast.legal), data=form or opine_data())
    found = last_round(case)
    assert found is not None
    return found


def passed(cast: Cast, case: Case, day: dt.date = REVIEWED, **changes: Any) -> Round:
    """Sent, taken, passed."""
    submit(cast, case, day, **changes)
    take(cast, case, day)
    return opine(cast, case, day)


def returned(cast: Cast, case: Case, day: dt.date = REVIEWED, **changes: Any) -> Round:
    """Sent, taken, returned."""
    submit(cast, case, day, **changes)
    take(cast, case, day)
    return opine(cast, case, day, returned_data())


def deliberate_data(cast: Cast, case: Case, **changes: Any) -> data.Deliberate:
    """Zhao and Zhou agree on what is proposed."""
    made = data.Deliberate(
        participants=(cast.head.pk, cast.deputy.pk),
        report="案情、证据和承办意见已汇报（虚构）",
        positions=f"{cast.head.name}：同意承办意见，事实清楚。\n{cast.deputy.name}：同意。",
        kinds=tuple(case.proposed_kinds),
        content=case.proposed_content,
        conclusion="一致同意拟处罚意见（虚构）",
        fine=case.proposed_fine,
    )
    return replace(made, **changes)


def deliberate(cast: Cast, case: Case, day: dt.date = REVIEWED, **changes: Any) -> None:
    """Zhao chairs and has it recorded."""
    with scene.on(day, 14):
        perform(case, actions.DELIBERATE, actor=fresh(cast.head), data=deliberate_data(cast, case, **changes))


def suspect(cast: Cast, case: Case, day: dt.date = REVIEWED, by: User | None = None) -> None:
    """Somebody who handles the case thinks that it is a crime."""
    with scene.on(day, 12):
        perform(
            case,
            actions.SUSPECT,
            actor=fresh(by or cast.officer),
            data=data.Suspect(note="涉嫌销售不符合安全标准的食品罪（虚构）"),
        )
