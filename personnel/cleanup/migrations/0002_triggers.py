"""States change only through the door; history is only added to."""

from django.db import migrations

from portal.ledger.triggers import append_only, protect_state


class Migration(migrations.Migration):
    dependencies = [("cleanup", "0001_initial"), ("ledger", "0002_triggers")]
    operations = [
        protect_state("cleanup_campaign", initial="open"),
        protect_state("cleanup_roll", initial="open"),
        protect_state("cleanup_line", initial="open"),
        append_only("cleanup_historicalcampaign"),
        append_only("cleanup_historicalroll"),
        append_only("cleanup_historicalline"),
    ]
