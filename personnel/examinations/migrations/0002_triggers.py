"""States change only through the door; versions of questions are only added to."""

from django.db import migrations

from portal.ledger.triggers import append_only, protect_state


class Migration(migrations.Migration):
    dependencies = [("examinations", "0001_initial"), ("ledger", "0002_triggers")]
    operations = [
        protect_state("examinations_bank", initial="kept"),
        protect_state("examinations_question", initial="in_use"),
        protect_state("examinations_change", initial="proposed"),
        protect_state("examinations_questionfile", initial="read"),
        append_only("examinations_questionversion"),
    ]
