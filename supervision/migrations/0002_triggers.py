"""States of alerts and supervision cases change only through the door."""

from django.db import migrations

from portal.ledger.triggers import protect_state


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial"), ("ledger", "0002_triggers")]
    operations = [
        protect_state("supervision_alert", initial="new"),
        protect_state("supervision_supervisioncase", initial="lead"),
    ]
