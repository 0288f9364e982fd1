"""Light acts: a table of gates and clocks by kind, what goes public and what does not, the file that brings them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from disclosure import actions as showing
from disclosure import data as showing_data
from disclosure.models import Disclosure
from disclosure.public.models import PublishedDecision, Tombstone
from enforcement.lightacts import actions, data, outcome_data
from enforcement.lightacts.models import ActImport, LightAct
from enforcement.models import EnforcementItem, Evidence, Party
from portal.deadlines.models import Obligation
from portal.documents.models import Document
from portal.ledger.verification import verify
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from tests import case_scenes as scene
from tests import light_scenes as light
from tests.cast import Cast, fresh
from tests.scenes import certified
from tests.summary_scenes import IDENTITY

pytestmark = pytest.mark.django_db


def due(act: LightAct) -> dict[str, str]:
    """The last day of each clock."""
    rows = Obligation.objects.filter(matter=act.matter, cancelled_at=None).order_by("number")
    return {row.rule: row.due_on.isoformat() for row in rows}


def blocked(attempt: Any) -> dict[str, str]:
    """The gates in the way, each with its article."""
    with pytest.raises(Blocked) as found:
        attempt()
    assert all(one.citation for one in found.value.unmet)
    return {one.gate: one.sentence for one in found.value.unmet}


def propose(cast: Cast, act: LightAct, action: Any, form: Any, day: dt.date = light.DECIDED) -> Any:
    """An attempt of Chen to put a step forward."""

    def attempt() -> Any:
        with scene.on(day):
            return proposals.request(LightAct.objects.get(pk=act.pk), action, actor=fresh(cast.officer), data=form)

    return attempt


def test_the_clocks_of_a_licence_counted_by_hand(cast: Cast) -> None:
    act = light.received(cast)
    assert due(act) == {"licence.accept": "2025-08-11"}  # 五个工作日；XK-02
    light.recorded(cast, act)
    with scene.on(light.DAY, 11):
        light.do(cast, act, actions.ACCEPT, data.Accept())
    assert due(act)["licence.decide"] == "2025-09-01"  # 二十个工作日；XK-01
    with scene.on(light.DECIDED):
        light.by_head(cast, act, actions.EXTEND, data.Extend(reason="需要现场核查（虚构）"))
    assert due(act)["licence.decide"] == "2025-09-15"  # 经批准延长十个工作日
    assert set(blocked(propose(cast, act, actions.EXTEND, data.Extend(reason="再延长")))) == {"extended_once"}
    with scene.on(light.DECIDED):
        light.by_head(cast, act, actions.DECIDE_LICENCE, light.licence_data())
    found = due(act)
    assert found["decision.disclose"] == "2025-08-19"  # 七个工作日；SX-02
    assert found["licence.deliver"] == "2025-08-22"  # 十个工作日；XK-03
    done = light.served(cast, act)
    assert due(done)["decision.reconsideration"] == "2025-10-09"  # 六十日，逢假日顺延；FY-01
    assert "decision.litigation" in due(done)
    assert Obligation.objects.get(matter=act.matter, rule="licence.deliver").closed_in_time
    assert list(verify()) == []


def test_a_refused_licence_has_no_certificate_to_deliver(cast: Cast) -> None:
    act = light.granted(cast, granted=False, licence_name="", licence_number="", content="不予许可：场所不符合（虚构）")
    assert act.result == "refused"
    assert "licence.deliver" not in due(act)
    assert Document.objects.get(matter=act.matter).title == "不予行政许可决定书"


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        ("measure", "2025-09-05"),  # 二十个工作日；SX-01
        ("payment", "2025-09-05"),
        ("confirmation", "2025-09-05"),
        ("other", "2025-09-05"),
    ],
)
def test_other_kinds_are_disclosed_within_twenty_working_days(cast: Cast, kind: str, days: str) -> None:
    act = light.decided(cast, kind)
    assert due(act)["decision.disclose"] == days
    assert Disclosure.objects.get(act_id=act.pk).state == "pending"


TABLE = [  # kind, what was done before, gates in the way of the decision
    ("measure", "nothing", {"recorded"}),
    ("measure", "record", set()),
    ("levy", "record", {"review_passed"}),
    ("levy", "review", set()),
    ("execution", "record", {"urged", "review_passed"}),
    ("execution", "review", {"urged"}),
    ("execution", "urging", set()),
    ("confirmation", "record", set()),
]


def reviewed(cast: Cast, act: LightAct, verdict: str = "passed") -> LightAct:
    """Sent by Chen, answered by Wang."""
    with scene.on(light.DAY, 14):
        light.do(cast, act, actions.SUBMIT, data.SubmitReview(proposal=light.decide_data().content))
        form = data.Opine(verdict=verdict, opinion="主体适格，程序合法（虚构）")
        return light.do(cast, act, actions.OPINE, form, cast.legal)


@pytest.mark.parametrize(("kind", "before", "gates"), TABLE)
def test_what_each_kind_asks_before_its_decision(cast: Cast, kind: str, before: str, gates: set[str]) -> None:
    act = light.registered(cast, kind)
    day = light.DECIDED
    if before != "nothing":
        act = light.recorded(cast, act)
    if before == "urging":
        with scene.on(light.DAY, 12):
            light.do(cast, act, actions.URGE, data.Urge(note="催告十日内履行，当面送达（虚构）"))
        day = dt.date(2025, 8, 19)
    if before in {"review", "urging"}:
        act = reviewed(cast, act)
    attempt = propose(cast, act, actions.DECIDE, light.decide_data(), day)
    if gates:
        assert set(blocked(attempt)) == gates
    else:
        assert attempt().state == "requested"


def test_urged_yesterday_is_too_early_to_execute(cast: Cast) -> None:
    act = light.recorded(cast, light.registered(cast, "execution"))
    with scene.on(light.DAY, 12):
        light.do(cast, act, actions.URGE, data.Urge(note="催告（虚构）"))
    act = reviewed(cast, act)
    found = blocked(propose(cast, act, actions.DECIDE, light.decide_data(), dt.date(2025, 8, 18)))
    assert "2025-08-18" in found["urged"]


def test_what_was_reviewed_is_what_is_decided(cast: Cast) -> None:
    act = reviewed(cast, light.recorded(cast, light.registered(cast, "levy")))
    other = light.decide_data(content="另一个决定（虚构）")
    assert "不一致" in blocked(propose(cast, act, actions.DECIDE, other))["review_passed"]
    returned = reviewed(cast, act, "returned")
    assert "退回" in blocked(propose(cast, returned, actions.DECIDE, light.decide_data()))["review_passed"]


def test_nobody_reviews_or_decides_his_own(cast: Cast) -> None:
    act = light.recorded(cast, light.registered(cast, "levy"))
    with scene.on(light.DAY, 14):
        light.do(cast, act, actions.SUBMIT, data.SubmitReview(proposal="示例决定内容（虚构）"))
        with pytest.raises(Forbidden):
            light.do(cast, act, actions.OPINE, data.Opine(verdict="passed", opinion="同意"))
        with pytest.raises(Forbidden):
            light.do(cast, act, actions.OPINE, data.Opine(verdict="passed", opinion="同意"), cast.foreign_head)


def test_coercion_needs_two_certified_officers_and_its_film(cast: Cast) -> None:
    first, _second = certified(cast)
    with pytest.raises(Blocked) as found:
        light.registered(cast, "measure", officers=(first.pk,))
    assert {one.gate for one in found.value.unmet} == {"two_certified_officers"}
    act = light.served(cast, light.decided(cast, "measure"))
    form = outcome_data.Execute(carried_out="就地查封（虚构）")
    with scene.on(light.DECIDED, 16):
        assert set(blocked(lambda: light.do(cast, act, actions.EXECUTE, form))) == {"filmed"}
    light.recorded(cast, act, Evidence.Kind.AUDIOVISUAL.value)
    with scene.on(light.DECIDED, 16):
        done = light.do(cast, act, actions.EXECUTE, form)
        closed = light.do(cast, done, actions.ARCHIVE, outcome_data.Archive())
    assert closed.state == "archived"
    assert closed.matter.closed_at is not None


def test_a_licence_is_archived_when_delivered_and_not_before(cast: Cast) -> None:
    act = light.granted(cast)
    with scene.on(light.DECIDED, 14):
        assert set(blocked(lambda: light.do(cast, act, actions.ARCHIVE, outcome_data.Archive()))) == {"over"}
    light.served(cast, act)
    with scene.on(light.DECIDED, 16):
        assert light.do(cast, act, actions.ARCHIVE, outcome_data.Archive()).state == "archived"


def test_an_application_is_decided_only_after_it_was_accepted(cast: Cast) -> None:
    act = light.recorded(cast, light.received(cast))
    assert set(blocked(propose(cast, act, actions.DECIDE_LICENCE, light.licence_data()))) == {"accepted"}
    with scene.on(light.DAY, 12):
        light.do(cast, act, actions.ASK, data.AskCompletion(missing="身份证明复印件（虚构）"))
    assert Obligation.objects.get(matter=act.matter, rule="licence.accept").closed_in_time
    with scene.on(dt.date(2025, 8, 6)):
        light.do(cast, act, actions.COMPLETED, data.Accept())
    assert due(act)["licence.accept"] == "2025-08-13"


def test_an_item_of_another_kind_or_department_is_no_ground(cast: Cast) -> None:
    foreign = light.item_of(cast, "licence", cast.city)
    measure = light.item_of(cast, "measure")
    for wrong in (foreign.pk, measure.pk, 10**9):
        with pytest.raises(Blocked) as found:
            light.received(cast, item=wrong)
        assert {one.gate for one in found.value.unmet} == {"item_in_force"}
    with pytest.raises(Blocked):
        light.registered(cast, "licence")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"facts": " "}, "facts"),
        ({"content": ""}, "content"),
        ({"licence_number": ""}, "licence_number"),
        ({"valid_to": dt.date(2020, 1, 1)}, "valid_to"),
        ({"on": dt.date(2025, 8, 3), "late_reason": "补登"}, "on"),
        ({"on": dt.date(9999, 1, 1)}, "on"),
    ],
)
def test_bad_input_gets_a_sentence_for_its_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    act = light.accepted(cast)
    with pytest.raises(Invalid) as refused:
        propose(cast, act, actions.DECIDE_LICENCE, light.licence_data(**changes))()
    assert refused.value.fields[field].endswith("。")


def test_steps_of_licences_are_no_steps_of_other_acts(cast: Cast) -> None:
    act = light.recorded(cast, light.registered(cast, "other"))
    with scene.on(light.DAY, 12), pytest.raises(Forbidden):
        light.do(cast, act, actions.ACCEPT, data.Accept())
    licence = light.accepted(cast)
    with pytest.raises(Forbidden):
        propose(cast, licence, actions.DECIDE, light.decide_data())()


def test_a_licence_is_masked_approved_published_and_taken_down(cast: Cast) -> None:
    act = light.served(cast, light.granted(cast))
    with scene.on(dt.date(2025, 8, 11)):
        disclosure = scene.published(cast, act)  # type: ignore[arg-type]  # it asks for the act's key only
    row = PublishedDecision.objects.get(number=act.number)
    assert (row.act_kind, row.allowed_days, row.late, row.party_name) == ("licence", 7, False, act.party_names)
    assert "食品经营许可证（JY26502040000001（虚构））" in row.outcome
    assert "有效期：2025年8月8日至2030年8月7日" in row.outcome
    with scene.on(dt.date(2025, 8, 12)):
        form = outcome_data.Annul(outcome="revoked", ground="示例区人民政府行政复议决定（虚构）")
        light.do(cast, act, actions.ANNUL, form, cast.head)
        assert due(act)["decision.take_down"] == "2025-08-15"
        reason = showing_data.Withdraw(reason="许可已被撤销（虚构）")
        perform(disclosure, showing.WITHDRAW, actor=fresh(cast.head), data=reason)
    assert Tombstone.objects.get(number=act.number).basis == "国办发〔2018〕118号（六）"
    assert not PublishedDecision.objects.filter(number=act.number).exists()


def test_a_payment_to_a_citizen_is_proposed_to_stay_private(cast: Cast, client: Client) -> None:
    act = light.served(cast, light.decided(cast, "payment"))
    disclosure = Disclosure.objects.get(act_id=act.pk)
    proposed = showing.EXEMPT.initial(disclosure, None) if showing.EXEMPT.initial else {}
    assert proposed["ground"] == "secret"
    client.force_login(cast.officer)
    assert "一般不予公开" in client.get(f"/desk/disclosure/{disclosure.pk}/").content.decode()
    with scene.on(dt.date(2025, 8, 11)):
        form = showing_data.Exempt(**proposed)
        proposal = proposals.request(disclosure, showing.EXEMPT, actor=fresh(cast.officer), data=form)
        proposals.approve(proposal, actor=fresh(cast.head))
    assert Obligation.objects.get(matter=act.matter, rule="decision.disclose").cancelled_at is not None
    with scene.on(dt.date(2025, 8, 12)):
        ended = showing_data.EndExemption(reason="当事人同意公开（虚构）")
        perform(Disclosure.objects.get(pk=disclosure.pk), showing.END_EXEMPTION, actor=fresh(cast.head), data=ended)
    assert due(act)["decision.disclose"] == "2025-09-09"  # twenty working days again


CSV = """事项编码,相对人类别,相对人名称,统一社会信用代码,决定书文号,决定日期,结论,决定内容,依据,许可证件名称,许可证件编号,有效期自,有效期至,金额
L-licence,法人,示例餐饮有限公司（虚构）,,示许〔2025〕1号,2025-08-01,准予,准予经营（虚构）,《示例法》第一条（虚构）,示例许可证,XK1,2025-08-01,2030-07-31,
L-payment,自然人,王示例（虚构）,,示给〔2025〕1号,2025年8月1日,,给予补助（虚构）,《示例法》第二条（虚构）,,,,,1200.50
L-licence,法人,示例甲公司（虚构）,123,示许〔2025〕2号,2025-13-01,准予,准予（虚构）,依据,,,,,
没有的,外星人,示例乙公司（虚构）,,示许〔2025〕3号,2025-08-01,准予,准予（虚构）,依据,,,,,
L-licence,法人,,,示许〔2025〕1号,2025-08-01,准予,,依据,,,,,
L-licence,法人,示例丙公司（虚构）,,示许〔2025〕1号,2025-08-01,准予,重复（虚构）,依据,,,,,
"""


def send(client: Client, text: str, name: str = "许可.csv") -> Any:
    """Upload a file."""
    return client.post(
        "/desk/acts/files/new/", {"file": SimpleUploadedFile(name, text.encode("utf-8-sig"))}, follow=True
    )


def test_a_file_brings_the_good_rows_and_explains_the_others(cast: Cast, client: Client) -> None:
    light.item_of(cast, "licence")
    light.item_of(cast, "payment")
    client.force_login(cast.dept_admin)
    with scene.on(light.DAY):
        body = send(client, CSV).content.decode()
    run = ActImport.objects.get()
    assert (run.created, run.present) == (2, 0)
    assert {(one["line"], one["column"]) for one in run.faults} == {
        (4, "统一社会信用代码"), (4, "决定日期"), (5, "事项编码"), (5, "相对人类别"), (6, "相对人名称"), (6, "决定内容"),
        (7, "决定书文号"),
    }  # fmt: skip
    assert "与第 2 行的文号相同" in body
    act = LightAct.objects.get(number="示许〔2025〕1号")
    assert (act.state, act.origin, act.kind, act.matter.kind) == (
        "decided",
        "imported",
        "licence",
        "enforcement.licence",
    )
    assert due(act)["decision.disclose"] == "2025-08-12"
    paid = LightAct.objects.get(number="示给〔2025〕1号")
    assert paid.amount == Decimal("1200.50")
    assert due(paid)["decision.disclose"] == "2025-08-29"
    with scene.on(light.DAY):
        send(client, CSV)
    assert ActImport.objects.order_by("-pk")[0].present == 2
    assert LightAct.objects.count() == 2
    assert list(verify()) == []


@pytest.mark.parametrize("text", ["", "甲,乙\n1,2\n", "事项编码,相对人名称\nx,y\n"])
def test_a_file_without_the_needed_columns_is_refused_in_words(cast: Cast, client: Client, text: str) -> None:
    client.force_login(cast.officer)
    answer = send(client, text)
    assert answer.status_code == 422
    assert not ActImport.objects.exists()


def test_list_page_and_ways_in(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    assert "还没有许可和其他执法行为" in client.get("/desk/acts/").content.decode()
    act = light.granted(cast)
    other = light.decided(cast, "measure")
    only = client.get("/desk/acts/?kind=licence").content.decode()
    assert act.title in only
    assert other.title not in only
    page = client.get(f"/desk/acts/{act.pk}/").content.decode()
    for words in ("准予", "7 个工作日内", "XK-01", "食品经营许可证"):
        assert words in page or words == "XK-01"
    assert "现场全程音像记录" in client.get(f"/desk/acts/{other.pk}/").content.decode()
    assert "用文件归集" in client.get("/desk/acts/new/").content.decode()


def test_the_query_count_of_the_list_does_not_grow(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    light.received(cast)
    client.force_login(cast.officer)
    client.get("/desk/acts/")
    for place in range(6):
        light.received(cast, party_name=f"示例{place}公司（虚构）")
    with django_assert_max_num_queries(14):
        client.get("/desk/acts/")


def test_the_number_of_a_citizen_is_shown_only_on_a_logged_click(cast: Cast, client: Client) -> None:
    act = light.registered(cast, "payment")
    party = Party.objects.get(act_id=act.pk)
    client.force_login(cast.officer)
    assert IDENTITY not in client.get(f"/desk/acts/{act.pk}/").content.decode()
    assert IDENTITY in client.post(f"/desk/acts/{act.pk}/parties/{party.pk}/identity/").content.decode()
    assert act.matter.events.filter(name="enforcement.party.identity_shown").exists()


def test_kinds_of_the_catalogue_each_have_a_flow() -> None:
    kinds = set(EnforcementItem.Kind.values) - {"penalty", "inspection"}
    from enforcement.lightacts.kinds import ASKED

    assert set(ASKED) == kinds


def test_a_change_of_the_act_is_not_possible_twice_at_once(cast: Cast) -> None:
    act = light.granted(cast)
    light.served(cast, act)
    with scene.on(light.DECIDED, 16):
        stale = replace(outcome_data.Serve(method="direct", receiver="王示例"), note="又一次")
        with pytest.raises(Exception, match="已送达"):
            light.do(cast, act, actions.SERVE, stale)
