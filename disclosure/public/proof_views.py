"""Daily roots and proofs: what anybody needs to check a published text without trusting the portal."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.theme.components import Page

from .addresses import absolute
from .caching import by_generation
from .models import PublishedProof, PublishedSeal
from .searching import visible

FORMAT = "disclosure-proof/1"
SHOWN = 60
SCRIPT = Path(__file__).with_name("verify_proof.py")
SEAL_FIELDS = ("number", "day", "events", "root", "public_leaves", "public_root", "previous", "chained")


@require_safe
@by_generation
def proof(request: HttpRequest, key: UUID) -> HttpResponse:
    """The proof of a shown decision as a file; 404 when it is not shown, or shown since the last daily root."""
    row = visible().filter(pk=key).only("number", "department_name").first()
    found = PublishedProof.objects.filter(pk=key).first() if row else None
    seal = PublishedSeal.objects.filter(pk=found.seal).first() if found else None
    if row is None or found is None or seal is None:
        raise Http404(_("这份决定没有存证文件。新公示的决定，次日凌晨封存以后才有。"))
    response = JsonResponse(
        {
            "format": FORMAT,
            "decision": absolute(request, reverse("public:decision", args=[key])),
            "number": row.number,
            "agency": row.department_name,
            "text": found.text,
            "sha256": found.sha256,
            "position": found.position,
            "path": found.path,
            "seal": _seal(seal),
        },
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    response.headers["Content-Disposition"] = f'attachment; filename="proof-{key}.json"'
    return response


def _seal(seal: PublishedSeal) -> dict[str, Any]:
    return {name: _plain(getattr(seal, name)) for name in SEAL_FIELDS}


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str) else value.isoformat()


@require_safe
@by_generation
def seals(request: HttpRequest) -> HttpResponse:
    """The daily roots, newest first, by key; `before` is the number from which on they are left out."""
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    rows = PublishedSeal.objects.order_by("-number")
    found = list((rows.filter(number__lt=before) if before else rows)[: SHOWN + 1])
    here = reverse("public:seals")
    context = {
        "crumbs": [{"label": _("首页"), "url": reverse("public:home")}, {"label": _("每日封存"), "url": ""}],
        "rows": found[:SHOWN],
        "page": Page(
            newer_url=here if before else "",
            older_url=f"{here}?before={found[SHOWN - 1].number}" if len(found) > SHOWN else "",
            words="",
        ),
        "canonical": absolute(request, here),
    }
    return TemplateResponse(request, "publiczone/seals.html", context)


class _Line:
    """Gives back what csv writes, so that it can be streamed."""

    def write(self, text: str) -> str:
        """The line itself."""
        return text


def _lines() -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(SEAL_FIELDS)
    for row in PublishedSeal.objects.order_by("number").values_list(*SEAL_FIELDS).iterator(chunk_size=2000):
        yield writer.writerow(row)


@require_safe
def seals_file(_request: HttpRequest) -> StreamingHttpResponse:
    """All daily roots since the first, as CSV."""
    response = StreamingHttpResponse(_lines(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="seals.csv"'
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@require_safe
def script(_request: HttpRequest) -> HttpResponse:
    """The script that checks a proof; it needs nothing but Python."""
    response = HttpResponse(SCRIPT.read_bytes(), content_type="text/x-python; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{SCRIPT.name}"'
    response.headers["Cache-Control"] = "public, no-cache"
    return response
