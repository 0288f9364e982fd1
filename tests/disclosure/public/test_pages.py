"""What a reader finds on a decision, on its tombstone, in the feed and at verification; links that lead somewhere."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from disclosure.public import publishing
from disclosure.public.kinds import DocumentState
from disclosure.public.publishing import (
    PublishedDecisionData,
    expire,
    publish,
    publish_department,
    publish_document,
    publish_figures,
    withdraw,
)
from tests.disclosure.public.invented import HOST, decision_data

Publish = Callable[..., PublishedDecisionData]
ATOM = "{http://www.w3.org/2005/Atom}"


class Reader(HTMLParser):
    """Collects links and what a content security policy would refuse."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loaded: set[str] = set()
        self.inline: list[str] = []
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if identity := given.get("id"):
            self.ids.add(identity)
        if tag == "a" and (link := given.get("href")):
            self.links.add(link)
        if tag in {"script", "img", "iframe"} and (source := given.get("src")):
            self.loaded.add(source)
        if tag == "link" and given.get("rel") in {"stylesheet", "icon"} and (source := given.get("href")):
            self.loaded.add(source)
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.inline.append(tag)
        self.inline += [name for name in given if name == "style" or name.startswith("on")]


def test_a_decision_says_what_who_why_how_to_object_and_how_to_check(visitor: Client, published: Publish) -> None:
    row = published()
    page = visitor.get(f"/decisions/{row.key}/").content.decode()
    for words in (
        "示例食品店（虚构）未按规定建立进货查验记录案", "警告；罚款人民币 8,000 元", "白市监处罚〔2026〕121号",
        "克拉玛依市白碱滩区市场监督管理局", "统一社会信用代码 92650204MA0000000X", "陈示例（证号 65020400121）",
        "《中华人民共和国食品安全法》第五十三条", "收到决定书之日起 60 日内", "克拉玛依市白碱滩区人民政府",
        "收到决定书之日起 6 个月内", "克拉玛依市白碱滩区人民法院", "作出后第 4 个工作日", "7K4M-92QD-XR5T",
        "9f2c 71e0 54ab", "公示时已隐去 1 处（手机号）",
    ):  # fmt: skip
        assert words in page, words
    assert '联系电话<span class="zf-hide">已隐去</span>。' in page
    assert f'<link rel="canonical" href="{HOST}/decisions/{row.key}/">' in page
    assert 'role="img" aria-label="核验页的二维码"' in page


def test_what_an_author_wrote_is_never_markup(visitor: Client, published: Publish) -> None:
    nasty = "<script>alert(1)</script><b>&"
    row = published(title=nasty, party_name=nasty, outcome=nasty, facts=nasty, content=nasty, number=nasty[:60])
    for address in (f"/decisions/{row.key}/", "/decisions/", "/decisions/?q=script", "/"):
        page = visitor.get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "alert(1)" in page, address


def test_a_withdrawn_decision_leaves_number_agency_dates_and_reason_only(visitor: Client, published: Publish) -> None:
    row = published()
    withdraw(
        row.key, "行政复议机关撤销了原处罚决定。", dt.date(2026, 11, 24),
        basis="《中华人民共和国行政处罚法》第四十八条第二款", timeliness="撤销后第 2 个工作日",
    )  # fmt: skip
    response = visitor.get(f"/decisions/{row.key}/")
    page = response.content.decode()
    assert response.status_code == 410
    for words in (
        "已撤回，停止公示",
        "白市监处罚〔2026〕121号",
        "行政复议机关撤销了原处罚决定。",
        "2026年11月24日",
        "撤销后第 2 个工作日",
    ):
        assert words in page
    for words in ("示例食品店", "8,000", "查验记录"):
        assert words not in page
    assert "行政复议机关撤销了原处罚决定。" in visitor.get("/withdrawn/").content.decode()


def test_a_decision_whose_period_is_over_says_so_and_is_not_called_withdrawn(
    visitor: Client, published: Publish
) -> None:
    row = published(display_until=dt.date(2030, 1, 1))
    expire(row.key)
    page = visitor.get(f"/decisions/{row.key}/")
    assert page.status_code == 410
    assert "公示期满，停止公示" in page.content.decode()
    assert "2030年1月1日" in page.content.decode()
    assert row.number not in visitor.get("/withdrawn/").content.decode()


def test_a_withdrawn_text_is_gone_from_every_page_at_once(visitor: Client, published: Publish) -> None:
    row = published(title="独一无二的案名甲乙丙")
    published(number="白市监处罚〔2026〕122号", title="另一份决定")
    addresses = [
        "/", "/decisions/", "/decisions/?q=独一无二", "/decisions/?department=SCJGJ&sort=fine", "/feed.atom",
        "/feed.atom?q=独一无二", "/sitemap.xml", f"/decisions/{row.key}/",
    ]  # fmt: skip
    before = {address: visitor.get(address) for address in addresses}
    before = {address: visitor.get(address) for address in addresses}  # now from the cache
    assert all(answer.status_code == 200 for answer in before.values())
    withdraw(row.key, "撤销。", dt.date(2026, 11, 24))
    for address in addresses:
        answer = visitor.get(address, headers={"if-none-match": before[address]["ETag"]})
        assert answer.status_code in {200, 410}, address
        assert "独一无二的案名甲乙丙" not in answer.content.decode(), address
        assert str(row.key) not in answer.content.decode() or answer.status_code == 410, address


def test_a_correction_takes_the_place_of_the_text_under_the_same_address(visitor: Client, published: Publish) -> None:
    row = published(title="写错的案名")
    visitor.get(f"/decisions/{row.key}/")
    publish(decision_data(key=row.key, title="改正的案名"))
    page = visitor.get(f"/decisions/{row.key}/").content.decode()
    assert "改正的案名" in page
    assert "写错的案名" not in page
    assert visitor.get("/decisions/?q=写错的案名").content.decode().count("zf-result-title") == 0


def test_an_unchanged_page_is_answered_without_a_body(visitor: Client, published: Publish) -> None:
    row = published()
    for address in ("/", "/decisions/?q=食品", f"/decisions/{row.key}/", "/feed.atom"):
        first = visitor.get(address)
        assert first["Cache-Control"] == "public, no-cache"
        assert "Cookie" in first["Vary"]
        again = visitor.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        weak = visitor.get(address, headers={"if-none-match": f"W/{first['ETag']}"})
        assert weak.status_code == 304
        visitor.cookies["easy"] = "1"
        assert visitor.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200
        del visitor.cookies["easy"]


def test_a_page_from_the_cache_costs_one_query(
    visitor: Client, published: Publish, django_assert_num_queries: Any
) -> None:
    row = published()
    for address in ("/", "/decisions/", "/decisions/?q=食品店", f"/decisions/{row.key}/"):
        fresh = visitor.get(address).content
        with django_assert_num_queries(1):
            assert visitor.get(address).content == fresh


def test_a_list_costs_the_same_queries_for_five_and_for_twenty_rows(
    visitor: Client, published: Publish, django_assert_max_num_queries: Any
) -> None:
    for number in range(25):
        published(number=f"白市监处罚〔2026〕{number}号")
    with django_assert_max_num_queries(7):
        visitor.get("/decisions/?q=示例食品店")


def test_a_broken_cache_only_makes_pages_slower(visitor: Client, published: Publish, settings: Any) -> None:
    row = published()
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    assert visitor.get(f"/decisions/{row.key}/").status_code == 200
    assert visitor.get("/decisions/").status_code == 200


def test_every_link_leads_somewhere_and_nothing_comes_from_elsewhere(visitor: Client, published: Publish) -> None:
    row, gone = published(), published(number="白市监处罚〔2026〕122号")
    withdraw(gone.key, "撤销。", dt.date(2026, 11, 24))
    publish_document(
        code=row.verification_code, kind="行政处罚决定书", number=row.number, department_name=row.department_name,
        issued_on=row.decided_on, decision=row.key,
    )  # fmt: skip
    waiting, seen = ["/", f"/decisions/{gone.key}/", "/verify/?code=7K4M92QDXR5T"], dict[str, Reader]()
    files = set[str]()
    while waiting:
        address = waiting.pop()
        if address in seen or len(seen) > 300:
            continue
        if address.partition("?")[0] in files:
            continue
        answer = visitor.get(address)
        if answer.streaming:  # a download; one of each kind is enough, for there are only so many a minute
            files.add(address.partition("?")[0])
            assert b"".join(answer), address
            continue
        assert answer.status_code in {200, 303, 410}, address
        if answer.status_code == 303 or not answer["Content-Type"].startswith("text/html"):
            continue
        reader = seen[address] = Reader(answer.content.decode())
        assert not reader.inline, (address, reader.inline)
        assert all(source.startswith("/static/") for source in reader.loaded), address
        for link in reader.links:
            path, _, anchor = link.removeprefix(HOST).partition("#")
            if anchor and not path:
                assert anchor in reader.ids, (address, link)
            assert path.startswith("/") or not path, (address, link)
            if path:
                waiting.append(path)
    assert {"/", "/decisions/", "/departments/", "/verify/", "/about/", "/withdrawn/", f"/decisions/{row.key}/"} <= set(
        seen
    )
    assert {"/decisions.csv", "/decisions.xlsx", "/decisions.jsonl"} <= files
    assert {"law", "figures", "remedies", "privacy", "access"} <= seen["/about/"].ids


def test_the_feed_holds_exactly_what_the_list_shows(visitor: Client, published: Publish) -> None:
    published(title="甲食品案", number="甲〔2026〕1号", facts="", party_name="甲店")
    later = timezone.now()
    published(title="乙食品\x0b案", number="乙〔2026〕2号", facts="", party_name="乙店", published_at=later)
    published(title="丙案", number="丙〔2026〕3号", facts="", party_name="丙店", item_name="", department_code="CGJ")
    for query in ("", "?q=食品案", "?department=CGJ", "?q=没有这样的词"):
        answer = visitor.get(f"/feed.atom{query}")
        assert answer["Content-Type"].startswith("application/atom+xml")
        entries = ET.fromstring(answer.content).findall(f"{ATOM}entry")
        listed = re.findall(
            r'zf-result-title" href="/decisions/([0-9a-f-]{36})/', visitor.get(f"/decisions/{query}").content.decode()
        )
        assert [entry.findtext(f"{ATOM}id") for entry in entries] == [f"urn:uuid:{key}" for key in listed], query
    feed = ET.fromstring(visitor.get("/feed.atom?q=食品案&junk=1").content)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"{HOST}/feed.atom?q=%E9%A3%9F%E5%93%81%E6%A1%88"
    assert links["alternate"] == f"{HOST}/decisions/?q=%E9%A3%9F%E5%93%81%E6%A1%88"


@pytest.mark.parametrize("code", ["7K4M-92QD-XR5T", "7k4m92qdxr5t", " 7K4M 92QD XR5T ", "7K4M－92QD－XR5T"])
def test_a_document_is_verified_however_its_code_is_typed(visitor: Client, db: None, code: str) -> None:
    publish_document(
        code="7K4M-92QD-XR5T", kind="行政处罚决定书", number="白市监处罚〔2026〕121号", department_name="某局",
        issued_on=dt.date(2026, 11, 16),
    )  # fmt: skip
    page = visitor.get("/verify/", {"code": code}).content.decode()
    assert "与原件一致" in page
    assert "白市监处罚〔2026〕121号" in page
    publish_document(
        code="7K4M-92QD-XR5T", kind="行政处罚决定书", number="白市监处罚〔2026〕121号", department_name="某局",
        issued_on=dt.date(2026, 11, 16), state=DocumentState.REVOKED,
    )  # fmt: skip
    assert "已撤销" in visitor.get("/verify/", {"code": code}).content.decode()


def test_figures_carry_their_denominators_and_never_round_up(visitor: Client, published: Publish) -> None:
    published(published_at=timezone.now())
    assert "公示率" not in visitor.get("/").content.decode()
    year = timezone.localdate().year
    publish_figures(year=year, due=2000, published=1999, on_time=1990, overdue=1, exempt=3)
    page = visitor.get("/").content.decode()
    for words in (
        "1,999 件",
        "应公示 2,000 件，另有 3 件依法不公示",
        "99.9 %",
        "1 件逾期未公示",
        "99.5 %",
        "1,990 件在法定期限内",
    ):
        assert words in page, words
    assert "100.0 %" not in page


def test_departments_show_how_to_reach_them(visitor: Client, published: Publish) -> None:
    published(published_at=timezone.now())
    publish_department(
        code="SCJGJ", name="克拉玛依市白碱滩区市场监督管理局", short_name="区市场监督管理局", phone="0990-6900100",
        address="白碱滩区示例路 1 号", duties="负责市场监督管理。",
    )  # fmt: skip
    publish_department(code="OLD", name="已撤并的局", short_name="已撤并的局", active=False)
    page = visitor.get("/departments/").content.decode()
    for words in (
        "0990-6900100",
        "白碱滩区示例路 1 号",
        "负责市场监督管理。",
        "公示 1 件",
        "/decisions/?department=SCJGJ",
    ):
        assert words in page, words
    assert "已撤并的局" not in page


def test_an_unknown_decision_is_not_found_in_the_look_of_the_site(visitor: Client, db: None) -> None:
    answer = visitor.get(f"/decisions/{uuid.uuid4()}/")
    assert answer.status_code == 404
    assert "白碱滩区行政执法公示" in answer.content.decode()


def test_robots_and_sitemap_name_the_site_itself(visitor: Client, published: Publish) -> None:
    row = published()
    assert f"Sitemap: {HOST}/sitemap.xml" in visitor.get("/robots.txt").content.decode()
    tree = ET.fromstring(visitor.get("/sitemap.xml").content)
    places = [node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert f"{HOST}/decisions/{row.key}/" in places


def test_a_department_shows_qualification_mandate_and_list(visitor: Client) -> None:
    publishing.publish_department(code="ZXJD", name="示例区中心街道办事处", short_name="中心街道")
    publishing.publish_subject(
        department_code="ZXJD", name="示例区中心街道办事处", kind="街道", acting_name="示例区中心街道办事处",
        basis="示编〔2019〕1 号（虚构）", duties="城市管理（虚构）", area="中心街道", number="示司主体公〔2026〕1号",
        confirmed_on=dt.date(2026, 1, 5), published_on=dt.date(2026, 1, 6),
    )  # fmt: skip
    publishing.publish_authority(
        key="ZXJD:1", is_mandate=False, holder_code="ZXJD", holder_name="示例区中心街道办事处",
        giver_name="示例自治区人民政府", title="赋权决定（虚构）", number="示政发〔2025〕1 号",
        items=[{"code": "9.01", "name": "对占道经营的处罚", "origin": "区城管局"}], valid_from=dt.date(2025, 1, 1),
    )  # fmt: skip
    listed = visitor.get("/departments/").content.decode()
    assert "执法主体资格已公告（2026-01-06）" in listed
    page = visitor.get("/departments/ZXJD/").content.decode()
    for words in ("示编〔2019〕1 号（虚构）", "示司主体公〔2026〕1号", "对占道经营的处罚", "区城管局", "没有写明期限"):
        assert words in page
    assert visitor.get("/departments/NOBODY/").status_code == 404
    assert visitor.get("/departments/").status_code == 200
