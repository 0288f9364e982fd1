"""The papers of a certificate, printed and read: each step issues its own, in the name of who decides."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import os
from pathlib import Path

import pytest
from django.utils import timezone
from pypdf import PdfReader

from personnel.actions import CANCEL, RESUME, REVOKE, SUSPEND
from personnel.delivery import DELIVER, Delivered
from personnel.models import Certificate, Posting
from personnel.papers import RECHECK
from personnel.postings import leave
from portal.deadlines.local_terms import set_term
from portal.deadlines.models import Obligation
from portal.documents.models import Document
from portal.documents.press import stored_pdf
from portal.ledger.verification import verify
from portal.workflow.door import perform
from portal.workflow.errors import Blocked
from tests.case_scenes import render_all
from tests.cast import Cast
from tests.personnel.scenes import certificate, officer, on, proposed

MAY, JUNE = dt.date(2026, 5, 10), dt.date(2026, 6, 1)


def printed(matter: int, kind: str) -> str:
    """The text of the printed paper, without line breaks."""
    document = Document.objects.get(matter=matter, kind=kind)
    assert document.state == Document.State.READY
    pdf = stored_pdf(document)
    if folder := os.environ.get("PORTAL_SCREENSHOTS"):
        (Path(folder) / f"{kind}.pdf").write_bytes(pdf)
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "").replace(" ", "")


def _step(cast: Cast, held: Certificate, action: object, data: object) -> None:
    fresh = Certificate.objects.get(pk=held.pk)
    proposed(fresh, action, data, by=cast.supervisor, approved_by=cast.supervision_head)  # type: ignore[arg-type]  # a table of actions


STEPS = [
    ("certificate.suspension", [SUSPEND], "证扣", ["决定自2026年5月10日起暂扣该证", "第十七条第二款", "书面陈述意见"]),
    ("certificate.return", [SUSPEND, RESUME], "证还", ["自2026年5月10日起暂扣", "自2026年6月1日起发还该证"]),
    ("certificate.cancellation", [SUSPEND, CANCEL], "证注", ["自2026年6月1日起注销", "没有正在承办的案件"]),
    ("certificate.revocation", [REVOKE], "证吊", ["决定自2026年5月10日起吊销该证", "第三十二条", "申请复核"]),
]


@pytest.mark.parametrize(
    ("kind", "steps", "series", "words"), STEPS, ids=lambda one: one if isinstance(one, str) else ""
)
def test_each_step_issues_its_numbered_paper_with_ground_article_and_day(
    cast: Cast, kind: str, steps: list[object], series: str, words: list[str]
) -> None:
    held = certificate(officer(cast.market))
    basis = "《示例自治区行政执法证件管理办法》第九条"
    for action, day in zip(steps, (MAY, JUNE), strict=False):
        _step(cast, held, action, dataclasses.replace(on(day, f"{day:%m}月的理由"), basis=basis))
    render_all()
    text = printed(held.pk, kind)
    document = Document.objects.get(matter=held.matter_id, kind=kind)
    assert document.issuer == cast.bureau
    assert document.number == f"{cast.bureau.document_prefix}{series}〔2026〕1号"
    ground = f"{(MAY, JUNE)[len(steps) - 1]:%m}月的理由"
    for part in (*words, held.number, "甲示例", cast.market.name, ground, basis):
        assert part in text, part
    assert list(verify()) == []


def test_a_leaver_gets_the_notice_of_his_own_department(cast: Cast) -> None:
    person = officer(cast.market)
    held = certificate(person)
    leave(person, on=timezone.localdate(), ending=Posting.Ending.RETIRED, ground="退休文件", actor=cast.dept_admin)
    render_all()
    text = printed(held.pk, "certificate.collection")
    document = Document.objects.get(matter=held.matter_id)
    assert document.issuer == cast.market
    assert document.issued_by is None
    for part in (held.number, "退休：退休文件", "请立即将证件交回", "更换办案人员后，由司法行政部门注销"):
        assert part in text, part


def test_a_ministry_writes_its_own_papers(cast: Cast) -> None:
    held = certificate(officer(cast.market), source="ministry")
    _step(cast, held, SUSPEND, dataclasses.replace(on(MAY), document="示例部暂扣决定〔2026〕1号"))
    _step(cast, held, REVOKE, dataclasses.replace(on(JUNE), document="示例部吊销决定〔2026〕1号"))
    assert not Document.objects.filter(matter=held.matter_id).exists()
    with pytest.raises(Blocked, match="本地只登记"):
        perform(Certificate.objects.get(pk=held.pk), DELIVER, actor=cast.supervisor, data=Delivered("签收"))


def test_the_days_for_a_recheck_are_the_bureaus_own_and_run_from_the_receipt(cast: Cast) -> None:
    set_term(RECHECK, "30 days", valid_from=dt.date(2026, 1, 1), ground="示例通知", actor=cast.supervision_head)
    held = certificate(officer(cast.market))
    _step(cast, held, REVOKE, on(MAY))
    render_all()
    text = printed(held.pk, "certificate.revocation")
    assert "自收到本决定书之日起30日内" in text
    assert "复核期限为本地规定，参照" in text
    assert not Obligation.objects.filter(matter=held.matter_id, rule=RECHECK).exists()
    revoked = Certificate.objects.get(pk=held.pk)
    received = Delivered("本人签收", dt.date(2026, 5, 12), "补录")
    with pytest.raises(Blocked, match="早于吊销日期"):
        perform(revoked, DELIVER, actor=cast.supervisor, data=dataclasses.replace(received, on=dt.date(2026, 5, 9)))
    perform(revoked, DELIVER, actor=cast.supervisor, data=received)
    assert Obligation.objects.get(matter=held.matter_id, rule=RECHECK).due_on == dt.date(2026, 6, 11)
    with pytest.raises(Blocked, match="已经登记过送达"):
        perform(revoked, DELIVER, actor=cast.supervisor, data=received)


def test_without_a_number_of_the_bureau_the_decision_names_no_days(cast: Cast) -> None:
    held = certificate(officer(cast.market))
    _step(cast, held, REVOKE, on(MAY))
    render_all()
    text = printed(held.pk, "certificate.revocation")
    assert "可以向本局书面陈述意见，申请复核。" in text
    assert "本地规定" not in text
