"""Explaining a gap, and taking an explanation back: the administrator proposes, the head approves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from enforcement.completeness.models import Explanation
from enforcement.completeness.series import free, lines
from portal.accounts.models import Department
from portal.accounts.roles import Role
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt
from portal.workflow.data import entry

ADMINS = frozenset({Role.DEPT_ADMIN.value})
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
LAW = ("区工作方案三（一）1",)
LARGEST = 99_999_999
KIND = "number_explanation"


def series_key(year: int, head: str) -> str:
    """How a form names a series."""
    return f"{year}|{head}"


def read_key(key: str) -> tuple[int, str] | None:
    """Year and head; None for anything else."""
    year, bar, head = key.partition("|")
    return (int(year), head) if bar and head and year.isascii() and year.isdigit() and len(year) == 4 else None


def series_options(_subject: Any, actor: Any) -> list[tuple[str, str]]:
    """The department's series in which a number is missing."""
    found = lines(actor.department_id or 0)
    open_ones = [one for one in found if one.missing or one.doubtful or one.before]
    return [(series_key(one.year, one.head), one.name) for one in open_ones]


@dataclass(frozen=True)
class Explain:
    """Which numbers, and why they are not here."""

    series: str = entry(_("号段"), "choice", options=series_options)
    first: int = entry(_("从（号）"), "integer")
    last: int = entry(_("到（号）"), "integer", help=_("只有一个号的，与上面填同一个数"))
    ground: str = entry(_("情形"), "choice", options=lambda _subject, _actor: Explanation.Ground.choices)
    reason: str = entry(
        _("说明"), "long", longest=1000, help=_("写明怎么发现的、谁核实的；在其他系统办理的写明系统和补录时间")
    )
    files: tuple[int, ...] = entry(_("证明材料"), "files", default=(), help=_("作废的文书、登记簿页等"))

    def problems(self, attempt: Attempt[Explanation, Explain]) -> dict[str, str]:
        """Only missing numbers; holds the department, so that two at once are one after the other."""
        department = attempt.actor.department if attempt.proposal is None else attempt.proposal.department
        Department.objects.select_for_update(no_key=True).filter(pk=department.pk).first()
        found: dict[str, str] = {}
        key = read_key(self.series)
        if key is None:
            found["series"] = _gettext("请选择号段。")
        if not self.reason.strip():
            found["reason"] = _gettext("请写明为什么缺这些号。")
        if not 1 <= self.first <= LARGEST:
            found["first"] = _gettext("号码应在 1 与 %(most)d 之间。") % {"most": LARGEST}
        elif not self.first <= self.last <= LARGEST:
            found["last"] = _gettext("止号应不小于起号，不大于 %(most)d。") % {"most": LARGEST}
        if found or key is None:
            return found
        answer = free(department.pk, *key, self.first, self.last)
        if answer is None:
            return {"series": _gettext("本部门没有这个号段。")}
        if self.last > answer[1]:
            return {"last": _gettext("这个号段只编到 %(last)d 号。") % {"last": answer[1]}}
        if not answer[2]:
            return {"first": _gettext("这些号里有的已在平台，或者已经作废、已有说明；只能说明还缺的号。")}
        return {}


def _explain(attempt: Attempt[Explanation, Explain]) -> None:
    given = attempt.data
    year, head = read_key(given.series) or (0, "")
    department = attempt.proposal.department if attempt.proposal is not None else attempt.actor.department
    span = f"{given.first}号" if given.first == given.last else f"{given.first}—{given.last}号"
    title = _gettext("%(series)s缺号说明") % {"series": f"{head}〔{year}〕{span}"}
    attempt.matter = Matter.objects.create(
        kind=KIND, department=department, title=title, opened_at=attempt.now, closed_at=attempt.now
    )
    attempt.subject = Explanation(
        matter=attempt.matter,
        department=department,
        head=head,
        year=year,
        first=given.first,
        last=given.last,
        ground=given.ground,
        reason=given.reason.strip(),
        explained_on=attempt.today,
    )
    attempt.label(series=f"{head}〔{year}〕", first=given.first, last=given.last, ground=given.ground)


@dataclass(frozen=True)
class TakeBack:
    """Why the explanation does not hold."""

    reason: str = entry(_("撤回理由"), "long", longest=1000, help=_("写明原说明错在哪里；撤回后这些号重新列为缺号"))

    def problems(self, _attempt: Attempt[Explanation, TakeBack]) -> dict[str, str]:
        """It is there."""
        return {} if self.reason.strip() else {"reason": _gettext("请写明撤回理由。")}


def _take_back(attempt: Attempt[Explanation, TakeBack]) -> None:
    attempt.subject.taken_back_on = attempt.today
    attempt.subject.taken_back_reason = attempt.data.reason.strip()


EXPLAIN: Action[Explanation, Explain] = Action(
    "completeness.explain",
    _("说明缺号"),
    source=frozenset(),
    target=None,
    roles=HEADS,
    proposes=ADMINS,
    data=Explain,
    body=_explain,
    model=Explanation,
    law=LAW,
)
TAKE_BACK: Action[Explanation, TakeBack] = Action(
    "completeness.take_back",
    _("撤回说明"),
    source=frozenset({Explanation.State.STANDING.value}),
    target=Explanation.State.TAKEN_BACK.value,
    roles=HEADS,
    proposes=ADMINS,
    data=TakeBack,
    body=_take_back,
    model=Explanation,
    law=LAW,
)
ACTIONS = (EXPLAIN, TAKE_BACK)
