"""The workbench card «培训学时»: one's own hours of the year, and how many of the department are short."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from personnel.models import Officer
from personnel.training.hours import shown
from personnel.training.models import Standing, TrainingHours
from personnel.training.models.quota import REQUIRED_TENTHS
from portal.accounts.models import User
from portal.accounts.roles import Role

OVERSEERS = frozenset({Role.HEAD.value, Role.DEPT_ADMIN.value, Role.SUPERVISOR.value, Role.SUPERVISION_HEAD.value})


def values(user: User) -> dict[str, Any] | None:
    """The card's values in at most four statements; nothing for those whom it does not concern."""
    year = timezone.localdate().year
    found: dict[str, Any] = {}
    own = Officer.objects.filter(user=user).first()
    if own is not None:
        total = TrainingHours.objects.filter(officer=own, on__year=year).total()
        standing = Standing.objects.filter(officer=own, year=year).first()
        required = standing.required if standing else REQUIRED_TENTHS
        found |= {
            "training_hours": shown(total),
            "training_required": shown(required),
            "training_missing": shown(max(0, required - total)),
            "training_full": total >= required,
            "training_url": reverse("training:me"),
        }
    if user.has_role(*OVERSEERS):
        short = Standing.objects.visible_to(user).filter(year=year, missing__gt=0).count()
        found |= {
            "training_short": short,
            "training_list": f"{reverse('training:standings')}?year={year}&standing=short",
            "training_year": year,
        }
    return found or None
