"""A whole search as a file: CSV and XLSX for people, JSON Lines for programmes; written while it is sent."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.theme.formats import not_a_formula

from .addresses import absolute
from .columns import COLUMNS, cells, record
from .searching import read_search
from .sheets import workbook
from .streaming import Batch, Stream, TooManyDownloadsError
from .throttle import at_most

A_MINUTE: Final = 20
Writer = Callable[[Iterator[Batch], str], Iterator[bytes]]


def _heads() -> list[str]:
    return [*(str(column.label) for column in COLUMNS), _("网址")]


def write_csv(batches: Iterator[Batch], address: str) -> Iterator[bytes]:
    """UTF-8 with the mark by which a spreadsheet knows it."""
    yes_no = (_("是"), _("否"))
    yield ("\ufeff" + _csv_lines([_heads()])).encode()
    for batch in batches:
        yield _csv_lines(cells(batch, address, yes_no, not_a_formula)).encode()


def _csv_lines(rows: Iterable[Sequence[str]]) -> str:
    page = io.StringIO()
    csv.writer(page, lineterminator="\r\n").writerows(rows)
    return page.getvalue()


def write_jsonl(batches: Iterator[Batch], address: str) -> Iterator[bytes]:
    """One object a line, as the interface gives it."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for batch in batches:
        yield "".join(encode(record(values, address)) + "\n" for values in batch).encode()


def write_xlsx(batches: Iterator[Batch], address: str) -> Iterator[bytes]:
    """Every cell is text, so that nothing is a formula and no number loses its zeros."""
    yes_no = (_("是"), _("否"))
    return workbook(_heads(), (cells(batch, address, yes_no) for batch in batches))


FORMATS: Final[dict[str, tuple[str, Writer]]] = {
    "csv": ("text/csv; charset=utf-8", write_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "jsonl": ("application/jsonl; charset=utf-8", write_jsonl),
}


@require_safe
@at_most(A_MINUTE, "download")
def download(request: HttpRequest, form: str) -> HttpResponseBase:
    """Exactly what the list of this search shows, in its order, to the last row."""
    media_type, writer = FORMATS[form]
    headers = {
        "Content-Disposition": f"attachment; filename=\"decisions.{form}\"; filename*=UTF-8''{_file_name(form)}",
        "Cache-Control": "no-store",
        "X-Accel-Buffering": "no",
    }
    if request.method == "HEAD":
        return HttpResponse(content_type=media_type, headers=headers)
    address = absolute(request, reverse("public:decisions")) + "{}/"
    try:
        stream = Stream(read_search(request.GET))
    except TooManyDownloadsError:
        busy = TemplateResponse(request, "publiczone/unavailable.html", {"is_busy": True}, status=503)
        busy.headers["Retry-After"] = "60"
        busy.headers["Cache-Control"] = "no-store"
        return busy
    pieces = _Pieces(writer, stream, address, get_language() or "zh-hans")
    return StreamingHttpResponse(pieces, content_type=media_type, headers=headers)


class _Pieces:
    """What is sent, in the language of the page, which is no longer switched on when it is sent.

    The server closes it at the end, also when the visitor left, or never took a byte.
    """

    def __init__(self, writer: Writer, stream: Stream, address: str, language: str) -> None:
        self._stream, self._sent = stream, self._send(writer, address, language)

    def _send(self, writer: Writer, address: str, language: str) -> Generator[bytes, None, None]:
        with override(language):
            yield from writer(iter(self._stream), address)

    def __iter__(self) -> Iterator[bytes]:
        return self._sent

    def close(self) -> None:
        """Give the place and the connection back."""
        self._sent.close()
        self._stream.close()


def _file_name(form: str) -> str:
    return quote(f"{_('行政执法公示')}-{timezone.localdate().isoformat()}.{form}")
