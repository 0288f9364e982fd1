"""Who may open the pages of legal review: the own department, its invited reviewer, the bureau; never another one."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from enforcement.review.models import Round
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.access.matrix import SIGN_IN, Access, Expected, World, page, roles
from tests.case_scenes import investigated

BUREAU = (Role.SUPERVISOR, Role.SUPERVISION_HEAD)
USERS = (*BUREAU, Role.LEGAL, Role.COUNSEL, Role.OFFICER, Role.HEAD, Role.DEPUTY)
CHIEFS = (Role.HEAD, Role.DEPUTY, Role.SUPERVISION_HEAD)
OUTCOME = {
    "kinds": ["warning"], "fine": "", "confiscation": "", "licence": "", "content": "警告", "facts": "示例（虚构）",
    "violated": "示例", "basis": "示例",
}  # fmt: skip


def waiting(department: str) -> Any:
    """A round that waits for Wang's opinion; the city management's waits for nobody yet."""

    def made(world: World) -> Round:
        def make() -> Round:
            own = department == "market"
            reviewer = world.cast.legal if own else None
            return Round.objects.create(
                act_id=(investigated(world.cast) if own else world.foreign_case).pk,
                place=1, outcome=OUTCOME, digest="0" * 64, submitted_on=timezone.localdate(),
                reviewer=reviewer, qualified="exam" if own else "",
            )  # fmt: skip

        return world.once(f"round:{department}", make)

    return made


def seen(department: str, answer: Any, anonymous: int = SIGN_IN) -> Expected:
    """404 for whoever is neither of the department nor of the bureau; else what the page answers."""

    def expected(world: World, who: User | None) -> int:
        if who is None:
            return anonymous
        if not who.sees_everything and who.home_id != getattr(world.cast, department).pk:
            return 404
        found: int = answer(who)
        return found

    return expected


def opening(department: str) -> Expected:
    """The eight points: for the reviewer; the foreign case is not as far yet."""
    own = department == "market"
    return seen(department, lambda who: (200 if who.has_role(Role.LEGAL) else 403) if own else 409)


def read(department: str) -> Expected:
    """The page of a round: for those who have to do with reviews."""
    inner = seen(department, lambda _who: 200)
    return lambda world, who: 403 if who is not None and not who.has_role(*USERS) else inner(world, who)


def of(department: str, path: str, expected: Expected, **more: Any) -> Access:
    """An address of a department's round."""
    return Access(lambda world: f"/desk/review/{waiting(department)(world).pk}/{path}", expected, **more)


def both(path: str, expected: Any, **more: Any) -> Access:
    """The address of an own and of a foreign round."""
    own = of("market", path, expected("market"), **more)
    return Access(own.url, own.expected, own.data, also=(of("city", path, expected("city"), **more),))


ENTRIES = {
    "review:queue": Access(page("/desk/review/"), roles(*USERS)),
    "review:round": both("", read),
    "review:opine": both("opine/", opening),
    "review:autosave": both("opine/autosave/", lambda where: seen(where, lambda _who: 200, anonymous=401), data={}),
    "review:board": Access(page("/desk/review/board/"), roles(*BUREAU, Role.HEAD, Role.DEPUTY, Role.LEGAL)),
    "review:reviewers": Access(page("/desk/review/reviewers/"), roles(*CHIEFS)),
    "review:settings": Access(page("/desk/review/settings/"), roles(*CHIEFS)),
}
