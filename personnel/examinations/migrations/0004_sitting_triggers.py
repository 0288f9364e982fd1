"""States of examinations and sittings change only through the door; settings are only added to."""

from django.db import migrations

from portal.ledger.triggers import append_only, protect_state


class Migration(migrations.Migration):
    dependencies = [("examinations", "0003_sittings")]
    operations = [
        protect_state("examinations_examination", initial="draft"),
        protect_state("examinations_sitting", initial="running"),
        protect_state("examinations_script", initial="waiting"),
        append_only("examinations_examinationsetting"),
    ]
