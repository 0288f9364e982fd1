"""A department's list of officers goes in, one of them gets his photograph and leaves, another looks at his own page."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from personnel.models import Officer, OfficerImport
from tests.e2e.conftest import Person
from tests.personnel import lists
from tests.personnel.pictures import drawn

pytestmark = pytest.mark.browser


def written(run: OfficerImport, seconds: float = 60) -> None:
    """Wait until the worker, another process, has written the list."""
    deadline = time.monotonic() + seconds
    while OfficerImport.objects.get(pk=run.pk).state != OfficerImport.State.FINISHED:
        assert time.monotonic() < deadline, "the worker has not come to it"
        time.sleep(0.3)


def test_from_a_list_to_a_leaver(people: dict[str, Person], tmp_path: Path) -> None:
    admin = people["dept_admin"]
    file = tmp_path / "名册.csv"
    rows = [lists.row(serial, number="") for serial in range(9001, 9013)]
    for one in rows[:8]:
        one.update(
            dict.fromkeys((lists.F.ISSUER, lists.F.FIELDS, lists.F.AREA, lists.F.VALID_FROM, lists.F.VALID_TO), "")
        )
    rows[9] |= {lists.F.NAME: "", lists.F.IDENTITY: "650299199001010000"}
    file.write_bytes(lists.as_csv(rows, "gb18030"))

    admin.go("/desk/personnel/imports/")
    admin.look("officers-imports-empty")
    admin.go("/desk/personnel/imports/new/")
    admin.look("officers-upload")
    admin.fill(file=str(file))
    admin.submit()
    admin.look("officers-checked")
    admin.press("导入 8 行")
    run = OfficerImport.objects.latest("pk")
    written(run)
    admin.go(f"/desk/personnel/imports/{run.pk}/")
    admin.look("officers-result")
    assert (run.rows, OfficerImport.objects.get(pk=run.pk).rejected) == (12, 4)

    admin.go("/desk/personnel/?sort=-name")
    admin.look("officers-list")
    officer = Officer.objects.with_identity(rows[0][lists.F.IDENTITY]).get()
    page = f"/desk/personnel/officers/{officer.pk}/"
    photo = tmp_path / "photo.png"
    photo.write_bytes(drawn("PNG"))
    admin.go(f"{page}photo/")
    admin.look("officers-photo-form")
    admin.fill(file=str(photo))
    admin.submit()
    admin.look("officers-page")
    admin.go(f"{page}posting/")
    admin.look("officers-posting")
    yesterday = dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=1)
    admin.fill(ending="retired", on=yesterday.isoformat(), ground="退休审批表，示例〔2026〕1号")
    admin.submit()
    admin.look("officers-left")
    officer.refresh_from_db()
    assert not officer.active

    own = people["officer"]
    own.go("/desk/personnel/me/")
    own.look("officers-me")
    assert people["foreign_officer"].page.request.get(f"{admin.stage.desk}{page}").status == 404
    bureau = people["supervisor"]
    bureau.go("/desk/personnel/?certificate=none&legal=no")
    bureau.look("officers-bureau")
