"""What a reader gave and what was corrected is only added to."""

from django.db import migrations

from portal.ledger.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("examinations", "0005_second_marking")]
    operations = [
        append_only("examinations_reading"),
        append_only("examinations_correction"),
        append_only("examinations_historicalreading"),
        append_only("examinations_historicalcorrection"),
    ]
