"""The editor of a discretion benchmark: the legal range and up to six tiers, the lightest first."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.catalogue.forms import Begins, of
from enforcement.catalogue.models import Benchmark, Entry
from enforcement.catalogue.tiers import FEWEST_TIERS, tier_problems
from enforcement.models import PenaltyKind
from portal.workflow.data import entry

MOST_TIERS = 6
RANGE = _("法定幅度")


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Range(Begins):
    measure: str = entry(_("罚款的计算"), "choice", options=of(Benchmark.Measure), group=RANGE)
    lowest: Decimal | None = entry(_("法定下限"), "money", default=None, group=RANGE, help=_("元或者倍；可以是 0"))
    highest: Decimal | None = entry(_("法定上限"), "money", default=None, group=RANGE)
    base: str = entry(_("倍数的基数"), default="", group=RANGE, longest=60, help=_("例如：货值金额、违法所得"))
    source: str = entry(_("制定依据"), group=RANGE, longest=300, help=_("自治区、市的基准或者本部门的文件"))
    fewer_reason: str = entry(
        _("少于三个阶次的理由"), "long", default="", group=RANGE, law=("CL-01",), help=_("不足三个阶次时填写")
    )

    def tiers(self) -> list[SimpleNamespace]:
        """The tiers that have a name, in their order."""
        return [
            SimpleNamespace(
                place=number,
                name=getattr(self, f"name_{number}").strip(),
                circumstances=getattr(self, f"when_{number}").strip(),
                lowest=getattr(self, f"low_{number}"),
                highest=getattr(self, f"high_{number}"),
                kinds=list(getattr(self, f"kinds_{number}")),
            )
            for number in range(1, MOST_TIERS + 1)
            if getattr(self, f"name_{number}").strip()
        ]

    def begin_problems(self, attempt: Any) -> dict[str, Any]:
        """The first benchmark in the portal may have been in force for years; a change may not."""
        found = super().begin_problems(attempt)
        if not Benchmark.objects.filter(entry=attempt.subject).exists():
            found.pop("effective_from", None)
        return found

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Range and tiers fit together; every tier says when it applies."""
        found = self.begin_problems(attempt)
        tiers, fined = self.tiers(), self.measure != Benchmark.Measure.NONE
        if not tiers:
            found["name_1"] = _t("至少写一个阶次。")
        if fined and (self.lowest is None or self.highest is None or self.highest < self.lowest):
            found["highest"] = _t("请填写法定下限和上限，上限不低于下限。")
            return found
        if self.measure == Benchmark.Measure.TIMES and not self.base.strip():
            found["base"] = _t("倍数要写明基数，例如：货值金额。")
        for tier in tiers:
            if not tier.circumstances:
                found[f"when_{tier.place}"] = _t("请写明“%(name)s”适用的情形。") % {"name": tier.name}
        for index, sentence in tier_problems(self.measure, self.lowest, self.highest, tiers) if tiers else ():
            found.setdefault(f"low_{tiers[index].place}", sentence)
        return found


class _Numbered:
    """A label with the tier's number, in the reader's language."""

    def __init__(self, label: Any, number: str) -> None:
        self.label, self.number = label, number

    def __str__(self) -> str:
        return f"{self.number}．{self.label}"


def _tier_fields() -> list[tuple[str, Any, Any]]:
    found: list[tuple[str, Any, Any]] = []
    for number in range(1, MOST_TIERS + 1):
        group = _("阶次")
        title = f"{number}"
        found += [
            (f"name_{number}", str, entry(_Numbered(_("阶次名称"), title), default="", group=group, longest=30)),
            (f"when_{number}", str, entry(_Numbered(_("适用情形"), title), "long", default="", group=group)),
            (f"low_{number}", Decimal | None, entry(_Numbered(_("下限"), title), "money", default=None, group=group)),
            (f"high_{number}", Decimal | None, entry(_Numbered(_("上限"), title), "money", default=None, group=group)),
            (
                f"kinds_{number}",
                tuple[str, ...],
                entry(
                    _Numbered(_("罚款以外的处罚种类"), title),
                    "choices",
                    options=lambda _s, _a: [pair for pair in PenaltyKind.choices if pair[0] != PenaltyKind.FINE],
                    default=(),
                    group=group,
                ),
            ),
        ]
    return found


SetBenchmark: type[Any] = dataclasses.make_dataclass(
    "SetBenchmark", _tier_fields(), bases=(_Range,), frozen=True, kw_only=True
)


def enough_tiers(attempt: Any) -> bool | str:
    """CL-01: where the law leaves a range, three tiers as a rule."""
    data = attempt.data
    count = len(data.tiers())
    if data.measure == Benchmark.Measure.NONE or count >= FEWEST_TIERS or data.fewer_reason.strip():
        return True
    return _t("有处罚幅度的，一般不少于三个阶次，现有 %(count)d 个；确有理由的请写明。") % {"count": count}


def initial(subject: Entry, _actor: Any) -> dict[str, Any]:
    """The newest benchmark, to be changed."""
    newest = Benchmark.objects.filter(entry=subject).order_by("-version").first()
    if newest is None:
        return {}
    values: dict[str, Any] = {
        name: getattr(newest, name) for name in ("measure", "lowest", "highest", "base", "source")
    }
    for tier in newest.tiers.all():
        values |= {
            f"name_{tier.place}": tier.name,
            f"when_{tier.place}": tier.circumstances,
            f"low_{tier.place}": tier.lowest,
            f"high_{tier.place}": tier.highest,
            f"kinds_{tier.place}": tier.kinds,
        }
    return values
