"""The page of a case with 5 and with 500 events: time, statements, and the ratio of the two."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enforcement.cases import actions, data
from enforcement.models import Case, EnforcementItem, Party
from portal.accounts.models import Department, RoleAssignment, User
from portal.accounts.roles import Role
from portal.workflow.door import perform

FEW, MANY, ROUNDS = 5, 500, 40


def run() -> dict[str, Any]:
    """The least of 40 rounds for each case, taken in turns; everything is rolled back."""
    settings.ALLOWED_HOSTS = ["*"]
    with transaction.atomic():
        officer = _officer()
        few, many = (_case(officer, events) for events in (FEW, MANY))
        browser = Client()
        browser.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        seconds = {case.pk: float("inf") for case in (few, many)}
        for _round in range(ROUNDS):
            for case in (few, many):
                seconds[case.pk] = min(seconds[case.pk], _seconds(browser, case))
        statements = {case.pk: _statements(browser, case) for case in (few, many)}
        transaction.set_rollback(True)
    return {
        "events": {"few": FEW, "many": MANY},
        "seconds": {"few": seconds[few.pk], "many": seconds[many.pk]},
        "statements": {"few": statements[few.pk], "many": statements[many.pk]},
        "ratio": seconds[many.pk] / seconds[few.pk],
    }


def _seconds(browser: Client, case: Case) -> float:
    begun = time.perf_counter()
    answer = browser.get(f"/desk/cases/{case.pk}/")
    spent = time.perf_counter() - begun
    if answer.status_code != 200:
        raise RuntimeError(f"the page answered {answer.status_code}")
    return spent


def _statements(browser: Client, case: Case) -> int:
    with CaptureQueriesContext(connection) as caught:
        browser.get(f"/desk/cases/{case.pk}/")
    return len(caught)


def _officer() -> User:
    group = Group.objects.create(name="benchmark of the case page")
    body = Department.objects.create(
        code="BENCH", name="基准测试", short_name="基准", kind=Department.Kind.ORGAN, document_prefix="基", group=group
    )
    person = User.objects.create(username="benchmark", name="基准测试", department=body)
    RoleAssignment.objects.create(user=person, role=Role.OFFICER)
    return person


def _case(officer: User, events: int) -> Case:
    item, _new = EnforcementItem.objects.get_or_create(
        department=officer.department,
        code="1.1",
        defaults={
            "name": "基准测试事项（虚构）",
            "field": "基准",
            "basis": "示例法第一条",
            "effective_from": timezone.localdate().replace(month=1, day=1),
        },
    )
    lead = data.Register(
        source=Case.Source.INSPECTION,
        item=item.pk,
        party_kind=Party.Kind.COMPANY,
        party_name=f"基准测试{events}（虚构）",
        facts="基准测试（虚构）",
    )
    outcome = perform(None, actions.REGISTER, actor=officer, data=lead)
    for number in range(events - 1):
        perform(outcome.subject, actions.AMEND, actor=officer, data=data.Amend(facts=f"第 {number} 次更正（虚构）"))
    case: Case = outcome.subject
    return case
