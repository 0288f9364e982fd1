"""The papers of measures: kinds, and how each is filled from the case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enforcement.measures import papers_context as says
from enforcement.measures.models import (
    Appraisal,
    CorrectionOrder,
    Disposal,
    Extension,
    Measure,
    SeizureExtension,
    Thing,
)
from enforcement.measures.models.custody import plain
from enforcement.models import Case, Party
from enforcement.papers import cause, party_on_paper, signers
from portal.documents.blocks import Contact, Opinion, Signer
from portal.documents.kinds import DocumentKind, register_kind
from portal.documents.spelling import chinese_date


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day else ""


def _begun(measure: Measure) -> str:
    return chinese_date(timezone.localdate(measure.begun_at)) if measure.begun_at else _day(measure.ordered_on)


def _letter(case: Case, party: Party) -> dict[str, Any]:
    department = case.department
    on_case = signers(case)
    return {
        "party": party_on_paper(party, whole_identity=True),
        "cause": cause(case),
        "contact": Contact(
            address=department.address, phone=department.phone, person=on_case[0].name if on_case else ""
        ),
    }


def _remedies(case: Case) -> dict[str, Any]:
    return {"review_body": case.department.reconsideration_body, "court": case.department.court}


def _line(thing: Thing, quantity: Any = None) -> says.ThingOnPaper:
    return says.ThingOnPaper(
        str(thing.line),
        thing.name,
        thing.specification,
        plain(thing.quantity if quantity is None else quantity),
        thing.unit,
        thing.note,
    )


def _list(measure: Measure) -> tuple[says.ThingOnPaper, ...]:
    return tuple(_line(thing) for thing in measure.things.all())


def _disposed(disposal: Disposal) -> tuple[says.ThingOnPaper, ...]:
    return tuple(_line(fate.thing, fate.quantity) for fate in disposal.fates.select_related("thing"))


def _verb(measure: Measure) -> str:
    return "查封" if measure.kind == Measure.Kind.SEAL else "扣押"


def _measure(extra: dict[str, Any]) -> Measure:
    return Measure.objects.select_related("party").get(pk=extra["measure"])


class HoldNoticeKind(DocumentKind):
    """先行登记保存证据通知书."""

    key = "measures.hold_notice"
    label = _("先行登记保存证据通知书")
    series = "登保"
    template = "measures/papers/hold_notice.html"
    signers = ("head",)
    about = "measure"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> says.HoldNotice:
        """From one registration."""
        measure = _measure(extra)
        return says.HoldNotice(
            **_letter(subject, measure.party),
            reason=measure.reason.rstrip("。"),
            place=measure.place,
            keeper=measure.keeper,
            things=_list(measure),
            begun_on=_begun(measure),
        )


class SeizureDecisionKind(DocumentKind):
    """查封决定书 or 扣押决定书."""

    key = "measures.seizure_decision"
    label = _("查封（扣押）决定书")
    series = "强措"
    template = "measures/papers/seizure_decision.html"
    signers = ("head",)
    about = "measure"

    def title(self, matter: Any, subject: Case, extra: dict[str, Any]) -> str:
        """Named after what is done."""
        return f"{_verb(_measure(extra))}决定书"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> says.SeizureDecision:
        """From one measure."""
        measure = _measure(extra)
        return says.SeizureDecision(
            **_letter(subject, measure.party),
            **_remedies(subject),
            verb=_verb(measure),
            reason=measure.reason.rstrip("。"),
            basis=measure.basis.rstrip("。"),
            place=measure.place,
            keeper=measure.keeper,
            things=_list(measure),
            urgent=measure.urgent_reason.rstrip("。"),
        )


class ThingListKind(DocumentKind):
    """物品清单."""

    key = "measures.thing_list"
    label = _("场所、设施、财物清单")
    template = "measures/papers/thing_list.html"
    about = "measure"

    def title(self, matter: Any, subject: Case, extra: dict[str, Any]) -> str:
        """Named after the measure."""
        measure = _measure(extra)
        if measure.is_coercive:
            return f"{_verb(measure)}场所、设施、财物清单"
        return "先行登记保存物品清单"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> says.ThingList:
        """From one measure."""
        measure = _measure(extra)
        return says.ThingList(
            heading=f"{measure.get_kind_display()}（{measure.number}）"
            if measure.number
            else str(measure.get_kind_display()),
            party=party_on_paper(measure.party),
            things=_list(measure),
            place=measure.place,
            keeper=measure.keeper,
            officers=signers(subject),
        )


class SeizureExtensionKind(DocumentKind):
    """延长查封（扣押）期限决定书."""

    key = "measures.seizure_extension"
    label = _("延长查封（扣押）期限决定书")
    series = "强延"
    template = "measures/papers/seizure_extension.html"
    signers = ("head",)
    about = "measure"

    def title(self, matter: Any, subject: Case, extra: dict[str, Any]) -> str:
        """Named after what is lengthened."""
        row = SeizureExtension.objects.select_related("measure").get(pk=extra["row"])
        return f"延长{_verb(row.measure)}期限决定书"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> says.SeizureExtensionLetter:
        """From one lengthening."""
        row = SeizureExtension.objects.select_related("measure__party").get(pk=extra["row"])
        return says.SeizureExtensionLetter(
            **_letter(subject, row.measure.party),
            **_remedies(subject),
            verb=_verb(row.measure),
            decided_on=_day(row.measure.ordered_on),
            number=row.measure.number,
            reason=row.reason.rstrip("。"),
            days=row.days,
            old_due=_day(row.old_due),
            new_due=_day(row.new_due),
        )


class ReleaseKind(DocumentKind):
    """解除查封（扣押）决定书."""

    key = "measures.release"
    label = _("解除查封（扣押）决定书")
    series = "强解"
    template = "measures/papers/release.html"
    signers = ("head",)
    about = "measure"

    def title(self, matter: Any, subject: Case, extra: dict[str, Any]) -> str:
        """Named after what is lifted."""
        disposal = Disposal.objects.select_related("measure").get(pk=extra["disposal"])
        return f"解除{_verb(disposal.measure)}决定书"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> says.ReleaseLetter:
        """From one disposal."""
        disposal = Disposal.objects.select_related("measure__party").get(pk=extra["disposal"])
        return says.ReleaseLetter(
            **_letter(subject, disposal.measure.party),
            verb=_verb(disposal.measure),
            decided_on=_day(disposal.measure.ordered_on),
            number=disposal.measure.number,
            ground=GROUNDS[Disposal.Ground(disposal.ground)],
            note=disposal.note,
            things=_disposed(disposal),
            receiver=disposal.receiver,
        )


ARTICLE_28 = "《中华人民共和国行政强制法》第二十八条第一款"
G = Disposal.Ground
GROUNDS = {
    G.NO_VIOLATION: f"当事人没有违法行为，根据{ARTICLE_28}第（一）项的规定",
    G.UNRELATED: f"查封、扣押的场所、设施或者财物与违法行为无关，根据{ARTICLE_28}第（二）项的规定",
    G.DECIDED: f"本机关对违法行为已经作出处理决定，不再需要查封、扣押，根据{ARTICLE_28}第（三）项的规定",
    G.EXPIRED: f"查封、扣押期限已经届满，根据{ARTICLE_28}第（四）项的规定",
    G.NO_NEED: f"不再需要采取查封、扣押措施，根据{ARTICLE_28}第（五）项的规定",
    G.REFUSED: "本机关负责人认为不应当采取该措施，根据《中华人民共和国行政强制法》第十九条的规定",
}


class HoldDisposalKind(DocumentKind):
    """先行登记保存物品处理决定书."""

    key = "measures.hold_disposal"
    label = _("先行登记保存物品处理决定书")
    series = "登处"
    template = "measures/papers/hold_disposal.html"
    signers = ("head",)
    about = "measure"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> says.HoldDisposalLetter:
        """From one disposal."""
        disposal = Disposal.objects.select_related("measure__party").get(pk=extra["disposal"])
        return says.HoldDisposalLetter(
            **_letter(subject, disposal.measure.party),
            begun_on=_begun(disposal.measure),
            number=disposal.measure.number,
            fate=str(disposal.get_kind_display()),
            note=disposal.note,
            receiver=disposal.receiver,
            things=_disposed(disposal),
        )


class AppraisalNoticeKind(DocumentKind):
    """检测（检验、检疫、技术鉴定）期间告知书."""

    key = "measures.appraisal_notice"
    label = _("检测（检验、检疫、技术鉴定）期间告知书")
    series = "鉴告"
    template = "measures/papers/appraisal_notice.html"
    signers = ("head",)
    about = "measure"

    def title(self, matter: Any, subject: Case, extra: dict[str, Any]) -> str:
        """Named after what is done."""
        return f"{Appraisal.objects.get(pk=extra['row']).get_kind_display()}期间告知书"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> says.AppraisalNotice:
        """From one appraisal."""
        row = Appraisal.objects.select_related("measure__party").get(pk=extra["row"])
        return says.AppraisalNotice(
            **_letter(subject, row.measure.party),
            verb=_verb(row.measure),
            decided_on=_day(row.measure.ordered_on),
            number=row.measure.number,
            kind=str(row.get_kind_display()),
            body=row.body,
            begun_on=_day(row.begun_on),
            until=_day(row.until),
        )


class CorrectionNoticeKind(DocumentKind):
    """责令改正通知书."""

    key = "measures.correction_notice"
    label = _("责令改正通知书")
    series = "责改"
    template = "measures/papers/correction_notice.html"
    signers = ("head",)
    about = "correction"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> says.CorrectionNotice:
        """From one order."""
        row = CorrectionOrder.objects.select_related("party").get(pk=extra["row"])
        return says.CorrectionNotice(
            **_letter(subject, row.party),
            **_remedies(subject),
            content=row.content,
            violated=row.violated.rstrip("。"),
            basis=row.basis.rstrip("。"),
            at_once=row.due_on == row.issued_on,
            due_on=_day(row.due_on),
        )


class ExtensionFormKind(DocumentKind):
    """延长办案期限审批表."""

    key = "measures.extension_form"
    label = _("延长办案期限审批表")
    series = "延批"
    template = "measures/papers/extension_form.html"
    signers = ("officer", "head")
    sealed = False
    audience = "internal"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> says.ExtensionForm:
        """From one lengthening; opinions are those of the proposer and of who approved."""
        row = Extension.objects.select_related("basis").get(pk=extra["row"])
        day, head = _day(row.extended_on), extra.get("head", "")
        party = subject.parties.order_by("pk").first()
        if party is None:
            raise LookupError("the case has no party")
        return says.ExtensionForm(
            cause=cause(subject),
            number=subject.number,
            party=party_on_paper(party),
            filed_on=_day(subject.filed_on),
            old_due=_day(row.old_due),
            suspended="；".join(_stretch(one) for one in subject.suspensions.all()) or "无",
            step=f"第 {row.step} 次",
            days=row.days,
            basis=row.basis.cited,
            words=row.basis.words,
            reason=row.reason,
            approval=row.approval,
            officer_opinion=Opinion(f"建议延长{row.days}日。", signers(subject), day),
            head_opinion=Opinion("同意延长。", (Signer(head),) if head else (), day),
            new_due=_day(row.new_due),
        )


def _stretch(one: Any) -> str:
    end = f"至{_day(one.resumed_on)}" if one.resumed_on else "起，尚未恢复"
    return f"{_day(one.begun_on)}{end}"


def register() -> None:
    """Register the kinds."""
    for kind in (
        HoldNoticeKind,
        SeizureDecisionKind,
        ThingListKind,
        SeizureExtensionKind,
        ReleaseKind,
        HoldDisposalKind,
        AppraisalNoticeKind,
        CorrectionNoticeKind,
        ExtensionFormKind,
    ):
        register_kind(kind)
