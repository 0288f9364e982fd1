"""Rule books: the law's register is covered, and a book that contradicts itself is refused with its mistake."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.deadlines import registry
from portal.deadlines.checks import check_rule_books
from portal.deadlines.errors import RuleBookError
from portal.deadlines.registry import rules, rules_of_law
from portal.deadlines.rulebook import law_codes
from tests.deadlines.books import complete, read

# Codes whose content names a number of days or hours that is no clock of a matter.
NO_CLOCK = {
    "CF-03": "及时；日数在 BM-01、BM-07",
    "CF-20": "每日加处的比例",
    "CF-38": "日的含义",
    "QZ-02": "不计入的期间",
    "QZ-08": "日的含义",
    "FY-04": "日的含义",
    "JR-01": "放假日数",
}
BASE = '[rule."x"]\nlaw = "SX-02"\nkind = "duty"\nbound = "department"\nopens = ["a"]\nsettles = ["b"]\n'


def test_every_code_with_a_computable_period_has_a_primary_rule() -> None:
    timed = {code.code for code in law_codes().values() if re.search(r"工作日|自然日|小时|月|年|日期|^日", code.unit)}
    without = {code for code in timed if not rules_of_law(code)}

    # yearly counts and reviews without a day of the year
    assert without == {"PC-04", "JC-20", "ZJ-05"}
    assert all(rules_of_law(code)[0].primary for code in timed - without)


def test_every_number_of_days_in_the_register_is_a_rule_or_explained() -> None:
    numbered = {code.code for code in law_codes().values() if re.search(r"\d+(个)?(工作)?日|\d+小时", code.content)}

    assert {code for code in numbered if not rules_of_law(code)} <= set(NO_CLOCK)
    assert not {code for code in NO_CLOCK if rules_of_law(code)}


def test_every_rule_of_the_law_names_its_article_and_basis() -> None:
    for rule in rules().values():
        assert rule.article, rule.key
        assert rule.basis in {"法", "参照", "本地", "未核"}, rule.key
        assert rule.title, rule.key


def test_rules_from_elsewhere_are_labelled() -> None:
    for code in ("WS-02", "SX-14", "JC-10", "PC-03", "JD-08", "CF-44", "TS-01"):
        assert {rule.basis for rule in rules_of_law(code)} == {"参照"}
    assert rules_of_law("ZJX-03")[0].basis == "未核"


def test_a_rule_takes_from_the_law_what_it_leaves_out() -> None:
    rule = complete(BASE)["x"]

    assert [str(one.period) for one in rule.within] == ["20个工作日", "7个工作日"]
    assert rule.article == "国办发〔2018〕118号（六）"
    assert rule.title == "行政许可、行政处罚决定公示"


def test_a_rule_like_another_takes_that_ones_period() -> None:
    rule = complete(BASE + 'like = "law.seizure"\n')["x"]

    assert str(rule.within[0].period) == "30日"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (BASE + 'within = "7 wd"\n', "7 wd"),
        (BASE + 'within = "0 days"\n', "0 days"),
        (BASE + "colour = 1\n", "unknown key colour"),
        (BASE.replace("duty", "wish"), "kind is 'wish'"),
        (BASE.replace('"department"', '"mayor"'), "bound is 'mayor'"),
        (BASE.replace("SX-02", "SX-99"), "SX-99 is not a code"),
        (BASE + 'basis = "传闻"\n', "basis"),
        (BASE + 'within = "7 days"\nbefore = "7 days"\n', "only one of"),
        (BASE + 'within = [{ is = "7 days" }, { is = "9 days", from = 2020-01-01 }]\n', "overlap"),
        (BASE + 'within = [{ is = "7 days", from = 2020-01-02, to = 2020-01-01 }]\n', "ends before it begins"),
        (BASE + 'within = [{ is = "7 days", when = { a = 1 } }, { is = "9 days", when = { a = 1 } }]\n', "overlap"),
        (BASE + 'every = "02-30"\ncancels = ["c"]\n', "day"),
        (BASE + 'every = "01-31"\n', "needs a fact that ends it"),
        (BASE + 'opens = "a"\n', "Cannot overwrite"),
        (BASE.replace('["b"]', '"b"'), "settles must be a list"),
        ('[rules."x"]\n', "unknown table rules"),
        (BASE.replace('law = "SX-02"\n', ""), "needs an article and a basis"),
    ],
)
def test_a_mistake_in_a_book_is_named_with_its_rule(text: str, mistake: str) -> None:
    with pytest.raises(RuleBookError, match=re.escape(mistake)):
        read(text)


def test_the_same_period_for_different_departments_does_not_overlap() -> None:
    text = (
        BASE
        + 'within = [{ is = "7 days", when = { department = "A" } }, { is = "9 days", when = { department = "B" } }]\n'
    )

    assert len(read(text)[0].within) == 2


def test_a_rule_without_any_period_is_refused() -> None:
    with pytest.raises(RuleBookError, match="CF-08 gives none"):
        complete(BASE.replace("SX-02", "CF-08"))


def with_book(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "extra.toml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setitem(registry._books, "extra", path)


def test_a_key_in_two_books_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_book(BASE.replace('"x"', '"law.seizure"'), tmp_path, monkeypatch)

    with pytest.raises(RuleBookError, match="in another book already"):
        rules()


@pytest.mark.parametrize(("chain", "mistake"), [("law.nowhere", "does not exist"), ("x", "hangs on itself")])
def test_a_chain_to_nowhere_or_to_itself_is_refused(
    chain: str, mistake: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_book(BASE.replace('opens = ["a"]', f'after = ["{chain}"]'), tmp_path, monkeypatch)

    with pytest.raises(RuleBookError, match=mistake):
        rules()


def test_a_fact_that_no_action_states_is_found_at_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_book(BASE, tmp_path, monkeypatch)
    others = {name for rule in rules().values() if rule.key != "x" for name in rule.facts}
    monkeypatch.setattr(registry, "_known_facts", [lambda: {"a", *others}])

    assert registry.unknown_facts() == {"x": ["b"]}
    assert ["names facts that no action states: b" in message.msg for message in check_rule_books()] == [True]
