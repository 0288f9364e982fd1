"""Marking case questions: blind to the name, by somebody who is no candidate himself; the last mark brings the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.examinations import sittings
from personnel.examinations.bank import EDITORS, LAW
from personnel.examinations.models import Candidate, Item, Script
from personnel.examinations.points import PointsProblem, read_points
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import entry
from portal.workflow.registry import Stated

MARKED = "examinations.script_marked"
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
    script = attempt.subject
    script.halves, script.marker = read_points(attempt.data.points), attempt.actor
    script.remark = attempt.data.remark.strip()
    Item.objects.filter(pk=script.item_id).update(earned=script.halves)
    attempt.label(script=script.code, halves=script.halves)
    attempt.fact(MARKED, about=f"script:{script.pk}")


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
MARK: Action[Script, Mark] = Action(
    "examinations.script.mark",
    _("评阅案例题"),
    source=frozenset({Script.State.WAITING.value}),
    target=Script.State.MARKED.value,
    model=Script,
    roles=EDITORS,
    data=Mark,
    body=_mark,
    gates=(NO_CANDIDATE,),
    facts=(MARKED,),
    law=LAW,
    primary=True,
)
ACTIONS: tuple[Action[Any, Any], ...] = (MARK,)
