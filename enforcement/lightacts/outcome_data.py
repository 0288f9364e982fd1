"""What is asked from the decision on: its contents by kind, service, execution, the file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data.fields import late_reason, not_in_future, on_day
from enforcement.cases.data.service_proof import proof_missing
from enforcement.models import Service
from portal.workflow.data import entry

REVIEW = _("法制审核的情形")


def _said(data: Any, **labels: Any) -> dict[str, Any]:
    return {
        name: _t("“%(label)s”必须填写。") % {"label": label}
        for name, label in labels.items()
        if not str(getattr(data, name)).strip()
    }


def _day_problems(data: Any, attempt: Any) -> dict[str, Any]:
    found = not_in_future(on=data.on)
    start = attempt.subject.accepted_on or attempt.subject.registered_on
    if attempt.on < start:
        found["on"] = _t("决定日期不能早于 %(day)s。") % {"day": start.isoformat()}
    return found


@dataclass(frozen=True)
class DecideLicence:
    """A licence is granted or refused."""

    granted: bool = entry(_("准予许可"), "flag", law=("许可法38条",))
    facts: str = entry(_("查明的事实"), "long", help=_("申请材料和实质核查的情况"))
    basis: str = entry(_("依据"), "long", help=_("写到条、款、项"))
    content: str = entry(_("决定内容"), "long", help=_("准予什么，或者不予许可的理由"))
    licence_name: str = entry(_("许可证件名称"), default="", longest=120)
    licence_number: str = entry(_("许可证件编号"), default="", longest=80)
    valid_from: dt.date | None = entry(_("有效期自"), "date", default=None)
    valid_to: dt.date | None = entry(_("有效期至"), "date", default=None)
    after_hearing: bool = entry(_("经过听证程序"), "flag", default=False, group=REVIEW)
    by_law: bool = entry(
        _("法律、法规规定应当审核，或者属于本部门重大执法决定目录"), "flag", default=False, group=REVIEW, law=("SX-10",)
    )
    on: dt.date | None = on_day(_("决定日期"), law=("XK-01", "SX-02"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """A granted licence has a certificate; its days fit."""
        found = _day_problems(self, attempt)
        found |= _said(self, facts=_t("查明的事实"), basis=_t("依据"), content=_t("决定内容"))
        if self.granted:
            found |= _said(self, licence_name=_t("许可证件名称"), licence_number=_t("许可证件编号"))
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            found["valid_to"] = _t("有效期截止不能早于开始。")
        return found


@dataclass(frozen=True)
class Decide:
    """Another act is decided."""

    facts: str = entry(_("事实和理由"), "long")
    basis: str = entry(_("依据"), "long", help=_("写到条、款、项；强制措施写明授权的法律、法规"), law=("强制法18条",))
    content: str = entry(_("决定内容"), "long")
    amount: Decimal | None = entry(_("金额（元）"), "money", default=None, help=_("征收、给付填写"))
    until: dt.date | None = entry(_("期限至"), "date", default=None, help=_("查封、扣押等有期限的填写"), law=("QZ-01",))
    after_hearing: bool = entry(_("经过听证程序"), "flag", default=False, group=REVIEW)
    by_law: bool = entry(
        _("法律、法规规定应当审核，或者属于本部门重大执法决定目录"), "flag", default=False, group=REVIEW, law=("SX-10",)
    )
    on: dt.date | None = on_day(_("决定日期"), law=("SX-01",))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Facts, basis, content; money is not negative."""
        found = _day_problems(self, attempt)
        found |= _said(self, facts=_t("事实和理由"), basis=_t("依据"), content=_t("决定内容"))
        if self.amount is not None and self.amount < 0:
            found["amount"] = _t("金额不能是负数。")
        if self.until and self.until < attempt.on:
            found["until"] = _t("期限不能早于决定日期。")
        return found


@dataclass(frozen=True)
class Serve:
    """The decision, and a licence's certificate, reach the party."""

    method: str = entry(
        _("送达方式"), "choice", options=options.of(Service.Method, without=(Service.Method.PUBLIC.value,))
    )
    receiver: str = entry(_("签收人"), default="", longest=60)
    note: str = entry(_("说明"), "long", default="", help=_("留置写明拒收情况和见证"))
    consent: bool = entry(_("当事人同意电子送达"), "flag", default=False)
    file: int | None = entry(_("送达凭证"), "file", default=None)
    on: dt.date | None = on_day(_("送达日期"), law=("XK-03",))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before the decision; each method with its proof."""
        found = not_in_future(on=self.on)
        decided = attempt.subject.decided_on
        if decided and attempt.on < decided:
            found["on"] = _t("送达不能早于决定日期 %(day)s。") % {"day": decided.isoformat()}
        if self.method not in Service.Method.values or self.method == Service.Method.PUBLIC:
            found["method"] = _t("请选择送达方式。")
        return found | proof_missing(self.method, self.receiver, self.note, self.consent)


@dataclass(frozen=True)
class Execute:
    """What was decided has been carried out."""

    carried_out: str = entry(_("执行情况"), "long", help=_("何时、何人、如何执行；给付、征收写明票据或者到账"))
    urgent: str = entry(
        _("夜间或者法定节假日实施的紧急情况"), default="", help=_("没有在夜间、节假日强制执行的不填"), law=("QZ-07",)
    )
    on: dt.date | None = on_day(_("执行日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Said in words, after the decision."""
        found = not_in_future(on=self.on) | _said(self, carried_out=_t("执行情况"))
        decided = attempt.subject.decided_on
        if decided and attempt.on < decided:
            found["on"] = _t("执行不能早于决定日期 %(day)s。") % {"day": decided.isoformat()}
        return found


@dataclass(frozen=True)
class Archive:
    """The file is complete."""

    note: str = entry(_("归档说明"), "long", default="")


@dataclass(frozen=True)
class Annul:
    """The decision lost its force."""

    outcome: str = entry(
        _("结果"),
        "choice",
        options=lambda _subject, _actor: [
            ("changed", _("已变更")),
            ("revoked", _("已撤销")),
            ("unlawful", _("已确认违法")),
            ("void", _("已确认无效")),
        ],
        law=("SX-04",),
    )
    ground: str = entry(_("由谁、因何"), "long", help=_("例如“示例区人民政府行政复议决定（虚构）”"))
    on: dt.date | None = on_day(_("日期"), law=("SX-04",))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """A known outcome with its ground, after the decision."""
        found = not_in_future(on=self.on) | _said(self, ground=_t("由谁、因何"))
        if self.outcome not in {"changed", "revoked", "unlawful", "void"}:
            found["outcome"] = _t("请选择结果。")
        decided = attempt.subject.decided_on
        if decided and attempt.on < decided:
            found["on"] = _t("不能早于决定日期 %(day)s。") % {"day": decided.isoformat()}
        return found
