"""The page of an officer's open cases, on which all are handed over in one step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enforcement.people.actions import HEADS
from enforcement.people.handover import hand_over, open_cases, successors
from personnel.models import Officer
from portal.web.base import DeskView, visible_or_404
from portal.workflow.door import role_names
from portal.workflow.errors import Forbidden

MOST = 500


class HandoverView(DeskView):
    """`/desk/people/handover/<officer>/`: who takes over which case; the department's heads decide."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The list, with a successor to choose for one or for all."""
        return self._page(self._officer(pk), {}, "", {})

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """Hand over what was chosen; the page comes back while something is left or was refused."""
        officer = self._officer(pk)
        if not self._may(officer):
            raise Forbidden(_("更换办案人员由案件所在部门的%(who)s决定。") % {"who": role_names(HEADS)}, HEADS)
        reason = request.POST.get("reason", "").strip()
        for_all = request.POST.get("all", "")
        posted = {
            case.pk: request.POST.get(f"case-{case.pk}", "") or for_all
            for case in open_cases(officer, self.user)[:MOST]
        }
        known = {str(one.pk) for one in successors(officer, self.user, timezone.localdate())}
        chosen = {case: int(value) for case, value in posted.items() if value in known}
        errors = {}
        if not reason:
            errors["reason"] = _("请写明更换理由，例如：调离执法岗位，某年某月某号文件。")
        if not chosen:
            errors["all"] = _("请至少为一件案件选定接替的人。")
        if errors:
            return self._page(officer, {str(k): v for k, v in posted.items()}, reason, errors, status=422)
        done = hand_over(officer, chosen, reason=reason, actor=self.user)
        refused = [one for one in done if one.refusal]
        if ok := len(done) - len(refused):
            messages.success(request, _("已移交 %(count)d 件。") % {"count": ok})
        if not refused:
            return redirect(reverse("people:handover", args=[officer.pk]))
        return self._page(
            officer, {str(k): v for k, v in posted.items()}, reason, {}, refused={one.case.pk: one for one in refused},
            status=422,
        )  # fmt: skip

    def _officer(self, pk: int) -> Officer:
        """One whom the person may see, or who still stands on open cases of the person's department; else 404."""
        gone = Officer.objects.filter(pk=pk).select_related("department").first()
        if gone is not None and open_cases(gone, self.user).filter(department=self.user.home_id).exists():
            return gone
        return visible_or_404(Officer, pk, self.user, "department")

    def _may(self, officer: Officer) -> bool:
        own = {officer.department_id} | set(open_cases(officer, self.user).values_list("department", flat=True)[:MOST])
        return self.user.home_id in own and self.user.has_role(*HEADS)

    def _page(
        self,
        officer: Officer,
        posted: dict[str, str],
        reason: str,
        errors: dict[str, str],
        *,
        refused: dict[int, Any] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        today = timezone.localdate()
        refused = refused or {}
        colleagues = list(successors(officer, self.user, today).values_list("pk", "name"))
        rows = [
            {
                "case": case,
                "chosen": posted.get(str(case.pk), ""),
                "refusal": refused[case.pk].refusal if case.pk in refused else "",
            }
            for case in open_cases(officer, self.user)[:MOST]
        ]
        open_keys = {row["case"].pk for row in rows}
        return self.page(
            "people/handover.html",
            {
                "officer": officer,
                "rows": rows,
                "elsewhere": [one for key, one in refused.items() if key not in open_keys],
                "colleagues": colleagues,
                "may": self._may(officer),
                "who": role_names(HEADS),
                "reason": reason,
                "errors": errors,
                "crumbs": [
                    {"label": _("执法人员"), "url": reverse("personnel:officers")},
                    {
                        "label": officer.name,
                        "url": reverse("personnel:officer", args=[officer.pk])
                        if officer.is_visible_to(self.user)
                        else "",
                    },
                    {"label": _("移交在办案件")},
                ],
            },
            status=status,
        )
