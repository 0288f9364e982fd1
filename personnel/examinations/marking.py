"""Marking case questions: blind to the name and to other marks, by nobody who sat; the last mark brings the result.

Where the bureau has switched it on, two people read each answer. Marks that lie further apart than its
threshold are read by a third; then the mean of the two nearest marks counts, of two equally near pairs the higher.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.examinations import sittings
from personnel.examinations.bank import EDITORS, LAW
from personnel.examinations.models import Candidate, Examination, Item, Reading, Script
from personnel.examinations.points import PointsProblem, read_points
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import entry
from portal.workflow.registry import Stated

MARKED = "examinations.script_marked"
READ = "examinations.script_read"
State = Script.State
OPEN = frozenset({State.WAITING.value, State.SECOND.value, State.THIRD.value})
LONGEST_REMARK = 2000


@dataclass(frozen=True)
class Mark:
    """Points, and a word about them."""

    points: str = entry(_("得分"), help=_("整数或者半分，不超过这道题的分值"))
    remark: str = entry(_("评语"), "long", default="", longest=LONGEST_REMARK, help=_("可以不填；考试结束后考生能看到"))

    def problems(self, attempt: Attempt[Script, Mark]) -> dict[str, str]:
        """What the form tells field by field."""
        try:
            read_points(self.points, most=attempt.subject.item.halves)
        except PointsProblem as problem:
            return {"points": str(problem)}
        too_long = len(self.remark) > LONGEST_REMARK
        return {"remark": _gettext("评语太长，请缩短到 2000 字以内。")} if too_long else {}


def _mark(attempt: Attempt[Script, Mark]) -> None:
    """Keep the reading; the points stand once enough people have read and agree well enough."""
    script, given = attempt.subject, read_points(attempt.data.points)
    earlier = list(script.readings.values_list("halves", flat=True))
    reading = Reading(
        script=script,
        number=len(earlier) + 1,
        marker=attempt.actor,
        halves=given,
        remark=attempt.data.remark.strip(),
    )
    reading.save()
    about = f"script:{script.pk}"
    script.state = state_after([*earlier, given], script)
    if script.state != State.MARKED:
        # what a reader gave stays out of the event: the next one may read it
        attempt.label(script=script.code, reading=reading.number)
        attempt.fact(READ, about=about)
        return
    script.halves, script.marker, script.remark = agreed([*earlier, given]), attempt.actor, reading.remark
    Item.objects.filter(pk=script.item_id).update(earned=script.halves)
    attempt.label(script=script.code, halves=script.halves, reading=reading.number)
    attempt.fact(MARKED, about=about)


def state_after(marks: list[int], script: Script) -> str:
    """Where an answer stands with these marks, in the order they were given."""
    examination = Examination.objects.get(pk=script.matter_id)
    if not examination.second_marking or len(marks) == 3:
        return State.MARKED.value
    if len(marks) == 1:
        return State.SECOND.value
    apart = abs(marks[0] - marks[1]) * 100 > script.item.halves * examination.threshold_percent
    return State.THIRD.value if apart else State.MARKED.value


def agreed(marks: list[int]) -> int:
    """The points that stand: the mean of the two nearest marks, the higher pair of two; half a half counts up."""
    if len(marks) == 1:
        return marks[0]
    low, high = min(zip(sorted(marks), sorted(marks)[1:], strict=False), key=lambda pair: (pair[1] - pair[0], -pair[1]))
    return (low + high + 1) // 2


def unread_by(user: Any) -> Any:
    """Answers that still want a reader and that the person has not read."""
    return Script.objects.filter(state__in=OPEN).exclude(readings__marker=user)


def result_when_last(stated: Stated) -> None:
    """Reaction: with the last mark the sitting has its result."""
    sittings.finished(stated.subject.item.sitting)


NO_CANDIDATE = Gate(
    "marker_is_no_candidate",
    _("参加这场考试的人不能阅卷。"),
    (),
    lambda attempt: (
        attempt.actor is None
        or not Candidate.objects.filter(examination=attempt.subject.matter_id, officer__user=attempt.actor).exists()
    ),
)
NOT_READ = Gate(
    "another_reader",
    _("您已经评阅过这份答卷，应当由另一人评阅。"),
    (),
    lambda attempt: attempt.actor is None or not attempt.subject.readings.filter(marker=attempt.actor).exists(),
)
MARK: Action[Script, Mark] = Action(
    "examinations.script.mark",
    _("评阅案例题"),
    source=OPEN,
    target=None,  # marked, or waiting for one more reader: see state_after
    model=Script,
    roles=EDITORS,
    data=Mark,
    body=_mark,
    gates=(NO_CANDIDATE, NOT_READ),
    facts=(MARKED, READ),
    law=LAW,
    primary=True,
)
ACTIONS: tuple[Action[Any, Any], ...] = (MARK,)
