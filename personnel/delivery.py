"""A revocation reaches its holder: from that day the local period for a recheck runs (参照 ZJ-08)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel import gates
from personnel.actions import bureau
from personnel.keeping import LATE
from personnel.models import Certificate
from portal.accounts.roles import Role
from portal.workflow.actions import Action, Attempt
from portal.workflow.data import entry


@dataclass(frozen=True)
class Delivered:
    """When and how the holder got the decision."""

    proof: str = entry(_("送达凭证"), help=_("例如：本人在送达回证上签收"))
    on: dt.date | None = entry(_("收到日期"), "date", default=None, help=_("不填为今天"))
    late_reason: str = entry(_("补录说明"), "long", default="", help=LATE)

    def problems(self, attempt: Attempt[Certificate, Delivered]) -> dict[str, str]:
        """What the form tells field by field."""
        found: dict[str, str] = {}
        if not self.proof.strip():
            found["proof"] = _gettext("请写明送达凭证。")
        if attempt.on > attempt.today:
            found["on"] = _gettext("日期 %(on)s 在将来，请填已经发生的日期。") % {"on": attempt.on}
        return found


def _deliver(attempt: Attempt[Certificate, Delivered]) -> None:
    """From here the local period runs in which he may ask for a recheck."""
    attempt.label(proof=attempt.data.proof.strip())
    attempt.fact("certificate.revocation_received")


DELIVER = Action[Certificate, Delivered](
    "certificate.deliver",
    _("登记吊销决定送达"),
    source=frozenset({Certificate.State.REVOKED.value}),
    target=None,
    roles=frozenset({Role.SUPERVISOR.value}),
    acting=bureau,
    data=Delivered,
    gates=(gates.NOT_OF_MINISTRY, gates.NOT_BEFORE_REVOCATION, gates.NOT_DELIVERED),
    body=_deliver,
    model=Certificate,
    facts=("certificate.revocation_received",),
    law=("ZJ-08",),
)
