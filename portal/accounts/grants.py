"""Giving and ending rights to single foreign matters; only live ones count."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils import timezone

from portal.accounts.models import Department, DepartmentGrant, PersonGrant, User


def _view_permission() -> Permission:
    return Permission.objects.get(codename="view_matter", content_type__app_label="matters")


def live(now: datetime | None = None) -> Q:
    """Grants that have neither ended nor run out."""
    return Q(ended_at=None) & (Q(until=None) | Q(until__gt=now or timezone.now()))


def live_matter_ids(user: User) -> list[int]:
    """Ids of the matters granted to the person or his department, ids only (see STACK: joins are slow)."""
    own = PersonGrant.objects.filter(live(), user=user).values_list("content_object_id", flat=True)
    ids = set(own)
    if user.home_id:
        ids.update(
            DepartmentGrant.objects.filter(live(), group__department=user.home_id).values_list(
                "content_object_id", flat=True
            )
        )
    return sorted(ids)


def grant_matter(
    matter: Any, *, to: Department | User, ground: str, event: Any = None, until: datetime | None = None
) -> DepartmentGrant | PersonGrant:
    """Let a department or a person see one foreign matter; a live grant is prolonged, not doubled.

    Called by actions only, with the event that gave it.
    """
    wanted = {"content_object": matter, "permission": _view_permission(), "ended_at": None}
    defaults = {"ground": ground, "event": event, "until": until}
    given: DepartmentGrant | PersonGrant
    if isinstance(to, Department):
        given = DepartmentGrant.objects.update_or_create(**wanted, group_id=to.group_id, defaults=defaults)[0]
    else:
        given = PersonGrant.objects.update_or_create(**wanted, user=to, defaults=defaults)[0]
    return given


def end_grants(matter: Any, *, to: Department | User, event: Any = None) -> int:
    """End the live grants of a department or person on a matter; returns how many."""
    ended = {"ended_at": timezone.now(), "ended_by": event}
    if isinstance(to, Department):
        return DepartmentGrant.objects.filter(content_object=matter, group_id=to.group_id, ended_at=None).update(
            **ended
        )
    return PersonGrant.objects.filter(content_object=matter, user=to, ended_at=None).update(**ended)
