"""What each action on a disclosure asks."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from disclosure.masking import Kind
from disclosure.texts import ALWAYS_HIDDEN, KIND_LABELS, Found, as_span
from portal.workflow.data import entry

DISPLAY_MONTHS = ("3", "12", "36")


@dataclass(frozen=True)
class Verdict:
    """One judged stretch: hidden, or kept with a reason; proposed by the machine or added by a person."""

    field: str
    start: int
    end: int
    kind: str
    hidden: bool
    reason: str = ""
    added: bool = False

    def found(self, source: dict[str, str]) -> Found:
        """The stretch of the original; raises ValueError when it does not fit."""
        return Found(self.field, as_span(source[self.field], self.start, self.end, self.kind))


def read_verdict(text: str) -> Verdict:
    """A verdict from its JSON; raises ValueError."""
    raw = json.loads(text)
    if not isinstance(raw, dict) or not isinstance(raw.get("hidden"), bool):
        raise ValueError("a verdict is an object with a boolean `hidden`")  # noqa: TRY004 - one error for every broken verdict
    return Verdict(
        field=str(raw["field"]),
        start=int(raw["start"]),
        end=int(raw["end"]),
        kind=Kind(str(raw["kind"])).value,
        hidden=raw["hidden"],
        reason=str(raw.get("reason", ""))[:200].strip(),
        added=bool(raw.get("added", False)),
    )


@dataclass(frozen=True)
class Mask:
    """Every stretch judged, each as one JSON object."""

    verdicts: tuple[str, ...] = entry(_("逐处确认"), "texts", default=())

    def read(self) -> list[Verdict]:
        """The verdicts; raises ValueError or KeyError for one that cannot be read."""
        return [read_verdict(text) for text in self.verdicts]

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Each verdict must fit the text, not overlap another, and a kept one needs a reason."""
        source = attempt.subject.source
        try:
            verdicts = self.read()
            found = [verdict.found(source) for verdict in verdicts]
        except (ValueError, KeyError, TypeError):
            return {"verdicts": _t("有一处确认读不懂，请刷新页面重新确认。")}
        for verdict, one in zip(verdicts, found, strict=True):
            name = KIND_LABELS[one.span.kind]
            if not verdict.hidden and one.span.kind in ALWAYS_HIDDEN and not verdict.added:
                return {"verdicts": _t("%(kind)s一律隐去，不能保留。") % {"kind": name}}
            if not verdict.hidden and not verdict.reason:
                return {"verdicts": _t("保留“%(text)s”须写明理由。") % {"text": one.span.text}}
        hidden = sorted(
            (one for verdict, one in zip(verdicts, found, strict=True) if verdict.hidden),
            key=lambda one: (one.field, one.span.start),
        )
        for before, after in pairwise(hidden):
            if before.field == after.field and after.span.start < before.span.end:
                return {"verdicts": _t("“%(text)s”与另一处重叠，请合并成一处。") % {"text": after.span.text}}
        return {}


@dataclass(frozen=True)
class Approve:
    """The head approves what goes public, and for how long."""

    display_months: str = entry(
        _("公示期"),
        "choice",
        options=lambda _subject, _actor: [
            ("3", _("三个月（轻微）")),
            ("12", _("一年（一般）")),
            ("36", _("三年（严重）")),
        ],
        default="12",
        law=("XF-01", "XF-02", "XF-03"),
        help=_("本地：按失信程度选择；到期自动停止公示"),
    )

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """One of the three periods."""
        return {} if self.display_months in DISPLAY_MONTHS else {"display_months": _t("请选择公示期。")}


@dataclass(frozen=True)
class SendBack:
    """The head returns the masking with a reason."""

    reason: str = entry(_("退回理由"), "long")

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """A reason must be given."""
        return {} if self.reason.strip() else {"reason": _t("退回须写明理由。")}


@dataclass(frozen=True)
class Publish:
    """Publishing; the head's choice when service has begun but not taken effect."""

    reason: str = entry(
        _("送达未生效即公示的理由"), "long", default="", help=_("送达已开始而未生效时，由负责人写明理由；已送达的不填")
    )


@dataclass(frozen=True)
class Hold:
    """The head holds publishing until service takes effect; the deadline runs on."""

    reason: str = entry(_("暂缓公示的理由"), "long", help=_("期限不停，逾期单独统计为“送达未完成”"))

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """A reason must be given."""
        return {} if self.reason.strip() else {"reason": _t("暂缓须写明理由。")}


GROUNDS = [
    ("minor", _("当事人属于未成年人（参照）")),
    ("secret", _("涉及国家秘密、商业秘密、个人隐私")),
    ("security", _("公开后可能危及国家安全、公共安全、经济安全、社会稳定")),
    ("related", _("公开可能影响关联案件的查处（参照）")),
    ("crime", _("涉嫌犯罪移送中（参照）")),
    ("no_impact", _("不具有一定社会影响")),
    ("law", _("法律、法规、规章规定不公开的其他情形")),
]


@dataclass(frozen=True)
class Exempt:
    """Not disclosing, on a ground; counted and shown to the bureau."""

    ground: str = entry(
        _("不予公开的理由"), "choice", options=lambda _subject, _actor: GROUNDS, law=("CF-18", "GS-09", "SX-16")
    )
    note: str = entry(_("具体说明"), "long")

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """A known ground and its explanation."""
        found: dict[str, Any] = {}
        if self.ground not in dict(GROUNDS):
            found["ground"] = _t("请选择不予公开的理由。")
        if not self.note.strip():
            found["note"] = _t("请写明具体情况，监督机构会核对。")
        return found


@dataclass(frozen=True)
class EndExemption:
    """The ground has gone: the duty to disclose is back."""

    reason: str = entry(_("恢复公开的理由"), "long")

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """A reason must be given."""
        return {} if self.reason.strip() else {"reason": _t("请写明理由。")}


@dataclass(frozen=True)
class Withdraw:
    """Taking it off the public site, with the reason the public will read."""

    reason: str = entry(
        _("向社会公开的撤回理由"), "long", law=("CF-17", "SX-04"), help=_("任何人都能看到，请勿写个人信息")
    )
    on: dt.date | None = None

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """The public must be told why."""
        return {} if self.reason.strip() else {"reason": _t("撤回须公开说明理由（处罚法48条2款）。")}


@dataclass(frozen=True)
class Expire:
    """The display period is over."""

    @property
    def on(self) -> dt.date:
        """Today."""
        return timezone.localdate()
