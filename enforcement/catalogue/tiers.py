"""Tiers of a benchmark in words and in figures: what a range says, whether a fine lies inside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _t

from portal.theme.formats import yuan

FEWEST_TIERS = 3


def range_words(tier: Any) -> str:
    """«2,000 元以上 5,000 元以下», «1 倍以上 3 倍以下», or the kinds when there is no fine."""
    from enforcement.models import PenaltyKind

    if tier.lowest is None:
        kinds = "、".join(str(PenaltyKind(kind).label) for kind in tier.kinds)
        return kinds or _t("不予处罚")
    unit = _t("倍") if tier.benchmark.measure == "times" else _t("元")
    low, high = _figure(tier.lowest), _figure(tier.highest)
    if tier.lowest == tier.highest:
        return _t("罚款 %(amount)s %(unit)s") % {"amount": low, "unit": unit}
    return _t("罚款 %(low)s %(unit)s以上 %(high)s %(unit)s以下") % {"low": low, "high": high, "unit": unit}


def _figure(value: Decimal) -> str:
    return yuan(value)


def bounds(tier: Any, base: Decimal | None) -> tuple[Decimal, Decimal] | None:
    """The least and the most yuan the tier allows; nothing when it has no fine or the base is missing."""
    if tier.lowest is None or tier.highest is None:
        return None
    if tier.benchmark.measure == "times":
        return None if base is None else (tier.lowest * base, tier.highest * base)
    return tier.lowest, tier.highest


def kinds_fit(tier: Any, kinds: Sequence[str]) -> bool:
    """Whether a penalty has no kind the tier does not name."""
    allowed = set(tier.kinds) | ({"fine"} if tier.lowest is not None else set())
    return not allowed or set(kinds) <= allowed


def below(tier: Any, fine: Decimal | None, base: Decimal | None) -> bool:
    """Whether a fine, or none at all, is less than the least the tier allows."""
    span = bounds(tier, base)
    return span is not None and (fine or Decimal(0)) < span[0]


def is_inside(tier: Any, fine: Decimal | None, base: Decimal | None, kinds: Sequence[str]) -> bool:
    """Whether a penalty stays within its tier: the fine in its range, no kind the tier does not name."""
    if not kinds_fit(tier, kinds):
        return False
    if tier.lowest is None:
        return not fine
    span = bounds(tier, base)
    return span is not None and span[0] <= (fine or Decimal(0)) <= span[1]


def tier_problems(measure: str, lowest: Any, highest: Any, tiers: Sequence[Any]) -> list[tuple[int, str]]:
    """What is wrong with the tiers, each with its place: gaps, overlaps, ends that miss the legal range.

    `tiers` have name, lowest and highest, from the lightest to the heaviest. Tiers without a fine come first
    or stand anywhere; only those with one must join without gap or overlap.
    """
    found: list[tuple[int, str]] = []
    fined = [(place, tier) for place, tier in enumerate(tiers) if tier.lowest is not None or tier.highest is not None]
    if measure == "none":
        return [(place, _t("没有罚款幅度的基准，阶次里不填罚款。")) for place, _tier in fined]
    for place, tier in fined:
        if tier.lowest is None or tier.highest is None:
            found.append((place, _t("“%(name)s”的下限和上限都要填。") % {"name": tier.name}))
        elif tier.highest < tier.lowest:
            found.append((place, _t("“%(name)s”的上限低于下限。") % {"name": tier.name}))
    if found or not fined:
        return found or [(0, _t("有罚款幅度的基准，至少一个阶次要写明罚款。"))]
    return _joined(measure, lowest, highest, fined)


def _joined(measure: str, lowest: Any, highest: Any, fined: list[tuple[int, Any]]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    (first_place, first), (last_place, last) = fined[0], fined[-1]
    if measure == "fixed":
        outside = [(p, t) for p, t in fined if not lowest <= t.lowest == t.highest <= highest]
        found += [
            (p, _t("“%(name)s”是定额，上下限应当相同，并在法定幅度之内。") % {"name": t.name}) for p, t in outside
        ]
    else:
        if first.lowest != lowest:
            found.append(
                (first_place, _t("第一个有罚款的阶次应当从法定下限 %(low)s 开始。") % {"low": _figure(lowest)})
            )
        if last.highest != highest:
            found.append((last_place, _t("最后一个阶次应当到法定上限 %(high)s 为止。") % {"high": _figure(highest)}))
    for (_p, before), (place, after) in pairwise(fined):
        if measure == "fixed":
            if after.lowest <= before.lowest:
                found.append((place, _t("“%(name)s”应当重于前一阶次。") % {"name": after.name}))
        elif after.lowest > before.highest:
            words = _t("“%(before)s”到 %(high)s 为止，“%(after)s”从 %(low)s 开始，中间空了一段。")
            found.append((place, words % _pair(before, after)))
        elif after.lowest < before.highest:
            words = _t("“%(before)s”到 %(high)s 为止，“%(after)s”从 %(low)s 开始，两段重叠。")
            found.append((place, words % _pair(before, after)))
    return found


def _pair(before: Any, after: Any) -> dict[str, str]:
    return {
        "before": before.name,
        "after": after.name,
        "high": _figure(before.highest),
        "low": _figure(after.lowest),
    }
