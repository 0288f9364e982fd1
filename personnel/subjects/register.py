"""What can be done with a subject: applied for by the body, confirmed, published and withdrawn by the bureau."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.subjects.models import EnforcementSubject, Mandate
from personnel.subjects.who_and_when import ADMINS, BUREAU_HEADS, SUPERVISORS, blanks, bureau
from portal.accounts.credit_code import credit_code_error
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import Nothing, entry

State = EnforcementSubject.State
Kind = EnforcementSubject.Kind
WHO, WHAT = _("主体"), _("职权")


def kind_of(department: Any) -> str:
    """The kind of subject a department is; the bureau and the like are organs."""
    return str(department.kind) if department.kind in Kind.values else Kind.ORGAN.value


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What the register says of a subject."""

    name: str = entry(_("主体名称"), longest=80, group=WHO, help=_("与印章、执法文书一致的全称"))
    credit_code: str = entry(_("统一社会信用代码"), default="", longest=18, group=WHO)
    leader: str = entry(_("负责人"), longest=40, group=WHO)
    basis: str = entry(
        _("设立和职权依据"), "long", longest=2000, group=WHAT,
        help=_("法律、法规的授权条款，或者机构编制文件的名称和文号"), law=("CF-40",),
    )  # fmt: skip
    duties: str = entry(
        _("执法职责"), "long", longest=4000, group=WHAT, help=_("公告后社会公众可以看到"), law=("SX-06",)
    )
    area: str = entry(_("执法区域"), longest=120, group=WHAT, help=_("例如：白碱滩区行政区域"))
    proof: int | None = entry(
        _("依据文件"), "file", default=None, group=WHAT, help=_("批准设立或者职能配置文件的扫描件")
    )

    def problems(self, attempt: Attempt[EnforcementSubject, Any]) -> dict[str, Any]:
        """Nothing may be blank; a credit code must be one."""
        found = blanks(
            self,
            name=_gettext("请写明主体名称。"),
            leader=_gettext("请写明负责人。"),
            basis=_gettext("请写明依据。没有依据的主体，所作处罚无效。"),
            duties=_gettext("请写明执法职责。"),
            area=_gettext("请写明执法区域。"),
        )
        code = self.credit_code.strip()
        if code and (error := credit_code_error(code)):
            found["credit_code"] = error
        return found | self.more_problems(attempt)

    def more_problems(self, _attempt: Attempt[EnforcementSubject, Any]) -> dict[str, Any]:
        """What a step adds."""
        return {}

    def write(self, subject: EnforcementSubject) -> None:
        """Put it into the register."""
        subject.name = self.name.strip()
        subject.credit_code = self.credit_code.strip().upper()
        subject.leader = self.leader.strip()
        subject.basis, subject.duties = self.basis.strip(), self.duties.strip()
        subject.area = self.area.strip()
        subject.kind = kind_of(subject.department)


@dataclass(frozen=True, kw_only=True)
class Apply(Particulars):
    """The first application; one row a department."""

    def more_problems(self, attempt: Attempt[EnforcementSubject, Any]) -> dict[str, Any]:
        """A department stands in the register once; an entrusted body has somebody above it."""
        department = attempt.actor.department
        if EnforcementSubject.objects.filter(department=department).exists():
            return {"name": _gettext("本部门已经在登记簿上，请在那一页办理。")}
        if department.kind == Kind.ENTRUSTED and department.parent is None:
            return {"name": _gettext("部门资料里没有登记委托机关（上级部门），请先由系统管理员补上。")}
        return {}


def _apply(attempt: Attempt[EnforcementSubject, Apply]) -> None:
    department = attempt.actor.department
    attempt.matter = Matter.objects.create(
        kind="enforcement_subject",
        department=department,
        title=_gettext("执法主体：%(name)s") % {"name": attempt.data.name.strip()},
        opened_at=attempt.now,
    )
    attempt.subject = EnforcementSubject(matter=attempt.matter, department=department, applied_on=attempt.on)
    attempt.data.write(attempt.subject)
    attempt.label(kind=attempt.subject.kind)
    attempt.fact("subject.applied")


def _first_answers(subject: EnforcementSubject | None, actor: Any) -> dict[str, Any]:
    if subject is not None:
        return {name: getattr(subject, name) for name in ("name", "credit_code", "leader", "basis", "duties", "area")}
    department = actor.department
    return {"name": department.name, "credit_code": department.credit_code} if department else {}


def _amend(attempt: Attempt[EnforcementSubject, Particulars]) -> None:
    attempt.data.write(attempt.subject)
    attempt.label(amended=True)


def _resubmit(attempt: Attempt[EnforcementSubject, Nothing]) -> None:
    attempt.subject.applied_on = attempt.on
    attempt.fact("subject.applied")


def _again(attempt: Attempt[EnforcementSubject, Particulars]) -> None:
    subject = attempt.subject
    attempt.data.write(subject)
    subject.applied_on = attempt.on
    subject.confirmed_on = subject.published_on = None
    subject.number = subject.opinion = ""
    Matter.objects.filter(pk=attempt.matter.pk).update(closed_at=None)
    attempt.matter.closed_at = None
    attempt.fact("subject.applied")


@dataclass(frozen=True)
class Confirm:
    """What the bureau says."""

    opinion: str = entry(_("审核意见"), "long", longest=1000, help=_("核对了哪些依据，结论是什么"))

    def problems(self, _attempt: Attempt[Any, Any]) -> dict[str, str]:
        """An opinion is wanted."""
        return blanks(self, opinion=_gettext("请写明核对了哪些依据。"))


def _confirm(attempt: Attempt[EnforcementSubject, Confirm]) -> None:
    subject = attempt.subject
    subject.opinion, subject.confirmed_on = attempt.data.opinion.strip(), attempt.on
    subject.withdrawn_on, subject.withdrawn_ground = None, ""
    subject.kind = kind_of(subject.department)
    attempt.label(kind=subject.kind)
    attempt.fact("subject.confirmed")
    attempt.paper(
        "subjects.confirmation",
        proposer=attempt.proposal.proposed_by.name if attempt.proposal else "",
        approver=attempt.actor.name,
    )


@dataclass(frozen=True)
class Return:
    """What is to be changed."""

    reason: str = entry(_("退回理由"), "long", longest=1000, help=_("写明要补充或者更正什么"))

    def problems(self, _attempt: Attempt[Any, Any]) -> dict[str, str]:
        """A reason."""
        return blanks(self, reason=_gettext("请写明要补充或者更正什么。"))


def _return(attempt: Attempt[EnforcementSubject, Return]) -> None:
    attempt.subject.opinion = attempt.data.reason.strip()
    attempt.fact("subject.returned")


def _publish(attempt: Attempt[EnforcementSubject, Nothing]) -> None:
    subject = attempt.subject
    subject.published_on = attempt.on

    def number(document: Any) -> None:
        subject.number = document.number
        subject.save()

    attempt.paper("subjects.announcement", then=number)
    attempt.fact("subject.published")


@dataclass(frozen=True, kw_only=True)
class Change(Particulars):
    """A correction of what was confirmed, and why."""

    ground: str = entry(
        _("变更理由"), "long", longest=1000, group=_("变更"), help=_("机构改革、更名、职责调整等，附文件名称和文号")
    )

    def more_problems(self, _attempt: Attempt[EnforcementSubject, Any]) -> dict[str, Any]:
        """A ground."""
        return blanks(self, ground=_gettext("请写明变更的理由和依据。"))


def _change(attempt: Attempt[EnforcementSubject, Change]) -> None:
    attempt.data.write(attempt.subject)
    attempt.fact("subject.changed")


@dataclass(frozen=True)
class Withdraw:
    """From which day on it is no subject any more, and why."""

    withdrawn_on: dt.date = entry(_("撤销日期"), "date", help=_("从这一天起不能再以这一主体立案、作出决定"))
    ground: str = entry(_("撤销理由"), "long", longest=1000, help=_("机构撤并、授权终止等，附文件名称和文号"))

    def problems(self, attempt: Attempt[EnforcementSubject, Any]) -> dict[str, str]:
        """Not before it was confirmed, not in the future."""
        found = blanks(self, ground=_gettext("请写明撤销的理由和依据。"))
        confirmed = attempt.subject.confirmed_on
        if self.withdrawn_on > attempt.today:
            found["withdrawn_on"] = _gettext("撤销日期不能在今天以后。")
        elif confirmed is not None and self.withdrawn_on < confirmed:
            found["withdrawn_on"] = _gettext("撤销日期早于确认日期（%(day)s）。") % {"day": confirmed.isoformat()}
        return found


def _withdraw(attempt: Attempt[EnforcementSubject, Withdraw]) -> None:
    subject = attempt.subject
    subject.withdrawn_on, subject.withdrawn_ground = attempt.data.withdrawn_on, attempt.data.ground.strip()
    attempt.matter.closed_at = attempt.now
    attempt.matter.save(update_fields=["closed_at"])
    attempt.label(withdrawn_on=attempt.data.withdrawn_on.isoformat())
    attempt.fact("subject.withdrawn")
    attempt.paper("subjects.withdrawal")


def _mandated(attempt: Attempt[EnforcementSubject, Any]) -> bool:
    subject = attempt.subject
    if kind_of(subject.department) != Kind.ENTRUSTED:
        return True
    return Mandate.objects.in_force(attempt.on).filter(body=subject.department_id).exists()


HAS_MANDATE = Gate(
    "entrusted_has_mandate",
    _("受委托组织还没有已经公布、当日有效的委托书：先由委托机关签发并公布。"),
    ("处罚法20条",),
    _mandated,
)
APPLIED = frozenset({State.APPLIED.value})
RETURNED = frozenset({State.RETURNED.value})
STANDING = frozenset({State.CONFIRMED.value, State.PUBLISHED.value})


def _action(key: str, label: Any, source: frozenset[str], target: State | None, **more: Any) -> Action[Any, Any]:
    return Action(
        f"subjects.{key}",
        label,
        source=source,
        target=target.value if target else None,
        model=EnforcementSubject,
        law=("CF-40", "SX-06"),
        **more,
    )


APPLY = _action(
    "apply", _("申报执法主体资格"), frozenset(), State.APPLIED, roles=ADMINS, data=Apply, body=_apply,
    facts=("subject.applied",), initial=_first_answers,
)  # fmt: skip
AMEND = _action(
    "amend", _("补充或者更正申报"), APPLIED | RETURNED, None, roles=ADMINS, data=Particulars, body=_amend,
    initial=_first_answers,
)  # fmt: skip
RESUBMIT = _action(
    "resubmit", _("重新报送"), RETURNED, State.APPLIED, roles=ADMINS, data=Nothing, body=_resubmit,
    facts=("subject.applied",), primary=True,
)  # fmt: skip
CONFIRM = _action(
    "confirm", _("确认主体资格"), APPLIED, State.CONFIRMED, roles=BUREAU_HEADS, proposes=SUPERVISORS, acting=bureau,
    data=Confirm, body=_confirm, gates=(HAS_MANDATE,), facts=("subject.confirmed",), papers=("subjects.confirmation",),
    primary=True,
)  # fmt: skip
RETURN = _action(
    "return", _("退回补正"), APPLIED, State.RETURNED, roles=SUPERVISORS, acting=bureau, data=Return, body=_return,
    facts=("subject.returned",),
)  # fmt: skip
PUBLISH = _action(
    "publish", _("公告主体资格"), frozenset({State.CONFIRMED.value}), State.PUBLISHED, roles=SUPERVISORS, acting=bureau,
    data=Nothing, body=_publish, facts=("subject.published",), papers=("subjects.announcement",), primary=True,
)  # fmt: skip
CHANGE = _action(
    "change", _("变更登记"), STANDING, None, roles=BUREAU_HEADS, proposes=SUPERVISORS, acting=bureau, data=Change,
    body=_change, facts=("subject.changed",), initial=_first_answers, rare=True,
)  # fmt: skip
WITHDRAW = _action(
    "withdraw", _("撤销主体资格"), STANDING, State.WITHDRAWN, roles=BUREAU_HEADS, proposes=SUPERVISORS, acting=bureau,
    data=Withdraw, body=_withdraw, facts=("subject.withdrawn",), papers=("subjects.withdrawal",), rare=True,
)  # fmt: skip
AGAIN = _action(
    "again", _("重新申报"), frozenset({State.WITHDRAWN.value}), State.APPLIED, roles=ADMINS, data=Particulars,
    body=_again, facts=("subject.applied",), initial=_first_answers, rare=True,
)  # fmt: skip
ACTIONS = (APPLY, AMEND, RESUBMIT, CONFIRM, RETURN, PUBLISH, CHANGE, WITHDRAW, AGAIN)
