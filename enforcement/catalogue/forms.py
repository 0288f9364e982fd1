"""What is asked for an entry of a catalogue; a new version is prefilled with the newest."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.catalogue.citations import read_citations
from enforcement.catalogue.models import Entry, Leniency
from enforcement.models import EnforcementItem, PenaltyKind
from portal.workflow.data import entry

CONTENT = _("内容")
BEGIN = _("施行")
WHO = _("谁来办")
LOCAL = _("本地标准，由本部门依上级规定设定")


def of(choices: Any) -> Any:
    """The pairs of a list of choices."""
    return lambda _subject, _actor: choices.choices


def item_codes(subject: Any, actor: Any) -> list[tuple[str, str]]:
    """The items of the department, for «applies to»."""
    department = subject.department_id if subject is not None else actor.department_id
    found = Entry.objects.filter(department=department, kind=Entry.Kind.ITEM, state=Entry.State.KEPT)
    return [(row.code, str(row)) for row in found.order_by("code")]


@dataclass(frozen=True, kw_only=True)
class Begins:
    """From which day on, and why."""

    effective_from: dt.date = entry(_("施行日期"), "date", group=BEGIN, help=_("在这一天之前登记的案件仍用原版本"))
    reason: str = entry(_("变更说明"), "long", group=BEGIN, help=_("新增、修改的原因和依据，批准人据此审批"))

    def begin_problems(self, attempt: Any) -> dict[str, Any]:
        """A reason; a new version begins after the one before, and not in the past."""
        found: dict[str, Any] = {}
        if not self.reason.strip():
            found["reason"] = _t("请写明变更的原因。")
        known = attempt.subject
        if known is not None and self.effective_from < attempt.today:
            found["effective_from"] = _t("新版本不能从过去开始施行：在那以后登记的案件已经用了原版本。")
        return found


@dataclass(frozen=True, kw_only=True)
class Coded:
    """The code of a new entry."""

    code: str = entry(_("编码"), longest=30, group=CONTENT, help=_("在本部门同一目录里不重复"))

    def code_problems(self, attempt: Any, kind: str) -> dict[str, Any]:
        """The code must be free in the department's catalogue."""
        code = self.code.strip()
        taken = Entry.objects.filter(department=attempt.actor.department_id, kind=kind, code=code).exists()
        if kind == Entry.Kind.ITEM:
            taken |= EnforcementItem.objects.filter(department=attempt.actor.department_id, code=code).exists()
        return {"code": _t("编码 %(code)s 已经用过。修改请打开那一条，提出新版本。") % {"code": code}} if taken else {}


@dataclass(frozen=True, kw_only=True)
class ItemContent:
    """An enforcement item: what, by which law, who handles, reviews and approves."""

    name: str = entry(_("事项名称"), longest=300, group=CONTENT)
    act_kind: str = entry(_("种类"), "choice", options=of(EnforcementItem.Kind), group=CONTENT)
    field: str = entry(_("执法领域"), longest=30, help=_("执法证上的领域，例如：市场监管"), group=CONTENT)
    violation: str = entry(_("违法行为"), "long", default="", help=_("处罚事项填写，用作案由"), group=CONTENT)
    basis: str = entry(
        _("法律依据"),
        "long",
        help=_("一行一条，写到条、款、项，例如：《食品安全法》第一百二十六条第一款第三项"),
        law=("处罚法38条",),
        group=CONTENT,
    )
    handler: str = entry(_("承办机构"), group=WHO, longest=60)
    reviewer: str = entry(_("审核机构"), group=WHO, longest=60)
    approver: str = entry(_("批准人"), group=WHO, longest=60)


@dataclass(frozen=True, kw_only=True)
class ReviseItem(Begins, ItemContent):
    """A version of it."""

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Every basis names a law and an article."""
        found = self.begin_problems(attempt)
        _read, unread = read_citations(self.basis)
        if unread:
            found["basis"] = _t("“%(piece)s”没有写明法律名称和条。请写到条、款、项。") % {"piece": unread[0][:40]}
        return found


@dataclass(frozen=True, kw_only=True)
class AddItem(ReviseItem, Coded):
    """A new item."""

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Also the code must be free."""
        return ReviseItem.problems(self, attempt) | self.code_problems(attempt, Entry.Kind.ITEM)


@dataclass(frozen=True, kw_only=True)
class ReviewContent:
    """A kind of decision that needs legal review."""

    name: str = entry(_("名称"), longest=300, group=CONTENT)
    text: str = entry(_("哪些决定应当审核"), "long", law=("SX-10",), group=CONTENT)
    penalty_kinds: tuple[str, ...] = entry(
        _("凡有这些处罚种类"), "choices", options=of(PenaltyKind), default=(), group=CONTENT
    )
    natural: Decimal | None = entry(_("对自然人罚没达到（元）"), "money", default=None, help=LOCAL, group=CONTENT)
    organisation: Decimal | None = entry(_("对单位罚没达到（元）"), "money", default=None, help=LOCAL, group=CONTENT)
    item_codes: tuple[str, ...] = entry(
        _("只适用于这些事项"),
        "choices",
        options=item_codes,
        default=(),
        help=_("都不选，适用于全部事项"),
        group=CONTENT,
    )
    ground: str = entry(_("依据"), longest=300, group=CONTENT)


@dataclass(frozen=True, kw_only=True)
class ReviseReview(Begins, ReviewContent):
    """A version of it."""

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Something must be named by which the portal can tell the decision."""
        found = self.begin_problems(attempt)
        if not (self.penalty_kinds or self.natural or self.organisation or self.item_codes):
            found["penalty_kinds"] = _t("写明处罚种类、金额或者事项之一，系统才能提醒办案人员。")
        return found


@dataclass(frozen=True, kw_only=True)
class AddReview(ReviseReview, Coded):
    """A new entry of the review catalogue."""

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Also the code must be free."""
        return ReviseReview.problems(self, attempt) | self.code_problems(attempt, Entry.Kind.REVIEW)


@dataclass(frozen=True, kw_only=True)
class LeniencyContent:
    """One case of a leniency list."""

    name: str = entry(_("名称"), longest=300, group=CONTENT)
    list_name: str = entry(_("清单"), "choice", options=of(Leniency.List), law=("CF-30",), group=CONTENT)
    circumstances: str = entry(_("适用情形"), "long", group=CONTENT)
    conditions: str = entry(_("应当同时具备的条件"), "long", default="", group=CONTENT)
    item_codes: tuple[str, ...] = entry(
        _("只适用于这些事项"),
        "choices",
        options=item_codes,
        default=(),
        help=_("都不选，适用于全部事项"),
        group=CONTENT,
    )
    ground: str = entry(_("依据"), longest=300, group=CONTENT)


@dataclass(frozen=True, kw_only=True)
class ReviseLeniency(Begins, LeniencyContent):
    """A version of it."""

    def problems(self, attempt: Any) -> dict[str, Any]:
        """The day and the reason."""
        return self.begin_problems(attempt)


@dataclass(frozen=True, kw_only=True)
class AddLeniency(ReviseLeniency, Coded):
    """A new entry of a leniency list."""

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Also the code must be free."""
        return self.begin_problems(attempt) | self.code_problems(attempt, Entry.Kind.LENIENCY)


@dataclass(frozen=True, kw_only=True)
class HearingContent:
    """From which amount on a fine or confiscation is large."""

    name: str = entry(_("名称"), longest=300, group=CONTENT)
    natural: Decimal = entry(_("对自然人、个体工商户（元）"), "money", help=LOCAL, law=("CF-08",), group=CONTENT)
    organisation: Decimal = entry(_("对法人和其他组织（元）"), "money", help=LOCAL, law=("CF-08",), group=CONTENT)
    item_codes: tuple[str, ...] = entry(
        _("只适用于这些事项"),
        "choices",
        options=item_codes,
        default=(),
        help=_("都不选，适用于全部事项"),
        group=CONTENT,
    )
    ground: str = entry(_("依据"), longest=300, help=_("写明设定这一标准的文件"), group=CONTENT)


@dataclass(frozen=True, kw_only=True)
class ReviseHearing(Begins, HearingContent):
    """A version of it."""

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Amounts are above zero."""
        found = self.begin_problems(attempt)
        for name in ("natural", "organisation"):
            if getattr(self, name) <= 0:
                found[name] = _t("金额应当大于零。")
        return found


@dataclass(frozen=True, kw_only=True)
class AddHearing(ReviseHearing, Coded):
    """A new threshold."""

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Also the code must be free."""
        return ReviseHearing.problems(self, attempt) | self.code_problems(attempt, Entry.Kind.HEARING)


@dataclass(frozen=True, kw_only=True)
class End:
    """An entry is in force for the last time on a day."""

    last_day: dt.date = entry(_("最后施行日"), "date", help=_("在这一天及以前登记的案件仍用它"))
    reason: str = entry(_("废止的理由和依据"), "long")

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Not before the newest version has begun, not in the past."""
        found: dict[str, Any] = {}
        if not self.reason.strip():
            found["reason"] = _t("请写明废止的理由。")
        if self.last_day < attempt.today:
            found["last_day"] = _t("最后施行日不能在过去。")
        elif self.last_day < attempt.subject.effective_from:
            found["last_day"] = _t("最新版本从 %(day)s 起施行，不能在那以前废止。") % {
                "day": attempt.subject.effective_from.isoformat()
            }
        return found
