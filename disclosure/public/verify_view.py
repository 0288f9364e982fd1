"""The page where anybody checks whether a document is true."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.theme.components import Pair
from portal.theme.formats import cn_date

from .caching import by_generation
from .kinds import DocumentState
from .models import VerifiedDocument
from .searching import visible
from .verification import MAX_BYTES, HashedUpload, by_code, by_hash, grouped


@csrf_exempt  # nothing is changed and nothing belongs to a visitor; a token would have to be read before the file
@require_http_methods(["GET", "HEAD", "POST"])
@by_generation
def verify(request: HttpRequest) -> HttpResponse:
    """GET with `code`, or POST with a file of at most 10 MB."""
    if request.method == "POST":
        response = _by_file(request)
        response.headers["Cache-Control"] = "no-store"
        return response
    code = request.GET.get("code", "").strip()[:60]
    context: dict[str, Any] = {"code": code}
    if code:
        found = by_code(code)
        context |= (
            _result(found) if found else {"missing": _("没有这个核验码。请对照文书末页再输一次，区分字母和数字。")}
        )
    return _page(request, context)


def _by_file(request: HttpRequest) -> HttpResponse:
    too_large = _("文件超过 10 MB，没有核对。")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + 64 * 1024:
        return _page(request, {"file_problem": too_large}, status=413)
    upload = request.FILES.get("file")
    if not isinstance(upload, HashedUpload) or not upload.size:
        return _page(request, {"file_problem": _("没有收到文件。请选一个文件，再点“核对文件”。")}, status=400)
    found = by_hash(upload.sha256)
    if found is None:
        missing = _("没有与这个文件一致的文书。文件哪怕改动一个字，结果也会不同；扫描、另存过的文件请改用核验码。")
        return _page(request, {"missing": missing, "file_hash": upload.sha256})
    return _page(request, {**_result(found), "file_hash": upload.sha256})


def _result(document: VerifiedDocument) -> dict[str, Any]:
    state = DocumentState(document.state)
    published = document.decision is not None and visible().filter(pk=document.decision).exists()
    return {
        "document": document,
        "light": {"shape": "green" if state is DocumentState.VALID else "withdrawn", "words": state.label},
        "facts": [
            Pair(_("文书"), document.kind),
            Pair(_("文号"), document.number),
            Pair(_("制作机关"), document.department_name),
            Pair(_("制作日期"), cn_date(document.issued_on)),
            Pair(_("核验码"), grouped(document.code)),
        ],
        "decision_url": reverse("public:decision", args=[document.decision]) if published else "",
    }


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> TemplateResponse:
    crumbs = [{"label": _("首页"), "url": reverse("public:home")}, {"label": _("文书核验"), "url": ""}]
    return TemplateResponse(request, "publiczone/verify.html", {**context, "crumbs": crumbs}, status=status)
