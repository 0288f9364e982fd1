"""A list of officers into the register: read and checked, and, when asked to, written."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from personnel.imports.checking import Checked, check
from personnel.imports.layout import HEADERS
from personnel.imports.registering import CREATION, REGISTER_IMPORTED, ImportedCertificate
from personnel.imports.rows import OfficerRow, read_officers
from personnel.models import Officer, OfficerImport, Posting
from portal.accounts.encryption import keyed_hash
from portal.accounts.models import Department, User
from portal.web.tables import safe_cell
from portal.workflow.bulk import perform_many

LARGEST_BYTES = 10 * 1024 * 1024
ATTEMPTS = 3
BATCH = 1000


def examine(content: bytes, department: Department) -> Checked:
    """What would come of the file; writes nothing. Raises UnreadableError with a sentence."""
    notes: list[str] = []
    with tempfile.NamedTemporaryFile(prefix="officers-") as kept:
        kept.write(content)
        kept.flush()
        checked = check(read_officers(Path(kept.name), department, timezone.localdate(), notes), department)
    checked.notes = notes
    return checked


def start(content: bytes, *, name: str, department: Department, actor: User | None) -> OfficerImport:
    """Check a file and keep it until somebody confirms it. Raises UnreadableError."""
    checked = examine(content, department)
    run = OfficerImport(
        department=department,
        actor=actor,
        content=content,
        file_name=name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
    )
    _note(run, checked)
    run.save()
    return run


def carry_out(run: OfficerImport) -> Checked:
    """Write what a kept file tells, all of it in one transaction; what is there already is left alone.

    The register is asked anew: days may lie between check and confirmation. When somebody registers one
    of the same people at the same moment, the whole is checked and written once more.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                # One import of a department at a time.
                Department.objects.select_for_update(no_key=True).get(pk=run.department_id)
                checked = examine(bytes(run.content), run.department)
                write(checked, run)
                _note(run, checked)
                run.content, run.state, run.finished_at = b"", OfficerImport.State.FINISHED, timezone.now()
                run.save()
                return checked
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("every attempt returns or raises")


def write(checked: Checked, run: OfficerImport) -> None:
    """Officers with their postings and histories, then their certificates through the door."""
    officers = [_officer(row, run.department) for row in checked.created]
    said: dict[str, Any] = {
        "default_user": run.actor,
        "default_change_reason": _("导入 %(file)s") % {"file": run.file_name[:80]},
        "batch_size": BATCH,
    }
    bulk_create_with_history(officers, Officer, **said)
    bulk_create_with_history(
        [_posting(row, officer) for row, officer in zip(checked.created, officers, strict=True)], Posting, **said
    )
    pairs = [*zip(checked.created, officers, strict=True), *checked.certified]
    data = [
        ImportedCertificate(officer, row.certificate, run.pk, row.line)
        for row, officer in pairs
        if row.certificate is not None
    ]
    for made in perform_many(CREATION, REGISTER_IMPORTED, actor=run.actor, data=data) if data else []:
        if made.refusal is not None:
            raise made.refusal


def _officer(row: OfficerRow, department: Department) -> Officer:
    return Officer(
        department=department,
        name=row.name,
        gender=row.gender,
        identity=row.identity,
        identity_hash=keyed_hash(row.identity),
        phone=row.phone,
        position=row.position,
        legal_number=row.legal_number,
        legal_qualified=bool(row.legal_number),
    )


def _posting(row: OfficerRow, officer: Officer) -> Posting:
    return Posting(
        officer=officer,
        department=officer.department,
        position=officer.position,
        begun_on=row.entered_on or timezone.localdate(),
        ground=_("随人员名册导入"),
    )


def _note(run: OfficerImport, checked: Checked) -> None:
    run.rows = checked.rows
    for name, count in checked.counts().items():
        setattr(run, name, count)
    run.certificates = checked.certificates
    run.problems = [problem.as_json() for problem in checked.problems]
    run.notes = checked.notes


def error_file(problems: Iterable[dict[str, Any]]) -> str:
    """The problems as CSV that a spreadsheet opens with Chinese intact; no cell is a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow([_("工作表"), _("行号"), _("列"), _("值"), _("原因代码"), _("原因")])
    for one in problems:
        cells = (one["sheet"], one["line"], one["column"], one["value"], one["code"], one["sentence"])
        writer.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def template_file() -> str:
    """An empty list with the headers, to be filled in."""
    return "\ufeff" + ",".join(headers[0] for headers in HEADERS.values()) + "\r\n"
