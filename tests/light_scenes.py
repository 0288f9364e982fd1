"""Light acts at their stages, through the door; the clock is moved by the scenes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from enforcement.lightacts import actions, data, outcome_data
from enforcement.lightacts.models import LightAct
from enforcement.models import EnforcementItem, Evidence, Party, Service
from portal.workflow import proposals
from portal.workflow.door import perform
from tests.case_scenes import evidence_data, on, render_all, with_remedies
from tests.cast import Cast, fresh
from tests.scenes import FIELD, certified
from tests.summary_scenes import IDENTITY

DAY = dt.date(2025, 8, 4)  # a Monday
DECIDED = dt.date(2025, 8, 8)


def item_of(cast: Cast, kind: str, department: Any = None) -> EnforcementItem:
    """An item of a kind in a department's catalogue (the market bureau's)."""
    return EnforcementItem.objects.get_or_create(
        department=department or cast.market,
        code=f"L-{kind}",
        defaults={
            "name": f"示例{EnforcementItem.Kind(kind).label}事项",
            "kind": kind,
            "field": FIELD,
            "basis": "《示例法》第一条（虚构）",
            "effective_from": dt.date(2020, 1, 1),
        },
    )[0]


def received(cast: Cast, **changes: Any) -> LightAct:
    """An application of a company for a licence."""
    with_remedies(cast)
    form = data.Receive(
        item=item_of(cast, "licence").pk,
        request="食品经营许可（虚构）",
        party_kind=Party.Kind.COMPANY.value,
        party_name="示例餐饮有限公司（虚构）",
        representative="王示例",
        address="示例区示例路 9 号",
    )
    with on(DAY, 9):
        act: LightAct = perform(None, actions.RECEIVE, actor=fresh(cast.officer), data=replace(form, **changes)).subject
    return act


def registered(cast: Cast, kind: str, **changes: Any) -> LightAct:
    """Another act, on a natural person."""
    with_remedies(cast)
    first, second = certified(cast)
    form = data.Register(
        item=item_of(cast, kind).pk,
        request="示例事由（虚构）",
        party_kind=Party.Kind.NATURAL.value,
        party_name="王示例",
        identity=IDENTITY,
        address="示例区示例小区 1 栋",
        officers=(first.pk, second.pk),
        target="示例设备一台（虚构）",
    )
    with on(DAY, 9):
        act: LightAct = perform(
            None, actions.REGISTER, actor=fresh(cast.officer), data=replace(form, **changes)
        ).subject
    return act


def do(cast: Cast, act: LightAct, action: Any, form: Any, actor: Any = None) -> LightAct:
    """One step by Chen, or by somebody else."""
    perform(LightAct.objects.get(pk=act.pk), action, actor=fresh(actor or cast.officer), data=form)
    return LightAct.objects.get(pk=act.pk)


def by_head(cast: Cast, act: LightAct, action: Any, form: Any) -> LightAct:
    """Put forward by Chen, approved by Zhao; papers are printed."""
    found = LightAct.objects.get(pk=act.pk)
    proposal = proposals.request(found, action, actor=fresh(cast.officer), data=form)
    proposals.approve(proposal, actor=fresh(cast.head))
    render_all()
    return LightAct.objects.get(pk=act.pk)


def recorded(cast: Cast, act: LightAct, kind: str = Evidence.Kind.RECORD.value) -> LightAct:
    """With a record."""
    form = evidence_data(kind=kind, name="现场笔录", proves="办理经过（虚构）", obtained_on=DAY)
    with on(DAY, 10):
        return do(cast, act, actions.ADD_RECORD, form)


def accepted(cast: Cast, **changes: Any) -> LightAct:
    """Accepted on the day it came, with its material."""
    act = recorded(cast, received(cast, **changes))
    with on(DAY, 11):
        return do(cast, act, actions.ACCEPT, data.Accept())


def licence_data(**changes: Any) -> outcome_data.DecideLicence:
    """Granted for five years."""
    made = outcome_data.DecideLicence(
        granted=True,
        facts="经审查，申请材料齐全，现场符合要求（虚构）。",
        basis="《示例许可办法》第三条（虚构）",
        content="准予从事餐饮服务（虚构）",
        licence_name="食品经营许可证",
        licence_number="JY26502040000001（虚构）",
        valid_from=DECIDED,
        valid_to=dt.date(2030, 8, 7),
    )
    return replace(made, **changes)


def granted(cast: Cast, **changes: Any) -> LightAct:
    """Granted by Zhao on Chen's proposal."""
    act = accepted(cast)
    with on(DECIDED):
        return by_head(cast, act, actions.DECIDE_LICENCE, licence_data(**changes))


def decide_data(**changes: Any) -> outcome_data.Decide:
    """What is decided about another act."""
    made = outcome_data.Decide(
        facts="当事人的设备没有检验合格（虚构）。", basis="《示例法》第二条（虚构）", content="示例决定内容（虚构）"
    )
    return replace(made, **changes)


def decided(cast: Cast, kind: str, **changes: Any) -> LightAct:
    """An act of a kind that needs neither review nor urging, decided."""
    act = recorded(cast, registered(cast, kind, **changes))
    with on(DECIDED):
        return by_head(cast, act, actions.DECIDE, decide_data())


def served(cast: Cast, act: LightAct) -> LightAct:
    """Signed for on the day of the decision."""
    with on(DECIDED, 15):
        form = outcome_data.Serve(method=Service.Method.DIRECT.value, receiver="王示例")
        return do(cast, act, actions.SERVE, form)
