"""Which instrument exists on which day (执法监督条例27、28、44条), and what it says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.documents.models import Document
from portal.ledger.models import Event
from portal.workflow.errors import Blocked, Invalid
from portal.workflow.proposals import request
from supervision.actions.disposition import Dispose, Issue
from supervision.models import Instrument
from tests.cast import Cast
from tests.supervision import scenes
from tests.supervision.scenes import DISPOSE, named
from tests.supervision.test_case import pdf_text

NOTICE = replace(DISPOSE, kind="notice", authority="《示例省行政执法监督条例》第三十二条")
OPINION = replace(DISPOSE, kind="opinion", fault="improper", basis="行政处罚法第五条第二款")


def at_noon(day: dt.date) -> dt.datetime:
    """Noon of a day, local time."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


@pytest.mark.parametrize(
    ("day", "data", "kind", "series"),
    [
        (dt.date(2026, 1, 31), NOTICE, "supervision.disposition_notice", "示司行执监处〔2026〕1号"),
        (dt.date(2026, 2, 1), DISPOSE, "supervision.urging_letter", "示司行执监督〔2026〕1号"),
        (dt.date(2026, 2, 1), OPINION, "supervision.opinion", "示司行执监意〔2026〕1号"),
        (dt.date(2026, 11, 24), OPINION, "supervision.opinion", "示司行执监意〔2026〕1号"),
    ],
)
def test_each_day_has_its_instruments(
    cast: Cast, time_machine: Any, day: dt.date, data: Dispose, kind: str, series: str
) -> None:
    time_machine.move_to(at_noon(day))
    case = scenes.disposed(cast, scenes.up_to(cast, "investigating"), data)
    case = scenes.issued(cast, case)
    document = Document.objects.get(kind=kind)
    assert case.instrument is not None
    assert document.number == case.instrument.number == series
    assert document.issued_on == day
    text = pdf_text(document)
    assert document.title in text
    assert "示例区市场监督管理局" in text
    assert "异议" in text


def test_a_letter_of_the_regulation_is_prepared_before_its_day_and_issued_on_it(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to(at_noon(dt.date(2026, 1, 30)))
    case = scenes.up_to(cast, "disposed")
    data = Issue(report_on=dt.date(2026, 3, 10))
    with pytest.raises(Blocked):
        scenes.issued(cast, case, data)
    time_machine.move_to(at_noon(dt.date(2026, 2, 2)))
    assert scenes.issued(cast, case, data).state == "issued"


def test_a_notice_prepared_too_late_is_written_anew_as_a_letter(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to(at_noon(dt.date(2026, 1, 30)))
    case = scenes.disposed(cast, scenes.up_to(cast, "investigating"), NOTICE)
    time_machine.move_to(at_noon(dt.date(2026, 2, 2)))
    with pytest.raises(Blocked) as refused:
        scenes.issued(cast, case, Issue(report_on=dt.date(2026, 3, 10)))
    assert [item.gate for item in refused.value.unmet] == ["kind_of_its_day"]
    case = scenes.disposed(cast, case, DISPOSE)
    assert Instrument.objects.get().kind == "urging"
    assert scenes.issued(cast, case, Issue(report_on=dt.date(2026, 3, 10))).state == "issued"


def test_a_notice_of_an_earlier_day_is_entered_late_with_that_days_date(cast: Cast) -> None:
    day, late = dt.date(2025, 12, 10), "系统启用前的文书，补录"
    case = scenes.up_to(cast, "investigating")
    case = scenes.disposed(cast, case, replace(NOTICE, on=day, late_reason=late))
    case = scenes.issued(cast, case, Issue(report_on=dt.date(2026, 1, 9), on=day, late_reason=late))
    document = Document.objects.get(kind="supervision.disposition_notice")
    assert (document.issued_on, document.number) == (day, "示司行执监处〔2025〕1号")


def test_a_notice_needs_the_provision_that_gave_the_power(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to(at_noon(dt.date(2026, 1, 30)))
    case = scenes.up_to(cast, "investigating")
    with pytest.raises(Invalid) as refused:
        request(case, named("dispose"), actor=cast.supervisor, data=replace(NOTICE, authority=""))
    assert "authority" in refused.value.fields


def test_the_database_keeps_kind_and_day_together_too(cast: Cast) -> None:
    case = scenes.up_to(cast, "issued")
    with pytest.raises(IntegrityError), transaction.atomic():
        Instrument.objects.filter(case=case).update(kind="notice")


def test_the_superior_of_a_vertical_body_is_told_at_once_and_gets_a_copy(cast: Cast) -> None:
    case = scenes.lead(cast, target=cast.ecology.pk)
    for step in (scenes.declared, scenes.filed, scenes.investigated, scenes.disposed):
        case = step(cast, case)
    today = timezone.localdate()
    data = Issue(
        report_on=today + dt.timedelta(days=30),
        superior="示例市生态环境局",
        superior_told_on=today,
        superior_told_how="抄送本函",
    )
    case = scenes.issued(cast, case, data)
    instrument = case.instrument
    assert instrument is not None
    assert (instrument.superior, instrument.superior_told_on) == ("示例市生态环境局", today)
    event = Event.objects.get(matter=case.matter, name="supervision.issue")
    assert "示例市生态环境局" in event.canonical
    assert instrument.document is not None
    assert "抄送：示例市生态环境局" in pdf_text(instrument.document)


def test_the_internal_forms_carry_what_was_decided(cast: Cast) -> None:
    from portal.documents.press import render

    scenes.up_to(cast, "disposed", scenes.alerts_for(cast.market, 2))
    filing = Document.objects.get(kind="supervision.filing_form")
    form = Document.objects.get(kind="supervision.disposition_form")
    assert render(filing.pk)
    assert render(form.pk)
    filing.refresh_from_db()
    form.refresh_from_db()
    text = pdf_text(filing)
    for words in ("陆示例", "严示例", "陶示例", "建议立案。", "同意立案。", "没有；已向部门法制机构核实", "内部文书"):
        assert words in text
    text = pdf_text(form)
    for words in ("建议制发督办函。", "处罚决定未在7个工作日内公示。", "调阅案卷和公示记录。", "陶示例"):
        assert words in text
