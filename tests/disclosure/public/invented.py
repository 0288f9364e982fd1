"""Invented decisions for the public zone."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from disclosure.public.publishing import HistoryEntry, OfficerShown, PublishedDecisionData, Remedy

HOST: Final = "https://gongshi.example"


def decision_data(**changes: Any) -> PublishedDecisionData:
    """An invented decision; every field can be changed."""
    given: dict[str, Any] = {
        "key": uuid.uuid4(),
        "act_kind": "penalty",
        "department_code": "SCJGJ",
        "department_name": "克拉玛依市白碱滩区市场监督管理局",
        "department_short": "区市场监督管理局",
        "number": "白市监处罚〔2026〕121号",
        "title": "示例食品店（虚构）未按规定建立进货查验记录案",
        "party_name": "示例食品店（虚构）",
        "party_kind": "business",
        "credit_code": "92650204MA0000000X",
        "item_code": "SP-01",
        "item_name": "食品经营监督检查",
        "penalty_kinds": ("警告", "罚款"),
        "outcome": "警告；罚款人民币 8,000 元",
        "facts": "2026年9月3日检查时，当事人未建立进货查验记录。联系电话［已隐去］。",
        "basis": "《中华人民共和国食品安全法》第五十三条",
        "fine": Decimal(8000),
        "decided_on": dt.date(2026, 11, 16),
        "published_at": dt.datetime(2026, 11, 20, 10, 0, tzinfo=timezone.get_default_timezone()),
        "published_within": 4,
        "allowed_days": 7,
        "snapshot_hash": "9f2c71e054ab0d8e6613c0f72a95e81b" * 2,
        "verification_code": "7K4M-92QD-XR5T",
        "officers": (OfficerShown("陈示例", "65020400121"),),
        "remedies": (
            Remedy("行政复议", "收到决定书之日起 60 日内", "克拉玛依市白碱滩区人民政府"),
            Remedy("行政诉讼", "收到决定书之日起 6 个月内", "克拉玛依市白碱滩区人民法院"),
        ),
        "history": (
            HistoryEntry(dt.date(2026, 11, 20), "公示", "作出后第 4 个工作日"),
            HistoryEntry(dt.date(2026, 11, 16), "作出处罚决定"),
        ),
        "hidden_count": 1,
        "hidden_kinds": ("手机号",),
    }
    return PublishedDecisionData(**{**given, **changes})
