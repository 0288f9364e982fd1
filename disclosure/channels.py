"""Where else a decision was made public: the government's portal, the credit platform, the enterprise system."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from disclosure.bodies import CLASSES
from disclosure.models import Channel, Disclosure
from enforcement.models import PenaltyKind
from portal.accounts.roles import Role
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import entry

S = Disclosure.State
OFFICERS = frozenset({Role.OFFICER.value, Role.DEPT_ADMIN.value})
OTHERS = tuple(one for one in Channel.Kind if one != Channel.Kind.PORTAL)
LONGEST = 300


def live(disclosure: Any) -> Any:
    """The other channels that still show it."""
    return disclosure.channels.filter(ended_at=None).exclude(kind=Channel.Kind.PORTAL)


def address_problem(text: str) -> str:
    """Why this is no address a citizen could open; empty when it is one."""
    try:
        parts = urlsplit(text.strip())
        host = parts.hostname or ""
    except ValueError:
        parts, host = None, ""
    if parts is None or parts.scheme not in {"http", "https"} or "." not in host or " " in text.strip():
        return _t("网址应当以 http:// 或者 https:// 开头，是公众能打开的那一页。")
    return _t("网址太长，最多 %(most)d 个字符。") % {"most": LONGEST} if len(text.strip()) > LONGEST else ""


@dataclass(frozen=True)
class RecordChannel:
    """Where, since when, and how that can be shown."""

    channel: str = entry(_("公示渠道"), "choice", options=lambda _s, _a: [(one.value, one.label) for one in OTHERS])
    address: str = entry(_("网址"), longest=LONGEST, wide=True)
    shown_at: dt.datetime | None = entry(_("公示时间"), "moment", default=None, help=_("不填为现在"))
    proof: int | None = entry(
        _("公示页面的截图或者回执"),
        "file",
        default=None,
        help=_("平台还没有公示的，期限从这一渠道公示时停止，必须上传"),
    )
    late_reason: str = entry(_("补录说明"), default="", help=_("超过一个工作日才登记的，说明原因"))

    @property
    def at(self) -> dt.datetime:
        """The moment it was made public there."""
        return self.shown_at or timezone.now()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """A channel of ours, an address, a moment that can be, a proof when a clock stops by it."""
        disclosure = attempt.subject
        found: dict[str, Any] = {}
        if self.channel not in {one.value for one in OTHERS}:
            found["channel"] = _t("请选择公示渠道。")
        elif live(disclosure).filter(kind=self.channel).exists():
            found["channel"] = _t("这一渠道已经登记过，还在公示。")
        if problem := address_problem(self.address):
            found["address"] = problem
        decided = disclosure.decision.decided_on
        shown_at = self.shown_at or attempt.now
        if shown_at > attempt.now:
            found["shown_at"] = _t("公示时间不能晚于现在。")
        elif decided is not None and timezone.localdate(shown_at) < decided:
            found["shown_at"] = _t("公示时间不能早于决定日期 %(day)s。") % {"day": decided.isoformat()}
        if self.proof is None and disclosure.published_at is None:
            found["proof"] = _t("本平台还没有公示，登记其他渠道的公示须上传截图或者回执。")
        return found


@dataclass(frozen=True)
class EndChannel:
    """Since when it is no longer shown there."""

    channel: str = entry(
        _("停止公示的渠道"),
        "choice",
        options=lambda disclosure, _a: [(one.kind, one.get_kind_display()) for one in live(disclosure)],
    )
    ended_at: dt.datetime | None = entry(_("停止公示的时间"), "moment", default=None, help=_("不填为现在"))
    late_reason: str = entry(_("补录说明"), default="")

    @property
    def at(self) -> dt.datetime:
        """The moment it was taken off there."""
        return self.ended_at or timezone.now()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """One that is shown there, not ended before it began or after now."""
        shown = {row.kind: row for row in live(attempt.subject)}
        row = shown.get(self.channel)
        if not shown:
            return {}  # the gate says so
        if row is None:
            return {"channel": _t("请选择一个还在公示的渠道。")}
        if not row.published_at <= (self.ended_at or attempt.now) <= attempt.now:
            return {"ended_at": _t("停止时间不能早于这一渠道的公示时间，也不能晚于现在。")}
        return {}


def _any_live(attempt: Attempt[Disclosure, Any]) -> bool:
    return bool(live(attempt.subject).exists())


any_live = Gate("channel_live", _("没有还在公示的其他渠道"), ("SX-04",), _any_live)


def record(attempt: Attempt[Disclosure, RecordChannel]) -> None:
    """Kept with its address and proof; the first official channel stops the clock, its own display clock starts."""
    disclosure, data = attempt.subject, attempt.data
    shown_at = data.shown_at or attempt.now
    row = Channel.objects.create(
        disclosure=disclosure,
        kind=data.channel,
        address=data.address.strip(),
        published_at=shown_at,
        proof_id=data.proof,
    )
    value = {
        "channel": data.channel,
        "display": CLASSES[disclosure.display_months or 12],
        "short": set(disclosure.decision.kinds) == {PenaltyKind.CRITICISM.value},
    }
    attempt.fact("channel.shown", at=shown_at, about=f"{disclosure.decision.about} {row.about}", value=value)
    attempt.label(channel=data.channel)


def end(attempt: Attempt[Disclosure, EndChannel]) -> None:
    """No longer shown there."""
    disclosure, data = attempt.subject, attempt.data
    row = live(disclosure).get(kind=data.channel)
    row.ended_at = data.ended_at or attempt.now
    row.save()
    attempt.fact("channel.ended", at=row.ended_at, about=f"{disclosure.decision.about} {row.about}")
    attempt.label(channel=data.channel)


RECORD: Action[Disclosure, RecordChannel] = Action(
    key="disclosure.record_channel",
    label=_("登记公示渠道"),
    model=Disclosure,
    source=frozenset({S.PENDING.value, S.MASKED.value, S.APPROVED.value, S.PUBLISHED.value}),
    target=None,
    roles=OFFICERS,
    data=RecordChannel,
    body=record,
    facts=("channel.shown",),
    law=("SX-02", "GS-01"),
    rare=True,
)
END: Action[Disclosure, EndChannel] = Action(
    key="disclosure.end_channel",
    label=_("登记渠道停止公示"),
    model=Disclosure,
    source=frozenset(S.values),
    target=None,
    roles=OFFICERS,
    data=EndChannel,
    gates=(any_live,),
    body=end,
    facts=("channel.ended",),
    law=("SX-04", "GS-03", "GS-04"),
    later=True,
)
ALL: tuple[Action[Disclosure, Any], ...] = (RECORD, END)
