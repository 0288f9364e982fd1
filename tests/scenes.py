"""Scenes that several rooms' tests begin with: certified officers, a catalogue item, a case at some stage.

Everything goes through the door, so that the ledger, the facts and the clocks are what they would be.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from enforcement.cases import actions, data
from enforcement.models import Case, EnforcementItem, Party
from personnel import actions as certificates
from personnel.models import Officer
from portal.workflow import proposals
from portal.workflow.door import Outcome, perform
from tests.cast import Cast, fresh

FIELD = "市场监管"


def certified(cast: Cast) -> tuple[Officer, Officer]:
    """Chen and Li as officers of the market bureau with valid certificates for its field."""
    today = timezone.localdate()
    made = []
    for place, person in enumerate((cast.officer, cast.second_officer), start=1):
        officer, is_new = Officer.objects.get_or_create(
            user=person, defaults={"department": cast.market, "name": person.name}
        )
        if is_new:
            perform(
                None,
                certificates.REGISTER,
                actor=fresh(cast.dept_admin),
                data=certificates.Register(
                    officer=officer.pk,
                    number=f"650204001{place:02d}",
                    issuer="示例区人民政府",
                    fields=(FIELD,),
                    area="示例区",
                    valid_from=today - dt.timedelta(days=900),
                    valid_to=today + dt.timedelta(days=900),
                ),
            )
        made.append(officer)
    return made[0], made[1]


def item(cast: Cast, code: str = "4.17", department: Any = None) -> EnforcementItem:
    """An item of a department's catalogue (the market bureau's) that has been in force for years."""
    return EnforcementItem.objects.get_or_create(
        department=department or cast.market,
        code=code,
        defaults={
            "name": "对未按规定建立进货查验记录的处罚",
            "field": FIELD,
            "basis": "食品安全法第一百二十六条第一款第三项",
            "effective_from": dt.date(2020, 1, 1),
        },
    )[0]


def register_data(cast: Cast, **changes: Any) -> data.Register:
    """What an officer types when a lead comes in."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "source": Case.Source.INSPECTION,
        "item": item(cast).pk,
        "party_kind": Party.Kind.COMPANY,
        "party_name": "示例便利店（虚构）",
        "address": "示例区示例路 21 号",
        "facts": "检查时 12 种预包装食品未能提供供货者许可证（虚构）",
        "occurred_on": today - dt.timedelta(days=1),
    }
    return data.Register(**values | changes)


def lead(cast: Cast, actor: Any = None, **changes: Any) -> Case:
    """A case that has just been registered by Chen."""
    outcome = perform(None, actions.REGISTER, actor=fresh(actor or cast.officer), data=register_data(cast, **changes))
    case: Case = outcome.subject
    return case


def foreign_lead(cast: Cast) -> Case:
    """A case of the city management, registered by Sun: nothing that Chen and Zhao may see."""
    return lead(cast, cast.foreign_officer, item=item(cast, "7.1", cast.city).pk, party_name="示例工地（虚构）")


def file_data(cast: Cast, **changes: Any) -> data.File:
    """What an officer types to have a case filed."""
    first, second = certified(cast)
    values: dict[str, Any] = {
        "officers": (first.pk, second.pk),
        "opinion": "有证据证明存在违法事实，依法应当给予行政处罚（虚构）",
        "recusal_declared": True,
        "duplicate_answer": "不是同一违法行为（虚构）",
    }
    return data.File(**values | changes)


def requested(cast: Cast, case: Case | None = None) -> Any:
    """Chen's proposal to file a case, waiting for Zhao."""
    case = case or lead(cast)
    return proposals.request(case, actions.FILE, actor=fresh(cast.officer), data=file_data(cast))


def filed(cast: Cast, case: Case | None = None) -> Case:
    """A filed case: proposed by Chen, approved by Zhao."""
    outcome: Outcome = proposals.approve(requested(cast, case), actor=fresh(cast.head))
    found: Case = outcome.subject
    return found
