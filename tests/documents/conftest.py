"""Matters to write papers about, and papers read back."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pypdf
import pytest

import tests.documents.kinds  # noqa: F401 - registers the kinds of the tests
from portal.documents.issuing import issue
from portal.documents.models import Document
from portal.matters.models import Matter
from tests.cast import Cast


@pytest.fixture
def matter(cast: Cast) -> Matter:
    """A case of the market bureau."""
    return Matter.objects.create(kind="tests", department=cast.market, title="示例餐饮公司销售过期食品案")


@pytest.fixture
def letter(cast: Cast, matter: Matter) -> Callable[..., Document]:
    """Issue a letter: `letter()`, `letter(facts=…)`."""

    def issued(kind: str = "tests.letter", **extra: Any) -> Document:
        return issue(kind, matter=matter, subject=None, actor=cast.head, extra=extra)

    return issued


def text_of(pdf: bytes) -> str:
    """All words of a PDF, without blanks and line breaks."""
    return "".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())
