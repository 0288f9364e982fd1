"""The catalogue in a case: the tier a step takes, inside or with a reason, kept for every step."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import standards
from enforcement.cases.lenience import is_reduced, lenience_text, standing_entries
from enforcement.catalogue import queries
from enforcement.catalogue.models import AppliedTier
from enforcement.catalogue.tiers import below, bounds, is_inside, kinds_fit, range_words
from enforcement.models import Decision
from portal.theme.formats import yuan
from portal.workflow.actions import Attempt, Gate
from portal.workflow.registry import Stated

STEPS = (
    "enforcement.case.conclude",
    "enforcement.case.notify",
    "enforcement.case.renotify",
    "enforcement.case.decide",
)
STAGES = {
    "case.investigated": AppliedTier.Stage.PROPOSED,
    "notice.issued": AppliedTier.Stage.NOTIFIED,
    "case.decided": AppliedTier.Stage.DECIDED,
}


class CatalogueStandards:
    """The answers the steps of a case ask for."""

    def tiers(self, case: Any) -> Any:
        """The tiers of the item's benchmark on the case's day."""
        return queries.tiers_of(case)

    def leniencies(self, case: Any, list_name: str = "") -> Any:
        """The leniency entries about the item on the case's day."""
        return queries.leniencies_of(case, list_name=list_name)

    def chosen(self, case: Any) -> dict[str, Any]:
        """What the step before took."""
        last = AppliedTier.objects.filter(act_id=case.pk).order_by("-pk").first()
        if last is None:
            return {}
        return {
            "tier": last.tier_id,
            "base": last.base,
            "tier_reason": last.reason,
        }

    def review_reasons(self, case: Any, outcome: Any, on: dt.date) -> list[str]:
        """The entries of the major-decision catalogue that fit, whatever was ticked."""
        return queries.major_review_reasons(case, outcome, on)

    def hearing_amount(self, case: Any, on: dt.date) -> Decimal | None:
        """The department's large amount on a day."""
        return queries.hearing_amount(case, on)

    def standing(self, act: Any, data: Any, *, reduced: bool) -> tuple[str, str]:
        """How a penalty stands to the tier it names."""
        return standing(act, data.tier, data.fine, data.base, data.kinds, reduced=reduced)

    def tier_pairs(self, department: int) -> list[tuple[int, str]]:
        """Every version: what is entered late follows the benchmark of its own day."""
        return queries.tier_pairs(department)

    def reductions(self, department: int) -> Any:
        """Every version, as with the tiers."""
        return queries.reductions(department)

    def tier_words(self, act: Any, data: Any) -> str:
        """«适用裁量基准“较轻”（罚款 …）»."""
        tier = queries.tiers_of(act).filter(pk=data.tier or 0).first()
        if tier is None:
            return ""
        words = {"tier": tier.name, "range": range_words(tier), "source": tier.benchmark.source}
        said = _t("适用本机关裁量基准（%(source)s）的“%(tier)s”阶次：%(range)s。") % words
        if is_inside(tier, data.fine, data.base, data.kinds) or not data.tier_reason.strip():
            return said
        return said + _t("处罚不在这一阶次之内的理由：%(reason)s。") % {"reason": data.tier_reason.strip().rstrip("。")}


def standing(
    act: Any,
    tier_key: Any,
    fine: Decimal | None,
    base: Decimal | None,
    kinds: tuple[str, ...],
    *,
    reduced: bool | None = None,
) -> tuple[str, str]:
    """A shape and a sentence: how a penalty stands to the benchmark of the act's item on its day.

    `reduced`: whether a circumstance lets it go below; as found in the case, where there is one already.
    """
    tiers = list(queries.tiers_of(act))
    if not tiers:
        return "grey", _t("本事项在 %(day)s 没有施行的裁量基准。") % {"day": act.registered_on.isoformat()}
    tier = next((one for one in tiers if str(one.pk) == str(tier_key or "")), None)
    if tier is None:
        return "open", _t("本事项有裁量基准，请选择适用的阶次。")
    if tier.benchmark.measure == "times" and base is None:
        return "amber", _t("“%(tier)s”按倍数计算，请填写基数（%(base)s）。") % {
            "tier": tier.name,
            "base": tier.benchmark.base,
        }
    if is_inside(tier, fine, base, kinds):
        return "green", _t("在“%(tier)s”之内。") % {"tier": tier}
    if below(tier, fine, base):
        less = is_reduced(act) if reduced is None else reduced
        if less and kinds_fit(tier, kinds):
            return "green", _t("低于“%(tier)s”的下限，依认定的减轻情节。") % {"tier": tier}
        if not less:
            return "open", _t(
                "低于“%(tier)s”的下限，只有认定了减轻处罚的情节（处罚法32条等，或者本部门减轻清单）才可以。"
            ) % {"tier": tier}
    span = bounds(tier, base)
    words = (
        _t("%(low)s 元至 %(high)s 元") % {"low": yuan(span[0]), "high": yuan(span[1])} if span else range_words(tier)
    )
    return "amber", _t("不在“%(tier)s”（%(range)s）之内，须写明理由。") % {"tier": tier.name, "range": words}


def _inside_or_reason(attempt: Attempt[Any, Any]) -> bool | str:
    if getattr(attempt.data, "no_penalty", False):  # nothing is proposed, so nothing can leave a tier
        return True
    return standards.kept_to_tier(attempt.subject, attempt.data, reduced=is_reduced(attempt.subject))


inside_or_reason = Gate(
    "inside_tier", _("处罚不在裁量阶次之内，须写明理由。"), ("处罚法34条", "CL-01"), _inside_or_reason, needs_data=True
)


def keep(stated: Stated) -> None:
    """Reaction: which tier the step took; and the lists; nothing when neither was chosen."""
    data, case = stated.data, stated.subject
    tier = queries.tiers_of(case).filter(pk=getattr(data, "tier", None) or 0).first()
    applied = {*getattr(data, "leniencies", ()), *standing_entries(case)}
    chosen = list(queries.leniencies_of(case).filter(pk__in=applied))
    if tier is None and not chosen:
        return
    stage = STAGES[stated.fact.name]
    decision = Decision.objects.filter(act_id=case.pk).order_by("-pk").first() if stage == "decided" else None
    inside = tier is None or is_inside(tier, data.fine, data.base, data.kinds)
    made = AppliedTier.objects.create(
        act_id=case.pk,
        tier=tier,
        stage=stage,
        decision=decision,
        fine=data.fine,
        base=data.base,
        inside=inside,
        reason="" if inside else data.tier_reason.strip() or lenience_text(case),
        on=getattr(data, "on", None) or timezone.localdate(),
    )
    made.leniencies.set(chosen)
