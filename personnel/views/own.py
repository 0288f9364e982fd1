"""`/desk/personnel/me/`: what the register holds of the person signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.gallery import current_picture
from personnel.models import Officer
from personnel.own import own_sections
from personnel.qualification import standing
from personnel.views.officers import pairs_of
from portal.theme.components import Pair
from portal.web.base import DeskView


class OwnView(DeskView):
    """One's own data, certificates and postings, and what other rooms keep of one; nothing can be changed here."""

    def get(self, _request: Any) -> HttpResponse:
        """The page; whoever is on no register is told who registers."""
        officer = Officer.objects.select_related("department", "user").filter(user=self.user).first()
        context: dict[str, Any] = {"officer": officer, "crumbs": [{"label": _("我的执法资格")}]}
        if officer is not None:
            today = timezone.localdate()
            certificates = officer.certificates.order_by("ended_on", "-valid_to").prefetch_related("suspensions")
            context |= {
                "pairs": [*pairs_of(officer), Pair(_("公民身份号码"), officer.masked_identity or "—")],
                "has_photo": current_picture(officer) is not None,
                "certificates": [(one, *standing(one, today)) for one in certificates],
                "postings": list(officer.postings.select_related("department")),
                "sections": own_sections(officer),
            }
        return self.page("personnel/me.html", context)
