"""Facts, their voids, calendars, local terms and due changes are only ever added to; triggers refuse the rest."""

from django.db import migrations

TABLES = (
    "deadlines_calendarversion",
    "deadlines_calendaryear",
    "deadlines_calendarday",
    "deadlines_fact",
    "deadlines_factvoid",
    "deadlines_term",
    "deadlines_duechange",
)

FUNCTION = """
CREATE FUNCTION deadlines_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
"""
CREATE = FUNCTION + "".join(
    f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION deadlines_refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION deadlines_refuse_change();
"""
    for table in TABLES
)
DROP = (
    "".join(f"DROP TRIGGER append_only ON {table}; DROP TRIGGER append_only_truncate ON {table};" for table in TABLES)
    + "DROP FUNCTION deadlines_refuse_change();"
)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
