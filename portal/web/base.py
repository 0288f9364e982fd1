"""What every page of the desk begins with: signed in, in the right role, looking at something visible."""

from __future__ import annotations

from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from portal.accounts.models import User
from portal.accounts.resumption import keep
from portal.accounts.views import sign_in_context
from portal.matters.models import Matter
from portal.matters.registry import url_of
from portal.workflow.door import role_names
from portal.workflow.errors import Forbidden

M = TypeVar("M", bound=models.Model)


class DeskRequest(HttpRequest):
    """A request of somebody signed in, with its id."""

    user: User
    id: str
    htmx: Any


class DeskView(View):
    """Base of the desk's pages. `roles` empty: everybody who is signed in."""

    roles: frozenset[str] = frozenset()
    request: DeskRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send strangers to the sign-in page, keeping what they typed; raises Forbidden for a wrong role."""
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        if self.roles and not request.user.has_role(*self.roles):
            raise Forbidden(_("这一页只给%(who)s使用。") % {"who": role_names(self.roles)}, self.roles)
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        """The person signed in."""
        return self.request.user

    def page(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """Render a page."""
        return render(self.request, template, context, status=status)


def ask_to_sign_in(request: Any) -> HttpResponseBase:
    """The sign-in page; a form that was sent meets it with everything typed kept for afterwards."""
    if request.htmx:
        if request.method == "GET":
            answer = HttpResponse(status=204)
            here = request.htmx.current_url_abs_path or ""
            answer["HX-Redirect"] = f"{reverse('accounts:sign-in')}?{urlencode({'next': here})}"
            return answer
        return render(request, "web/partials/session_over.html")
    if request.method == "POST":
        return render(
            request,
            "accounts/sign_in.html",
            {"kept": keep(request), "next": request.get_full_path(), **sign_in_context(request)},
            status=401,
        )
    return redirect_to_login(request.get_full_path(), reverse("accounts:sign-in"))


def visible_or_404(model: type[M], pk: Any, user: User, *related: str) -> M:
    """The row if the person may see it, else 404, as if it did not exist.

    A model that answers `visible_to` is asked; another must have a `matter`, whose visibility it shares.
    """
    rows: Any = model._default_manager.all()
    if hasattr(rows, "visible_to"):
        rows = rows.visible_to(user)
    elif not user.sees_everything:
        rows = rows.filter(models.Q(matter__department=user.home_id) | models.Q(matter_id__in=user.granted_matters()))
    if related:
        rows = rows.select_related(*related)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return cast(M, found)


def visible_matter(pk: int, user: User) -> Matter:
    """The matter with its department if the person may see it, else 404."""
    return visible_or_404(Matter, pk, user, "department")


def matter_url(matter: Matter) -> str:
    """The matter's page, or the workbench when no room has registered the kind."""
    try:
        return url_of(matter)
    except LookupError:
        return reverse("web:workbench")
