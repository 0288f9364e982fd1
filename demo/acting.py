"""Carrying out a step of a case through the portal's own door, as the person whose step it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from demo.files import picture, sheet
from demo.settling import District
from demo.stories import Case as Plot
from enforcement.cases import actions as act
from enforcement.cases import data
from enforcement.models import Case
from portal.attachments.storing import store
from portal.workflow import proposals
from portal.workflow.actions import Action
from portal.workflow.data import dump
from portal.workflow.door import perform
from portal.workflow.models import Proposal

KINDS = {
    "warning": "警告",
    "fine": "罚款人民币{fine:,}元",
    "confiscate_gains": "没收违法所得人民币{gains:,}元",
    "confiscate_goods": "没收涉案物品（见清单）",
    "suspend_business": "责令停产停业整顿，经验收合格后恢复",
    "other": "{words}",
}
EVIDENCE = (
    ("record", "现场检查笔录", "现场情况和违法事实"),
    ("audiovisual", "现场照片", "违法行为发生时的现场状态"),
    ("statement", "询问笔录", "当事人对违法事实的陈述"),
)


@dataclass
class Scene:
    """Where a step is played: the story, the case as the database has it, and the district."""

    plot: Plot
    district: District
    case: Any = None

    @property
    def officer(self) -> Any:
        """The officer in charge."""
        return self.district.people[self.plot.officers[0]]

    @property
    def head(self) -> Any:
        """Who decides."""
        return self.district.people[self.plot.head]

    @property
    def today(self) -> dt.date:
        """The day of the step."""
        return timezone.localdate()

    def do(self, action: Action[Any, Any], values: Any, *, actor: Any = None) -> Any:
        """The officer does something."""
        return perform(self.case, action, actor=actor or self.officer, data=values).subject

    def ask(self, action: Action[Any, Any], values: Any) -> None:
        """The officer puts something forward."""
        proposals.request(self.case, action, actor=self.officer, data=values)

    def kept(self, upload: Any) -> int:
        """A file of the case; its key."""
        return store(self.case.matter, upload, self.officer).pk


Played = Callable[[Scene, dict[str, Any]], Any]


def register(scene: Scene, _values: dict[str, Any]) -> Any:
    """The lead comes in, with its first party."""
    plot, today = scene.plot, scene.today
    figure = plot.parties[0]
    occurred = today - dt.timedelta(days=plot.occurred_before)
    place = figure.address if figure.kind != "natural" else f"白碱滩区示例路{plot.key % 90 + 1}号附近"
    return scene.do(
        act.REGISTER,
        data.Register(
            source=plot.source,
            item=scene.district.items[plot.item.code].pk,
            party_kind=figure.kind,
            party_name=figure.name,
            facts=(
                f"{occurred.year}年{occurred.month}月{occurred.day}日，{plot.body.short_name}执法人员在{figure.name}位于"
                f"{place}的{plot.item.site}检查发现：{plot.scene}。"
            ),
            credit_code=figure.credit_code,
            identity=figure.identity,
            representative=figure.representative,
            address=figure.address,
            phone=figure.phone,
            place=place,
            occurred_on=occurred,
        ),
    )


def add_party(scene: Scene, values: dict[str, Any]) -> Any:
    """One more party."""
    figure = scene.plot.parties[values["party"]]
    return scene.do(
        act.ADD_PARTY,
        data.AddParty(
            figure.kind,
            figure.name,
            figure.credit_code,
            figure.identity,
            figure.representative,
            figure.address,
            figure.phone,
        ),
    )


def filing(scene: Scene) -> data.File:
    """What the officer writes to have the case filed."""
    return data.File(
        officers=tuple(scene.district.officers[username] for username in scene.plot.officers),
        opinion=f"有证据初步证明存在{scene.plot.item.did}的行为，属于本机关管辖，未超过追责期限，建议立案。",
        recusal_declared=True,
        duplicate_answer="经核对，与该案不是同一违法行为。" if scene.plot.key % 7 == 0 else "",
    )


def request_filing(scene: Scene, _values: dict[str, Any]) -> None:
    """Filing is put forward."""
    scene.ask(act.FILE, filing(scene))


def draft_filing(scene: Scene, _values: dict[str, Any]) -> None:
    """The form is begun and left."""
    begun = dump(filing(scene)) | {"recusal_declared": False}
    proposals.save_draft(scene.case, act.FILE, actor=scene.officer, values=begun)


def waiting(scene: Scene, subject: Any = None) -> Proposal:
    """The request that waits for the head."""
    subject = subject or scene.case
    return Proposal.objects.get(matter_id=scene.case.pk, subject_id=subject.pk, state=Proposal.State.REQUESTED)


def approve(scene: Scene, _values: dict[str, Any]) -> Any:
    """The head agrees to whatever waits."""
    proposal = Proposal.objects.get(matter_id=scene.case.pk, state=Proposal.State.REQUESTED)
    return proposals.approve(proposal, actor=scene.head).subject


def send_back(scene: Scene, _values: dict[str, Any]) -> None:
    """The head wants it better."""
    reason = "请补充违法行为发生地点的证据，并写明裁量阶次后再报。"
    proposals.send_back(waiting(scene), actor=scene.head, reason=reason)


def decline(scene: Scene, _values: dict[str, Any]) -> Any:
    """Nothing to be filed."""
    reason = "经核查，现有证据不能证明违法事实，当事人已当场改正。"
    return scene.do(act.DECLINE, data.Decline(reason=reason), actor=scene.head)


def add_evidence(scene: Scene, values: dict[str, Any]) -> Any:
    """A record, a picture, a statement; every other one with its file."""
    number = values["number"]
    kind, name, proves = EVIDENCE[number % len(EVIDENCE)]
    file = None
    if kind == "audiovisual":
        file = scene.kept(picture(f"现场照片{scene.plot.key}.png", scene.plot.key))
    elif kind == "record" and scene.plot.key % 3 == 0:
        file = scene.kept(
            sheet("现场检查笔录.pdf", "现场检查笔录（示例）", "执法人员出示证件后进行检查，当事人在场。全文为虚构。")
        )
    names = [scene.district.people[username].name for username in scene.plot.officers]
    return scene.do(
        act.ADD_EVIDENCE,
        data.AddEvidence(
            kind=kind,
            name=name,
            proves=proves,
            obtained_on=scene.today,
            collectors="、".join(names),
            place=scene.plot.item.site,
            certificate_shown=True,
            file=file,
        ),
    )


def content(plot: Plot, fine: int | None) -> str:
    """What is imposed, a line each."""
    lines = (
        KINDS[kind].format(fine=fine or 0, gains=gains(plot) or 0, words=plot.outcome.words)
        for kind in plot.outcome.kinds
    )
    return "\n".join(lines)


def gains(plot: Plot) -> int | None:
    """The unlawful gains, in yuan, where they are confiscated."""
    return 300 + plot.key % 40 * 55 if "confiscate_gains" in plot.outcome.kinds else None


def money(amount: int | None) -> Decimal | None:
    """Yuan as the forms take them."""
    return Decimal(amount) if amount else None


def reasons(plot: Plot) -> str:
    """Why so much and no less."""
    if plot.outcome.reason:
        return plot.outcome.reason
    if plot.outcome.reduced:
        return "当事人主动消除违法行为危害后果，依照《中华人民共和国行政处罚法》第三十二条第（一）项的规定，减轻处罚。"
    if plot.fine:
        return "违法行为持续时间较短，当事人配合调查并已改正，按一般情节处罚。"
    return "初次违法，危害后果轻微，当事人配合调查并及时改正。"


def conclude(scene: Scene, _values: dict[str, Any]) -> Any:
    """What was found, and what is proposed."""
    plot = scene.plot
    return scene.do(
        act.CONCLUDE,
        data.Conclude(
            found_facts=f"{scene.case.facts}以上事实，有现场检查笔录、现场照片、询问笔录等证据证明。",
            violated=plot.item.violated,
            basis=plot.item.basis,
            kinds=plot.outcome.kinds,
            content=content(plot, plot.fine),
            discretion=reasons(plot),
            fine=money(plot.fine),
            correction="检查时当场责令改正，记入现场检查笔录",
        ),
    )


def request_notice(scene: Scene, _values: dict[str, Any]) -> None:
    """The notice is put forward."""
    plot, case = scene.plot, scene.case
    told = (
        "" if plot.hearing or not (plot.fine or gains(plot)) else "拟处金额未达到本机关掌握的较大数额标准（示例标准）"
    )
    scene.ask(
        act.NOTIFY,
        data.Notify(
            facts=case.found_facts,
            reasons=case.discretion,
            violated=case.proposed_violated,
            basis=case.proposed_basis,
            kinds=plot.outcome.kinds,
            content=case.proposed_content,
            fine=case.proposed_fine,
            confiscation=money(gains(plot)),
            hearing_offered=plot.hearing,
            hearing_ground=told,
        ),
    )


def case_of(key: int) -> Any:
    """The case as it is now."""
    return Case.objects.select_related("matter", "department", "item").get(pk=key)


ACTS: dict[str, Played] = {
    "register": register,
    "add_party": add_party,
    "request_filing": request_filing,
    "draft_filing": draft_filing,
    "approve": approve,
    "send_back": send_back,
    "decline": decline,
    "add_evidence": add_evidence,
    "conclude": conclude,
    "request_notice": request_notice,
}
