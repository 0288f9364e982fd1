"""Annual check, renewal, loss and reissue: which step is open when, and what is true of a day afterwards."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from personnel.actions import RESUME, SUSPEND
from personnel.keeping import CHECK, CORRECT_SOURCE, RENEW, Check, CorrectSource, Renew
from personnel.losing import LOSE, REISSUE, SUCCEED, Lose, Reissue, Succeed
from personnel.models import AnnualCheck, Certificate, CheckSetting, Officer, Provenance
from personnel.qualification import certificate_problem, certified_officers, standing
from portal.accounts.models import User
from portal.deadlines.models import Obligation
from portal.documents.models import Document
from portal.ledger.models import Event
from portal.ledger.verification import verify
from portal.workflow.actions import Action
from portal.workflow.data import dump, load
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from tests.case_scenes import on as clock
from tests.cast import Cast
from tests.personnel.scenes import certificate, officer, on, proposed

TODAY = dt.date(2026, 11, 24)
MARCH = dt.date(2026, 3, 10)
LATE = "纸质文书补录，附送达回证"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with clock(TODAY):
        yield


def yearly(cast: Cast, *, year: int = 2024) -> None:
    """The bureau checks yearly."""
    CheckSetting.objects.create(from_year=year, required=True, ground="示例年审办法", made_by=cast.supervision_head)


def checked(cast: Cast, held: Certificate, outcome: str, *, year: int = 2026, ground: str = "") -> Certificate:
    """One outcome."""
    yearly(cast)
    made: Certificate = perform(held, CHECK, actor=cast.supervisor, data=Check(year, outcome, ground)).subject
    return made


def _held(cast: Cast) -> Certificate:
    with clock(dt.date(2026, 1, 5)):
        return certificate(officer(cast.market))


def _to_check(cast: Cast) -> Certificate:
    yearly(cast)
    return _held(cast)


def _ministry(cast: Cast) -> Certificate:
    yearly(cast)
    return certificate(officer(cast.market), source="ministry")


def _failed(cast: Cast) -> Certificate:
    return checked(cast, _held(cast), "failed", ground="年度考核不合格")


def _from_2027(cast: Cast) -> Certificate:
    yearly(cast)
    return certificate(officer(cast.market), valid_from=dt.date(2027, 1, 1))


def _lost(cast: Cast) -> Certificate:
    return lose(cast, _held(cast))


def lose(cast: Cast, held: Certificate, day: dt.date = MARCH) -> Certificate:
    """Declared lost by the department's administrator."""
    made: Certificate = perform(
        held, LOSE, actor=cast.dept_admin, data=Lose("乘车途中遗失，已报警。", on=day, late_reason=LATE)
    ).subject
    return made


def _reissued(cast: Cast) -> Certificate:
    lost = _lost(cast)
    perform(lost, REISSUE, actor=cast.supervisor, data=NEW)
    return Certificate.objects.get(pk=lost.pk)


def _lost_by_a_leaver(cast: Cast) -> Certificate:
    lost = _lost(cast)
    Officer.objects.filter(pk=lost.officer_id).update(active=False)
    return Certificate.objects.get(pk=lost.pk)


def _of_a_leaver(cast: Cast) -> Certificate:
    held = _held(cast)
    Officer.objects.filter(pk=held.officer_id).update(active=False)
    return Certificate.objects.get(pk=held.pk)


def _lost_of_ministry(cast: Cast) -> Certificate:
    return lose(cast, certificate(officer(cast.market), source="ministry"))


def _returned(cast: Cast) -> Certificate:
    taken = _taken(cast)
    proposed(taken, RESUME, on(dt.date(2026, 6, 1)), by=cast.supervisor, approved_by=cast.supervision_head)
    return Certificate.objects.get(pk=taken.pk)


def _taken(cast: Cast) -> Certificate:
    held = _held(cast)
    proposed(held, SUSPEND, on(dt.date(2026, 5, 10)), by=cast.supervisor, approved_by=cast.supervision_head)
    return Certificate.objects.get(pk=held.pk)


PASS = Check(2026, "passed")
LONGER = Renew(dt.date(2029, 1, 1), dt.date(2033, 12, 31))
NEW = Reissue("示例新证号", dt.date(2026, 3, 20), dt.date(2028, 12, 31))
IN_MARCH, IN_JUNE = Lose("遗失", on=MARCH, late_reason=LATE), Lose("遗失", on=dt.date(2026, 6, 1), late_reason=LATE)


@dataclasses.dataclass(frozen=True)
class Row:
    """A gate: the certificate and the data it stops, its words, and what it lets through."""

    action: Action[Any, Any]
    gate: str
    unmet: Callable[[Cast], Certificate]
    data: Any
    words: str
    met: Callable[[Cast], Certificate]
    good: Any
    who: str = "supervisor"


GATES = [
    Row(CHECK, "not_of_ministry", _ministry, PASS, "国务院部门核发", _to_check, PASS),
    Row(CHECK, "checked_yearly", _held, PASS, "没有设定 2026 年的年审", _to_check, PASS),
    Row(CHECK, "held_in_the_year", _from_2027, PASS, "没有 2026 年的年审", _to_check, PASS),
    Row(CHECK, "not_recorded_before", _failed, Check(2026, "failed", "仍不合格"), "已于 2026-11-24 登记为“不通过”",
        _failed, PASS),
    Row(RENEW, "holder_on_duty", _of_a_leaver, LONGER, "已不在岗", _held, LONGER),
    Row(RENEW, "last_check_not_failed", _failed, LONGER, "2026 年年审不通过（年度考核不合格）", _to_check, LONGER),
    Row(RENEW, "issuer_decided", _ministry, LONGER, "本地只登记，不作决定", _ministry,
        dataclasses.replace(LONGER, document="示例部换证通知〔2026〕3号")),
    Row(LOSE, "after_last_return", _returned, IN_MARCH, "早于上一次发还的日期 2026-06-01", _returned, IN_JUNE, "dept_admin"),
    Row(LOSE, "not_before_suspension", _taken, IN_MARCH, "早于暂扣日期 2026-05-10", _taken, IN_JUNE, "dept_admin"),
    Row(LOSE, "in_force_then", _held, Lose("遗失", on=dt.date(2023, 12, 31), late_reason=LATE),
        "2024-01-01 才开始有效", _held, IN_MARCH, "dept_admin"),
    Row(REISSUE, "not_of_ministry", _lost_of_ministry, NEW, "收到新证后登记新证", _lost, NEW),
    Row(REISSUE, "not_reissued", _reissued, dataclasses.replace(NEW, number="示例另号"), "已经补发新证 示例新证号",
        _lost, NEW),
    Row(REISSUE, "holder_on_duty", _lost_by_a_leaver, NEW, "已不在岗", _lost, NEW),
]  # fmt: skip


@pytest.mark.parametrize("row", GATES, ids=lambda row: f"{row.action.key}:{row.gate}")
def test_each_gate_says_why_with_its_article_and_opens_when_met(cast: Cast, row: Row) -> None:
    actor: User = getattr(cast, row.who)
    with transaction.atomic():
        with pytest.raises(Blocked) as refused:
            perform(row.unmet(cast), row.action, actor=actor, data=row.data)
        found = {item.gate: item for item in refused.value.unmet}
        assert row.words in found[row.gate].sentence
        assert found[row.gate].citation
        transaction.set_rollback(True)
    assert load(row.action.data, dump(row.good)) == row.good
    assert perform(row.met(cast), row.action, actor=actor, data=row.good).event.name == row.action.key


def test_the_table_names_every_gate_of_every_action() -> None:
    actions = (CHECK, RENEW, LOSE, REISSUE)
    assert {(row.action.key, row.gate) for row in GATES} == {
        (action.key, gate.key) for action in actions for gate in action.gates
    }


@pytest.mark.parametrize("part", ["officer", "head", "dept_admin", "foreign_head", "procurator"])
def test_only_the_bureau_checks_renews_and_reissues(cast: Cast, part: str) -> None:
    yearly(cast)
    held, lost = _held(cast), _lost(cast)
    for thing, action, data in ((held, CHECK, PASS), (held, RENEW, LONGER), (lost, REISSUE, NEW)):
        with pytest.raises(Forbidden):
            perform(thing, action, actor=getattr(cast, part), data=data)
    with pytest.raises(Forbidden):
        perform(None, SUCCEED, actor=getattr(cast, part), data=Succeed("示例", MARCH, TODAY, "", lost.pk))


@pytest.mark.parametrize("part", ["officer", "head", "supervisor", "foreign_head"])
def test_a_loss_is_declared_by_the_departments_administrator(cast: Cast, part: str) -> None:
    with pytest.raises(Forbidden):
        perform(_held(cast), LOSE, actor=getattr(cast, part), data=IN_MARCH)


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        (Check(99999, "passed"), "year", "到今年的年份"),
        (Check(2027, "passed"), "year", "到今年的年份"),
        (Check(2026, "excellent"), "outcome", "请选择结果"),
        (Check(2026, "failed", " "), "ground", "请写明理由"),
        (Check(2026, "passed", on=dt.date(2026, 11, 25)), "on", "在将来"),
    ],
)
def test_a_check_that_cannot_be_is_refused(cast: Cast, data: Check, field: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        perform(_to_check(cast), CHECK, actor=cast.supervisor, data=data)
    assert words in refused.value.fields[field]


@pytest.mark.parametrize(
    ("start", "end", "field", "words"),
    [
        (dt.date(2023, 1, 1), dt.date(2033, 1, 1), "valid_from", "早于原有效期自 2024-01-01"),
        (dt.date(2029, 1, 1), dt.date(2028, 12, 1), "valid_to", "早于有效期自"),
        (dt.date(2027, 1, 1), dt.date(2028, 12, 31), "valid_to", "不是续期"),
        (dt.date(2029, 1, 1), dt.date(9999, 12, 31), "valid_to", "过远"),
        (dt.date(2029, 1, 2), dt.date(2033, 12, 31), "valid_from", "最晚自 2029-01-01 接上"),
    ],
)
def test_a_validity_that_cannot_be_is_refused(cast: Cast, start: dt.date, end: dt.date, field: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        perform(_held(cast), RENEW, actor=cast.supervisor, data=Renew(start, end))
    assert words in refused.value.fields[field]


def test_a_failed_check_offers_suspension_with_its_ground_and_a_later_pass_takes_the_offer_back(cast: Cast) -> None:
    failed = _failed(cast)
    assert SUSPEND.initial is not None
    assert SUSPEND.initial(failed, cast.supervisor) == {"ground": "2026 年年审不通过：年度考核不合格"}
    assert failed.state == "issued"  # nothing follows by itself
    perform(failed, CHECK, actor=cast.supervisor, data=PASS)
    assert SUSPEND.initial(failed, cast.supervisor) == {}
    assert list(AnnualCheck.objects.values_list("outcome", flat=True)) == ["passed", "failed"]
    assert list(verify()) == []


DAYS = [
    # renewed from, to; the day asked about; whether the certificate is good that day
    (dt.date(2026, 7, 1), dt.date(2031, 6, 30), dt.date(2026, 6, 30), True),  # seamless
    (dt.date(2026, 7, 1), dt.date(2031, 6, 30), dt.date(2026, 7, 1), True),
    (dt.date(2026, 5, 1), dt.date(2031, 4, 30), dt.date(2026, 4, 30), True),  # overlapping
    (dt.date(2026, 9, 1), dt.date(2031, 8, 31), dt.date(2026, 6, 30), True),  # two months late: the old one's last day
    (dt.date(2026, 9, 1), dt.date(2031, 8, 31), dt.date(2026, 7, 1), False),  # the gap stays a gap
    (dt.date(2026, 9, 1), dt.date(2031, 8, 31), dt.date(2026, 8, 31), False),
    (dt.date(2026, 9, 1), dt.date(2031, 8, 31), dt.date(2026, 9, 1), True),
    (dt.date(2026, 9, 1), dt.date(2031, 8, 31), dt.date(2031, 9, 1), False),
]


@pytest.mark.parametrize(("start", "end", "day", "good"), DAYS)
def test_after_a_renewal_each_day_is_judged_by_the_validity_of_that_day(
    cast: Cast, start: dt.date, end: dt.date, day: dt.date, good: bool
) -> None:
    held = certificate(officer(cast.market), valid_from=dt.date(2021, 7, 1), valid_to=dt.date(2026, 6, 30))
    perform(held, RENEW, actor=cast.supervisor, data=Renew(start, end))
    assert (certificate_problem(held.officer, on=day, field="市场监管") is None) is good
    assert certified_officers(cast.market, day, "市场监管").exists() is good
    watched = Obligation.objects.get(matter=held.matter)
    assert (watched.due_on, watched.settled_at) == (end, None)
    assert list(verify()) == []


def test_from_the_day_of_loss_the_number_counts_no_longer_and_a_statement_says_so(cast: Cast) -> None:
    held = _held(cast)
    lost = lose(cast, held)
    assert standing(lost, TODAY) == ("withdrawn", "遗失作废")
    assert certificate_problem(lost.officer, on=MARCH - dt.timedelta(days=1), field="市场监管") is None
    told = certificate_problem(lost.officer, on=MARCH, field="市场监管")
    assert told is not None
    assert "2026-03-10 遗失作废" in told
    paper = Document.objects.get(matter=lost.matter)
    assert paper.kind == "certificate.loss_statement"
    assert paper.context["content"]["number"] == lost.number
    assert "乘车" not in paper.frozen
    assert Obligation.objects.get(matter=lost.matter).cancelled_at is not None


def test_a_ministrys_loss_is_registered_without_a_statement_of_ours(cast: Cast) -> None:
    lost = _lost_of_ministry(cast)
    assert lost.state == "lost"
    assert not Document.objects.filter(matter=lost.matter).exists()


def test_a_suspension_that_runs_ends_with_the_loss(cast: Cast) -> None:
    taken = _taken(cast)
    lost = lose(cast, taken, dt.date(2026, 6, 1))
    assert lost.suspensions.get().ended_on == dt.date(2026, 6, 1)


def test_the_new_certificate_is_linked_to_the_lost_one_and_lives_by_itself(cast: Cast) -> None:
    lost = _reissued(cast)
    new = Provenance.objects.get(replaces=lost).certificate
    assert (new.number, new.officer, new.fields, new.state) == ("示例新证号", lost.officer, lost.fields, "issued")
    assert new.provenance.code != lost.provenance.code
    assert certificate_problem(lost.officer, on=dt.date(2026, 3, 20), field="市场监管") is None
    assert certificate_problem(lost.officer, on=dt.date(2026, 3, 19), field="市场监管") is not None
    assert Obligation.objects.get(matter=new.matter).due_on == new.valid_to
    names = list(Event.objects.filter(matter=lost.matter).order_by("sequence").values_list("name", flat=True))
    assert names == ["certificate.register", "certificate.lose", "certificate.reissue"]
    assert list(Event.objects.filter(matter=new.matter).values_list("name", flat=True)) == ["certificate.succeed"]
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"number": " "}, "number", "请填新证号"),
        ({"number": "示例旧号"}, "number", "补发的证件用新证号"),
        ({"valid_to": dt.date(2026, 3, 1)}, "valid_to", "早于有效期自"),
        ({"valid_from": dt.date(2026, 3, 9)}, "valid_from", "旧证作废的日期 2026-03-10"),
        ({"valid_to": dt.date(9999, 12, 31)}, "valid_to", "过远"),
    ],
)
def test_a_reissue_that_cannot_be_is_refused(cast: Cast, changes: dict[str, Any], field: str, words: str) -> None:
    lost = lose(cast, certificate(officer(cast.market), number="示例旧号"))
    with pytest.raises(Invalid) as refused:
        perform(lost, REISSUE, actor=cast.supervisor, data=dataclasses.replace(NEW, **changes))
    assert words in refused.value.fields[field]


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        (CorrectSource("region", "更正"), "source", "现在登记的就是这个来源"),
        (CorrectSource("moon", "更正"), "source", "请选择证件来源"),
        (CorrectSource("ministry", " "), "ground", "写明更正的理由"),
    ],
)
def test_a_correction_of_the_source_says_what_and_why(cast: Cast, data: CorrectSource, field: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        perform(_held(cast), CORRECT_SOURCE, actor=cast.supervisor, data=data)
    assert words in refused.value.fields[field]


def test_only_the_bureau_corrects_a_source(cast: Cast) -> None:
    held = _held(cast)
    with pytest.raises(Forbidden):
        perform(held, CORRECT_SOURCE, actor=cast.dept_admin, data=CorrectSource("ministry", "更正"))
    perform(held, CORRECT_SOURCE, actor=cast.supervisor, data=CorrectSource("ministry", "证上发证机关为示例部"))
    event = Event.objects.filter(matter=held.matter).order_by("-sequence")[0]
    data = json.loads(event.canonical)["data"]
    assert (data["before"], data["source"]) == ("region", "ministry")
    assert Provenance.objects.get(pk=held.pk).note == "证上发证机关为示例部"


def test_codes_are_sixteen_signs_and_written_once(cast: Cast) -> None:
    held, other = _held(cast), certificate(officer(cast.market, "乙示例"))
    assert len({held.provenance.code, other.provenance.code}) == 2
    assert len(held.provenance.code) == 16
    with pytest.raises(DatabaseError), transaction.atomic():
        Provenance.objects.filter(pk=held.pk).update(code="A" * 16)
