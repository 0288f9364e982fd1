"""Things held, seized and lengthened, time taken out, a film kept: on four of the market bureau's open cases."""

from __future__ import annotations

import datetime as dt
from typing import Any

import time_machine
from django.utils import timezone

from enforcement.catalogue import actions as catalogue
from enforcement.catalogue.forms import AddItem
from enforcement.measures import actions, timing_actions
from enforcement.measures.data import custody, keeping, records, timing
from enforcement.measures.models import Measure, TimeBasis
from enforcement.models import Case, EnforcementItem
from personnel.qualification import certificate_problem
from portal.accounts.models import User
from portal.documents import press
from portal.documents.models import Document
from portal.workflow import proposals
from portal.workflow.door import perform

BODY = "SCJGJ"
LAW = "市场监督管理行政处罚程序规定"
FIRST = (
    "适用普通程序办理的案件应当自立案之日起九十日内作出处理决定。因案情复杂或者其他原因，不能在规定期限内作出处理决定的，"
    "经市场监督管理部门负责人批准，可以延长三十日。"
)
FURTHER = (
    "案情特别复杂或者有其他特殊情况，经延期仍不能作出处理决定的，应当由市场监督管理部门负责人集体讨论决定是否继续延期，"
    "决定继续延期的，应当同时确定延长的合理期限。"
)
OUT = (
    "案件处理过程中，中止、听证、公告和检测、检验、检疫、鉴定、权利人辨认或者鉴别、责令退还多收价款等时间"
    "不计入前款所指的案件办理期限。"
)
THINGS = "预包装食品（示例），500克/袋，24，袋，标签不符\n电子秤（示例），30千克，1，台\n散装奶粉（示例），，3.5，千克"
ON_SITE: dict[str, Any] = {
    "two_officers": True, "certificate_shown": True, "told": True, "recorded": True, "handed": True, "filmed": True,
}  # fmt: skip


def carry_out(today: dt.date) -> None:
    """Registers of the market bureau, then something different on each of the cases filed latest."""
    _registers(today)
    cases = [case for case in _open_cases()[:40] if _can_be_handled(case, today)]
    for case, play in zip(cases, (_held, _seized, _stopped, _corrected), strict=False):
        play(case, today)


def _open_cases() -> Any:
    rows = Case.objects.filter(state=Case.State.FILED, department__code=BODY, origin=Case.Origin.DESK)
    return rows.filter(matter__closed_at=None).select_related("department").order_by("-filed_on", "pk")


def _can_be_handled(case: Case, today: dt.date) -> bool:
    """Whether everybody on the case holds a certificate today; the demo also has cases that wait for want of one."""
    field = case.item.field if case.item else ""
    links = case.act_officers.filter(until=None).select_related("officer")
    return all(certificate_problem(link.officer, on=today, field=field) is None for link in links)


def _head() -> User:
    return User.objects.select_related("department").get(username=f"{BODY.lower()}.head")


def _officer(case: Case) -> User:
    link = case.act_officers.filter(until=None).select_related("officer__user__department").order_by("pk").first()
    if link is None or link.officer.user is None:
        raise LookupError("a filed case of the demo has an officer with an account")
    return link.officer.user


def _approved(subject: Any, action: Any, form: Any, officer: User) -> Any:
    proposal = proposals.request(subject, action, actor=officer, data=form)
    return proposals.approve(proposal, actor=_head()).subject


def _registers(today: dt.date) -> None:
    keeper = User.objects.select_related("department").get(username=f"{BODY.lower()}.officer1")
    start = today - dt.timedelta(days=400)
    for purpose, article, words, more in (
        ("extend", "第六十四条第一款", FIRST, {"step": 1, "days": 30}),
        ("extend", "第六十四条第一款", FURTHER, {"step": 2, "approver": TimeBasis.Approver.COLLECTIVE.value}),
        ("suspend", "第六十四条第二款", OUT, {}),
    ):
        values: dict[str, Any] = {"purpose": purpose, "law": LAW, "article": article, "words": words}
        form = timing.AddBasis(**values | more, effective_from=start)
        _approved(None, timing_actions.ADD_BASIS, form, keeper)
    item = AddItem(
        code="SCJGJ-Q01",
        name="查封、扣押违法生产经营的食品和有关工具、设备（示例）",
        act_kind=EnforcementItem.Kind.MEASURE.value,
        field="市场监管",
        basis="《中华人民共和国食品安全法》第一百一十条第四项",
        handler="执法大队（示例）",
        reviewer="法制科（示例）",
        approver="局长",
        effective_from=start,
        reason="补充行政强制措施事项（示例）",
    )
    _approved(None, catalogue.ADD_ITEM, item, keeper)


def _at(day: dt.date, hour: int) -> Any:
    moment = dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())
    return time_machine.travel(moment, tick=True)


def _party(case: Case) -> int:
    return int(case.parties.order_by("pk")[0].pk)


def _held(case: Case, today: dt.date) -> None:
    """Registered and held since yesterday; one thing has gone back."""
    officer = _officer(case)
    with _at(_workday(case, today, 1), 15):
        form = custody.Hold(
            party=_party(case), things=THINGS, reason="货物可能被转移（虚构）", place="经营场所", keeper="当事人，经营场所",
            present="party", present_name="当事人（示例）", certificate_shown=True, rights_told=True, listed=True,
        )  # fmt: skip
        case = _approved(case, actions.HOLD, form, officer)
    measure = case.measures.get()
    given_back = keeping.Dispose(
        measure=measure.pk, kind="returned", things=(measure.things.all()[1].pk,), receiver="当事人（示例）", note="与案件无关（虚构）。"
    )  # fmt: skip
    _approved(case, actions.DISPOSE, given_back, officer)


def _workday(case: Case, today: dt.date, before: int) -> dt.date:
    """A day not before the filing, and not so long ago that it would be entered late."""
    return max(today - dt.timedelta(days=before), case.filed_on or today)


def _seized(case: Case, today: dt.date) -> None:
    """Seized, filmed, lengthened; the decision is in the party's hands."""
    officer, day = _officer(case), _workday(case, today, 20)
    item = EnforcementItem.objects.in_force(day).get(department=case.department, code="SCJGJ-Q01")
    with _at(day, 14):
        order = custody.OrderSeizure(
            kind="seize", item=item.pk, basis=item.basis, party=_party(case), reason="经营的食品标签不符，须扣押（虚构）",
            place="经营场所", keeper="执法大队仓库（示例）", things=THINGS, related=True, no_necessities=True, not_elsewhere=True,
        )  # fmt: skip
        case = _approved(case, actions.ORDER_SEIZURE, order, officer)
        measure = case.measures.get()
        for document in Document.objects.filter(matter=case.pk, state=Document.State.PENDING):
            press.render(document.pk)
        now = timezone.now()
        carried = custody.CarryOut(
            measure=measure.pk, at=now, present=Measure.Present.PARTY.value, present_name="当事人（示例）", heard="没有提出", **ON_SITE
        )  # fmt: skip
        perform(Case.objects.get(pk=case.pk), actions.CARRY_OUT, actor=officer, data=carried)
        film = records.Record(
            step="measure", medium="video", title="扣押现场录像（示例）", begun_at=now, ended_at=now, place="经营场所",
            recorders=officer.name, about=measure.about, device="执法记录仪 01（示例）", storage="采集站/示例.mp4", sha256="0" * 64,
        )  # fmt: skip
        perform(Case.objects.get(pk=case.pk), actions.RECORD, actor=officer, data=film)
    longer = keeping.ExtendSeizure(measure=measure.pk, days=20, reason="进货来源涉及外省，须协查（虚构）")
    _approved(Case.objects.get(pk=case.pk), actions.EXTEND_SEIZURE, longer, officer)


def _stopped(case: Case, today: dt.date) -> None:
    """Its time stands while a laboratory tests."""
    basis = TimeBasis.objects.get(department=case.department, purpose=TimeBasis.Purpose.SUSPEND)
    day = _workday(case, today, 5)
    with _at(day, 11):
        form = timing.Suspend(
            basis=basis.pk, reason="委托示例检验所检验（虚构）", expected_on=today + dt.timedelta(days=20)
        )
        _approved(case, timing_actions.SUSPEND, form, _officer(case))


def _corrected(case: Case, today: dt.date) -> None:
    """An order to correct that waits to be looked at again."""
    form = timing.OrderCorrection(
        party=_party(case), content="停止违法行为，建立进货查验记录（虚构）。", violated="有关规定（示例）",
        basis=timing_actions.LAW_28, due_on=today + dt.timedelta(days=10),
    )  # fmt: skip
    _approved(case, timing_actions.ORDER_CORRECTION, form, _officer(case))
