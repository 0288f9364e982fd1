"""The bank: trial and adoption of files, versions of questions, the second pair of eyes, who may read it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from personnel.examinations import bank, importing
from personnel.examinations.content import Add, Revise, Why
from personnel.examinations.models import Bank, Change, Question, QuestionFile, QuestionVersion
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from tests.cast import Cast
from tests.examinations import scenes
from tests.examinations.files import BROKEN, GOOD, bank_lines, content

WORDS: dict[str, Any] = {"stem": "示例题干（虚构）", "reason": "法条修改"}
ASKED: tuple[tuple[str, dict[str, str], str], ...] = (
    # kind, what is filled in, the field that is told (empty: taken)
    ("single", {"options": "甲\n乙\n丙", "answer": "b"}, ""),
    ("single", {"options": "甲\n乙", "answer": "AB"}, "answer"),
    ("single", {"options": "甲\n乙", "answer": "C"}, "answer"),
    ("single", {"options": "甲", "answer": "A"}, "options"),
    ("single", {"options": "甲\n甲", "answer": "A"}, "options"),
    ("single", {"options": "\n".join("甲乙丙丁戊己庚辛壬癸子"), "answer": "A"}, "options"),
    ("multiple", {"options": "甲\n乙\n丙", "answer": "A C"}, ""),
    ("multiple", {"options": "甲\n乙\n丙", "answer": "A"}, "answer"),
    ("judge", {"answer": "错"}, ""),
    ("judge", {"answer": "也许"}, "answer"),
    ("judge", {"options": "对\n也许", "answer": "对"}, "options"),
    ("case", {"reference": "程序是否合法"}, ""),
    ("case", {}, "reference"),
    ("case", {"options": "甲\n乙", "reference": "要点"}, "options"),
    ("single", {"options": "甲\n乙", "answer": "A", "subjects": "一、二、三、四、五、六"}, "subjects"),
    ("single", {"options": "甲\n乙", "answer": "A", "reason": " "}, "reason"),
    ("other", {"options": "甲\n乙", "answer": "A"}, "kind"),
)


def proposed(cast: Cast, question: Question, action: Any, data: Any) -> Change:
    perform(question, action, actor=cast.supervisor, data=data)
    return Change.objects.get(question=question, state="proposed")


def test_a_file_is_only_read_until_another_supervisor_adopts_it(cast: Cast) -> None:
    file = scenes.file(cast, *GOOD, *BROKEN, subjects=("综合",))
    assert (file.lines, file.good, len(file.rows), len(file.problems), Question.objects.count()) == (12, 6, 6, 6, 0)
    with pytest.raises(Blocked) as refused:
        perform(file, bank.ADOPT, actor=cast.supervisor, data=Nothing())
    assert [one.gate for one in refused.value.unmet] == ["second_person"]
    made = perform(file, bank.ADOPT, actor=cast.second_supervisor, data=Nothing()).subject
    assert (made.created, Question.objects.count(), QuestionVersion.objects.count(), Bank.version()) == (6, 6, 6, 1)
    version = QuestionVersion.objects.get(question__code="4001")
    assert (version.answer, version.subjects, version.made_by) == (["A", "C"], ["综合"], cast.supervisor)


def test_the_same_questions_again_create_nothing_whatever_their_file_is_encoded_in(cast: Cast) -> None:
    scenes.adopted(cast, *GOOD)
    again, fresh = importing.take_in(content(*GOOD), name="再来.txt", subjects=(), actor=cast.supervisor)
    assert (fresh, again.state) == (False, "adopted")
    twin, fresh = importing.take_in(content(*GOOD, encoding="gbk"), name="GBK.txt", subjects=(), actor=cast.supervisor)
    assert (fresh, twin.good, twin.present, twin.rows) == (True, 6, 6, [])
    with pytest.raises(Blocked) as refused:
        perform(twin, bank.ADOPT, actor=cast.second_supervisor, data=Nothing())
    assert [one.gate for one in refused.value.unmet] == ["something_new"]
    assert (Question.objects.count(), Bank.version()) == (6, 1)


def test_another_wording_under_a_number_the_bank_holds_is_refused_and_the_bank_stays(cast: Cast) -> None:
    scenes.adopted(cast, *GOOD)
    file = scenes.file(cast, GOOD[0].replace("A.人民为中心", "A.人民至上"), "5555\t新题\t正确答案：A\tA．甲\tB．乙")
    assert [row["code"] for row in file.rows] == ["5555"]
    assert [(one["line"], one["code"]) for one in file.problems] == [(1, "3518")]
    assert "提出修改" in file.problems[0]["sentence"]


def test_two_files_with_the_same_question_adopted_one_after_the_other_make_one(cast: Cast) -> None:
    first = scenes.file(cast, *GOOD[:3])
    second = scenes.file(cast, *GOOD[2:])
    for file in (first, second):
        perform(file, bank.ADOPT, actor=cast.second_supervisor, data=Nothing())
    second.refresh_from_db()
    assert (second.created, second.present, Question.objects.count()) == (3, 1, 6)


@pytest.mark.parametrize(("kind", "given", "field"), ASKED)
def test_a_question_says_what_its_kind_asks_for(cast: Cast, kind: str, given: dict[str, str], field: str) -> None:
    data = Add(kind=kind, **(WORDS | given))
    if field:
        with pytest.raises(Invalid) as refused:
            perform(None, bank.ADD, actor=cast.supervisor, data=data)
        assert set(refused.value.fields) == {field}
    else:
        made = perform(None, bank.ADD, actor=cast.supervisor, data=data).subject
        assert (made.state, made.kind, Question.objects.count()) == ("proposed", kind, 0)


def test_a_change_is_a_new_version_once_a_second_person_has_agreed_and_the_old_one_stays(cast: Cast) -> None:
    scenes.adopted(cast, *GOOD)
    question = Question.objects.get(code="3518")
    before = question.now()
    given = Revise(stem="改过的题干", options="甲\n乙", answer="B", subjects="综合", reason="法条修改")
    change = proposed(cast, question, bank.REVISE, given)
    with pytest.raises(Blocked):
        perform(change, bank.ACCEPT, actor=cast.supervisor, data=Nothing())
    with pytest.raises(Blocked) as refused:
        perform(question, bank.WITHDRAW, actor=cast.second_supervisor, data=Why("不用了"))
    assert [one.gate for one in refused.value.unmet] == ["no_change_waiting"]
    perform(change, bank.ACCEPT, actor=cast.second_supervisor, data=Nothing())
    question.refresh_from_db()
    now = question.now()
    assert (question.version, now.since, now.stem, now.answer) == (2, 2, "改过的题干", ["B"])
    assert QuestionVersion.objects.get(pk=before.pk).stem == before.stem
    with pytest.raises(Invalid):  # nothing would change
        perform(question, bank.REVISE, actor=cast.supervisor, data=given)


def test_a_question_is_withdrawn_and_taken_back_as_versions_of_their_own(cast: Cast) -> None:
    scenes.adopted(cast, *GOOD)
    question = Question.objects.get(code="3518")
    for action, state in ((bank.WITHDRAW, "withdrawn"), (bank.RESTORE, "in_use")):
        change = proposed(cast, question, action, Why("法律废止"))
        perform(change, bank.ACCEPT, actor=cast.second_supervisor, data=Nothing())
        question.refresh_from_db()
        assert question.state == state
    assert list(question.versions.order_by("version").values_list("version", "since", "in_use")) == [
        (1, 1, True), (2, 2, False), (3, 3, True),
    ]  # fmt: skip


def test_a_change_that_is_not_taken_leaves_the_question_as_it_is(cast: Cast) -> None:
    scenes.adopted(cast, *GOOD)
    question = Question.objects.get(code="3518")
    change = proposed(cast, question, bank.WITHDRAW, Why("不用了"))
    perform(change, bank.REFUSE, actor=cast.second_supervisor, data=Why("仍然有效"))
    question.refresh_from_db()
    assert (question.state, question.version, question.changes.get().verdict) == ("in_use", 1, "仍然有效")


def test_versions_are_never_changed_not_even_by_the_owner_of_the_database(cast: Cast) -> None:
    scenes.adopted(cast, *GOOD)
    for statement in (
        "UPDATE examinations_questionversion SET answer = '{A}'",
        "DELETE FROM examinations_questionversion",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_nobody_outside_the_supervisors_reads_or_changes_the_bank(cast: Cast, sign_in: Any) -> None:
    scenes.adopted(cast, *GOOD)
    question, file = Question.objects.first(), QuestionFile.objects.get()
    assert question is not None
    for person in (cast.officer, cast.dept_admin, cast.bureau_admin, cast.counsel, cast.newcomer):
        browser = sign_in(person)
        for address in ("bank/", f"bank/questions/{question.pk}/", f"bank/files/{file.pk}/", "bank/changes/"):
            assert browser.get(f"/desk/examinations/{address}").status_code == 403
        with pytest.raises(Forbidden):
            perform(question, bank.WITHDRAW, actor=person, data=Why("不用了"))
        assert browser.get(f"/desk/do/{question.matter_id}/examinations.bank.revise/{question.pk}/").status_code in {
            403,
            404,
        }


def test_upload_trial_adoption_and_report_in_the_browser(cast: Cast, sign_in: Any) -> None:
    lu, yan = sign_in(cast.supervisor), sign_in(cast.second_supervisor)
    upload = SimpleUploadedFile("单选.txt", content(*GOOD, *BROKEN, encoding="gbk"))
    answer = lu.post("/desk/examinations/bank/files/new/", {"file": upload, "subjects": "综合"})
    file = QuestionFile.objects.get()
    assert answer["Location"] == f"/desk/examinations/bank/files/{file.pk}/"
    said = lu.get(answer["Location"]).content.decode()
    for words in ("题号 1392 被换行断成第 9–12 行", "提出的人不能自己复核"):
        assert words in said, words
    rows = lu.get(f"{answer['Location']}report.csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 7
    assert rows[1].startswith("7,1390,没有收,")
    assert yan.post(f"/desk/do/{file.pk}/examinations.bank.adopt/", {"form_token": "x"}).status_code == 302
    assert Question.objects.count() == 6
    listed = yan.get("/desk/examinations/bank/?q=放管服").content.decode()
    assert "3518" in listed
    assert "2903" not in listed


@pytest.mark.parametrize("bad", [b"PK\x03\x04\x00\x00\x00", b"\r\n", b"\xff\xfe\xff\xff"])
def test_a_file_that_is_no_text_gets_a_sentence(cast: Cast, sign_in: Any, bad: bytes) -> None:
    answer = sign_in(cast.supervisor).post(
        "/desk/examinations/bank/files/new/", {"file": SimpleUploadedFile("题.txt", bad), "subjects": ""}
    )
    assert (answer.status_code, QuestionFile.objects.count()) == (422, 0)


def test_the_form_of_keeping_a_file_leads_nowhere_without_a_file(cast: Cast, sign_in: Any) -> None:
    answer = sign_in(cast.supervisor).post("/desk/new/examinations.bank.keep_file/", {"form_token": "x"})
    assert (answer.status_code, QuestionFile.objects.count()) == (422, 0)


def command(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("import_questions", *arguments, "--json", stdout=out)
    told: dict[str, Any] = json.loads(out.getvalue().splitlines()[-1])
    return told


def counts(told: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(told[name] for name in ("lines", "good", "new", "present", "created", "state"))


def test_the_command_tries_waits_and_adopts(cast: Cast, tmp_path: Path) -> None:
    file, errors = tmp_path / "题.txt", tmp_path / "报告.csv"
    file.write_bytes(content(*bank_lines(), *BROKEN))
    assert counts(command(str(file), "--errors", str(errors))) == (32, 26, 26, 0, 0, "trial")
    assert len(errors.read_text(encoding="utf-8-sig").splitlines()) == 7
    assert command(str(file), "--actor", cast.supervisor.username)["state"] == "read"
    both = ("--actor", cast.supervisor.username, "--approver", cast.second_supervisor.username)
    assert counts(command(str(file), *both)) == (32, 26, 26, 0, 26, "adopted")
    assert counts(command(str(file), *both)) == (32, 26, 0, 26, 0, "adopted")
    assert Question.objects.count() == 26
    other = tmp_path / "另一份.txt"
    other.write_bytes(content(GOOD[0]))
    for wrong in (("--approver", "yan"), ("--actor", "nobody"), ("--actor", cast.officer.username)):
        with pytest.raises(CommandError):
            command(str(other), *wrong)


def test_the_list_of_questions_costs_the_same_for_many(
    cast: Cast, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in(cast.supervisor)
    scenes.adopted(cast, *bank_lines(30, 10, 10))
    with django_assert_max_num_queries(16):
        browser.get("/desk/examinations/bank/")
