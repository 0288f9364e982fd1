"""A code and what is replaced are written once; where a certificate comes from can be corrected."""

from django.db import migrations, models

GUARD = """
DROP TRIGGER IF EXISTS append_only ON personnel_provenance;
CREATE FUNCTION personnel_guard_provenance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.certificate_id, NEW.code) = (OLD.certificate_id, OLD.code)
       AND NEW.replaces_id IS NOT DISTINCT FROM OLD.replaces_id THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'code and predecessor of a certificate are written once' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard_provenance BEFORE UPDATE OR DELETE ON personnel_provenance
    FOR EACH ROW EXECUTE FUNCTION personnel_guard_provenance();
"""
BACK = """
DROP TRIGGER IF EXISTS guard_provenance ON personnel_provenance;
DROP FUNCTION IF EXISTS personnel_guard_provenance();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON personnel_provenance
    FOR EACH ROW EXECUTE FUNCTION portal_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("personnel", "0011_provenance"), ("ledger", "0002_triggers")]
    operations = [
        migrations.AddField(
            model_name="provenance",
            name="note",
            field=models.TextField(blank=True, verbose_name="更正说明"),
        ),
        migrations.RunSQL(GUARD, BACK),
    ]
