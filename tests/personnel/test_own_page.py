"""The officer's own page: certificate, postings, and what other rooms put on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from personnel import own
from personnel.models import Officer
from personnel.own import OwnSection, register_own_section
from personnel.staff import save_officer
from tests.cast import Cast
from tests.personnel.scenes import certificate, identity_number


def test_an_officer_sees_his_own_data_and_nobody_elses(cast: Cast, sign_in: Callable[..., Any]) -> None:
    person = save_officer(
        Officer(name="陈示例", identity=identity_number(16), position="一级科员", user=cast.officer),
        department=cast.market,
        actor=cast.dept_admin,
    )
    held = certificate(person)
    page = sign_in(cast.officer).get(reverse("personnel:me")).content.decode()
    assert held.number in page
    assert "一级科员" in page
    assert identity_number(16) not in page
    other = sign_in(cast.head).get(reverse("personnel:me")).content.decode()
    assert held.number not in other
    assert "没有对应的执法人员登记" in other


def test_other_rooms_add_sections_in_their_order_and_once(
    cast: Cast, sign_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "_sections", [])
    save_officer(Officer(name="陈示例", user=cast.officer), department=cast.market, actor=cast.dept_admin)
    second = OwnSection("b", 20, "theme/mark.html", lambda officer: {"words": f"第二节{officer.name}"})
    first = OwnSection("a", 10, "theme/mark.html", lambda _officer: {"words": "第一节"})
    for section in (second, first, first, OwnSection("c", 5, "theme/mark.html", lambda _officer: None)):
        register_own_section(section)
    person = Officer.objects.get(user=cast.officer)
    assert [one["words"] for one in own.own_sections(person)] == ["第一节", "第二节陈示例"]
    assert sign_in(cast.officer).get(reverse("personnel:me")).status_code == 200
