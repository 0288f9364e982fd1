"""What each action on a penalty case does, once the door is open."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t

from enforcement.cases import data as forms
from enforcement.cases.dues import amount_due, amount_paid
from enforcement.cases.gates import current_notice
from enforcement.cases.handling import put_on
from enforcement.cases.lenience import lenience_text
from enforcement.cases.remedies import remedies_text
from enforcement.cases.service_gates import current_paper
from enforcement.models import (
    Case,
    Decision,
    EnforcementItem,
    Evidence,
    Party,
    Payment,
    PenaltyNotice,
    Service,
    Statement,
)
from portal.attachments.models import Attachment
from portal.matters.models import Matter
from portal.workflow.actions import Attempt


def register(attempt: Attempt[Case, forms.Register]) -> None:
    """A lead: matter, case, party."""
    data, actor = attempt.data, attempt.actor
    item = EnforcementItem.objects.get(pk=data.item)
    party = data.party().party_fields()
    title = _t("%(party)s涉嫌%(violation)s案") % {
        "party": party["name"],
        "violation": item.cause,
    }
    attempt.matter = Matter.objects.create(
        kind="enforcement.case", department=actor.department, title=title[:200], opened_at=attempt.now
    )
    case = Case(
        matter=attempt.matter,
        kind=EnforcementItem.Kind.PENALTY,
        department=actor.department,
        item=item,
        acting_name=acting_name(actor.department),
        title=title[:200],
        party_names=party["name"][:300],
        registered_on=attempt.on,
        discovered_on=attempt.on,
        source=data.source,
        facts=data.facts.strip(),
        place=data.place.strip(),
        occurred_on=data.occurred_on,
        ended_on=data.ended_on,
        endangers=data.endangers,
    )
    case.save()
    attempt.subject = case
    Party.objects.create(act=case, **party)
    attempt.label(item=item.code, source=data.source)
    attempt.fact("case.registered")


def acting_name(department: Any) -> str:
    """In whose name the department acts: an entrusted body in the delegator's (处罚法20条)."""
    if department.kind == department.Kind.ENTRUSTED and department.parent is not None:
        return str(department.parent.name)
    return str(department.name)


def _list_parties(case: Case) -> None:
    case.party_names = "、".join(case.parties.values_list("name", flat=True))[:300]


def add_party(attempt: Attempt[Case, forms.AddParty]) -> None:
    """One more party."""
    Party.objects.create(act=attempt.subject, **attempt.data.party_fields())
    _list_parties(attempt.subject)


def amend(attempt: Attempt[Case, forms.Amend]) -> None:
    """What was registered, completed or corrected."""
    case, data = attempt.subject, attempt.data
    case.facts, case.place = data.facts.strip(), data.place.strip()
    case.occurred_on, case.ended_on = data.occurred_on, data.ended_on


def file(attempt: Attempt[Case, forms.File]) -> None:
    """Officers take the case; the filing form gives it its number."""
    case, data = attempt.subject, attempt.data
    case.filed_on = attempt.on
    case.limitation_answer = data.limitation_answer.strip()
    case.duplicate_answer = data.duplicate_answer.strip()
    put_on(case, data.officers, attempt.on)
    attempt.fact("case.filed")
    attempt.paper(
        "enforcement.filing_form",
        then=lambda paper: _number_case(attempt, paper),
        opinion=data.opinion.strip(),
        head=attempt.actor.name if attempt.actor else "",
    )
    attempt.label(officers=len(data.officers))


def _number_case(attempt: Attempt[Case, Any], paper: Any) -> None:
    attempt.subject.number = paper.number
    attempt.subject.save()
    attempt.matter.number = paper.number
    attempt.matter.save(update_fields=["number"])


def decline(attempt: Attempt[Case, forms.Decline]) -> None:
    """Not filed: the matter ends."""
    attempt.fact("case.not_filed")
    _close(attempt)


def _close(attempt: Attempt[Case, Any]) -> None:
    attempt.matter.closed_at = attempt.now
    attempt.matter.save(update_fields=["closed_at"])


def add_evidence(attempt: Attempt[Case, forms.AddEvidence]) -> None:
    """One piece of evidence, bound by the hash of its file."""
    data = attempt.data
    attachment = Attachment.objects.filter(pk=data.file, matter=attempt.matter).first() if data.file else None
    Evidence.objects.create(
        act=attempt.subject,
        kind=data.kind,
        name=data.name.strip(),
        proves=data.proves.strip(),
        obtained_on=data.obtained_on,
        place=data.place.strip(),
        collectors=data.collectors.strip(),
        certificate_shown=data.certificate_shown,
        attachment=attachment,
    )
    attempt.label(kind=data.kind, sha256=attachment.sha256 if attachment else "")


def conclude(attempt: Attempt[Case, forms.Conclude]) -> None:
    """The investigation is over."""
    case, data = attempt.subject, attempt.data
    case.found_facts = data.found_facts.strip()
    case.proposed_violated, case.proposed_basis = data.violated.strip(), data.basis.strip()
    case.proposed_kinds, case.proposed_fine = list(data.kinds), data.fine
    case.proposed_content = forms.UNPUNISHED if data.no_penalty else data.content.strip()
    case.discretion = data.discretion.strip()
    case.correction_ordered = data.correction.strip()[:200]
    attempt.fact("case.investigated")


def notify(attempt: Attempt[Case, forms.Notify]) -> None:
    """The notice; a new one replaces the one before."""
    data = attempt.data
    before = current_notice(attempt.subject)
    notice = PenaltyNotice.objects.create(
        case=attempt.subject,
        issued_on=attempt.on,
        facts=data.facts.strip(),
        reasons=data.reasons.strip(),
        violated=data.violated.strip(),
        basis=data.basis.strip(),
        kinds=list(data.kinds),
        fine=data.fine,
        confiscation=data.confiscation,
        content=data.content.strip(),
        hearing_offered=data.hearing_offered,
        hearing_ground=data.hearing_ground.strip()[:200],
        lenience=lenience_text(attempt.subject),
    )
    if before is not None:
        before.replaced_by = notice
        before.save()
    attempt.fact("notice.issued", about=notice.about, value={"hearing": data.hearing_offered})
    attempt.paper("enforcement.notice_letter", about=notice.about, then=lambda paper: number_paper(notice, paper))


def number_paper(paper: Any, document: Any) -> None:
    """The notice or decision bears the number of its paper."""
    paper.number, paper.document_id = document.number, document.pk
    paper.save()


def serve_notice(attempt: Attempt[Case, forms.Serve]) -> None:
    """Service of the notice on one party."""
    service = _serve(attempt)
    if service.effective_on is not None:
        _notice_effective(attempt, service)


def _notice_effective(attempt: Attempt[Case, Any], service: Service) -> None:
    value = {"hearing": service.notice.hearing_offered if service.notice else False}
    attempt.fact("notice.served", at=service.effective_on, about=service.about, value=value)


def serve_decision(attempt: Attempt[Case, forms.Serve]) -> None:
    """Service of the decision on one party; when all are served the case is."""
    service = _serve(attempt)
    attempt.fact("decision.service_begun", at=service.begun_on, about=service.about)
    if service.effective_on is not None:
        _decision_effective(attempt, service)


def _decision_effective(attempt: Attempt[Case, Any], service: Service) -> None:
    decision = service.decision
    fined = bool(decision and decision.fine)
    attempt.fact("decision.served", at=service.effective_on, about=service.about, value={"fined": fined})
    if decision is not None and decision.ground:
        attempt.fact("decision.imposes_nothing", at=service.effective_on, about=service.about)
    served = Service.objects.filter(decision=decision, effective_on__isnull=False).count()
    if served >= attempt.subject.parties.count() and attempt.subject.state == Case.State.DECIDED:
        attempt.subject.state = Case.State.SERVED


def _serve(attempt: Attempt[Case, forms.Serve]) -> Service:
    data, paper = attempt.data, current_paper(attempt)
    effective = data.effective_on
    if data.method == Service.Method.PUBLIC:
        effective = forms.public_notice_ends(data.begun_on)
        effective = None if effective > attempt.today else effective
    service = Service.objects.create(
        act=attempt.subject,
        notice=paper if isinstance(paper, PenaltyNotice) else None,
        decision=paper if isinstance(paper, Decision) else None,
        party_id=data.party,
        method=data.method,
        begun_on=data.begun_on,
        effective_on=effective,
        place=data.place.strip(),
        receiver=data.receiver.strip(),
        note=data.note.strip(),
        consent=data.consent,
        proof=Attachment.objects.filter(pk=data.file, matter=attempt.matter).first() if data.file else None,
    )
    attempt.label(method=data.method, party=service.party_id)
    if effective is not None:
        _receipt(attempt, service)
    return service


def _receipt(attempt: Attempt[Case, Any], service: Service) -> None:
    def keep(document: Any) -> None:
        service.document_id = document.pk
        service.save()

    attempt.paper("enforcement.service_receipt", about=service.about, then=keep, service=service.pk)


def confirm_service(attempt: Attempt[Case, forms.ConfirmService]) -> None:
    """A service begun has taken effect."""
    data = attempt.data
    service = Service.objects.select_related("party", "notice", "decision").get(
        pk=data.service, act_id=attempt.subject.pk
    )
    service.effective_on = data.effective_on
    service.receiver = data.receiver.strip() or service.receiver
    if data.file:
        service.proof = Attachment.objects.filter(pk=data.file, matter=attempt.matter).first()
    service.save()
    _receipt(attempt, service)
    if service.notice is not None:
        _notice_effective(attempt, service)
    else:
        _decision_effective(attempt, service)


def state(attempt: Attempt[Case, forms.State]) -> None:
    """What a party said to the notice."""
    data, notice = attempt.data, current_notice(attempt.subject)
    if notice is None:
        raise RuntimeError("a notified case has a notice")
    statement = Statement.objects.create(
        notice=notice,
        party=Party.objects.get(pk=data.party, act_id=attempt.subject.pk),
        kind=data.kind,
        made_on=attempt.on,
        content=data.content.strip(),
        answer=data.answer.strip(),
        attachment=Attachment.objects.filter(pk=data.file, matter=attempt.matter).first() if data.file else None,
    )
    about = f"{notice.about} {statement.party.about}"
    facts = {
        Statement.Kind.WAIVER: "statement.waived",
        Statement.Kind.HEARING: "hearing.requested",
        Statement.Kind.HEARING_WAIVER: "hearing.waived",
        Statement.Kind.STATEMENT: "statement.made",
    }
    attempt.fact(facts[Statement.Kind(data.kind)], about=about)
    attempt.label(kind=data.kind)


def decide(attempt: Attempt[Case, forms.Decide]) -> None:
    """The decision, on the facts, reasons and basis of the notice."""
    case, data, notice = attempt.subject, attempt.data, current_notice(attempt.subject)
    if notice is None:
        raise RuntimeError("a notified case has a notice")
    case.decided_on = attempt.on
    decision = Decision.objects.create(
        act=case,
        notice=notice,
        decided_on=attempt.on,
        facts=notice.facts,
        evidence=data.evidence.strip(),
        violated=notice.violated,
        basis=notice.basis,
        reasons=notice.reasons,
        kinds=list(data.kinds),
        fine=data.fine,
        confiscation=data.confiscation,
        licence=data.licence.strip(),
        content=data.content.strip(),
        performance=data.performance.strip(),
        remedies=remedies_text(attempt.matter.department),
        hearing_opinion=data.hearing_opinion.strip(),
        lenience=lenience_text(case),
    )
    attempt.fact("case.decided", about=decision.about)
    for party in case.parties.all():
        attempt.fact("decision.to_serve", about=f"{decision.about} {party.about}")
    attempt.paper("enforcement.decision_letter", about=decision.about, then=lambda paper: number_paper(decision, paper))
    attempt.label(kinds=list(data.kinds), fine=data.fine)


def pay(attempt: Attempt[Case, forms.Pay]) -> None:
    """Money paid at the bank; the fine is paid when nothing is left."""
    data = attempt.data
    decision = attempt.subject.decisions.order_by("-pk").first()
    if decision is None:
        raise RuntimeError("a decided case has a decision")
    payment = Payment.objects.create(
        decision=decision,
        party=Party.objects.get(pk=data.party, act_id=attempt.subject.pk),
        amount=data.amount,
        paid_on=attempt.on,
        receipt=data.receipt.strip(),
    )
    if amount_paid(decision) >= amount_due(decision):
        for party in attempt.subject.parties.all():
            attempt.fact("fine.paid", about=f"{decision.about} {party.about}")
    attempt.label(amount=payment.amount)


def close(attempt: Attempt[Case, forms.Close]) -> None:
    """The matter ends."""
    attempt.fact("case.closed", value={"ground": attempt.data.ground})
    attempt.label(ground=attempt.data.ground)
    _close(attempt)


def annul(attempt: Attempt[Case, forms.Annul]) -> None:
    """The decision lost its force; what was published must be withdrawn within three working days."""
    data = attempt.data
    decision = attempt.subject.decisions.order_by("-pk").first()
    if decision is None:
        raise RuntimeError("a decided case has a decision")
    end_decision(attempt, decision, data.outcome, by_whom=data.by_whom.strip(), ground=data.ground.strip())


def end_decision(attempt: Attempt[Case, Any], decision: Decision, outcome: str, *, by_whom: str, ground: str) -> None:
    """A decision loses its force on the day of the attempt, by whom and why."""
    decision.outcome, decision.outcome_on = outcome, attempt.on
    decision.outcome_ground = _t("%(who)s：%(ground)s") % {"who": by_whom, "ground": ground}
    decision.save()
    attempt.fact("decision.annulled", about=decision.about, value={"outcome": outcome})
    attempt.label(outcome=outcome)
