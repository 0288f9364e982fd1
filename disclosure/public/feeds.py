"""The Atom feed of a search: exactly what the list shows, newest publication first."""

from __future__ import annotations

import re
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .addresses import absolute
from .caching import by_generation
from .kinds import ActKind
from .listing import newest
from .searching import read_search

ENTRIES: Final = 50
# XML 1.0 has no place for these.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@require_safe
@by_generation
def feed(request: HttpRequest) -> HttpResponse:
    """The fifty decisions of the search that were published last."""
    search = read_search(request.GET)
    shown = absolute(request, reverse("public:decisions") + search.query())
    name = _("白碱滩区行政执法公示")
    document = Atom1Feed(
        title=_plain(f"{name}：{search.typed}" if search.typed else name),
        link=shown,
        description="",
        language="zh-Hans" if get_language() == "zh-hans" else get_language(),
        feed_url=absolute(request, reverse("public:feed") + search.query()),
        feed_guid=shown,
        author_name=_("白碱滩区司法局"),
    )
    labels = dict(ActKind.choices)
    for row in newest(search, ENTRIES):
        document.add_item(
            title=_plain(row.title),
            link=absolute(request, reverse("public:decision", args=[row.key])),
            unique_id=f"urn:uuid:{row.key}",
            description=_plain("\n".join(filter(None, (row.outcome, row.department_name, row.number)))),
            pubdate=row.published_at,
            updateddate=row.updated_at,
            author_name=_plain(row.department_name),
            categories=[str(labels.get(row.act_kind, row.act_kind))],
        )
    return HttpResponse(document.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _plain(text: str) -> str:
    return _UNWRITABLE.sub("", text)
