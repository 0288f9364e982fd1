"""`/desk/personnel/certificates/<pk>/card.pdf`: the printed card, for its holder, his administrator and the bureau."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.models import Certificate
from personnel.printing import card_pdf, card_problem
from personnel.views.officers import REGISTRARS
from portal.accounts.models import User
from portal.accounts.roles import BUREAU_ROLES
from portal.web.base import DeskView, visible_or_404
from portal.workflow.errors import Blocked, Forbidden, Unmet


def may_print(certificate: Certificate, user: User) -> bool:
    """The holder, the administrator of his department, the bureau's supervisors."""
    officer = certificate.officer
    if officer.user_id == user.pk or user.has_role(*BUREAU_ROLES):
        return True
    return officer.department_id == user.home_id and user.has_role(*REGISTRARS)


class CardView(DeskView):
    """Front and back as a PDF; made anew each time, for it shows what holds today."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The file; raises Blocked with the sentence when no card can be printed."""
        certificate = visible_or_404(Certificate, pk, self.user, "officer__department", "provenance")
        if not may_print(certificate, self.user):
            raise Forbidden(_("证卡由持证人本人、本部门平台管理员和监督机构打印。"), REGISTRARS)
        if problem := card_problem(certificate, timezone.localdate()):
            raise Blocked([Unmet("card_ready", problem, ("JD-14",))])
        answer = HttpResponse(card_pdf(certificate), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="card-{certificate.pk}.pdf"'
        answer["Cache-Control"] = "no-store"
        return answer
