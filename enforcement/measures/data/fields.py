"""Questions and checks that the forms of measures share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.measures import custody
from enforcement.measures.models import Measure, Thing
from portal.workflow.data import entry

PARTY = _("当事人和物品")
ON_SITE = _("现场")
THINGS_HELP = _(
    "一行一件，用逗号隔开：名称，规格，数量，单位，备注。例如：酸奶，200毫升/盒，6，盒，超过保质期。没有规格的空着：电子秤，，1，台"
)


def party_entry() -> Any:
    """Whose things they are."""
    return entry(_("当事人"), "record", options=options.parties, group=PARTY)


def things_entry(**more: Any) -> Any:
    """The list, a line each."""
    return entry(_("物品清单"), "long", help=THINGS_HELP, group=PARTY, wide=True, **more)


def only_party(case: Any, _actor: Any) -> dict[str, Any]:
    """The only party is chosen already."""
    only = list(case.parties.values_list("pk", flat=True)[:2])
    return {"party": only[0]} if len(only) == 1 else {}


def missing(**texts: str) -> dict[str, Any]:
    """A sentence for each text that was left empty."""
    return {name: _t("请填写这一项。") for name, text in texts.items() if not text.strip()}


def past(**moments: dt.datetime | None) -> dict[str, Any]:
    """A sentence for each moment that lies ahead."""
    now = timezone.now()
    return {name: _t("时间不能晚于现在。") for name, moment in moments.items() if moment is not None and moment > now}


def before_filing(case: Any, **days: dt.date | None) -> dict[str, Any]:
    """A sentence for each day that lies before the case was filed."""
    filed = case.filed_on
    return {
        name: _t("不能早于立案日期 %(day)s。") % {"day": filed.isoformat()}
        for name, day in days.items()
        if day is not None and filed is not None and day < filed
    }


def running(case: Any) -> Any:
    """Measures that have begun and are not settled."""
    return Measure.objects.filter(case=case.pk, begun_at__isnull=False, settled_on=None)


def running_seizures(case: Any, _actor: Any = None) -> Any:
    """Seals and seizures that run."""
    return running(case).filter(kind__in=Measure.COERCIVE)


def running_all(case: Any, _actor: Any = None) -> Any:
    """Whatever runs."""
    return running(case)


def held_things(subject: Any, _actor: Any) -> Any:
    """Things of the case that are in custody."""
    return Thing.objects.filter(pk__in=[row.thing.pk for row in custody.held(subject)]).select_related("measure")
