"""An application from the draft to the certificate, in real browsers: administrator, head, bureau, and the officer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from personnel.applications.models import Application, Letter
from personnel.gallery import keep_picture
from personnel.models import Certificate, Officer
from portal.documents.models import Document
from portal.workflow.models import Proposal
from tests.applications.scenes import PDF
from tests.e2e.conftest import Person, Stage
from tests.e2e.test_supervision import eventually
from tests.personnel.pictures import drawn
from tests.personnel.scenes import identity_number

pytestmark = pytest.mark.browser


@pytest.fixture
def applicant(stage: Stage, django_db_blocker: Any) -> Officer:
    """A newcomer of the market bureau with an account, number and photo, and no certificate."""
    with django_db_blocker.unblock():
        officer = Officer.objects.create(
            department=stage.cast.market,
            name="辛示例",
            user=stage.cast.newcomer,
            gender="male",
            position="一级行政执法员",
            identity=identity_number(77),
        )
        keep_picture(officer, "photo", drawn(), actor=stage.cast.dept_admin)
        return officer


def agree(person: Person, blocker: Any) -> None:
    """The one who decides opens the newest request and approves it."""
    with blocker.unblock():
        waiting = Proposal.objects.filter(state="requested", action__startswith="application.").latest("pk")
    person.go(f"/desk/proposals/{waiting.pk}/")
    person.press("批准")


def test_drawn_sent_examined_forwarded_and_issued(
    people: dict[str, Person], stage: Stage, applicant: Officer, django_db_blocker: Any, tmp_path: Path
) -> None:
    admin, head, bureau, chief = (people[part] for part in ("dept_admin", "head", "supervisor", "supervision_head"))
    proof = tmp_path / "在编证明.pdf"
    proof.write_bytes(PDF)
    admin.go("/desk/applications/")
    admin.look("apply-empty")
    admin.go("/desk/new/application.draw/")
    admin.look("apply-form")
    admin.fill(
        officer=applicant.pk, staffing="institution", post="综合执法大队一级行政执法员", fields="市场监管",
        area="示例区", education="本科",
    )  # fmt: skip
    admin.submit()
    with django_db_blocker.unblock():
        made = Application.objects.get()
    place = f"/desk/applications/{made.pk}/"
    admin.go(place)
    admin.look("apply-missing")
    newcomer = people["newcomer"]
    newcomer.page.set_viewport_size({"width": 360, "height": 740})
    newcomer.go("/desk/personnel/me/")
    newcomer.look("apply-own")
    admin.act("修改申领内容", staffing_file="示编〔2024〕8号", proof=str(proof))
    admin.go("/desk/new/application.letter.send/")
    admin.look("apply-send")
    admin.fill(opinion="材料属实，同意申领。")
    admin.submit()
    agree(head, django_db_blocker)
    bureau.go("/desk/applications/queue/")
    bureau.look("apply-queue")
    bureau.go(place)
    bureau.act(
        "核对考试成绩", way="recorded", title="全区行政执法资格考试（示例）", points="87 分，合格", proof=str(proof),
        taken_on=timezone.localdate().isoformat(),
    )  # fmt: skip
    bureau.go(place)
    bureau.act("初审通过")
    bureau.go(place)
    bureau.look("apply-passed")
    bureau.go("/desk/new/application.letter.forward/")
    bureau.fill(level="region", issuer="示例自治区司法厅")
    bureau.submit()
    agree(chief, django_db_blocker)
    with django_db_blocker.unblock():
        letter = Letter.objects.get(kind="forwarding")
    bureau.go(f"/desk/applications/letters/{letter.pk}/")
    bureau.look("apply-letter")
    bureau.go(place)
    today = timezone.localdate()
    bureau.act(
        "登记所发证件", number="示例证900001", issuer="示例自治区人民政府", valid_from=today.isoformat(),
        valid_to=(today + dt.timedelta(days=1800)).isoformat(),
    )  # fmt: skip
    bureau.go(place)
    bureau.look("apply-issued")
    with django_db_blocker.unblock():
        assert Certificate.objects.get(number="示例证900001").officer == applicant
        eventually(lambda: not Document.objects.filter(state__in=("pending", "rendering")).exists())
        assert not Document.objects.filter(state="failed").exists()
    chief.go("/desk/applications/settings/")
    chief.look("apply-settings")
