"""Which records the steps of a case call for, and which of them are missing: red by SX-07, yellow by SX-08."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _t

from enforcement.measures.models import Measure, ProcessRecord
from enforcement.models import Case, Evidence, Service
from portal.deadlines.models import Fact

M = ProcessRecord.Medium
FILMED = frozenset({M.VIDEO.value})
SEEN_OR_HEARD = frozenset({M.VIDEO.value, M.AUDIO.value, M.PICTURES.value})
WRITTEN = frozenset({M.TEXT.value})
HEARD = frozenset({"hearing.held"})


@dataclass(frozen=True)
class Requirement:
    """One record that a step calls for. `about` is the step's token; `shape` is that of a missing one."""

    about: str
    step: str
    what: str
    media: frozenset[str]
    law: tuple[str, ...]
    shape: str
    met: bool = False
    explained: str = ""

    @property
    def key(self) -> str:
        """How an explanation names it."""
        return f"{self.about} {'+'.join(sorted(self.media))}"

    @property
    def words(self) -> str:
        """What is called for, of which step."""
        return f"{self.step}：{self.what}"

    @property
    def is_red(self) -> bool:
        """Whether its absence is a breach."""
        return self.shape == "red"


_more: list[Callable[[Case], list[Requirement]]] = []


def add_requirements(build: Callable[[Case], list[Requirement]]) -> None:
    """Let another room name records that its steps call for; called in AppConfig.ready()."""
    _more.append(build)


def film(about: str, step: str) -> Requirement:
    """A film of the whole process: SX-07, red when missing."""
    return Requirement(about, step, _t("全程录像"), FILMED, ("SX-07",), "red")


def recording(about: str, step: str) -> Requirement:
    """A recording where quarrels are likely: SX-08, yellow when missing, for the law leaves it to the case."""
    return Requirement(about, step, _t("音像记录"), SEEN_OR_HEARD, ("SX-08",), "amber")


def _called_for(case: Case) -> list[Requirement]:
    found: list[Requirement] = []
    for measure in Measure.objects.filter(case=case.pk, begun_at__isnull=False).exclude(kind=Measure.Kind.APPRAISAL):
        name = str(measure)
        if measure.is_coercive:
            found.append(film(measure.about, name))
            found.append(Requirement(measure.about, name, _t("现场笔录"), WRITTEN, ("强制法18条",), "red"))
        else:
            found.append(recording(measure.about, name))
    records = Evidence.objects.filter(act=case.pk, kind=Evidence.Kind.RECORD).only("pk", "name")
    found += [recording(f"evidence:{one.pk}", one.name) for one in records]
    services = Service.objects.filter(act=case.pk, method__in=(Service.Method.LEFT, Service.Method.PUBLIC))
    found += [
        recording(
            f"service:{one.pk}",
            _t("%(method)s%(paper)s") % {"method": one.get_method_display(), "paper": one.paper},
        )
        for one in services.select_related("notice", "decision")
    ]
    heard = Fact.objects.filter(matter=case.pk, void=None, name__in=HEARD).order_by("at", "pk")
    found += [recording(one.about or f"fact:{one.pk}", _t("听证")) for one in heard]
    for build in _more:
        found += build(case)
    return found


def requirements(case: Case) -> list[Requirement]:
    """Every record the case calls for, with whether it is there; a fixed number of statements."""
    there = set(ProcessRecord.objects.filter(case=case.pk).values_list("about", "medium"))
    explained = dict(case.omissions.values_list("key", "reason"))
    return [
        Requirement(
            one.about,
            one.step,
            one.what,
            one.media,
            one.law,
            one.shape,
            any((one.about, medium) in there for medium in one.media),
            explained.get(one.key, ""),
        )
        for one in _called_for(case)
    ]


def missing_recordings(case: Case) -> list[Requirement]:
    """What is called for, is not there and has not been explained."""
    return [one for one in requirements(case) if not one.met and not one.explained]


def subjects(case: Any) -> list[tuple[str, str]]:
    """Steps of the case that a record can be about."""
    return list(dict.fromkeys((one.about, one.step) for one in _called_for(case)))
