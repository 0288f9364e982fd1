"""One clock read: start, movements, pauses and extensions of an opening fact, down to the last moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from portal.deadlines.calendars import WorkCalendar, spoken
from portal.deadlines.errors import DeadlineError
from portal.deadlines.periods import (
    SHANGHAI,
    Counted,
    Moment,
    Pause,
    Period,
    Step,
    add_months,
    count,
    count_back,
    end_of,
    merged,
    moment,
    parse_period,
    roll_forward,
    show_next_workday,
)
from portal.deadlines.rulebook import Rule, Within
from portal.deadlines.statements import StatedFact


@dataclass(frozen=True)
class Clocked:
    """Where a clock stands."""

    opened_at: datetime
    due_at: datetime
    due_on: date
    near_at: datetime
    unit: str
    paused: bool
    doubts: tuple[str, ...]
    steps: tuple[Step, ...]
    calendar_version: str


def read_clock(
    rule: Rule, term: Within | None, opening: StatedFact, facts: list[StatedFact], calendar: WorkCalendar
) -> Clocked:
    """The clock of one opening fact. `facts` are those of the same subject up to the closing.

    Raises DeadlineError when the opening fact lacks the day that the rule counts from.
    """
    moved = [fact for fact in facts if fact.name in rule.moves and not fact.moment.is_before(opening.moment)]
    source = moved[-1] if moved else opening
    start = _start(rule, source)
    head = (_basis_step(rule, term), *_moved_step(rule, source, start, moved=bool(moved)))
    if rule.given and source.value.get(rule.given):
        return _given(rule, source, opening, head, calendar)
    if rule.on_date or rule.every:
        return _fixed(rule, start, opening, head, calendar)
    if term is None:
        raise DeadlineError(f"规则 {rule.key} 在 {start.on} 没有期限。")
    if rule.before:
        counted = count_back(term.period, start.on, calendar)
        return _clocked(rule, opening, counted, head, calendar, term.period.unit, paused=False)
    pauses = _pauses(rule, facts)
    counted = count(term.period, start, calendar, pauses)
    counted, fixed = _extended(rule, term.period.unit, counted, facts, pauses, calendar)
    final = counted if fixed else _finished(rule, term.period.unit, counted, calendar)
    return _clocked(rule, opening, final, head, calendar, term.period.unit, paused=_is_paused(pauses, final))


def _start(rule: Rule, fact: StatedFact) -> Moment:
    if rule.start:
        return _value_moment(fact, rule.start)
    return fact.known if rule.clock == "known_at" else fact.moment


def _value_moment(fact: StatedFact, name: str) -> Moment:
    text = fact.value.get(name)
    if not isinstance(text, str):
        raise DeadlineError(f"事实“{fact.name}”缺少日期“{name}”，无法起算。")
    return moment(datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text))


def _basis_step(rule: Rule, term: Within | None) -> Step:
    label = {"参照": "（参照，非本地法定）", "本地": "（本地设定）", "未核": "（依据未核）"}.get(rule.basis, "")
    period = f"：{term.period}" if term and (rule.within or rule.before) else ""
    return Step(f"{rule.title}{label}{period}。", rule.article)


def _moved_step(rule: Rule, source: StatedFact, start: Moment, *, moved: bool) -> tuple[Step, ...]:
    if not moved:
        return ()
    return (Step(f"{spoken(source.moment.on)}改期，改自{spoken(start.on)}计算。", rule.article, source.moment.on),)


def _given(
    rule: Rule, source: StatedFact, opening: StatedFact, head: tuple[Step, ...], calendar: WorkCalendar
) -> Clocked:
    """The last day as a document or a yearly date names it; it is not moved unless the rule says so."""
    end = _value_moment(source, rule.given)
    text = f"期限为{spoken(end.on)}。" if rule.every else f"文书载明的期限为{spoken(end.on)}。"
    counted = Counted(end.on, (Step(text, rule.article, end.on),), at=end.at if end.exact else None)
    if rule.roll == "next":
        counted = roll_forward(counted, calendar)
    return _clocked(rule, opening, counted, head, calendar, "hours" if end.exact else "days", paused=False)


def _fixed(rule: Rule, start: Moment, opening: StatedFact, head: tuple[Step, ...], calendar: WorkCalendar) -> Clocked:
    """A fixed date, or the next yearly one on or after the start."""
    if rule.on_date:
        day = rule.on_date
    else:
        month, number = rule.every or (12, 31)
        day = date(start.on.year, month, number)
        day = day if day >= start.on else add_months(day, 12)
    counted = Counted(day, (Step(f"固定日期：{spoken(day)}。", rule.article, day),))
    counted = roll_forward(counted, calendar) if rule.roll == "next" else show_next_workday(counted, calendar)
    return _clocked(rule, opening, counted, head, calendar, "days", paused=False)


def _pauses(rule: Rule, facts: list[StatedFact]) -> list[Pause]:
    """The stops of the clock. One that names itself (suspension:7) ends with the fact that names the same."""
    pauses = []
    for pair in rule.pauses:
        ends = [fact for fact in facts if fact.name == pair.end]
        for fact in facts:
            if fact.name == pair.start:
                own = (one.moment for one in ends if _same(one, fact))
                end = next((one for one in own if not one.is_before(fact.moment)), None)
                pauses.append(Pause(fact.moment, end))
    return merged(pauses)


def _same(end: StatedFact, start: StatedFact) -> bool:
    """Whether the two name the same of every kind that both name."""
    return all(start.about.get(kind, name) == name for kind, name in end.about.items())


def _is_paused(pauses: list[Pause], final: Counted) -> bool:
    last = pauses[-1] if pauses else None
    if last is None or last.end is not None:
        return False
    return last.start.at < final.at if final.at else last.start.on < final.day


def _extended(
    rule: Rule, unit: str, counted: Counted, facts: list[StatedFact], pauses: list[Pause], calendar: WorkCalendar
) -> tuple[Counted, bool]:
    """The count with every extension granted before it ran out; a later one has no effect and is told.

    The second value says whether the last extension named the day itself, which is then not moved.
    """
    fixed = False
    for fact in facts:
        if fact.name not in rule.extends:
            continue
        current = counted if fixed else _finished(rule, unit, counted, calendar)
        granted = spoken(fact.moment.on)
        too_late = fact.moment.at > current.at if current.at and fact.moment.exact else fact.moment.on > current.day
        if too_late:
            text = f"{granted}的延期在{spoken(current.day)}期满之后作出，不产生延期效力。"
            counted = Counted(
                counted.day, (*counted.steps, Step(text, rule.article, fact.moment.on)), counted.doubts, counted.at
            )
        elif fact.value.get("to"):
            end = _value_moment(fact, "to")
            step = Step(f"{granted}批准延期至{spoken(end.on)}。", _article(rule, fact.value), end.on)
            counted, fixed = Counted(end.on, (*counted.steps, step), (), end.at if unit == "hours" else None), True
        else:
            counted, fixed = _added(rule, fact, counted, pauses, calendar), False
    return counted, fixed


def _added(rule: Rule, fact: StatedFact, counted: Counted, pauses: list[Pause], calendar: WorkCalendar) -> Counted:
    by = parse_period(str(fact.value["by"])) if fact.value.get("by") else rule.extend_by
    if by is None:
        raise DeadlineError(f"事实“{fact.name}”没有写明延长多久。")
    start = Moment(counted.at, exact=True) if counted.at else moment(counted.day)
    further = count(by, start, calendar, pauses)
    step = Step(
        f"{spoken(fact.moment.on)}批准延长{by}，自原最后一日接着计算。", _article(rule, fact.value), fact.moment.on
    )
    doubts = tuple(dict.fromkeys([*counted.doubts, *further.doubts]))
    return Counted(further.day, (*counted.steps, step, *further.steps), doubts, further.at)


def _article(rule: Rule, value: Mapping[str, Any]) -> str:
    return str(value.get("article") or rule.article)


def _finished(rule: Rule, unit: str, counted: Counted, calendar: WorkCalendar) -> Counted:
    """The last day as the rule wants it: moved off a holiday, kept, or kept with the next working day told."""
    if unit in {"hours", "workdays"}:
        return counted
    match rule.roll or "next":
        case "next":
            return roll_forward(counted, calendar)
        case "show":
            return show_next_workday(counted, calendar)
        case _:
            return counted


def _clocked(
    rule: Rule,
    opening: StatedFact,
    counted: Counted,
    head: tuple[Step, ...],
    calendar: WorkCalendar,
    unit: str,
    *,
    paused: bool,
) -> Clocked:
    opened_at = opening.moment.at
    doubt = tuple(Step(f"暂定：{one}，届时重算。") for one in counted.doubts)
    return Clocked(
        opened_at=opened_at,
        due_at=counted.at or end_of(counted.day),
        due_on=counted.day,
        near_at=max(opened_at, _near(rule.near, counted.day, calendar)),
        unit=unit,
        paused=paused,
        doubts=counted.doubts,
        steps=(*head, *counted.steps, *doubt),
        calendar_version=calendar.version,
    )


def _near(lead: Period, day: date, calendar: WorkCalendar) -> datetime:
    if lead.unit == "hours":
        raise DeadlineError("提前量不能以小时计。")
    return datetime.combine(count_back(lead, day, calendar).day, time.min, SHANGHAI)
