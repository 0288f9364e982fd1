"""Triggers for migrations: a state changes only through the door; the record is append-only."""

from __future__ import annotations

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION portal_guard_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.state IS NOT DISTINCT FROM OLD.state THEN RETURN NEW; END IF;
    IF TG_OP = 'INSERT' AND NEW.state = TG_ARGV[0] THEN RETURN NEW; END IF;
    IF current_setting('portal.door', true) = pg_current_xact_id()::text THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'state of % changes only through portal.workflow.perform', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""
APPEND_ONLY = """
CREATE OR REPLACE FUNCTION portal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
# The programme's role may only read and add, and such a role cannot lock out writers: the owner does it for it.
LOCK_FOR_SEAL = """
CREATE OR REPLACE FUNCTION portal_lock_for_seal() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    LOCK TABLE ledger_event IN SHARE MODE;
    LOCK TABLE ledger_seal IN EXCLUSIVE MODE;
END $$;
REVOKE ALL ON FUNCTION portal_lock_for_seal() FROM PUBLIC;
"""


def functions() -> migrations.RunSQL:
    """The two trigger functions and the seal's lock; run once, before the first trigger."""
    return migrations.RunSQL(GUARD + APPEND_ONLY + LOCK_FOR_SEAL, migrations.RunSQL.noop)


def protect_state(table: str, *, initial: str) -> migrations.RunSQL:
    """Refuse a new or changed state outside perform; `initial` may be inserted freely."""
    return migrations.RunSQL(
        f"CREATE TRIGGER guard_state BEFORE INSERT OR UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION portal_guard_state('{initial}');",
        f"DROP TRIGGER IF EXISTS guard_state ON {table};",
    )


def append_only(table: str) -> migrations.RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE on a table, for the owner too."""
    return migrations.RunSQL(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION portal_refuse_change();"
        f"CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION portal_refuse_change();",
        f"DROP TRIGGER IF EXISTS append_only ON {table}; DROP TRIGGER IF EXISTS append_only_truncate ON {table};",
    )
