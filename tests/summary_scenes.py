"""A penalty on the spot at every stage, through the door; the clock is moved by the scenes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils import timezone

from enforcement.models import Case, Party, PenaltyKind
from enforcement.summary import actions, data
from enforcement.summary.models import OnSpot
from portal.attachments.storing import store
from portal.workflow.door import perform
from tests import case_scenes as scene
from tests.attachments.files import upload
from tests.cast import Cast, fresh
from tests.scenes import certified, item

DAY = dt.date(2025, 8, 4)  # a Monday
IDENTITY = "650204199001010015"


def at(day: dt.date, hour: int = 10, minute: int = 0) -> dt.datetime:
    """A moment of a day, in Asia/Shanghai."""
    return dt.datetime.combine(day, dt.time(hour, minute), timezone.get_default_timezone())


def decide_data(cast: Cast, **changes: Any) -> data.Decide:
    """A citizen, fifty yuan, to be paid at the bank; everything done as it should be."""
    first, second = certified(cast)
    made = data.Decide(
        officers=(first.pk, second.pk),
        item=item(cast).pk,
        happened_at=at(DAY, 9, 40),
        place="示例区示例路与样例路交叉口",
        facts="2025年8月4日9时40分，当事人在人行道上摆摊销售水果（虚构）。",
        evidence="现场照片 2 张；执法记录仪录像 1 段",
        party_kind=Party.Kind.NATURAL.value,
        party_name="王示例（虚构）",
        address="示例区示例小区 1 栋",
        identity=IDENTITY,
        kinds=(PenaltyKind.FINE.value,),
        fine=Decimal(50),
        violated="《示例区市容管理办法》第十条（虚构）",
        basis="《示例区市容管理办法》第二十条（虚构）",
        correction="当场改正",
        statement_made=False,
        certificates_shown=True,
        told=True,
        facts_clear=True,
        punishable=True,
        recusal_declared=True,
    )
    return replace(made, **changes)


def company(**changes: Any) -> dict[str, Any]:
    """The party is a company."""
    return {
        "party_kind": Party.Kind.COMPANY.value,
        "party_name": "示例商贸有限公司（虚构）",
        "identity": "",
        "representative": "王示例",
    } | changes


def decided(cast: Cast, **changes: Any) -> Case:
    """Decided by Chen at ten in the morning; the form is printed."""
    scene.with_remedies(cast)
    with scene.on(DAY):
        case: Case = perform(None, actions.DECIDE, actor=fresh(cast.officer), data=decide_data(cast, **changes)).subject
        scene.render_all()
    return Case.objects.get(pk=case.pk)


def photo(cast: Cast, case: Case) -> int:
    """The signed form, photographed."""
    return int(store(case.matter, upload("现场.png"), fresh(cast.officer)).pk)


def handed_over(cast: Cast, **changes: Any) -> Case:
    """Signed on the spot."""
    case = decided(cast, **changes)
    with scene.on(DAY, 11):
        form = data.HandOver(signed=OnSpot.Signed.SIGNED.value, receiver="王示例", file=photo(cast, case))
        done: Case = perform(case, actions.HAND_OVER, actor=fresh(cast.officer), data=form).subject
    return Case.objects.get(pk=done.pk)


def collected(cast: Cast, **changes: Any) -> Case:
    """Fifty yuan taken on the spot against a fiscal receipt."""
    case = handed_over(cast, **{"paid_by": OnSpot.PaidBy.SMALL.value} | changes)
    with scene.on(DAY, 12):
        perform(case, actions.COLLECT, actor=fresh(cast.officer), data=data.Collect(receipt="新财 00000001"))
    return Case.objects.get(pk=case.pk)
