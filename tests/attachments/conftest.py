"""A matter to attach files to."""

from __future__ import annotations

import pytest

from portal.matters.models import Matter
from tests.cast import Cast


@pytest.fixture
def matter(cast: Cast) -> Matter:
    """A case of the market bureau."""
    return Matter.objects.create(kind="tests", department=cast.market, title="示例案件")
