"""Rows of a list and stretches of a text as markup, made in Python: templates take most of a page's time."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _noop

from .folding import places
from .kinds import PartyKind
from .listing import Row
from .wording import HIDDEN


def result_rows(rows: Iterable[Row], words: tuple[str, ...] = ()) -> SafeString:
    """The `<li>`s of a list, as theme/result.html draws one; the words of the search are set in bold."""
    parties = {kind.value: str(kind.label) for kind in PartyKind}
    place = {key: _(text) for key, text in _PIECES.items()}
    # Every piece is escaped by _li; joining safe strings keeps them safe.
    return mark_safe("".join(_li(row, words, parties, place) for row in rows))  # noqa: S308


_PIECES = {
    "decided": _noop("%(date)s 决定"),
    "published": _noop("%(date)s 公示"),
    "within": _noop("%(date)s 公示（第 %(days)d 个工作日）"),
    "late": _noop("%(date)s 公示（第 %(days)d 个工作日，逾期）"),
    "only_late": _noop("%(date)s 公示（逾期）"),
}


def _li(row: Row, words: tuple[str, ...], parties: dict[str, str], place: dict[str, str]) -> str:
    meta = (
        row.department_short,
        row.number,
        parties.get(row.party_kind, ""),
        place["decided"] % {"date": row.decided_on.isoformat()},
        _published(row, place),
    )
    pieces = "".join(f"<span>{escape(piece)}</span>" for piece in meta if piece)
    url = reverse("public:decision", args=[row.key])
    return (
        f'<li><a class="zf-result-title" href="{escape(url)}">{marked(row.title, words)}</a>'
        f"<div>{with_hidden(row.outcome)}</div>"
        f'<div class="zf-meta zf-num">{pieces}</div></li>'
    )


def _published(row: Row, place: dict[str, str]) -> str:
    given = {"date": timezone.localdate(row.published_at).isoformat(), "days": row.published_within}
    if row.published_within is None:
        return place["only_late" if row.late else "published"] % given
    return place["late" if row.late else "within"] % given


def marked(text: str, words: tuple[str, ...]) -> SafeString:
    """The text escaped, with the places of folded words in bold and hidden stretches as dark blocks."""
    pieces, at = [], 0
    for start, end in places(text, words) if words else []:
        pieces += [with_hidden(text[at:start]), format_html("<b>{}</b>", with_hidden(text[start:end]))]
        at = end
    return mark_safe("".join([*pieces, with_hidden(text[at:])]))  # noqa: S308 - each piece is escaped


def with_hidden(text: str) -> SafeString:
    """The text escaped; what was hidden from it becomes a dark block that a screen reader speaks."""
    block = format_html('<span class="zf-hide">{}</span>', _("已隐去"))
    return mark_safe(block.join(conditional_escape(piece) for piece in text.split(HIDDEN)))  # noqa: S308 - escaped


def paragraphs(text: str) -> SafeString:
    """A text of several lines as paragraphs, hidden stretches as dark blocks."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return mark_safe("".join(f"<p>{with_hidden(line)}</p>" for line in lines))  # noqa: S308 - escaped
