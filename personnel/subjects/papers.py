"""The papers of the register: confirmation form, announcements, and the mandate itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personnel.subjects.models import EnforcementSubject, Mandate
from personnel.subjects.questions import Kind
from personnel.subjects.who_and_when import bureau
from portal.accounts.models import Department
from portal.accounts.roles import Role
from portal.documents.blocks import Opinion, Signer
from portal.documents.kinds import DocumentKind
from portal.documents.spelling import chinese_date

BUREAU = frozenset({Department.Kind.BUREAU.value})
NONE = "—"


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day else ""


@dataclass(frozen=True)
class ConfirmationPaper:
    """What the form says."""

    name: str
    kind: str
    credit_code: str
    leader: str
    area: str
    basis: str
    duties: str
    acting: str
    mandates: tuple[str, ...]
    applied_on: str
    opinion: Opinion
    head_opinion: Opinion
    confirmed_on: str


class Confirmation(DocumentKind):
    """行政执法主体资格确认表."""

    key = "subjects.confirmation"
    label = _("行政执法主体资格确认表")
    series = "主体确"
    template = "subjects/papers/confirmation.html"
    signers = (Role.SUPERVISOR.value, Role.SUPERVISION_HEAD.value)
    issuers = BUREAU

    def issuer(self, _matter: Any, _subject: Any, _extra: dict[str, Any]) -> Department:
        """The bureau confirms."""
        return bureau(None)

    def context(self, _matter: Any, subject: EnforcementSubject, extra: dict[str, Any]) -> ConfirmationPaper:
        """From the row as confirmed; the opinions are those of who proposed and who approved."""
        today = _day(subject.confirmed_on or timezone.localdate())
        proposer, approver = extra.get("proposer", ""), extra.get("approver", "")
        mandates = Mandate.objects.in_force(subject.confirmed_on or timezone.localdate()).filter(
            body=subject.department_id
        )
        return ConfirmationPaper(
            name=subject.name,
            kind=str(subject.get_kind_display()),
            credit_code=subject.credit_code or NONE,
            leader=subject.leader,
            area=subject.area,
            basis=subject.basis,
            duties=subject.duties,
            acting=subject.sealing.name if subject.kind == Kind.ENTRUSTED else subject.name,
            mandates=tuple(_mandate_words(row) for row in mandates),
            applied_on=_day(subject.applied_on),
            opinion=Opinion(subject.opinion, (Signer(proposer),) if proposer else (), today if proposer else ""),
            head_opinion=Opinion(
                "同意确认。" if approver else "", (Signer(approver),) if approver else (), today if approver else ""
            ),
            confirmed_on=today,
        )


def _mandate_words(row: Mandate) -> str:
    return f"{row.number}（{_day(row.valid_from)}至{_day(row.valid_to)}，{len(row.items)}项）"


@dataclass(frozen=True)
class AnnouncementPaper:
    """What the announcement says."""

    name: str
    kind: str
    credit_code: str
    area: str
    basis: str
    duties: str
    acting: str
    entrusted: bool
    confirmed_on: str
    withdrawn_on: str
    ground: str


LINE = 20  # characters of a heading's size on one line of the text area


def _heading(deed: str, name: str) -> str:
    """The heading on two lines, broken where a word ends: before what the body does, or inside a long name."""
    first, second = f"关于{deed}{name}", "行政执法主体资格的公告"
    if len(first) <= LINE:
        return f"{first}\n{second}"
    place = max(first.rfind(unit, 0, LINE) for unit in "区县市") + 1
    if place and len(first) - place + len(second) <= LINE:
        return f"{first[:place]}\n{first[place:]}{second}"
    return f"{first}{second}"


class Announcement(DocumentKind):
    """关于确认行政执法主体资格的公告."""

    key = "subjects.announcement"
    label = _("行政执法主体资格公告")
    series = "主体公"
    template = "subjects/papers/announcement.html"
    signers = (Role.SUPERVISION_HEAD.value,)
    issuers = BUREAU

    def issuer(self, _matter: Any, _subject: Any, _extra: dict[str, Any]) -> Department:
        """The bureau announces."""
        return bureau(None)

    def title(self, _matter: Any, subject: EnforcementSubject, _extra: dict[str, Any]) -> str:
        """Names the body."""
        return _heading("确认", subject.name)

    def context(self, _matter: Any, subject: EnforcementSubject, _extra: dict[str, Any]) -> AnnouncementPaper:
        """From the row."""
        return AnnouncementPaper(
            name=subject.name,
            kind=str(subject.get_kind_display()),
            credit_code=subject.credit_code,
            area=subject.area,
            basis=subject.basis,
            duties=subject.duties,
            acting=subject.sealing.name,
            entrusted=subject.kind == Kind.ENTRUSTED,
            confirmed_on=_day(subject.confirmed_on),
            withdrawn_on=_day(subject.withdrawn_on),
            ground=subject.withdrawn_ground,
        )


class Withdrawal(Announcement):
    """关于撤销行政执法主体资格的公告."""

    key = "subjects.withdrawal"
    label = _("撤销行政执法主体资格公告")
    template = "subjects/papers/withdrawal.html"

    def title(self, _matter: Any, subject: EnforcementSubject, _extra: dict[str, Any]) -> str:
        """Names the body."""
        return _heading("撤销", subject.name)


@dataclass(frozen=True)
class MandateItem:
    """One line of the annexed list."""

    code: str
    name: str


@dataclass(frozen=True)
class MandatePaper:
    """What the mandate says: matters, powers, days (处罚法20条)."""

    delegator: str
    body: str
    body_credit_code: str
    basis: str
    powers: str
    valid_from: str
    valid_to: str
    count: int
    items: tuple[MandateItem, ...]


class MandateLetter(DocumentKind):
    """行政执法委托书."""

    key = "subjects.mandate"
    label = _("行政执法委托书")
    series = "执委"
    template = "subjects/papers/mandate.html"
    signers = (Role.HEAD.value,)

    def context(self, _matter: Any, subject: Mandate, _extra: dict[str, Any]) -> MandatePaper:
        """From the row."""
        return MandatePaper(
            delegator=subject.department.name,
            body=subject.body.name,
            body_credit_code=subject.body.credit_code,
            basis=subject.basis,
            powers=subject.powers,
            valid_from=_day(subject.valid_from),
            valid_to=_day(subject.valid_to),
            count=len(subject.items),
            items=tuple(MandateItem(item["code"], item["name"]) for item in subject.items),
        )


KINDS: tuple[type[DocumentKind], ...] = (Confirmation, Announcement, Withdrawal, MandateLetter)
