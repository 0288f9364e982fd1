"""The confirmation form of one department's list (清理确认表): every line with what was found, the opinion, the head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from personnel.campaigns import list_kind
from personnel.cleanup.models import Line, Roll
from portal.accounts.roles import Role
from portal.documents.blocks import Opinion, Signer
from portal.documents.kinds import DocumentKind
from portal.documents.spelling import chinese_date

CONFIRMATION = "cleanup.confirmation"


@dataclass(frozen=True)
class ConfirmedLine:
    """One thing of the list."""

    title: str
    facts: str
    outcome: str
    note: str


@dataclass(frozen=True)
class ConfirmationPaper:
    """What the form says."""

    campaign: str
    ground: str
    department: str
    frozen_on: str
    unit: str
    total: int
    confirmed: int
    found: int
    gone: int
    lines: tuple[ConfirmedLine, ...]
    opinion: Opinion


class RollConfirmation(DocumentKind):
    """资格清理确认表; its form is of our own (本地)."""

    key = CONFIRMATION
    label = _("资格清理确认表")
    series = "清确"
    template = "cleanup/papers/confirmation.html"
    signers = (Role.HEAD.value,)

    def context(self, matter: Any, subject: Roll, extra: dict[str, Any]) -> ConfirmationPaper:
        """The list as it is reported."""
        campaign = subject.campaign
        kind = list_kind(campaign.kind)
        shorts = {one.key: str(one.short) for one in kind.findings}
        lines = list(subject.lines.order_by("title", "pk"))
        counted = {state: sum(line.state == state for line in lines) for state in Line.State.values}
        return ConfirmationPaper(
            campaign=campaign.name,
            ground=campaign.ground.rstrip("。"),
            department=matter.department.name,
            frozen_on=chinese_date(campaign.frozen_on),
            unit=str(kind.unit),
            total=len(lines),
            confirmed=counted[Line.State.CONFIRMED],
            found=counted[Line.State.FOUND],
            gone=counted[Line.State.GONE],
            lines=tuple(
                ConfirmedLine(
                    title=line.title,
                    facts="；".join(line.facts),
                    outcome=shorts.get(line.finding, "") or str(line.get_state_display()),
                    note=line.note,
                )
                for line in lines
            ),
            opinion=Opinion(
                subject.opinion,
                (Signer(str(extra["by"])),),
                chinese_date(subject.reported_on) if subject.reported_on else "",
            ),
        )
