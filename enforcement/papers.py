"""The papers of a penalty case: kinds, and how each is filled from the case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.models import ActOfficer, Case, Decision, Party, PenaltyKind, PenaltyNotice, Service, Statement
from enforcement.papers_context import (
    DecisionLetter,
    FilingForm,
    NoPenaltyLetter,
    NoticeLetter,
    PartyOnPaper,
    ServedPaper,
    ServiceReceipt,
)
from portal.accounts.encryption import mask_identity
from portal.accounts.identity import birth_date
from portal.documents.blocks import Choice, Contact, Opinion, Signer
from portal.documents.kinds import DocumentKind, register_kind
from portal.documents.spelling import chinese_date, yuan

FILING_BASIS = "《中华人民共和国行政处罚法》第五十四条第二款"
HEARING_ITEMS = {
    PenaltyKind.FINE: "第一款第（一）项",
    PenaltyKind.CONFISCATE_GAINS: "第一款第（二）项",
    PenaltyKind.CONFISCATE_GOODS: "第一款第（二）项",
    PenaltyKind.LOWER_GRADE: "第一款第（三）项",
    PenaltyKind.REVOKE_LICENCE: "第一款第（三）项",
    PenaltyKind.SUSPEND_BUSINESS: "第一款第（四）项",
    PenaltyKind.CLOSE_BUSINESS: "第一款第（四）项",
    PenaltyKind.RESTRICT_EMPLOYMENT: "第一款第（四）项",
}
OTHER_HEARING_ITEM = "第一款第（五）项"


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day else ""


def party_on_paper(party: Party, *, whole_identity: bool = False) -> PartyOnPaper:
    """How a paper names the party; the identity number in full only on the papers served on him."""
    born = party.born_on or (birth_date(party.identity) if party.identity else None)
    return PartyOnPaper(
        name=party.name,
        natural=party.kind == Party.Kind.NATURAL,
        address=party.address,
        identity=party.identity if whole_identity else mask_identity(party.identity),
        credit_code=party.credit_code,
        legal_representative=party.representative,
        age=str(_age(born)) if born else "",
        phone=mask_identity(party.phone),
    )


def _age(born: dt.date) -> int:
    from django.utils import timezone

    today = timezone.localdate()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def joined_parties(case: Any, *, whole_identity: bool = False) -> PartyOnPaper:
    """The party, or the first one with all names when there are several."""
    parties = list(case.parties.all())
    first = party_on_paper(parties[0], whole_identity=whole_identity)
    if len(parties) == 1:
        return first
    names = "、".join(party.name for party in parties)
    return PartyOnPaper(**{**_fields(first), "name": names})


def _fields(party: PartyOnPaper) -> dict[str, Any]:
    return {name: getattr(party, name) for name in PartyOnPaper.__dataclass_fields__ if name != "you"}


def signers(case: Any) -> tuple[Signer, ...]:
    """The officers on the case, with their certificate numbers."""
    links = ActOfficer.objects.filter(act=case, until=None).select_related("officer")
    return tuple(Signer(link.officer.name, link.certificate_number) for link in links)


def evidence_lines(text: str) -> tuple[str, ...]:
    """One line a piece, without the numbering that was typed."""
    lines = (line.strip().rstrip("；;。.") for line in text.splitlines())
    return tuple(line.lstrip("0123456789．.、 ") for line in lines if line)


def cause(case: Any) -> str:
    """案由 without the party's name: what is said to have been done."""
    return str(case.item.cause) if case.item else case.title


class FilingFormKind(DocumentKind):
    """立案审批表: internal, gives the case its number."""

    key = "enforcement.filing_form"
    label = _("行政处罚立案审批表")
    series = "立"
    template = "enforcement/papers/filing_form.html"
    signers = ("officer", "head")
    sealed = False

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> FilingForm:
        """From the case as filed; opinions are those of the proposer and of who approved."""
        on_case = signers(subject)
        filed = _day(subject.filed_on)
        head = extra.get("head", "")
        return FilingForm(
            cause=cause(subject),
            source=str(subject.get_source_display()),
            source_detail="",
            found_on=_day(subject.discovered_on),
            party=joined_parties(subject),
            facts=subject.facts,
            reasons=extra.get("opinion", ""),
            basis=FILING_BASIS,
            item=f"{subject.item.name}（{subject.item.code}）" if subject.item else "",
            officers=on_case,
            recusal="办案人员声明没有应当回避的情形。",
            officer_opinion=Opinion("建议立案调查。", on_case, filed),
            unit_opinion=Opinion(),
            head_opinion=Opinion("同意立案。", (Signer(head),) if head else (), filed),
            limitation=subject.limitation_answer,
            similar=subject.duplicate_answer,
            filed_on=filed,
            due_on="自立案之日起九十日内作出处罚决定",
        )


class NoticeLetterKind(DocumentKind):
    """行政处罚事先告知书, or with the right to a hearing 听证告知书."""

    key = "enforcement.notice_letter"
    label = _("行政处罚事先告知书")
    series = "罚告"
    template = "enforcement/papers/notice_letter.html"
    about = "notice"

    def title(self, matter: Any, subject: Case, extra: dict[str, Any]) -> str:
        """Named after the right it tells of."""
        notice = subject.notices.order_by("-pk").first()
        return "行政处罚听证告知书" if notice and notice.hearing_offered else "行政处罚事先告知书"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> NoticeLetter:
        """From the last notice of the case."""
        notice = subject.notices.order_by("-pk").first()
        if notice is None:
            raise LookupError("the case has no notice")
        department = matter.department
        return NoticeLetter(
            party=joined_parties(subject, whole_identity=True),
            cause=cause(subject),
            facts=notice.facts,
            evidence=tuple(f"{piece.name}，证明{piece.proves.rstrip('。')}" for piece in subject.evidence.all()),
            violated=notice.violated.rstrip("。"),
            basis=notice.basis.rstrip("。"),
            discretion=notice.reasons_in_full,
            penalties=penalty_lines(notice),
            contact=Contact(address=department.address, phone=department.phone, person=_first_name(subject)),
            hearing_ground=_hearing_ground(notice),
            correction=subject.correction_ordered,
        )


def _first_name(case: Case) -> str:
    first = ActOfficer.objects.filter(act=case, until=None).select_related("officer").first()
    return first.officer.name if first else ""


def _hearing_ground(notice: PenaltyNotice) -> str:
    if not notice.hearing_offered:
        return ""
    found = sorted({HEARING_ITEMS.get(PenaltyKind(kind), OTHER_HEARING_ITEM) for kind in notice.kinds})
    weighty = [item for item in found if item != OTHER_HEARING_ITEM] or [OTHER_HEARING_ITEM]
    return "、".join(weighty)


def penalty_lines(penalty: PenaltyNotice | Decision) -> tuple[str, ...]:
    """What is (to be) imposed, a line each: as written, or from kinds and amounts."""
    lines = tuple(line.strip().rstrip("；。") for line in penalty.content.splitlines() if line.strip())
    if lines:
        return lines
    names = [str(PenaltyKind(kind).label) for kind in penalty.kinds]
    if penalty.fine:
        fined = str(PenaltyKind.FINE.label)
        names = [name + yuan(penalty.fine) if name == fined else name for name in names]
    return tuple(names)


class DecisionLetterKind(DocumentKind):
    """行政处罚决定书 with the contents of 处罚法59条."""

    key = "enforcement.decision_letter"
    label = _("行政处罚决定书")
    series = "罚决"
    template = "enforcement/papers/decision_letter.html"
    signers = ("head",)
    about = "decision"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> DecisionLetter:
        """From the last decision of the case and the notice it rests on."""
        decision = subject.decisions.order_by("-pk").first()
        if decision is None:
            raise LookupError("the case has no decision")
        department = matter.department
        return DecisionLetter(
            party=joined_parties(subject, whole_identity=True),
            cause=cause(subject),
            filed_on=_day(subject.filed_on),
            facts=decision.facts,
            evidence=evidence_lines(decision.evidence),
            procedure=procedure_text(subject, decision),
            defence=defence_text(decision),
            violated=decision.violated.rstrip("。"),
            basis=decision.basis.rstrip("。"),
            discretion=decision.reasons_in_full,
            penalties=penalty_lines(decision),
            performance=tuple(line for line in decision.performance.splitlines() if line.strip()),
            review_body=department.reconsideration_body,
            court=department.court,
            fined=bool(decision.fine),
            correction=subject.correction_ordered,
            disclosure="本决定将依法向社会公示。",
        )


class NoPenaltyLetterKind(DocumentKind):
    """不予行政处罚决定书."""

    key = "enforcement.no_penalty_letter"
    label = _("不予行政处罚决定书")
    series = "不罚"
    template = "enforcement/papers/no_penalty_letter.html"
    signers = ("head",)
    about = "decision"

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> NoPenaltyLetter:
        """From the last decision of the case."""
        decision = subject.decisions.order_by("-pk").first()
        if decision is None:
            raise LookupError("the case has no decision")
        told = [procedure_text(subject, decision), defence_text(decision)] if decision.notice else []
        return NoPenaltyLetter(
            party=joined_parties(subject, whole_identity=True),
            cause=cause(subject),
            filed_on=_day(subject.filed_on),
            facts=decision.facts,
            evidence=evidence_lines(decision.evidence),
            proven=decision.ground != Decision.Ground.NOT_PROVEN,
            told="\n".join(text for text in told if text),
            violated=decision.violated.rstrip("。"),
            basis=decision.basis,
            reasons=decision.reasons_in_full,
            correction=subject.correction_ordered,
            education=decision.education,
            guardian=decision.guardian,
            review_body=matter.department.reconsideration_body,
            court=matter.department.court,
            disclosure="本决定将依法向社会公示。",
        )


def procedure_text(case: Case, decision: Decision) -> str:
    """When the party was told, and how the period ended."""
    notice = decision.notice
    if notice is None:
        return ""
    served = [
        f"{_day(service.effective_on)}向{service.party.name}送达《{notice.document.title if notice.document else '行政处罚事先告知书'}》"
        f"（{notice.number}）"
        for service in notice.services.select_related("party").order_by("effective_on")
    ]
    if not served:
        return ""
    text = f"本机关于{'，'.join(served)}，告知拟作出的行政处罚内容及事实、理由、依据，以及依法享有的权利。"
    return text.replace("（）", "")


def defence_text(decision: Decision) -> str:
    """What was said in defence, and why it was or was not accepted; or that nothing was said in time."""
    notice = decision.notice
    if notice is None:
        return ""
    said = list(notice.statements.select_related("party").order_by("made_on", "pk"))
    sentences = []
    for statement in said:
        when = f"{_day(statement.made_on)}，{statement.party.name}"
        if statement.kind == Statement.Kind.STATEMENT:
            sentences.append(
                f"{when}提出陈述、申辩：{statement.content.rstrip('。')}。经复核：{statement.answer.rstrip('。')}。"
            )
        elif statement.kind == Statement.Kind.WAIVER:
            sentences.append(f"{when}书面放弃陈述、申辩。")
        elif statement.kind == Statement.Kind.HEARING_WAIVER:
            sentences.append(f"{when}书面放弃听证。")
        elif statement.kind == Statement.Kind.HEARING:
            sentences.append(f"{when}要求听证。")
    if decision.hearing_opinion:
        sentences.append(f"本机关依法举行了听证。根据听证笔录：{decision.hearing_opinion.rstrip('。')}。")
    return "\n".join(sentences) or "当事人在规定期限内没有提出陈述、申辩。"


class ServiceReceiptKind(DocumentKind):
    """送达回证."""

    key = "enforcement.service_receipt"
    label = _("送达回证")
    template = "enforcement/papers/service_receipt.html"
    about = "party"
    sealed = False

    def context(self, matter: Any, subject: Case, extra: dict[str, Any]) -> ServiceReceipt:
        """From one service."""
        service = Service.objects.select_related("party", "notice__document", "decision__document").get(
            pk=extra["service"]
        )
        paper = service.paper
        title = paper.document.title if paper.document else str(paper)
        by_method = service.method
        return ServiceReceipt(
            cause=cause(subject),
            recipient=service.party.name,
            papers=(ServedPaper(title.replace("\n", ""), paper.number),),
            methods=tuple(Choice(str(label), value == by_method) for value, label in Service.Method.choices),
            place=service.place,
            officers=signers(subject),
            begun_on=_day(service.begun_on),
            received_on=_day(service.effective_on),
            receiver=service.receiver if by_method != Service.Method.LEFT else "",
            refusal=service.note if by_method == Service.Method.LEFT else "",
            witnesses=(Signer(service.receiver),) if by_method == Service.Method.LEFT and service.receiver else (),
            proof=service.note if by_method not in {Service.Method.LEFT, Service.Method.DIRECT} else "",
        )


def register() -> None:
    """Register the kinds."""
    for kind in (FilingFormKind, NoticeLetterKind, DecisionLetterKind, NoPenaltyLetterKind, ServiceReceiptKind):
        register_kind(kind)
