"""The bank, examinations and sittings for tests, made through the door like real ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from personnel.examinations import answering, bank, importing, preparing, preparing_data, sittings
from personnel.examinations.content import Add
from personnel.examinations.models import Candidate, Examination, Question, QuestionFile, Sitting
from portal.accounts.models import User
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from tests.cast import Cast
from tests.examinations.files import bank_lines, content


def file(cast: Cast, *lines: str, subjects: tuple[str, ...] = (), name: str = "题库.txt") -> QuestionFile:
    """A file that Lu has sent in."""
    return importing.take_in(content(*lines), name=name, subjects=subjects, actor=cast.supervisor)[0]


def adopted(cast: Cast, *lines: str, subjects: tuple[str, ...] = (), name: str = "题库.txt") -> QuestionFile:
    """The same, adopted by Yan."""
    made = file(cast, *lines, subjects=subjects, name=name)
    return perform(made, bank.ADOPT, actor=cast.second_supervisor, data=Nothing()).subject  # type: ignore[no-any-return]


def filled(cast: Cast) -> list[Question]:
    """A bank of invented questions of three kinds."""
    adopted(cast, *bank_lines(), subjects=("行政处罚法",))
    return list(Question.objects.order_by("code"))


def case_question(cast: Cast, stem: str = "某局查处一家超市，请分析程序是否合法。（虚构）") -> Question:
    """A case question, put forward by Lu and agreed to by Yan."""
    given = Add(
        kind="case", stem=stem, reference="先告知、后决定；两名执法人员。", reason="补充案例题", subjects="案例"
    )
    change = perform(None, bank.ADD, actor=cast.supervisor, data=given).subject
    return perform(change, bank.ACCEPT, actor=cast.second_supervisor, data=Nothing()).subject.question  # type: ignore[no-any-return]


DAY = dt.date(2026, 11, 24)


def moment(hour: int, minute: int = 0, *, day: dt.date = DAY) -> dt.datetime:
    """A local moment."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def draft(
    cast: Cast, *, rows: tuple[tuple[str, int, str], ...] = (("single", 4, "2"), ("judge", 2, "1")), **more: Any
) -> Examination:
    """An examination with its blueprint: open from now for a week, an hour to answer, six of ten points to pass."""
    now = timezone.now()
    given: dict[str, Any] = {
        "purpose": "qualification", "title": "示例资格考试（虚构）", "opens_at": now, "closes_at": now + dt.timedelta(days=7),
        "minutes": 60, "points": "6", "attempts": 2, "wait_days": 3,
    } | more  # fmt: skip
    made = perform(None, preparing.PREPARE, actor=cast.supervisor, data=preparing_data.Prepare(**given)).subject
    for kind, count, points in rows:
        made = perform(
            made, preparing.ADD_ROW, actor=cast.supervisor, data=preparing_data.AddRow(kind, count, points)
        ).subject
    return made  # type: ignore[no-any-return]


def published(cast: Cast, **more: Any) -> Examination:
    """The same, announced to everybody it is about."""
    made = draft(cast, **more)
    return perform(made, preparing.PUBLISH, actor=cast.supervisor, data=preparing_data.Invite()).subject  # type: ignore[no-any-return]


def candidate(examination: Examination, user: User) -> Candidate:
    """The person's row in the list."""
    rows = Candidate.objects.select_related("officer", "examination", "department")
    return rows.get(examination=examination, officer__user=user)


def begun(examination: Examination, user: User) -> Sitting:
    """A sitting of the person."""
    return sittings.begin(candidate(examination, user), user=user)


def answer(sitting: Sitting, *, right: int) -> None:
    """Answer everything, the first so many rightly."""
    for place, item in enumerate(sitting.items.select_related("version__question").order_by("position")):
        wanted = set(item.version.answer)
        if place >= right:
            wanted = {next(letter for letter in item.order if letter not in wanted)}
        letters = ["ABCDEFGHIJ"[item.order.index(letter)] for letter in wanted]
        given = answering.Given(letters=letters, writer="test")
        assert answering.save(item, item.version.question.kind, given, now=timezone.now()).how == "saved"


def sat(examination: Examination, user: User, *, right: int) -> Sitting:
    """Begun, answered, handed in."""
    made = begun(examination, user)
    answer(made, right=right)
    return sittings.hand_in(made, user=user)
