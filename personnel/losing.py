"""A lost certificate: its number counts no longer from the day on; a new one with a new number takes its place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel import gates
from personnel.actions import HELD, TAKEN, bureau, end
from personnel.keeping import LATE, LONGEST_YEARS
from personnel.models import Certificate, Provenance
from portal.accounts.roles import Role
from portal.documents.kinds import DocumentKind
from portal.documents.spelling import chinese_date
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt
from portal.workflow.data import entry
from portal.workflow.door import perform

State = Certificate.State
GONE = frozenset({State.LOST.value})


@dataclass(frozen=True)
class Lose:
    """When and how it was lost."""

    ground: str = entry(_("遗失经过"), "long", help=_("何时、何地、怎样遗失，是否报警"))
    on: dt.date | None = entry(_("声明作废日期"), "date", default=None, help=_("自这一天起证号作废；不填为今天"))
    late_reason: str = entry(_("补录说明"), "long", default="", help=LATE)

    def problems(self, attempt: Attempt[Certificate, Lose]) -> dict[str, str]:
        """What the form tells field by field."""
        found: dict[str, str] = {}
        if not self.ground.strip():
            found["ground"] = _gettext("请写明遗失的经过。")
        if attempt.on > attempt.today:
            found["on"] = _gettext("日期 %(on)s 在将来，请填已经发生的日期。") % {"on": attempt.on}
        return found


def _lose(attempt: Attempt[Certificate, Lose]) -> None:
    end(attempt, attempt.data.ground.strip())
    attempt.fact("certificate.lost")
    if not gates.is_of_ministry(attempt.subject):
        attempt.paper("certificate.loss_statement")


@dataclass(frozen=True)
class Reissue:
    """The new card as the issuer has printed it."""

    number: str = entry(_("新证号"))
    valid_from: dt.date = entry(_("有效期自"), "date")
    valid_to: dt.date = entry(_("有效期至"), "date", help=_("照新证填写"))
    document: str = entry(_("发证机关的文书"), default="", help=_("补发的批件或者通知"))

    def problems(self, attempt: Attempt[Certificate, Any]) -> dict[str, str]:
        """What the form tells field by field."""
        found: dict[str, str] = {}
        number = self.number.strip()
        if not number:
            found["number"] = _gettext("请填新证号。")
        elif Certificate.objects.filter(number=number).exists():
            found["number"] = _gettext("证号 %(number)s 已经登记过；补发的证件用新证号。") % {"number": number}
        if self.valid_to < self.valid_from:
            found["valid_to"] = _gettext("有效期至 %(to)s 早于有效期自 %(from)s，请对照证件再填。") % {
                "to": self.valid_to,
                "from": self.valid_from,
            }
        elif self.valid_to.year - attempt.today.year > LONGEST_YEARS:
            found["valid_to"] = _gettext("有效期至 %(to)s 过远，请对照证件再填。") % {"to": self.valid_to}
        lost_on: dt.date | None = getattr(attempt.subject, "ended_on", None)  # a new one has no subject yet
        if lost_on is not None and self.valid_from < lost_on:
            found["valid_from"] = _gettext("新证不能早于旧证作废的日期 %(day)s。") % {"day": lost_on}
        return found


@dataclass(frozen=True)
class Succeed(Reissue):
    """The same, and which certificate it replaces."""

    lost: int = 0


def _reissue(attempt: Attempt[Certificate, Reissue]) -> None:
    """The new certificate comes through the door by itself; here the old one tells which it is."""
    data = attempt.data
    new = Succeed(data.number, data.valid_from, data.valid_to, data.document, attempt.subject.pk)
    perform(None, SUCCEED, actor=attempt.actor, data=new, now=attempt.now)
    attempt.label(reissued=data.number.strip())
    attempt.fact("certificate.reissued")


def _succeed(attempt: Attempt[Certificate, Succeed]) -> None:
    data = attempt.data
    lost = Certificate.objects.select_related("officer__department").get(pk=data.lost)
    matter = Matter.objects.create(
        kind="certificate",
        department=lost.officer.department,
        title=_gettext("%(name)s的行政执法证") % {"name": lost.officer.name},
        number=data.number.strip(),
        opened_at=attempt.now,
    )
    attempt.matter = matter
    attempt.subject = Certificate(
        matter=matter,
        officer=lost.officer,
        number=data.number.strip(),
        issuer=lost.issuer,
        fields=lost.fields,
        area=lost.area,
        valid_from=data.valid_from,
        valid_to=data.valid_to,
    )
    Provenance.objects.create(certificate_id=matter.pk, replaces=lost)
    attempt.label(number=data.number.strip(), replaces=lost.number, document=data.document.strip())
    attempt.fact("certificate.registered", value={"valid_to": data.valid_to.isoformat()})


def _as_before(certificate: Certificate, _actor: Any) -> dict[str, Any]:
    return {"valid_to": certificate.valid_to}


LOSE = Action[Certificate, Lose](
    "certificate.lose",
    _("挂失"),
    source=HELD | TAKEN,
    target=State.LOST.value,
    roles=frozenset({Role.DEPT_ADMIN.value}),
    data=Lose,
    gates=(gates.AFTER_LAST_RETURN, gates.NOT_BEFORE_SUSPENSION, gates.IN_FORCE_THEN),
    body=_lose,
    model=Certificate,
    facts=("certificate.lost",),
    papers=("certificate.loss_statement",),
    law=("JD-14",),
    rare=True,
)
REISSUE = Action[Certificate, Reissue](
    "certificate.reissue",
    _("登记补发新证"),
    source=GONE,
    target=None,
    roles=frozenset({Role.SUPERVISOR.value, Role.SUPERVISION_HEAD.value}),
    acting=bureau,
    data=Reissue,
    gates=(gates.NOT_OF_MINISTRY, gates.NOT_REISSUED, gates.HOLDER_ON_DUTY_TO_RENEW),
    body=_reissue,
    model=Certificate,
    facts=("certificate.reissued",),
    initial=_as_before,
    law=("JD-14",),
    primary=True,
)
SUCCEED = Action[Certificate, Succeed](
    "certificate.succeed",
    _("补发的执法证"),
    source=frozenset(),
    target=State.ISSUED.value,
    roles=REISSUE.roles,
    data=Succeed,
    body=_succeed,
    model=Certificate,
    facts=("certificate.registered",),
    law=("JD-14",),
    hidden=True,
)
ACTIONS = (LOSE, REISSUE, SUCCEED)


@dataclass(frozen=True)
class LossPaper:
    """What the statement says."""

    name: str
    department: str
    number: str
    issuer: str
    since: str


class LossStatement(DocumentKind):
    """行政执法证件遗失作废声明."""

    key = "certificate.loss_statement"
    label = _("行政执法证件遗失作废声明")
    series = "证失"
    template = "personnel/papers/loss_statement.html"
    signers = (Role.DEPT_ADMIN.value,)

    def context(self, _matter: Any, subject: Certificate, _extra: dict[str, Any]) -> LossPaper:
        """Whose number counts no longer, from which day; how it was lost stays inside."""
        return LossPaper(
            name=subject.officer.name,
            department=subject.officer.department.name,
            number=subject.number,
            issuer=subject.issuer,
            since=chinese_date(subject.ended_on) if subject.ended_on else "",
        )
