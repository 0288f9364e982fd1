"""Departments, people and roles in the system administrators' back room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from portal.accounts.models import Department, RoleAssignment, User

if TYPE_CHECKING:
    RoleTable = admin.TabularInline[RoleAssignment, User]
    AnyUserAdmin = UserAdmin[User]
    AnyUserForm = UserChangeForm[User]
    AnyNewUserForm = AdminUserCreationForm[User]
    AnyRoleForm = forms.ModelForm[RoleAssignment]
else:
    RoleTable, AnyUserAdmin, AnyUserForm = admin.TabularInline, UserAdmin, UserChangeForm
    AnyNewUserForm, AnyRoleForm = AdminUserCreationForm, forms.ModelForm


class RoleForm(AnyRoleForm):
    """One role; the department is the person's, and takes part in the checks."""

    class Meta:
        model = RoleAssignment
        fields: ClassVar = ("role", "principal")

    def _get_validation_exclusions(self) -> set[str]:
        self.instance.department_id = self.instance.user.department_id  # type: ignore[assignment]  # checked on saving
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's own, not in the stubs
        return excluded - {"department"}


class RoleInline(RoleTable):
    """The roles of one person."""

    model = RoleAssignment
    form = RoleForm
    extra = 0
    fields = ("role", "principal")


class PersonForm(AnyUserForm):
    """A person's account."""

    class Meta:
        model = User
        fields = "__all__"


class NewPersonForm(AnyNewUserForm):
    """A new account."""

    class Meta:
        model = User
        fields: ClassVar = ("username", "name", "department")


class PersonAdmin(AnyUserAdmin):
    """Accounts: who they are, where they belong, what they are."""

    form = PersonForm
    add_form = NewPersonForm
    list_display = ("username", "name", "department", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", "department")
    list_select_related = ("department",)
    search_fields = ("username", "name")
    ordering = ("username",)
    inlines = (RoleInline,)
    fieldsets = (
        (None, {"fields": ("username", "password", "name", "department", "email", "phone")}),
        (_("权限"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("时间"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "name", "department", "usable_password", "password1", "password2"),
            },
        ),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """Roles belong to a department; without one there are none to give."""
        return self.inlines if obj is not None and obj.department_id else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An account is switched off, never deleted: the record names it."""
        del request, obj
        return False


class DepartmentAdmin(SimpleHistoryAdmin):  # type: ignore[misc]  # the library ships no hints
    """Departments, with the history of their data."""

    list_display = ("code", "short_name", "kind", "lead", "parent", "is_active")
    list_filter = ("kind", "lead", "is_active")
    search_fields = ("code", "name", "short_name")
    list_select_related = ("parent",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A department is switched off, never deleted."""
        del request, obj
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Department]:
        """With the parent read along."""
        rows: QuerySet[Department] = super().get_queryset(request)
        return rows.select_related("parent")


admin.site.unregister(Group)
admin.site.register(User, PersonAdmin)
admin.site.register(Department, DepartmentAdmin)
