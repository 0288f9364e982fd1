"""The bank for tests, filled through the door like a real one."""

from __future__ import annotations

from personnel.examinations import bank, importing
from personnel.examinations.content import Add
from personnel.examinations.models import Question, QuestionFile
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
