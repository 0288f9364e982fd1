"""The page on which a head assigns several cases to officers, and what became of each."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enforcement.cases.gates import MINIMUM_OFFICERS
from enforcement.models import ActOfficer
from enforcement.people.assigning import HEADS, Assigned, assign, can_be_picked, picked
from personnel.qualification import certified_officers
from portal.web.base import DeskView

MOST = 100


class AssignView(DeskView):
    """`/desk/people/assign/?pick=…&page=…,…`: the cases ticked in a list, and who shall handle them."""

    roles = HEADS

    def get(self, request: Any) -> HttpResponse:
        """The cases, and the officers to choose from."""
        return self._form(self._keys(request.GET))

    def post(self, request: Any) -> HttpResponseBase:
        """Each case by itself; the answer tells case by case."""
        keys = self._keys(request.POST)
        lead, others = request.POST.get("lead", ""), request.POST.getlist("officer")
        reason = request.POST.get("reason", "").strip()
        known = {str(key) for key, _name in self._colleagues()}
        chosen = [key for key in dict.fromkeys([lead, *others]) if key in known]
        errors = []
        if lead not in known:
            errors.append(_("请选定主办人员。"))
        if len(chosen) < MINIMUM_OFFICERS:
            errors.append(_("办案人员不得少于两人，请在主办之外再选协办人员。"))
        if not reason:
            errors.append(_("请写明分派理由，例如：按辖区分工。"))
        cases = list(picked(keys[:MOST], self.user))
        if len(keys) > MOST:
            errors.append(_("一次最多分派 %(most)d 件，请分几次。") % {"most": MOST})
        if not cases:
            errors.append(_("请在列表里至少勾选一件案件。"))
        if errors:
            return self._form(keys, lead=lead, officers=others, reason=reason, errors=errors)
        done = assign(cases, [int(key) for key in chosen], reason=reason, actor=self.user, request_id=self.request.id)
        return self._result(done, unseen=len(keys) - len(cases))

    def _keys(self, sent: Any) -> list[int]:
        texts = [*sent.getlist("pick"), *(key for text in sent.getlist("page") for key in text.split(","))]
        return list(dict.fromkeys(int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19))

    def _colleagues(self) -> list[tuple[int, str]]:
        if self.user.department is None:
            return []
        today = timezone.localdate()
        return list(certified_officers(self.user.department, today).order_by("name", "pk").values_list("pk", "name"))

    def _form(
        self,
        keys: list[int],
        *,
        lead: str = "",
        officers: list[str] | None = None,
        reason: str = "",
        errors: list[str] | None = None,
    ) -> HttpResponse:
        cases = list(picked(keys[:MOST], self.user))
        links = ActOfficer.objects.filter(act__in=[case.pk for case in cases], until=None).select_related("officer")
        names: dict[int, list[str]] = {}
        for link in links:
            names.setdefault(link.act_id, []).append(link.officer.name)
        return self.page(
            "people/assign.html",
            {
                "rows": [
                    {
                        "case": case,
                        "officers": "、".join(names.get(case.pk, [])),
                        "takes": can_be_picked(case, self.user),
                    }
                    for case in cases
                ],
                "left_out": max(0, len(keys) - MOST),
                "most": MOST,
                "unseen": len(keys[:MOST]) - len(cases),
                "colleagues": [(str(key), name) for key, name in self._colleagues()],
                "lead": lead,
                "officers": officers or [],
                "reason": reason,
                "errors": errors or [],
                "crumbs": _crumbs(),
            },
            status=422 if errors else 200,
        )

    def _result(self, done: list[Assigned], *, unseen: int) -> HttpResponse:
        refused = [one for one in done if one.refusal]
        return self.page(
            "people/assigned.html",
            {
                "done": [one for one in done if not one.refusal],
                "refused": refused,
                "again": ",".join(str(one.case.pk) for one in refused),
                "unseen": unseen,
                "crumbs": _crumbs(),
            },
        )


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("案件"), "url": reverse("enforcement:cases")}, {"label": _("分派办案人员")}]
