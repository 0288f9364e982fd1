"""Numbers of a department: given out by the portal, and written on imported decisions."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from enforcement.completeness import explaining
from enforcement.completeness.models import Explanation
from enforcement.imports.service import import_decisions
from portal.workflow.proposals import approve, request
from tests.cast import Cast, fresh
from tests.enforcement.imports.files import OFFICIAL_29, csv_file, official_row

HEAD, YEAR = "示市监罚", 2026


def imported(cast: Cast, *texts: str, department: Any = None, head: str = HEAD, year: int = YEAR) -> None:
    """Decisions with these numbers, as «3» or written out, taken in from a file."""
    rows = [
        official_row(
            place,
            行政处罚决定书文号=text if "〔" in text or "[" in text else f"{head}〔{year}〕{text}号",
            处罚决定日期=f"{year}/1/{place % 27 + 1}",
        )
        for place, text in enumerate(texts, start=1)
    ]
    with TemporaryDirectory() as folder:
        path = csv_file(Path(folder) / "a.csv", [list(OFFICIAL_29), *rows])
        result = import_decisions(path, department=department or cast.market)
    assert result.rejected == 0, result.rejected_by_reason


def explain_data(number: int, to: int | None = None, **changes: Any) -> explaining.Explain:
    """What the administrator types."""
    values: dict[str, Any] = {
        "series": explaining.series_key(YEAR, HEAD),
        "first": number,
        "last": number if to is None else to,
        "ground": Explanation.Ground.VOID.value,
        "reason": "登记簿载明该号作废（虚构）",
    }
    return explaining.Explain(**values | changes)


def explained(cast: Cast, number: int, to: int | None = None, **changes: Any) -> Explanation:
    """Proposed by the administrator, approved by the head."""
    data = explain_data(number, to, **changes)
    proposal = request(None, explaining.EXPLAIN, actor=fresh(cast.dept_admin), data=data)
    found: Explanation = approve(proposal, actor=fresh(cast.head)).subject
    return found


def taken_back(cast: Cast, explanation: Explanation) -> Explanation:
    """The same two take it back."""
    data = explaining.TakeBack("核对登记簿后发现作出过决定（虚构）")
    proposal = request(explanation, explaining.TAKE_BACK, actor=fresh(cast.dept_admin), data=data)
    found: Explanation = approve(proposal, actor=fresh(cast.head)).subject
    return found
