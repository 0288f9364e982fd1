"""Pages of a catalogue's file: sent in, what could be read and what not, put forward as one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enforcement.catalogue import batches, benchmark_files, list_files
from enforcement.catalogue.actions import PROPOSERS
from enforcement.catalogue.models import Batch
from portal.tabular.tables import UnreadableError
from portal.theme.components import Cell, Column, Figure, Table
from portal.web.base import DeskView, visible_or_404
from portal.web.fields import REQUIRED, DayField
from portal.web.workspace import workspace
from portal.workflow.errors import Invalid

LARGEST = 10 * 1024 * 1024
PREVIEW = 50


class UploadForm(forms.Form):
    """A file, the day from which it is in force, and what its rows leave out."""

    file = forms.FileField(label=gettext_lazy("清单"), help_text=gettext_lazy("事项清单、裁量基准、法制审核目录、减免责清单或者听证标准，CSV、xlsx 或者 xls，最大 10 MB"), error_messages={"required": REQUIRED})  # fmt: skip
    effective_from = DayField(label=gettext_lazy("施行日期"), error_messages={"required": REQUIRED})
    field = forms.CharField(label=gettext_lazy("执法领域"), max_length=30, required=False, help_text=gettext_lazy("文件里没有这一列时，全部行都用它"))  # fmt: skip
    handler = forms.CharField(label=gettext_lazy("承办机构"), max_length=60, required=False)
    reviewer = forms.CharField(label=gettext_lazy("审核机构"), max_length=60, required=False)
    approver = forms.CharField(label=gettext_lazy("批准人"), max_length=60, required=False)

    def clean_file(self) -> Any:
        """Not too large."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("文件超过 10 MB，请分成几份上传。"))
        return file


class Upload(DeskView):
    """`/desk/catalogue/files/new/`: a file is read; nothing is in force before a head has approved it."""

    roles = PROPOSERS

    def get(self, _request: Any) -> HttpResponse:
        """The form."""
        return self.show(UploadForm(label_suffix="", initial={"effective_from": timezone.localdate()}))

    def post(self, request: Any) -> HttpResponseBase:
        """Read it, or back to the form."""
        form = UploadForm(request.POST, request.FILES, label_suffix="")
        if form.is_valid():
            try:
                batch, fresh = self.take(form)
            except UnreadableError as error:
                form.add_error("file", error.sentence)
            except Invalid as error:
                for sentence in error.fields.values():
                    form.add_error("file", sentence)
            else:
                if not fresh:
                    messages.info(request, _("这份文件已经上传过，没有新建任何内容。"))
                return redirect("catalogue:batch", batch.pk)
        return self.show(form, status=422)

    def take(self, form: UploadForm) -> tuple[Batch, bool]:
        """Keep the upload for as long as it is read."""
        values = form.cleaned_data
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "list"
            path.write_bytes(values["file"].read())
            return batches.take_in(
                path,
                department=self.user.department,
                file_name=values["file"].name,
                effective_from=values["effective_from"],
                defaults={name: values[name].strip() for name in ("field", "handler", "reviewer", "approver")},
                now=timezone.now(),
            )

    def show(self, form: UploadForm, status: int = 200) -> HttpResponse:
        """The page."""
        crumbs = [{"label": _("执法目录"), "url": reverse("catalogue:entries")}, {"label": _("上传清单")}]
        return self.page("catalogue/upload.html", {"form": form, "crumbs": crumbs}, status=status)


class BatchPage(DeskView):
    """`/desk/catalogue/files/<pk>/`: what a file brings, and what of it could not be taken."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        batch = visible_or_404(Batch, pk, self.user, "matter__department", "department")
        good = [
            [Cell(str(row["line"])), Cell(row["code"]), Cell(row["name"]), Cell(_("新增") if row["new"] else _("改版"))]
            for row in batch.rows[:PREVIEW]
        ]
        bad = [
            [Cell(str(one["line"])), Cell(one["column"]), Cell(one["value"] or "—"), Cell(one["reason"])]
            for one in batch.faults
        ]
        line = Column(_("行"), numeric=True)
        return self.page(
            "catalogue/batch.html",
            {
                "batch": batch,
                "figures": [
                    Figure(_("可以采用"), str(len(batch.rows)), shape="green"),
                    Figure(_("与现行相同"), str(batch.unchanged)),
                    Figure(_("要改的地方"), str(len(batch.faults)), shape="red" if batch.faults else ""),
                ],
                "good": Table(_("可以采用的行"), [line, Column(_("编码")), Column(_("名称")), Column(_("变化"))], good),
                "bad": Table(_("没有采用的"), [line, Column(_("列")), Column(_("值")), Column(_("原因"))], bad),
                "workspace": workspace(batch, batch.matter, self.user),
                "crumbs": [{"label": _("执法目录"), "url": reverse("catalogue:entries")}, {"label": batch.file_name}],
            },
        )


class Template(DeskView):
    """`/desk/catalogue/files/template.csv`: the header row of the file, for a spreadsheet."""

    def get(self, request: Any) -> HttpResponse:
        """One line, with the mark that spreadsheets look for."""
        wanted = request.GET.get("of", "")
        headers = benchmark_files.HEADERS if wanted == "tiers" else batches.HEADERS
        if wanted in list_files.KINDS:
            headers = list_files.KINDS[wanted].headers
        names = [aliases[0] for aliases in headers.values()]
        response = HttpResponse("\ufeff" + ",".join(names) + "\r\n", content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="catalogue-template.csv"'
        return response
