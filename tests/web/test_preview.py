"""Documents are looked at before they are issued; a look leaves nothing behind."""

from __future__ import annotations

import io
from typing import Any

import pypdf

from portal.documents.models import Document, Number
from portal.ledger.models import Event
from portal.outbox.models import OutboxRow
from portal.workflow.models import Proposal
from tests import scenes
from tests.cast import Cast
from tests.web.test_actions import file_form, filing, lead_form

KEPT = (Document, Number, Event, OutboxRow, Proposal)


def counted() -> list[int]:
    return [model.objects.count() for model in KEPT]


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_form_is_seen_as_its_document_and_nothing_is_left_of_it(cast: Cast, sign_in: Any) -> None:
    case = scenes.lead(cast)
    form = file_form(cast, opinion="第一次看到的立案理由（虚构）")
    before = counted()
    answer = sign_in(cast.officer).post(f"{filing(case)}preview/", form)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    words = text_of(answer.content)
    assert "第一次看到的立案理由" in words
    assert "草稿" in words
    assert "〔" not in words.split("立案审批表")[0]
    case.refresh_from_db()
    assert (counted(), case.state, case.number) == (before, "lead", "")


def test_the_number_a_preview_had_for_a_moment_is_the_next_ones(cast: Cast, sign_in: Any) -> None:
    case, browser = scenes.lead(cast), sign_in(cast.officer)
    for _look in range(3):
        assert browser.post(f"{filing(case)}preview/", file_form(cast)).status_code == 200
    assert scenes.filed(cast, case).number.endswith("1号")


def test_what_is_missing_is_said_instead(cast: Cast, sign_in: Any) -> None:
    case, browser = scenes.lead(cast), sign_in(cast.officer)
    answer = browser.post(f"{filing(case)}preview/", file_form(cast, opinion=""))
    assert (answer.status_code, "立案理由" in answer.content.decode()) == (422, True)
    blocked = {key: value for key, value in file_form(cast).items() if key != "recusal_declared"}
    answer = browser.post(f"{filing(case)}preview/", blocked)
    assert (answer.status_code, "处罚法43条" in answer.content.decode()) == (422, True)
    assert not Document.objects.exists()


def test_a_step_without_documents_has_nothing_to_look_at(cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.officer)
    assert browser.post("/desk/new/enforcement.case.register/preview/", lead_form(cast)).status_code == 404
    assert "预览文书" not in browser.get("/desk/new/enforcement.case.register/").content.decode()
    assert "预览文书" in browser.get(filing(scenes.lead(cast))).content.decode()


def test_nobody_looks_at_what_he_may_not_put_forward(cast: Cast, sign_in: Any) -> None:
    case, form = scenes.lead(cast), file_form(cast)
    assert sign_in(cast.legal).post(f"{filing(case)}preview/", form).status_code == 403
    assert sign_in(cast.foreign_officer).post(f"{filing(case)}preview/", form).status_code == 404
