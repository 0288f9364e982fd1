"""Who may open the pages of examinations: the bank is the supervisors' alone, a sitting the person's own."""

from __future__ import annotations

from typing import Any

from personnel.examinations import bank, preparing, sittings
from personnel.examinations.content import Why
from personnel.examinations.models import Answer, Change, QuestionFile, Script
from personnel.examinations.preparing_data import Invite
from personnel.models import Officer
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.workflow.door import perform
from tests.access.matrix import SIGN_IN, Access, Expected, World, belongs, is_of, page, roles, signed_in
from tests.access.personnel import person
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
    return QuestionFile.objects.get()


def nothing(_world: World, person: User | None) -> int:
    """What does not exist: nobody but the bureau is told even that."""
    if person is None:
        return 302
    return 404 if person.sees_everything else 403


def supervised(path: str, thing: Any) -> Access:
    """A thing of the bank: there is one bank, so a foreign one is one that does not exist."""
    return Access(
        lambda world: path.format(thing(world).pk),
        BUREAU,
        also=(Access(lambda _world: path.format(999_999_999), nothing),),
    )


def script(world: World) -> Any:
    """An answer to a case question, without a reader yet."""

    def make() -> Any:
        item = sitting("market")(world).items.first()
        Answer.objects.create(item=item, text="示例答案", writer="w")
        return Script.objects.create(matter_id=exam("market")(world).pk, item=item, code="0123456789")

    return world.once("exam:script", make)


CHIEFS = (Role.HEAD, Role.DEPUTY, Role.DEPT_ADMIN)


def exam(department: str) -> Any:
    """An examination to which only people of one department are asked."""

    def thing(world: World) -> Any:
        def make() -> Any:
            question(world)
            person(department)(world)
            made = scenes.draft(world.cast)
            only = Invite((getattr(world.cast, department).pk,))
            return perform(made, preparing.PUBLISH, actor=world.cast.supervisor, data=only).subject

        return world.once(f"exam:{department}", make)

    return thing


def sitting(department: str) -> Any:
    """A sitting of somebody without an account: nobody's own here."""

    def thing(world: World) -> Any:
        def make() -> Any:
            found = exam(department)(world)
            candidate = found.candidates.get()
            user = getattr(world.cast, {"market": "newcomer", "city": "foreign_head"}[department])
            Officer.objects.filter(pk=candidate.officer_id).update(user=user)
            candidate.refresh_from_db()
            made = sittings.begin(scenes.candidate(found, user), user=user)
            Officer.objects.filter(pk=candidate.officer_id).update(user=None)
            return made

        return world.once(f"sitting:{department}", make)

    return thing


def both(path: str, thing: Any, expected: Any, **more: Any) -> Access:
    """The address of an own and of a foreign thing."""
    return Access(
        lambda world: path.format(thing("market")(world).pk),
        expected("market"),
        also=(Access(lambda world: path.format(thing("city")(world).pk), expected("city"), **more),),
        **more,
    )


def chiefs(department: str) -> Expected:
    """The result: heads and administrators of the department, and the bureau."""
    return belongs(department, *CHIEFS, bureau=200)


def nobodys(department: str) -> Expected:
    """What only the person himself does, and he is not here: seen, it is refused; unseen, it is not there."""

    def answer(world: World, user: User | None) -> int:
        if user is None:
            return SIGN_IN
        return 403 if user.sees_everything or is_of(user, getattr(world.cast, department)) else 404

    return answer


def unasked(_department: str) -> Expected:
    """To begin one must have been asked: nobody here was."""
    return lambda _world, user: 401 if user is None else 404


def posted(department: str) -> Expected:
    """As above, for what is sent: strangers are asked to sign in with what they sent kept."""
    seen = nobodys(department)
    return lambda world, user: 401 if user is None else seen(world, user)


ENTRIES = {
    "examinations:scripts": Access(page("/desk/examinations/marking/"), BUREAU),
    "examinations:script": Access(
        lambda world: f"/desk/examinations/marking/{script(world).code}/",
        BUREAU,
        also=(Access(page("/desk/examinations/marking/none/"), nothing),),
    ),
    "examinations:statistics": Access(page("/desk/examinations/statistics/"), BUREAU),
    "examinations:settings": Access(page("/desk/examinations/settings/"), roles(Role.SUPERVISION_HEAD)),
    "examinations:exams": Access(page("/desk/examinations/"), signed_in()),
    "examinations:exam": both("/desk/examinations/{}/", exam, belongs),
    "examinations:begin": both("/desk/examinations/{}/begin/", exam, unasked, data={}),
    "examinations:candidates": both("/desk/examinations/{}/candidates/", exam, chiefs),
    "examinations:sitting": both("/desk/examinations/sittings/{}/", sitting, chiefs),
    "examinations:answer": both("/desk/examinations/sittings/{}/answers/1/", sitting, posted, data={"q-1": "A"}),
    "examinations:clock": both("/desk/examinations/sittings/{}/clock/", sitting, nobodys),
    "examinations:hand-in": both("/desk/examinations/sittings/{}/hand-in/", sitting, nobodys),
    "examinations:bank": Access(page("/desk/examinations/bank/"), BUREAU),
    "examinations:question": supervised("/desk/examinations/bank/questions/{}/", question),
    "examinations:changes": Access(page("/desk/examinations/bank/changes/"), BUREAU),
    "examinations:change": supervised("/desk/examinations/bank/changes/{}/", change),
    "examinations:files": Access(page("/desk/examinations/bank/files/"), BUREAU),
    "examinations:file-new": Access(page("/desk/examinations/bank/files/new/"), BUREAU),
    "examinations:file": supervised("/desk/examinations/bank/files/{}/", file),
    "examinations:file-report": supervised("/desk/examinations/bank/files/{}/report.csv", file),
}
