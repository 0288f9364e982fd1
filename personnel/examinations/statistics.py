"""How questions have done: difficulty and discrimination over all marked sittings, counted in one statement."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import connection

# Difficulty: the mean share of the points earned. Discrimination: the correlation of that share with the
# share earned in the rest of the same paper; the question itself is left out, or it would praise itself.
COUNT = """
    INSERT INTO examinations_itemstatistic (version_id, sittings, difficulty, discrimination, counted_at)
    SELECT version_id, count(*), round(avg(share)::numeric, 3), round(corr(share, rest)::numeric, 3), %s
    FROM (
        SELECT i.version_id, i.earned::float8 / i.halves AS share,
            (s.halves - i.earned)::float8 / NULLIF(s.full_halves - i.halves, 0) AS rest
        FROM examinations_item i JOIN examinations_sitting s ON s.matter_id = i.sitting_id
        WHERE s.state = 'marked' AND i.earned IS NOT NULL
    ) scored
    GROUP BY version_id
    ON CONFLICT (version_id) DO UPDATE SET sittings = EXCLUDED.sittings, difficulty = EXCLUDED.difficulty,
        discrimination = EXCLUDED.discrimination, counted_at = EXCLUDED.counted_at
"""
TOO_HARD, TOO_EASY, TOO_WEAK = Decimal("0.3"), Decimal("0.9"), Decimal("0.2")  # 参照: usual bounds of test theory


def count(now: dt.datetime) -> int:
    """Count everything anew; how many versions have been answered at all."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [now])
        return int(cursor.rowcount)
