"""The record of the whole process: what a step calls for, what is missing, what a device may prove."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from enforcement.cases import actions as case_actions
from enforcement.measures import actions, timing_actions
from enforcement.measures.data import records as forms
from enforcement.measures.models import Monitor, ProcessRecord
from enforcement.measures.requirements import missing_recordings, requirements
from enforcement.models import Case
from portal.deadlines.models import Obligation
from portal.workflow import proposals
from portal.workflow.errors import Forbidden
from tests.case_scenes import evidence_data, filed, notified, on, serve_data
from tests.cast import Cast, fresh
from tests.enforcement.measures.scenes import (
    SEIZED,
    done,
    held,
    mistaken,
    moment,
    record_data,
    refused,
    seized,
    upload,
)

DAY = dt.timedelta(days=1)


def wanted(case: Case) -> dict[str, tuple[str, bool]]:
    """What is called for: the record, its shape when missing, whether it is there."""
    return {f"{one.about.split(':')[0]} {one.what}": (one.shape, one.met) for one in requirements(case)}


def test_a_seizure_calls_for_a_film_and_a_record_and_is_red_without_them(cast: Cast) -> None:
    case = filed(cast)
    measure = seized(cast, case)
    assert wanted(case) == {"measure 全程录像": ("red", False), "measure 现场笔录": ("red", False)}
    with on(SEIZED, 14):
        case = done(cast, case, actions.RECORD, record_data(about=measure.about))
        text = record_data(
            about=measure.about, medium="text", title="扣押现场笔录", ended_at=None, device="", sha256="",
            certificate_shown=True, rights_told=True,
        )  # fmt: skip
        case = done(cast, case, actions.RECORD, text)
    assert all(met for _shape, met in wanted(case).values())
    assert Obligation.objects.get(matter=case.pk, rule="measure.film").closed_in_time


def test_without_its_film_a_seizure_becomes_an_alert_after_two_working_days(cast: Cast) -> None:
    case = filed(cast)
    measure = seized(cast, case)
    clock = Obligation.objects.get(matter=case.pk, rule="measure.film")
    assert (clock.due_on, clock.law, clock.kind) == (dt.date(2025, 8, 7), "SX-07", "duty")
    with on(dt.date(2025, 8, 8)):
        assert clock in Obligation.objects.overdue()
        case = done(cast, case, actions.EXPLAIN, forms.Explain(key=f"{measure.about} video", reason="设备故障（虚构）"))
        assert clock in Obligation.objects.overdue()  # a reason is kept beside it; it stays missing
    assert [one.what for one in missing_recordings(case)] == ["现场笔录"]


def test_sound_of_a_seizure_is_not_its_film(cast: Cast) -> None:
    case = filed(cast)
    measure = seized(cast, case)
    with on(SEIZED, 14):
        case = done(cast, case, actions.RECORD, record_data(about=measure.about, medium="audio"))
    assert wanted(case)["measure 全程录像"] == ("red", False)
    assert Obligation.objects.get(matter=case.pk, rule="measure.film").is_open


def test_a_film_of_another_day_does_not_count(cast: Cast) -> None:
    case = filed(cast)
    measure = seized(cast, case)
    with on(SEIZED + DAY, 14):
        form = record_data(SEIZED + DAY, about=measure.about)
        assert set(refused(lambda: done(cast, case, actions.RECORD, form))) == {"record_of_its_day"}


def test_where_quarrels_are_likely_a_missing_recording_is_yellow(cast: Cast) -> None:
    case = notified(cast)
    assert wanted(case) == {"evidence 音像记录": ("amber", False)}
    with on(dt.date(2025, 8, 8)):
        form = serve_data(case, dt.date(2025, 8, 8), method="left", receiver="见证人某", note="拒收（虚构）")
        case = done(cast, case, case_actions.SERVE_NOTICE, form)
    assert wanted(case)["service 音像记录"] == ("amber", False)
    held(cast, case, dt.date(2025, 8, 11))
    assert wanted(case)["measure 音像记录"] == ("amber", False)
    assert not any(one.is_red for one in requirements(case))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ended_at": None}, "ended_at"),
        ({"ended_at": moment(SEIZED, 7)}, "ended_at"),
        ({"begun_at": moment(dt.date(2099, 1, 1)), "ended_at": moment(dt.date(2099, 1, 2))}, "begun_at"),
        ({"device": ""}, "device"),
        ({"storage": ""}, "file"),
        ({"sha256": ""}, "sha256"),
        ({"sha256": "x" * 64}, "sha256"),
        ({"about": "measure:0"}, "about"),
        ({"title": "  "}, "title"),
    ],
)
def test_a_film_says_when_by_what_and_where_it_lies(cast: Cast, changes: dict[str, Any], field: str) -> None:
    case = filed(cast)
    with on(SEIZED, 14):
        assert field in mistaken(lambda: done(cast, case, actions.RECORD, record_data(**changes)))


def test_an_uploaded_record_has_the_hash_of_its_file(cast: Cast) -> None:
    case = filed(cast)
    with on(SEIZED, 14):
        form = record_data(storage="", sha256="", file=upload(cast, case))
        case = done(cast, case, actions.RECORD, form)
    row = case.process_records.select_related("attachment").get()
    assert row.attachment is not None
    assert row.sha256 == row.attachment.sha256


@pytest.mark.parametrize("step", sorted(ProcessRecord.ON_SITE))
def test_a_record_on_site_says_that_the_certificate_was_shown_and_rights_told(cast: Cast, step: str) -> None:
    case = filed(cast)
    with on(SEIZED, 14):
        form = record_data(step=step, medium="text", ended_at=None, device="", sha256="", certificate_shown=True)
        assert set(refused(lambda: done(cast, case, actions.RECORD, form))) == {"shown_and_told"}
        done(cast, case, actions.RECORD, replace(form, rights_told=True))


def test_a_record_on_site_among_the_evidence_says_so_too(cast: Cast) -> None:
    case = filed(cast)
    with on(SEIZED):
        form = evidence_data(obtained_on=SEIZED, certificate_shown=False)
        assert set(refused(lambda: done(cast, case, case_actions.ADD_EVIDENCE, form))) == {"shown_and_told"}
        done(cast, case, case_actions.ADD_EVIDENCE, replace(form, kind="documentary"))


# ── devices (处罚法41条) ─────────────────────────────────────────────────────────────────────────────────


def monitor(cast: Cast, published_on: dt.date = dt.date(2025, 7, 1)) -> Monitor:
    """A device reviewed in June and published in July, approved by Zhao."""
    form = forms.AddMonitor(
        name="示例路口监控", code="J-01", place="示例路与示例街交叉口", basis="示例法第一条", standard="GB/T 示例",
        legal_review="合格", legal_on=dt.date(2025, 6, 1), technical_review="合格", technical_on=dt.date(2025, 6, 2),
        published_at="区政府门户网站", published_on=published_on,
    )  # fmt: skip
    proposal = proposals.request(None, timing_actions.ADD_MONITOR, actor=fresh(cast.dept_admin), data=form)
    found: Monitor = proposals.approve(proposal, actor=fresh(cast.head)).subject
    return found


def device_data(row: Monitor, recorded: dt.date = dt.date(2025, 8, 1), **changes: Any) -> forms.AddDeviceEvidence:
    made = forms.AddDeviceEvidence(
        monitor=row.pk, kind="electronic", name="监控录像", proves="占道经营（虚构）", recorded_at=moment(recorded),
        reviewer="王示例", reviewed_on=dt.date(2025, 8, 4), clear=True, told=True,
    )  # fmt: skip
    return replace(made, **changes)


def test_what_a_device_recorded_is_evidence_after_reviews_and_publication(cast: Cast) -> None:
    case = filed(cast)
    with on(SEIZED):
        row = monitor(cast)
        early = device_data(row, dt.date(2025, 6, 30))
        assert set(refused(lambda: done(cast, case, actions.DEVICE_EVIDENCE, early))) == {"monitor_lawful"}
        for form in (device_data(row, clear=False), device_data(row, told=False)):
            assert set(refused(lambda form=form: done(cast, case, actions.DEVICE_EVIDENCE, form))) == {
                "content_reviewed"
            }
        before = device_data(row, reviewed_on=dt.date(2025, 7, 31))
        assert mistaken(lambda: done(cast, case, actions.DEVICE_EVIDENCE, before)) == {"reviewed_on"}
        case = done(cast, case, actions.DEVICE_EVIDENCE, device_data(row))
    assert case.evidence.get().from_device.monitor == row


def test_a_department_without_a_device_and_one_with_anothers_cannot(cast: Cast) -> None:
    case = filed(cast)
    with on(SEIZED):
        row = monitor(cast)
        Monitor.objects.filter(pk=row.pk).update(department=cast.city)
        assert set(refused(lambda: done(cast, case, actions.DEVICE_EVIDENCE, device_data(row)))) == {
            "some_monitor",
            "monitor_lawful",
        }


def test_a_device_is_registered_by_two_people_of_the_department(cast: Cast) -> None:
    with on(SEIZED):
        with pytest.raises(Forbidden):
            monitor(replace(cast, head=cast.foreign_head))
        with pytest.raises(Forbidden):
            monitor(replace(cast, head=cast.dept_admin))
        assert mistaken(lambda: monitor(cast, dt.date(2099, 1, 1))) == {"published_on"}
        assert monitor(cast).department == cast.market
        assert mistaken(lambda: monitor(cast)) == {"code"}


def test_who_only_reads_records_nothing(cast: Cast) -> None:
    case = filed(cast)
    with on(SEIZED, 14):
        for person in (cast.head, cast.foreign_officer, cast.supervisor):
            with pytest.raises(Forbidden):
                done(cast, case, actions.RECORD, record_data(), person)
