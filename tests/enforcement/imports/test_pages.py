"""The import in the browser: upload, check, preview, confirm, progress, result, error file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from enforcement.imports import jobs
from enforcement.imports.models import ImportProblem, ImportRun
from enforcement.models import Case
from portal.inbox.models import Notice
from portal.outbox.models import OutboxRow
from tests.cast import Cast
from tests.enforcement.imports.files import LISTING, csv_text, listing_row

S = ImportRun.State
FROM = "发布日期"


def content(*rows: list[str]) -> bytes:
    return csv_text([LISTING, *rows]).encode("gb18030")


def send(browser: Client, cast: Cast, data: bytes, name: str = "某系统导出.csv", **more: Any) -> Any:
    form = {"department": cast.market.pk, "file": SimpleUploadedFile(name, data), "decided_on_from": FROM} | more
    return browser.post("/desk/imports/new/", form)


def uploaded(browser: Client, cast: Cast, data: bytes, **more: Any) -> ImportRun:
    answer = send(browser, cast, data, **more)
    assert answer.status_code == 302, answer.content.decode()
    return ImportRun.objects.get(pk=int(answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1]))


def test_a_file_is_checked_previewed_confirmed_and_imported(cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.officer)
    run = uploaded(browser, cast, content(listing_row(1), listing_row(2, 作出决定机关=""), listing_row(1)))
    assert run.state == S.UPLOADED
    assert OutboxRow.objects.filter(topic="enforcement.import", payload={"run": run.pk}).count() == 1
    assert "检查" in browser.get(f"/desk/imports/{run.pk}/").content.decode()

    jobs.work(run.pk)
    run.refresh_from_db()
    assert (run.state, run.expected, Case.objects.count()) == (S.CHECKED, 3, 0)
    page = browser.get(f"/desk/imports/{run.pk}/").content.decode()
    for words in (
        "示例第1保险股份有限公司",
        "示金罚决字〔2026〕1号",
        "50,000.00",
        "决定日期取自“发布日期”一栏",
        "归集 2 件",
        "处罚机关",
    ):
        assert words in page, words

    assert browser.post(f"/desk/imports/{run.pk}/confirm/").status_code == 302
    jobs.work(run.pk)
    run.refresh_from_db()
    assert (run.state, run.created, run.to_complete, run.duplicate, run.rejected) == (S.FINISHED, 1, 1, 1, 0)
    assert Case.objects.count() == 2
    result = browser.get(f"/desk/imports/{run.pk}/", follow=True).content.decode()
    assert "还缺：处罚机关" in result
    assert "重复" in result
    errors = browser.get(f"/desk/imports/{run.pk}/errors.csv")
    assert errors.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(errors.streaming_content).startswith(b"\xef\xbb\xbf")
    assert ["请确认" in Notice.objects.earliest("pk").text, "新增 1" in Notice.objects.latest("pk").text] == [
        True,
        True,
    ]


def test_the_upload_is_deleted_when_it_has_served_its_purpose(cast: Cast, sign_in: Any) -> None:
    run = uploaded(sign_in(cast.officer), cast, content(listing_row(1)))
    path = Path(run.file.path)
    assert path.is_file()
    jobs.work(run.pk)
    assert jobs.confirm(run, actor=cast.officer)
    jobs.work(run.pk)
    run.refresh_from_db()
    assert not path.exists()
    assert (run.file.name, len(run.sha256)) == ("", 64)


def test_a_discarded_file_is_deleted_and_imports_nothing(cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.officer)
    run = uploaded(browser, cast, content(listing_row(1)))
    path = Path(run.file.path)
    jobs.work(run.pk)
    browser.post(f"/desk/imports/{run.pk}/discard/")
    assert not path.exists()
    assert "没有归集" in browser.get(f"/desk/imports/{run.pk}/", follow=True).content.decode()
    assert not Case.objects.exists()


def test_pressing_confirm_twice_runs_once(cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.officer)
    run = uploaded(browser, cast, content(listing_row(1)))
    jobs.work(run.pk)
    browser.post(f"/desk/imports/{run.pk}/confirm/")
    again = browser.post(f"/desk/imports/{run.pk}/confirm/", follow=True).content.decode()
    assert "这一步没有再办" in again
    assert OutboxRow.objects.filter(topic="enforcement.import", key=f"{run.key}:run").count() == 1


def test_a_worker_that_is_told_twice_imports_once(cast: Cast, sign_in: Any) -> None:
    run = uploaded(sign_in(cast.officer), cast, content(listing_row(1)))
    jobs.work(run.pk)
    jobs.work(run.pk)
    jobs.confirm(run, actor=cast.officer)
    jobs.work(run.pk)
    jobs.work(run.pk)
    run.refresh_from_db()
    assert (run.created, Case.objects.count()) == (1, 1)


def test_a_run_whose_worker_has_gone_silent_can_be_gone_on_with(cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.officer)
    run = uploaded(browser, cast, content(listing_row(1)))
    jobs.work(run.pk)
    long_ago = timezone.now() - dt.timedelta(minutes=5)
    ImportRun.objects.filter(pk=run.pk).update(state=S.RUNNING, alive_at=long_ago)
    assert "从断处继续" in browser.get(f"/desk/imports/{run.pk}/").content.decode()
    browser.post(f"/desk/imports/{run.pk}/resume/")
    jobs.work(run.pk)
    run.refresh_from_db()
    assert (run.state, run.created) == (S.FINISHED, 1)


def test_a_busy_run_cannot_be_started_again(cast: Cast, sign_in: Any) -> None:
    run = uploaded(sign_in(cast.officer), cast, content(listing_row(1)))
    assert not jobs.resume(run)
    ImportRun.objects.filter(pk=run.pk).update(state=S.RUNNING, alive_at=timezone.now())
    jobs.work(run.pk)
    run.refresh_from_db()
    assert (run.state, Case.objects.count()) == (S.RUNNING, 0)


def test_progress_is_asked_for_without_the_page_and_leads_to_the_result(cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.officer)
    run = uploaded(browser, cast, content(listing_row(1)))
    ImportRun.objects.filter(pk=run.pk).update(state=S.CHECKING, expected=1500)
    card = browser.get(f"/desk/imports/{run.pk}/progress/", headers={"HX-Request": "true"}).content.decode()
    assert "1,500" in card
    assert "<html" not in card
    ImportRun.objects.filter(pk=run.pk).update(state=S.FINISHED)
    over = browser.get(f"/desk/imports/{run.pk}/progress/", headers={"HX-Request": "true"})
    assert over.headers["HX-Redirect"] == f"/desk/imports/{run.pk}/"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 ...", "这是 PDF 文件"),
        ("甲,乙\n1,2\n".encode(), "没有认出任何列名"),
        ("当事人名称,行政处罚内容\n甲,罚款\n".encode(), "还缺：文档标题"),
        (bytes(range(256)) * 20, "二进制文件"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(cast: Cast, sign_in: Any, data: bytes, words: str) -> None:
    browser = sign_in(cast.officer)
    run = uploaded(browser, cast, data)
    jobs.work(run.pk)
    assert words in browser.get(f"/desk/imports/{run.pk}/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("data", "more", "words"),
    [(b"", {}, "空"), (b"a", {"layout": "nonsense"}, "nonsense"), (b"a", {"department": ""}, "部门")],
)
def test_a_wrong_form_comes_back_with_its_errors(
    cast: Cast, sign_in: Any, data: bytes, more: dict[str, Any], words: str
) -> None:
    answer = send(sign_in(cast.officer), cast, data, **more)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_an_officer_cannot_import_for_another_department(cast: Cast, sign_in: Any) -> None:
    assert send(sign_in(cast.officer), cast, content(listing_row(1)), department=cast.city.pk).status_code == 422
    assert not ImportRun.objects.exists()


def test_the_bureau_imports_for_any_department(cast: Cast, sign_in: Any) -> None:
    run = uploaded(sign_in(cast.supervisor), cast, content(listing_row(1)), department=cast.city.pk)
    jobs.work(run.pk)
    jobs.confirm(run, actor=cast.supervisor)
    jobs.work(run.pk)
    assert Case.objects.get().department == cast.city


def test_problems_are_paged_by_key_and_filtered_by_outcome(cast: Cast, sign_in: Any) -> None:
    run = ImportRun.objects.create(
        department=cast.market, file_name="a.csv", size=1, sha256="0" * 64, state=S.FINISHED, rows=120, rejected=120
    )
    ImportProblem.objects.bulk_create(
        ImportProblem(
            run=run,
            outcome="rejected",
            line=number,
            column="金额",
            value="若干",
            code="amount",
            sentence=f"第{number}句。",
        )
        for number in range(1, 121)
    )
    browser = sign_in(cast.officer)
    first = browser.get(f"/desk/imports/{run.pk}/result/")
    assert "第50句。" in first.content.decode()
    assert "第51句。" not in first.content.decode()
    second = browser.get(first.context["pager"].older_url).content.decode()
    assert "第51句。" in second
    none = browser.get(f"/desk/imports/{run.pk}/result/?outcome=duplicate").content.decode()
    assert "第1句。" not in none


def test_the_list_of_runs_needs_no_more_queries_for_more_runs(
    cast: Cast, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in(cast.officer)
    for many in (5, 20):
        ImportRun.objects.bulk_create(
            ImportRun(department=cast.market, actor=cast.officer, file_name="a.csv", size=1, sha256="0" * 64)
            for _run in range(many)
        )
        with django_assert_max_num_queries(12):
            assert browser.get("/desk/imports/").status_code == 200


def test_what_is_missing_is_completed_from_the_case_page(cast: Cast, sign_in: Any) -> None:
    browser = sign_in(cast.officer)
    run = uploaded(browser, cast, content(listing_row(1, 文档标题="示例监管分局行政处罚信息公示列表")))
    jobs.work(run.pk)
    jobs.confirm(run, actor=cast.officer)
    jobs.work(run.pk)
    case = Case.objects.get()
    address = f"/desk/do/{case.pk}/enforcement.case.complete_imported/"
    page = browser.get(f"/desk/cases/{case.pk}/").content.decode()
    for words in (address, "还缺行政处罚决定书文号", "某系统导出.csv", "第 2 行", "示例监管分局行政处罚信息公示列表"):
        assert words in page, words
    form = browser.get(address)
    assert "行政处罚决定书文号" in form.content.decode()
    token = form.context["form"].initial.get("form_token") or form.context["form"]["form_token"].value()
    wrong = browser.post(address, {"form_token": token, "number": "没有数字"})
    assert wrong.status_code == 422
    assert "这不是文号" in wrong.content.decode()
    answer = browser.post(address, {"form_token": token, "number": "示市监罚[2026] 第 7 号"})
    assert answer.status_code == 302, answer.content.decode()
    case.refresh_from_db()
    assert (case.to_complete, case.decisions.get().number) == ([], "示市监罚〔2026〕7号")
