"""Desk pages of a document: its page, the moving part while it is made, the PDF."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.documents import codes, press
from portal.documents.kinds import known_kind
from portal.documents.models import Document
from portal.matters.models import Matter
from portal.matters.registry import url_of
from portal.theme.components import Light, Pair
from portal.theme.formats import cn_date, iso


@login_required
@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The document with its particulars, its progress and, once it is there, the PDF itself."""
    document = _visible(request, pk)
    kind = known_kind(document.kind)
    context = {
        "document": document,
        "matter": document.matter,
        "matter_url": _matter_url(document.matter),
        "particulars": _particulars(document),
        "hashes": [Pair("SHA-256", document.sha256), Pair("SM3", document.sm3)] if document.is_ready else [],
        "signers": [str(Role(role).label) for role in kind.signers] if kind else [],
        **_moving(document),
    }
    return render(request, "documents/page.html", context)


@login_required
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The moving part alone; once all is over the page is asked to load itself anew."""
    document = _visible(request, pk)
    moving = _moving(document)
    if moving["progress"].is_over:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "documents/_progress.html", {"document": document, **moving})


@login_required
@require_GET
@xframe_options_sameorigin
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored PDF, shown in the browser or, with ?download=1, saved; always the same bytes."""
    document = _visible(request, pk)
    if not document.is_ready:
        raise Http404
    tag = f'"{document.sha256}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    response = HttpResponse(press.stored_pdf(document), content_type="application/pdf")
    disposition = content_disposition_header("download" in request.GET, document.name_for_download)
    response["Content-Disposition"] = disposition or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = tag
    return response


@login_required
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a document whose PDF failed back into the queue; for people of its departments."""
    document = _visible(request, pk)
    if _user(request).department_id not in {document.issuer_id, document.matter.department_id}:
        raise PermissionDenied(_("只有发文部门的人员可以重新制作这份文书。"))
    press.try_again(document)
    return redirect("documents:page", pk=document.pk)


def _matter_url(matter: Matter | None) -> str:
    try:
        return url_of(matter) if matter else ""
    except LookupError:  # no room has registered the kind: nowhere to go
        return ""


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _visible(request: HttpRequest, pk: int) -> Document:
    rows = Document.objects.visible_to(_user(request))
    found = rows.select_related("matter__department", "issuer", "issued_by", "voided_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _particulars(document: Document) -> list[Pair]:
    pairs = [
        Pair(_("文号"), document.number),
        Pair(_("发文机关"), document.issuer.name),
        Pair(_("成文日期"), cn_date(document.issued_on)),
        Pair(_("签发"), str(document.issued_by or "—"), small=iso(document.issued_at)),
        Pair(_("验证码"), codes.spaced(document.code)),
    ]
    if document.is_ready:
        pairs.append(
            Pair(
                _("页数"),
                document.pages,
                small=_("%(size)d 字节，%(at)s 制作") % {"size": document.size, "at": iso(document.ready_at)},
            )
        )
    return pairs


def _moving(document: Document) -> dict[str, Any]:
    progress = press.progress(document)
    return {
        "progress": progress,
        "light": light_of(document, progress),
        "poll_url": reverse("documents:progress", args=[document.pk]),
        "file_url": reverse("documents:file", args=[document.pk]),
    }


def light_of(document: Document, progress: press.Progress) -> Light:
    """Shape and words of how far a document is."""
    match progress.stage:
        case "ready":
            return Light("green", _("已制作"))
        case "void":
            return Light("withdrawn", _("已作废"))
        case "failed":
            return Light("red", _("制作失败"))
        case "printing":
            return Light("grey", _("正在制作"))
        case "again":
            moment = timezone.localtime(progress.again_at).strftime("%H:%M:%S")
            return Light("amber", _("第%(attempts)d次制作没有成功，%(moment)s再试") % {
                "attempts": progress.attempts, "moment": moment,
            })  # fmt: skip
    return Light("grey", _("等待制作，前面还有%(ahead)d份") % {"ahead": progress.ahead})
