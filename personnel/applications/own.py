"""The officer's own page: where his application is, and what is missing."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.applications.actions import AT_HOME
from personnel.applications.models import Application, Review
from personnel.applications.requirements import missing
from personnel.models import Officer
from personnel.own import OwnSection

SHAPES: dict[str, Any] = {
    "draft": "open",
    "submitted": "grey",
    "examined": "grey",
    "passed": "grey",
    "returned": "amber",
    "forwarded": "grey",
    "issued": "green",
    "refused": "red",
    "withdrawn": "withdrawn",
}


def whose_turn(application: Application) -> str:
    """Who has it now, in words."""
    words = {
        "draft": _("本部门在准备材料"),
        "returned": _("本部门按退回意见补正"),
        "submitted": _("司法行政部门核对考试成绩"),
        "examined": _("司法行政部门初审"),
        "passed": _("司法行政部门转报发证机关"),
        "forwarded": _("等待发证机关发证"),
        "issued": _("已发证"),
        "refused": _("不予发证"),
        "withdrawn": _("已撤回"),
    }
    return words[application.state]


def values(officer: Officer) -> dict[str, Any] | None:
    """The newest application; nothing for whoever never had one."""
    application = (
        Application.objects.filter(officer=officer).select_related("officer", "certificate").order_by("-pk").first()
    )
    if application is None:
        return None
    last = application.reviews.exclude(outcome=Review.Outcome.PASSED).last()
    return {
        "application": application,
        "shape": SHAPES[application.state],
        "turn": whose_turn(application),
        "days": application.waiting(timezone.localdate()),
        "missing": [sentence for sentence, _law in missing(application)] if application.state in AT_HOME else [],
        "said": last.text if last is not None and application.state in {"returned", "refused"} else "",
        "url": reverse("applications:application", args=[application.pk])
        if application.department_id == officer.department_id
        else "",
    }


SECTION = OwnSection("application", 20, "applications/_own.html", values)
