"""The whole demo before anything is written: who does what to which case at which moment. The same day, the same plan."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field, replace

from demo.days import Days
from demo.fates import FATES, Fate
from demo.gathering import Imported, ImportFile, gathered
from demo.names import Inventor
from demo.settling import ENDING, SUSPENDED
from demo.sources import Body, bodies
from demo.stories import Case, Step, Story, invented_case
from portal.deadlines.calendars import WorkCalendar

LONG, SHORT = dt.timedelta(days=744), dt.timedelta(days=215)  # how far back the whole and the small demo reach
LEADING = ("scjgj.officer1", "scjgj.officer2")
# An officer of each of three departments whose certificate has expired or been suspended.
GONE = {username.split(".")[0].upper(): username for username in (*list(ENDING)[:2], SUSPENDED)}


@dataclass
class Plan:
    """Everything that will happen, in the order of time."""

    today: dt.date
    opening: dt.date
    days: Days
    cases: dict[int, Case] = field(default_factory=dict)
    files: dict[int, ImportFile] = field(default_factory=dict)
    imported: dict[int, Imported] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def body_of(self, key: int) -> Body:
        """The department whose case or file it is."""
        found = self.cases.get(key) or self.imported.get(key) or self.files[key]
        return found.body


def planned(today: dt.date, calendar: WorkCalendar, *, small: bool) -> Plan:
    """The plan for a day; `small` has one or two cases of most fates."""
    rng = random.Random(f"{today.isoformat()} {small}")  # noqa: S311 - a demo, the same every time
    days = Days(today, calendar)
    opening = today - (SHORT if small else LONG)
    plan = Plan(today, opening, days)
    inventor = Inventor(random.Random(f"parties {today.isoformat()}"))  # noqa: S311 - invented names
    first = days.place(opening) + 8
    wanted = [fate for fate in FATES for _one in range(fate.small if small else fate.count)]
    shares = _shares(len(wanted), rng)
    for key, (fate, body) in enumerate(zip(wanted, shares, strict=True), start=1):
        leading = bool(fate.anchor) and wanted.index(fate) == key - 1
        body = bodies()[0] if leading else _fitting(fate, body, rng)  # noqa: PLW2901 - a fate may need another department
        case, story = _told(key, fate, body, rng, inventor, leading=leading)
        plan.cases[key] = case
        plan.steps += story.begun_at(_place(fate, story, first, days, rng), days)
    files, steps = gathered(10_000, days, rng, inventor, small=small)
    plan.files = {file.key: file for file in files}
    plan.imported = {row.key: row for file in files for row in file.rows}
    plan.steps = sorted([*plan.steps, *steps])
    return plan


def _shares(count: int, rng: random.Random) -> list[Body]:
    """So many departments, each as often as its share of the cases says, in a random order."""
    whole = sum(body.cases for body in bodies())
    found: list[Body] = []
    owed = 0.0
    for body in bodies():
        owed += body.cases * count / whole
        while len(found) < round(owed):
            found.append(body)
    rng.shuffle(found)
    return found


def _fitting(fate: Fate, body: Body, rng: random.Random) -> Body:
    if fate.needs == "certificate_gone" and body.code not in GONE:
        chosen = rng.choice(sorted(GONE))
        return next(one for one in bodies() if one.code == chosen)
    if fate.needs in {"fine", "hearing"} and not _offers(body, fate.needs):
        return bodies()[0]
    return body


def _offers(body: Body, what: str) -> bool:
    return any(
        outcome.hearing if what == "hearing" else outcome.fine for item in body.items for outcome in item.outcomes
    )


def _told(
    key: int, fate: Fate, body: Body, rng: random.Random, inventor: Inventor, *, leading: bool
) -> tuple[Case, Story]:
    """A case with its story; the leading one of each fate under way is the first officer's, for whoever signs in first."""
    while True:
        case = invented_case(key, body, rng, inventor, several=fate.several)
        if fate.needs == "fine" and not case.fine:
            continue
        if fate.needs == "hearing" and not case.hearing:
            continue
        break
    if leading:
        case = replace(case, officers=LEADING, head="scjgj.head")
    if fate.needs == "certificate_gone":
        case = replace(case, officers=(case.officers[0], GONE[body.code]))
    story = Story(case, rng)
    fate.tell(story)
    return case, story


def _place(fate: Fate, story: Story, first: int, days: Days, rng: random.Random) -> int:
    if fate.anchor:
        return days.before_today(rng.randint(*fate.ago)) - story.until(fate.anchor)
    return rng.randint(first, max(first, days.before_today(fate.over) - story.length))
