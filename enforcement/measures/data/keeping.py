"""What is asked while things are in custody: more time, tests, what becomes of them, what the party was told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data.fields import late_reason, not_in_future, on_day
from enforcement.cases.data.service_proof import proof_missing
from enforcement.measures import custody
from enforcement.measures.data.fields import held_things, missing, running_all, running_seizures
from enforcement.measures.models import Appraisal, Disposal, Measure
from enforcement.models import Service
from portal.documents.models import Document
from portal.workflow.data import entry

TOLD_IN_WRITING = (
    "measures.hold_notice",
    "measures.seizure_decision",
    "measures.seizure_extension",
    "measures.release",
    "measures.appraisal_notice",
    "measures.correction_notice",
)


def appraisals(subject: Any, _actor: Any) -> Any:
    """Appraisals that have not come to an end."""
    return Appraisal.objects.filter(measure__case=subject.pk, ended_on=None)


def unhanded(subject: Any, _actor: Any) -> Any:
    """Papers of measures that nobody has been told of yet."""
    return Document.objects.filter(matter=subject.pk, kind__in=TOLD_IN_WRITING).exclude(
        pk__in=subject.handings.values("document")
    )


@dataclass(frozen=True)
class ExtendSeizure:
    """A seizure lengthened by up to thirty days, once."""

    measure: int = entry(_("查封、扣押"), "record", options=running_seizures)
    days: int = entry(_("延长日数"), "integer", law=("QZ-01",), help=_("最多 30 日，只能延长一次"))
    reason: str = entry(_("情况复杂、须延长的理由"), "long", help=_("写进延长决定书，告知当事人"), law=("强制法25条",))
    on: dt.date | None = on_day(_("决定日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """One to thirty days, for a reason."""
        found = not_in_future(on=self.on) | missing(reason=self.reason)
        if not 1 <= self.days <= 30:
            found["days"] = _t("延长的期限为 1 至 30 日。")
        measure = running_seizures(attempt.subject).filter(pk=self.measure).first()
        if measure is None:
            found["measure"] = _t("这一措施不在实施中，或者不属于本案。")
        elif attempt.on < timezone.localdate(measure.begun_at):
            found["on"] = _t("不能早于实施日期。")
        return found


@dataclass(frozen=True)
class BeginAppraisal:
    """Sealed or seized things are tested; the told period does not count."""

    measure: int = entry(_("查封、扣押"), "record", options=running_seizures)
    kind: str = entry(_("种类"), "choice", options=options.of(Appraisal.Kind), law=("QZ-02",))
    body: str = entry(_("检测、检验、检疫、鉴定机构"), longest=100)
    begun_on: dt.date = entry(_("期间自"), "date", law=("QZ-02",))
    until: dt.date = entry(
        _("期间至"), "date", law=("QZ-02",), help=_("期间应当明确，并书面告知当事人；到期自动恢复计算")
    )
    late_reason: str = late_reason()

    @property
    def on(self) -> dt.date:
        """The day of the fact."""
        return self.begun_on

    def problems(self, attempt: Any) -> dict[str, Any]:
        """A period with both ends, within the seizure, of sensible length."""
        found = not_in_future(begun_on=self.begun_on) | missing(body=self.body)
        if not self.begun_on < self.until:
            found["until"] = _t("止日应当晚于起日。")
        elif (self.until - self.begun_on).days > LONGEST_APPRAISAL:
            found["until"] = _t("期间最长填写 %(most)d 日；更长的到期另行告知。") % {"most": LONGEST_APPRAISAL}
        measure = running_seizures(attempt.subject).filter(pk=self.measure).first()
        if measure is None:
            found["measure"] = _t("这一措施不在实施中，或者不属于本案。")
        elif self.begun_on < timezone.localdate(measure.begun_at):
            found["begun_on"] = _t("不能早于实施日期。")
        return found


LONGEST_APPRAISAL = 365  # keeps a slip of the pen out; the law has no number


@dataclass(frozen=True)
class EndAppraisal:
    """The result has come; if earlier than told, the clock runs again from that day."""

    appraisal: int = entry(_("检测、检验、检疫、鉴定"), "record", options=appraisals)
    result: str = entry(_("结果"), "long", help=_("结论，报告编号"))
    on: dt.date | None = on_day(_("结束日期"), law=("QZ-02",))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before it began."""
        found = not_in_future(on=self.on) | missing(result=self.result)
        appraisal = appraisals(attempt.subject, None).filter(pk=self.appraisal).first()
        if appraisal is None:
            found["appraisal"] = _t("这一项已经结束，或者不属于本案。")
        elif attempt.on < appraisal.begun_on:
            found["on"] = _t("不能早于开始日期 %(day)s。") % {"day": appraisal.begun_on.isoformat()}
        return found


@dataclass(frozen=True)
class Dispose:
    """What becomes of things in custody."""

    measure: int = entry(_("措施"), "record", options=running_all)
    kind: str = entry(
        _("处理"),
        "choice",
        options=options.of(Disposal.Kind, without=(Disposal.Kind.SEIZED.value,)),
        law=("强制法27条", "处罚法56条"),
    )
    things: tuple[int, ...] = entry(
        _("物品"),
        "records",
        options=held_things,
        default=(),
        help=_("不选的，为这一措施的全部物品"),
    )
    quantity: str = entry(_("数量"), default="", longest=14, help=_("只处理一件物品的一部分时填写"))
    ground: str = entry(
        _("解除查封、扣押的情形"), "choice", options=options.of(Disposal.Ground), default="", law=("强制法28条",)
    )
    receiver: str = entry(_("接收人、接收单位或者监督销毁的人"), default="", longest=120)
    note: str = entry(
        _("理由和依据"), "long", default="", help=_("销毁的写明法律、行政法规依据；期满之后的处理写明原因")
    )
    file: int | None = entry(_("签收单等凭证"), "file", default=None)
    on: dt.date | None = on_day(_("处理日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Things of that measure, no more than there is, and what this kind of fate asks for."""
        found = not_in_future(on=self.on)
        measure = running_all(attempt.subject).filter(pk=self.measure).first()
        if measure is None:
            return found | {"measure": _t("这一措施不在实施中，或者不属于本案。")}
        if self.kind not in Disposal.Kind.values or self.kind == Disposal.Kind.SEIZED:
            return found | {"kind": _t("请选择一种处理。")}
        if attempt.on < timezone.localdate(measure.begun_at):
            found["on"] = _t("不能早于实施日期。")
        rows = self.rows(attempt.subject, measure)
        if self.things and len(rows) != len(set(self.things)):
            found["things"] = _t("所选的物品不都在这一措施里。")
        if self.quantity.strip():
            amount = read_quantity(self.quantity)
            if len(rows) != 1:
                found["quantity"] = _t("只选一件物品时才填数量。")
            elif amount is None or not 0 < amount <= rows[0].left:
                found["quantity"] = _t("数量应当大于零，不超过现有的 %(left)s%(unit)s。") % {
                    "left": f"{rows[0].left.normalize():f}",
                    "unit": rows[0].thing.unit,
                }
        return found

    def rows(self, case: Any, measure: Measure) -> list[custody.InCustody]:
        """The chosen things, or all of the measure."""
        rows = custody.held(case, measure)
        return [row for row in rows if row.thing.pk in self.things] if self.things else rows


def read_quantity(text: str) -> Decimal | None:
    """A quantity as typed, or None."""
    if not custody.QUANTITY.fullmatch(text.strip()):
        return None
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        return None


@dataclass(frozen=True)
class HandOver:
    """A paper of a measure reached the party."""

    document: int = entry(_("文书"), "record", options=unhanded, law=("强制法24条", "强制法25条"))
    party: int = entry(_("受告知人"), "record", options=options.parties)
    method: str = entry(_("方式"), "choice", options=options.of(Service.Method))
    receiver: str = entry(_("签收人或者见证人"), default="", longest=60)
    note: str = entry(_("说明"), "long", default="", help=_("留置、公告、转交、电子送达的情况"))
    file: int | None = entry(_("送达凭证"), "file", default=None)
    on: dt.date | None = on_day(_("告知日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """A paper that is ready; who received it."""
        found = not_in_future(on=self.on)
        document = unhanded(attempt.subject, None).filter(pk=self.document).first()
        if document is None:
            found["document"] = _t("这份文书已经告知，或者不属于本案。")
        elif self.on and self.on < document.issued_on:
            found["on"] = _t("不能早于文书日期 %(day)s。") % {"day": document.issued_on.isoformat()}
        return found | proof_missing(self.method, self.receiver, self.note)
