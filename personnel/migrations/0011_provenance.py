"""Settings and provenance are only added to; certificates registered so far get their code."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import migrations

from portal.ledger.triggers import append_only

SIGNS = "23456789ACDEFGHJKMNPQRSTVWXYZ"


def give_codes(apps: Any, _editor: Any) -> None:
    """A code for each certificate that has none."""
    certificates: Any = apps.get_model("personnel", "Certificate").objects
    provenance: Any = apps.get_model("personnel", "Provenance").objects
    without = certificates.exclude(pk__in=provenance.values("certificate")).values_list("pk", flat=True)
    for key in list(without):
        provenance.create(certificate_id=key, code="".join(secrets.choice(SIGNS) for _position in range(16)))


class Migration(migrations.Migration):
    dependencies = [("personnel", "0010_certificates"), ("ledger", "0002_triggers")]
    operations = [
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        append_only("personnel_checksetting"),
        append_only("personnel_provenance"),
    ]
