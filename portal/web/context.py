"""What every page of the desk shows around its content; asks the database only when the page draws it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from portal.web.navigation import Link, navigation_for

EASY_COOKIE = "easy"
PREFIX = "/desk/"


def desk(request: HttpRequest) -> dict[str, Any]:
    """The context processor: display switches on every desk page, the bar for those who are signed in."""
    if not request.path.startswith(PREFIX):
        return {}
    user: Any = getattr(request, "user", None)
    switches = {
        "easy": request.COOKIES.get(EASY_COOKIE) == "1",
        "easy_url": reverse("web:easy"),
        "language_url": reverse("web:language"),
        "home_url": reverse("web:workbench"),
    }
    if user is None or not user.is_authenticated:
        return switches
    return switches | {
        "navigation": navigation_for(user, request.path),
        "user_label": _user_label(user),
        "user_menu": _user_menu(user),
        "logout_url": reverse("accounts:sign-out"),
        "search_url": reverse("web:search"),
        "inbox_url": _inbox_url(),
        "unread": SimpleLazyObject(lambda: _unread(user)),
        "footer_links": [Link(_("办理规则"), reverse("web:workflows"))],
    }


def _user_label(user: Any) -> str:
    return f"{user.name}（{user.department.short_name}）" if user.department_id else str(user.name)


def _user_menu(user: Any) -> list[Link]:
    menu = [
        Link(_("我的账号"), reverse("accounts:account")),
        Link(_("修改密码"), reverse("accounts:password")),
    ]
    if user.is_staff and user.is_superuser:
        menu.append(Link(_("系统后台"), reverse("admin:index")))
    return menu


def _inbox_url() -> str:
    return reverse("inbox:notices")


def _unread(user: Any) -> int:
    from portal.inbox import unread_count

    return unread_count(user)
