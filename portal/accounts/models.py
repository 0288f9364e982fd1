"""Departments, users, roles, and grants on single matters."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, Group, PermissionsMixin, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase
from simple_history.models import HistoricalRecords

from portal.accounts.credit_code import validate_credit_code
from portal.accounts.roles import BUREAU_ROLES, GUEST_ROLES, Role


class Department(models.Model):
    """A body of the district: organ, street, the bureau, the government, police, procuratorate, court."""

    class Kind(models.TextChoices):
        ORGAN = "organ", _("行政机关")
        EMPOWERED = "empowered", _("法律、法规授权的组织")
        DISPATCHED = "dispatched", _("派出机构")
        ENTRUSTED = "entrusted", _("受委托组织")
        STREET = "street", _("街道")
        BUREAU = "bureau", _("司法行政部门")
        GOVERNMENT = "government", _("人民政府")
        POLICE = "police", _("公安机关")
        PROCURATORATE = "procuratorate", _("人民检察院")
        COURT = "court", _("人民法院")

    class Lead(models.TextChoices):
        OWN = "own", _("本级领导")
        DUAL = "dual", _("双重领导")
        VERTICAL = "vertical", _("垂直管理")

    code = models.CharField(
        _("部门代码"), max_length=12, unique=True, validators=[RegexValidator(r"^[A-Z][A-Z0-9]{1,11}$")]
    )
    name = models.CharField(_("全称"), max_length=80, unique=True)
    short_name = models.CharField(_("简称"), max_length=30)
    kind = models.CharField(_("性质"), max_length=16, choices=Kind.choices)
    lead = models.CharField(_("领导体制"), max_length=10, choices=Lead.choices, default=Lead.OWN)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True, validators=[validate_credit_code])
    document_prefix = models.CharField(_("机关代字"), max_length=12, help_text=_("例如：白市监"))
    address = models.CharField(_("地址"), max_length=120, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    reconsideration_body = models.CharField(
        _("行政复议机关"), max_length=80, blank=True, help_text=_("复议法24至28条；写进决定书")
    )
    court = models.CharField(_("有管辖权的人民法院"), max_length=80, blank=True, help_text=_("写进决定书"))
    group = models.OneToOneField(Group, models.PROTECT, editable=False, related_name="department")
    is_active = models.BooleanField(_("在用"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("部门")
        verbose_name_plural = _("部门")
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Every department has its group, which carries its rights to foreign matters."""
        if self.group_id is None:
            self.group, _made = Group.objects.get_or_create(name=f"department:{self.code}")
        super().save(*args, **kwargs)


class People(UserManager["User"]):
    """Users with their department read along."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The user signing in, with department."""
        return self.select_related("department").get(username=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account; what he may do follows from department and roles."""

    username = models.CharField(_("用户名"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="users", verbose_name=_("部门")
    )
    email = models.EmailField(_("电子邮箱"), blank=True)
    phone = models.CharField(_("手机"), max_length=20, blank=True)
    is_active = models.BooleanField(_("在用"), default=True)
    is_staff = models.BooleanField(_("系统管理员"), default=False, help_text=_("只有系统管理员能进入后台"))
    date_joined = models.DateTimeField(_("开户时间"), default=timezone.now)

    objects = People()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles held now, read once per user object."""
        return frozenset(self.role_assignments.values_list("role", flat=True))

    def has_role(self, *roles: str) -> bool:
        """Whether one of the roles is held."""
        return not self.roles.isdisjoint(roles)

    @cached_property
    def is_principal(self) -> bool:
        """Whether this head is the principal (正职或者主持工作), as 移送规定5条 asks."""
        return self.role_assignments.filter(role=Role.HEAD, principal=True).exists()

    @property
    def sees_everything(self) -> bool:
        """The bureau's supervisors see every department (执法监督条例6、22条)."""
        return not self.roles.isdisjoint(BUREAU_ROLES)

    @property
    def home_id(self) -> int:
        """Key of the department whose matters this person sees by belonging to it; 0, which no department has.

        0 for guests: counsel, social supervisors and judicial offices see what was given to them one by one;
        and for people without a department (a comparison with nothing would find rows that bind nobody).
        """
        guest = bool(self.roles) and self.roles <= GUEST_ROLES
        return 0 if guest else self.department_id or 0

    @cached_property
    def _granted(self) -> list[int]:
        from portal.accounts.grants import live_matter_ids

        return live_matter_ids(self)

    def granted_matters(self) -> list[int]:
        """Ids of foreign matters this person may see by a live grant, read once per user object."""
        return self._granted


class RoleAssignment(models.Model):
    """One role of one person; a department has one platform administrator."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_assignments", verbose_name=_("人员"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="role_assignments", editable=False)
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    principal = models.BooleanField(_("正职或者主持工作"), default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("角色")
        verbose_name_plural = _("角色")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "role"], name="role_once_per_user"),
            models.UniqueConstraint(
                fields=["department"],
                condition=models.Q(role=Role.DEPT_ADMIN.value),
                name="one_platform_administrator",
                violation_error_message=_("每个部门只能有一名平台管理员。"),
            ),
            models.UniqueConstraint(
                fields=["department"],
                condition=models.Q(principal=True),
                name="one_principal_head",
                violation_error_message=_("每个部门只能有一名正职或者主持工作的负责人。"),
            ),
            models.CheckConstraint(
                condition=models.Q(principal=False) | models.Q(role=Role.HEAD.value), name="principal_is_a_head"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The department is the person's own."""
        if self.user.department_id is None:
            raise ValueError("a role needs a person with a department")
        self.department_id = self.user.department_id
        super().save(*args, **kwargs)


class GrantFields(models.Model):
    """What a right to a single matter carries: ground, event, end."""

    ground = models.CharField(_("理由"), max_length=120)
    event = models.ForeignKey("ledger.Event", models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("ledger.Event", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class DepartmentGrant(GrantFields, GroupObjectPermissionBase):
    """A department's right to one foreign matter (guardian's direct key, on the department's group)."""

    content_object = models.ForeignKey("matters.Matter", models.PROTECT, related_name="department_grants")

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
        unique_together: ClassVar = []
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "permission", "content_object"],
                condition=models.Q(ended_at=None),
                name="one_live_department_grant",
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id} → {self.content_object_id}"


class PersonGrant(GrantFields, UserObjectPermissionBase):
    """A person's right to one foreign matter (guardian's direct key)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    content_object = models.ForeignKey("matters.Matter", models.PROTECT, related_name="person_grants")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        unique_together: ClassVar = []
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "permission", "content_object"],
                condition=models.Q(ended_at=None),
                name="one_live_person_grant",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.content_object_id}"
