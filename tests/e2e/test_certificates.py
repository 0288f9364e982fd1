"""A certificate's life in real browsers: checked, printed, lost, issued anew; and what a passer-by sees on his phone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from personnel.models import Certificate, CheckSetting
from tests.e2e.conftest import Person, Stage
from tests.personnel.pictures import drawn
from tests.personnel.scenes import certificate, officer

pytestmark = pytest.mark.browser


def test_checked_printed_lost_issued_anew_and_shown_to_anybody(
    people: dict[str, Person], stage: Stage, django_db_blocker: Any, tmp_path: Path
) -> None:
    today = timezone.localdate()
    with django_db_blocker.unblock():
        held = certificate(
            officer(stage.cast.market, "孔示例"), number="示例亮证001", valid_to=today + dt.timedelta(days=20)
        )
        old_code, market = held.provenance.code, stage.cast.market.code
    page = f"/desk/personnel/certificates/{held.pk}/"
    admin, bureau, head, passer = (
        people[part] for part in ("dept_admin", "supervisor", "supervision_head", "anonymous")
    )
    photo = tmp_path / "photo.png"
    photo.write_bytes(drawn("PNG"))
    admin.go(f"/desk/personnel/officers/{held.officer_id}/photo/")
    admin.fill(file=str(photo))
    admin.submit()
    admin.go("/desk/personnel/certificates/expiring/")
    assert admin.page.get_by_text("孔示例").first.is_visible()
    admin.look("certificates-expiring")
    admin.go(page)
    admin.look("certificate")
    card = admin.context.request.get(f"{stage.desk}{page}card.pdf")
    assert (card.status, card.headers["content-type"]) == (200, "application/pdf")

    bureau.go(f"/desk/personnel/checks/?year={today.year}")
    bureau.look("certificates-unchecked")
    head.go("/desk/personnel/checks/settings/")
    head.fill(from_year=today.year, required=True, until_month=12, until_day=31, ground="示例年审办法（虚构）")
    head.submit()
    head.look("certificates-check-settings")
    with django_db_blocker.unblock():
        assert CheckSetting.of(today.year).required
    bureau.go(f"/desk/personnel/checks/sheet/?year={today.year}&department={market}")
    bureau.fill(**{f"outcome-{held.pk}": "failed", f"ground-{held.pk}": "年度考核不合格（虚构）"})
    bureau.look("certificates-check-sheet")
    bureau.press("登记结果")
    bureau.go(f"/desk/personnel/checks/?year={today.year}")
    bureau.look("certificates-checks")
    bureau.go(page)
    assert bureau.page.get_by_text(f"{today.year} 年年审不通过").first.is_visible()
    bureau.look("certificate-check-failed")

    passer.page.set_viewport_size({"width": 360, "height": 740})
    passer.go(f"{stage.public}/check/{old_code}/")
    assert passer.page.get_by_text("请核对照片和姓名").is_visible()
    assert passer.page.get_by_role("img", name="孔示例的照片").is_visible()
    passer.look("check-valid")

    admin.go(page)
    admin.page.locator("main summary").first.click()
    admin.act("挂失", ground="乘车途中遗失，已报警（虚构）。")
    admin.go(page)
    admin.look("certificate-lost")
    passer.go(f"{stage.public}/check/{old_code}/")
    assert passer.page.get_by_text("已挂失作废").is_visible()
    passer.look("check-lost")

    bureau.go(page)
    bureau.act("登记补发新证", number="示例亮证002", valid_from=today.isoformat(),
               valid_to=(today + dt.timedelta(days=700)).isoformat(), document="示例补发通知（虚构）")  # fmt: skip
    with django_db_blocker.unblock():
        new = Certificate.objects.select_related("provenance").get(number="示例亮证002")
        new_code = new.provenance.code
    bureau.go(f"/desk/personnel/certificates/{new.pk}/")
    bureau.look("certificate-reissued")

    passer.go(f"{stage.public}/check/")
    passer.look("check-form")
    passer.page.fill("[name=code]", new_code.lower())
    passer.press("核验")
    assert passer.page.url == f"{stage.public}/check/{new_code}/"
    assert passer.page.get_by_text("请核对照片和姓名").is_visible()
    answer = passer.page.goto(f"{stage.public}/check/{'A' * 16}/")
    assert answer is not None
    assert answer.status == 404
    passer.look("check-unknown")
