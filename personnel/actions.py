"""What can be done with a certificate: register, suspend, resume, cancel, revoke, show the number behind it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel import gates
from personnel.fields import FIELDS
from personnel.models import Certificate, Officer, Provenance, Suspension
from personnel.papers import CancellationNotice, ReturnNotice, RevocationDecision, SuspensionDecision
from personnel.turns import take_turn
from portal.accounts.models import Department
from portal.accounts.roles import Role
from portal.documents.kinds import DocumentKind
from portal.documents.spelling import chinese_date
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt
from portal.workflow.data import Nothing, entry

State = Certificate.State
HELD = frozenset({State.ISSUED.value})
TAKEN = frozenset({State.SUSPENDED.value})
EVERY = frozenset(State.values)


def bureau(_certificate: Certificate) -> Department:
    """Qualification is confirmed and taken back by the bureau (执法监督条例10条、17条2款)."""
    return Department.objects.get(kind=Department.Kind.BUREAU)


def registrable_officers(_subject: Certificate | None, actor: Any) -> QuerySet[Officer]:
    """On-duty officers the person may register a certificate for."""
    return Officer.objects.visible_to(actor).filter(active=True).select_related("department")


@dataclass(frozen=True)
class Register:
    """A certificate issued elsewhere, as printed on it."""

    officer: int = entry(_("持证人"), "record", options=registrable_officers)
    number: str = entry(_("证号"))
    issuer: str = entry(_("发证机关"), help=_("例如：新疆维吾尔自治区人民政府、国家金融监督管理总局"))
    fields: tuple[str, ...] = entry(
        _("执法领域"),
        "choices",
        options=lambda _subject, _actor: [(name, name) for name in FIELDS],
        help=_("证上写“综合”的，选“综合”，适用于本部门全部领域"),
    )
    area: str = entry(_("执法区域"), help=_("证上写的地域"))
    valid_from: dt.date = entry(_("有效期自"), "date")
    valid_to: dt.date = entry(_("有效期至"), "date")
    source: str = entry(
        _("来源"),
        "choice",
        default=Provenance.Source.REGION.value,
        options=lambda _subject, _actor: list(Provenance.Source.choices),
        help=_("国务院部门（例如国家金融监督管理总局）核发的证件，本地只登记，不审验、不换发、不补发"),
    )

    def problems(self, attempt: Attempt[Certificate, Register]) -> dict[str, str]:
        """What the form tells field by field."""
        found: dict[str, str] = {}
        if self.valid_to < self.valid_from:
            found["valid_to"] = _gettext("有效期至 %(to)s 早于有效期自 %(from)s，请对照证件再填。") % {
                "to": self.valid_to,
                "from": self.valid_from,
            }
        if not self.fields:
            found["fields"] = _gettext("至少选一个执法领域。")
        if not registrable_officers(None, attempt.actor).filter(pk=self.officer).exists():
            found["officer"] = _gettext("持证人不在您能登记的人员之内。")
        if Certificate.objects.filter(number=self.number.strip()).exists():
            found["number"] = _gettext("证号 %(number)s 已经登记过。") % {"number": self.number.strip()}
        if self.source not in Provenance.Source.values:
            found["source"] = _gettext("请选择证件来源。")
        return found


def _register(attempt: Attempt[Certificate, Register]) -> None:
    data = attempt.data
    officer = Officer.objects.select_related("department").get(pk=data.officer)
    number = data.number.strip()
    matter = Matter.objects.create(
        kind="certificate",
        department=officer.department,
        title=_gettext("%(name)s的行政执法证") % {"name": officer.name},
        number=number,
        opened_at=attempt.now,
    )
    attempt.matter = matter
    attempt.subject = Certificate(
        matter=matter,
        officer=officer,
        number=number,
        issuer=data.issuer.strip(),
        fields=list(data.fields),
        area=data.area.strip(),
        valid_from=data.valid_from,
        valid_to=data.valid_to,
    )
    Provenance.objects.create(certificate_id=matter.pk, source=data.source)
    attempt.label(number=number, issuer=data.issuer.strip(), fields=list(data.fields), source=data.source)
    attempt.fact("certificate.registered", value={"valid_to": data.valid_to.isoformat()})


@dataclass(frozen=True)
class Ground:
    """A day and a reason."""

    ground: str = entry(_("理由"), "long", help=_("写明事实和依据，例如：调离执法岗位、年度考核不合格"))
    on: dt.date | None = entry(_("日期"), "date", default=None, help=_("不填为今天"))
    late_reason: str = entry(_("补录说明"), "long", default="", help=_("日期早于上一个工作日的，写明为何迟录和凭证"))
    document: str = entry(
        _("发证机关的文书"),
        default="",
        help=_("国务院部门核发的证件必填：发证机关作出决定的文书名称和文号；其他证件可以不填"),
    )
    basis: str = entry(
        _("另有依据"),
        default="",
        help=_("印在文书上：有自治区、州规定的，写名称和条款，例如《示例办法》第九条；没有的不填"),
    )

    def problems(self, attempt: Attempt[Certificate, Ground]) -> dict[str, str]:
        """What the form tells field by field."""
        found: dict[str, str] = {}
        if not self.ground.strip():
            found["ground"] = _gettext("请写明理由。")
        if attempt.on > attempt.today:
            found["on"] = _gettext("日期 %(on)s 在将来，请填已经发生的日期。") % {"on": attempt.on}
        return found


def _suspend(attempt: Attempt[Certificate, Ground]) -> None:
    take_turn(attempt.subject.officer_id)
    Suspension.objects.create(certificate=attempt.subject, begun_on=attempt.on, ground=attempt.data.ground.strip())
    attempt.fact("certificate.suspended")
    _paper(attempt, SuspensionDecision)


def _resume(attempt: Attempt[Certificate, Ground]) -> None:
    begun = attempt.subject.suspensions.get(ended_on=None).begun_on
    _return(attempt.subject, attempt.on, attempt.data.ground.strip())
    attempt.fact("certificate.resumed")
    _paper(attempt, ReturnNotice, begun_on=chinese_date(begun))


def _paper(attempt: Attempt[Certificate, Ground], kind: type[DocumentKind], **more: str) -> None:
    """The paper of the step; a ministry has written its own."""
    if gates.is_of_ministry(attempt.subject):
        return
    data = attempt.data
    values: dict[str, Any] = {
        "on": attempt.on.isoformat(),
        "ground": data.ground.strip(),
        "basis": data.basis.strip(),
        **more,
    }
    attempt.paper(kind.key, **values)


def _return(certificate: Certificate, on: dt.date, ground: str) -> None:
    running = certificate.suspensions.get(ended_on=None)
    running.ended_on = on
    running.end_ground = ground
    running.save()


def end(attempt: Attempt[Certificate, Any], ground: str) -> None:
    """The certificate counts no longer from the day on; a suspension that runs ends with it."""
    certificate = attempt.subject
    take_turn(certificate.officer_id)
    certificate.ended_on = attempt.on
    certificate.ended_ground = ground
    if certificate.suspensions.filter(ended_on=None).exists():
        _return(certificate, attempt.on, ground)
    Matter.objects.filter(pk=attempt.matter.pk).update(closed_at=attempt.now)


def _end(fact: str, kind: type[DocumentKind]) -> Any:
    def body(attempt: Attempt[Certificate, Ground]) -> None:
        end(attempt, attempt.data.ground.strip())
        attempt.fact(fact)
        _paper(attempt, kind)

    return body


def _failed_check(certificate: Certificate, _actor: Any) -> dict[str, Any]:
    """What a failed annual check offers: the ground of the suspension, for the proposer to complete."""
    last = gates.last_check(certificate)
    if last is None or last.outcome != last.Outcome.FAILED:
        return {}
    ground = _gettext("%(year)d 年年审不通过：%(ground)s") % {"year": last.year, "ground": last.ground}
    return {"ground": ground}


def _show(attempt: Attempt[Certificate, Nothing]) -> None:
    """Nothing changes; the event is the record of who looked at the number."""
    attempt.label(shown="identity")


REGISTER = Action[Certificate, Register](
    "certificate.register",
    _("登记执法证"),
    source=frozenset(),
    target=State.ISSUED.value,
    roles=frozenset({Role.DEPT_ADMIN.value, Role.SUPERVISOR.value}),
    data=Register,
    body=_register,
    model=Certificate,
    facts=("certificate.registered",),
    law=("JD-14", "ZJX-01"),
)
SUSPEND = Action[Certificate, Ground](
    "certificate.suspend",
    _("暂扣"),
    source=HELD,
    target=State.SUSPENDED.value,
    roles=frozenset({Role.SUPERVISION_HEAD.value}),
    proposes=frozenset({Role.SUPERVISOR.value}),
    acting=bureau,
    data=Ground,
    gates=(gates.AFTER_LAST_RETURN, gates.NOT_EXPIRED, gates.ISSUER_DECIDED),
    initial=_failed_check,
    body=_suspend,
    model=Certificate,
    facts=("certificate.suspended",),
    papers=("certificate.suspension",),
    law=("JD-14",),
)
RESUME = Action[Certificate, Ground](
    "certificate.resume",
    _("发还"),
    source=TAKEN,
    target=State.ISSUED.value,
    roles=frozenset({Role.SUPERVISION_HEAD.value}),
    proposes=frozenset({Role.SUPERVISOR.value}),
    acting=bureau,
    data=Ground,
    gates=(gates.NOT_BEFORE_SUSPENSION, gates.HOLDER_ON_DUTY, gates.ISSUER_DECIDED),
    body=_resume,
    model=Certificate,
    facts=("certificate.resumed",),
    papers=("certificate.return",),
    law=("JD-14",),
)
CANCEL = Action[Certificate, Ground](
    "certificate.cancel",
    _("注销"),
    source=TAKEN,
    target=State.CANCELLED.value,
    roles=frozenset({Role.SUPERVISION_HEAD.value}),
    proposes=frozenset({Role.SUPERVISOR.value}),
    acting=bureau,
    data=Ground,
    gates=(gates.NOT_BEFORE_SUSPENSION, gates.ISSUER_DECIDED),
    body=_end("certificate.cancelled", CancellationNotice),
    model=Certificate,
    facts=("certificate.cancelled",),
    papers=("certificate.cancellation",),
    law=("ZJX-02",),
    rare=True,
)
REVOKE = Action[Certificate, Ground](
    "certificate.revoke",
    _("吊销"),
    source=HELD | TAKEN,
    target=State.REVOKED.value,
    roles=frozenset({Role.SUPERVISION_HEAD.value}),
    proposes=frozenset({Role.SUPERVISOR.value}),
    acting=bureau,
    data=Ground,
    gates=(gates.AFTER_LAST_RETURN, gates.NOT_BEFORE_SUSPENSION, gates.ISSUER_DECIDED),
    body=_end("certificate.revoked", RevocationDecision),
    model=Certificate,
    facts=("certificate.revoked",),
    papers=("certificate.revocation",),
    law=("JD-12",),
    rare=True,
)
SHOW_IDENTITY = Action[Certificate, Nothing](
    "certificate.show_identity",
    _("显示公民身份号码"),
    source=EVERY,
    target=None,
    roles=frozenset({Role.DEPT_ADMIN.value}),
    data=Nothing,
    body=_show,
    model=Certificate,
    hidden=True,
)
SHOW_IDENTITY_TO_BUREAU = Action[Certificate, Nothing](
    "certificate.show_identity_to_bureau",
    _("显示公民身份号码"),
    source=EVERY,
    target=None,
    roles=frozenset({Role.SUPERVISOR.value, Role.SUPERVISION_HEAD.value}),
    acting=bureau,
    data=Nothing,
    body=_show,
    model=Certificate,
    hidden=True,
)

ACTIONS = (REGISTER, SUSPEND, RESUME, CANCEL, REVOKE, SHOW_IDENTITY, SHOW_IDENTITY_TO_BUREAU)
