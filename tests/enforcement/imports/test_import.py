"""The import into the database: every row accounted for, none twice, what is incomplete never published."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import json
from collections import Counter
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from disclosure.models import Disclosure
from enforcement.imports.completing import COMPLETE, Complete
from enforcement.imports.models import ImportedRow, ImportProblem, ImportRun
from enforcement.imports.reasons import Outcome, Reason
from enforcement.imports.registering import REGISTER_IMPORTED
from enforcement.imports.result import ImportResult
from enforcement.imports.service import import_decisions
from enforcement.models import Case, Decision, EnforcementAct, Party
from portal.deadlines.models import Fact, Obligation
from portal.ledger.models import Event
from portal.tabular.tables import UnreadableError
from portal.workflow import registry
from portal.workflow.actions import Gate
from portal.workflow.door import perform
from portal.workflow.errors import Forbidden, Invalid
from tests import database
from tests.cast import Cast
from tests.enforcement.imports.files import (
    LISTING,
    OFFICIAL_29,
    csv_file,
    listing_file,
    listing_row,
    new_workbook,
    official_row,
)

FROM = "发布日期"


def counts(result: ImportResult) -> dict[str, int]:
    assert result.created + result.to_complete + result.duplicate + result.rejected == result.rows
    return {name: getattr(result, name) for name in ("rows", "created", "to_complete", "duplicate", "rejected")}


def imported(path: Path, cast: Cast, **options: Any) -> ImportResult:
    return import_decisions(path, department=cast.market, **({"decided_on_from": FROM} | options))


def mixed(path: Path, encoding: str = "utf-8") -> Path:
    """Rows of every outcome: 2 whole, 2 to complete, 1 twice, 3 that cannot be taken."""
    rows = [
        listing_row(1),
        listing_row(2, 当事人名称="示例银行甲分行、张慧及相关责任人"),
        listing_row(3, 文档标题="示例监管分局行政处罚信息公示列表"),
        listing_row(4, 作出决定机关=""),
        listing_row(1),
        listing_row(
            2, 当事人名称="示例银行甲分行、张慧及相关责任人", **{"罚款金额(元)": "60000", "行政处罚内容": "罚款6万元"}
        ),
        list(LISTING),
        ["合计", *[""] * 14],
    ]
    return listing_file(path, rows, encoding)


def test_every_row_has_one_outcome_and_they_add_up(tmp_path: Path, cast: Cast) -> None:
    result = imported(mixed(tmp_path / "a.csv"), cast)
    assert counts(result) == {"rows": 8, "created": 2, "to_complete": 2, "duplicate": 1, "rejected": 3}
    assert result.rejected_by_reason == Counter(
        {Reason.NUMBER_CONFLICT.value: 1, Reason.REPEATED_HEADER.value: 1, Reason.TOTAL_ROW.value: 1}
    )
    run = ImportRun.objects.get()
    assert (run.state, run.rows, run.layout) == (ImportRun.State.FINISHED, 8, "nfra")
    assert Case.objects.count() == 4


def test_a_gb18030_twin_is_the_same_import(tmp_path: Path, cast: Cast) -> None:
    plain = imported(mixed(tmp_path / "a.csv"), cast)
    twin = import_decisions(mixed(tmp_path / "b.csv", "gb18030"), department=cast.city, decided_on_from=FROM)
    assert counts(plain) == counts(twin)
    assert plain.rejected_by_reason == twin.rejected_by_reason


def test_the_same_file_twice_creates_nothing_twice(tmp_path: Path, cast: Cast) -> None:
    path = mixed(tmp_path / "a.csv")
    imported(path, cast)
    again = imported(path, cast)
    assert counts(again) == {"rows": 8, "created": 0, "to_complete": 0, "duplicate": 5, "rejected": 3}
    assert Case.objects.count() == ImportedRow.objects.count() == 4


def test_the_same_file_with_other_options_still_creates_nothing_twice(tmp_path: Path, cast: Cast) -> None:
    path = mixed(tmp_path / "a.csv")
    imported(path, cast, decided_on_from="")
    assert imported(path, cast).created == 0


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path, cast: Cast) -> None:
    path = mixed(tmp_path / "a.csv")
    tried = imported(path, cast, dry_run=True)
    assert (
        Case.objects.count() == ImportRun.objects.count() == ImportedRow.objects.count() == Event.objects.count() == 0
    )
    done = imported(path, cast)
    assert counts(tried) == counts(done)
    assert tried.rejected_by_reason == done.rejected_by_reason
    assert counts(imported(path, cast, dry_run=True)) == {
        "rows": 8,
        "created": 0,
        "to_complete": 0,
        "duplicate": 5,
        "rejected": 3,
    }


def test_the_same_decision_in_another_layout_is_a_duplicate(tmp_path: Path, cast: Cast) -> None:
    imported(csv_file(tmp_path / "a.csv", [OFFICIAL_29, official_row(1)]), cast, decided_on_from="")
    row = listing_row(
        1,
        当事人名称="示例第1商贸有限公司",
        文档标题="公开表（示市监罚〔2026〕1号）",
        行政处罚内容="罚款5千元",
        **{"罚款金额(元)": "5000"},
    )
    assert imported(listing_file(tmp_path / "b.csv", [row]), cast).duplicate == 1


def test_another_department_may_have_the_same_number(tmp_path: Path, cast: Cast) -> None:
    path = listing_file(tmp_path / "a.csv", [listing_row(1)])
    imported(path, cast)
    assert import_decisions(path, department=cast.city, decided_on_from=FROM).created == 1


def test_an_imported_decision_is_a_case_with_event_fact_clock_and_disclosure(tmp_path: Path, cast: Cast) -> None:
    imported(listing_file(tmp_path / "a.csv", [listing_row(1)]), cast, actor=cast.officer)
    case = Case.objects.get()
    assert (case.state, case.origin, case.department) == (
        EnforcementAct.State.DECIDED,
        EnforcementAct.Origin.IMPORTED,
        cast.market,
    )
    assert (case.acting_name, case.decided_on, case.to_complete) == ("示例监管分局", dt.date(2026, 4, 29), [])
    decision = Decision.objects.get(act=case)
    assert (decision.number, decision.fine, decision.kinds) == ("示金罚决字〔2026〕1号", Decimal("50000.00"), ["fine"])
    assert Party.objects.get(act=case).name == "示例第1保险股份有限公司"
    event = Event.objects.get(matter=case.matter_id, sequence=1)
    assert (event.name, event.actor) == ("enforcement.case.register_imported", cast.officer)
    fact = Fact.objects.get(matter=case.matter_id)
    assert (fact.name, fact.about, fact.event) == ("case.decided", decision.about, event)
    assert (fact.late_reason, fact.value) == ("信息归集导入", {"assumed_from": FROM})
    obligation = Obligation.objects.get(matter=case.matter_id, rule="decision.disclose")
    assert (obligation.about, obligation.due_on) == (decision.about, dt.date(2026, 5, 12))
    assert Disclosure.objects.get(decision=decision).state == Disclosure.State.PENDING


REFUSE = """
    CREATE FUNCTION refuse_example() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'this party is refused' USING ERRCODE = 'check_violation'; END $$;
    CREATE TRIGGER refuse_example BEFORE INSERT ON enforcement_party FOR EACH ROW
    WHEN (NEW.name = '不收的示例公司') EXECUTE FUNCTION refuse_example();
"""


def test_a_row_that_the_database_refuses_takes_no_other_with_it(tmp_path: Path, cast: Cast) -> None:
    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute(REFUSE)
    rows = [listing_row(1), listing_row(2, 当事人名称="不收的示例公司"), listing_row(3)]
    result = imported(listing_file(tmp_path / "a.csv", rows), cast)
    assert counts(result) == {"rows": 3, "created": 2, "to_complete": 0, "duplicate": 0, "rejected": 1}
    problem = ImportProblem.objects.get()
    assert (problem.line, problem.code) == (3, Reason.NOT_RECORDED)
    assert "this party is refused" in problem.sentence
    assert ImportedRow.objects.filter(case=None).count() == 0


def test_a_gate_that_is_not_met_refuses_its_own_row_only(tmp_path: Path, cast: Cast) -> None:
    gate = Gate(
        "no_example_four",
        "第四件不收",
        ("SX-03",),
        lambda attempt: "示例第4" not in attempt.data.record.parties.original,
    )
    registry.add_gate(REGISTER_IMPORTED.key, gate)
    try:
        result = imported(listing_file(tmp_path / "a.csv", [listing_row(number) for number in range(1, 7)]), cast)
    finally:
        registry._gates[REGISTER_IMPORTED.key].remove(gate)
    assert counts(result) == {"rows": 6, "created": 5, "to_complete": 0, "duplicate": 0, "rejected": 1}
    problem = ImportProblem.objects.get()
    assert (problem.line, problem.sentence) == (5, "登记时被拒绝：第四件不收")
    assert imported(tmp_path / "a.csv", cast).created == 1, "a refused row can be taken later"


def test_the_record_of_what_was_imported_in_numbers_is_whole(tmp_path: Path, cast: Cast) -> None:
    imported(mixed(tmp_path / "a.csv"), cast)
    output = StringIO()
    call_command("verify_ledger", "--json", stdout=output)
    told = json.loads(output.getvalue().splitlines()[-1])
    assert (told["events"], told["findings"]) == (8, [])
    for model in (Case, Party, Decision, Disclosure):
        assert model.history.count() == model.objects.count()


def test_a_history_row_of_the_import_that_is_changed_is_found(tmp_path: Path, cast: Cast) -> None:
    imported(listing_file(tmp_path / "a.csv", [listing_row(1)]), cast)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with database.triggers_off("enforcement_historicaldecision"):
            cursor.execute("UPDATE enforcement_historicaldecision SET fine = 1")
    output = StringIO()
    with contextlib.suppress(CommandError, SystemExit):
        call_command("verify_ledger", "--json", stdout=output)
    assert json.loads(output.getvalue().splitlines()[-1])["findings"]


def test_an_incomplete_row_is_taken_and_cannot_be_published_until_completed(tmp_path: Path, cast: Cast) -> None:
    row = listing_row(1, 文档标题="示例监管分局行政处罚信息公示列表", 作出决定机关="")
    assert imported(listing_file(tmp_path / "a.csv", [row]), cast).to_complete == 1
    case = Case.objects.get()
    assert case.to_complete == ["number", "authority"]
    perform(case, COMPLETE, actor=cast.officer, data=Complete(number="示市监罚[2026]9号"))
    case.refresh_from_db()
    assert case.to_complete == ["authority"]
    assert Decision.objects.get(act=case).number == "示市监罚〔2026〕9号"
    perform(case, COMPLETE, actor=cast.officer, data=Complete(authority="示例区市场监督管理局"))
    case.refresh_from_db()
    assert case.to_complete == []


def test_the_clock_of_an_undated_decision_begins_when_its_day_is_told(tmp_path: Path, cast: Cast) -> None:
    assert imported(listing_file(tmp_path / "a.csv", [listing_row(1)]), cast, decided_on_from="").to_complete == 1
    case = Case.objects.get()
    assert not Disclosure.objects.exists()
    assert not Obligation.objects.exists()
    day = timezone.localdate() - dt.timedelta(days=60)
    data = Complete(decided_on=day, late_reason="纸质决定书补录")
    perform(case, COMPLETE, actor=cast.officer, data=data)
    assert Fact.objects.get(name="case.decided").at.date() in {day, day - dt.timedelta(days=1)}
    assert Disclosure.objects.count() == Obligation.objects.filter(rule="decision.disclose").count() == 1


def test_completing_nothing_is_refused_with_a_sentence(tmp_path: Path, cast: Cast) -> None:
    imported(listing_file(tmp_path / "a.csv", [listing_row(1)]), cast, decided_on_from="")
    with pytest.raises(Invalid) as refusal:
        perform(Case.objects.get(), COMPLETE, actor=cast.officer, data=Complete(number="示市监罚〔2026〕1号"))
    assert "一项也没有填" in refusal.value.sentence


def test_a_person_in_a_cell_of_organisations_becomes_a_natural_person(tmp_path: Path, cast: Cast) -> None:
    row = listing_row(1, 当事人名称="王众音[时任示例公司副经理（主持工作）]", 当事人类型="机构")
    imported(listing_file(tmp_path / "a.csv", [row]), cast)
    party = Party.objects.get()
    assert (party.name, party.kind) == ("王众音", Party.Kind.NATURAL)
    assert ImportedRow.objects.get().originals["party"] == "王众音[时任示例公司副经理（主持工作）]"


def test_identity_numbers_are_kept_only_encrypted(tmp_path: Path, cast: Cast) -> None:
    row = official_row(行政相对人名称="王示例", 证件类型="身份证", 证件号码="650204199001010015")
    imported(csv_file(tmp_path / "a.csv", [OFFICIAL_29, row]), cast, decided_on_from="")
    party = Party.objects.get()
    assert (party.identity, party.born_on) == ("650204199001010015", dt.date(1990, 1, 1))
    assert party.identity_hash
    kept = json.dumps(
        [ImportedRow.objects.values_list("originals", "remarks").get(), *ImportProblem.objects.values_list("value")]
    )
    assert "650204199001010015" not in kept


def test_the_error_file_says_line_column_value_and_reason_and_holds_no_formula(tmp_path: Path, cast: Cast) -> None:
    rows = [
        listing_row(1, **{"罚款金额(元)": '=HYPERLINK("http://invalid","x")'}),
        listing_row(2, **{"罚款金额(元)": "@SUM(1)"}),
        listing_row(3, 当事人名称="=cmd|'/c calc'!A0"),
        listing_row(3, 当事人名称="=cmd|'/c calc'!A0"),
    ]
    result = imported(listing_file(tmp_path / "a.csv", rows), cast)
    content = Path(result.errors_file).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert [(row["行号"], row["列"], row["值"][:6], row["处理结果"]) for row in table] == [
        ("2", "罚款金额(元)", "'=HYPE", "未收"),
        ("3", "罚款金额(元)", "'@SUM(", "未收"),
        ("5", "", "示金罚决字〔", "重复"),
    ]
    assert all(row["原因"] for row in table)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in table for cell in row.values())


def test_a_merged_workbook_with_serial_dates_comes_in_whole(tmp_path: Path, cast: Cast) -> None:
    workbook, sheet = new_workbook()
    sheet.append(["双公示行政处罚信息（示例）"])
    sheet.append(list(OFFICIAL_29))
    for number in range(1, 4):
        shared = {"处罚机关": "示例区市场监督管理局" if number == 1 else None}
        sheet.append(official_row(number, **{"处罚决定日期": 46086 + number, "处罚金额（万元）": 0.5} | shared))
    column = OFFICIAL_29.index("处罚机关") + 1
    sheet.merge_cells("A1:AC1")
    sheet.merge_cells(start_row=3, end_row=5, start_column=column, end_column=column)
    workbook.save(tmp_path / "a.xlsx")
    result = imported(tmp_path / "a.xlsx", cast, decided_on_from="")
    assert (result.layout, counts(result)["created"]) == ("official29", 3)
    assert set(Decision.objects.values_list("decided_on", "fine")) == {
        (dt.date(2026, 3, day), Decimal("5000.00")) for day in (6, 7, 8)
    }


def test_a_decision_made_on_the_desk_is_not_taken_again(tmp_path: Path, cast: Cast) -> None:
    imported(listing_file(tmp_path / "a.csv", [listing_row(1)]), cast)
    ImportedRow.objects.all().delete()
    EnforcementAct.objects.update(origin=EnforcementAct.Origin.DESK)
    result = imported(listing_file(tmp_path / "b.csv", [listing_row(1), listing_row(2)]), cast)
    assert counts(result) == {"rows": 2, "created": 1, "to_complete": 0, "duplicate": 1, "rejected": 0}


def test_a_file_that_breaks_off_keeps_what_came_before(tmp_path: Path, cast: Cast) -> None:
    from tests.enforcement.imports.test_workbooks import SHEET, changed

    workbook, sheet = new_workbook()
    sheet.append(list(LISTING))
    for number in range(1, 800):
        sheet.append(listing_row(number))
    workbook.save(tmp_path / "whole.xlsx")
    path = changed(tmp_path / "whole.xlsx", tmp_path / "damaged.xlsx", SHEET, (b'<row r="701"', b"<row <<"))
    with pytest.raises(UnreadableError) as failure:
        imported(path, cast)
    assert failure.value.line == 700
    run = ImportRun.objects.get()
    assert run.state == ImportRun.State.FAILED
    assert "第 700 行之后已损坏" in run.failure
    assert run.created == Case.objects.count() > 600


@pytest.mark.parametrize("content", ["", "当事人名称,行政处罚内容,文档标题\n"])
def test_an_empty_file_is_told_in_a_sentence(tmp_path: Path, cast: Cast, content: str) -> None:
    path = tmp_path / "empty.csv"
    path.write_text(content, encoding="utf-8")
    if not content:
        with pytest.raises(UnreadableError) as refusal:
            imported(path, cast)
        assert "空的" in refusal.value.sentence
        assert ImportRun.objects.get().state == ImportRun.State.FAILED
    else:
        result = imported(path, cast, decided_on_from="")
        assert (result.rows, result.notes) == (0, ["文件只有表头，没有一条处罚信息。"])


def test_who_may_not_import_is_told_who_could(tmp_path: Path, cast: Cast) -> None:
    with pytest.raises(Forbidden) as refusal:
        imported(listing_file(tmp_path / "a.csv", [listing_row(1)]), cast, actor=cast.legal)
    assert "经办人" in refusal.value.sentence
    assert not Case.objects.exists()
    assert ImportRun.objects.get().state == ImportRun.State.FAILED


def test_the_command_ends_with_one_json_object(tmp_path: Path, cast: Cast) -> None:
    output = StringIO()
    path = mixed(tmp_path / "a.csv")
    call_command("import_decisions", str(path), department="SCJGJ", decided_on_from=FROM, json=True, stdout=output)
    told = json.loads(output.getvalue().splitlines()[-1])
    assert {
        "rows",
        "created",
        "to_complete",
        "duplicate",
        "rejected",
        "rejected_by_reason",
        "layout",
        "errors_file",
    } <= set(told)
    assert told["created"] + told["to_complete"] + told["duplicate"] + told["rejected"] == told["rows"] == 8
    assert Path(told["errors_file"]).is_file()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"department": "XYZ"}, "没有代码为 XYZ 的部门"),
        ({"department": "SCJGJ", "decided_on_from": "公布日"}, "公布日"),
        ({"department": "SCJGJ", "layout": "official29"}, "双公示"),
        ({"department": "SCJGJ", "actor": "nobody"}, "nobody"),
    ],
)
def test_the_command_refuses_with_a_sentence(tmp_path: Path, cast: Cast, options: dict[str, str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("import_decisions", str(mixed(tmp_path / "a.csv")), **options)


def test_problems_are_kept_with_their_outcome(tmp_path: Path, cast: Cast) -> None:
    imported(mixed(tmp_path / "a.csv"), cast)
    assert Counter(ImportProblem.objects.values_list("outcome", flat=True)) == {
        Outcome.REJECTED.value: 3, Outcome.DUPLICATE.value: 1, Outcome.TO_COMPLETE.value: 2,
    }  # fmt: skip
