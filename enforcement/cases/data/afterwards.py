"""What is asked when papers are served, money is paid, and the case ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data.fields import late_reason, not_in_future, on_day
from enforcement.cases.data.service_proof import signature_missing, story_missing
from enforcement.cases.dues import amount_due, amount_paid, is_released
from enforcement.models import Decision, Service
from portal.deadlines.calculation import calculate
from portal.deadlines.calendar_store import calendar
from portal.workflow.data import entry

PUBLIC_NOTICE_RULE = "QJ-02"


def public_notice_ends(begun_on: dt.date) -> dt.date:
    """The day on which a notice published that day counts as service (民事诉讼法, QJ-02)."""
    return calculate(PUBLIC_NOTICE_RULE, begun_on, calendar("xinjiang")).due


@dataclass(frozen=True)
class Serve:
    """Service of the present notice or decision on one party."""

    party: int = entry(_("受送达人"), "record", options=options.parties)
    method: str = entry(_("送达方式"), "choice", options=options.of(Service.Method), law=("CF-15", "QJ-02"))
    begun_on: dt.date = entry(_("开始送达日期"), "date", help=_("当面交付、交邮、刊登公告的那一天"))
    effective_on: dt.date | None = entry(
        _("送达生效日期"), "date", default=None, help=_("签收日、留置日、收件回执日；公告送达由系统计算；还没有就不填")
    )
    receiver: str = entry(_("签收人、见证人"), default="")
    place: str = entry(_("送达地点"), default="")
    note: str = entry(
        _("说明"), "long", default="", help=_("留置写明拒收情况和见证，公告写明下落不明或者其他方式不成的经过")
    )
    consent: bool = entry(_("当事人已签电子送达确认书"), "flag", default=False, law=("CF-16",))
    file: int | None = entry(_("送达凭证"), "file", default=None)
    late_reason: str = late_reason()

    @property
    def on(self) -> dt.date:
        """The day of the fact."""
        return self.begun_on

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """Days must be possible, and each method needs its own proof."""
        found = not_in_future(begun_on=self.begun_on, effective_on=self.effective_on)
        if self.effective_on and self.effective_on < self.begun_on:
            found["effective_on"] = _t("生效日期不能早于开始送达日期。")
        method = self.method
        if method == Service.Method.PUBLIC and self.effective_on:
            found["effective_on"] = _t("公告送达的生效日由系统从公告之日起算，请不要填写。")
        if self.effective_on:
            found |= signature_missing(method, self.receiver)
        return found | story_missing(method, self.note)


@dataclass(frozen=True)
class ConfirmService:
    """A service that was begun has taken effect."""

    service: int = entry(_("送达"), "record", options=options.services_begun)
    effective_on: dt.date = entry(_("送达生效日期"), "date")
    receiver: str = entry(_("签收人、见证人"), default="")
    file: int | None = entry(_("送达凭证"), "file", default=None)
    late_reason: str = late_reason()

    @property
    def on(self) -> dt.date:
        """The day of the fact."""
        return self.effective_on

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before it was begun, not in the future."""
        found = not_in_future(effective_on=self.effective_on)
        service = Service.objects.filter(pk=self.service, act_id=attempt.subject.pk).first()
        if service is None or service.effective_on is not None:
            found["service"] = _t("没有这一件未生效的送达。")
        elif self.effective_on < service.begun_on:
            found["effective_on"] = _t("生效日期不能早于开始送达日期。")
        elif service.method == Service.Method.PUBLIC and self.effective_on != (
            due := public_notice_ends(service.begun_on)
        ):
            found["effective_on"] = _t("公告满三十日才生效：这次公告在 %(day)s 生效。") % {"day": due.isoformat()}
        else:
            found |= signature_missing(service.method, self.receiver or service.receiver)
        return found


@dataclass(frozen=True)
class Pay:
    """Money paid at the bank."""

    party: int = entry(_("当事人"), "record", options=options.parties)
    amount: Decimal = entry(_("金额（元）"), "money", law=("CF-19",))
    receipt: str = entry(_("缴款票据号"), help=_("银行或者电子支付系统的票据，不得自行收缴"), law=("处罚法67条",))
    on: dt.date | None = on_day(_("缴款日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """An amount above nothing and not above the fine; a receipt counts once."""
        found = not_in_future(on=self.on)
        decision = attempt.subject.decisions.order_by("-pk").first()
        if self.amount <= 0:
            found["amount"] = _t("金额应当大于零。")
        elif decision is not None:
            due, paid = amount_due(decision), amount_paid(decision)
            if paid + self.amount > due:
                found["amount"] = _t("已缴 %(paid)s 元，加上这一笔超过决定的 %(due)s 元。") % {"paid": paid, "due": due}
            if decision.payments.filter(receipt=self.receipt.strip()).exists():
                found["receipt"] = _t("这张票据已经登记过。")
        return found


ANNULLED = ("annulled", _("决定已被撤销、确认违法或者无效"))
UNPUNISHED = (("no_penalty", _("决定不予处罚，决定书已送达")), ANNULLED)
PUNISHED = (
    ("performed", _("处罚决定已执行完毕")),
    ("nothing_due", _("处罚内容无须执行")),
    ANNULLED,
    ("ended", _("人民法院终结执行")),
)


def _closing_grounds(case: Any, _actor: Any) -> list[tuple[str, Any]]:
    """How a case can end after its last decision."""
    decision = case.decisions.order_by("-pk").first()
    return list(UNPUNISHED if decision is not None and decision.ground else PUNISHED)


@dataclass(frozen=True)
class Close:
    """The case is over."""

    ground: str = entry(
        _("结案情形"),
        "choice",
        options=_closing_grounds,
    )
    opinion: str = entry(_("结案意见"), "long")
    on: dt.date | None = on_day(_("结案日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not in the future; the ground is what has happened."""
        found = not_in_future(on=self.on)
        decision = attempt.subject.decisions.order_by("-pk").first()
        in_force = decision is not None and decision.outcome == Decision.Outcome.IN_FORCE
        if self.ground not in {key for key, _label in _closing_grounds(attempt.subject, None)}:
            found["ground"] = _t("请选择与决定相符的结案情形。")
        elif self.ground == "annulled" and in_force:
            found["ground"] = _t("决定仍然有效，没有被撤销、确认违法或者无效的记录。")
        elif self.ground == "ended" and not is_released(attempt.subject):
            found["ground"] = _t("没有人民法院终结执行的记录，请先登记法院的处理结果。")
        elif self.ground == "nothing_due" and in_force and amount_due(decision) > 0:
            found["ground"] = _t("决定有应缴的款项，请选择“已执行完毕”或者“终结执行”。")
        return found


@dataclass(frozen=True)
class Annul:
    """The decision was changed, revoked, found unlawful or void."""

    outcome: str = entry(
        _("结果"), "choice", options=options.of(Decision.Outcome, without=(Decision.Outcome.IN_FORCE,)), law=("CF-17",)
    )
    by_whom: str = entry(_("作出机关"), help=_("例如：复议机关、人民法院、本机关"))
    ground: str = entry(_("理由"), "long", help=_("将随撤回向社会公开，请勿写个人信息"))
    on: dt.date | None = on_day(_("日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before the decision, not in the future."""
        found = not_in_future(on=self.on)
        decided = attempt.subject.decided_on
        if self.on and decided and self.on < decided:
            found["on"] = _t("日期不能早于决定日期。")
        if not self.ground.strip():
            found["ground"] = _t("必须写明理由（处罚法48条2款）。")
        return found
