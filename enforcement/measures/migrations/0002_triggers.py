"""Registers change their state through the door; lists and fates are only added to, and never add up to more."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only, protect_state

KINDS = (
    "appraisal",
    "correctionorder",
    "deviceevidence",
    "disposal",
    "extension",
    "fate",
    "handing",
    "measure",
    "monitor",
    "omission",
    "processrecord",
    "seizureextension",
    "suspension",
    "thing",
    "timebasis",
)
# The matter's lock keeps two fates of one thing apart; this refuses what any other way would write.
NO_EXCESS = """
CREATE FUNCTION measures_refuse_excess() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT COALESCE(SUM(quantity), 0) FROM measures_fate WHERE thing_id = NEW.thing_id) + NEW.quantity
        > (SELECT quantity FROM measures_thing WHERE id = NEW.thing_id) THEN
        RAISE EXCEPTION 'more of thing % would be gone than there was', NEW.thing_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER no_excess BEFORE INSERT ON measures_fate FOR EACH ROW EXECUTE FUNCTION measures_refuse_excess();
"""
BACK = "DROP TRIGGER IF EXISTS no_excess ON measures_fate; DROP FUNCTION IF EXISTS measures_refuse_excess();"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("measures", "0001_initial"), ("ledger", "0002_triggers")]

    operations: ClassVar = [
        protect_state("measures_timebasis", initial="in_force"),
        protect_state("measures_monitor", initial="in_use"),
        append_only("measures_thing"),
        append_only("measures_fate"),
        migrations.RunSQL(NO_EXCESS, BACK),
        *(append_only(f"measures_historical{kind}") for kind in KINDS),
    ]
