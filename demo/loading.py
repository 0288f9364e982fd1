"""Loading the demo: two years week by week, the steps of each week by department in a few processes.

Between two weeks stands what the portal does by itself: the sweep, its outbox, ended display periods, the
seal, and what the bureau does about what it finds. The clock is time-machine's: every fact is entered on
its own day, so that nothing of it is a late entry.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import multiprocessing
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import time_machine
from django.db import connection, connections
from django.db.backends.signals import connection_created
from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils import timezone

from demo import (
    acting,
    after_decisions,
    applications,
    catalogues,
    certificates,
    cleanup,
    completeness,
    deciding,
    examinations,
    hearings,
    measures,
    on_the_spot,
    reviewing,
    settling,
    showing,
    subjects,
    training,
)
from demo.oversight import Oversight
from demo.planning import Plan, planned
from demo.settling import District
from demo.sources import bodies
from demo.stories import Step
from disclosure import directory, expiry, figures
from disclosure.public.publishing import publish_department
from enforcement.imports.models import ImportedRow
from enforcement.imports.service import import_decisions
from portal.deadlines.calendar_store import calendar
from portal.deadlines.sweeping import sweep
from portal.documents.models import Document
from portal.inbox.models import Notice
from portal.ledger.service import seal
from portal.outbox import service as outbox
from portal.outbox.models import OutboxRow
from portal.outbox.registry import topics
from portal.workflow.errors import DoorError

PRINTING = "documents.render"  # the worker prints what nobody has to serve
PROPOSALS = ("workflow.requested", "workflow.decided")
MANY = 10_000
READ_AFTER = dt.timedelta(days=10)
PRINTED_WITHIN = dt.timedelta(minutes=30)
ACTS = acting.ACTS | deciding.ACTS | hearings.ACTS | showing.ACTS
logger = logging.getLogger(__name__)


class StoryTrouble(RuntimeError):
    """A step was refused: the plan and the portal's rules do not agree."""


@dataclass
class Player:
    """What one process knows: the plan, the district, which case is which row."""

    plan: Plan
    district: District = field(default_factory=District)

    def play(self, steps: list[Step], known: dict[int, int]) -> dict[int, int]:
        """Play steps in their order; returns the cases that came into being."""
        made: dict[int, int] = {}
        with at(steps[0].at) as clock:
            for step in steps:
                clock.move_to(step.at)
                if step.act == "import":
                    made |= self._import(step.case)
                    continue
                key = made.get(step.case) or known.get(step.case)
                if result := self._play(step, key):
                    made[step.case] = result
            outbox.drain(MANY, only=PROPOSALS)
        return made

    def _play(self, step: Step, key: int | None) -> int | None:
        plot: Any = self.plan.cases.get(step.case) or self.plan.imported[step.case]
        if key is None and step.act != "register":
            return None  # a row of a file that was not taken
        scene = acting.Scene(plot, self.district, acting.case_of(key) if key is not None else None)
        try:
            result = ACTS[step.act](scene, dict(step.values))
        except DoorError as error:
            raise StoryTrouble(f"{step.at:%Y-%m-%d %H:%M} {plot.body.code} {step.case} {step.act}: {error}") from error
        return int(result.pk) if step.act == "register" else None

    def _import(self, key: int) -> dict[int, int]:
        file = self.plan.files[key]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"归集{key}.csv"
            path.write_bytes(file.text().encode("gb18030" if key % 2 else "utf-8"))
            run = import_decisions(
                path,
                department=self.district.departments[file.body.code],
                actor=self.district.people[file.actor],
                file_name=f"{file.body.short_name}处罚信息归集{timezone.localdate():%Y%m%d}.csv",
            ).run
        lines = dict(ImportedRow.objects.filter(run=run).values_list("line", "case"))
        rows = {row.key: lines.get(line) for line, row in enumerate(file.rows, start=2)}
        return {key: case for key, case in rows.items() if case is not None}


@contextlib.contextmanager
def at(moment: dt.datetime) -> Iterator[Any]:
    """The clock stands at a moment and runs on from there."""
    with time_machine.travel(moment, tick=True) as clock:
        yield clock


_player: list[Player] = []


def _in_process(task: tuple[list[Step], dict[int, int]]) -> dict[int, int]:
    return _player[0].play(*task)


class Company:
    """Processes that play departments side by side; with one, everything is played right here."""

    def __init__(self, plan: Plan, jobs: int) -> None:
        _player[:] = [Player(plan)]
        self.pool: Any = None
        if jobs > 1:
            connections.close_all()  # a child must not share the parent's connection
            self.pool = multiprocessing.get_context("fork").Pool(jobs)

    def play(self, tasks: list[tuple[list[Step], dict[int, int]]]) -> dict[int, int]:
        """Play the tasks, the longest first; returns the cases that came into being."""
        tasks.sort(key=lambda task: -len(task[0]))
        results = self.pool.imap_unordered(_in_process, tasks) if self.pool else map(_in_process, tasks)
        made: dict[int, int] = {}
        for result in results:
            made |= result
        return made

    def close(self) -> None:
        """Let the processes go."""
        if self.pool:
            self.pool.close()
            self.pool.join()


def load(today: dt.date, *, small: bool, jobs: int, tell: Callable[[str], None]) -> None:
    """Load everything that has happened until yesterday evening; the demo's own table is the caller's."""
    plan = planned(today, calendar("xinjiang"), small=small)
    with outbox.unattended(), _quiet(), _hurry():
        tell("部门、人员、证件、事项目录")
        with at(dt.datetime.combine(plan.opening, dt.time(10), timezone.get_default_timezone())):
            settling.settle(today)
            settling.enter_calendar(plan.opening.year)
        company = Company(plan, jobs)
        try:
            _weeks(plan, company, tell, small=small)
        finally:
            company.close()
        _now(tell)


def _weeks(plan: Plan, company: Company, tell: Callable[[str], None], *, small: bool) -> None:
    weeks: dict[dt.date, dict[str, list[Step]]] = defaultdict(lambda: defaultdict(list))
    for step in plan.steps:
        day = timezone.localdate(step.at)
        weeks[_sunday(day)][plan.body_of(step.case).issuer].append(step)
    known: dict[int, int] = {}
    oversight = Oversight(plan, small=small)
    sunday, last = _sunday(plan.opening), plan.today - dt.timedelta(days=1)
    year = 0
    while sunday <= _sunday(last):
        if sunday.year != year:
            year = sunday.year
            tell(f"{year} 年")
        company_tasks = [
            (steps, {key: known[key] for key in {step.case for step in steps} if key in known})
            for steps in weeks[sunday].values()
        ]
        if company_tasks:
            known |= company.play(company_tasks)
        _by_itself(min(sunday, last), oversight, plan)
        sunday += dt.timedelta(days=7)


def _sunday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=6 - day.weekday())


def _by_itself(day: dt.date, oversight: Oversight, plan: Plan) -> None:
    """The end of a week: calendar, certificates, the sweep and what it brings, the bureau's week, the seal."""
    zone = timezone.get_default_timezone()
    with at(dt.datetime.combine(day, dt.time(20), zone)) as clock:
        if day.month == 12 and day.day >= 10:
            settling.enter_calendar(day.year + 1)
        oversight.certificates(day)
        _swept(timezone.now())
        oversight.week(day, clock)
        clock.move_to(dt.datetime.combine(day, dt.time(23, 50), zone))
        expiry.expire_due()
        _carry_out()
        seal()
        if day < plan.today - READ_AFTER:
            Notice.objects.filter(read_at=None).update(read_at=timezone.now())


def _swept(now: dt.datetime) -> None:
    sweep(now)
    _carry_out()


def _carry_out() -> None:
    """Everything in the outbox but the printing, and the public figures, which are counted at the end."""
    outbox.drain(MANY, only=topics() - {PRINTING, figures.TOPIC})


def _now(tell: Callable[[str], None]) -> None:
    """Today: the sweep at this very moment, the public figures, everybody's address."""
    tell("今天：期限、公示目录和统计")
    today = timezone.localdate()
    after_decisions.carry_out(today)
    catalogues.announce(today)
    measures.carry_out(today)
    on_the_spot.carry_out(today)
    training.carry_out(today)
    examinations.carry_out(today)
    subjects.carry_out(today)
    applications.carry_out(today)
    cleanup.carry_out(today)
    certificates.carry_out(today)
    reviewing.carry_out(today)
    completeness.carry_out(today)
    _swept(timezone.now())
    directory.publish()
    _duties()
    outbox.drain(MANY, only={figures.TOPIC})
    figures.count()
    _leave_the_printing()
    Notice.objects.filter(mailed_at=None).update(mailed_at=timezone.now())
    settling.give_addresses()


def _duties() -> None:
    """What each department is there for, in the order of the list."""
    for place, body in enumerate(bodies(), start=1):
        if body.items:
            publish_department(
                code=body.code, name=body.name, short_name=body.short_name, place=place, duties=body.duties
            )


def _leave_the_printing() -> None:
    """Papers that nobody had to serve are printed when the worker has time; a new one does not stand behind them."""
    waiting = (
        Document.objects.filter(state=Document.State.PENDING).annotate(text=Cast("pk", CharField())).values("text")
    )
    rows = OutboxRow.objects.filter(topic=PRINTING, done_at=None)
    rows.filter(key__in=waiting).update(due_at=timezone.now() + PRINTED_WITHIN)
    outbox.drain(MANY, only={PRINTING})


@contextlib.contextmanager
def _hurry() -> Iterator[None]:
    """A crash of the machine may cost this loading its last moments: it is begun anew then anyway."""
    connection_created.connect(_do_not_wait)
    _do_not_wait(connection=connection)
    try:
        yield
    finally:
        connection_created.disconnect(_do_not_wait)
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


def _do_not_wait(*, connection: Any, **_more: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """No line for each of thousands of steps."""
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(before)
