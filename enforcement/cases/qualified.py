"""Whether the department may act in this matter at all: the gates that ask the register of subjects.

The register binds those alone who stand in it; a department without a row is not stopped.
A lead may always be registered: it must be on record to be transferred.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases.sections import CaseSection, add_section
from enforcement.models import Case, EnforcementAct, EnforcementItem
from personnel.subjects import questions
from portal.accounts.models import Department
from portal.theme.components import Cell, Column, Pair, Table
from portal.workflow.actions import Attempt, Gate
from portal.workflow.registry import add_gate

ActAttempt = Attempt[Any, Any]
SUGGESTED = 10


def _department(attempt: ActAttempt) -> Department | None:
    subject = attempt.subject
    found: Department | None = subject.department if subject is not None else attempt.actor.department
    return found


def _code(attempt: ActAttempt) -> str:
    item = attempt.subject.item if attempt.subject is not None else None
    if item is None and getattr(attempt.data, "item", None):
        item = EnforcementItem.objects.filter(pk=attempt.data.item).first()
    return item.code if item is not None else ""


def _standing(attempt: ActAttempt) -> bool | str:
    return questions.standing_problem(_department(attempt), attempt.on) or True


def _mandate(attempt: ActAttempt) -> bool | str:
    return questions.mandate_problem(_department(attempt), _code(attempt), attempt.on) or True


def _empowerment(attempt: ActAttempt) -> bool | str:
    problem = questions.empowerment_problem(_department(attempt), _code(attempt), attempt.on)
    if problem is None:
        return True
    subject = attempt.subject
    names = receivers(subject) if subject is not None else []
    return problem + (_t("可以移送：%(names)s。") % {"names": "、".join(names)} if names else "")


subject_confirmed = Gate("subject_confirmed", _("执法主体资格没有确认或者已经撤销"), ("CF-40",), _standing)
within_mandate = Gate("within_mandate", _("不在委托范围内"), ("处罚法20条", "CF-36"), _mandate)
within_empowerment = Gate("within_empowerment", _("不在赋权清单内"), ("CF-39",), _empowerment)
QUALIFIED = (subject_confirmed, within_mandate, within_empowerment)
STEPS = ("enforcement.case.file", "enforcement.case.decide", "enforcement.case.no_penalty")
ON_THE_SPOT = "summary.decide"  # brings its case into being: what the item is, only the form says


def register() -> None:
    """The gates before filing and deciding, the part of the case's page. Called in AppConfig.ready()."""
    for step in STEPS:
        for gate in QUALIFIED:
            add_gate(step, gate)
    for gate in QUALIFIED:
        add_gate(ON_THE_SPOT, replace(gate, needs_data=gate is not subject_confirmed))
    add_section(section)


def holders(act: EnforcementAct) -> list[Department]:
    """The departments whose catalogue has an item of the same name or code in force, streets and entrusted bodies out."""
    if act.item is None:
        return []
    items = EnforcementItem.objects.in_force(act.registered_on).filter(name=act.item.name)
    rows = Department.objects.filter(pk__in=items.values("department"), is_active=True)
    own = {Department.Kind.STREET.value, Department.Kind.ENTRUSTED.value}
    return list(rows.exclude(kind__in=own).exclude(pk=act.department_id).order_by("code")[:SUGGESTED])


def receivers(act: EnforcementAct) -> list[str]:
    """Who may take the matter over, by name: the origin that the list tells, then whoever has the item."""
    origin = questions.origin_of(act.department, act.item.code if act.item else "")
    names = [origin] if origin else []
    return names + [row.name for row in holders(act) if origin not in (row.name, row.short_name, row.code)]


def section(case: Case, _user: Any) -> CaseSection | None:
    """In whose name an entrusted body acts; whom a street should transfer to when the item is not its own."""
    if case.filed_on is None and case.state != EnforcementAct.State.LEAD:
        return None
    on = case.filed_on or case.registered_on
    code = case.item.code if case.item else ""
    mandate = questions.mandate_on(case.department, code, on) if case.department.kind == "entrusted" else None
    if mandate is not None:
        return CaseSection(
            "subject",
            _t("执法主体"),
            (
                Pair(_t("以谁的名义"), mandate.department.name, small=_t("处罚法20条")),
                Pair(_t("委托书"), mandate.number or "—", small=f"{mandate.valid_from} – {mandate.valid_to}"),
            ),
        )
    if case.state != EnforcementAct.State.LEAD or case.department.kind != "street":
        return None
    return _transfer(case, code)


def _transfer(case: Case, code: str) -> CaseSection | None:
    from django.utils import timezone

    problem = questions.empowerment_problem(case.department, code, timezone.localdate())
    if problem is None:
        return None
    rows = holders(case)
    origin = questions.origin_of(case.department, code)
    pairs = [Pair(_t("建议移送"), problem, small=_t("处罚法24条"))]
    if origin:
        pairs.append(Pair(_t("赋权清单所载原行使部门"), origin))
    table = Table(
        _t("目录里有这一事项的部门"),
        [Column(_t("部门")), Column(_t("地址")), Column(_t("电话"))],
        [[Cell(row.name), row.address or "—", row.phone or "—"] for row in rows],
    )
    return CaseSection(
        "subject", _t("本街道没有这一事项的处罚权"), pairs, [(str(table.caption), table)] if rows else ()
    )
