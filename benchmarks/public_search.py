"""The public search on many decisions: classes of words by length and rarity, against each index alone.

PUBLIC_SEARCH_ROWS sets the number of rows (200,000 unless set). Rows are made by the database in one statement;
the texts follow a fixed rule, so that every run searches the same.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

import psycopg
from django.db import connection
from django.db.models import Q, QuerySet
from psycopg import sql

from disclosure.public.listing import CAP, list_page
from disclosure.public.models import PublishedDecision
from disclosure.public.searching import Search, Sort, visible

REPEATS: Final = 7
# Invented; a hundredth, a ten-thousandth and so on of the rows carry a rare word.
RARE: Final = {2: "鼬貂", 3: "琥珀砚", 4: "麒麟竭酒", 8: "鹦鹉螺标本加工作坊"[:8]}
COMMON: Final = {2: "食品", 3: "经营者", 4: "查验记录", 8: "建立进货查验记录"}
MIDDLE: Final = {2: "蜂蜜", 3: "蔬菜摊", 4: "液化气站", 8: "危险化学品仓库房"}

FILL: Final = """
INSERT INTO publiczone_publisheddecision (
    key, act_kind, department_code, department_name, department_short, number, title, party_name, party_kind,
    credit_code, item_code, item_name, penalty_kinds, outcome, facts, basis, discretion, performance, content,
    officers, fine, confiscation, decided_on, published_at, published_within, allowed_days, late, remedies,
    remedies_note, history, hidden_count, hidden_kinds, snapshot_hash, hash_name, verification_code, updated_at,
    search_text, bigrams)
SELECT md5(n::text)::uuid, CASE WHEN n %% 5 = 0 THEN 'licence' ELSE 'penalty' END, 'D' || n %% 23, '某局', '某局',
    number, title, party, CASE n %% 3 WHEN 0 THEN 'company' WHEN 1 THEN 'business' ELSE 'natural' END, '', 'SP-' || n %% 40,
    '', CASE n %% 4 WHEN 0 THEN '{警告}'::varchar[] WHEN 1 THEN '{罚款}' WHEN 2 THEN '{警告,罚款}' ELSE '{没收违法所得}' END,
    '罚款 1,000 元', facts, '', '', '', '', '[]', (n %% 500) * 100, 0, date '2020-01-01' + n %% 2400,
    timestamptz '2020-01-08 10:00+08' + (n::bigint * 7919 %% 2400) * interval '1 day', 4, 7, false, '[]', '', '[]', 0, '{}',
    md5(n::text) || md5(n::text), 'SM3', '', now(),
    lower(concat_ws(E'\\n', number, title, party, facts)), '{}'
FROM (
    SELECT n,
        '白市监处罚(' || 2020 + n %% 7 || ')' || n || '号' AS number,
        party || (ARRAY['未按规定建立进货查验记录', '经营超过保质期的食品', '占用人行道经营', '未采取防尘措施', '未定期组织应急演练',
            '未取得许可从事道路货物运输', '擅自改变房屋用途', '乱倒建筑垃圾'])[1 + n %% 8] || '案' AS title,
        party,
        '检查时，经营者' || (ARRAY['未建立进货查验记录', '经营的食品超过保质期', '把货物堆放在人行道上', '未覆盖裸土'])[1 + n %% 4]
            || '，涉及' || chr(19968 + n * 37 %% 3000) || chr(19968 + n * 101 %% 5000) || chr(19968 + n * 61 %% 7000)
            || '等' || n %% 60 || '件，' || (ARRAY['责令改正后已改正', '逾期未改正', '当场改正'])[1 + n %% 3] || '。'
            || CASE WHEN n %% 200 = 7 THEN '并有蜂蜜，蔬菜摊，液化气站，危险化学品仓库房。' ELSE '' END
            || CASE WHEN n %% 40000 = 11 THEN '鼬貂，琥珀砚，麒麟竭酒，鹦鹉螺标本加工作。' ELSE '' END
            || '执法人员制作了现场笔录并拍摄照片，当事人对违法事实无异议，在规定期限内未提出陈述和申辩。' AS facts
    FROM (
        SELECT n, (ARRAY['示例', '虚构', '样例', '假想'])[1 + n %% 4] || chr(19968 + n * 13 %% 4000) || chr(19968 + n * 29 %% 6000)
            || (ARRAY['食品店', '超市', '建材有限公司', '运输队', '餐饮店'])[1 + n %% 5] AS party
        FROM generate_series(1, %s) AS numbers (n)
    ) AS parties
) AS texts
"""


def fill(rows: int) -> None:
    """Exactly this many rows, and statistics as after a night's autovacuum; as the owner of the table.

    The indexes of words are built afterwards, as a restore would: row by row takes ten times as long.
    """
    address = os.environ.get("PORTAL_OWNER_DATABASE_URL") or connection.get_connection_params()["dbname"]
    with psycopg.connect(address if "//" in address else "", **_beside(address), autocommit=True) as link:
        counted = link.execute("SELECT count(*) FROM publiczone_publisheddecision").fetchone()
        if counted == (rows,):
            return
        indexes = link.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'publiczone_publisheddecision'"
            " AND indexdef LIKE '%USING gin%'"
        ).fetchall()
        link.execute("SET maintenance_work_mem = '512MB'")
        with link.transaction():
            link.execute("TRUNCATE publiczone_publisheddecision")
            for name, _definition in indexes:
                link.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
            link.execute(FILL, [rows])
            for _name, definition in indexes:
                link.execute(definition)
        link.execute("VACUUM ANALYZE publiczone_publisheddecision")


def _beside(address: str) -> dict[str, Any]:
    """Django's own connection parameters when no owner is named."""
    if "//" in address:
        return {}
    given = connection.get_connection_params()
    return {name: given[name] for name in ("dbname", "user", "password", "host", "port") if given.get(name)}


def milliseconds(work: Callable[[], Any], repeats: int = REPEATS) -> float:
    """The median time of a call."""
    times = []
    for _turn in range(repeats):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


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


def run() -> dict[str, Any]:
    """Milliseconds per class for the first page with all its counts; the same work with each index alone."""
    rows = int(os.environ.get("PUBLIC_SEARCH_ROWS", "200000"))
    fill(rows)
    classes: dict[str, Any] = {}
    times: list[float] = []
    for rarity, words in (("common", COMMON), ("middle", MIDDLE), ("rare", RARE)):
        for length, word in words.items():
            listing = list_page(Search(words=(word,)))
            ours, trigrams, pairs = (
                milliseconds(partial(list_page, kind(words=(word,)))) for kind in (Search, TrigramsOnly, PairsOnly)
            )
            times.append(ours)
            classes[f"{rarity}_{length}"] = {
                "hits": listing.total if listing.total is not None else f"{CAP}+",
                "ms": round(ours, 2),
                "trigram_only_ms": round(trigrams, 2),
                "pairs_only_ms": round(pairs, 2),
                "ratio": round(ours / min(trigrams, pairs), 2),
            }
    plain = milliseconds(lambda: list_page(Search()))
    deep = list_page(Search())
    for _turn in range(200):
        assert deep.older is not None
        deep = list_page(Search(sort=Sort.PUBLISHED), replace(deep.older, page=1))
    cursor = deep.older
    deep_ms = milliseconds(lambda: list_page(Search(), cursor))
    return {
        "rows": PublishedDecision.objects.count(),
        "p95_ms": round(max(times), 2),
        "worst_class_ratio": max(entry["ratio"] for entry in classes.values()),
        "first_page_ms": round(plain, 2),
        "deep_page_ratio": round(deep_ms / plain, 2),
        **classes,
    }
