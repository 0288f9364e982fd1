"""What is asked when a circumstance for a lighter or reduced penalty is found, and when it no longer counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options, standards
from enforcement.cases.data.fields import late_reason, not_in_future, on_day
from enforcement.models import Circumstance
from portal.workflow.data import entry

G = Circumstance.Ground


def standing(case: Any, _actor: Any) -> Any:
    """The circumstances that count, with what they are called."""
    found = Circumstance.objects.filter(act=case.pk, withdrawn_on=None)
    return found.select_related("party", "entry__entry").order_by("pk")


@dataclass(frozen=True)
class Mitigate:
    """One circumstance of one party, with its own facts and reasons."""

    party: int = entry(_("当事人"), "record", options=options.parties)
    ground: str = entry(
        _("情节"),
        "choice",
        options=options.of(G),
        law=("处罚法30条", "处罚法31条", "处罚法32条"),
        help=_("一次认定一项，各写各的理由；有几项认定几次"),
    )
    effect: str = entry(
        _("处理"),
        "choice",
        options=options.of(Circumstance.Effect),
        help=_("从轻：在裁量阶次之内；减轻：可以低于阶次的下限"),
    )
    facts: str = entry(_("事实和证据"), "long", help=_("何时、何事，由哪份证据证明"))
    reasons: str = entry(_("理由"), "long", help=_("为什么符合这一情节，为什么这样处理"))
    leniency: int | None = entry(
        _("清单条目"),
        "record",
        default=None,
        options=standards.lighter_entries,
        help=_("情节选“本部门减免责清单的条目”时填写；列出的是立案登记那天施行的条目（本地）"),
    )
    provision: str = entry(
        _("其他情形的条款"),
        default="",
        help=_("情节选“其他情形”时填写：法律、法规、规章的名称和条款"),
        law=("处罚法32条",),
    )
    on: dt.date | None = on_day(_("认定日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """One ground, whole: a listed one with an entry of this effect, another one by law with its article."""
        case = attempt.subject
        found = not_in_future(on=self.on)
        found |= {name: _t("请写明。") for name in ("facts", "reasons") if not getattr(self, name).strip()}
        if self.ground not in G.values:
            found["ground"] = _t("请选择一项情节。")
        if self.effect not in Circumstance.Effect.values:
            found["effect"] = _t("请选择从轻或者减轻。")
        if not options.parties(case, None).filter(pk=self.party).exists():
            found["party"] = _t("请选择本案的当事人。")
        if self.ground == G.BY_LAW and not self.provision.strip():
            found["provision"] = _t("请写明法律、法规、规章的名称和条款。")
        elif self.ground != G.BY_LAW and self.provision.strip():
            found["provision"] = _t("只有选“其他情形”才填条款。")
        if self.on and case.filed_on and self.on < case.filed_on:
            found["on"] = _t("认定日期不能早于立案日期。")
        return found | self._entry(case)

    def _entry(self, case: Any) -> dict[str, Any]:
        if self.ground != G.LISTED:
            return {"leniency": _t("只有选清单条目的情节才填清单条目。")} if self.leniency else {}
        chosen = next((one for one in standards.lighter_entries(case, None) if one.pk == self.leniency), None)
        if chosen is None:
            return {"leniency": _t("请选择本案适用的清单条目：立案登记那天施行，并且适用于本事项。")}
        if chosen.list != self.effect:
            return {"effect": _t("这一条目写的是“%(list)s”。") % {"list": chosen.get_list_display()}}
        return {}


@dataclass(frozen=True)
class Unmitigate:
    """A circumstance no longer counts."""

    circumstance: int = entry(_("情节"), "record", options=standing)
    reason: str = entry(_("不再适用的理由"), "long")
    on: dt.date | None = on_day(_("日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """One that counts, for a reason, not before it was found."""
        found = not_in_future(on=self.on)
        if not self.reason.strip():
            found["reason"] = _t("请写明理由。")
        row = standing(attempt.subject, None).filter(pk=self.circumstance).first()
        if row is None:
            found["circumstance"] = _t("没有这一项仍在适用的情节。")
        elif attempt.on < row.recorded_on:
            found["on"] = _t("不能早于认定日期 %(day)s。") % {"day": row.recorded_on.isoformat()}
        return found
