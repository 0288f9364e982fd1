"""A gap in real browsers: found, explained by two people, reported; the bureau sees it in two clicks."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from enforcement.completeness import reports
from enforcement.completeness.models import Explanation, MonthReport
from portal.documents.models import Document
from portal.workflow.models import Proposal
from tests.completeness.scenes import imported
from tests.e2e.conftest import Person, Stage
from tests.e2e.test_supervision import eventually

pytestmark = pytest.mark.browser
HEAD = "示市监归字"


def agree(person: Person, blocker: Any) -> None:
    """The head opens the newest request and approves it."""
    with blocker.unblock():
        waiting = Proposal.objects.filter(state="requested", action__startswith="completeness.").latest("pk")
    person.go(f"/desk/proposals/{waiting.pk}/")
    person.press("批准")


def test_found_explained_taken_back_and_reported(
    people: dict[str, Person], stage: Stage, django_db_blocker: Any
) -> None:
    admin, head, bureau = (people[part] for part in ("dept_admin", "head", "supervisor"))
    year = timezone.localdate().year
    admin.go("/desk/completeness/reports/")
    admin.look("completeness-no-reports")
    with django_db_blocker.unblock():
        imported(stage.cast, "3", "4", "7", "12", head=HEAD, year=year)
        imported(stage.cast, "1", "9999999", head="示市监错字", year=year)
    admin.go("/desk/completeness/")
    admin.look("completeness-department")
    series = f"/desk/completeness/departments/{stage.cast.market.pk}/{year}/{HEAD}/"
    admin.go(series)
    admin.look("completeness-series")
    admin.go(f"/desk/completeness/departments/{stage.cast.market.pk}/{year}/示市监错字/")
    admin.look("completeness-wrong-number")
    admin.go(series)
    admin.page.get_by_role("link", name="说明 5—6号").click()
    admin.look("completeness-form")
    admin.fill(ground="spoiled", reason="登记簿载明两份文书填写错误作废（虚构）")
    admin.submit()
    admin.go(series)
    admin.look("completeness-waiting")
    agree(head, django_db_blocker)
    with django_db_blocker.unblock():
        explanation = Explanation.objects.get(head=HEAD)
        assert (explanation.first, explanation.last, explanation.state) == (5, 6, "standing")
    admin.go(f"/desk/completeness/explanations/{explanation.pk}/")
    admin.look("completeness-explanation")
    admin.act("撤回说明", reason="核对后发现作出过决定（虚构）")
    agree(head, django_db_blocker)
    with django_db_blocker.unblock():
        assert Explanation.objects.get(pk=explanation.pk).state == "taken_back"
        reports.open_due(timezone.localdate())
        report = MonthReport.objects.filter(department=stage.cast.market).latest("month")
    bureau.go("/desk/completeness/")
    bureau.look("completeness-overview")
    bureau.page.get_by_role("link", name="区市场监管局", exact=True).click()
    bureau.page.get_by_role("link", name=f"{HEAD}〔{year}〕", exact=True).click()
    assert bureau.page.get_by_text("5—6号").first.is_visible()
    admin.go(f"/desk/completeness/reports/{report.pk}/")
    admin.look("completeness-report")
    admin.act("报送归集月报", opinion="缺号正在与纸质登记簿核对（虚构）。")
    agree(head, django_db_blocker)
    admin.go(f"/desk/completeness/reports/{report.pk}/")
    admin.look("completeness-reported")
    with django_db_blocker.unblock():
        paper = Document.objects.get(kind="completeness.report")
        eventually(lambda: Document.objects.get(pk=paper.pk).state == "ready")
        assert paper.number
