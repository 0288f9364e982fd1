"""States change only through the door; history is only added to."""

from django.db import migrations

from portal.ledger.triggers import append_only, protect_state


class Migration(migrations.Migration):
    dependencies = [("completeness", "0001_initial"), ("ledger", "0002_triggers")]
    operations = [
        protect_state("completeness_explanation", initial="standing"),
        protect_state("completeness_monthreport", initial="open"),
        append_only("completeness_historicalexplanation"),
        append_only("completeness_historicalmonthreport"),
    ]
