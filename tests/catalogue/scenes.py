"""Entries of the market bureau's catalogue, put forward by Chen and approved by Zhao."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from enforcement.catalogue import actions, forms
from enforcement.catalogue.benchmark_form import SetBenchmark
from enforcement.catalogue.models import Entry
from portal.workflow import proposals
from tests.cast import Cast, fresh

SINCE = dt.date(2020, 1, 1)


def done(cast: Cast, subject: Any, action: Any, data: Any) -> Entry:
    """Put forward and approved."""
    proposal = proposals.request(subject, action, actor=fresh(cast.officer), data=data)
    found: Entry = proposals.approve(proposal, actor=fresh(cast.head)).subject
    return found


def item_data(**changes: Any) -> forms.AddItem:
    """An item on expired food."""
    made = forms.AddItem(
        code="4.17",
        name="对销售超过保质期食品的处罚",
        act_kind="penalty",
        field="市场监管",
        basis="《食品安全法》第一百二十四条第一款第五项",
        handler="食品科",
        reviewer="法规科",
        approver="分管负责人",
        effective_from=SINCE,
        reason="首次入目录（虚构）",
    )
    return replace(made, **changes)


def item_entry(cast: Cast, **changes: Any) -> Entry:
    """The item in the catalogue."""
    return done(cast, None, actions.ADD_ITEM, item_data(**changes))


def benchmark_data(**changes: Any) -> Any:
    """Three tiers from 1,000 to 20,000 yuan that join."""
    made = SetBenchmark(
        measure="yuan",
        lowest=Decimal(1000),
        highest=Decimal(20000),
        source="示例区裁量基准（虚构）",
        effective_from=SINCE,
        reason="编制（虚构）",
        name_1="较轻",
        when_1="首次",
        low_1=Decimal(1000),
        high_1=Decimal(4000),
        name_2="一般",
        when_2="二次",
        low_2=Decimal(4000),
        high_2=Decimal(10000),
        name_3="严重",
        when_3="三次以上",
        low_3=Decimal(10000),
        high_3=Decimal(20000),
        kinds_1=("warning",),
        kinds_2=("warning",),
    )
    return replace(made, **changes)


def hearing_data(**changes: Any) -> forms.AddHearing:
    """2,000 yuan for people, 50,000 for companies."""
    made = forms.AddHearing(
        code="TZ-1",
        name="较大数额罚没",
        natural=Decimal(2000),
        organisation=Decimal(50000),
        ground="示例文件（虚构）",
        effective_from=SINCE,
        reason="设定（虚构）",
    )
    return replace(made, **changes)
