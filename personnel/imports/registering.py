"""A certificate from a list becomes a certificate of the register: through the one door, many at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.imports.rows import CertificateRow
from personnel.models import Certificate, Officer
from portal.accounts.roles import Role
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt
from portal.workflow.bulk import Creation

MAY_IMPORT = frozenset({Role.DEPT_ADMIN.value, Role.SUPERVISOR.value})


@dataclass(frozen=True)
class ImportedCertificate:
    """A certificate as a row tells it; `run` and `line` say where it came from."""

    officer: Officer
    certificate: CertificateRow
    run: int
    line: int


def build(attempt: Attempt[Certificate, ImportedCertificate]) -> list[models.Model]:
    """Matter and certificate."""
    officer, row = attempt.data.officer, attempt.data.certificate
    matter = Matter(
        kind="certificate",
        department=officer.department,
        title=_gettext("%(name)s的行政执法证") % {"name": officer.name},
        number=row.number,
        opened_at=attempt.now,
    )
    certificate = Certificate(
        matter=matter,
        officer=officer,
        number=row.number,
        issuer=row.issuer,
        fields=list(row.fields),
        area=row.area,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
    attempt.matter, attempt.subject = matter, certificate
    return [matter, certificate]


def conclude(attempt: Attempt[Certificate, ImportedCertificate], _rows: list[models.Model]) -> None:
    """The same fact as a single registration, with the row it came from."""
    data = attempt.data
    attempt.label(
        number=data.certificate.number,
        issuer=data.certificate.issuer,
        fields=list(data.certificate.fields),
        run=data.run,
        line=data.line,
    )
    attempt.fact("certificate.registered", value={"valid_to": data.certificate.valid_to.isoformat()})


CREATION: Creation[Certificate, ImportedCertificate] = Creation(build, conclude)
REGISTER_IMPORTED: Action[Certificate, ImportedCertificate] = Action(
    key="certificate.register_imported",
    label=_("导入执法证"),
    model=Certificate,
    source=frozenset(),
    target=Certificate.State.ISSUED.value,
    roles=MAY_IMPORT,
    data=ImportedCertificate,
    body=CREATION.body,
    facts=("certificate.registered",),
    law=("JD-14",),
    hidden=True,
    system=True,
)
