"""What a visitor asks for: read from the address, and turned into conditions on the published rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from .folding import fold
from .kinds import PENALTIES, ActKind, PartyKind
from .models import PublishedDecision

MAX_WORDS: Final = 6
MAX_WORD: Final = 60
MAX_CHOICES: Final = 40
MAX_AMOUNT: Final = Decimal(10) ** 15
SHORTEST: Final = 2


class Sort(StrEnum):
    """Orders of the list; each column is paired with the key to make it total."""

    PUBLISHED = "published"
    PUBLISHED_OLD = "published_old"
    DECIDED = "decided"
    DECIDED_OLD = "decided_old"
    FINE = "fine"
    FINE_LOW = "fine_low"

    @property
    def column(self) -> str:
        """The column that orders the rows before the key."""
        return {"published": "published_at", "decided": "decided_on", "fine": "fine"}[self.value.split("_")[0]]

    @property
    def descending(self) -> bool:
        """Whether the greatest comes first."""
        return "_" not in self.value


SORT_LABELS: Final[Mapping[Sort, str | Promise]] = {
    Sort.PUBLISHED: _lazy("公示日期，新的在前"),
    Sort.PUBLISHED_OLD: _lazy("公示日期，旧的在前"),
    Sort.DECIDED: _lazy("决定日期，新的在前"),
    Sort.DECIDED_OLD: _lazy("决定日期，旧的在前"),
    Sort.FINE: _lazy("罚款金额，高的在前"),
    Sort.FINE_LOW: _lazy("罚款金额，低的在前"),
}


@dataclass(frozen=True, slots=True)
class Search:
    """A search as understood; `problems` are sentences about what was not."""

    typed: str = ""
    words: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    penalties: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    item: str = ""
    decided_from: date | None = None
    decided_to: date | None = None
    fine_from: Decimal | None = None
    fine_to: Decimal | None = None
    sort: Sort = Sort.PUBLISHED
    problems: tuple[str, ...] = ()

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values of the address, in a fixed order; what is not asked for is left out."""
        return list(self._pairs())

    def _pairs(self) -> Iterator[tuple[str, str]]:
        if self.typed:
            yield "q", self.typed
        for name, values in (
            ("department", self.departments),
            ("kind", self.kinds),
            ("penalty", self.penalties),
            ("party", self.parties),
        ):
            yield from ((name, value) for value in values)
        if self.item:
            yield "item", self.item
        for name, limit in (
            ("decided_from", self.decided_from),
            ("decided_to", self.decided_to),
            ("fine_from", self.fine_from),
            ("fine_to", self.fine_to),
        ):
            if limit is not None:
                yield name, f"{limit:f}" if isinstance(limit, Decimal) else limit.isoformat()
        if self.sort is not Sort.PUBLISHED:
            yield "sort", self.sort.value

    def query(self, **extra: str) -> str:
        """The canonical query string, with a leading «?» unless empty."""
        encoded = urlencode([*self.pairs(), *extra.items()])
        return f"?{encoded}" if encoded else ""

    def without(self, name: str, value: str) -> Search:
        """The same search with one choice of a facet dropped."""
        changed: dict[str, Any] = {name: tuple(kept for kept in getattr(self, name) if kept != value)}
        return replace(self, **changed)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order is asked for."""
        return any(name != "sort" for name, _value in self.pairs())

    @property
    def has_facets(self) -> bool:
        """Whether a value of a facet is chosen."""
        return bool(self.departments or self.kinds or self.penalties or self.parties)

    def base(self) -> QuerySet[PublishedDecision]:
        """Rows that match words, item, dates and amounts: everything except the facets."""
        return visible().filter(self.limits(), *map(contains, self.words))

    def limits(self) -> Q:
        """The condition of item, dates and amounts."""
        condition = Q()
        if self.item:
            condition &= Q(item_code=self.item)
        for lookup, limit in (
            ("decided_on__gte", self.decided_from),
            ("decided_on__lte", self.decided_to),
            ("fine__gte", self.fine_from),
            ("fine__lte", self.fine_to),
        ):
            if limit is not None:
                condition &= Q(**{lookup: limit})
        return condition

    def plain(self) -> Q:
        """Everything asked for, words compared row by row: a condition no index of words is tempted by."""
        condition = self.limits() & self.facets()
        for word in self.words:
            condition &= Q(GreaterThan(StrIndex("search_text", Value(word)), 0))
        return condition

    def facets(self, *, without: str = "") -> Q:
        """The condition of the facets, one of them left out when named."""
        condition = Q()
        for name, lookup, values in (
            ("departments", "department_code__in", self.departments),
            ("kinds", "act_kind__in", self.kinds),
            ("penalties", "penalty_kinds__overlap", self.penalties),
            ("parties", "party_kind__in", self.parties),
        ):
            if values and name != without:
                condition &= Q(**{lookup: list(values)})
        return condition


def visible(today: date | None = None) -> QuerySet[PublishedDecision]:
    """Published rows whose display period is not over, whether or not the desk has ended it yet."""
    day = today or timezone.localdate()
    return PublishedDecision.objects.filter(Q(display_until=None) | Q(display_until__gte=day))


def contains(word: str) -> Q:
    """Rows whose searchable text contains a folded word of at least two characters.

    Words with three letters, digits or Chinese characters in a row are answered by the trigram index; others
    by the pairs of characters, which trigrams do not know. LIKE's own signs in the word are taken literally.
    """
    condition = Q(search_text__contains=word)
    if _has_trigram(word):
        return condition
    # The plain comparison stands first: a walk over many hits then opens the pairs of matching rows only.
    return condition & Q(bigrams__contains=sorted({word[at : at + 2] for at in range(len(word) - 1)}))


def _has_trigram(word: str) -> bool:
    run = 0
    for character in word:
        run = run + 1 if character.isalnum() else 0
        if run == 3:
            return True
    return False


def read_search(given: QueryDict) -> Search:
    """The search of an address; never raises, whatever stands there."""
    problems: list[str] = []
    typed = _clean(given.get("q", ""))[: MAX_WORDS * (MAX_WORD + 1)]
    search = Search(
        typed=" ".join(typed.split()),
        words=_words(typed, problems),
        departments=_choices(given.getlist("department")),
        kinds=_choices(given.getlist("kind"), ActKind.values),
        penalties=_choices(given.getlist("penalty"), list(PENALTIES)),
        parties=_choices(given.getlist("party"), PartyKind.values),
        item=_clean(given.get("item", ""))[:64],
        decided_from=_date(given.get("decided_from", ""), problems),
        decided_to=_date(given.get("decided_to", ""), problems),
        fine_from=_amount(given.get("fine_from", ""), problems),
        fine_to=_amount(given.get("fine_to", ""), problems),
        sort=Sort(wanted) if (wanted := given.get("sort", "")) in set(Sort) else Sort.PUBLISHED,
    )
    if search.decided_from and search.decided_to and search.decided_from > search.decided_to:
        problems.append(_("决定日期的起始日晚于截止日，所以没有结果。"))
    if search.fine_from is not None and search.fine_to is not None and search.fine_from > search.fine_to:
        problems.append(_("罚款金额的下限高于上限，所以没有结果。"))
    return replace(search, problems=tuple(problems))


def _clean(value: str) -> str:
    """Without control characters, which the database does not take."""
    return "".join(character for character in value if character >= " " and character != "\x7f").strip()


def _words(typed: str, problems: list[str]) -> tuple[str, ...]:
    folded = list(dict.fromkeys(filter(None, map(fold, typed.split()))))
    long_enough = [word for word in folded if len(word) >= SHORTEST]
    if len(long_enough) < len(folded):
        problems.append(_("查询词至少两个字。只有一个字的词没有用来查询。"))
    if len(long_enough) > MAX_WORDS or any(len(word) > MAX_WORD for word in long_enough):
        problems.append(
            _("最多用 %(words)d 个词查询，每个词取前 %(length)d 个字。") % {"words": MAX_WORDS, "length": MAX_WORD}
        )
    return tuple(dict.fromkeys(word[:MAX_WORD] for word in long_enough[:MAX_WORDS]))


def _choices(values: Sequence[Any], known: Sequence[str] | None = None) -> tuple[str, ...]:
    cleaned = dict.fromkeys(_clean(value)[:64] for value in values[:MAX_CHOICES])
    return tuple(value for value in cleaned if value and (known is None or value in known))


def _date(value: str, problems: list[str]) -> date | None:
    text = _clean(value)
    if not text:
        return None
    try:
        year, month, day = (int(part) for part in text.replace("/", "-").replace(".", "-").split("-"))
        return date(year, month, day)
    except (ValueError, OverflowError):
        problems.append(_("“%(text)s”不是日期，没有用来筛选。请写成 2026-01-31 的样子。") % {"text": text[:20]})
        return None


def _amount(value: str, problems: list[str]) -> Decimal | None:
    text = _clean(value).replace(",", "").replace("，", "")
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount <= MAX_AMOUNT:
        problems.append(_("“%(text)s”不是金额，没有用来筛选。请写成 5000 的样子，单位为元。") % {"text": text[:20]})
        return None
    return amount.quantize(Decimal("0.01")).normalize()
