"""Pictures of an officer: taking one in, and handing out the current one to who may see the officer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from personnel.forms import PictureForm
from personnel.gallery import current_picture, keep_picture
from personnel.models import Officer, OfficerPicture
from personnel.pictures import PictureRefusedError
from personnel.views.officers import PROOF_READERS, REGISTRARS, own_officer
from portal.web.base import DeskView, visible_or_404
from portal.workflow.door import role_names
from portal.workflow.errors import Forbidden

Kind = OfficerPicture.Kind
KINDS = {"photo": Kind.PHOTO, "legal-proof": Kind.LEGAL_PROOF}


class PictureView(DeskView):
    """`/desk/personnel/officers/<pk>/photo.jpg` and `…/legal-proof.jpg`: never kept by a cache that others share."""

    def get(self, _request: Any, pk: int, kind: str) -> HttpResponse:
        """The picture; the proof only for those who check it."""
        officer = visible_or_404(Officer, pk, self.user)
        if KINDS[kind] == Kind.LEGAL_PROOF and not self.user.has_role(*PROOF_READERS):
            raise Forbidden(_("证书由%(who)s查看。") % {"who": role_names(PROOF_READERS)}, PROOF_READERS)
        found = current_picture(officer, KINDS[kind])
        if found is None:
            raise Http404
        answer = HttpResponse(bytes(found.content), content_type="image/jpeg")
        answer["Cache-Control"] = "private, no-cache"
        answer["ETag"] = f'"{found.sha256}"'
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer["Content-Disposition"] = f'inline; filename="{kind}-{officer.pk}.jpg"'
        return answer


class PictureFormView(DeskView):
    """`/desk/personnel/officers/<pk>/photo/` and `…/legal-proof/`: a new picture takes the place of the old one."""

    roles = REGISTRARS

    def get(self, _request: Any, pk: int, kind: str) -> HttpResponse:
        """The form."""
        return self.show(own_officer(pk, self.user), kind, PictureForm(auto_id="id_%s", label_suffix=""))

    def post(self, request: Any, pk: int, kind: str) -> HttpResponseBase:
        """Keep it, or say why not."""
        officer = own_officer(pk, self.user)
        form = PictureForm(request.POST, request.FILES, auto_id="id_%s", label_suffix="")
        if not form.is_valid():
            return self.show(officer, kind, form, status=422)
        try:
            keep_picture(officer, KINDS[kind], form.cleaned_data["file"], actor=self.user)
        except PictureRefusedError as refusal:
            form.add_error("file", str(refusal))
            return self.show(officer, kind, form, status=422)
        messages.success(request, _("%(name)s的%(what)s已更新。") % {"name": officer.name, "what": KINDS[kind].label})
        return redirect("personnel:officer", officer.pk)

    def show(self, officer: Officer, kind: str, form: PictureForm, status: int = 200) -> HttpResponse:
        """The page with the form."""
        title = KINDS[kind].label
        page = reverse("personnel:officer", args=[officer.pk])
        form.fields["file"].help_text = {
            "photo": _("二寸免冠照，JPEG 或者 PNG，不超过 5 MB；保存时去掉拍摄信息，加密存放"),
            "legal-proof": _("证书的扫描件或者照片，JPEG 或者 PNG，不超过 5 MB；加密存放"),
        }[kind]
        context = {
            "form": form,
            "title": title,
            "submit_label": _("上传"),
            "cancel_url": page,
            "crumbs": [
                {"label": _("执法人员"), "url": reverse("personnel:officers")},
                {"label": officer.name, "url": page},
                {"label": title},
            ],
        }
        return self.page("personnel/officer_form.html", context, status=status)
