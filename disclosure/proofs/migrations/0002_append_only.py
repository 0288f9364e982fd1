"""What lies under a seal stays there."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("proofs", "0001_initial"), ("ledger", "0002_triggers"), ("publiczone", "0008_proofs")]

    operations: ClassVar = [append_only("proofs_sealedsnapshot"), append_only("publiczone_publishedseal")]
