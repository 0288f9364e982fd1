"""Keeping records of the process, saying why one is missing; devices and what they recorded."""

from __future__ import annotations

from django.utils import timezone

from enforcement.measures.bodies.custody import own_file
from enforcement.measures.data import records as forms
from enforcement.measures.data import timing as timing_forms
from enforcement.measures.models import DeviceEvidence, Monitor, Omission, ProcessRecord
from enforcement.models import Case, Evidence
from portal.matters.models import Matter
from portal.workflow.actions import Attempt

MONITOR_KIND = "measures.monitor"
CHANGED = "measures.monitor_changed"


def record(attempt: Attempt[Case, forms.Record]) -> None:
    """A record with its hash: of the uploaded file, or as typed for one that lies elsewhere."""
    data = attempt.data
    attachment = own_file(attempt, data.file)
    row = ProcessRecord.objects.create(
        case=attempt.subject,
        step=data.step,
        medium=data.medium,
        about=data.about,
        title=data.title.strip(),
        begun_at=data.begun_at,
        ended_at=data.ended_at,
        place=data.place.strip(),
        recorders=data.recorders.strip(),
        device=data.device.strip(),
        storage=data.storage.strip(),
        sha256=attachment.sha256 if attachment is not None else data.sha256.strip().lower(),
        attachment=attachment,
        certificate_shown=data.certificate_shown,
        rights_told=data.rights_told,
        note=data.note.strip(),
    )
    if row.medium == ProcessRecord.Medium.VIDEO and row.about.startswith("measure:"):
        attempt.fact("recording.kept", about=row.about)
    attempt.label(step=row.step, medium=row.medium, about=row.about, sha256=row.sha256)


def explain(attempt: Attempt[Case, forms.Explain]) -> None:
    """It stays missing; the reason is kept beside it."""
    Omission.objects.create(
        case=attempt.subject, key=attempt.data.key, reason=attempt.data.reason.strip(), on=attempt.on
    )
    attempt.label(missing=attempt.data.key)


def add_device_evidence(attempt: Attempt[Case, forms.AddDeviceEvidence]) -> None:
    """Evidence of the case, with the device that recorded it and who reviewed it."""
    data = attempt.data
    monitor = Monitor.objects.get(pk=data.monitor, department=attempt.subject.department_id)
    evidence = Evidence.objects.create(
        act=attempt.subject,
        kind=data.kind,
        name=data.name.strip(),
        proves=data.proves.strip(),
        obtained_on=timezone.localdate(data.recorded_at),
        place=monitor.place[:120],
        collectors=monitor.name,
        attachment=own_file(attempt, data.file),
    )
    DeviceEvidence.objects.create(
        evidence=evidence,
        monitor=monitor,
        recorded_at=data.recorded_at,
        reviewer=data.reviewer.strip(),
        reviewed_on=data.reviewed_on,
    )
    attempt.label(monitor=monitor.code)


def add_monitor(attempt: Attempt[Monitor, forms.AddMonitor]) -> None:
    """A device on the department's register."""
    data = attempt.data
    department = attempt.proposal.department if attempt.proposal is not None else attempt.actor.department
    attempt.matter = Matter.objects.create(
        kind=MONITOR_KIND,
        department=department,
        title=f"{data.name.strip()} {data.code.strip()}"[:200],
        number=data.code.strip(),
        opened_at=attempt.now,
    )
    attempt.subject = Monitor(
        matter=attempt.matter,
        department=department,
        name=data.name.strip(),
        code=data.code.strip(),
        place=data.place.strip(),
        basis=data.basis.strip(),
        standard=data.standard.strip(),
        legal_review=data.legal_review.strip(),
        legal_on=data.legal_on,
        technical_review=data.technical_review.strip(),
        technical_on=data.technical_on,
        published_at=data.published_at.strip(),
        published_on=data.published_on,
    )
    attempt.subject.save()
    attempt.fact(CHANGED)


def end_monitor(attempt: Attempt[Monitor, timing_forms.EndUse]) -> None:
    """Taken out of use on a day."""
    attempt.subject.ended_on = attempt.data.last_day
    attempt.matter.closed_at = attempt.now
    attempt.matter.save(update_fields=["closed_at"])
    attempt.fact(CHANGED)
