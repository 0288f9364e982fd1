"""The link from a certificate and its holder to the holder's open cases."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from enforcement.people.handover import open_cases
from personnel.beside import HolderLink, add_holder_link
from personnel.models import Officer
from portal.accounts.models import User


def _open_cases(officer: Officer, user: User) -> HolderLink | None:
    count = open_cases(officer, user).count()
    if not count:
        return None
    return HolderLink(
        _("移交在办案件"),
        reverse("people:handover", args=[officer.pk]),
        _("在办 %(count)d 件。暂扣、注销前后，应当依法更换办案人员。") % {"count": count},
    )


def register() -> None:
    """Tell personnel."""
    add_holder_link(_open_cases)
