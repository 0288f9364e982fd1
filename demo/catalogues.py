"""What is to come in the market bureau's catalogues: a discretion benchmark and a hearing amount, both invented."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from enforcement.catalogue import actions
from enforcement.catalogue.benchmark_form import SetBenchmark
from enforcement.catalogue.forms import AddHearing
from enforcement.catalogue.models import Entry
from portal.accounts.models import User
from portal.workflow import proposals

SOURCE = "白碱滩区裁量基准示例（虚构）"


def announce(today: dt.date) -> None:
    """Approved today, in force from next month: today's cases are not touched by it."""
    start = today + dt.timedelta(days=30)
    item = Entry.objects.filter(department__code="SCJGJ", kind=Entry.Kind.ITEM).order_by("code").first()
    if item is None:
        return
    benchmark = SetBenchmark(
        measure="yuan",
        lowest=Decimal(1000),
        highest=Decimal(20000),
        source=SOURCE,
        effective_from=start,
        reason="编制裁量基准（示例）",
        name_1="较轻",
        when_1="首次违法，主动改正，没有造成危害后果",
        low_1=Decimal(1000),
        high_1=Decimal(5000),
        name_2="一般",
        when_2="再次违法，或者涉及数量较大",
        low_2=Decimal(5000),
        high_2=Decimal(12000),
        name_3="较重",
        when_3="三次以上违法，或者造成危害后果",
        low_3=Decimal(12000),
        high_3=Decimal(20000),
    )
    _approved(item, actions.BENCHMARK, benchmark)
    hearing = AddHearing(
        code="TZ-01",
        name="较大数额罚款、没收（示例）",
        natural=Decimal(5000),
        organisation=Decimal(50000),
        ground=SOURCE,
        effective_from=start,
        reason="设定听证标准（示例）",
    )
    _approved(None, actions.ADD_HEARING, hearing)


def _approved(subject: Entry | None, action: Any, form: Any) -> None:
    people = {user.username: user for user in User.objects.filter(username__in=("scjgj.officer1", "scjgj.head"))}
    proposal = proposals.request(subject, action, actor=people["scjgj.officer1"], data=form)
    proposals.approve(proposal, actor=people["scjgj.head"])
