"""Saving an answer: one conditional statement, no event; refused once the sitting is over, and never unseen over another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from personnel.examinations.models import Answer, Item, Kind, Sitting

LONGEST_TEXT = 10_000
LONGEST_WRITER = 32
# The row of the sitting is share-locked, so that an answer is either in before the paper is closed or refused.
SAVE = """
    INSERT INTO examinations_answer (item_id, chosen, text, revision, writer, saved_at)
    SELECT i.id, %(chosen)s::varchar[], %(text)s, 1, %(writer)s, %(now)s
    FROM examinations_item i JOIN examinations_sitting s ON s.matter_id = i.sitting_id
    WHERE i.id = %(item)s AND s.state = 'running' AND %(now)s < s.ends_at
    FOR SHARE OF s
    ON CONFLICT (item_id) DO UPDATE SET
        chosen = EXCLUDED.chosen, text = EXCLUDED.text, revision = examinations_answer.revision + 1,
        writer = EXCLUDED.writer, saved_at = EXCLUDED.saved_at
    WHERE examinations_answer.revision = %(seen)s OR examinations_answer.writer = EXCLUDED.writer
    RETURNING revision
"""


@dataclass(frozen=True)
class Saved:
    """What came of it: saved, refused because the time is over, or another page has written since this one was read."""

    how: str  # saved · over · other
    revision: int = 0
    other: Answer | None = None


@dataclass(frozen=True)
class Given:
    """An answer as a page sends it: letters as shown, or text; what the page had seen, and which page it is."""

    letters: list[str] = field(default_factory=list)
    text: str = ""
    seen: int = 0
    writer: str = ""


def letters_of(item: Item, shown: list[str]) -> list[str]:
    """The question's own letters for letters as shown; what was never shown is left out."""
    by_shown = {"ABCDEFGHIJ"[place]: letter for place, letter in enumerate(item.order)}
    return sorted({by_shown[one] for one in shown if one in by_shown})


def save(item: Item, kind: str, given: Given, *, now: dt.datetime) -> Saved:
    """Keep an answer if the sitting runs and nobody else has written since."""
    chosen = letters_of(item, given.letters)
    if kind != Kind.MULTIPLE:
        chosen = chosen[:1]
    values: dict[str, Any] = {
        "item": item.pk,
        "chosen": [] if kind == Kind.CASE else chosen,
        "text": given.text.replace("\0", "")[:LONGEST_TEXT] if kind == Kind.CASE else "",
        "writer": given.writer[:LONGEST_WRITER],
        "seen": given.seen,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(SAVE, values)
        found = cursor.fetchone()
    if found is not None:
        return Saved("saved", int(found[0]))
    sitting = Sitting.objects.get(pk=item.sitting_id)
    if sitting.state != Sitting.State.RUNNING or now >= sitting.ends_at:
        return Saved("over")
    other = Answer.objects.get(pk=item.pk)
    if (other.chosen, other.text) == (values["chosen"], values["text"]):
        return Saved("saved", other.revision)
    return Saved("other", other.revision, other)
