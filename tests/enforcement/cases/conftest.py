"""What tests of cases share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from enforcement.models import Case
from portal.attachments import store
from tests.cast import Cast

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def signed_paper(cast: Cast) -> Callable[[Case], int]:
    """A scanned paper with the party's signature, uploaded to the case by Chen."""

    def upload(case: Case) -> int:
        file = SimpleUploadedFile("放弃陈述申辩.pdf", PDF, content_type="application/pdf")
        return int(store(case.matter, file, cast.officer).pk)

    return upload
