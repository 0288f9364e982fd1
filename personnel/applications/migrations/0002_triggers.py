"""States change only through the door; what was said and set, and all history, is only added to."""

from django.db import migrations

from portal.ledger.triggers import append_only, protect_state


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial"), ("ledger", "0002_triggers")]
    operations = [
        protect_state("applications_application", initial="draft"),
        protect_state("applications_letter", initial="sent"),
        append_only("applications_review"),
        append_only("applications_rule"),
        append_only("applications_historicalapplication"),
        append_only("applications_historicalletter"),
        append_only("applications_historicalreview"),
    ]
