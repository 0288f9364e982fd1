# A file that was taken stays: no DELETE, and what is known of its bytes never changes.

from django.db import migrations

GUARD = """
CREATE FUNCTION attachments_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an attachment is voided, never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.name, NEW.size, NEW.media_type, NEW.sha256, NEW.file, NEW.uploaded_by_id, NEW.uploaded_at)
       IS DISTINCT FROM
       (OLD.name, OLD.size, OLD.media_type, OLD.sha256, OLD.file, OLD.uploaded_by_id, OLD.uploaded_at)
       OR (OLD.matter_id IS NOT NULL AND NEW.matter_id IS DISTINCT FROM OLD.matter_id)
       OR (OLD.voided_at IS NOT NULL AND (NEW.voided_at, NEW.voided_by_id, NEW.void_reason)
           IS DISTINCT FROM (OLD.voided_at, OLD.voided_by_id, OLD.void_reason)) THEN
        RAISE EXCEPTION 'an attachment stays as it was uploaded' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON attachments_attachment
    FOR EACH ROW EXECUTE FUNCTION attachments_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("attachments", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, "DROP FUNCTION attachments_guard CASCADE;")]
