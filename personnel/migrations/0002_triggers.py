"""A certificate's state changes only through the door."""

from django.db import migrations

from portal.ledger.triggers import protect_state


class Migration(migrations.Migration):
    dependencies = [("personnel", "0001_initial"), ("ledger", "0002_triggers")]
    operations = [protect_state("personnel_certificate", initial="issued")]
