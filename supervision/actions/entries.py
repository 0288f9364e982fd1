"""Data that several steps ask for in the same words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from portal.attachments.models import Attachment
from portal.workflow.actions import Attempt
from portal.workflow.data import entry


def day(label: Any = None) -> Any:
    """The day of the fact; today when left out."""
    return entry(label or _("日期"), "date", default=None, help=_("不填为今天"))


def late() -> Any:
    """Why a fact is entered late."""
    return entry(_("补录说明"), "long", default="", help=_("日期早于上一个工作日的，写明为何迟录和凭证"))


def files(label: Any = None) -> Any:
    """Attachments of the case."""
    return entry(label or _("材料"), "files", default=())


def attachments(attempt: Attempt[Any, Any], keys: tuple[int, ...]) -> QuerySet[Attachment]:
    """The named attachments, of this matter only."""
    return Attachment.objects.filter(matter=attempt.matter, pk__in=keys)


def not_in_future(attempt: Attempt[Any, Any]) -> dict[str, str]:
    """A fact lies in the past."""
    if attempt.on <= attempt.today:
        return {}
    return {"on": _gettext("日期 %(on)s 在将来，请填已经发生的日期。") % {"on": attempt.on}}


def blank(data: Any, **labels: Any) -> dict[str, str]:
    """A sentence for every named text that holds nothing but blanks."""
    return {
        name: _gettext("“%(label)s”必须填写。") % {"label": label}
        for name, label in labels.items()
        if not getattr(data, name).strip()
    }


@dataclass(frozen=True)
class Words:
    """A day and a text."""

    text: str = entry(_("说明"), "long", wide=True)
    on: dt.date | None = day()
    late_reason: str = late()

    def problems(self, attempt: Attempt[Any, Any]) -> dict[str, str]:
        """What the form tells field by field."""
        return blank(self, text=_("说明")) | not_in_future(attempt)
