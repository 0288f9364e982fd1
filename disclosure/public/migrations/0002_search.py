"""Fills in the pairs of characters of a searchable text, and begins the count of generations."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION publiczone_pairs(searched text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT pair), '{}')
    FROM (
        SELECT sign || lead(sign) OVER (ORDER BY place) AS pair
        FROM string_to_table(searched, NULL) WITH ORDINALITY AS signs (sign, place)
    ) AS pairs
    WHERE position(E'\\n' IN pair) = 0
$$;
CREATE FUNCTION publiczone_fill_pairs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.bigrams := publiczone_pairs(NEW.search_text);
    RETURN NEW;
END
$$;
CREATE TRIGGER publiczone_pairs BEFORE INSERT OR UPDATE OF search_text, bigrams ON publiczone_publisheddecision
FOR EACH ROW EXECUTE FUNCTION publiczone_fill_pairs();
"""
BACK = """
DROP TRIGGER publiczone_pairs ON publiczone_publisheddecision;
DROP FUNCTION publiczone_fill_pairs();
DROP FUNCTION publiczone_pairs(text);
"""


class Migration(migrations.Migration):
    dependencies = [("publiczone", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTIONS, BACK),
        migrations.RunSQL(
            "INSERT INTO publiczone_generation (id, number, raised_at) VALUES (1, 1, now())",
            "DELETE FROM publiczone_generation",
        ),
    ]
