"""Carrying out the second half of a case: papers served, what the party says, the decision, payment, the end."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from demo.acting import Played, Scene, content, gains, money
from demo.after_decisions import settle_late_payment
from demo.files import sheet
from enforcement.cases import actions as act
from enforcement.cases import data
from enforcement.cases.remedies import performance_text
from enforcement.execution import actions as after
from enforcement.execution import data as after_data
from enforcement.models import Service
from portal.deadlines.calculation import calculate
from portal.documents import press


def service(scene: Scene, values: dict[str, Any]) -> data.Serve:
    """How a paper reaches a party; by mail and by public notice it takes effect later."""
    party = list(scene.case.parties.order_by("pk"))[values["party"]]
    method, today = values["method"], scene.today
    notes = {
        "left": "当事人拒绝签收，邀请示例社区工作人员到场见证，拍照后留置。",
        "public": "当事人下落不明，直接、邮寄送达均未成，在区人民政府门户网站公告。",
        "mail": "以法院专递方式交邮。",
    }
    return data.Serve(
        party=party.pk,
        method=method,
        begun_on=today,
        effective_on=None if method in {"mail", "public"} else today,
        receiver="" if method in {"mail", "public"} else (party.representative or party.name),
        place=party.address,
        note=notes.get(method, ""),
        consent=method == "electronic",
    )


def printed(paper: Any) -> None:
    """Make the PDF that is to be served, unless somebody has."""
    press.render(paper.document_id)


def serve_notice(scene: Scene, values: dict[str, Any]) -> Any:
    """The notice goes out."""
    printed(scene.case.notices.filter(replaced_by=None).latest("pk"))
    return scene.do(act.SERVE_NOTICE, service(scene, values))


def serve_decision(scene: Scene, values: dict[str, Any]) -> Any:
    """The decision goes out."""
    printed(scene.case.decisions.latest("pk"))
    return scene.do(act.SERVE_DECISION, service(scene, values))


def confirm_service(scene: Scene, values: dict[str, Any]) -> Any:
    """What was begun has taken effect: the receipt is back, or the thirty days are over."""
    party = list(scene.case.parties.order_by("pk"))[values["party"]]
    begun = Service.objects.filter(act_id=scene.case.pk, party=party, effective_on=None).latest("pk")
    effective, late = scene.today, ""
    if values.get("public"):
        effective = calculate("QJ-02", begun.begun_on).due
        late = "公告期满后与其他公告送达一并登记，公告网页存档备查。"
    return scene.do(
        act.CONFIRM_SERVICE,
        data.ConfirmService(
            service=begun.pk, effective_on=effective, receiver=party.representative or party.name, late_reason=late
        ),
    )


def waive(scene: Scene, _values: dict[str, Any]) -> Any:
    """The party gives up its statement, and the hearing where it had one, in writing."""
    case = scene.case
    kinds = ("waiver", "hearing_waiver") if scene.plot.hearing else ("waiver",)
    for kind in kinds:
        title = "放弃陈述申辩权利声明（示例）" if kind == "waiver" else "放弃听证权利声明（示例）"
        file = scene.kept(
            sheet("权利声明.pdf", title, "本人对告知的事实、理由、依据和拟处罚内容没有意见，放弃上述权利。")
        )
        case = scene.do(act.STATEMENT, data.State(party=case.parties.get().pk, kind=kind, file=file))
    return case


def state(scene: Scene, values: dict[str, Any]) -> Any:
    """The party says something, and it is answered."""
    party = scene.case.parties.order_by("pk").first()
    accepted = bool(values.get("accepted"))
    return scene.do(
        act.STATEMENT,
        data.State(
            party=party.pk,
            kind="statement",
            content="认可检查结果，已经完成整改；经营困难，请求从轻处理。",
            answer="整改情况属实，采纳从轻的请求。" if accepted else "整改情况属实，拟处罚时已经考虑，维持原拟处罚。",
        ),
    )


def ask_for_hearing(scene: Scene, _values: dict[str, Any]) -> Any:
    """The party wants a hearing, which stops the decision."""
    party = scene.case.parties.order_by("pk").first()
    return scene.do(
        act.STATEMENT, data.State(party=party.pk, kind="hearing", content="对拟处罚款的数额有异议，要求举行听证。")
    )


def request_decision(scene: Scene, values: dict[str, Any]) -> None:
    """The decision is put forward; lighter than the notice where the party was right."""
    plot, case = scene.plot, scene.case
    lighter = bool(values.get("lighter") and plot.fine and plot.fine >= 500)
    fine = plot.fine * 8 // 10 if lighter and plot.fine else plot.fine
    pieces = "\n".join(f"{place}．{one.name}，证明{one.proves}" for place, one in enumerate(case.evidence.all(), 1))
    scene.ask(
        act.DECIDE,
        data.Decide(
            evidence=pieces,
            kinds=plot.outcome.kinds,
            content=content(plot, fine),
            performance=performance_text(bool(fine)),
            fine=money(fine),
            confiscation=money(gains(plot)),
            lighter_reason="当事人已完成整改并提出合理申辩，予以采纳。" if lighter else "",
            answered=True,
        ),
    )


def pay(scene: Scene, _values: dict[str, Any]) -> Any:
    """Everything is paid at once."""
    decision = scene.case.decisions.latest("pk")
    due = (decision.fine or Decimal(0)) + (decision.confiscation or Decimal(0))
    party = scene.case.parties.order_by("pk").first()
    return scene.do(act.PAY, data.Pay(party=party.pk, amount=due, receipt=f"示例票据{scene.plot.key:06d}"))


def request_closing(scene: Scene, _values: dict[str, Any]) -> None:
    """Nothing is left to do."""
    decision = scene.case.decisions.latest("pk")
    ground = "performed" if decision.fine or decision.confiscation else "nothing_due"
    settle_late_payment(scene.case, scene.today, f"示例票据加{scene.plot.key:06d}")
    scene.ask(act.CLOSE, data.Close(ground=ground, opinion="处罚决定已经执行完毕，材料齐全，建议结案。"))


def request_urging(scene: Scene, _values: dict[str, Any]) -> None:
    """The party has not paid."""
    scene.ask(after.URGE, after_data.Urge(party=scene.case.parties.get().pk))


def serve_urging(scene: Scene, _values: dict[str, Any]) -> Any:
    """The letter is handed over."""
    urging = scene.case.decisions.latest("pk").urgings.get(served_on=None)
    press.render(urging.document_id)
    form = after_data.ServeUrging(
        urging=urging.pk, method=Service.Method.DIRECT, served_on=scene.today, receiver=urging.party.name[:60]
    )
    return scene.do(after.SERVE_URGING, form)


def request_court(scene: Scene, _values: dict[str, Any]) -> None:
    """Nobody has objected and nobody has paid."""
    scene.ask(after.APPLY, after_data.ApplyToCourt(court=scene.case.department.court))


def annul(scene: Scene, values: dict[str, Any]) -> Any:
    """The decision loses its force."""
    whom = {
        "revoked": "克拉玛依市白碱滩区人民政府（示例复议决定）",
        "void": "本机关",
        "unlawful": "本机关",
        "changed": "本机关",
    }
    grounds = {
        "revoked": "主要证据不足，复议机关决定撤销。",
        "changed": "处罚数额与裁量基准不符，重新核定。",
        "unlawful": "送达程序不符合规定，确认违法。",
        "void": "发现当事人主体认定错误，决定自始无效。",
    }
    outcome = values["outcome"]
    return scene.do(
        act.ANNUL, data.Annul(outcome=outcome, by_whom=whom[outcome], ground=grounds[outcome]), actor=scene.head
    )


ACTS: dict[str, Played] = {
    "serve_notice": serve_notice,
    "serve_decision": serve_decision,
    "confirm_service": confirm_service,
    "waive": waive,
    "state": state,
    "ask_for_hearing": ask_for_hearing,
    "request_decision": request_decision,
    "pay": pay,
    "request_closing": request_closing,
    "request_urging": request_urging,
    "serve_urging": serve_urging,
    "request_court": request_court,
    "annul": annul,
}
