"""What a form on a case offers to choose from, for the thing and the person asking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils import timezone

from enforcement.models import EnforcementItem, Party, Service
from personnel.models import Officer

Options = Callable[[Any, Any], Any]


def of(choices: type[models.TextChoices], *, without: tuple[str, ...] = ()) -> Options:
    """The pairs of a list of choices."""
    pairs = [(value, label) for value, label in choices.choices if value not in without]
    return lambda _subject, _actor: pairs


def items_in_force(_subject: Any, actor: Any) -> Any:
    """Penalty items of the person's department that are in force today."""
    return EnforcementItem.objects.in_force(timezone.localdate()).filter(
        department=actor.department_id, kind=EnforcementItem.Kind.PENALTY
    )


def officers(subject: Any, actor: Any) -> Any:
    """Officers of the department; who may not handle the case that day is told by the gate."""
    department = subject.department_id if subject is not None else actor.department_id
    return Officer.objects.filter(department=department, active=True).order_by("name", "pk")


def parties(subject: Any, _actor: Any) -> Any:
    """The parties of the act."""
    return Party.objects.filter(act_id=subject.pk)


def services_begun(subject: Any, _actor: Any) -> Any:
    """Services that have begun and not taken effect."""
    return Service.objects.filter(act_id=subject.pk, effective_on=None).select_related("party", "notice", "decision")
