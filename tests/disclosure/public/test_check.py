"""亮证: what anybody sees behind the QR of an officer's card, at once and nothing more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from disclosure import cards, directory
from disclosure.public import throttle
from disclosure.public.models import PublishedCertificate
from disclosure.public.publishing import publish_certificate
from personnel.actions import CANCEL, RESUME, REVOKE, SUSPEND
from personnel.gallery import keep_picture
from personnel.keeping import CORRECT_SOURCE, RENEW, CorrectSource, Renew
from personnel.losing import LOSE, REISSUE, Lose, Reissue
from personnel.models import Certificate
from personnel.staff import save_officer
from portal.workflow.door import perform
from tests.case_scenes import on as clock
from tests.cast import Cast, fresh
from tests.personnel.pictures import drawn
from tests.personnel.scenes import certificate, identity_number, officer, on, proposed

TODAY = dt.date(2026, 11, 24)
PHONE = "13900000000"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with clock(TODAY):
        yield


@pytest.fixture
def held(cast: Cast) -> Certificate:
    """A certificate of somebody with a photograph, an identity number and a telephone."""
    person = officer(cast.market, "陈虚构", identity=identity_number(31), phone=PHONE)
    keep_picture(person, "photo", drawn(), actor=cast.dept_admin)
    return certificate(person, fields=("市场监管", "食品安全"), number="示例650001")


def address(held: Certificate) -> str:
    return f"/check/{held.provenance.code}/"


def text(visitor: Client, held: Certificate, status: int = 200) -> str:
    answer = visitor.get(address(held))
    assert answer.status_code == status
    return str(answer.content.decode())


def test_the_page_shows_name_department_fields_state_validity_and_photograph(
    held: Certificate, visitor: Client
) -> None:
    page = text(visitor, held)
    for shown in ("陈虚构", "示例区市场监督管理局", "市场监管、食品安全", "2024年1月1日 至 2028年12月31日", "有效"):
        assert shown in page
    assert 'src="data:image/jpeg;base64,' in page


def test_it_shows_nothing_more(held: Certificate, visitor: Client) -> None:
    page = text(visitor, held)
    for hidden in (held.number, held.issuer, PHONE, identity_number(31), f"/{held.pk}/"):
        assert hidden not in page


def test_no_robot_keeps_or_finds_it(held: Certificate, visitor: Client) -> None:
    answer = visitor.get(address(held))
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "Disallow: /check/" in visitor.get("/robots.txt").content.decode()
    assert held.provenance.code not in visitor.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("code", ["A" * 16, "2", "7K4M92QDXR5T7K4", "-", "x" * 300])
def test_an_unknown_code_gets_a_plain_page(held: Certificate, visitor: Client, code: str) -> None:
    answer = visitor.get(f"/check/{code}/")
    assert answer.status_code == 404
    assert "没有这个核验码" in answer.content.decode()
    assert "陈虚构" not in answer.content.decode()


def test_a_typed_code_leads_to_the_page_however_it_was_typed(held: Certificate, visitor: Client) -> None:
    code = held.provenance.code
    typed = "-".join(code[at : at + 4] for at in range(0, 16, 4)).lower()
    answer = visitor.get("/check/", {"code": f" {typed} "})
    assert (answer.status_code, answer["Location"]) == (303, f"/check/{code}/")
    wrong = visitor.get("/check/", {"code": "<b>示例650001"}).content.decode()
    assert "16 位字母和数字" in wrong
    assert "<b>示例" not in wrong


def _change(held: Certificate, cast: Cast, step: str) -> None:
    people = {"by": fresh(cast.supervisor), "approved_by": fresh(cast.supervision_head)}
    if step in {"suspend", "resume", "cancel"}:
        proposed(held, SUSPEND, on(dt.date(2026, 11, 20)), **people)
    if step == "resume":
        proposed(held, RESUME, on(dt.date(2026, 11, 22)), **people)
    if step == "cancel":
        proposed(held, CANCEL, on(dt.date(2026, 11, 22)), **people)
    if step == "revoke":
        proposed(held, REVOKE, on(dt.date(2026, 11, 22)), **people)
    if step == "lose":
        perform(held, LOSE, actor=cast.dept_admin, data=Lose("遗失"))


STATES = [
    ("suspend", "暂扣中", False, True),
    ("resume", "有效", True, True),
    ("cancel", "已注销", False, False),
    ("revoke", "已吊销", False, False),
    ("lose", "已挂失作废", False, False),
]


@pytest.mark.parametrize(("step", "words", "good", "pictured"), STATES, ids=[row[0] for row in STATES])
def test_what_becomes_of_a_certificate_is_public_at_once(
    cast: Cast, held: Certificate, visitor: Client, step: str, words: str, good: bool, pictured: bool
) -> None:
    _change(held, cast, step)
    page = text(visitor, held)
    assert words in page
    assert ("现在不能凭这个证件执法" in page) is not good
    assert ("data:image" in page) is pictured  # an ended certificate keeps no photograph in public
    assert bool(PublishedCertificate.objects.get(pk=held.provenance.code).photo) is pictured


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2023, 12, 31), "尚未生效"),
        (dt.date(2024, 1, 1), "请核对照片"),
        (dt.date(2028, 12, 31), "请核对照片"),
        (dt.date(2029, 1, 1), "已过有效期"),
    ],
)
def test_it_expires_with_its_last_day_without_anybody_doing_anything(
    held: Certificate, visitor: Client, day: dt.date, words: str
) -> None:
    with clock(day):
        assert words in text(visitor, held)


def test_a_renewal_shows_the_new_last_day(cast: Cast, held: Certificate, visitor: Client) -> None:
    perform(held, RENEW, actor=cast.supervisor, data=Renew(dt.date(2029, 1, 1), dt.date(2033, 12, 31)))
    assert "2033年12月31日" in text(visitor, held)


def test_a_reissued_certificate_has_a_code_of_its_own(cast: Cast, held: Certificate, visitor: Client) -> None:
    perform(held, LOSE, actor=cast.dept_admin, data=Lose("遗失"))
    lost = Certificate.objects.get(pk=held.pk)
    perform(lost, REISSUE, actor=cast.supervisor, data=Reissue("示例新证", TODAY, dt.date(2028, 12, 31)))
    new = Certificate.objects.get(number="示例新证")
    assert "请核对照片" in text(visitor, new)
    assert "已挂失作废" in text(visitor, held)


def test_another_name_or_photograph_is_shown_at_once(cast: Cast, held: Certificate, visitor: Client) -> None:
    before = PublishedCertificate.objects.get(pk=held.provenance.code).photo
    keep_picture(held.officer, "photo", drawn(size=(300, 420)), actor=cast.dept_admin)
    person = held.officer
    person.name = "陈更名"
    save_officer(person, department=cast.market, actor=cast.dept_admin, reason="更名")
    assert "陈更名" in text(visitor, held)
    assert PublishedCertificate.objects.get(pk=held.provenance.code).photo not in {"", before}


def test_a_ministrys_card_has_no_page_of_ours(cast: Cast, visitor: Client) -> None:
    other = certificate(officer(cast.market), source="ministry")
    text(visitor, other, 404)
    assert cards.publish() == 0


def test_what_turns_out_to_be_a_ministrys_goes_off_the_site_and_comes_back_when_it_is_not(
    cast: Cast, held: Certificate, visitor: Client
) -> None:
    perform(held, CORRECT_SOURCE, actor=cast.supervisor, data=CorrectSource("ministry", "证上发证机关为示例部"))
    text(visitor, held, 404)
    perform(held, CORRECT_SOURCE, actor=cast.supervisor, data=CorrectSource("region", "上次看错"))
    assert "请核对照片" in text(visitor, held)


def test_the_daily_run_mends_what_nobody_told_and_writes_nothing_else(cast: Cast, held: Certificate) -> None:
    directory.publish()
    assert cards.publish() == 0
    PublishedCertificate.objects.all().delete()
    assert cards.publish() == 1
    assert PublishedCertificate.objects.get().photo.startswith("data:image/jpeg")


def test_one_address_asks_sixty_times_a_minute(visitor: Client, held: Certificate) -> None:
    answers = [visitor.get("/check/" + "A" * 16 + "/").status_code for _time in range(throttle.A_MINUTE)]
    assert set(answers) == {404}
    refused = visitor.get(address(held))
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert "请求太频繁" in refused.content.decode()
    # Another visitor behind our proxy is another address; a visitor cannot name his own.
    assert visitor.get(address(held), headers={"x-forwarded-for": "203.0.113.9"}).status_code == 200
    forged = visitor.get(address(held), headers={"x-forwarded-for": "203.0.113.9"}, REMOTE_ADDR="93.184.216.34")
    assert forged.status_code == 200
    limit = {visitor.get(address(held), headers={"x-forwarded-for": f"203.0.113.{n}"}, REMOTE_ADDR="93.184.216.34").status_code
             for n in range(100)}  # fmt: skip
    assert 429 in limit


@pytest.mark.parametrize(
    ("remote", "told", "counted"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.1.2.3", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("93.184.216.34", "203.0.113.9", "93.184.216.34"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("", "203.0.113.9", "203.0.113.9"),
    ],
)
def test_the_proxys_word_is_taken_from_our_own_network_only(rf: Any, remote: str, told: str, counted: str) -> None:
    headers = {"x-forwarded-for": told} if told else {}
    assert throttle.visitor_address(rf.get("/check/", headers=headers, REMOTE_ADDR=remote)) == counted


@pytest.mark.public_role
def test_the_database_role_of_the_public_zone_reads_it(
    visitor: Client, db: None, request: pytest.FixtureRequest
) -> None:
    publish_certificate(
        code="7K4M92QDXR5THJ3C",
        name="陈虚构",
        department_name="示例局",
        fields=["市场监管"],
        valid_from=dt.date(2024, 1, 1),
        valid_to=dt.date(2028, 12, 31),
        state="issued",
        photo="",
    )
    request.getfixturevalue("public_role")
    assert visitor.get("/check/").status_code == 200
    assert visitor.get("/check/7K4M92QDXR5THJ3C/").status_code == 200
    assert visitor.get("/check/7K4M92QDXR5THJ3D/").status_code == 404
