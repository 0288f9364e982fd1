"""Pages of a file of acts: sent in, and what became of its rows."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enforcement.lightacts import importing
from enforcement.lightacts.models import ActImport
from portal.tabular.tables import UnreadableError
from portal.theme.components import Cell, Column, Figure, Table
from portal.web.base import DeskView
from portal.web.fields import REQUIRED
from portal.workflow.errors import Invalid

LARGEST = 10 * 1024 * 1024


class UploadForm(forms.Form):
    """A file of decided acts."""

    file = forms.FileField(
        label=gettext_lazy("决定清单"),
        help_text=gettext_lazy("CSV、xlsx 或者 xls，最大 10 MB，最多 1,000 行"),
        error_messages={"required": REQUIRED},
    )

    def clean_file(self) -> Any:
        """Not too large."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("文件超过 10 MB，请分成几份上传。"))
        return file


class Upload(DeskView):
    """`/desk/acts/files/new/`."""

    roles = importing.IMPORT.roles

    def get(self, _request: Any) -> HttpResponse:
        """The form."""
        return self.show(UploadForm(label_suffix=""))

    def post(self, request: Any) -> HttpResponseBase:
        """Take it in, or back to the form with the sentence."""
        form = UploadForm(request.POST, request.FILES, label_suffix="")
        if form.is_valid():
            try:
                with tempfile.TemporaryDirectory() as folder:
                    path = Path(folder) / "list"
                    path.write_bytes(form.cleaned_data["file"].read())
                    run = importing.take_in(path, actor=self.user, file_name=form.cleaned_data["file"].name)
            except UnreadableError as error:
                form.add_error("file", error.sentence)
            except Invalid as error:
                for sentence in error.fields.values():
                    form.add_error("file", sentence)
            else:
                return redirect("lightacts:import", run.pk)
        return self.show(form, status=422)

    def show(self, form: UploadForm, status: int = 200) -> HttpResponse:
        """The page."""
        crumbs = [{"label": _("许可等"), "url": reverse("lightacts:acts")}, {"label": _("归集")}]
        return self.page("lightacts/upload.html", {"form": form, "crumbs": crumbs}, status=status)


class Result(DeskView):
    """`/desk/acts/files/<pk>/`: created, present, and every fault with line, column, value and reason."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page; 404 outside the own department and the bureau."""
        run = ActImport.objects.filter(pk=pk).first()
        if run is None or not (self.user.home_id == run.department_id or self.user.sees_everything):
            raise Http404
        bad = [
            [Cell(str(one["line"])), Cell(one["column"]), Cell(one["value"] or "—"), Cell(one["reason"])]
            for one in run.faults
        ]
        return self.page(
            "lightacts/result.html",
            {
                "run": run,
                "figures": [
                    Figure(_("新建"), str(run.created), shape="green"),
                    Figure(_("已有"), str(run.present)),
                    Figure(_("要改的地方"), str(len(run.faults)), shape="red" if run.faults else ""),
                ],
                "bad": Table(
                    _("没有采用的"),
                    [Column(_("行"), numeric=True), Column(_("列")), Column(_("值")), Column(_("原因"))],
                    bad,
                ),
                "crumbs": [{"label": _("许可等"), "url": reverse("lightacts:acts")}, {"label": run.file_name}],
            },
        )


class Template(DeskView):
    """`/desk/acts/files/template.csv`: the header row, for a spreadsheet."""

    def get(self, _request: Any) -> HttpResponse:
        """One line, with the mark that spreadsheets look for."""
        names = [aliases[0] for aliases in importing.HEADERS.values()]
        response = HttpResponse("\ufeff" + ",".join(names) + "\r\n", content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="acts-template.csv"'
        return response
