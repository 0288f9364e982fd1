"""What today's cases are weighed by before a decision: lenience, the impact on an enterprise, what the leaders say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from enforcement.cases import lenience
from enforcement.cases.data.lenience import Mitigate
from enforcement.impact import actions as impact
from enforcement.impact.data import Assess
from enforcement.models import Case, Party
from enforcement.review import actions, data
from enforcement.review.reviewers import leaders
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.workflow.availability import availability
from portal.workflow.door import perform

CIRCUMSTANCES = (
    ("remedied", "lighter", "立案后主动召回并整改，有整改报告（虚构）", "主动减轻了危害后果（虚构）"),
    ("confessed", "lighter", "主动说明此前两次同类行为，有询问笔录（虚构）", "机关此前没有掌握（虚构）"),
)


def weigh(case: Case, officer: User, place: int) -> None:
    """Every second case has a circumstance that makes the penalty lighter; enterprises have their assessment."""
    party = Party.objects.filter(act=case.pk).order_by("pk").first()
    if party is not None and place % 2 == 0:
        ground, effect, facts, reasons = CIRCUMSTANCES[place // 2 % len(CIRCUMSTANCES)]
        form = Mitigate(party=party.pk, ground=ground, effect=effect, facts=facts, reasons=reasons)
        perform(case, lenience.MITIGATE, actor=officer, data=form)
    if availability(case, impact.ASSESS, officer).possible:
        perform(case, impact.ASSESS, actor=officer, data=_assessment(softened=place % 2 == 1))


def _assessment(*, softened: bool) -> Assess:
    return Assess(
        situation="小微企业，从业约 10 人，据企业年报（虚构）",
        production="none",
        money="some" if softened else "none",
        people="none",
        chain="none",
        credit="some",
        outcome="softened" if softened else "small",
        reasons="拟罚款与经营规模相比不大（虚构）",
        money_note="一次缴纳有资金压力（虚构）" if softened else "",
        credit_note="公示后可能影响投标，可以依法申请信用修复（虚构）",
        measures="可以依法申请分期缴纳；送达时告知信用修复的条件（虚构）" if softened else "",
    )


def deliberate(case: Case) -> None:
    """Those responsible discuss a notified case whose review has passed, where there are enough of them."""
    present = list(leaders(case).order_by("pk")[:3])
    chair = next((user for user in present if user.has_role(Role.HEAD.value)), None)
    if chair is None or len(present) < 2 or case.state != Case.State.NOTIFIED:
        return
    if not availability(case, actions.DELIBERATE, chair).possible:
        return
    start: Any = actions.DELIBERATE.initial
    values = start(case, chair)
    people = [chair, *(user for user in present if user != chair)]
    form = data.Deliberate(
        participants=tuple(user.pk for user in people),
        report="事实、证据、依据和法制审核意见已经汇报（虚构）",
        positions="\n".join(f"{user.name}：同意拟处罚意见，幅度适当（虚构）" for user in people),
        kinds=tuple(values["kinds"]),
        content=values["content"],
        conclusion="一致同意按审核通过的意见处罚（虚构）",
        fine=_money(values.get("fine")),
        confiscation=_money(values.get("confiscation")),
        licence=values.get("licence", ""),
        place="示例会议室",
    )
    perform(case, actions.DELIBERATE, actor=chair, data=form)


def _money(value: Any) -> Decimal | None:
    return Decimal(str(value)) if value else None
