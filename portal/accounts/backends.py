"""Object permissions answered from live grants only (guardian's own backend ignores the end date)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend

from portal.accounts.models import User


class LiveGrantBackend(BaseBackend):
    """`user.has_perm("matters.view_matter", matter)`: own department, the bureau, or a live grant."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether the person may see the matter; every other permission is none of ours."""
        if obj is None or perm != "matters.view_matter" or not isinstance(user_obj, User) or not user_obj.is_active:
            return False
        return bool(obj.is_visible_to(user_obj))
