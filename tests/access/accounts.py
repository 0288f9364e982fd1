"""Who may open sign-in, account pages and the back room."""

from django.urls import reverse

from portal.accounts.models import User
from tests.access.matrix import Access, World, anyone, page, signed_in

ENTRIES = {
    "accounts:sign-in": Access(page("/desk/sign-in/"), anyone()),
    "accounts:sign-out": Access(page("/desk/sign-out/"), anyone(302), data={}),
    "accounts:account": Access(page("/desk/account/"), signed_in()),
    "accounts:password": Access(page("/desk/account/password/"), signed_in()),
}


def administrators(_world: World, person: User | None) -> int:
    """The back room: system administrators; everybody else is asked to sign in as one."""
    return 200 if person is not None and person.is_staff and person.is_superuser else 302


def back_room(name: str) -> Access | None:
    """The entry of an address below /admin/; nothing for those that need a key of their own."""
    public = {"login": anyone_but_administrators, "logout": None, "jsi18n": administrators}
    short = name.removeprefix("admin:")
    if short in public:
        wanted = public[short]
        return Access(page(reverse(name)), wanted) if wanted is not None else None
    if short.endswith("_changelist") or short in {"index", "password_change", "password_change_done"}:
        return Access(page(reverse(name)), administrators)
    return None


def anyone_but_administrators(_world: World, person: User | None) -> int:
    """The sign-in page of the back room sends on those who are in."""
    return 302 if person is not None and person.is_staff and person.is_superuser else 200
