"""Matter: the lock, the chain, the visibility and the join of the workbench; and links between matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal.accounts.models import User


class MatterQuerySet(models.QuerySet["Matter"]):
    """Matters, with the one question of who sees them."""

    def visible_to(self, user: User) -> MatterQuerySet:
        """Own department's, those granted and alive; all for the bureau's supervisors."""
        if user.sees_everything:
            return self
        return self.filter(models.Q(department=user.home_id) | models.Q(pk__in=user.granted_matters()))


class Matter(models.Model):
    """One row for each thing with a life of its own: a case, a supervision case, a transfer, …"""

    kind = models.CharField(_("种类"), max_length=40)
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, related_name="matters", verbose_name=_("部门")
    )
    title = models.CharField(_("名称"), max_length=200)
    number = models.CharField(_("编号"), max_length=80, blank=True)
    opened_at = models.DateTimeField(_("开始"), default=timezone.now)
    closed_at = models.DateTimeField(_("结束"), null=True, blank=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("事项")
        indexes: ClassVar = [
            models.Index(fields=["department", "kind", "-opened_at", "-id"], name="matter_department_list")
        ]

    def __str__(self) -> str:
        return self.title

    def is_visible_to(self, user: User) -> bool:
        """The same question as MatterQuerySet.visible_to for one matter; a test compares the two."""
        if user.sees_everything:
            return True
        own = self.department_id == user.home_id
        return own or self.pk in user.granted_matters()


class MatterLink(models.Model):
    """That one matter came out of another, or answers it."""

    source = models.ForeignKey(Matter, models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Matter, models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="matter_link_once"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="matter_link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
