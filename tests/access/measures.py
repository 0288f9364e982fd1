"""Who may open the registers of measures: the own department, the bureau all of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from enforcement.measures.bodies.records import MONITOR_KIND
from enforcement.measures.bodies.timing import BASIS_KIND
from enforcement.measures.models import Monitor, TimeBasis
from portal.matters.models import Matter
from tests.access.matrix import Access, World, belongs, page, signed_in

DAY = dt.date(2021, 7, 15)


def _matter(world: World, department: str, kind: str) -> Matter:
    return Matter.objects.create(
        kind=kind, department=getattr(world.cast, department), title="示例（虚构）", opened_at=timezone.now()
    )


def basis(department: str) -> Any:
    """The address of an article about time."""

    def make(world: World) -> int:
        made = TimeBasis.objects.create(
            matter=_matter(world, department, BASIS_KIND), department=getattr(world.cast, department),
            purpose="suspend", law="示例规定", article="第一条", words="示例条文", effective_from=DAY,
        )  # fmt: skip
        return int(made.pk)

    return lambda world: f"/desk/measures/{world.once(f'time-basis:{department}', lambda: make(world))}/"


def monitor(department: str) -> Any:
    """The address of a device."""

    def make(world: World) -> int:
        made = Monitor.objects.create(
            matter=_matter(world, department, MONITOR_KIND), department=getattr(world.cast, department),
            name="示例监控", code="J-1", place="示例路口", basis="示例", standard="示例", legal_review="合格", legal_on=DAY,
            technical_review="合格", technical_on=DAY, published_at="示例网站", published_on=DAY,
        )  # fmt: skip
        return int(made.pk)

    return lambda world: f"/desk/measures/monitors/{world.once(f'monitor:{department}', lambda: make(world))}/"


ENTRIES = {
    "measures:bases": Access(page("/desk/measures/"), signed_in()),
    "measures:basis": Access(basis("market"), belongs("market"), also=(Access(basis("city"), belongs("city")),)),
    "measures:monitors": Access(page("/desk/measures/monitors/"), signed_in()),
    "measures:monitor": Access(monitor("market"), belongs("market"), also=(Access(monitor("city"), belongs("city")),)),
}
