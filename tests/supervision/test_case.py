"""A supervision case from alerts to its closing: numbers, clocks, papers, record."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from pypdf import PdfReader

from portal import outbox
from portal.deadlines.models import Obligation
from portal.deadlines.sweeping import sweep
from portal.documents.models import Document
from portal.documents.press import stored_pdf
from portal.inbox.models import Notice
from portal.ledger.models import Event
from portal.ledger.verification import verify
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.errors import Overtaken
from supervision.actions.disposition import Issue
from supervision.actions.leads import OpenLead
from supervision.models import Alert, Instrument, RectificationReport, SupervisionCase
from tests.cast import Cast
from tests.personnel.scenes import proposed
from tests.supervision import scenes


def pdf_text(document: Document) -> str:
    """The text of a printed document, without line breaks."""
    pages = PdfReader(io.BytesIO(stored_pdf(document))).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


def test_one_letter_covers_twenty_late_disclosures(cast: Cast) -> None:
    alerts = scenes.alerts_for(cast.market, 20)
    case = scenes.up_to(cast, "issued", alerts)
    assert case.alerts.count() == 20
    assert set(Alert.objects.values_list("state", flat=True)) == {"linked"}
    instrument = case.instrument
    assert instrument is not None
    assert instrument.document is not None
    text = pdf_text(instrument.document)
    assert "具体事项共20件" in text
    for alert in alerts:
        assert alert.matter.number in text
    for alert in alerts:
        scenes.disclosed(alert.matter, timezone.localdate())
    for step in (scenes.received, scenes.reported, scenes.accepted, scenes.closed):
        case = step(cast, case)
    assert case.state == "closed"
    assert case.matter.closed_at is not None
    assert list(verify()) == []


def test_the_letter_bears_a_number_of_its_series_and_the_forms_theirs(cast: Cast) -> None:
    year = timezone.localdate().year
    first = scenes.up_to(cast, "issued")
    second = scenes.up_to(cast, "issued")
    assert first.matter.number == f"示司行执监立〔{year}〕1号"
    assert second.matter.number == f"示司行执监立〔{year}〕2号"
    numbers = [case.instrument.number for case in (first, second) if case.instrument]
    assert numbers == [f"示司行执监督〔{year}〕1号", f"示司行执监督〔{year}〕2号"]
    document = Document.objects.get(number=numbers[1])
    assert document.state == "ready"
    assert numbers[1] in pdf_text(document)
    assert "示例区市场监督管理局" in pdf_text(document)


def test_the_report_date_is_the_one_written_in_the_letter(cast: Cast) -> None:
    report_on = timezone.localdate() + dt.timedelta(days=17)
    case = scenes.up_to(cast, "disposed")
    case = scenes.issued(cast, case, Issue(report_on=report_on))
    assert not Obligation.objects.filter(rule="supervision.report").exists()
    case = scenes.received(cast, case)
    duty = scenes.duty_of(case)
    assert (duty.due_on, duty.kind, duty.department, duty.law) == (report_on, "duty", cast.market, "JD-08")
    assert f"{report_on.year}年{report_on.month}月{report_on.day}日前将纠正情况书面报送" in pdf_text(
        Document.objects.get(kind="supervision.urging_letter")
    )
    scenes.reported(cast, case)
    assert scenes.duty_of(case).closed_in_time


def test_thirty_days_are_proposed_and_called_a_reference() -> None:
    from supervision.actions.disposition import ISSUE

    assert ISSUE.initial is not None
    assert ISSUE.initial(SupervisionCase(), None) == {"report_on": timezone.localdate() + dt.timedelta(days=30)}
    help_text = str(ISSUE.data.__dataclass_fields__["report_on"].metadata["entry"].help)
    assert "参照其他省份" in help_text


def test_a_report_that_does_not_come_is_an_alert_of_the_department(cast: Cast, time_machine: Any) -> None:
    case = scenes.up_to(cast, "served")
    time_machine.move_to(timezone.now() + dt.timedelta(days=32))
    sweep(timezone.now())
    while outbox.drain():
        pass
    alert = Alert.objects.get(rule="supervision.report")
    assert (alert.department, alert.matter) == (cast.market, case.matter)
    perform(case, scenes.named("remind"), actor=cast.supervisor, data=Nothing())
    while outbox.drain():
        pass
    assert Notice.objects.filter(user=cast.officer, text__contains="报送期限已过").exists()


def test_the_department_is_told_of_the_letter_and_the_bureau_of_the_report(cast: Cast) -> None:
    case = scenes.up_to(cast, "issued")
    while outbox.drain():
        pass
    assert case.instrument is not None
    text = Notice.objects.get(user=cast.officer, kind="supervision").text
    assert text == f"收到{case.instrument.number}，请签收"
    number = case.instrument.number
    case = scenes.reported(cast, scenes.received(cast, case))
    while outbox.drain():
        pass
    texts = set(Notice.objects.filter(user=cast.supervisor, kind="supervision").values_list("text", flat=True))
    assert texts == {
        f"区市场监管局已签收{number}",
        f"区市场监管局报送了{number}的纠正情况，请核验",
    }


def test_what_is_not_corrected_is_recorded_and_reported_again(cast: Cast) -> None:
    from supervision.actions.rectification import Check

    case = scenes.up_to(cast, "reported")
    case = scenes.subject(
        perform(case, scenes.named("reject"), actor=cast.supervisor, data=Check(note="抽查仍有两件未公示。"))
    )
    assert case.state == "not_corrected"
    report = RectificationReport.objects.get()
    assert (report.verdict, report.verified_by) == ("not_corrected", cast.supervisor)
    case = scenes.reported(cast, case, "再次整改，已全部公示。")
    assert RectificationReport.objects.filter(verdict="").count() == 1
    assert scenes.accepted(cast, case).state == "verified"


def test_an_objection_is_answered_within_fifteen_days_and_blocks_the_closing(cast: Cast) -> None:
    case = scenes.objected(cast, scenes.up_to(cast, "verified"))
    duty = Obligation.objects.get(rule="supervision.objection.answer")
    assert (duty.department, duty.due_on) == (cast.bureau, timezone.localdate() + dt.timedelta(days=15))
    case = scenes.answered(cast, case)
    assert case.state == "verified"
    duty.refresh_from_db()
    assert duty.closed_in_time
    assert scenes.closed(cast, case).state == "closed"


def test_a_letter_withdrawn_after_an_objection_sets_no_report_date_any_more(cast: Cast) -> None:
    case = scenes.objected(cast, scenes.up_to(cast, "served"))
    case = scenes.answered(cast, case, "withdraw")
    assert case.state == "investigating"
    assert case.instrument is None
    assert scenes.duty_of(case).cancelled_at is not None
    case = scenes.issued(cast, scenes.disposed(cast, case))
    assert case.instrument is not None
    assert case.instrument.number.endswith("2号")
    assert Instrument.objects.filter(case=case).count() == 2


def test_declining_gives_the_alerts_back_to_the_board(cast: Cast) -> None:
    from supervision.actions.leads import Decline

    alerts = scenes.alerts_for(cast.market, 2)
    case = scenes.lead(cast, alerts)
    assert not Alert.objects.unanswered().exists()
    proposed(
        case,
        scenes.named("decline"),
        Decline(ground="remedy", reason="当事人已申请行政复议，已书面告知。"),
        by=cast.supervisor,
        approved_by=cast.supervision_head,
    )
    assert Alert.objects.unanswered().count() == 2
    assert scenes.lead(cast, alerts).alerts.count() == 2


def test_the_loser_of_a_race_for_an_alert_is_told(cast: Cast) -> None:
    (alert,) = scenes.alerts_for(cast.market)
    action = scenes.named("open")
    data = OpenLead(
        target=cast.market.pk,
        source="alert",
        grounds=("procedure",),
        facts="示例",
        colleague=cast.second_supervisor.pk,
        alerts=(str(alert.pk),),
    )
    perform(None, action, actor=cast.supervisor, data=data)
    # The second one's gates were judged before the first committed: only the body sees the alert taken.
    attempt_gates = [gate for gate in action.gates if gate.key == "alerts_open"]
    assert len(attempt_gates) == 1
    from dataclasses import replace

    late = replace(action, gates=tuple(gate for gate in action.gates if gate.key != "alerts_open"))
    with pytest.raises(Overtaken):
        perform(None, late, actor=cast.second_supervisor, data=replace(data, colleague=cast.supervisor.pk))
    assert SupervisionCase.objects.count() == 1


def test_nothing_but_the_door_changes_a_case(cast: Cast) -> None:
    case = scenes.lead(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        SupervisionCase.objects.filter(pk=case.pk).update(state="closed")


def test_peoples_words_stay_out_of_the_chain(cast: Cast) -> None:
    case = scenes.up_to(cast, "closed")
    chained = "".join(Event.objects.filter(matter=case.matter).values_list("canonical", flat=True))
    for words in ("示例事实", "建议立案", "调阅案卷", "已全部公示", "抽查公示页面", "整改完毕"):
        assert words not in chained
    assert list(verify()) == []
