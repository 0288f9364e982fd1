"""How disclosure joins in: a decision begins it, an annulled decision ends what was not published yet."""

from __future__ import annotations

from typing import Any

from disclosure import cards, directory, figures, projection, subjects
from disclosure.actions import DROP
from disclosure.models import Disclosure
from disclosure.public.kinds import DocumentState
from disclosure.texts import originals
from enforcement.models import Decision
from personnel.holders import holder_changed
from portal import outbox
from portal.documents.hooks import on_ready, on_void
from portal.documents.kinds import known_kind
from portal.ledger import history
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.registry import Stated, react


def decision_of(stated: Stated) -> Decision:
    """The decision a fact is about («decision:12»)."""
    return Decision.objects.select_related("act__department").get(pk=_decision_key(stated))


def _decision_key(stated: Stated) -> int:
    tokens = dict(token.split(":", 1) for token in stated.fact.about.split())
    return int(tokens["decision"])


def begin_disclosure(stated: Stated) -> None:
    """One disclosure for the decision, waiting to be masked."""
    decision = decision_of(stated)
    Disclosure.objects.get_or_create(decision=decision, defaults=_beginning(stated, decision))


def begin_disclosures(many: list[Stated]) -> None:
    """The same for decisions that were imported in numbers, in a few statements."""
    keys = [_decision_key(stated) for stated in many]
    decisions = Decision.objects.select_related("act__department").prefetch_related("act__parties").in_bulk(keys)
    begun = set(Disclosure.objects.filter(decision__in=keys).values_list("decision_id", flat=True))
    fresh = [
        Disclosure(decision=decisions[key], **_beginning(stated, decisions[key]))
        for key, stated in zip(keys, many, strict=True)
        if key not in begun
    ]
    history.create_many(fresh, actor=many[0].actor)


def _beginning(stated: Stated, decision: Decision) -> dict[str, Any]:
    return {
        "matter": stated.matter,
        "act": decision.act,
        "department": decision.act.department,
        "source": originals(decision),
    }


def drop_unpublished(stated: Stated) -> None:
    """A decision without force is not published any more."""
    waiting = Disclosure.objects.filter(decision=decision_of(stated), state__in=DROP.source, published_at=None)
    disclosure: Any = waiting.first()
    if disclosure is not None:
        perform(disclosure, DROP, actor=None, data=Nothing())


def verify_document(document: Any) -> None:
    """A sealed document that is ready can be checked by anyone; an internal one cannot."""
    kind = known_kind(document.kind)
    if kind is not None and kind.sealed:
        projection.project_document(document)


def void_document(document: Any) -> None:
    """A void document is shown as void."""
    kind = known_kind(document.kind)
    if kind is not None and kind.sealed:
        projection.project_document(document, state=DocumentState.VOID)


def register() -> None:
    """Put the reactions on the register."""
    react("case.decided", begin_disclosure, many=begin_disclosures)
    react("act.decided", begin_disclosure, many=begin_disclosures)
    react("decision.annulled", drop_unpublished)
    react("act.annulled", drop_unpublished)
    for fact in ("disclosure.published", "channel.shown", "disclosure.exempted", "disclosure.exemption_ended"):
        react(fact, figures.ask)
    outbox.handles(figures.TOPIC)(figures.count_from_outbox)
    for fact in directory.CERTIFICATE_FACTS:
        react(fact, directory.certificate_changed)
    for fact in cards.FACTS:
        react(fact, cards.changed)
    holder_changed(cards.holder_changed)
    react("catalogue.changed", directory.item_changed)
    subjects.register()
    on_ready(verify_document)
    on_void(void_document)
