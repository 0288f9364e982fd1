"""A case and its disclosure at every stage, on days that fit each other; everything through the door.

The clock is moved by the caller (`time_machine`); the scenes say on which day each step happens.
"""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from dataclasses import replace
from decimal import Decimal
from typing import Any

import time_machine
from django.utils import timezone

from disclosure import actions as showing
from disclosure import data as showing_data
from disclosure import masking_desk
from disclosure.models import Disclosure
from disclosure.texts import originals
from enforcement.cases import actions, data
from enforcement.models import Case, Decision, Evidence, Party, PenaltyKind, Service, Statement
from portal.accounts.models import Department
from portal.documents import press
from portal.documents.models import Document
from portal.workflow import proposals
from portal.workflow.door import perform
from tests.cast import Cast, fresh
from tests.scenes import file_data, foreign_lead, register_data

FILED = dt.date(2025, 8, 4)
CONCLUDED = dt.date(2025, 8, 6)
NOTIFIED = dt.date(2025, 8, 7)
SERVED = dt.date(2025, 8, 8)
PERIOD_ENDS = dt.date(2025, 8, 15)
DECIDED = dt.date(2025, 8, 18)
DISCLOSURE_DUE = dt.date(2025, 8, 27)
FACTS = "经营者王小虚在经营场所销售超过保质期的酸奶 6 盒，联系电话 13900000000，身份证号 650204199001010015（虚构）。"


def on(day: dt.date, hour: int = 10) -> AbstractContextManager[Any]:
    """Inside the block it is this day, at this hour in Asia/Shanghai."""
    moment = dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())
    return time_machine.travel(moment, tick=True)


def with_remedies(cast: Cast) -> None:
    """The market bureau's reconsideration body and court, which a decision must name."""
    Department.objects.filter(pk=cast.market.pk).update(reconsideration_body="示例区人民政府", court="示例区人民法院")


def render_all() -> None:
    """Make every PDF that waits, as the worker would."""
    for document in Document.objects.filter(state=Document.State.PENDING):
        press.render(document.pk)


def registered(cast: Cast, **changes: Any) -> Case:
    """A lead that came in on the day of filing."""
    with_remedies(cast)
    with on(FILED, 9):
        values = {"occurred_on": FILED, "representative": "王小虚", "facts": FACTS} | changes
        outcome = perform(None, actions.REGISTER, actor=fresh(cast.officer), data=register_data(cast, **values))
    case: Case = outcome.subject
    return case


def filed(cast: Cast, **changes: Any) -> Case:
    """Filed by Zhao on Chen's proposal."""
    case = registered(cast, **changes)
    with on(FILED):
        proposal = proposals.request(case, actions.FILE, actor=fresh(cast.officer), data=file_data(cast))
        outcome = proposals.approve(proposal, actor=fresh(cast.head))
    found: Case = outcome.subject
    return found


def evidence_data(**changes: Any) -> data.AddEvidence:
    """One on-site record."""
    made = data.AddEvidence(
        kind=Evidence.Kind.RECORD,
        name="现场检查笔录",
        proves="货架上有超过保质期的酸奶（虚构）",
        obtained_on=FILED,
        collectors="陈示例、李示例",
        certificate_shown=True,
    )
    return replace(made, **changes)


def conclude_data(**changes: Any) -> data.Conclude:
    """What was found and is proposed: a warning and 5,000 yuan."""
    made = data.Conclude(
        found_facts=FACTS,
        violated="《中华人民共和国食品安全法》第三十四条第十项",
        basis="《中华人民共和国食品安全法》第一百二十四条第一款第五项",
        kinds=(PenaltyKind.WARNING.value, PenaltyKind.FINE.value),
        content="警告\n罚款5,000元",
        discretion="初次违法，情节一般（虚构）",
        fine=Decimal(5000),
        correction="示市监责改〔2025〕1号",
    )
    return replace(made, **changes)


def investigated(cast: Cast, **changes: Any) -> Case:
    """With one piece of evidence, concluded by Chen."""
    case = filed(cast, **changes)
    with on(CONCLUDED):
        perform(case, actions.ADD_EVIDENCE, actor=fresh(cast.officer), data=evidence_data())
        outcome = perform(case, actions.CONCLUDE, actor=fresh(cast.officer), data=conclude_data())
    found: Case = outcome.subject
    return found


def notify_data(case: Case, **changes: Any) -> data.Notify:
    """The notice as prefilled from the conclusion."""
    made = data.Notify(
        facts=case.found_facts,
        reasons=case.discretion,
        violated=case.proposed_violated,
        basis=case.proposed_basis,
        kinds=tuple(case.proposed_kinds),
        content=case.proposed_content,
        fine=case.proposed_fine,
        hearing_ground="罚款五千元不属于较大数额（虚构）",
    )
    return replace(made, **changes)


def notified(cast: Cast, *, party: dict[str, Any] | None = None, **changes: Any) -> Case:
    """Notified by Zhao on Chen's proposal; the letter is rendered."""
    case = investigated(cast, **(party or {}))
    with on(NOTIFIED):
        proposal = proposals.request(case, actions.NOTIFY, actor=fresh(cast.officer), data=notify_data(case, **changes))
        outcome = proposals.approve(proposal, actor=fresh(cast.head))
        render_all()
    found: Case = outcome.subject
    return found


def serve_data(case: Case, day: dt.date, **changes: Any) -> data.Serve:
    """Direct service on the first party, effective at once."""
    party = case.parties.order_by("pk").first()
    assert party is not None
    made = data.Serve(
        party=party.pk,
        method=Service.Method.DIRECT,
        begun_on=day,
        effective_on=day,
        receiver="王小虚",
        place="经营场所",
    )
    return replace(made, **changes)


def notice_served(cast: Cast, **changes: Any) -> Case:
    """The notice is in the party's hands; the period for statements runs."""
    case = notified(cast, **changes)
    with on(SERVED):
        outcome = perform(case, actions.SERVE_NOTICE, actor=fresh(cast.officer), data=serve_data(case, SERVED))
    found: Case = outcome.subject
    return found


def waiver(case: Case, kind: str = Statement.Kind.WAIVER.value, **changes: Any) -> data.State:
    """What a party says to the notice."""
    party = Party.objects.filter(act_id=case.pk).order_by("pk").first()
    assert party is not None
    return replace(data.State(party=party.pk, kind=kind), **changes)


def decide_data(case: Case, **changes: Any) -> data.Decide:
    """The decision as notified."""
    made = data.Decide(
        evidence="1．现场检查笔录，证明货架上有超过保质期的酸奶（虚构）",
        kinds=tuple(case.proposed_kinds),
        content=case.proposed_content,
        performance="自收到本决定书之日起十五日内到指定的银行缴纳罚款。",
        fine=case.proposed_fine,
        answered=True,
    )
    return replace(made, **changes)


def decided(cast: Cast, **changes: Any) -> Case:
    """Decided by Zhao on Chen's proposal, after the period; the letter is rendered."""
    case = notice_served(cast, **changes)
    with on(DECIDED):
        proposal = proposals.request(case, actions.DECIDE, actor=fresh(cast.officer), data=decide_data(case))
        outcome = proposals.approve(proposal, actor=fresh(cast.head))
        render_all()
    found: Case = outcome.subject
    return found


def served(cast: Cast, **changes: Any) -> Case:
    """The decision is served on the day it was made."""
    case = decided(cast, **changes)
    with on(DECIDED, 15):
        outcome = perform(case, actions.SERVE_DECISION, actor=fresh(cast.officer), data=serve_data(case, DECIDED))
    found: Case = outcome.subject
    return found


def disclosure_of(case: Case) -> Disclosure:
    """The disclosure that the decision began."""
    return Disclosure.objects.get(act_id=case.pk)


def judge_all(disclosure: Disclosure, actor: Any) -> showing_data.Mask:
    """Hide every stretch the detector proposes, one after the other, as a person does."""
    desk = masking_desk.desk(disclosure, actor)
    while desk.open:
        masking_desk.judge(disclosure, actor, key=desk.open[0].key, hidden=True, reason="", version=desk.version)
        desk = masking_desk.desk(disclosure, actor)
    return masking_desk.handed_in(disclosure, actor)


def masked(cast: Cast, case: Case) -> Disclosure:
    """Masked by Chen."""
    disclosure = disclosure_of(case)
    mask = judge_all(disclosure, fresh(cast.officer))
    found: Disclosure = perform(disclosure, showing.MASK, actor=fresh(cast.officer), data=mask).subject
    return found


def approved(cast: Cast, case: Case) -> Disclosure:
    """Approved by Zhao."""
    found: Disclosure = perform(
        masked(cast, case), showing.APPROVE, actor=fresh(cast.head), data=showing_data.Approve()
    ).subject
    return found


def published(cast: Cast, case: Case) -> Disclosure:
    """Published by Li."""
    found: Disclosure = perform(
        approved(cast, case), showing.PUBLISH, actor=fresh(cast.second_officer), data=showing_data.Publish()
    ).subject
    return found


def foreign_disclosure(cast: Cast) -> Disclosure:
    """A disclosure of the city management's, as rows: nothing that the market bureau may see."""
    case = foreign_lead(cast)
    decision = Decision.objects.create(act=case, decided_on=timezone.localdate(), facts="示例事实（虚构）")
    return Disclosure.objects.create(
        matter=case.matter, act=case, decision=decision, department=cast.city, source=originals(decision)
    )
