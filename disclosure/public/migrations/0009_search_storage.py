"""Keeps the searchable text inside its row, where a walk over many rows reads it, and the rest of a long row outside."""

from django.db import migrations

THERE = """
ALTER TABLE publiczone_publisheddecision ALTER COLUMN search_text SET STORAGE MAIN;
ALTER TABLE publiczone_publisheddecision SET (toast_tuple_target = 1024);
"""
BACK = """
ALTER TABLE publiczone_publisheddecision ALTER COLUMN search_text SET STORAGE EXTENDED;
ALTER TABLE publiczone_publisheddecision RESET (toast_tuple_target);
"""


class Migration(migrations.Migration):
    dependencies = [("publiczone", "0008_proofs")]
    operations = [migrations.RunSQL(THERE, BACK)]
