"""States change only through the door; entries of hours, sign-ins and settings are only added to."""

from django.db import migrations

from portal.ledger.triggers import append_only, protect_state


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial"), ("ledger", "0002_triggers")]
    operations = [
        protect_state("training_trainingplan", initial="draft"),
        protect_state("training_session", initial="open"),
        protect_state("training_quotaduty", initial="running"),
        protect_state("training_hoursstatement", initial="issued"),
        append_only("training_traininghours"),
        append_only("training_attendance"),
        append_only("training_quotasetting"),
    ]
