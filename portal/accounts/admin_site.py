"""The system administrators' back room: no changing of states, no deleting of what belongs to a matter."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.apps import AdminConfig
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    AnyAdmin = ModelAdmin[Any]
    AnyPaginator = Paginator[Any]
else:
    AnyAdmin, AnyPaginator = ModelAdmin, Paginator

MOST_COUNTED = 1001


class CappedPaginator(AnyPaginator):
    """Counts to 1,001 and no further: a change list of a million rows must not cost a second."""

    @cached_property
    def count(self) -> int:
        """How many rows, at most 1,001."""
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST_COUNTED].count())


class Guarded(AnyAdmin):
    """What holds for every model in the back room, whatever its room says."""

    show_full_result_count = False
    list_per_page = 50
    paginator = CappedPaginator

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A state changes only through the door."""
        fields = list(super().get_readonly_fields(request, obj))
        return [*fields, *(name for name in ("state",) if _has_field(self.model, name) and name not in fields)]

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """What belongs to a matter comes into being by an action."""
        return not belongs_to_matter(self.model) and super().has_add_permission(request, *args)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What belongs to a matter can be looked at."""
        return not belongs_to_matter(self.model) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nor is it ever deleted."""
        return not belongs_to_matter(self.model) and super().has_delete_permission(request, obj)


def _has_field(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.fields)


def belongs_to_matter(model: type[models.Model]) -> bool:
    """Whether rows of the model are a matter, or hang on one, or are part of the record."""
    label = model._meta.app_label
    if label in {"ledger", "matters", "workflow"} or _has_field(model, "state"):
        return True
    related = [field.related_model for field in model._meta.fields if isinstance(field, models.ForeignKey)]
    return any(one._meta.label_lower in {"matters.matter", "ledger.event"} for one in related)


class PortalAdminSite(AdminSite):
    """The site behind /admin/."""

    site_header = _("系统后台")
    site_title = _("系统后台")
    index_title = _("机构、人员与基础数据")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """System administrators only: staff and superuser."""
        user = request.user
        return user.is_active and user.is_staff and user.is_superuser

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register as Django does, with the guards laid over whatever the room brings."""
        plain = admin_class or ModelAdmin
        guarded = plain if issubclass(plain, Guarded) else type(f"Guarded{plain.__name__}", (Guarded, plain), {})
        wanted: Iterable[Any] = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        super().register(wanted, guarded, **options)


class PortalAdminConfig(AdminConfig):
    """Django's admin app with our site as the default."""

    default_site = "portal.accounts.admin_site.PortalAdminSite"
