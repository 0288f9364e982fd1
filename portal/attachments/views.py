"""Desk pages of an attachment: particulars, download, check against its hash, voiding."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.models import User
from portal.attachments import AttachmentRefused, serving, storing
from portal.attachments.models import Attachment
from portal.matters.models import Matter
from portal.matters.registry import url_of
from portal.theme.components import Light, Pair
from portal.theme.formats import iso


@login_required
@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The file with its particulars; `?check=1` reads the bytes again and says whether they are the same."""
    attachment = _visible(request, pk)
    context = {
        "attachment": attachment,
        "matter_url": _matter_url(attachment.matter),
        "particulars": [
            Pair(_("类型"), attachment.media_type),
            Pair(_("大小"), filesizeformat(attachment.size)),
            Pair(_("上传"), attachment.uploaded_by.name, small=iso(attachment.uploaded_at)),
            Pair("SHA-256", attachment.sha256),
        ],
        "scan": scan_light(attachment),
        "intact": storing.is_intact(attachment) if "check" in request.GET else None,
        "may_void": _may_void(_user(request), attachment),
    }
    return render(request, "attachments/page.html", context)


@login_required
@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes, for whoever may see the matter; an infected file is refused, a lost one is said to be lost."""
    attachment = _visible(request, pk)
    if not attachment.may_be_downloaded:
        raise PermissionDenied(_("这个文件查出病毒（%(found)s），不能下载。") % {"found": attachment.scan_note})
    if not attachment.path.is_file():
        raise Http404(_("存放的文件不见了，请联系系统管理员。"))
    return serving.download(request, attachment)


@login_required
@require_POST
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Void the file with a reason; for people of the matter's department, or the uploader of a loose file."""
    attachment = _visible(request, pk)
    if not _may_void(_user(request), attachment):
        raise PermissionDenied(_("只有承办部门的人员可以作废这个文件。"))
    try:
        storing.void(attachment, actor=_user(request), reason=request.POST.get("reason", ""))
    except AttachmentRefused as error:
        messages.error(request, str(error))
    return redirect("attachments:page", pk=attachment.pk)


def scan_light(attachment: Attachment) -> Light:
    """Shape and words of what the virus scan said."""
    match attachment.scan_state:
        case Attachment.Scan.CLEAN:
            return Light("green", _("未发现病毒"))
        case Attachment.Scan.INFECTED:
            return Light("red", _("发现病毒：%(found)s") % {"found": attachment.scan_note})
        case Attachment.Scan.UNAVAILABLE:
            return Light("amber", _("查毒服务不可用，稍后再查"))
    return Light("grey", _("未查毒"))


def _matter_url(matter: Matter | None) -> str:
    try:
        return url_of(matter) if matter else ""
    except LookupError:  # no room has registered the kind: nowhere to go
        return ""


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _visible(request: HttpRequest, pk: int) -> Attachment:
    rows = Attachment.objects.visible_to(_user(request)).select_related("matter", "uploaded_by", "voided_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _may_void(user: User, attachment: Attachment) -> bool:
    if attachment.voided_at is not None:
        return False
    if attachment.matter is None:
        return attachment.uploaded_by_id == user.pk
    return attachment.matter.department_id == user.department_id
