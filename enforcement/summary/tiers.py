"""The discretion tier of a decision on the spot, and the circumstance that lets a fine go below it (处罚法32、34条)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import standards
from enforcement.models import Circumstance, EnforcementItem
from portal.workflow.actions import Attempt, Gate

G = Circumstance.Ground


def reduced_problems(data: Any) -> dict[str, Any]:
    """One circumstance, whole, or none at all."""
    texts = {name: getattr(data, name).strip() for name in ("reduced_facts", "reduced_reasons", "reduced_provision")}
    if data.reduced_ground not in {"", *G.values}:
        return {"reduced_ground": _t("请选择一项情节。")}
    if not data.reduced_ground:
        filled = any(texts.values()) or data.reduced_entry
        return {"reduced_ground": _t("写了减轻处罚的内容，请选择情节。")} if filled else {}
    found = {name: _t("请写明。") for name in ("reduced_facts", "reduced_reasons") if not texts[name]}
    if data.reduced_ground == G.BY_LAW and not texts["reduced_provision"]:
        found["reduced_provision"] = _t("请写明法律、法规、规章的名称和条款。")
    elif data.reduced_ground != G.BY_LAW and texts["reduced_provision"]:
        found["reduced_provision"] = _t("只有选“其他情形”才填条款。")
    if data.reduced_ground == G.LISTED and not data.reduced_entry:
        found["reduced_entry"] = _t("请选择清单条目。")
    elif data.reduced_ground != G.LISTED and data.reduced_entry:
        found["reduced_entry"] = _t("只有选清单条目的情节才填清单条目。")
    return found


def _street(attempt: Attempt[Any, Any]) -> standards.Street | None:
    item = EnforcementItem.objects.filter(
        pk=attempt.data.item, department=attempt.actor.department_id, kind=EnforcementItem.Kind.PENALTY
    ).first()
    return None if item is None else standards.Street(item, attempt.on)


def _inside_tier(attempt: Attempt[Any, Any]) -> bool | str:
    street = _street(attempt)
    if street is None:  # another gate says so
        return True
    return standards.kept_to_tier(street, attempt.data, reduced=bool(attempt.data.reduced_ground))


def _entry_fits(attempt: Attempt[Any, Any]) -> bool | str:
    street = _street(attempt)
    if street is None or attempt.data.reduced_ground != G.LISTED:
        return True
    return standards.lessens(street, attempt.data.reduced_entry)


inside_tier = Gate("inside_tier", _("处罚不在裁量阶次之内"), ("处罚法34条", "CL-01"), _inside_tier, needs_data=True)
entry_fits = Gate(
    "reduced_entry_fits",
    _("所选的减轻清单条目在决定那天没有施行，或者不适用于本事项"),
    ("处罚法32条", "处罚法34条"),
    _entry_fits,
    needs_data=True,
)


def reasons(case: Any, data: Any) -> str:
    """The reasons on the decision: the tier with its range, then what the officer wrote."""
    return "\n".join(line for line in (standards.tier_words(case, data), data.discretion.strip()) if line)


def record(attempt: Attempt[Any, Any], case: Any, party: Any) -> None:
    """The circumstance is kept as one of the case's, like one found in an ordinary case."""
    data = attempt.data
    if not data.reduced_ground:
        return
    made = Circumstance.objects.create(
        act=case,
        party=party,
        ground=data.reduced_ground,
        entry_id=data.reduced_entry,
        provision=data.reduced_provision.strip(),
        effect=Circumstance.Effect.REDUCED,
        facts=data.reduced_facts.strip(),
        reasons=data.reduced_reasons.strip(),
        recorded_on=attempt.on,
    )
    attempt.fact("case.mitigated", about=f"circumstance:{made.pk}", value={"effect": made.effect})
