"""What an imported decision lacked is filled in by a person; only then can it be disclosed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data import PartyData, late_reason, not_in_future
from enforcement.imports.numbers import LONGEST, parse_numbers
from enforcement.imports.reasons import Missing
from enforcement.imports.registering import LATE_REASON
from enforcement.models import Case, Decision, EnforcementAct, Party, PenaltyKind
from portal.accounts.roles import Role
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import entry

S = EnforcementAct.State
IF_MISSING = _("缺的才填；已有的不改")


@dataclass(frozen=True)
class Complete:
    """What publication needs; fields that the file already filled are shown and stay as they are."""

    number: str = entry(_("行政处罚决定书文号"), default="", help=IF_MISSING, law=("SX-03",))
    decided_on: dt.date | None = entry(_("处罚决定日期"), "date", default=None, help=IF_MISSING, law=("SX-02",))
    authority: str = entry(_("处罚机关"), default="", help=IF_MISSING)
    party_kind: str = entry(_("当事人类别"), "choice", options=options.of(Party.Kind), default="", group=_("当事人"))
    party_name: str = entry(_("当事人名称或者姓名"), default="", group=_("当事人"), help=IF_MISSING)
    credit_code: str = entry(_("统一社会信用代码"), default="", group=_("当事人"))
    identity: str = entry(_("公民身份号码"), default="", group=_("当事人"), help=_("加密保存，显示时隐去"))
    facts: str = entry(_("违法事实"), "long", default="", group=_("处罚"), help=IF_MISSING)
    kinds: tuple[str, ...] = entry(
        _("处罚种类"), "choices", options=options.of(PenaltyKind), default=(), group=_("处罚")
    )
    content: str = entry(_("处罚内容"), "long", default="", group=_("处罚"), help=IF_MISSING)
    fine: Decimal | None = entry(_("罚款（元）"), "money", default=None, group=_("处罚"), help=IF_MISSING)
    late_reason: str = late_reason()

    @property
    def on(self) -> dt.date | None:
        """Filling in happens today; the decision's own day is a fact of its own."""
        return None

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Values must be possible; something must be filled in."""
        found: dict[str, Any] = not_in_future(decided_on=self.decided_on)
        number = parse_numbers(self.number)
        if self.number.strip() and (number is None or len(number.text) > LONGEST):
            found["number"] = _t("这不是文号。请照决定书填写，例如：白市监罚〔2026〕96号。")
        if self.party_name.strip():
            found |= self._party().party_problems()
            if not self.party_kind:
                found["party_kind"] = _t("请选择当事人类别。")
        if self.fine is not None and self.fine < 0:
            found["fine"] = _t("罚款金额不能是负数。")
        if not found and not _gained(attempt.subject, self):
            found["number"] = _t("缺的项目一项也没有填。")
        return found

    def _party(self) -> PartyData:
        return PartyData(self.party_kind, self.party_name, self.credit_code, self.identity)

    def party_fields(self) -> dict[str, Any]:
        """The values for a Party row."""
        return self._party().party_fields()


def _gained(case: Case, data: Complete) -> set[str]:
    """Which of the missing things the form fills in."""
    filled = {
        Missing.NUMBER: data.number.strip(),
        Missing.DECIDED_ON: data.decided_on,
        Missing.PARTY: data.party_name.strip(),
        Missing.FACTS: data.facts.strip(),
        Missing.KINDS: data.kinds,
        Missing.CONTENT: data.content.strip(),
        Missing.FINE: data.fine is not None,
        Missing.AUTHORITY: data.authority.strip(),
    }
    return {name.value for name, value in filled.items() if value} & set(case.to_complete)


def _initial(case: Case, _actor: Any) -> dict[str, Any]:
    return {"authority": case.acting_name, "late_reason": str(LATE_REASON)}


def complete(attempt: Attempt[Case, Complete]) -> None:
    """Fill in what was missing and given; a day of decision that becomes known is a fact from then on."""
    case, data = attempt.subject, attempt.data
    decision = Decision.objects.get(act=case)
    gained = _gained(case, data)
    if Missing.NUMBER in gained and (number := parse_numbers(data.number)):
        decision.number = number.text
    if Missing.AUTHORITY in gained:
        case.acting_name = data.authority.strip()
    if Missing.PARTY in gained:
        party = Party.objects.create(act=case, **data.party_fields())
        case.party_names = party.name[:300]
    if Missing.FACTS in gained:
        decision.facts = case.facts = case.found_facts = data.facts.strip()
    if Missing.KINDS in gained:
        decision.kinds = list(data.kinds)
        if PenaltyKind.FINE in data.kinds and decision.fine is None and data.fine is None:
            case.to_complete = [*case.to_complete, Missing.FINE.value]
    if Missing.CONTENT in gained:
        decision.content = data.content.strip()
    if data.fine is not None and decision.fine is None:
        decision.fine = data.fine
    if Missing.DECIDED_ON in gained:
        decision.decided_on = case.decided_on = data.decided_on
        attempt.fact("case.decided", at=data.decided_on, about=decision.about)
    decision.save()
    case.to_complete = [name for name in case.to_complete if name not in gained]
    attempt.label(completed=sorted(gained), missing=list(case.to_complete))


def _imported(attempt: Attempt[Any, Any]) -> bool:
    return bool(attempt.subject.origin == EnforcementAct.Origin.IMPORTED and attempt.subject.to_complete)


something_missing = Gate("something_missing", _("归集的信息没有缺项，不需要补全"), ("SX-03",), _imported)
COMPLETE: Action[Case, Complete] = Action(
    key="enforcement.case.complete_imported",
    label=_("补全归集的信息"),
    model=Case,
    source=frozenset({S.DECIDED.value}),
    target=None,
    roles=frozenset({Role.OFFICER.value, Role.DEPT_ADMIN.value}),
    data=Complete,
    initial=_initial,
    gates=(something_missing,),
    body=complete,
    facts=("case.decided",),
    law=("SX-03",),
    primary=True,
)
