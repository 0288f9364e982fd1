"""The public search over many decisions: 200 queries of 2, 3, 4 and 8 characters against each index alone.

PUBLIC_ROWS sets the number of rows (1,000,000 unless set). The words are cut from the texts themselves and sorted by
how many rows carry them, so that rare, middling and common ones of every length are asked for. Each query makes the
whole page: rows, hits counted as far as the page says, the filters with their counts.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections import defaultdict
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet

from benchmarks._decisions import fill, made
from disclosure.public.folding import fold
from disclosure.public.listing import list_page
from disclosure.public.models import PublishedDecision
from disclosure.public.searching import Search, visible

LENGTHS: Final = (2, 3, 4, 8)
# 4 lengths x (16 rare + 17 middling + 17 common) = 200 queries.
WANTED: Final = {"rare": 16, "middling": 17, "common": 17}
RARE: Final = 50
REPEATS: Final = 3


class TrigramsOnly(Search):
    """A search that knows trigrams alone."""

    def base(self) -> QuerySet[PublishedDecision]:
        """Every word by trigrams."""
        return visible().filter(*(Q(search_text__contains=word) for word in self.words))


class PairsOnly(Search):
    """A search that knows pairs of characters alone."""

    def base(self) -> QuerySet[PublishedDecision]:
        """Every word by its pairs, longer ones compared as well."""
        conditions = [
            Q(bigrams__contains=sorted({word[at : at + 2] for at in range(len(word) - 1)})) for word in self.words
        ]
        longer = [Q(search_text__contains=word) for word in self.words if len(word) > 2]
        return visible().filter(*conditions, *longer)


def rows_wanted() -> int:
    """How many rows to measure on."""
    return int(os.environ.get("PUBLIC_ROWS", "1000000"))


def words_of(rows: int) -> dict[str, list[str]]:
    """Words by class («common 4»), cut from random rows; the limit of «common» follows the number of rows."""
    pick, found = random.Random(5), defaultdict[str, list[str]](list)
    common, seen = rows // 60, set[str]()
    for _turn in range(20_000):
        if all(len(found[f"{rarity} {length}"]) == wanted for rarity, wanted in WANTED.items() for length in LENGTHS):
            break
        values = made(pick.randint(1, rows), rows)
        length = pick.choice(LENGTHS)
        text = fold(pick.choice((values[6], values[7], values[14], values[14])))
        at = pick.randint(0, max(0, len(text) - length))
        word = text[at : at + length]
        if len(word) < length or word in seen or not word.isalnum():
            continue
        seen.add(word)
        hits = _hits(word, common)
        rarity = "rare" if hits <= RARE else "middling" if hits <= common else "common"
        if len(found[f"{rarity} {length}"]) < WANTED[rarity]:
            found[f"{rarity} {length}"].append(word)
    return dict(found)


def _hits(word: str, cap: int) -> int:
    """How many rows carry a word, counted a little beyond the cap."""
    condition = "bigrams @> ARRAY[%s] AND " if len(word) == 2 else ""
    given = [word] * condition.count("%s")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT FROM publiczone_publisheddecision WHERE {condition}"  # noqa: S608 - names of our own
            "search_text LIKE %s LIMIT %s) AS hits",
            [*given, f"%{word}%", cap + 1],
        )
        return int(cursor.fetchone()[0])


def milliseconds(search: Search, repeats: int = REPEATS) -> float:
    """The median time of the first page of a search, counts included."""
    times = []
    for _turn in range(repeats):
        begun = time.perf_counter()
        list_page(search)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def percentile(times: list[float], part: float) -> float:
    """The smallest time that so large a part of the times does not exceed."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def run() -> dict[str, Any]:
    """Milliseconds over all queries and per class, and the ratio of each class to the better of the two indexes."""
    rows = rows_wanted()
    fill(rows)
    words = words_of(rows)
    connection.cursor().execute("SET jit = off")  # as the public zone has it
    times: list[float] = []
    classes: dict[str, Any] = {}
    for name, several in sorted(words.items()):
        ours = [milliseconds(Search(words=(word,))) for word in several]
        others = {
            kind: sum(milliseconds(other(words=(word,)), 1) for word in several)
            for kind, other in (("trigrams_only", TrigramsOnly), ("pairs_only", PairsOnly))
        }
        times += ours
        classes[name] = {
            "queries": len(several),
            "median_ms": round(statistics.median(ours), 2),
            "most_ms": round(max(ours), 2),
            **{f"{kind}_ms": round(total / len(several), 2) for kind, total in others.items()},
            "ratio": round(sum(ours) / min(others.values()), 2),
        }
    return {
        "rows": rows,
        "queries": len(times),
        "median_ms": round(statistics.median(times), 2),
        "p95_ms": round(percentile(times, 0.95), 2),
        "most_ms": round(max(times), 2),
        "worst_class_ratio": max(entry["ratio"] for entry in classes.values()),
        "classes": classes,
    }
