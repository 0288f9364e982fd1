"""States change only through the door; histories are only added to."""

from django.db import migrations

from portal.ledger.triggers import append_only, protect_state

KINDS = ("enforcementsubject", "mandate", "empowerment", "empowereditem")


class Migration(migrations.Migration):
    dependencies = [("subjects", "0001_initial"), ("ledger", "0002_triggers")]
    operations = [
        protect_state("subjects_enforcementsubject", initial="applied"),
        protect_state("subjects_mandate", initial="signed"),
        protect_state("subjects_empowerment", initial="registered"),
        *(append_only(f"subjects_historical{kind}") for kind in KINDS),
    ]
