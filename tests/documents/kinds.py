"""Document kinds of the tests: a letter with a number, a form without, and one whose template fails until it is mended."""

from __future__ import annotations

import dataclasses
from typing import Any

from portal.accounts.models import Department
from portal.accounts.roles import Role
from portal.documents.kinds import DocumentKind, register_kind
from tests.documents import samples


@register_kind
class Letter(DocumentKind):
    """A notice letter; extra values replace those of the sample."""

    key = "tests.letter"
    label = "行政处罚告知书"
    series = "罚告"
    template = "enforcement/papers/notice_letter.html"
    signers = (Role.HEAD,)

    def context(self, matter: Any, subject: Any, extra: dict[str, Any]) -> Any:
        """The sample, changed by what the test says."""
        return dataclasses.replace(samples.NOTICE, **extra)


@register_kind
class Receipt(DocumentKind):
    """A form without a number."""

    key = "tests.receipt"
    label = "送达回证"
    template = "enforcement/papers/service_receipt.html"

    def context(self, matter: Any, subject: Any, extra: dict[str, Any]) -> Any:
        """The sample."""
        return samples.RECEIPT


@register_kind
class Internal(Receipt):
    """A form that stays in the department."""

    key = "tests.internal"
    sealed = False
    audience = "internal"


@register_kind
class ByGovernment(Letter):
    """A letter that goes out in the government's name."""

    key = "tests.government"
    series = "决"

    def issuer(self, matter: Any, subject: Any, extra: dict[str, Any]) -> Department:
        """The government, whoever has the matter."""
        return Department.objects.get(kind=Department.Kind.GOVERNMENT)


@register_kind
class Broken(Letter):
    """A letter whose template is not there."""

    key = "tests.broken"
    series = "错"
    template = "tests/not_there_yet.html"
