"""What each step of a light act does, once the door is open."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t

from enforcement.cases.bodies import acting_name, add_evidence
from enforcement.cases.remedies import remedies_text
from enforcement.lightacts import data as forms
from enforcement.lightacts import outcome_data as outcome
from enforcement.lightacts.kinds import ACT_MATTER, LICENCE_MATTER, asked_of
from enforcement.lightacts.models import LightAct, Review, first_party
from enforcement.models import ActOfficer, Decision, EnforcementItem, Party, Service
from personnel.models import Certificate, Officer
from portal.attachments.models import Attachment
from portal.documents.spelling import chinese_date, yuan
from portal.matters.models import Matter
from portal.workflow.actions import Attempt
from portal.workflow.data import Nothing

__all__ = ["add_evidence"]
LightAttempt = Attempt[LightAct, Any]


def receive(attempt: Attempt[LightAct, forms.Receive]) -> None:
    """An application: the five days to accept it begin."""
    _begin(attempt, LICENCE_MATTER)
    attempt.fact("licence.received")


def register(attempt: Attempt[LightAct, forms.Register]) -> None:
    """Another act, with those who carry it out."""
    act = _begin(attempt, ACT_MATTER)
    act.target = attempt.data.target.strip()
    act.save()
    for place, key in enumerate(attempt.data.officers):
        officer = Officer.objects.get(pk=key, department=act.department_id)
        certificate = Certificate.objects.valid_on(attempt.on).filter(officer=officer).first()
        ActOfficer.objects.create(
            act=act,
            officer=officer,
            role=ActOfficer.Role.LEAD if place == 0 else ActOfficer.Role.ASSISTANT,
            certificate_number=certificate.number if certificate else "",
            since=attempt.on,
        )
    attempt.fact("act.registered")


def title_of(party: str, item: EnforcementItem) -> str:
    """What a list shows."""
    return (_t("%(party)s：%(item)s") % {"party": party, "item": item.name})[:200]


def _begin(attempt: LightAttempt, matter_kind: str) -> LightAct:
    data, actor = attempt.data, attempt.actor
    item = EnforcementItem.objects.get(pk=data.item)
    party = data.party().party_fields()
    title = title_of(party["name"], item)
    attempt.matter = Matter.objects.create(
        kind=matter_kind, department=actor.department, title=title, opened_at=attempt.now
    )
    act = LightAct(
        matter=attempt.matter,
        kind=item.kind,
        department=actor.department,
        item=item,
        acting_name=acting_name(actor.department),
        title=title,
        party_names=party["name"][:300],
        registered_on=attempt.on,
        request=data.request.strip(),
    )
    act.save()
    attempt.subject = act
    Party.objects.create(act=act, **party)
    attempt.label(item=item.code, kind=item.kind)
    return act


def accept(attempt: Attempt[LightAct, forms.Accept]) -> None:
    """Accepted: the twenty working days begin."""
    attempt.subject.accepted_on = attempt.on
    attempt.fact("licence.accepted")


def ask_completion(attempt: Attempt[LightAct, forms.AskCompletion]) -> None:
    """Told once what is missing."""
    attempt.fact("licence.completion_asked")


def completed(attempt: Attempt[LightAct, forms.Accept]) -> None:
    """The missing material came in: five days again."""
    attempt.fact("licence.received")


def refuse(attempt: Attempt[LightAct, forms.Refuse]) -> None:
    """Not accepted: the matter ends."""
    attempt.subject.carried_out = attempt.data.reason.strip()
    attempt.fact("licence.not_accepted")
    _close(attempt)


def extend(attempt: Attempt[LightAct, forms.Extend]) -> None:
    """Ten more working days, once."""
    attempt.fact("licence.extended")


def urge(attempt: Attempt[LightAct, forms.Urge]) -> None:
    """Urged: ten working days to perform."""
    attempt.subject.urged_on = attempt.on
    attempt.fact("act.urged")


def submit_review(attempt: Attempt[LightAct, forms.SubmitReview]) -> None:
    """To the reviewer."""
    Review.objects.create(act=attempt.subject, proposal=attempt.data.proposal.strip(), submitted_on=attempt.on)
    attempt.fact("act.review_asked")


def opine(attempt: Attempt[LightAct, forms.Opine]) -> None:
    """Back with an opinion."""
    review = attempt.subject.reviews.get(concluded_on=None)
    review.verdict, review.opinion = attempt.data.verdict, attempt.data.opinion.strip()
    review.reviewer, review.concluded_on = attempt.actor, attempt.on
    review.save()
    attempt.fact("act.reviewed")
    attempt.label(verdict=review.verdict)


def decide_licence(attempt: Attempt[LightAct, outcome.DecideLicence]) -> None:
    """Granted or refused."""
    act, data = attempt.subject, attempt.data
    act.result = LightAct.Result.GRANTED if data.granted else LightAct.Result.REFUSED
    lines = [data.content.strip()]
    if data.granted:
        act.licence_name, act.licence_number = data.licence_name.strip(), data.licence_number.strip()
        act.valid_from, act.valid_to = data.valid_from, data.valid_to
        lines += licence_lines(act)
    _decide(attempt, "\n".join(lines))


def licence_lines(act: LightAct) -> list[str]:
    """The certificate in words, as paper and public read it."""
    lines = [_t("%(name)s（%(number)s）") % {"name": act.licence_name, "number": act.licence_number}]
    days = [chinese_date(day) for day in (act.valid_from, act.valid_to) if day]
    return lines + ([_t("有效期：%(days)s") % {"days": "至".join(days)}] if days else [])


def decide(attempt: Attempt[LightAct, outcome.Decide]) -> None:
    """Decided: with its amount or its last day where it has one."""
    act, data = attempt.subject, attempt.data
    act.result, act.amount, act.valid_to = LightAct.Result.DECIDED, data.amount, data.until
    lines = [data.content.strip()]
    if data.amount is not None:
        lines.append(_t("金额：%(amount)s") % {"amount": yuan(data.amount)})
    if data.until:
        lines.append(_t("期限至：%(day)s") % {"day": chinese_date(data.until)})
    _decide(attempt, "\n".join(lines))


def _decide(attempt: LightAttempt, content: str) -> None:
    act, data = attempt.subject, attempt.data
    act.decided_on = attempt.on
    decision = Decision.objects.create(
        act=act,
        decided_on=attempt.on,
        facts=data.facts.strip(),
        basis=data.basis.strip(),
        content=content,
        remedies=remedies_text(attempt.matter.department),
    )
    state_decided(attempt, decision)
    attempt.paper(f"lightacts.{act.kind}", about=decision.about, then=lambda paper: _number(attempt, decision, paper))


def state_decided(attempt: LightAttempt, decision: Decision) -> None:
    """The fact that starts disclosure, and for a granted licence its delivery."""
    act = attempt.subject
    value = {"general": asked_of(act.kind).general, "granted": act.result == LightAct.Result.GRANTED}
    attempt.fact("act.decided", at=act.decided_on, about=decision.about, value=value)
    attempt.label(result=act.result)


def _number(attempt: LightAttempt, decision: Decision, paper: Any) -> None:
    decision.number, decision.document_id = paper.number, paper.pk
    decision.save()
    attempt.subject.number = attempt.matter.number = paper.number
    attempt.subject.save()
    attempt.matter.save(update_fields=["number"])


def _last(act: LightAct) -> Decision:
    return act.decisions.order_by("-pk")[0]


def serve(attempt: Attempt[LightAct, outcome.Serve]) -> None:
    """Served, and a licence delivered; the rights of the party run."""
    act, data = attempt.subject, attempt.data
    decision, party = _last(act), first_party(act)
    if party is None:
        raise RuntimeError("a light act has a party")
    service = Service.objects.create(
        act=act,
        decision=decision,
        party=party,
        method=data.method,
        begun_on=attempt.on,
        effective_on=attempt.on,
        receiver=data.receiver.strip(),
        note=data.note.strip(),
        consent=data.consent,
        proof=Attachment.objects.filter(pk=data.file, matter=attempt.matter).first() if data.file else None,
    )
    attempt.fact("decision.service_begun", at=attempt.on, about=service.about)
    attempt.fact("decision.served", at=attempt.on, about=service.about, value={"fined": False})
    attempt.fact("act.served", at=attempt.on, about=decision.about)
    attempt.label(method=data.method)


def execute(attempt: Attempt[LightAct, outcome.Execute]) -> None:
    """Carried out."""
    act, data = attempt.subject, attempt.data
    act.executed_on = attempt.on
    urgent = _t("夜间、节假日实施的紧急情况：%(why)s") % {"why": data.urgent.strip()} if data.urgent.strip() else ""
    act.carried_out = "\n".join(text for text in (data.carried_out.strip(), urgent) if text)
    attempt.fact("act.executed")


def archive(attempt: Attempt[LightAct, outcome.Archive]) -> None:
    """The matter ends."""
    attempt.fact("act.archived")
    _close(attempt)


def annul(attempt: Attempt[LightAct, outcome.Annul]) -> None:
    """The decision lost its force; what was published is taken down."""
    decision, data = _last(attempt.subject), attempt.data
    decision.outcome, decision.outcome_on = data.outcome, attempt.on
    decision.outcome_ground = data.ground.strip()
    decision.save()
    attempt.fact("act.annulled", about=decision.about, value={"outcome": data.outcome})
    attempt.label(outcome=data.outcome)


def _close(attempt: Attempt[LightAct, Any] | Attempt[LightAct, Nothing]) -> None:
    attempt.matter.closed_at = attempt.now
    attempt.matter.save(update_fields=["closed_at"])
