"""The list of subjects for clean-up campaigns: frozen as of a day, looked at today, and what may be found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.campaigns import Done, Finding, Frozen, ListKind, Now
from personnel.subjects import register as subjects
from personnel.subjects.models import Empowerment, EnforcementSubject, Mandate
from personnel.subjects.who_and_when import blanks
from portal.workflow import proposals
from portal.workflow.actions import Attempt
from portal.workflow.data import entry
from portal.workflow.errors import DoorError

State, Kind = EnforcementSubject.State, EnforcementSubject.Kind


def frozen(on: dt.date, departments: Sequence[int] | None) -> list[Frozen]:
    """The subjects that stood confirmed on the day: one statement."""
    rows = EnforcementSubject.objects.filter(confirmed_on__lte=on).filter(
        Q(withdrawn_on=None) | Q(withdrawn_on__gt=on) | ~Q(state=State.WITHDRAWN)
    )
    if departments is not None:
        rows = rows.filter(department__in=list(departments))
    return [
        Frozen(
            row.department_id,
            row.pk,
            row.name,
            (str(row.get_kind_display()), row.area, row.number or _gettext("没有公告")),
        )
        for row in rows.order_by("department_id")
    ]


def look(lines: Sequence[Any], _department: int) -> dict[int, Now]:
    """How each subject stands today: three statements, however many lines."""
    today = timezone.localdate()
    keys = [line.key for line in lines]
    found = EnforcementSubject.objects.in_bulk(keys)
    held = set(Mandate.objects.in_force(today).values_list("body", flat=True))
    empowered = set(Empowerment.objects.in_force(today).values_list("department", flat=True))
    return {key: _now(found.get(key), held, empowered) for key in keys}


def _now(subject: EnforcementSubject | None, held: set[int], empowered: set[int]) -> Now:
    if subject is None:
        return Now(_gettext("登记已不在"), "withdrawn", gone=_gettext("登记已不在"))
    if subject.state == State.WITHDRAWN:
        words = _gettext("%(day)s 起撤销") % {"day": subject.withdrawn_on.isoformat() if subject.withdrawn_on else ""}
        return Now(words, "withdrawn", gone=words)
    doubts = []
    if subject.state != State.PUBLISHED:
        doubts.append(_gettext("主体资格%(state)s，没有公告") % {"state": subject.get_state_display()})
    if subject.kind == Kind.ENTRUSTED and subject.department_id not in held:
        doubts.append(_gettext("没有正在施行的委托书"))
    if subject.kind == Kind.STREET and subject.department_id not in empowered:
        doubts.append(_gettext("没有正在施行的赋权决定"))
    return Now(str(subject.get_state_display()), "amber" if doubts else "green", doubts=tuple(doubts))


def newcomers(department: int, keys: Sequence[int]) -> list[str]:
    """The department's subject when it came after the list was frozen."""
    rows = EnforcementSubject.objects.filter(department=department).exclude(pk__in=keys)
    return list(rows.exclude(state=State.WITHDRAWN).values_list("name", flat=True))


@dataclass(frozen=True)
class Why:
    """What was found, and on which ground."""

    reason: str = entry(_("情况和依据"), "long", longest=280, help=_("写明事实、文件名称和文号"))

    def problems(self, _attempt: Attempt[Any, Any]) -> dict[str, str]:
        """It is there."""
        return blanks(self, reason=_gettext("请写明情况和依据。"))


def _found(sentence: Any) -> Any:
    def carry_out(attempt: Attempt[Any, Why]) -> Done:
        return Done(str(sentence) % {"reason": attempt.data.reason.strip()}, attempt.subject.key)

    return carry_out


def put_withdrawal_forward(lines: Sequence[Any], actor: Any) -> list[str]:
    """The bureau's next step for each subject that should go: its withdrawal, for the head of supervision to approve."""
    told = []
    wanted = {line.key: line for line in lines}
    standing = [State.CONFIRMED.value, State.PUBLISHED.value]
    for subject in EnforcementSubject.objects.filter(pk__in=list(wanted), state__in=standing).order_by("pk"):
        ground = _gettext("资格清理：%(note)s") % {"note": wanted[subject.pk].note}
        data = subjects.Withdraw(timezone.localdate(), ground)
        try:
            proposals.request(subject, subjects.WITHDRAW, actor=actor, data=data)
        except DoorError as error:
            told.append(f"{subject.name}：{error.sentence}")
        else:
            told.append(_gettext("%(name)s：已提请撤销") % {"name": subject.name})
    return told


def withdrawn() -> Any:
    """Condition on a line: the subject it is about is withdrawn."""
    return Exists(EnforcementSubject.objects.filter(pk=OuterRef("key"), state=State.WITHDRAWN))


SUBJECTS = ListKind(
    key="subjects",
    label=_("执法主体"),
    unit=_("个"),
    freeze=frozen,
    look=look,
    newcomers=newcomers,
    url=lambda key: reverse("subjects:subject", args=[key]),
    law=("CF-40", "SX-06"),
    findings=(
        Finding(
            "withdraw", _("主体资格应当撤销"), _("应当撤销"), Why, _found(_("应当撤销：%(reason)s")), law=("CF-40",),
            follow_up=put_withdrawal_forward, follow_label=_("提请撤销主体资格"), settled=withdrawn,
        ),
        Finding(
            "change", _("登记事项有误或者已变化，应当变更"), _("应当变更"), Why, _found(_("应当变更：%(reason)s")),
            law=("SX-06",),
        ),
    ),
)  # fmt: skip
