"""What is done with a certificate while it is held: the annual check, and the renewal of its validity."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel import gates
from personnel.actions import EVERY, HELD, TAKEN, bureau
from personnel.models import AnnualCheck, Certificate, Provenance, Renewal
from portal.accounts.roles import Role
from portal.workflow.actions import Action, Attempt
from portal.workflow.data import entry

FIRST_YEAR = 2000
LONGEST_YEARS = 10  # nobody's certificate runs longer; guards against a slip of the pen, no rule of law
LATE = _("日期早于上一个工作日的，写明为何迟录和凭证")


@dataclass(frozen=True)
class Check:
    """The year, the outcome and why."""

    year: int = entry(_("年度"), "integer")
    outcome: str = entry(
        _("结果"), "choice", options=lambda _subject, _actor: list(AnnualCheck.Outcome.choices), law=("ZJX-03",)
    )
    ground: str = entry(
        _("理由"), "long", default="", help=_("不通过的必填：写明事实和依据，例如：年度考核不合格、学时不足")
    )
    on: dt.date | None = entry(_("审验日期"), "date", default=None, help=_("不填为今天"))
    late_reason: str = entry(_("补录说明"), "long", default="", help=LATE)

    def problems(self, attempt: Attempt[Certificate, Check]) -> dict[str, str]:
        """What the form tells field by field."""
        found: dict[str, str] = {}
        if not FIRST_YEAR <= self.year <= attempt.today.year:
            found["year"] = _gettext("请填 %(first)d 年到今年的年份。") % {"first": FIRST_YEAR}
        if self.outcome not in AnnualCheck.Outcome.values:
            found["outcome"] = _gettext("请选择结果。")
        if self.outcome == AnnualCheck.Outcome.FAILED and not self.ground.strip():
            found["ground"] = _gettext("不通过的，请写明理由。")
        if attempt.on > attempt.today:
            found["on"] = _gettext("日期 %(on)s 在将来，请填已经发生的日期。") % {"on": attempt.on}
        return found


def _check(attempt: Attempt[Certificate, Check]) -> None:
    data = attempt.data
    AnnualCheck.objects.create(
        certificate=attempt.subject,
        year=data.year,
        outcome=data.outcome,
        ground=data.ground.strip(),
        checked_on=attempt.on,
    )
    attempt.label(year=data.year, outcome=data.outcome)
    attempt.fact("certificate.checked", about=f"year:{data.year}", value={"outcome": data.outcome})


def _this_year(_certificate: Certificate, _actor: Any) -> dict[str, Any]:
    return {"year": timezone.localdate().year}


@dataclass(frozen=True)
class Renew:
    """The new validity as printed on the new card."""

    valid_from: dt.date = entry(_("新有效期自"), "date")
    valid_to: dt.date = entry(_("新有效期至"), "date", law=("ZJX-03",), help=_("照新证填写"))
    document: str = entry(
        _("发证机关的文书"), default="", help=_("换证的批件或者通知；国务院部门核发的证件必填名称和文号")
    )
    on: dt.date | None = entry(_("换证日期"), "date", default=None, help=_("不填为今天"))
    late_reason: str = entry(_("补录说明"), "long", default="", help=LATE)

    def problems(self, attempt: Attempt[Certificate, Renew]) -> dict[str, str]:
        """What the form tells field by field."""
        found: dict[str, str] = {}
        certificate = attempt.subject
        if attempt.on > attempt.today:
            found["on"] = _gettext("日期 %(on)s 在将来，请填已经发生的日期。") % {"on": attempt.on}
        if self.valid_from < certificate.valid_from:
            found["valid_from"] = _gettext("新有效期自 %(new)s 早于原有效期自 %(old)s，请对照新证再填。") % {
                "new": self.valid_from,
                "old": certificate.valid_from,
            }
        next_day = certificate.valid_to + dt.timedelta(days=1)
        if attempt.today <= certificate.valid_to and self.valid_from > next_day:
            found["valid_from"] = _gettext(
                "原证 %(old)s 才到期，新有效期最晚自 %(next)s 接上；中间断开的，到期以后再登记。"
            ) % {"old": certificate.valid_to, "next": next_day}
        if self.valid_to < self.valid_from:
            found["valid_to"] = _gettext("有效期至 %(to)s 早于有效期自 %(from)s，请对照证件再填。") % {
                "to": self.valid_to,
                "from": self.valid_from,
            }
        elif self.valid_to <= certificate.valid_to:
            found["valid_to"] = _gettext("新有效期至 %(new)s 不晚于原有效期至 %(old)s，不是续期。") % {
                "new": self.valid_to,
                "old": certificate.valid_to,
            }
        elif self.valid_to.year - attempt.today.year > LONGEST_YEARS:
            found["valid_to"] = _gettext("有效期至 %(to)s 过远，请对照证件再填。") % {"to": self.valid_to}
        return found


def _renew(attempt: Attempt[Certificate, Renew]) -> None:
    """A gap between the old and the new validity stays a gap; without one the validity simply lasts longer."""
    certificate, data = attempt.subject, attempt.data
    Renewal.objects.create(
        certificate=certificate,
        renewed_on=attempt.on,
        old_from=certificate.valid_from,
        old_to=certificate.valid_to,
        new_from=data.valid_from,
        new_to=data.valid_to,
        document=data.document.strip(),
    )
    if data.valid_from > certificate.valid_to + dt.timedelta(days=1):
        certificate.valid_from = data.valid_from
    certificate.valid_to = data.valid_to
    attempt.label(valid_from=data.valid_from.isoformat(), valid_to=data.valid_to.isoformat())
    attempt.fact("certificate.renewed", value={"valid_to": data.valid_to.isoformat()})


@dataclass(frozen=True)
class CorrectSource:
    """Where it really comes from, and how the mistake came about."""

    source: str = entry(
        _("来源"), "choice", options=lambda _subject, _actor: list(Provenance.Source.choices), law=("JD-14",)
    )
    ground: str = entry(_("更正理由"), "long", help=_("登记时选错的，写明依据证件上的哪一项更正"))

    def problems(self, attempt: Attempt[Certificate, CorrectSource]) -> dict[str, str]:
        """What the form tells field by field."""
        found: dict[str, str] = {}
        if self.source not in Provenance.Source.values:
            found["source"] = _gettext("请选择证件来源。")
        elif Provenance.objects.filter(certificate=attempt.subject.pk, source=self.source).exists():
            found["source"] = _gettext("现在登记的就是这个来源。")
        if not self.ground.strip():
            found["ground"] = _gettext("请写明更正的理由。")
        return found


def _correct_source(attempt: Attempt[Certificate, CorrectSource]) -> None:
    provenance = Provenance.objects.select_for_update().get(certificate=attempt.subject.pk)
    attempt.label(before=provenance.source, source=attempt.data.source)
    provenance.source, provenance.note = attempt.data.source, attempt.data.ground.strip()
    provenance.save(update_fields=["source", "note"])
    attempt.fact("certificate.source_corrected")


CHECK = Action[Certificate, Check](
    "certificate.check",
    _("登记年审结果"),
    source=HELD | TAKEN,
    target=None,
    roles=frozenset({Role.SUPERVISOR.value, Role.SUPERVISION_HEAD.value}),
    acting=bureau,
    data=Check,
    gates=(gates.NOT_OF_MINISTRY, gates.CHECKED_YEARLY, gates.HELD_IN_THE_YEAR, gates.NOT_RECORDED_BEFORE),
    body=_check,
    model=Certificate,
    facts=("certificate.checked",),
    initial=_this_year,
    law=("ZJX-03",),
    later=True,
)
RENEW = Action[Certificate, Renew](
    "certificate.renew",
    _("登记续期换证"),
    source=HELD,
    target=None,
    roles=frozenset({Role.SUPERVISOR.value, Role.SUPERVISION_HEAD.value}),
    acting=bureau,
    data=Renew,
    gates=(gates.HOLDER_ON_DUTY_TO_RENEW, gates.LAST_CHECK_NOT_FAILED, gates.ISSUER_DECIDED),
    body=_renew,
    model=Certificate,
    facts=("certificate.renewed",),
    law=("ZJX-03",),
    primary=True,
)
CORRECT_SOURCE = Action[Certificate, CorrectSource](
    "certificate.correct_source",
    _("更正来源"),
    source=EVERY,
    target=None,
    roles=frozenset({Role.SUPERVISOR.value, Role.SUPERVISION_HEAD.value}),
    acting=bureau,
    data=CorrectSource,
    body=_correct_source,
    model=Certificate,
    facts=("certificate.source_corrected",),
    law=("JD-14",),
    rare=True,
)
ACTIONS = (CHECK, RENEW, CORRECT_SOURCE)
