"""An imported decision becomes a case: one row of a file, through the one door."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases.bodies import acting_name
from enforcement.imports.records import DecisionRecord
from enforcement.models import Case, Decision, EnforcementAct, EnforcementItem, Party
from portal.accounts.encryption import keyed_hash
from portal.accounts.identity import birth_date, identity_error
from portal.accounts.roles import Role
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt
from portal.workflow.bulk import Creation

LATE_REASON = _("信息归集导入")
MAY_IMPORT = frozenset({Role.OFFICER.value, Role.DEPT_ADMIN.value, Role.SUPERVISOR.value, Role.SUPERVISION_HEAD.value})
S = EnforcementAct.State


@dataclass(frozen=True)
class ImportedDecision:
    """A decision as a row tells it, for a department; `run` and `line` say where it came from."""

    record: DecisionRecord
    department: Any
    run: int
    late_reason: str = ""

    @property
    def on(self) -> dt.date | None:
        """The day of the fact."""
        return self.record.decided_on


def build(attempt: Attempt[Case, ImportedDecision]) -> list[models.Model]:
    """Matter, case, parties, decision."""
    record, department = attempt.data.record, attempt.data.department
    names = "、".join(party.name for party in record.parties.each) or record.parties.original
    title = _title(record, names)
    matter = Matter(kind="enforcement.case", department=department, title=title, opened_at=attempt.now)
    case = Case(
        matter=matter,
        kind=EnforcementItem.Kind.PENALTY,
        department=department,
        state=S.DECIDED,
        acting_name=record.authority or acting_name(department),
        title=title,
        party_names=names[:300],
        origin=EnforcementAct.Origin.IMPORTED,
        to_complete=[missing.value for missing in record.missing],
        registered_on=attempt.today,
        decided_on=record.decided_on,
        procedure=record.procedure,
        source=Case.Source.OTHER,
        facts=record.facts,
        found_facts=record.facts,
        correction_ordered=record.correction,
    )
    attempt.matter, attempt.subject = matter, case
    parties = [
        Party(
            act=case,
            kind=party.kind.value,
            name=party.name,
            credit_code=party.credit_code,
            identity=party.identity,
            identity_hash=keyed_hash(party.identity),
            born_on=birth_date(party.identity) if party.identity and identity_error(party.identity) is None else None,
            representative=party.representative,
        )
        for party in record.parties.each
    ]
    decision = Decision(
        act=case,
        number=record.number.text if record.number else "",
        decided_on=record.decided_on,
        facts=record.facts or record.title,
        basis=record.basis,
        kinds=list(record.kinds),
        fine=record.fine,
        confiscation=record.confiscation,
        licence=record.licence,
        content=record.content,
    )
    return [matter, case, *parties, decision]


def _title(record: DecisionRecord, names: str) -> str:
    cause = (record.title or record.facts).splitlines()[0].rstrip("。；") if record.title or record.facts else ""
    title = f"{names[:60]}{cause}" if cause else names
    return (title or str(_t("归集的处罚决定")))[:200]


def conclude(attempt: Attempt[Case, ImportedDecision], rows: list[models.Model]) -> None:
    """The decision is a fact when its day is known; a day taken from another column says so."""
    record = attempt.data.record
    attempt.label(
        run=attempt.data.run, sheet=record.sheet, line=record.line, missing=[one.value for one in record.missing]
    )
    if record.decided_on is not None:
        value = {"assumed_from": record.assumed_from} if record.assumed_from else None
        for decision in rows:
            if isinstance(decision, Decision):
                attempt.fact("case.decided", at=record.decided_on, about=decision.about, value=value)


CREATION: Creation[Case, ImportedDecision] = Creation(build, conclude)
REGISTER_IMPORTED: Action[Case, ImportedDecision] = Action(
    key="enforcement.case.register_imported",
    label=_("归集已作出的决定"),
    model=Case,
    source=frozenset(),
    target=S.DECIDED.value,
    roles=MAY_IMPORT,
    data=ImportedDecision,
    body=CREATION.body,
    facts=("case.decided",),
    law=("SX-03",),
    hidden=True,
    system=True,
)
