"""Who is bound by the 60 hours (PX-01): a layperson reads expected_holders.csv, the sweep must come to the same."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
import time_machine

from enforcement.people.figures import staff
from personnel.actions import RESUME, SUSPEND
from personnel.keeping import RENEW, Renew
from personnel.models import Certificate, Officer, Posting
from personnel.postings import leave
from personnel.staff import save_officer
from personnel.training.hours import shown
from personnel.training.models import QuotaSetting, Standing
from personnel.training.standings import sweep
from portal.workflow.door import perform
from tests.cast import Cast
from tests.personnel import scenes as personnel
from tests.training import scenes

with (Path(__file__).parent / "expected_holders.csv").open(encoding="utf-8") as table:
    ROWS = list(csv.DictReader(table))
YEAR = 2025
AFTER = scenes.moment(dt.date(2027, 1, 10), 9)


def days(text: str) -> list[dt.date]:
    return [dt.date.fromisoformat(day) for day in text.split()]


def arranged(cast: Cast, row: dict[str, str]) -> Officer:
    """The officer with everything that befell his certificates, as the row has it."""
    officer = save_officer(
        Officer(name="甲示例", identity=personnel.identity_number(77)),
        department=cast.market, actor=cast.dept_admin, entered_on=dt.date(2019, 1, 1), reason="录用",
    )  # fmt: skip
    first, last = days(row["first"])
    held = personnel.certificate(officer, valid_from=first, valid_to=last)
    if row["second"]:
        personnel.certificate(officer, valid_from=days(row["second"])[0], valid_to=days(row["second"])[1])
    if row["suspended"]:
        for action, day in zip((SUSPEND, RESUME), days(row["suspended"]), strict=True):
            fresh = Certificate.objects.get(pk=held.pk)
            personnel.proposed(fresh, action, personnel.on(day), by=cast.supervisor, approved_by=cast.supervision_head)
    if row["renewed"]:
        begin, end = days(row["renewed"])
        data = Renew(begin, end, "换证通知", begin, "补录")
        perform(Certificate.objects.get(pk=held.pk), RENEW, actor=cast.supervisor, data=data)
    if row["left_on"]:
        day = dt.date.fromisoformat(row["left_on"])
        leave(officer, on=day, ending=Posting.Ending.RETIRED, ground="退休文件", actor=cast.dept_admin)
    return officer


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_who_is_bound_and_by_how_many_hours_is_as_the_table_says(cast: Cast, row: dict[str, str]) -> None:
    with time_machine.travel(AFTER, tick=False):
        if row["proportional"]:
            QuotaSetting.objects.create(from_year=YEAR, proportional=True, ground="示例", made_by=cast.supervision_head)
        officer = arranged(cast, row)
        sweep(YEAR, AFTER)
        found = [shown(one.required) for one in Standing.objects.filter(officer=officer, year=YEAR)]
        assert found == ([row["required"]] if row["required"] else []), row["what"]
        sweep(YEAR, AFTER)
        assert Standing.objects.filter(officer=officer, year=YEAR).count() == len(found)


def test_the_board_counts_a_renewal_with_a_gap_by_the_day_it_is_asked_for(cast: Cast) -> None:
    row = next(one for one in ROWS if one["case"] == "gap_in_the_year")
    with time_machine.travel(AFTER, tick=False):
        arranged(cast, row)
    counted = {
        day: staff(dt.date.fromisoformat(day), cast.market.pk)[0].valid
        for day in ("2025-05-10", "2025-05-11", "2025-06-30", "2025-07-01")
    }
    assert counted == {"2025-05-10": 1, "2025-05-11": 0, "2025-06-30": 0, "2025-07-01": 1}
