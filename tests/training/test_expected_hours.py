"""The table of expected hours: a layperson reads expected_hours.csv, the sweep must come to the same."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from django.utils import timezone

from personnel.models import Certificate, Officer
from personnel.training.hours import shown
from personnel.training.models import Session, Standing, TrainingHours
from personnel.training.standings import sweep
from portal.ledger.verification import verify
from portal.workflow.door import open_door
from tests.cast import Cast
from tests.personnel import scenes as personnel
from tests.training import scenes

with (Path(__file__).parent / "expected_hours.csv").open(encoding="utf-8") as table:
    ROWS = list(csv.DictReader(table))
AFTER = scenes.moment(dt.date(2027, 1, 10), 9)


def trained(cast: Cast, officer: Officer, text: str) -> list[Session]:
    """«2025-01-15:4 2025-05-20:6» are two sessions; «+» joins the days of one; «again» signs a second time."""
    made = []
    for one in text.split():
        parts = dict(part.split(":") for part in one.split("+"))
        if "again" in parts.values():
            continue
        days = {dt.date.fromisoformat(day): hours for day, hours in parts.items()}
        twice = f"{one.split(':')[0]}:again" in text
        made.append(scenes.held(cast.dept_admin, days, officer, *([officer] if twice else [])))
    return made


def ended(certificate: Certificate, on: dt.date) -> None:
    """The certificate is cancelled on a day, long after the fact of this test."""
    with open_door():
        Certificate.objects.filter(pk=certificate.pk).update(state="cancelled", ended_on=on)


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_the_hours_are_as_the_table_says(cast: Cast, row: dict[str, str]) -> None:
    officer = personnel.officer(cast.market)
    first, last = (dt.date.fromisoformat(row[f"certificate_{end}"]) for end in ("from", "to"))
    held = personnel.certificate(officer, valid_from=first, valid_to=last)
    made = trained(cast, officer, row["credited"])
    if row["counter"]:
        record = TrainingHours.objects.get(session=made[0], corrects=None)
        scenes.corrected(made[0], cast.dept_admin, record.pk, row["counter"].split(":")[1])
    if row["ended_on"]:
        ended(held, dt.date.fromisoformat(row["ended_on"]))
    sweep(int(row["year"]), AFTER)
    found = Standing.objects.filter(officer=officer, year=row["year"]).first()
    if not row["total"]:
        assert found is None, row["what"]
        return
    assert found is not None, row["what"]
    assert (shown(found.tenths), shown(found.required), shown(found.missing)) == (
        row["total"],
        row["required"],
        row["missing"],
    ), row["what"]


def test_the_record_is_whole_after_signing_closing_and_correcting(cast: Cast) -> None:
    officer = personnel.officer(cast.market)
    made = scenes.held(cast.dept_admin, {timezone.localdate() - dt.timedelta(days=1): "4"}, officer)
    scenes.corrected(made, cast.dept_admin, TrainingHours.objects.get(session=made).pk, "2")
    assert TrainingHours.objects.filter(officer=officer).total() == 20
    assert list(verify()) == []
