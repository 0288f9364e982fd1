"""Who may open the pages of examinations: the bank is the supervisors' alone."""

from __future__ import annotations

from typing import Any

from personnel.examinations import bank
from personnel.examinations.content import Why
from personnel.examinations.models import Change
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.workflow.door import perform
from tests.access.matrix import Access, World, page, roles
from tests.examinations import scenes

BUREAU = roles(Role.SUPERVISOR, Role.SUPERVISION_HEAD)


def question(world: World) -> Any:
    """One of the bank."""
    return world.once("exam:questions", lambda: scenes.filled(world.cast))[0]


def change(world: World) -> Any:
    """One that waits."""

    def make() -> Any:
        perform(question(world), bank.WITHDRAW, actor=world.cast.supervisor, data=Why("不用了"))
        return Change.objects.get()

    return world.once("exam:change", make)


def file(world: World) -> Any:
    """The file the questions came from."""
    question(world)
    from personnel.examinations.models import QuestionFile

    return QuestionFile.objects.get()


def supervised(path: str, thing: Any) -> Access:
    """A thing of the bank: there is one bank, so a foreign one is one that does not exist."""

    def nothing(_world: World, person: User | None) -> int:
        if person is None:
            return 302
        return 404 if person.sees_everything else 403

    return Access(
        lambda world: path.format(thing(world).pk),
        BUREAU,
        also=(Access(lambda _world: path.format(999_999_999), nothing),),
    )


ENTRIES = {
    "examinations:bank": Access(page("/desk/examinations/bank/"), BUREAU),
    "examinations:question": supervised("/desk/examinations/bank/questions/{}/", question),
    "examinations:changes": Access(page("/desk/examinations/bank/changes/"), BUREAU),
    "examinations:change": supervised("/desk/examinations/bank/changes/{}/", change),
    "examinations:files": Access(page("/desk/examinations/bank/files/"), BUREAU),
    "examinations:file-new": Access(page("/desk/examinations/bank/files/new/"), BUREAU),
    "examinations:file": supervised("/desk/examinations/bank/files/{}/", file),
    "examinations:file-report": supervised("/desk/examinations/bank/files/{}/report.csv", file),
}
