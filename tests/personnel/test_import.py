"""Lists of officers: good rows go in, bad ones are explained, and nothing goes in twice."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from personnel.imports.layout import HEADERS, Field
from personnel.imports.service import carry_out, examine, start
from personnel.models import Certificate, Officer, OfficerImport, Posting
from personnel.qualification import certified_officers
from personnel.staff import save_officer
from portal import outbox
from portal.inbox.models import Notice
from portal.ledger.models import Event
from portal.ledger.verification import verify
from portal.tabular.tables import UnreadableError
from tests.cast import Cast
from tests.personnel import lists
from tests.personnel.scenes import certificate, officer


def imported(cast: Cast, content: bytes, name: str = "名册.csv") -> Any:
    return carry_out(start(content, name=name, department=cast.market, actor=cast.dept_admin))


def test_of_a_thousand_with_thirty_bad_rows_970_go_in_and_30_are_explained(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate(officer(cast.market, "己示例", identity=lists.identity(2000)), number="已登记一号")
    officer(cast.city, "庚示例", identity=lists.identity(2001))
    rows, expected = lists.thousand()
    assert len(rows) == 1000
    assert len(expected) == 30
    file, errors = tmp_path / "名册.csv", tmp_path / "errors.csv"
    file.write_bytes(lists.as_csv(rows, "gb18030"))
    before = Officer.objects.count(), Certificate.objects.count(), Posting.objects.count()
    call_command("import_officers", file, department=cast.market.code, dry_run=True, json=True)
    dry = json.loads(capsys.readouterr().out)
    assert (dry["created"], dry["rejected"]) == (970, 30)
    assert (Officer.objects.count(), Certificate.objects.count(), Posting.objects.count()) == before

    begun = time.monotonic()
    call_command("import_officers", file, department=cast.market.code, json=True, errors=errors)
    seconds = time.monotonic() - begun
    told = json.loads(capsys.readouterr().out)
    assert seconds < 60
    assert (told["rows"], told["created"], told["rejected"], told["certificates"]) == (1000, 970, 30, 970)
    assert Officer.objects.count() - before[0] == 970
    assert Certificate.objects.count() - before[1] == 970
    assert Posting.objects.count() - before[2] == 970
    assert {one["line"]: (one["code"], one["column"]) for one in told["problems"]} == {
        line: lists.labels(reason) for line, reason in expected.items()
    }
    assert all(one["sentence"] for one in told["problems"])
    listed = list(csv.DictReader(io.StringIO(errors.read_text("utf-8-sig"))))
    assert {int(one["行号"]) for one in listed} == set(expected)
    assert lists.identity(1) not in errors.read_text("utf-8-sig")
    assert certified_officers(cast.market, timezone.localdate(), "市场监管").count() == 970 + 1
    assert Officer.objects.filter(legal_qualified=True).exclude(legal_number="").count() == sum(
        1 for place, row in enumerate(rows) if row[Field.LEGAL_NUMBER] and place + 2 not in expected
    )
    assert list(verify()) == []

    call_command("import_officers", file, department=cast.market.code, json=True)
    again = json.loads(capsys.readouterr().out)
    assert (again["created"], again["certified"], again["present"], again["rejected"]) == (0, 0, 970, 30)
    assert Officer.objects.count() - before[0] == 970
    assert Certificate.objects.count() - before[1] == 970


@pytest.mark.parametrize("made", [lists.as_csv, lambda rows: lists.as_csv(rows, "gb18030"), lists.as_xlsx])
def test_utf8_gb18030_and_workbooks_say_the_same(cast: Cast, made: Callable[[Any], bytes]) -> None:
    checked = imported(cast, made([lists.row(1), lists.row(2)]))
    assert (checked.rows, len(checked.created), checked.rejected) == (2, 2, 0)
    person = Officer.objects.with_identity(lists.identity(1)).get()
    held = person.certificates.get()
    assert (person.gender, person.postings.get().begun_on.isoformat()) == ("male", "2020-03-02")
    assert (held.number, held.valid_to.isoformat(), held.fields) == ("示00000001", "2028-12-31", ["市场监管"])


def test_headers_are_recognised_by_name_in_any_order(cast: Cast) -> None:
    text = f"证号,备注,身份证号,姓 名\r\n,无,{lists.identity(7)},张示例\r\n"
    checked = imported(cast, text.encode())
    assert (len(checked.created), checked.certificates) == (1, 0)
    assert checked.notes == ["没有用到的列：备注。"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("姓名,手机\n甲,1\n", "公民身份号码"), ("甲,乙\n1,2\n", "姓名"), ("", "空的"), ("%PDF-1.7", "PDF")],
)
def test_a_file_that_is_no_list_is_refused_with_what_it_lacks(cast: Cast, text: str, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        examine(text.encode(), cast.market)


def test_every_error_of_a_row_is_told_and_numbers_are_masked(cast: Cast) -> None:
    bad = lists.row(1, name="", identity="650299199001010000", fields="市场", valid_from="x")
    checked = examine(lists.as_csv([bad]), cast.market)
    assert [one.code for one in checked.problems] == ["missing", "identity", "field", "date"]
    assert {one.line for one in checked.problems} == {2}
    assert checked.problems[1].value == "6502**********0000"
    assert "第 18 位与前 17 位不符" in checked.problems[1].sentence
    assert "是否为“市场监管”" in checked.problems[2].sentence


def test_a_number_that_the_spreadsheet_has_rounded_is_recognised(cast: Cast) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([HEADERS[Field.NAME][0], HEADERS[Field.IDENTITY][0]])
    sheet.append(["甲示例", 650299199001010000])
    out = io.BytesIO()
    book.save(out)
    checked = examine(out.getvalue(), cast.market)
    assert "存成了数值" in checked.problems[0].sentence


def test_a_certificate_is_added_to_an_officer_who_is_registered(cast: Cast) -> None:
    person = officer(cast.market, lists.row(1)[Field.NAME], identity=lists.identity(1))
    checked = imported(cast, lists.as_csv([lists.row(1)]))
    assert (len(checked.created), len(checked.certified)) == (0, 1)
    assert person.certificates.get().number == "示00000001"
    changed = examine(lists.as_csv([lists.row(1, valid_to="2029-12-31")]), cast.market)
    assert changed.problems[0].code == "certificate_differs"
    renamed = examine(lists.as_csv([lists.row(1, name="别名示例")]), cast.market)
    assert renamed.problems[0].code == "name_differs"


def test_who_has_left_is_not_brought_back_by_a_list(cast: Cast) -> None:
    person = officer(cast.market, lists.row(1)[Field.NAME], identity=lists.identity(1), active=False)
    checked = examine(lists.as_csv([lists.row(1)]), cast.market)
    assert (checked.problems[0].code, checked.rejected) == ("left", 1)
    assert not person.active


def test_the_record_says_who_imported_and_from_which_line(cast: Cast) -> None:
    imported(cast, lists.as_csv([lists.row(1)]), "二〇二六年名册.csv")
    person = Officer.objects.with_identity(lists.identity(1)).get()
    last = person.history.latest()
    assert (last.history_user, last.history_change_reason) == (cast.dept_admin, "导入 二〇二六年名册.csv")
    assert person.postings.get().history.latest().history_user == cast.dept_admin
    event = Event.objects.get(matter=person.certificates.get().matter)
    assert (event.name, event.actor) == ("certificate.register_imported", cast.dept_admin)
    assert '"line":2' in event.canonical


def test_the_kept_file_is_encrypted_and_dropped_when_done(cast: Cast) -> None:
    content = lists.as_csv([lists.row(1)])
    run = start(content, name="a.csv", department=cast.market, actor=cast.dept_admin)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content, problems FROM personnel_officerimport WHERE id = %s", [run.pk])
        stored = bytes(cursor.fetchone()[0])
    assert lists.identity(1).encode() not in stored
    carry_out(run)
    run.refresh_from_db()
    assert (bytes(run.content), run.state) == (b"", "finished")


def test_somebody_registered_between_check_and_confirmation_is_left_alone(cast: Cast) -> None:
    run = start(lists.as_csv([lists.row(1), lists.row(2)]), name="a.csv", department=cast.market, actor=cast.dept_admin)
    assert run.created == 2
    save_officer(
        Officer(name=lists.row(1)[Field.NAME], identity=lists.identity(1)),
        department=cast.market,
        actor=cast.dept_admin,
    )
    checked = carry_out(run)
    assert (len(checked.created), len(checked.certified)) == (1, 1)


def test_from_upload_to_result_in_the_browser(cast: Cast, sign_in: Callable[..., Any]) -> None:
    browser = sign_in(cast.dept_admin)
    refused = browser.post(
        reverse("personnel:import-new"),
        {"department": cast.market.pk, "file": SimpleUploadedFile("a.csv", "姓名\n甲\n".encode())},
    )
    assert refused.status_code == 422
    assert "公民身份号码" in refused.content.decode()
    rows = [lists.row(1), lists.row(2, fields="市场监督")]
    answer = browser.post(
        reverse("personnel:import-new"),
        {"department": cast.market.pk, "file": SimpleUploadedFile("名册.csv", lists.as_csv(rows))},
    )
    run = OfficerImport.objects.get()
    assert answer.url == reverse("personnel:import", args=[run.pk])
    page = browser.get(answer.url).content.decode()
    assert "导入 1 行" in page
    assert "“市场监督”不在执法领域目录之内" in page
    assert not Officer.objects.with_identity(lists.identity(1)).exists()
    browser.post(reverse("personnel:import-confirm", args=[run.pk]))
    assert "排队中" in browser.get(answer.url).content.decode()
    outbox.drain()
    assert Officer.objects.with_identity(lists.identity(1)).exists()
    assert "已完成" in browser.get(answer.url).content.decode()
    assert Notice.objects.get(user=cast.dept_admin, kind="personnel.import").text.startswith(
        "“名册.csv”导入完成：新登记 1"
    )
    errors = browser.get(reverse("personnel:import-errors", args=[run.pk])).content.decode("utf-8-sig")
    assert "市场监督" in errors
    again = browser.post(reverse("personnel:import-confirm", args=[run.pk]), follow=True)
    assert "这一步没有再办" in again.content.decode()


def test_a_discarded_list_registers_nobody(cast: Cast, sign_in: Callable[..., Any]) -> None:
    run = start(lists.as_csv([lists.row(1)]), name="a.csv", department=cast.market, actor=cast.dept_admin)
    sign_in(cast.dept_admin).post(reverse("personnel:import-discard", args=[run.pk]))
    run.refresh_from_db()
    assert (run.state, bytes(run.content)) == ("discarded", b"")
    outbox.drain()
    assert not Officer.objects.with_identity(lists.identity(1)).exists()


def test_only_for_ones_own_department(cast: Cast, sign_in: Callable[..., Any]) -> None:
    file = SimpleUploadedFile("a.csv", lists.as_csv([lists.row(1)]))
    refused = sign_in(cast.dept_admin).post(reverse("personnel:import-new"), {"department": cast.city.pk, "file": file})
    assert refused.status_code == 422
    assert not OfficerImport.objects.exists()


def test_the_command_says_what_is_wrong_with_how_it_was_called(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    with pytest.raises(CommandError, match="没有这个文件"):
        call_command("import_officers", file, department=cast.market.code)
    file.write_text("甲,乙\n1,2\n", "utf-8")
    with pytest.raises(CommandError, match="没有代码为"):
        call_command("import_officers", file, department="XX")
    with pytest.raises(CommandError, match="没有认出表头"):
        call_command("import_officers", file, department=cast.market.code)
