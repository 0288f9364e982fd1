"""`manage due`: one date with its reasons, or one answer for each line."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.deadlines import registry
from portal.deadlines.registry import rules

pytestmark = pytest.mark.django_db


def due(*arguments: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    call_command("due", *arguments, "--json")
    [line] = capsys.readouterr().out.splitlines()
    answer: dict[str, Any] = json.loads(line)
    return answer


def test_json_holds_due_provisional_and_trace(capsys: pytest.CaptureFixture[str]) -> None:
    answer = due("SX-02", "2026-02-13", "--calendar", "national", capsys=capsys)

    assert (answer["due"], answer["provisional"]) == ("2026-03-02", False)
    assert set(answer["trace"][0]) == {"text", "article", "date"}
    assert any("2026年2月14日（星期六）调休上班" in step["text"] for step in answer["trace"])


def test_the_calendar_of_xinjiang_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert due("SX-02", "2025-06-05", capsys=capsys)["due"] == "2025-06-19"
    assert due("SX-02", "2025-06-05", "--calendar", "national", capsys=capsys)["due"] == "2025-06-16"


@pytest.mark.parametrize("key", ["national", "xinjiang"])
@pytest.mark.parametrize("day", ["2026-12-21", "2026-12-25", "2026-12-31", "2027-02-01"])
def test_a_date_after_20_december_2026_is_provisional(key: str, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert due("SX-02", day, "--calendar", key, capsys=capsys)["provisional"] is True


def test_a_rule_is_known_by_key_and_by_code_in_any_case(capsys: pytest.CaptureFixture[str]) -> None:
    by_key = due("law.disclosure_prompt", "2026-02-13", capsys=capsys)

    assert due("sx-02", "2026-02-13", capsys=capsys)["due"] == by_key["due"]


def test_every_rule_with_a_period_of_its_own_can_be_asked(capsys: pytest.CaptureFixture[str]) -> None:
    asked = [rule for rule in rules().values() if rule.key.startswith("law.")]
    for rule in asked:
        assert due(rule.key, "2026-05-11", capsys=capsys)["due"] >= "2026-04"
        assert due(rule.law, "2026-05-11", capsys=capsys)["law"] == rule.law
    assert len(asked) > 100


def test_a_code_with_several_periods_names_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert due("QZ-04", "2026-02-12", capsys=capsys)["also"] == ["law.freeze"]


def test_a_code_without_a_period_in_law_is_answered_by_a_rooms_own_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "rules.toml"
    book.write_text(
        '[rule."t.own"]\nlaw = "JD-10"\nbasis = "本地"\nkind = "duty"\nbound = "bureau"\nopens = ["a"]\nwithin = "15 days"\n',
        encoding="utf-8",
    )
    monkeypatch.setitem(registry._books, "tests", book)

    answer = due("JD-10", "2026-03-02", "--calendar", "national", capsys=capsys)

    assert (answer["due"], answer["basis"]) == ("2026-03-17", "本地")


def test_a_moment_is_for_periods_of_hours(capsys: pytest.CaptureFixture[str]) -> None:
    assert due("QZ-03", "2026-02-13T10:30", capsys=capsys)["due"] == "2026-02-14T10:30:00+08:00"
    assert due("QZ-03", "2026-02-13T02:30+00:00", capsys=capsys)["due"] == "2026-02-14T10:30:00+08:00"
    assert due("SX-02", "2026-02-12T23:30+00:00", "--calendar", "national", capsys=capsys)["due"] == "2026-03-02"


def test_before_a_law_was_in_force_the_answer_warns(capsys: pytest.CaptureFixture[str]) -> None:
    answer = due("CF-04", "2020-03-02", capsys=capsys)

    assert "2021年7月15日起施行" in answer["trace"][0]["text"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["CF-08", "2026-01-01"], "不是可以计算日期的期限"),
        (["CF-99", "2026-01-01"], "没有名为“CF-99”"),
        (["SX-02", "2026-02-30"], "不是日期"),
        (["SX-02"], "请给出日期"),
        (["SX-02", "9999-12-30"], "算不出来"),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_sentence(arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("due", *arguments)


def test_a_bad_line_is_answered_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "SX-02,2025-06-05\nfoo,2025-06-05\n\nSX-02\nSX-02,2025-06-05,tibet\nSX-02,2025-06-05,national\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))

    with pytest.raises(SystemExit) as stop:
        call_command("due", "-", "--json")

    assert stop.value.code == 1
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer.get("due") for answer in answers] == ["2025-06-19", None, None, None, "2025-06-16"]
    assert [bool(answer.get("error")) for answer in answers] == [False, True, True, True, False]


def test_without_json_the_steps_are_numbered_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("due", "CF-04", "2025-07-03")

    told = capsys.readouterr().out
    assert "届满：2025-10-09" in told
    assert "3. 按自然日计90日" in told
    assert "〔民事诉讼法第八十五条第三款（行政程序类推适用）〕" in told
