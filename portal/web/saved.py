"""Saved views of a list: kept, opened, named again; one whose filter is gone opens with a word about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.web.models import FirstView, SavedView
from portal.workflow.errors import Invalid

NONE = "all"  # ?view=all: the list as it is, also for whoever has a view to begin with
MOST = 50


@dataclass
class Shelf:
    """The views a person can open on one list, in one statement, and which of them is on the screen."""

    views: list[SavedView] = field(default_factory=list)
    first: SavedView | None = None
    current: SavedView | None = None
    gone: bool = False


def shelf(key: str, user: Any, asked: str) -> Shelf:
    """The person's own views and the shared ones of his department."""
    rows = SavedView.objects.visible_to(user).filter(list_key=key).select_related("owner")
    views = list(rows.annotate(begins=Count("first_for", filter=Q(first_for__user=user))).order_by("name", "pk"))
    current = next((one for one in views if str(one.pk) == asked), None)
    first = next((one for one in views if one.begins), None)
    return Shelf(views, first, current, gone=bool(asked) and asked != NONE and current is None)


def kept(view: Any) -> dict[str, Any]:
    """What of the list's address is worth keeping: filters in force with their names, sorting, columns."""
    query, filters = view.request.GET, list[list[str]]()
    for one in view.facets:
        filters += [[name, value, words] for name, value, words in one.parameters(query)]
    sort = query.get("sort", "")
    columns = [key for key in query.getlist("col") if key in {column.key for column in view.columns}]
    return {"filters": filters, "sort": sort if view.offers_order(sort) else "", "columns": columns}


def differs(view: Any, saved: SavedView) -> bool:
    """Whether the list on the screen is no longer the one that was saved."""
    now = kept(view)
    before = [[name, value] for name, value, _words in saved.filters if view.knows(name, value)]
    return (
        sorted(before) != sorted([name, value] for name, value, _words in now["filters"])
        or saved.sort != now["sort"]
        or sorted(saved.columns) != sorted(now["columns"])
    )


def address(path: str, saved: SavedView) -> str:
    """The list's address with everything the view holds."""
    pairs = [(name, value) for name, value, _words in saved.filters]
    pairs += [("sort", saved.sort)] if saved.sort else []
    pairs += [("col", key) for key in saved.columns]
    return f"{path}?{urlencode([*pairs, ('view', saved.pk)])}"


def lost(view: Any, saved: SavedView) -> list[str]:
    """What the view names and the list no longer offers, as it was called then."""
    found = [words for name, value, words in saved.filters if not view.knows(name, value)]
    if saved.sort and not view.offers_order(saved.sort):
        found.append(_("原来的排序"))
    gone = set(saved.columns) - {column.key for column in view.columns}
    return found + [_("栏目“%(key)s”") % {"key": key} for key in sorted(gone)]


def checked_name(name: str) -> str:
    """The name, trimmed; raises Invalid."""
    name = " ".join(name.split())
    if not name:
        raise Invalid({"name": _("请给视图起一个名称，例如：我的待告知案件。")})
    if len(name) > 40 or not name.isprintable():
        raise Invalid({"name": _("名称最多 40 字，不用特殊符号。")})
    return name


def save(view: Any, key: str, *, name: str, shared: bool, first: bool) -> SavedView:
    """Keep what is on the screen under a name; raises Invalid when the name is taken or nothing can be shared."""
    user = view.user
    name = checked_name(name)
    if shared and not user.home_id:
        raise Invalid({"name": _("您不属于任何部门，视图只能自己用。")})
    if SavedView.objects.filter(owner=user, list_key=key).count() >= MOST:
        raise Invalid({"name": _("一张列表最多保存 %(most)d 个视图，请先删去不用的。") % {"most": MOST}})
    try:
        with transaction.atomic():
            made = SavedView.objects.create(
                list_key=key, name=name, owner=user, shared=shared, department_id=user.home_id or None, **kept(view)
            )
    except IntegrityError:
        raise Invalid({"name": _("您已经有一个叫“%(name)s”的视图，请换一个名称。") % {"name": name}}) from None
    if first:
        begin_with(user, made)
    return made


def replace(view: Any, saved: SavedView) -> None:
    """The view as it is on the screen now, under its old name."""
    SavedView.objects.filter(pk=saved.pk, owner=view.user).update(saved_at=timezone.now(), **kept(view))


def begin_with(user: Any, saved: SavedView | None, key: str = "") -> None:
    """Make a view the one the person's list opens with; none: the list itself."""
    if saved is None:
        FirstView.objects.filter(user=user, list_key=key).delete()
    else:
        FirstView.objects.update_or_create(user=user, list_key=saved.list_key, defaults={"view": saved})


def without_page(query: QueryDict, *names: str) -> list[tuple[str, str]]:
    """The address's pairs but for the named ones and the place in the list: what another form sends along."""
    left_out = {*names, "at", "format"}
    return [(name, value) for name in query if name not in left_out for value in query.getlist(name)]
