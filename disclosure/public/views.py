"""The pages of the public zone."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.theme.components import Page, Pair
from portal.theme.formats import cn_date

from .addresses import absolute
from .caching import by_generation, generation
from .cursors import Cursor, decode
from .decision_page import decision_context
from .downloads import FORMATS
from .facets import chosen, count_words, facets
from .figures import departments_of_year, year_figures
from .kinds import EndKind
from .listing import CAP, PAGE, Listing, list_page
from .middleware import EASY_COOKIE
from .models import PublishedAuthority, PublishedDecision, PublishedDepartment, PublishedSubject, Tombstone
from .rows import result_rows
from .searching import SORT_LABELS, Search, read_search, visible

LATEST = 6
YEAR_SECONDS = 365 * 24 * 3600
SITEMAP_ROWS = 5000


@require_safe
@by_generation
def home(request: HttpRequest) -> HttpResponse:
    """What is searched most, figures of the year, the newest decisions, the departments."""
    today = timezone.localdate()
    latest = list_page(Search())
    context = {
        "year": today.year,
        "figures": year_figures(today.year),
        "rows": result_rows(latest.rows[:LATEST]),
        "total": _total_words(latest),
        "shortcuts": _shortcuts(today),
        "departments": departments_of_year(today.year),
    }
    return TemplateResponse(request, "publiczone/home.html", context)


def _shortcuts(today: date) -> list[dict[str, str]]:
    """Searches offered under the field; one without hits is not offered."""
    offered = [(word, Search(typed=word, words=(word,))) for word in (_("食品安全"), _("安全生产"), _("占道经营"))]
    month = Search(decided_from=today - timedelta(days=30))
    offered.append((_("近 30 日的决定"), month))
    return [
        {"label": label, "url": reverse("public:decisions") + search.query()}
        for label, search in offered
        if search.base().exists()
    ]


@require_safe
@by_generation
def decisions(request: HttpRequest) -> HttpResponse:
    """The list: search, filters with counts, pages by key."""
    search = read_search(request.GET)
    cursor = decode(request.GET.get("page", ""), search.sort)
    listing = list_page(search, cursor)
    address = reverse("public:decisions")
    picked = chosen(search)
    context = {
        "crumbs": [{"label": _("首页"), "url": reverse("public:home")}, {"label": _("执法公示"), "url": ""}],
        "search": search,
        "rows": result_rows(listing.rows, search.words),
        "found": _found_words(listing),
        "total": _total_words(listing),
        "is_empty": not listing.rows,
        "facets": facets(search, listing.counts),
        "chosen": picked,
        "kept": [pair for pair in search.pairs() if pair[0] in {"q", "sort", "item"}],
        "sent_along": [pair for pair in search.pairs() if pair[0] != "q"],
        "sorting": [pair for pair in search.pairs() if pair[0] != "sort"],
        "sorts": [(sort.value, label, sort is search.sort) for sort, label in SORT_LABELS.items()],
        "page": Page(
            newer_url=_page_url(search, listing.newer),
            older_url=_page_url(search, listing.older),
            words=_page_words(listing),
        ),
        "clear_url": address + Search(typed=search.typed, words=search.words, sort=search.sort).query(),
        "everything_url": address,
        "feed_url": reverse("public:feed") + search.query(),
        "downloads": [
            (label, reverse(f"public:download-{form}") + search.query())
            for form, label in (("csv", "CSV"), ("xlsx", "XLSX"), ("jsonl", "JSON Lines"))
        ],
        "here_url": absolute(request, address + search.query()),
        "canonical": absolute(request, address + search.query()),
        "is_first_page": cursor is None,
    }
    return TemplateResponse(request, "publiczone/decisions.html", context)


def _page_url(search: Search, cursor: Cursor | None) -> str:
    return reverse("public:decisions") + search.query(page=cursor.encode()) if cursor else ""


def _total_words(listing: Listing) -> str:
    return f"{CAP:,}+" if listing.total is None else count_words(listing.total)


def _found_words(listing: Listing) -> str:
    if listing.total is None:
        return _("找到 %(count)s 件以上") % {"count": f"{CAP:,}"}
    return _("找到 %(count)s 件") % {"count": f"{listing.total:,}"}


def _page_words(listing: Listing) -> str:
    """Places are known as long as the hits are counted; further on only the page is."""
    if listing.total is not None and listing.rows and listing.page == 1:
        return _("第 1–%(last)d 件，共 %(total)s 件") % {"last": len(listing.rows), "total": f"{listing.total:,}"}
    if listing.total is not None:
        pages = -(-listing.total // PAGE)
        return _("第 %(page)s 页，共 %(pages)s 页") % {"page": f"{listing.page:,}", "pages": f"{pages:,}"}
    return _("第 %(page)s 页") % {"page": f"{listing.page:,}"}


@require_safe
@by_generation
def decision(request: HttpRequest, key: UUID) -> HttpResponse:
    """A published decision; 410 with the reason when it was withdrawn or its period is over, else 404."""
    row = visible().filter(pk=key).first()
    if row is not None:
        return TemplateResponse(request, "publiczone/decision.html", decision_context(request, row))
    stone = Tombstone.objects.filter(pk=key).first() or _ended_silently(key)
    if stone is None:
        raise Http404(_("没有这份决定。"))
    context = {
        "stone": stone,
        "is_expired": stone.kind == EndKind.EXPIRED,
        "is_repaired": stone.kind == EndKind.REPAIRED,
        "is_correcting": stone.kind == EndKind.CORRECTING,
        "pairs": _stone_pairs(stone),
    }
    context["crumbs"] = [
        {"label": _("首页"), "url": reverse("public:home")},
        {"label": _("执法公示"), "url": reverse("public:decisions")},
        {"label": stone.number, "url": ""},
    ]
    return TemplateResponse(request, "publiczone/gone.html", context, status=410)


def _ended_silently(key: UUID) -> Tombstone | None:
    """The tombstone of a row whose period is over although the desk has not yet ended it."""
    row = PublishedDecision.objects.filter(pk=key).first()
    if row is None or row.display_until is None:
        return None
    return Tombstone(
        key=key,
        kind=EndKind.EXPIRED,
        act_kind=row.act_kind,
        number=row.number,
        department_code=row.department_code,
        department_name=row.department_name,
        decided_on=row.decided_on,
        published_on=timezone.localdate(row.published_at),
        withdrawn_on=row.display_until,
    )


def _stone_pairs(stone: Tombstone) -> list[Pair]:
    words = {
        EndKind.EXPIRED: _("公示期满"),
        EndKind.CORRECTING: _("开始更正"),
        EndKind.REPAIRED: _("停止公示"),
    }
    pairs = [
        Pair(_("作出机关"), stone.department_name),
        Pair(_("行为种类"), stone.get_act_kind_display()),
        Pair(_("决定日期"), cn_date(stone.decided_on)),
        Pair(_("公示日期"), cn_date(stone.published_on)),
        Pair(words.get(EndKind(stone.kind), _("撤回日期")), cn_date(stone.withdrawn_on), stone.timeliness),
    ]
    return pairs + ([Pair(_("依据"), stone.basis)] if stone.basis else [])


@require_safe
@by_generation
def withdrawn(request: HttpRequest) -> HttpResponse:
    """Decisions withdrawn in this and the last year, with their reasons."""
    today = timezone.localdate()
    stones = Tombstone.objects.filter(kind=EndKind.WITHDRAWN, withdrawn_on__gte=date(today.year - 1, 1, 1))
    context = {
        "crumbs": [{"label": _("首页"), "url": reverse("public:home")}, {"label": _("已撤回的决定"), "url": ""}],
        "stones": stones.order_by("-withdrawn_on", "-key")[:CAP],
        "since": today.year - 1,
    }
    return TemplateResponse(request, "publiczone/withdrawn.html", context)


@require_safe
@by_generation
def departments(request: HttpRequest) -> HttpResponse:
    """The departments that enforce the law here, how to reach them, what they have published."""
    counts = {row["code"]: row["count"] for row in departments_of_year(timezone.localdate().year)}
    subjects = {row.department_code: row for row in PublishedSubject.objects.all()}
    authorised = {code for pair in PublishedAuthority.objects.values_list("holder_code", "giver_code") for code in pair}
    rows = [
        {
            "department": department,
            "count": counts.get(department.code, 0),
            "url": reverse("public:decisions") + Search(departments=(department.code,)).query(),
            "items_url": f"{reverse('public:items')}?department={department.code}",
            "subject": subjects.get(department.code),
            "standing_url": reverse("public:department", args=[department.code])
            if department.code in subjects or department.code in authorised
            else "",
        }
        for department in PublishedDepartment.objects.filter(active=True)
    ]
    context = {
        "crumbs": [{"label": _("首页"), "url": reverse("public:home")}, {"label": _("执法部门"), "url": ""}],
        "rows": rows,
        "year": timezone.localdate().year,
    }
    return TemplateResponse(request, "publiczone/departments.html", context)


@require_safe
@by_generation
def about(request: HttpRequest) -> HttpResponse:
    """What is published and why, how figures and periods are counted, what is hidden."""
    crumbs = [{"label": _("首页"), "url": reverse("public:home")}, {"label": _("关于本站"), "url": ""}]
    return TemplateResponse(request, "publiczone/about.html", {"crumbs": crumbs})


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Remember `easy` (1 or 0) or `language` in a cookie and go back to `next`, a page of this site."""
    given = request.POST if request.method == "POST" else request.GET
    back = given.get("next", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("public:home")
    response = HttpResponseRedirect(back, status=303)
    response.headers["Cache-Control"] = "no-store"
    wanted: dict[str, str] = {}
    if given.get("easy") in {"0", "1"}:
        wanted[EASY_COOKIE] = given["easy"]
    if given.get("language") in dict(settings.LANGUAGES):
        wanted[settings.LANGUAGE_COOKIE_NAME] = given["language"]
    for name, value in wanted.items():
        response.set_cookie(
            name,
            value,
            max_age=YEAR_SECONDS,
            secure=not settings.DEMO,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers."""
    try:
        number, _raised_at = generation()
    except DatabaseError:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    response = HttpResponse(f"ok {number}\n", content_type="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; the switches and endless combinations of filters are not worth the way."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('public:preferences')}",
        f"Disallow: {reverse('public:decisions')}?",
        f"Disallow: {reverse('public:feed')}?",
        *(f"Disallow: {reverse(f'public:download-{form}')}" for form in FORMATS),
        f"Disallow: {reverse('public:check-form')}",
        f"Sitemap: {absolute(request, reverse('public:sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@by_generation
def sitemap(request: HttpRequest) -> HttpResponse:
    """The fixed pages and the decisions published last."""
    names = ("home", "decisions", "departments", "items", "verify", "withdrawn", "about")
    entries = [f"<url><loc>{absolute(request, reverse(f'public:{name}'))}</loc></url>" for name in names]
    rows = visible().order_by("-published_at", "-key").values_list("key", "updated_at")[:SITEMAP_ROWS]
    entries += [
        f"<url><loc>{absolute(request, reverse('public:decision', args=[key]))}</loc>"
        f"<lastmod>{updated_at.date().isoformat()}</lastmod></url>"
        for key, updated_at in rows
    ]
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' + "\n".join(entries) + "</urlset>\n"
    )
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
