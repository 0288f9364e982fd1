"""What cases ask the catalogues: tiers, hearing threshold, reasons for a legal review, leniency lists."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t

from enforcement.cases.standards import Street
from enforcement.catalogue.models import Benchmark, HearingThreshold, Leniency, ReviewRule, Tier
from enforcement.models import EnforcementAct, EnforcementItem, Party, PenaltyKind
from portal.theme.formats import yuan

Act = EnforcementAct | Street  # or what is to become one


def _about(act: Act) -> Q:
    """Versions of the act's department that are about its item, or about every item."""
    code = act.item.code if act.item is not None else ""
    return Q(entry__department=act.department_id) & (Q(item_codes=[]) | Q(item_codes__contains=[code]))


def benchmark_on(item: EnforcementItem | None, on: dt.date) -> Benchmark | None:
    """The benchmark of an item in force on a day."""
    if item is None:
        return None
    found = Benchmark.objects.in_force(on).filter(
        entry__kind="item", entry__department=item.department_id, entry__code=item.code
    )
    return found.select_related("entry").first()


def day_of(act: Act) -> dt.date:
    """The day whose catalogue an act follows: the day it was registered."""
    return act.registered_on


def tiers_of(act: Act) -> Any:
    """The tiers a case may choose from; none when its item had no benchmark on its day."""
    benchmark = benchmark_on(act.item, day_of(act))
    found = Tier.objects.select_related("benchmark").order_by("place")
    return found.filter(benchmark=benchmark) if benchmark is not None else found.none()


def hearing_threshold(act: EnforcementAct, on: dt.date | None = None) -> HearingThreshold | None:
    """The department's «large amount» for the act's item on a day (today); None when it has set none.

    A threshold for the very item goes before one for every item.
    """
    found = list(HearingThreshold.objects.in_force(on or timezone.localdate()).filter(_about(act)))
    found.sort(key=lambda row: (not row.item_codes, row.entry_id))
    return found[0] if found else None


def hearing_amount(act: EnforcementAct, on: dt.date | None = None) -> Decimal | None:
    """From which amount in yuan on a hearing must be offered: the lowest that fits one of the parties."""
    threshold = hearing_threshold(act, on)
    if threshold is None:
        return None
    natural = {Party.Kind.NATURAL.value, Party.Kind.BUSINESS.value}
    kinds = set(act.parties.values_list("kind", flat=True))
    amounts = [threshold.natural] if kinds & natural else []
    if kinds - natural or not kinds:
        amounts.append(threshold.organisation)
    return min(amounts)


def major_review_reasons(act: EnforcementAct, outcome: Any, on: dt.date | None = None) -> list[str]:
    """Why the department's catalogue asks for legal review of an outcome with `kinds`, `fine`, `confiscation` (yuan)."""
    taken = (outcome.fine or Decimal(0)) + (getattr(outcome, "confiscation", None) or Decimal(0))
    natural = act.parties.exclude(kind=Party.Kind.COMPANY).exists()
    reasons = []
    for rule in ReviewRule.objects.in_force(on or timezone.localdate()).filter(_about(act)).select_related("entry"):
        kinds = set(rule.penalty_kinds) & set(outcome.kinds)
        limit = rule.natural if natural else rule.organisation
        if kinds:
            names = "、".join(str(PenaltyKind(kind).label) for kind in PenaltyKind.values if kind in kinds)
            reasons.append(_t("%(rule)s（%(why)s）") % {"rule": rule.entry.title, "why": names})
        elif limit is not None and taken >= limit:
            why = _t("罚没 %(taken)s 元，达到 %(limit)s 元") % {"taken": yuan(taken), "limit": yuan(limit)}
            reasons.append(_t("%(rule)s（%(why)s）") % {"rule": rule.entry.title, "why": why})
        elif not rule.penalty_kinds and limit is None and rule.item_codes:
            reasons.append(rule.entry.title)
    return reasons


def leniencies_of(act: Act, *, list_name: str = "") -> Any:
    """The entries of the leniency lists that were in force on the act's day and are about its item."""
    found = Leniency.objects.in_force(day_of(act)).filter(_about(act)).select_related("entry")
    return found.filter(list=list_name) if list_name else found


def tier_pairs(department: int) -> list[tuple[int, str]]:
    """Every tier of a department's items, old versions with the day they ended."""
    found = Tier.objects.filter(benchmark__entry__department=department, benchmark__entry__kind="item")
    rows = found.select_related("benchmark__entry").order_by("benchmark__entry__code", "-benchmark__version", "place")
    return [(tier.pk, _t("%(item)s｜%(tier)s") % {"item": _item_words(tier.benchmark), "tier": tier}) for tier in rows]


def _item_words(benchmark: Benchmark) -> str:
    named = f"{benchmark.entry.code} {benchmark.entry.title}"
    if benchmark.effective_to is None:
        return named
    return _t("%(item)s（%(day)s 止）") % {"item": named, "day": benchmark.effective_to.isoformat()}


def reductions(department: int) -> Any:
    """The entries of a department's list of what is punished less, every version."""
    found = Leniency.objects.filter(entry__department=department, list=Leniency.List.REDUCED)
    return found.select_related("entry").order_by("entry__code", "-version")
