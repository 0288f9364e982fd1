"""What each step of the summary procedure does, once the door is open."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t

from enforcement.cases.bodies import acting_name, add_evidence
from enforcement.cases.dues import unpaid
from enforcement.cases.lenience import lenience_text
from enforcement.cases.remedies import performance_text
from enforcement.models import ActOfficer, Case, Decision, EnforcementItem, Party, Payment, Service
from enforcement.summary import data as forms
from enforcement.summary import tiers
from enforcement.summary.models import Collection, OnSpot
from personnel.models import Certificate, Officer
from portal.attachments.models import Attachment
from portal.documents.spelling import yuan
from portal.matters.models import Matter
from portal.workflow.actions import Attempt

MATTER_KIND = "enforcement.summary"
__all__ = ["MATTER_KIND", "add_evidence", "bank", "collect", "decide", "file", "hand_in", "hand_over"]


def decide(attempt: Attempt[Case, forms.Decide]) -> None:
    """Matter, case, party, officers, decision: all on the spot, on one form."""
    data, actor = attempt.data, attempt.actor
    item = EnforcementItem.objects.get(pk=data.item)
    party = data.party().party_fields() | {"born_on": data.born()}
    title = _t("%(party)s%(violation)s案") % {"party": party["name"], "violation": item.cause}
    attempt.matter = Matter.objects.create(
        kind=MATTER_KIND, department=actor.department, title=title[:200], opened_at=attempt.now
    )
    happened = timezone.localdate(data.happened_at)
    case = Case(
        matter=attempt.matter,
        kind=EnforcementItem.Kind.PENALTY,
        procedure=Case.Procedure.SUMMARY,
        department=actor.department,
        item=item,
        acting_name=acting_name(actor.department),
        title=title[:200],
        party_names=party["name"][:300],
        registered_on=attempt.on,
        discovered_on=attempt.on,
        decided_on=attempt.on,
        source=Case.Source.INSPECTION,
        facts=data.facts.strip(),
        found_facts=data.facts.strip(),
        place=data.place.strip(),
        occurred_on=happened,
        discretion=data.discretion.strip(),
        duplicate_answer=data.duplicate_answer.strip(),
        correction_ordered=data.correction.strip()[:200],
    )
    case.save()
    attempt.subject = case
    row = Party.objects.create(act=case, **party)
    tiers.record(attempt, case, row)
    _officers(attempt, case)
    OnSpot.objects.create(
        case=case,
        happened_at=data.happened_at,
        paid_by=data.paid_by,
        paid_ground=data.paid_ground.strip(),
        statement=data.statement.strip(),
        answer=data.answer.strip(),
    )
    decision = _decision(attempt, case)
    end = timezone.make_aware(dt.datetime.combine(attempt.on, dt.time.max))
    attempt.fact("summary.decided", about=decision.about, value={"last_day": end.isoformat()})
    attempt.fact("case.decided", about=decision.about)
    attempt.paper(
        "summary.decision_letter", about=decision.about, then=lambda paper: _number(attempt, case, decision, paper)
    )
    attempt.label(item=item.code, kinds=list(data.kinds), fine=data.fine, party=row.pk)


def _officers(attempt: Attempt[Case, forms.Decide], case: Case) -> None:
    found = {officer.pk: officer for officer in Officer.objects.filter(pk__in=attempt.data.officers)}
    for place, key in enumerate(attempt.data.officers):
        certificate = Certificate.objects.valid_on(attempt.on).filter(officer=found[key]).first()
        ActOfficer.objects.create(
            act=case,
            officer=found[key],
            role=ActOfficer.Role.LEAD if place == 0 else ActOfficer.Role.ASSISTANT,
            certificate_number=certificate.number if certificate else "",
            since=attempt.on,
        )


def _decision(attempt: Attempt[Case, forms.Decide], case: Case) -> Decision:
    data, department = attempt.data, attempt.actor.department
    return Decision.objects.create(
        act=case,
        decided_on=attempt.on,
        facts=data.facts.strip(),
        evidence=data.evidence.strip(),
        violated=data.violated.strip(),
        basis=data.basis.strip(),
        reasons=tiers.reasons(case, data),
        lenience=lenience_text(case),
        kinds=list(data.kinds),
        fine=data.fine,
        content=content(data.kinds, data.fine),
        performance=performance(data.paid_by, data.fine),
        remedies=remedies(department),
    )


def content(kinds: tuple[str, ...], fine: Decimal | None) -> str:
    """What is imposed, a line each."""
    lines = [_t("警告")] if "warning" in kinds else []
    return "\n".join([*lines, *([_t("罚款%(amount)s") % {"amount": yuan(fine)}] if fine else [])])


def performance(paid_by: str, fine: Decimal | None) -> str:
    """How and when to pay (处罚法53条, 67至70条)."""
    articles = {
        OnSpot.PaidBy.SMALL: "第六十八条第（一）项",
        OnSpot.PaidBy.HARD: "第六十八条第（二）项",
        OnSpot.PaidBy.REMOTE: "第六十九条",
    }
    if not fine or paid_by == OnSpot.PaidBy.BANK:
        return performance_text(bool(fine)) if fine else ""
    return _t("根据《中华人民共和国行政处罚法》%(article)s的规定当场收缴，执法人员出具财政部门统一制发的专用票据。") % {
        "article": articles[OnSpot.PaidBy(paid_by)]
    }


def remedies(department: Any) -> str:
    """Reconsideration first, within 60 days; then the court (复议法23条1款1项, 诉讼法45条)."""
    return _t(
        "如不服本决定，应当自知道本决定之日起六十日内先向%(body)s申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内向%(court)s提起行政诉讼。"
        "行政复议、行政诉讼期间本决定不停止执行，法律另有规定的除外。"
    ) % {"body": department.reconsideration_body, "court": department.court}


def _number(attempt: Attempt[Case, Any], case: Case, decision: Decision, paper: Any) -> None:
    decision.number, decision.document_id = paper.number, paper.pk
    decision.save()
    case.number = paper.number
    case.save()
    attempt.matter.number = paper.number
    attempt.matter.save(update_fields=["number"])


def _file(attempt: Attempt[Case, Any]) -> Attachment | None:
    key = attempt.data.file
    return Attachment.objects.filter(pk=key, matter=attempt.matter).first() if key else None


def _last(case: Case) -> Decision:
    return case.decisions.order_by("-pk")[0]


def hand_over(attempt: Attempt[Case, forms.HandOver]) -> None:
    """The form is in the party's hands, or was refused: it is served either way, and the rights run."""
    case, data = attempt.subject, attempt.data
    decision, party, row = _last(case), case.parties.order_by("pk")[0], case.on_spot
    row.signed, row.refusal, row.late_handing = data.signed, data.refusal.strip(), data.late_handing.strip()
    row.form = _file(attempt)
    row.save()
    service = Service.objects.create(
        act=case,
        decision=decision,
        party=party,
        method=Service.Method.DIRECT,
        begun_on=attempt.on,
        effective_on=attempt.on,
        place=case.place[:120],
        receiver=data.receiver.strip()[:60],
        note=row.refusal,
        proof=row.form,
    )
    attempt.fact("summary.handed_over", about=decision.about)
    attempt.fact("decision.service_begun", at=attempt.on, about=service.about)
    attempt.fact("decision.served", at=attempt.on, about=service.about, value={"fined": bool(decision.fine)})
    attempt.label(signed=data.signed)


def file(attempt: Attempt[Case, forms.FileWithAgency]) -> None:
    """Reported to the officers' agency (处罚法52条3款)."""
    row = attempt.subject.on_spot
    row.filed_on, row.filing_note = attempt.on, attempt.data.note.strip()
    row.form = _file(attempt) or row.form
    row.save()
    attempt.fact("summary.filed", about=_last(attempt.subject).about)


def collect(attempt: Attempt[Case, forms.Collect]) -> None:
    """The whole fine is taken against the fiscal receipt; two days to the agency begin."""
    case, data = attempt.subject, attempt.data
    decision, party = _last(case), case.parties.order_by("pk")[0]
    payment = Payment.objects.create(
        decision=decision,
        party=party,
        amount=unpaid(case),
        paid_on=attempt.on,
        receipt=data.receipt.strip(),
    )
    starts = data.ashore_on or attempt.on
    Collection.objects.create(payment=payment, starts_on=starts)
    about = f"{decision.about} {party.about}"
    attempt.fact("fine.collected", about=about, value={"from": starts.isoformat()})
    attempt.fact("fine.paid", about=about)
    attempt.label(amount=payment.amount)


def hand_in(attempt: Attempt[Case, forms.HandIn]) -> None:
    """Officer → agency."""
    one = forms.collection_of(attempt.subject)
    one.handed_on, one.received_by = attempt.on, attempt.data.received_by.strip()
    one.save()
    attempt.fact("fine.handed_in", about=one.payment.decision.about)


def bank(attempt: Attempt[Case, forms.Bank]) -> None:
    """Agency → bank."""
    one = forms.collection_of(attempt.subject)
    one.banked_on, one.bank_receipt = attempt.on, attempt.data.bank_receipt.strip()
    one.save()
    attempt.fact("fine.banked", about=one.payment.decision.about)
