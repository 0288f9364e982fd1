"""Pages of the import of officers: the lists, the upload, the check, the result and its error file."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.imports import jobs
from personnel.imports.layout import HEADERS, NEEDED
from personnel.imports.reasons import Outcome, Reason
from personnel.imports.registering import MAY_IMPORT
from personnel.imports.service import LARGEST_BYTES, error_file, start, template_file
from personnel.models import OfficerImport
from portal.accounts.models import Department, User
from portal.tabular.tables import UnreadableError
from portal.theme.components import Cell, Empty, Figure, Job, Table
from portal.theme.components import Column as HeadColumn
from portal.web.base import DeskView, visible_or_404
from portal.web.tables import Column, ListView
from portal.workflow.door import role_names
from portal.workflow.errors import Forbidden

S = OfficerImport.State
SHAPES: dict[str, Any] = {
    S.FINISHED: "green", S.FAILED: "red", S.CHECKED: "amber", S.DISCARDED: "withdrawn",
}  # fmt: skip
ENFORCING = ("organ", "empowered", "dispatched", "entrusted", "street", "police", "bureau")
SHOWN = 200


def departments_for(user: User) -> Any:
    """The departments a person may import officers for: the own one; all that enforce for the bureau."""
    rows = Department.objects.filter(is_active=True, kind__in=ENFORCING)
    return rows if user.sees_everything else rows.filter(pk=user.department_id or 0)


class UploadForm(forms.Form):
    """One list for one department."""

    department = forms.ModelChoiceField(
        queryset=Department.objects.none(),
        label=gettext_lazy("部门"),
        empty_label=gettext_lazy("请选择"),
        help_text=gettext_lazy("名册里的人员都登记到这个部门"),
    )
    file = forms.FileField(
        label=gettext_lazy("文件"),
        max_length=200,
        help_text=gettext_lazy("CSV（UTF-8 或者 GB18030）、xlsx、xls，不超过 10 MB；身份号码一列设为文本"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_%s", "label_suffix": ""} | kwargs)
        department: Any = self.fields["department"]
        department.queryset = departments_for(user)
        if not user.sees_everything:
            self.initial["department"] = user.department_id
            department.empty_label = None

    def clean_file(self) -> UploadedFile[Any]:
        """Not larger than is kept."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_BYTES:
            raise forms.ValidationError(
                _("文件超过 %(most)d MB，请分成几个文件。"), params={"most": LARGEST_BYTES >> 20}
            )
        return file


class RunView(DeskView):
    """Base of the pages of one list: visible to its department and the bureau, for those who may import."""

    def run(self, pk: int) -> OfficerImport:
        """The list; 404 when it is another department's, Forbidden for those who do not import."""
        found = visible_or_404(OfficerImport, pk, self.user, "department", "actor")
        if not self.user.has_role(*MAY_IMPORT):
            raise Forbidden(_("人员导入由%(who)s办理。") % {"who": role_names(MAY_IMPORT)}, MAY_IMPORT)
        return found


class ImportsView(ListView):
    """`/desk/personnel/imports/`: the lists of the own department (of all for the bureau), newest first."""

    roles = MAY_IMPORT
    title = gettext_lazy("人员导入")
    caption = gettext_lazy("导入的名册")
    columns = (
        Column(
            "file",
            gettext_lazy("文件"),
            lambda run: Cell(
                run.file_name, url=reverse("personnel:import", args=[run.pk]), small=run.department.short_name
            ),
        ),
        Column(
            "state",
            gettext_lazy("状态"),
            lambda run: Cell(run.get_state_display(), shape=SHAPES.get(run.state, "grey")),
        ),
        Column("rows", gettext_lazy("行数"), lambda run: f"{run.rows:,}", numeric=True),
        Column("created", Outcome.CREATED.label, lambda run: f"{run.created:,}", numeric=True),
        Column("certified", Outcome.CERTIFIED.label, lambda run: f"{run.certified:,}", numeric=True),
        Column("present", Outcome.PRESENT.label, lambda run: f"{run.present:,}", numeric=True),
        Column("rejected", Outcome.REJECTED.label, lambda run: f"{run.rejected:,}", numeric=True),
        Column("actor", gettext_lazy("经办人"), lambda run: run.actor.name if run.actor else _("系统")),
        Column("at", gettext_lazy("上传时间"), lambda run: f"{timezone.localtime(run.created_at):%Y-%m-%d %H:%M}"),
    )

    def rows(self) -> Any:
        """Visible lists, without their content."""
        return (
            OfficerImport.objects.visible_to(self.user)
            .select_related("department", "actor")
            .defer("content", "problems", "notes")
        )

    def empty(self) -> Empty:
        """What to do."""
        return Empty(
            _("还没有导入过名册"),
            _("执法人员连同执法证可以从表格一次登记；先检查，后导入。"),
            reverse("personnel:import-new"),
            _("上传名册"),
        )

    def context(self) -> dict[str, Any]:
        """The button."""
        return {
            "main_url": reverse("personnel:import-new"),
            "main_label": _("上传名册"),
            "main_icon": "plus",
            "crumbs": [{"label": _("执法人员"), "url": reverse("personnel:officers")}, {"label": _("人员导入")}],
        }


class UploadView(DeskView):
    """`/desk/personnel/imports/new/`: a list is taken in and checked; nothing is registered yet."""

    roles = MAY_IMPORT

    def get(self, _request: Any) -> HttpResponse:
        """The form."""
        return self.show(UploadForm(user=self.user))

    def post(self, request: Any) -> HttpResponseBase:
        """Check and keep the list, or back to the form with the reason why it cannot be read."""
        form = UploadForm(request.POST, request.FILES, user=self.user)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                run = start(
                    file.read(), name=file.name or "", department=form.cleaned_data["department"], actor=self.user
                )
            except UnreadableError as error:
                form.add_error("file", error.sentence)
            else:
                return redirect("personnel:import", run.pk)
        return self.show(form, status=422)

    def show(self, form: UploadForm, status: int = 200) -> HttpResponse:
        """The page."""
        context = {
            "form": form,
            "headers": [(headers[0], "、".join(headers[1:]), name in NEEDED) for name, headers in HEADERS.items()],
            "crumbs": crumbs(_("上传名册")),
        }
        return self.page("personnel/imports/upload.html", context, status=status)


class TemplateView(DeskView):
    """`/desk/personnel/imports/template.csv`: an empty list with the headers."""

    roles = MAY_IMPORT

    def get(self, _request: Any) -> HttpResponse:
        """The file."""
        return _csv(template_file(), _("执法人员名册.csv"))


class RunPage(RunView):
    """`/desk/personnel/imports/<pk>/`: the check, the waiting, or the result."""

    def get(self, request: Any, pk: int) -> HttpResponseBase:
        """What the list is at; a poll of the waiting page gets the moving part alone."""
        run = self.run(pk)
        if run.state == S.QUEUED:
            return self.page("theme/progress_card.html" if request.htmx else "theme/progress.html", moving(run))
        if request.htmx:
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = reverse("personnel:import", args=[run.pk])
            return answer
        return self.page("personnel/imports/run.html", shown(run))


class StepView(RunView):
    """POST only: a checked list is confirmed or thrown away."""

    http_method_names = ["post"]
    step = ""

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """Do it, or say that somebody was faster."""
        run = self.run(pk)
        done = jobs.confirm(run, actor=self.user) if self.step == "confirm" else jobs.discard(run)
        if not done:
            run.refresh_from_db()
            messages.info(request, _("现在的状态是“%(state)s”，这一步没有再办。") % {"state": run.get_state_display()})
        return redirect("personnel:import", run.pk)


class ErrorsView(RunView):
    """`/desk/personnel/imports/<pk>/errors.csv`: every problem with line, column, value and reason."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The file."""
        run = self.run(pk)
        return _csv(
            error_file(run.problems), f"{run.file_name.rpartition('.')[0] or run.file_name}-{_('问题清单')}.csv"
        )


def _csv(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return answer


def crumbs(last: str) -> list[dict[str, str]]:
    """The way here."""
    return [
        {"label": _("执法人员"), "url": reverse("personnel:officers")},
        {"label": _("人员导入"), "url": reverse("personnel:imports")},
        {"label": last},
    ]


def moving(run: OfficerImport) -> dict[str, Any]:
    """What the waiting page shows."""
    title = _("导入 %(file)s") % {"file": run.file_name}
    return {
        "job": Job(title=title, total=0, started_at=run.created_at, state="waiting"),
        "poll_url": reverse("personnel:import", args=[run.pk]),
        "crumbs": crumbs(run.file_name),
    }


def shown(run: OfficerImport) -> dict[str, Any]:
    """Counts, reasons, and the rows to look at."""
    labels = {outcome: str(outcome.label) for outcome in Outcome}
    if run.state == S.CHECKED:
        labels |= {
            Outcome.CREATED: _("可登记的人员"),
            Outcome.CERTIFIED: _("可补登执法证"),
            Outcome.REJECTED: _("收不下"),
        }
    reasons = Counter(one["code"] for one in run.problems)
    return {
        "run": run,
        "shape": SHAPES.get(run.state, "grey"),
        "figures": [
            Figure(_("行数"), f"{run.rows:,}"),
            *(Figure(labels[outcome], f"{getattr(run, outcome.value):,}") for outcome in Outcome),
            Figure(_("执法证"), f"{run.certificates:,}", _("随人员登记")),
        ],
        "taken": run.created + run.certified,
        "reasons": [(Reason(code).label, count) for code, count in reasons.most_common()],
        "more": max(len(run.problems) - SHOWN, 0),
        "table": Table(
            caption=_("没有收的行"),
            columns=[HeadColumn(_("行")), HeadColumn(_("列")), HeadColumn(_("值")), HeadColumn(_("原因"))],
            rows=[
                [f"{one['sheet']} {one['line']}".strip(), one["column"] or "—", one["value"] or "—", one["sentence"]]
                for one in run.problems[:SHOWN]
            ],
            named=False,
            empty=Empty(_("每一行都能收下")),
        ),
        "crumbs": crumbs(run.file_name),
    }
