"""The page on which an officer's post changes: another post, gone, or back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from personnel.forms import PostingForm
from personnel.models import Officer
from personnel.views.officers import REGISTRARS, own_officer
from portal.web.base import DeskView


class PostingView(DeskView):
    """`/desk/personnel/officers/<pk>/posting/`: written by the department's platform administrator."""

    roles = REGISTRARS

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The form."""
        officer = own_officer(pk, self.user)
        return self.show(officer, PostingForm(officer=officer))

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """Write, or back to the form with its sentences."""
        officer = own_officer(pk, self.user)
        form = PostingForm(request.POST, officer=officer)
        if not form.is_valid() or not form.save_for(self.user):
            return self.show(officer, form, status=422)
        messages.success(request, _("%(name)s的岗位变动已登记。") % {"name": officer.name})
        return redirect("personnel:officer", officer.pk)

    def show(self, officer: Officer, form: PostingForm, status: int = 200) -> HttpResponse:
        """The page with the form."""
        title = _("岗位变动") if officer.active else _("返岗")
        page = reverse("personnel:officer", args=[officer.pk])
        context = {
            "form": form,
            "officer": officer,
            "title": title,
            "submit_label": _("登记"),
            "cancel_url": page,
            "crumbs": [
                {"label": _("执法人员"), "url": reverse("personnel:officers")},
                {"label": officer.name, "url": page},
                {"label": title},
            ],
        }
        return self.page("personnel/posting_form.html", context, status=status)
