# What was issued never changes, for the owner of the tables too: triggers on numbers, documents and their PDFs.

from django.db import migrations

SERIES = """
CREATE FUNCTION documents_guard_series() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a number series is never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.department_id, NEW.prefix, NEW.code, NEW.year) IS DISTINCT FROM
       (OLD.department_id, OLD.prefix, OLD.code, OLD.year) THEN
        RAISE EXCEPTION 'a number series keeps its department, code and year' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.first_value <> OLD.first_value OR NEW.next_value < OLD.next_value)
       AND EXISTS (SELECT 1 FROM documents_number WHERE series_id = OLD.id) THEN
        RAISE EXCEPTION 'a number series never goes back' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON documents_series
    FOR EACH ROW EXECUTE FUNCTION documents_guard_series();
"""
NUMBER = """
CREATE FUNCTION documents_guard_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a number is voided, never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.series_id, NEW.value, NEW.text, NEW.given_by_id, NEW.given_at, NEW.purpose) IS DISTINCT FROM
       (OLD.series_id, OLD.value, OLD.text, OLD.given_by_id, OLD.given_at, OLD.purpose)
       OR OLD.state = 'void' OR (OLD.state = 'used' AND NEW.state = 'reserved') THEN
        RAISE EXCEPTION 'a number that was given out stays as it is' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON documents_number
    FOR EACH ROW EXECUTE FUNCTION documents_guard_number();
"""
DOCUMENT = """
CREATE FUNCTION documents_guard_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a document is voided, never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.matter_id, NEW.kind, NEW.title, NEW.about, NEW.number, NEW.number_row_id, NEW.issuer_id, NEW.issued_on,
        NEW.issued_at, NEW.issued_by_id, NEW.code, NEW.template, NEW.template_hash, NEW.frozen, NEW.frozen_sha256)
       IS DISTINCT FROM
       (OLD.matter_id, OLD.kind, OLD.title, OLD.about, OLD.number, OLD.number_row_id, OLD.issuer_id, OLD.issued_on,
        OLD.issued_at, OLD.issued_by_id, OLD.code, OLD.template, OLD.template_hash, OLD.frozen, OLD.frozen_sha256)
       OR (OLD.event_id IS NOT NULL AND NEW.event_id IS DISTINCT FROM OLD.event_id) THEN
        RAISE EXCEPTION 'a document that was issued stays as it is' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.sha256 <> '' AND (NEW.sha256, NEW.sm3, NEW.size, NEW.pages, NEW.ready_at)
       IS DISTINCT FROM (OLD.sha256, OLD.sm3, OLD.size, OLD.pages, OLD.ready_at) THEN
        RAISE EXCEPTION 'a document is rendered once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state = 'void' OR (OLD.state = 'ready' AND NEW.state <> 'void')) THEN
        RAISE EXCEPTION 'a document does not come back from %', OLD.state USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON documents_document
    FOR EACH ROW EXECUTE FUNCTION documents_guard_document();
"""
FILE = """
CREATE FUNCTION documents_guard_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a stored PDF is neither changed nor deleted' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON documents_documentfile
    FOR EACH ROW EXECUTE FUNCTION documents_guard_file();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON documents_documentfile
    FOR EACH STATEMENT EXECUTE FUNCTION documents_guard_file();
-- A PDF is compressed already.
ALTER TABLE documents_documentfile ALTER COLUMN pdf SET STORAGE EXTERNAL;
"""
UNDO = """
DROP FUNCTION documents_guard_series CASCADE;
DROP FUNCTION documents_guard_number CASCADE;
DROP FUNCTION documents_guard_document CASCADE;
DROP FUNCTION documents_guard_file CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunSQL(SERIES + NUMBER + DOCUMENT + FILE, UNDO)]
