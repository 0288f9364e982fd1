"""The workbench card «执法证»: one's own certificate, or the department's that need something done."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.models import Certificate, Officer
from personnel.qualification import NEAR_DAYS, standing
from portal.accounts.models import User
from portal.accounts.roles import Role

OVERSEERS = frozenset({Role.HEAD.value, Role.DEPT_ADMIN.value, Role.SUPERVISOR.value, Role.SUPERVISION_HEAD.value})


def values(user: User) -> dict[str, Any] | None:
    """The card's values in at most three statements; nothing for those whom it does not concern."""
    own = _own(user)
    lines = [*own, *(_watched(user) if user.has_role(*OVERSEERS) else [])]
    if not lines:
        return None
    return {
        "certificate_lines": lines,
        "certificates_url": reverse("personnel:certificates"),
        "own_url": reverse("personnel:me") if own else "",
    }


def _own(user: User) -> list[dict[str, str]]:
    found = (
        Certificate.objects.filter(officer__user=user)
        .order_by("ended_on", "-valid_to")
        .prefetch_related("suspensions")
        .first()
    )
    if found is None:
        if not Officer.objects.filter(user=user, active=True).exists():
            return []
        return [{"shape": "open", "words": _("没有登记执法证"), "text": _("不能承办案件"), "url": ""}]
    shape, words = standing(found, timezone.localdate())
    return [
        {
            "shape": shape,
            "words": words,
            "text": _("本人执法证 %(number)s，%(day)s 到期")
            % {"number": found.number, "day": found.valid_to.isoformat()},
            "url": reverse("personnel:certificate", args=[found.pk]),
        }
    ]


def _watched(user: User) -> list[dict[str, str]]:
    today = timezone.localdate()
    counted = (
        Certificate.objects.visible_to(user)
        .filter(officer__active=True, ended_on=None)
        .aggregate(
            near=Count("pk", filter=Q(valid_to__range=(today, today + dt.timedelta(days=NEAR_DAYS)))),
            expired=Count("pk", filter=Q(valid_to__lt=today)),
            suspended=Count("pk", filter=Q(state=Certificate.State.SUSPENDED)),
        )
    )
    base = reverse("personnel:certificates")
    wording = (
        ("expired", "red", _("已过期 %(count)d 个")),
        ("near", "amber", _("90 日内到期 %(count)d 个")),
        ("suspended", "pause", _("暂扣中 %(count)d 个")),
    )
    found = [
        {"shape": shape, "words": words % {"count": counted[key]}, "text": "", "url": f"{base}?standing={key}"}
        for key, shape, words in wording
        if counted[key]
    ]
    return found or [{"shape": "green", "words": _("没有过期、将到期或者暂扣的执法证"), "text": "", "url": base}]
