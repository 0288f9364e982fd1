"""Desk pages of notices: the list, opening one, marking all as read."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.models import User
from portal.inbox import service
from portal.inbox.models import Notice
from portal.theme.components import Page

PAGE_ROWS = 30


@login_required
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The newest first; `?unread=1` only what is unread; paged by key."""
    user = cast(User, request.user)
    unread_only = request.GET.get("unread") == "1"
    rows = Notice.objects.filter(user=user)
    if unread_only:
        rows = rows.filter(read_at=None)
    before = request.GET.get("before", "")
    if before.isdigit():
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: PAGE_ROWS + 1])
    shown = found[:PAGE_ROWS]
    context = {
        "notices": shown,
        "unread_only": unread_only,
        "unread_here": service.unread_count(user),
        "page": Page(
            newer_url=_address(unread_only) if before else "",
            older_url=_address(unread_only, before=shown[-1].pk) if len(found) > PAGE_ROWS else "",
        ),
    }
    return render(request, "inbox/notices.html", context)


@login_required
@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one's own notice as read and go where it leads."""
    user = cast(User, request.user)
    notice = Notice.objects.filter(user=user, pk=pk).first()
    if notice is None:
        raise Http404
    service.mark_read(user, [notice.pk])
    return redirect(notice.url or reverse("inbox:notices"))


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    service.mark_all_read(cast(User, request.user))
    return redirect("inbox:notices")


def _address(unread_only: bool, **more: int) -> str:
    choice = {"unread": 1} if unread_only else {}
    query = urlencode(choice | more)
    return f"{reverse('inbox:notices')}{'?' if query else ''}{query}"
