"""Issuing freezes what was said, in whose name, with which code; the door and the outbox carry it on."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable

import pytest
from django.utils import timezone

from portal.accounts.models import Department
from portal.documents import frozen, kinds
from portal.documents.codes import code_error
from portal.documents.issuing import Mill, issue, preview
from portal.documents.kinds import DocumentKind, register_kind
from portal.documents.models import Document, Number
from portal.ledger.service import append
from portal.matters.models import Matter
from portal.outbox.models import OutboxRow
from tests.cast import Cast
from tests.documents import samples
from tests.documents.conftest import text_of

pytestmark = pytest.mark.django_db


def test_what_was_said_is_frozen_as_one_canonical_text(letter: Callable[..., Document]) -> None:
    document = letter(facts="第一段事实。")
    context = json.loads(document.frozen)
    assert context["content"]["facts"] == "第一段事实。"
    assert context["paper"]["number"] == document.number
    assert document.frozen == json.dumps(context, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert document.frozen_sha256 == hashlib.sha256(document.frozen.encode()).hexdigest()
    assert document.template_hash == frozen.template_hash("enforcement/papers/notice_letter.html")


def test_renaming_the_department_later_does_not_change_what_was_issued(
    letter: Callable[..., Document], cast: Cast
) -> None:
    document = letter()
    cast.market.name = "示例区市场监管综合执法局"
    cast.market.save()
    document.refresh_from_db()
    assert document.context["paper"]["issuer"] == samples.MARKET


def test_the_template_hash_covers_layout_and_style(tmp_path: object) -> None:
    letter, form = (
        frozen.template_hash(f"enforcement/papers/{name}.html") for name in ("notice_letter", "filing_form")
    )
    assert letter != form
    sources: dict[str, str] = {}
    frozen._gather("enforcement/papers/notice_letter.html", sources)
    assert {"documents/base_gbt9704.html", "documents/paper/letter.css", "documents/paper/foot.html"} <= set(sources)


def test_every_document_has_a_code_of_its_own_and_a_row_in_the_outbox(letter: Callable[..., Document]) -> None:
    one, other = letter(), letter()
    assert code_error(one.code) is None
    assert one.code != other.code
    assert OutboxRow.objects.filter(topic="documents.render", key=str(one.pk)).count() == 1
    assert one.context["paper"]["verify_url"].endswith(f"/verify/?code={one.code}")


def test_an_entrusted_body_issues_in_the_name_of_its_delegator(cast: Cast) -> None:
    entrusted = Department.objects.create(
        code="ZFD", name="示例区市场监管执法大队", short_name="执法大队", kind=Department.Kind.ENTRUSTED,
        parent=cast.market, document_prefix="示市监执",
    )  # fmt: skip
    matter = Matter.objects.create(kind="tests", department=entrusted, title="受委托办理的案件")
    document = issue("tests.letter", matter=matter, subject=None, actor=cast.head)
    assert document.issuer == cast.market
    assert document.number.startswith("示市监罚告〔")


def test_a_preview_is_a_draft_and_leaves_nothing_behind(cast: Cast, matter: Matter) -> None:
    text = text_of(preview("tests.letter", matter=matter, subject=None))
    assert "草稿" in text
    assert "（文号在签发时生成）" in text
    assert not Document.objects.exists()
    assert not Number.objects.exists()


def test_the_door_issues_and_binds_a_paper_to_its_event(cast: Cast, matter: Matter) -> None:
    mill = Mill()
    document = mill.issue(
        "tests.letter", matter=matter, subject=None, actor=cast.head, about="party:1", extra={}, on=timezone.localdate()
    )
    event = append(matter, name="tests.issued", actor=cast.head)
    mill.bind(document, event)
    document.refresh_from_db()
    assert document.event == event
    assert document.about == "party:1"
    assert list(event.documents.all()) == [document]


def test_a_kind_that_tells_what_has_no_plain_spelling_is_refused_before_a_number_is_taken(
    cast: Cast, matter: Matter
) -> None:
    with pytest.raises(TypeError):
        issue("tests.letter", matter=matter, subject=None, actor=cast.head, extra={"facts": object()})
    assert not Number.objects.exists()


def test_an_unknown_kind_and_a_key_taken_twice_are_refused() -> None:
    with pytest.raises(LookupError, match=r"tests\.nothing"):
        kinds.kind_of("tests.nothing")

    class Twin(DocumentKind):
        key = "tests.letter"

    with pytest.raises(ValueError, match="registered twice"):
        register_kind(Twin)


def test_a_kind_is_found_by_its_class_too(cast: Cast, matter: Matter) -> None:
    from tests.documents.kinds import Receipt

    document = issue(Receipt, matter=matter, subject=None, actor=None)
    assert document.number == ""
    assert document.issued_by is None
    assert dataclasses.asdict(samples.RECEIPT)["cause"] == document.context["content"]["cause"]
