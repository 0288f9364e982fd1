"""Whoever is on duty has an open posting, from the day he was registered."""

from django.db import migrations

OPEN = """
    INSERT INTO personnel_posting (officer_id, department_id, position, begun_on, ground, ending, end_ground)
    SELECT o.id, o.department_id, o.position,
           COALESCE((SELECT min(h.history_date AT TIME ZONE 'Asia/Shanghai')::date
                     FROM personnel_historicalofficer h WHERE h.id = o.id), CURRENT_DATE),
           '', '', ''
    FROM personnel_officer o WHERE o.active
"""


class Migration(migrations.Migration):
    dependencies = [("personnel", "0003_officers")]
    operations = [migrations.RunSQL(OPEN, migrations.RunSQL.noop)]
