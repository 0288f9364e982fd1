"""Penalties on the spot and acts that are no penalties, of the last days before today; every one through the door."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import time_machine
from django.utils import timezone

from demo.files import picture
from demo.names import credit_code, identity
from disclosure import actions as showing
from disclosure import data as showing_data
from disclosure import masking_desk
from disclosure.models import Disclosure
from enforcement.catalogue import actions as catalogue
from enforcement.catalogue.forms import AddItem
from enforcement.lightacts import actions as light
from enforcement.lightacts import data as light_data
from enforcement.lightacts import outcome_data
from enforcement.models import EnforcementItem
from enforcement.summary import actions as spot
from enforcement.summary import data as spot_data
from personnel.models import Officer
from portal.accounts.models import User
from portal.attachments.storing import store
from portal.documents import press
from portal.documents.models import Document
from portal.workflow import proposals
from portal.workflow.door import perform

PLACES = ("示例路农贸市场东门", "示例广场北侧人行道", "样例街 12 号门前")
ITEMS = (
    ("SCJGJ", "licence", "XK-01", "食品经营许可（示例）"),
    ("SCJGJ", "confirmation", "QR-01", "股权出质登记（示例）"),
    ("SCJGJ", "measure", "QZ-01", "查封、扣押涉嫌违法的场所和物品（示例）"),
    ("CGJ", "licence", "XK-01", "临时占用城市道路许可（示例）"),
)


@dataclass
class Crew:
    """A department's people, as the demo names them."""

    code: str

    def user(self, part: str) -> User:
        """By sign-in name."""
        return User.objects.select_related("department").get(username=f"{self.code.lower()}.{part}")

    @property
    def officers(self) -> tuple[int, ...]:
        """The keys of two who hold a certificate, the first with an account of an officer."""
        names = [f"{self.code.lower()}.officer{place}" for place in (1, 2)]
        return tuple(
            Officer.objects.filter(user__username__in=names).order_by("user__username").values_list("pk", flat=True)
        )

    def approved(self, subject: Any, action: Any, form: Any) -> Any:
        """Put forward by the first officer, approved by the head."""
        proposal = proposals.request(subject, action, actor=self.user("officer1"), data=form)
        made = proposals.approve(proposal, actor=self.user("head")).subject
        _print(made)
        return made

    def does(self, subject: Any, action: Any, form: Any) -> Any:
        """Done by the first officer; what is printed is printed."""
        made = perform(subject, action, actor=self.user("officer1"), data=form).subject
        _print(made)
        return made


def _print(made: Any) -> None:
    if not hasattr(made, "matter_id"):
        return
    for document in Document.objects.filter(matter_id=made.matter_id, state=Document.State.PENDING):
        press.render(document.pk)


def _at(day: dt.date, hour: int) -> Any:
    moment = dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())
    return time_machine.travel(moment, tick=True)


def carry_out(today: dt.date) -> None:
    """The street of two departments, then licences and other acts."""
    for place, code in enumerate(("CGJ", "SCJGJ")):
        crew = Crew(code)
        _street(crew, today - dt.timedelta(days=8), 3 * place, through=True)
        _street(crew, today - dt.timedelta(days=2), 3 * place + 1, through=False)
        _street(crew, today - dt.timedelta(days=1), 3 * place + 2, through=False, handed=False)
    _items(today)
    _licences(today)
    _measure(today)


def _street(crew: Crew, day: dt.date, number: int, *, through: bool, handed: bool = True) -> None:
    """A small fine; one is collected and banked, one waits to be filed, one to be handed over."""
    item = EnforcementItem.objects.filter(department__code=crew.code, kind="penalty").order_by("code")[0]
    with _at(day, 10):
        case = crew.does(
            None,
            spot.DECIDE,
            spot_data.Decide(
                officers=crew.officers,
                item=item.pk,
                happened_at=timezone.now() - dt.timedelta(minutes=20),
                place=PLACES[number % len(PLACES)],
                facts=f"执法人员巡查发现，当事人在{PLACES[number % len(PLACES)]}{item.cause}，情节轻微（虚构）。",
                evidence="现场照片；执法记录仪录像",
                party_kind="natural",
                party_name=f"{'赵钱孙李周吴'[number]}示街（虚构）",
                address="克拉玛依市白碱滩区示例小区",
                identity=identity(dt.date(1980, 1, 1) + dt.timedelta(days=97 * number), 900 + number),
                kinds=("fine",),
                fine=Decimal(50 if through else 150),
                violated=item.basis.splitlines()[0],
                basis=item.basis.splitlines()[-1],
                correction="当场改正",
                discretion="初次违法，当场改正，从轻处罚（示例）。",
                statement_made=bool(number % 2),
                statement="经营困难，请求从轻" if number % 2 else "",
                answer="已按从轻处理，不影响违法事实的认定" if number % 2 else "",
                paid_by="small" if through else "bank",
                certificates_shown=True,
                told=True,
                facts_clear=True,
                punishable=True,
                recusal_declared=True,
            ),
        )
        if not handed:
            return
        photo = store(case.matter, picture(f"签收的决定书{number}.png", number), crew.user("officer1")).pk
        case = crew.does(
            case, spot.HAND_OVER, spot_data.HandOver(signed="signed", receiver=case.party_names, file=photo)
        )
        if not through:
            return
        case = crew.does(case, spot.COLLECT, spot_data.Collect(receipt=f"示例财票 {number:06d}"))
        case = crew.does(case, spot.FILE, spot_data.FileWithAgency())
        case = crew.does(case, spot.HAND_IN, spot_data.HandIn(received_by="财务示例"))
        crew.does(case, spot.BANK, spot_data.Bank(bank_receipt=f"示例回单 {number:06d}"))


def _items(today: dt.date) -> None:
    for code, kind, number, name in ITEMS:
        crew = Crew(code)
        field = EnforcementItem.objects.filter(department__code=code)[0].field
        crew.approved(
            None,
            catalogue.ADD_ITEM,
            AddItem(
                code=number,
                name=name,
                act_kind=kind,
                field=field,
                basis="《示例规定（虚构）》第一条",
                handler="业务科室（示例）",
                reviewer="法制机构（示例）",
                approver="部门负责人",
                effective_from=dt.date(today.year - 5, 1, 1),
                reason="编制执法事项目录（示例）",
            ),
        )


def _party(number: int) -> dict[str, Any]:
    return {
        "party_kind": "company",
        "party_name": f"白碱滩区示例{'甲乙丙丁'[number]}餐饮有限公司（虚构）",
        "credit_code": credit_code("91", 9000 + number),
        "representative": "范示许",
        "address": f"克拉玛依市白碱滩区示例路 {number + 60} 号",
    }


def _item(code: str, kind: str) -> int:
    """The item of that kind this file has put into the department's catalogue."""
    own = next(number for department, its_kind, number, _name in ITEMS if (department, its_kind) == (code, kind))
    return int(EnforcementItem.objects.get(department__code=code, code=own).pk)


def _record(crew: Crew, act: Any, kind: str, name: str) -> Any:
    form = light.ADD_RECORD.data(
        kind=kind, name=name, proves="办理经过（虚构）", obtained_on=timezone.localdate(), collectors="示例人员"
    )
    return crew.does(act, light.ADD_RECORD, form)


def _licences(today: dt.date) -> None:
    """One granted, delivered and public; one granted and waiting to be masked; one accepted."""
    for number, (code, days) in enumerate((("SCJGJ", 9), ("CGJ", 6), ("SCJGJ", 3))):
        crew = Crew(code)
        with _at(today - dt.timedelta(days=days), 9):
            form = light_data.Receive(item=_item(code, "licence"), request="申请办理许可证件（示例）", **_party(number))
            act = _record(crew, crew.does(None, light.RECEIVE, form), "documentary", "申请材料")
            act = crew.does(act, light.ACCEPT, light_data.Accept())
        if number == 2:
            continue
        with _at(today - dt.timedelta(days=days - 2), 15):
            day = timezone.localdate()
            decided = outcome_data.DecideLicence(
                granted=True,
                facts="申请材料齐全，符合法定形式和条件（虚构）。",
                basis="《示例许可办法（虚构）》第三条",
                content="准予许可（示例）",
                licence_name="示例许可证",
                licence_number=f"示许 65020400{number:04d}",
                valid_from=day,
                valid_to=dt.date(day.year + 5, 1, 1),
            )
            act = crew.approved(act, light.DECIDE_LICENCE, decided)
            act = crew.does(act, light.SERVE, outcome_data.Serve(method="direct", receiver="范示许"))
            if number == 0:
                _show(crew, Disclosure.objects.get(act_id=act.pk))


def _show(crew: Crew, disclosure: Disclosure) -> None:
    """Masked by one, approved by the head, published by another."""
    masker = crew.user("officer1")
    desk = masking_desk.desk(disclosure, masker)
    while desk.open:
        masking_desk.judge(disclosure, masker, key=desk.open[0].key, hidden=True, reason="", version=desk.version)
        desk = masking_desk.desk(disclosure, masker)
    mask = masking_desk.handed_in(disclosure, masker)
    disclosure = perform(disclosure, showing.MASK, actor=masker, data=mask).subject
    approve = showing_data.Approve(display_months="36")
    disclosure = perform(disclosure, showing.APPROVE, actor=crew.user("head"), data=approve).subject
    perform(disclosure, showing.PUBLISH, actor=crew.user("officer2"), data=showing_data.Publish())


def _measure(today: dt.date) -> None:
    """A sealing that was filmed and carried out; a confirmation for a citizen, whose data stay private."""
    crew = Crew("SCJGJ")
    with _at(today - dt.timedelta(days=4), 10):
        form = light_data.Register(
            item=_item("SCJGJ", "measure"),
            request="检查发现涉嫌不符合安全标准的物品（虚构）",
            officers=crew.officers,
            target="冷藏柜一台（示例）",
            **_party(3),
        )
        act = _record(crew, crew.does(None, light.REGISTER, form), "record", "现场笔录")
        decided = outcome_data.Decide(
            facts="现场发现涉嫌违法的物品，须防止证据损毁（虚构）。",
            basis="《示例规定（虚构）》第二条",
            content="查封冷藏柜一台（示例），清单一式两份交当事人",
            until=timezone.localdate() + dt.timedelta(days=30),
        )
        act = crew.approved(act, light.DECIDE, decided)
        act = crew.does(act, light.SERVE, outcome_data.Serve(method="direct", receiver="范示许"))
        act = _record(crew, act, "audiovisual", "查封现场全程录像")
        crew.does(act, light.EXECUTE, outcome_data.Execute(carried_out="两名执法人员就地查封，当事人在场（虚构）。"))
    with _at(today - dt.timedelta(days=5), 11):
        form = light_data.Register(
            item=_item("SCJGJ", "confirmation"),
            request="申请登记（示例）",
            party_kind="natural",
            party_name="郑示确",
            identity=identity(dt.date(1985, 5, 5), 950),
            address="克拉玛依市白碱滩区示例小区 2 栋",
        )
        act = _record(crew, crew.does(None, light.REGISTER, form), "documentary", "申请材料")
        decided = outcome_data.Decide(
            facts="材料属实（虚构）。", basis="《示例规定（虚构）》第三条", content="予以登记（示例）"
        )
        crew.approved(act, light.DECIDE, decided)
