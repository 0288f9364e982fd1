"""The search finds what a plain reading of the rows finds, and pages show every hit once."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from disclosure.public.cursors import Cursor, decode
from disclosure.public.folding import fold, places, searchable
from disclosure.public.listing import CAP, PAGE, Listing, list_page
from disclosure.public.models import PublishedDecision
from disclosure.public.publishing import publish, withdraw
from disclosure.public.searching import Search, Sort, read_search
from tests.disclosure.public.invented import decision_data

SIGNS = "示例食品超市案查验记录AB12〔〕-%_\\'"
DEPARTMENTS = ("SCJGJ", "CGJ", "YJGLJ")
once = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def row(number: int, chance: random.Random) -> PublishedDecision:
    """A row with random short texts; many share a day and an amount."""
    title = "".join(chance.choices(SIGNS, k=chance.randint(4, 14)))
    party = "".join(chance.choices(SIGNS, k=chance.randint(2, 6)))
    facts = "".join(chance.choices(SIGNS, k=30))
    day = dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(40))
    return PublishedDecision(
        key=uuid.UUID(int=chance.getrandbits(128)),
        act_kind=chance.choice(["penalty", "licence"]),
        department_code=chance.choice(DEPARTMENTS),
        department_name="某局",
        department_short="某局",
        number=f"某罚〔2026〕{number}号",
        title=title,
        party_name=party,
        party_kind=chance.choice(["company", "natural"]),
        penalty_kinds=chance.sample(["警告", "罚款", "行政拘留"], k=chance.randint(0, 3)),
        outcome="警告",
        facts=facts,
        fine=Decimal(chance.choice([0, 0, 100, 5000])),
        decided_on=day,
        published_at=dt.datetime.combine(day, dt.time(10), timezone.get_default_timezone()),
        snapshot_hash="0" * 64,
        updated_at=timezone.now(),
        search_text=searchable(f"某罚〔2026〕{number}号", title, party, facts),
    )


@pytest.fixture(params=[300, CAP + 250], ids=["few", "many"])
def rows(request: pytest.FixtureRequest, db: None) -> list[PublishedDecision]:
    """Fewer rows than the counts go, and more."""
    chance = random.Random(request.param)
    made = [row(number, chance) for number in range(request.param)]
    PublishedDecision.objects.bulk_create(made)
    return made


def naive(rows: list[PublishedDecision], search: Search) -> list[uuid.UUID]:
    """The keys a plain reading finds, in order."""
    found = [
        row
        for row in rows
        if all(any(word in line for line in row.search_text.split("\n")) for word in search.words)
        and (not search.departments or row.department_code in search.departments)
        and (not search.kinds or row.act_kind in search.kinds)
        and (not search.parties or row.party_kind in search.parties)
        and (not search.penalties or set(search.penalties) & set(row.penalty_kinds))
        and (search.decided_from is None or row.decided_on >= search.decided_from)
        and (search.decided_to is None or row.decided_on <= search.decided_to)
        and (search.fine_from is None or row.fine >= search.fine_from)
        and (search.fine_to is None or row.fine <= search.fine_to)
    ]
    found.sort(key=lambda row: (getattr(row, search.sort.column), row.key), reverse=search.sort.descending)
    return [row.key for row in found]


def walk(search: Search) -> Iterator[Listing]:
    """Every page from the first to the last."""
    page = list_page(search)
    while True:
        yield page
        if page.older is None:
            return
        cursor = decode(page.older.encode(), search.sort)
        assert cursor is not None
        page = list_page(search, cursor)


def keys(page: Listing) -> list[uuid.UUID]:
    """The keys of a page."""
    return [row.key for row in page.rows]


words = st.lists(st.text(alphabet=SIGNS, min_size=1, max_size=4), max_size=3).map(" ".join)
searches = st.fixed_dictionaries(
    {},
    optional={
        "q": words,
        "department": st.lists(st.sampled_from([*DEPARTMENTS, "NONE"]), max_size=2),
        "kind": st.lists(st.sampled_from(["penalty", "licence", "reward"]), max_size=2),
        "penalty": st.lists(st.sampled_from(["警告", "罚款"]), max_size=2),
        "party": st.lists(st.sampled_from(["company", "natural"]), max_size=1),
        "decided_from": st.sampled_from(["2026-01-05", "2026-02-01"]),
        "decided_to": st.sampled_from(["2026-01-20", "2026-03-01"]),
        "fine_from": st.sampled_from(["1", "100"]),
        "fine_to": st.sampled_from(["100", "4,999.99"]),
        "sort": st.sampled_from([sort.value for sort in Sort]),
    },
)


def asked(given: dict[str, Any]) -> Search:
    """A search as it comes from an address."""
    query = QueryDict(mutable=True)
    for name, value in given.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return read_search(query)


@once
@given(given=searches)
@example(given={"q": "%"})
@example(given={"q": "_\\ 2-"})
def test_a_search_finds_what_a_plain_reading_finds(rows: list[PublishedDecision], given: dict[str, Any]) -> None:
    search = asked(given)
    wanted = naive(rows, search)
    first = list_page(search)
    assert keys(first) == wanted[:PAGE]
    assert first.total == (len(wanted) if len(wanted) <= CAP else None)
    for facet, counts in first.counts.items():
        nothing: dict[str, Any] = {facet: ()}
        others = naive(rows, replace(search, **nothing))
        by_key = {row.key: row for row in rows}
        for value, count in counts.items():
            hits = sum(value in values_of(by_key[key], facet) for key in others)
            assert count == min(hits, CAP + 1), (facet, value)


def values_of(row: PublishedDecision, facet: str) -> list[str]:
    """What a row counts for in a facet."""
    columns = {"departments": [row.department_code], "kinds": [row.act_kind], "parties": [row.party_kind]}
    return columns.get(facet, row.penalty_kinds)


WALKS = [
    (300, "", Sort.PUBLISHED), (300, "", Sort.DECIDED_OLD), (300, "食品", Sort.FINE), (300, "记录 案", Sort.FINE_LOW),
    (300, "食品", Sort.PUBLISHED_OLD), (CAP + 250, "", Sort.FINE), (CAP + 250, "食品", Sort.DECIDED),
    (CAP + 250, "", Sort.PUBLISHED_OLD),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "word", "sort"), WALKS, indirect=["rows"])
def test_a_walk_over_the_pages_visits_every_hit_once_and_back_again(
    rows: list[PublishedDecision], sort: Sort, word: str
) -> None:
    search = asked({"q": word, "sort": sort.value})
    pages = list(walk(search))
    wanted = naive(rows, search)
    assert [key for page in pages for key in keys(page)] == wanted
    assert [page.page for page in pages] == list(range(1, len(pages) + 1))
    for before, page in list(pairwise(pages))[:3] + list(pairwise(pages))[-2:]:
        assert page.newer is not None
        assert keys(list_page(search, page.newer)) == keys(before)
    assert pages[0].newer is None


def test_a_row_withdrawn_between_two_pages_neither_hides_nor_repeats_another(rows: list[PublishedDecision]) -> None:
    search = Search()
    first = list_page(search)
    withdraw(first.rows[-1].key, "撤销。", dt.date(2026, 3, 1))
    second = list_page(search, first.older)
    assert keys(second) == naive(rows, search)[PAGE : 2 * PAGE]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("白市监处罚[2026]121号", "别的"),
        ("白市监处罚（2026）121 号", "别的"),
        ("９２６５０２０４MA", "别的"),
        ("ma0000000x", "别的"),
        ("100%", "含糖100%的果汁"),
        ("a_b", "型号A_B灯具"),
        ("c:\\d", "路径C:\\D"),
        ("o'k", "招牌O'K餐厅"),
        ("示例 查验", "别的"),
        ("3-2", "地块13-25号"),
        ("张某 占道", "张　某占道经营案"),
    ],
)
def test_width_case_brackets_and_like_signs_do_not_matter(db: None, typed: str, title: str) -> None:
    wanted = decision_data(title=title if title != "别的" else decision_data().title)
    publish(wanted)
    other = decision_data(
        title="含糖100克的果汁AxB", number="白城管罚〔2026〕9号", credit_code="", party_name="某店", facts=""
    )
    publish(other)
    assert keys(list_page(asked({"q": typed}))) == [wanted.key]


def test_a_word_is_not_found_across_two_fields(db: None) -> None:
    publish(decision_data(title="甲乙", party_name="丙丁", number="戊", facts="", item_name="", credit_code=""))
    assert list_page(asked({"q": "乙丙"})).total == 0
    assert list_page(asked({"q": "乙丙丁"})).total == 0
    assert list_page(asked({"q": "甲乙 丙丁"})).total == 1


def test_one_character_alone_is_explained_and_not_searched(visitor: Client, db: None) -> None:
    publish(decision_data())
    page = visitor.get("/decisions/", {"q": "食"}).content.decode()
    assert "查询词至少两个字" in page
    assert "找到 1 件" in page


def test_an_expired_decision_is_not_found_although_nobody_ended_it(visitor: Client) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    over = decision_data(display_until=yesterday)
    today = decision_data(display_until=timezone.localdate(), number="白市监处罚〔2026〕122号")
    publish(over)
    publish(today)
    assert keys(list_page(Search())) == [today.key]
    assert str(over.key) not in visitor.get("/feed.atom").content.decode()
    assert str(over.key) not in visitor.get("/sitemap.xml").content.decode()
    assert visitor.get(f"/decisions/{over.key}/").status_code == 410
    assert visitor.get(f"/decisions/{today.key}/").status_code == 200


def test_the_address_of_a_search_says_it_all(db: None) -> None:
    given = {
        "q": "食品 记录", "department": ["SCJGJ", "CGJ"], "kind": ["penalty"], "penalty": ["罚款"], "party": ["company"],
        "item": "SP-01", "decided_from": "2026-01-01", "decided_to": "2026/12/31", "fine_from": "1,000", "fine_to": "1e5",
        "sort": "fine", "junk": "x", "page": "zzz",
    }  # fmt: skip
    search = asked(given)
    again = read_search(QueryDict(urlsplit(search.query()).query))
    assert again == search
    assert not search.problems
    assert set(parse_qs(search.query()[1:])) == set(given) - {"junk", "page"}


@given(st.one_of(st.text(max_size=80), st.binary(max_size=60).map(lambda raw: raw.decode("latin-1"))))
def test_an_invented_cursor_is_no_cursor(text: str) -> None:
    for sort in Sort:
        assert decode(text, sort) is None


@given(
    sort=st.sampled_from(list(Sort)),
    forward=st.booleans(),
    key=st.uuids(),
    page=st.integers(1, 1_000_000),
    moment=st.datetimes(timezones=st.just(dt.UTC)),
    amount=st.decimals(0, 10**14, places=2),
)
def test_a_cursor_comes_back_as_it_went(
    sort: Sort, forward: bool, key: uuid.UUID, page: int, moment: dt.datetime, amount: Decimal
) -> None:
    values: dict[str, dt.date | Decimal] = {"published_at": moment, "decided_on": moment.date(), "fine": amount}
    value = values[sort.column]
    cursor = Cursor(sort, forward, value, key, page)
    assert decode(cursor.encode(), sort) == cursor
    assert all(decode(cursor.encode(), other) is None for other in Sort if other is not sort)


@given(
    before=st.text(max_size=20),
    word=st.text(alphabet="查验Ab〔９Ⅷ", min_size=1, max_size=4),
    after=st.text(max_size=20),
)
def test_the_words_of_the_search_are_marked_where_they_stand(before: str, word: str, after: str) -> None:
    text = before + word + after
    marked = places(text, (fold(word),))
    assert any(start <= len(before) and len(before) + len(word) <= end for start, end in marked)
    assert all(0 <= start < end <= len(text) for start, end in marked)
    assert all(first[1] < second[0] for first, second in pairwise(marked))
