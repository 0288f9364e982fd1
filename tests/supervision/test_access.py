"""What the supervised department sees of a case, from when on, and what it never sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.attachments import store
from portal.documents.models import Document
from portal.documents.press import render
from portal.workflow.models import Proposal
from portal.workflow.proposals import request
from supervision.actions.rectification import Report
from supervision.models import SupervisionCase
from tests.cast import Cast
from tests.supervision import scenes

Browser = Callable[..., Any]
STAGES = ["lead", "declared", "filed", "investigating", "disposed"]


def case_url(case: SupervisionCase) -> str:
    """The case's page."""
    return reverse("supervision:case", args=[case.pk])


@pytest.fixture
def issued(cast: Cast) -> SupervisionCase:
    """A case whose letter has just been issued."""
    return scenes.up_to(cast, "issued")


@pytest.mark.parametrize("stage", STAGES)
def test_the_target_does_not_know_of_a_case_before_the_issue(cast: Cast, sign_in: Browser, stage: str) -> None:
    case = scenes.up_to(cast, stage)
    for person in (cast.officer, cast.head, cast.dept_admin):
        assert sign_in(person).get(case_url(case)).status_code == 404
        assert case.matter.title not in sign_in(person).get(reverse("supervision:cases")).content.decode()


def test_from_the_issue_on_the_target_sees_letter_and_report_form(
    cast: Cast, sign_in: Browser, issued: SupervisionCase
) -> None:
    browser = sign_in(cast.officer)
    text = browser.get(case_url(issued)).content.decode()
    assert issued.instrument is not None
    assert issued.instrument.number in text
    assert "签收" in text
    document = issued.instrument.document
    assert document is not None
    assert browser.get(document.get_absolute_url()).status_code == 200
    assert browser.get(reverse("documents:file", args=[document.pk])).status_code == 200
    scenes.received(cast, issued)
    assert browser.get(reverse("web:act", args=[issued.pk, "supervision.report"])).status_code == 200


def test_other_departments_never_see_the_case(cast: Cast, sign_in: Browser, issued: SupervisionCase) -> None:
    document = Document.objects.get(kind="supervision.urging_letter")
    for person in (cast.foreign_officer, cast.foreign_head, cast.ecology_officer, cast.policeman, cast.coordinator):
        browser = sign_in(person)
        for url in (
            case_url(issued),
            document.get_absolute_url(),
            reverse("web:act", args=[issued.pk, "supervision.object"]),
        ):
            assert browser.get(url).status_code == 404


def test_the_bureaus_own_papers_and_words_stay_hidden_from_the_target(
    cast: Cast, sign_in: Browser, issued: SupervisionCase
) -> None:
    browser = sign_in(cast.head)
    internal = list(Document.objects.filter(kind__in=["supervision.filing_form", "supervision.disposition_form"]))
    assert len(internal) == 2
    for document in internal:
        render(document.pk)
        assert browser.get(document.get_absolute_url()).status_code == 404
        assert browser.get(reverse("documents:file", args=[document.pk])).status_code == 404
        assert sign_in(cast.supervisor).get(document.get_absolute_url()).status_code == 200
    text = browser.get(case_url(issued)).content.decode()
    secrets = ("建议立案", "建议制发督办函", "调阅案卷", "立案审批表", "处理审批表", "示例事实", "回避声明", "严示例")
    for words in secrets:
        assert words not in text
    inside = sign_in(cast.supervisor).get(case_url(issued)).content.decode()
    for words in ("建议立案", "调阅案卷", "立案审批表", "处理审批表", "示例事实", "严示例"):
        assert words in inside


def test_the_target_does_not_read_the_bureaus_proposals_nor_the_bureaus_files(
    cast: Cast, sign_in: Browser, issued: SupervisionCase
) -> None:
    hidden = store(issued.matter, SimpleUploadedFile("谈话记录.txt", "内部材料".encode()), cast.supervisor)
    own = store(issued.matter, SimpleUploadedFile("整改照片说明.txt", "整改材料".encode()), cast.officer)
    browser = sign_in(cast.head)
    for proposal in Proposal.objects.filter(matter=issued.matter):
        assert browser.get(reverse("web:proposal", args=[proposal.pk])).status_code == 404
        assert sign_in(cast.supervision_head).get(reverse("web:proposal", args=[proposal.pk])).status_code == 200
    assert Proposal.objects.filter(matter=issued.matter).count() == 2
    assert browser.get(hidden.get_absolute_url()).status_code == 404
    assert browser.get(own.get_absolute_url()).status_code == 200
    assert sign_in(cast.supervisor).get(hidden.get_absolute_url()).status_code == 200


def test_the_departments_head_decides_what_his_officer_reports(
    cast: Cast, sign_in: Browser, issued: SupervisionCase
) -> None:
    case = scenes.received(cast, issued)
    proposal = request(
        case, scenes.named("report"), actor=scenes.fresh(cast.officer), data=Report(text="已公示，并修订流程。")
    )
    assert proposal.department == cast.market
    page = reverse("web:proposal", args=[proposal.pk])
    assert "已公示" in sign_in(cast.head).get(page).content.decode()
    assert sign_in(cast.foreign_head).get(page).status_code == 404
    assert sign_in(cast.head).post(page, {"verdict": "approve"}).status_code == 302
    case.refresh_from_db()
    assert case.state == "reported"


def test_the_bureau_does_not_report_for_the_department_nor_the_department_verify(
    cast: Cast, sign_in: Browser, issued: SupervisionCase
) -> None:
    scenes.received(cast, issued)
    for key, person in (("supervision.report", cast.supervisor), ("supervision.remind", cast.head)):
        assert sign_in(person).get(reverse("web:act", args=[issued.pk, key])).status_code == 403
    scenes.reported(cast, issued)
    assert sign_in(cast.head).get(reverse("web:act", args=[issued.pk, "supervision.accept"])).status_code == 403


def test_who_sees_a_case_is_one_answer_in_both_spellings(cast: Cast, issued: SupervisionCase) -> None:
    scenes.lead(cast, target=cast.city.pk)
    for person in map(scenes.fresh, cast.everybody.values()):
        assert {case.pk for case in SupervisionCase.objects.visible_to(person)} == {
            case.pk for case in SupervisionCase.objects.all() if case.is_visible_to(person)
        }


def test_board_and_group_are_the_bureaus(cast: Cast, sign_in: Browser) -> None:
    scenes.alerts_for(cast.market)
    group = f"{reverse('supervision:group')}?department=SCJGJ&rule={scenes.RULE}"
    for person in (cast.head, cast.officer, cast.coordinator, cast.counsel):
        browser = sign_in(person)
        assert browser.get(reverse("supervision:board")).status_code == 403
        assert browser.get(group).status_code == 403
    assert sign_in(cast.supervisor).get(group).status_code == 200
    assert sign_in(cast.supervision_head).get(reverse("supervision:board")).status_code == 200
