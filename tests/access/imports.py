"""Who may open the pages of the import: those who handle cases and the platform administrator, and the bureau."""

from __future__ import annotations

from typing import Any

from enforcement.imports.models import ImportRun
from enforcement.imports.result import ErrorFile
from enforcement.imports.service import media_path
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.access.matrix import SIGN_IN, Access, World, belongs, page, roles

MAY = (Role.OFFICER, Role.DEPT_ADMIN, Role.SUPERVISOR, Role.SUPERVISION_HEAD)
S = ImportRun.State


def run(department: str, state: str) -> Any:
    """The address of a step of a run of one department, in a state."""

    def made(world: World) -> ImportRun:
        def make() -> ImportRun:
            found = ImportRun.objects.create(
                department=getattr(world.cast, department), file_name="示例.csv", size=1, sha256="0" * 64, state=state
            )
            ErrorFile(media_path(found.errors_path)).close()
            return found

        return world.once(f"import:{department}:{state}", make)

    return made


def step(department: str, state: str, end: str = "") -> Any:
    """An address below a run."""
    made = run(department, state)
    return lambda world: f"/desk/imports/{made(world).pk}/{end}"


def both(end: str, state: str, status: int = 200, **options: Any) -> Access:
    """The address of an own and of a foreign run."""
    anonymous = 401 if "data" in options else SIGN_IN
    also = Access(
        step("city", state, end), belongs("city", *MAY, status=status, bureau=status, anonymous=anonymous), **options
    )
    return Access(
        step("market", state, end),
        belongs("market", *MAY, status=status, bureau=status, anonymous=anonymous),
        also=(also,),
        **options,
    )


def uploads(_world: World, person: User | None) -> int:
    """The upload page needs a department that enforces, or the bureau's eyes."""
    if person is None:
        return SIGN_IN
    enforces = person.department is not None and person.department.kind in {"organ", "dispatched", "street"}
    return 200 if person.has_role(*MAY) and (enforces or person.sees_everything) else 403


ENTRIES = {
    "enforcement:imports": Access(page("/desk/imports/"), roles(*MAY)),
    "enforcement:import-new": Access(page("/desk/imports/new/"), uploads),
    "enforcement:import": both("", S.CHECKED),
    "enforcement:import-progress": both("progress/", S.RUNNING),
    "enforcement:import-confirm": both("confirm/", S.CHECKED, 302, data={}),
    "enforcement:import-discard": both("discard/", S.CHECKED, 302, data={}),
    "enforcement:import-resume": both("resume/", S.RUNNING, 302, data={}),
    "enforcement:import-result": both("result/", S.FINISHED),
    "enforcement:import-errors": both("errors.csv", S.FINISHED),
}
