"""What people keep of lists: filters under a name, the one they begin with, and who took which list away as a file."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SavedViewQuerySet(models.QuerySet[Any]):
    """Views with the one question of who sees them."""

    def visible_to(self, user: Any) -> SavedViewQuerySet:
        """One's own, and those that somebody of one's department shares."""
        return self.filter(Q(owner=user) | Q(shared=True, department=user.home_id))


class SavedView(models.Model):
    """Filters, sorting and columns of one list under a name. It holds no rows: whoever opens it sees what is his."""

    list_key = models.CharField(max_length=100)
    name = models.CharField(_("名称"), max_length=40)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    department = models.ForeignKey("accounts.Department", models.CASCADE, null=True, related_name="+")
    shared = models.BooleanField(_("与本部门共用"), default=False)
    filters = models.JSONField(default=list)  # [parameter, value, how it was called when it was saved]
    sort = models.CharField(max_length=60, blank=True)
    columns = models.JSONField(default=list)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("视图")
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "list_key", "name"], name="view_name_once_per_person"),
            models.CheckConstraint(condition=Q(shared=False) | ~Q(department=None), name="view_shared_with_somebody"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["list_key", "department"], condition=Q(shared=True), name="view_shared")
        ]

    def __str__(self) -> str:
        return self.name


class FirstView(models.Model):
    """The view with which a person's list opens."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    list_key = models.CharField(max_length=100)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="first_for")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "list_key"], name="one_first_view")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.list_key}"


class ExportQuerySet(models.QuerySet[Any]):
    """Records of files, with the one question of who sees them."""

    def visible_to(self, user: Any) -> ExportQuerySet:
        """One's own; the department's for its heads and administrator; all for the bureau."""
        if user.sees_everything:
            return self
        own = Q(user=user)
        if user.has_role("head", "deputy", "dept_admin"):
            own |= Q(department=user.home_id)
        return self.filter(own)


class Export(models.Model):
    """Somebody took a list away as a file: which, under which filters, how many rows. Only ever added to."""

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    department = models.ForeignKey("accounts.Department", models.PROTECT, null=True, related_name="+")
    list_key = models.CharField(max_length=100)
    title = models.CharField(_("列表"), max_length=100)
    conditions = models.TextField(_("筛选条件"), blank=True)
    columns = models.TextField(_("栏目"), blank=True)
    format = models.CharField(_("格式"), max_length=4, choices=Format.choices)
    rows = models.PositiveIntegerField(_("行数"))
    exported_at = models.DateTimeField(_("时间"), default=timezone.now)
    request_id = models.CharField(max_length=40, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("导出记录")
        indexes: ClassVar = [
            models.Index(fields=["user", "-exported_at"], name="export_of_person"),
            models.Index(fields=["department", "-exported_at"], name="export_of_department"),
            models.Index(fields=["-exported_at", "-id"], name="export_list"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.exported_at:%Y-%m-%d %H:%M}"
