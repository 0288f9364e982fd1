"""What is asked when things are taken into custody, and when custody ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data.fields import late_reason, not_in_future, on_day
from enforcement.measures import custody
from enforcement.measures.data.fields import (
    ON_SITE,
    PARTY,
    before_filing,
    held_things,
    missing,
    party_entry,
    past,
    things_entry,
)
from enforcement.measures.models import Measure
from enforcement.models import EnforcementItem
from portal.workflow.data import entry

MEASURE_KINDS = (
    (Measure.Kind.SEAL.value, Measure.Kind.SEAL.label),
    (Measure.Kind.SEIZE.value, Measure.Kind.SEIZE.label),
)
LAWFUL = _("合法性核对")


def powers(subject: Any, _actor: Any) -> Any:
    """The department's own coercive measures, as its catalogue has them today."""
    return EnforcementItem.objects.in_force(timezone.localdate()).filter(
        department=subject.department_id, kind=EnforcementItem.Kind.MEASURE
    )


def registered_things(subject: Any, _actor: Any) -> Any:
    """Things that are registered and held, to be seized."""
    return held_things(subject, None).filter(measure__kind=Measure.Kind.HOLD)


def ordered(subject: Any, _actor: Any) -> Any:
    """Seizures approved and not carried out."""
    return Measure.objects.filter(case=subject.pk, kind__in=Measure.COERCIVE, begun_at=None, settled_on=None)


def on_the_spot(subject: Any, _actor: Any) -> Any:
    """Seizures done on the spot that wait for a head."""
    return Measure.objects.filter(case=subject.pk, approved_on=None, refused_on=None).exclude(urgent_reason="")


@dataclass(frozen=True)
class Hold:
    """Registering things and leaving them where they are, or keeping them, for seven working days."""

    party: int = party_entry()
    things: str = things_entry(law=("处罚法56条",))
    reason: str = entry(
        _("证据可能灭失或者以后难以取得的理由"), "long", law=("CF-05",), group=PARTY, help=_("写明是什么证据、为什么")
    )
    place: str = entry(_("登记保存的地点"), longest=120, group=ON_SITE)
    keeper: str = entry(_("保管人和保管地点"), longest=120, group=ON_SITE, help=_("就地保存的写明当事人或者保管人"))
    present: str = entry(_("到场情况"), "choice", options=options.of(Measure.Present), group=ON_SITE)
    present_name: str = entry(_("到场的当事人或者见证人"), longest=60, group=ON_SITE)
    certificate_shown: bool = entry(_("已出示执法证件"), "flag", default=False, law=("CF-02",), group=ON_SITE)
    rights_told: bool = entry(
        _("已告知事由、依据和权利，不得销毁或者转移"), "flag", default=False, law=("CF-02",), group=ON_SITE
    )
    listed: bool = entry(_("当场清点，清单由各方签名并交当事人一份"), "flag", default=False, group=ON_SITE)
    on: dt.date | None = on_day(_("登记保存日期"), law=("CF-05",), group=ON_SITE)
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """The list must be readable; nothing left out."""
        found = not_in_future(on=self.on) | before_filing(attempt.subject, on=self.on)
        _lines, problem = custody.read_lines(self.things)
        if problem:
            found["things"] = problem
        return found | missing(reason=self.reason, place=self.place, keeper=self.keeper, present_name=self.present_name)


@dataclass(frozen=True, kw_only=True)
class OrderSeizure:
    """The decision to seal or seize, made before it is carried out."""

    kind: str = entry(_("措施"), "choice", options=lambda _s, _a: MEASURE_KINDS)
    item: int = entry(
        _("本部门的行政强制措施事项"),
        "record",
        options=powers,
        law=("强制法17条", "强制法22条"),
        help=_("执法目录里施行中的行政强制措施事项；没有的，本部门不能查封、扣押"),
    )
    basis: str = entry(
        _("法律、法规依据"), "long", help=_("写到条、款、项；规章不能设定行政强制措施"), law=("强制法22条",)
    )
    party: int = party_entry()
    reason: str = entry(_("理由"), "long", help=_("涉案的事实，为什么须查封、扣押"), law=("强制法24条",), group=PARTY)
    place: str = entry(_("场所或者地点"), longest=120, group=PARTY)
    keeper: str = entry(_("保管人和保管地点"), longest=120, law=("强制法26条",), group=PARTY)
    things: str = things_entry(default="", law=("强制法24条",))
    held: tuple[int, ...] = entry(
        _("由先行登记保存转来的物品"), "records", options=registered_things, default=(), group=PARTY
    )
    related: bool = entry(_("仅限涉案的场所、设施、财物"), "flag", default=False, law=("强制法23条",), group=LAWFUL)
    no_necessities: bool = entry(
        _("没有公民个人及其所扶养家属的生活必需品"), "flag", default=False, law=("强制法23条",), group=LAWFUL
    )
    not_elsewhere: bool = entry(_("没有被其他国家机关查封"), "flag", default=False, law=("强制法23条",), group=LAWFUL)
    on: dt.date | None = on_day(_("决定日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Something must be seized, and by which article."""
        found = not_in_future(on=self.on) | before_filing(attempt.subject, on=self.on)
        if self.things.strip() or not self.held:
            _lines, problem = custody.read_lines(self.things)
            if problem:
                found["things"] = problem
        if registered_things(attempt.subject, None).filter(pk__in=self.held).count() != len(set(self.held)):
            found["held"] = _t("所选的物品有的已经不在登记保存中，请重新选择。")
        return found | missing(basis=self.basis, reason=self.reason, place=self.place, keeper=self.keeper)


@dataclass(frozen=True, kw_only=True)
class CarryOut:
    """What happened on the spot when an approved seizure was carried out."""

    measure: int = entry(_("查封、扣押决定"), "record", options=ordered)
    at: dt.datetime = entry(_("实施时间"), "moment", law=("QZ-01",), help=_("三十日从这一天起算"))
    present: str = entry(_("到场情况"), "choice", options=options.of(Measure.Present), law=("强制法18条",))
    present_name: str = entry(_("到场的当事人或者见证人"), longest=60)
    heard: str = entry(
        _("当事人的陈述、申辩"), "long", help=_("没有提出的写“没有提出”；拒绝签名的写明"), law=("强制法18条",)
    )
    two_officers: bool = entry(_("两名以上执法人员实施"), "flag", default=False, law=("CF-01",), group=ON_SITE)
    certificate_shown: bool = entry(_("已出示执法身份证件"), "flag", default=False, law=("CF-02",), group=ON_SITE)
    told: bool = entry(
        _("当场告知理由、依据、权利和救济途径"), "flag", default=False, law=("强制法18条",), group=ON_SITE
    )
    recorded: bool = entry(_("制作现场笔录并签名"), "flag", default=False, law=("强制法18条",), group=ON_SITE)
    handed: bool = entry(_("当场交付决定书和清单"), "flag", default=False, law=("强制法24条",), group=ON_SITE)
    filmed: bool = entry(
        _("全程录像"), "flag", default=False, law=("SX-07",), group=ON_SITE, help=_("录像另在“登记执法记录”里登记")
    )
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before the decision, not in the future."""
        found = past(at=self.at) | missing(heard=self.heard, present_name=self.present_name)
        measure = ordered(attempt.subject, None).filter(pk=self.measure).first()
        if measure is None:
            found["measure"] = _t("这份决定已经实施，或者不属于本案。")
        elif attempt.on < measure.ordered_on:
            found["at"] = _t("实施不能早于决定日期 %(day)s。") % {"day": measure.ordered_on.isoformat()}
        return found


@dataclass(frozen=True)
class WithdrawOrder:
    """An approved seizure that is not carried out after all."""

    measure: int = entry(_("查封、扣押决定"), "record", options=ordered)
    reason: str = entry(_("不再实施的理由"), "long")
    receiver: str = entry(_("由登记保存转来的物品退还给谁"), default="", longest=120)
    on: dt.date | None = on_day(_("日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """A reason; who gets back what was registered before."""
        found = not_in_future(on=self.on) | missing(reason=self.reason)
        measure = ordered(attempt.subject, None).filter(pk=self.measure).first()
        if measure is None:
            return found | {"measure": _t("这份决定已经实施或者撤回，或者不属于本案。")}
        if attempt.on < measure.ordered_on:
            found["on"] = _t("不能早于决定日期 %(day)s。") % {"day": measure.ordered_on.isoformat()}
        if measure.things.exclude(source=None).exists() and not self.receiver.strip():
            found["receiver"] = _t("请写明接收人、接收单位或者监督销毁的人。")
        return found


@dataclass(frozen=True, kw_only=True)
class SeizeOnTheSpot(CarryOut, OrderSeizure):
    """Decided and carried out at once because there was no time (强制法19条)."""

    measure: int = 0  # nothing was decided before
    urgent_reason: str = entry(_("情况紧急、须当场实施的理由"), "long", law=("QZ-03",))
    on: dt.date | None = None  # the moment of carrying out is the day

    def problems(self, attempt: Any) -> dict[str, Any]:
        """As for both parts, and why there was no time."""
        found = OrderSeizure.problems(self, attempt) | past(at=self.at)
        found |= before_filing(attempt.subject, at=timezone.localdate(self.at))
        found |= missing(heard=self.heard, present_name=self.present_name, urgent_reason=self.urgent_reason)
        return found


@dataclass(frozen=True)
class Confirm:
    """The head's word on a seizure that was done on the spot."""

    measure: int = entry(_("当场实施的查封、扣押"), "record", options=on_the_spot)
    agreed: bool = entry(_("同意采取这一措施"), "flag", law=("QZ-03",), help=_("选“否”的，应当立即解除"))
    reason: str = entry(_("意见"), "long")

    def problems(self, attempt: Any) -> dict[str, Any]:
        """A reason, and a measure that waits."""
        found = missing(reason=self.reason)
        if not on_the_spot(attempt.subject, None).filter(pk=self.measure).exists():
            found["measure"] = _t("这一措施已经批准或者不予批准，或者不属于本案。")
        return found
