"""Pages of files of questions: sent in and checked, adopted by a second person, the report as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.examinations import importing
from personnel.examinations.bank import EDITORS
from personnel.examinations.content import read_subjects
from personnel.examinations.models import QuestionFile
from personnel.examinations.reading import LARGEST_BYTES
from personnel.examinations.views.bank import crumbs, moment, short
from portal.tabular.tables import UnreadableError
from portal.theme.components import Cell, Empty, Figure, Table
from portal.theme.components import Column as HeadColumn
from portal.web.base import DeskView, visible_or_404
from portal.web.fields import REQUIRED
from portal.web.tables import Column, ListView
from portal.web.workspace import workspace

State = QuestionFile.State
SHAPES: dict[str, Any] = {State.READ: "amber", State.ADOPTED: "green", State.DISCARDED: "withdrawn"}
SHOWN, SAMPLE = 200, 20


class UploadForm(forms.Form):
    """A file, and the subjects of everything in it."""

    file = forms.FileField(
        label=gettext_lazy("试题文件"),
        max_length=200,
        help_text=gettext_lazy("文本文件（UTF-8 或者 GBK），每行一题，用制表符隔开，不超过 5 MB"),
        error_messages={"required": REQUIRED},
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.tsv"}),
    )
    subjects = forms.CharField(
        label=gettext_lazy("科目"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("文件里的题都记上这些科目；几个用顿号隔开，可以不填"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_%s", "label_suffix": ""} | kwargs)

    def clean_file(self) -> UploadedFile[Any]:
        """Not larger than is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_BYTES:
            raise forms.ValidationError(
                _("文件超过 %(most)d MB，请分成几个文件。"), params={"most": LARGEST_BYTES >> 20}
            )
        return file

    def clean_subjects(self) -> list[str]:
        """As they are kept."""
        try:
            return read_subjects(self.cleaned_data["subjects"])
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from problem


class FilesView(ListView):
    """`/desk/examinations/bank/files/`: what was sent in, newest first."""

    roles = EDITORS
    title = gettext_lazy("试题文件")
    columns = (
        Column(
            "file",
            gettext_lazy("文件"),
            lambda row: Cell(row.file_name, url=reverse("examinations:file", args=[row.pk]), small=row.made_by.name),
        ),
        Column("lines", gettext_lazy("行数"), lambda row: f"{row.lines:,}", numeric=True),
        Column("good", gettext_lazy("读懂的题"), lambda row: f"{row.good:,}", numeric=True),
        Column("created", gettext_lazy("已导入"), lambda row: f"{row.created:,}", numeric=True),
        Column("state", gettext_lazy("状态"), lambda row: Cell(row.get_state_display(), shape=SHAPES[row.state])),
        Column("at", gettext_lazy("上传时间"), lambda row: moment(row.made_at)),
    )

    def rows(self) -> Any:
        """All of them, without what they hold."""
        rows = QuestionFile.objects.visible_to(self.user).select_related("made_by")
        return rows.defer("rows", "problems", "hints")

    def empty(self) -> Empty:
        """What to do."""
        words = _("题库文件先逐行检查，另一名监督人员复核后才进题库。")
        return Empty(_("还没有上传过"), words, reverse("examinations:file-new"), _("上传试题文件"))

    def context(self) -> dict[str, Any]:
        """The button, and the way here."""
        return {
            "main_url": reverse("examinations:file-new"),
            "main_label": _("上传试题文件"),
            "main_icon": "plus",
            "crumbs": crumbs({"label": _("试题文件")}),
        }


class UploadView(DeskView):
    """`/desk/examinations/bank/files/new/`: a file is read and judged; the bank stays as it is."""

    roles = EDITORS

    def get(self, _request: Any) -> HttpResponse:
        """The form."""
        return self.show(UploadForm())

    def post(self, request: Any) -> HttpResponseBase:
        """Keep it on trial, or back to the form with the reason why it cannot be read."""
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                kept, fresh = importing.take_in(
                    file.read(),
                    name=file.name or "",
                    subjects=form.cleaned_data["subjects"],
                    actor=self.user,
                    request_id=request.id,
                )
            except UnreadableError as error:
                form.add_error("file", error.sentence)
            else:
                if not fresh:
                    messages.info(request, _("这份文件已经上传过，没有新建任何内容。"))
                return redirect("examinations:file", kept.pk)
        return self.show(form, status=422)

    def show(self, form: UploadForm, status: int = 200) -> HttpResponse:
        """The page."""
        return self.page(
            "examinations/upload.html", {"form": form, "crumbs": crumbs({"label": _("上传试题文件")})}, status=status
        )


class FileView(DeskView):
    """`/desk/examinations/bank/files/<pk>/`: what would come of a file, or what has come of it."""

    roles = EDITORS

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        file = visible_or_404(QuestionFile, pk, self.user, "matter__department", "made_by")
        fresh = len(file.rows) if file.state == State.READ else file.created
        return self.page(
            "examinations/file.html",
            {
                "file": file,
                "shape": SHAPES[file.state],
                "figures": [
                    Figure(_("行数"), f"{file.lines:,}"),
                    Figure(_("读懂的题"), f"{file.good:,}"),
                    Figure(_("可以导入") if file.state == State.READ else _("已导入"), f"{fresh:,}"),
                    Figure(_("已在题库"), f"{file.present:,}"),
                    Figure(_("没有收的行"), f"{len(file.problems):,}", shape="red" if file.problems else ""),
                ],
                "problems": _problems(_("没有收的行"), file.problems),
                "hints": _problems(_("收了，请核对"), file.hints),
                "more": max(len(file.problems) - SHOWN, 0),
                "sample": Table(
                    _("读出来的前 %(count)d 题") % {"count": SAMPLE},
                    [HeadColumn(_("题号")), HeadColumn(_("题干")), HeadColumn(_("选项")), HeadColumn(_("正确答案"))],
                    [
                        [
                            row["code"],
                            short(row["stem"]),
                            "；".join(f"{letter} {short(text)}" for letter, text in row["options"]),
                            "".join(row["answer"]),
                        ]
                        for row in file.rows[:SAMPLE]
                    ],
                ),
                "workspace": workspace(file, file.matter, self.user),
                "crumbs": crumbs(
                    {"label": _("试题文件"), "url": reverse("examinations:files")}, {"label": file.file_name}
                ),
            },
        )


def _problems(caption: str, rows: list[dict[str, Any]]) -> Table:
    return Table(
        caption,
        [HeadColumn(_("行")), HeadColumn(_("题号")), HeadColumn(_("说明"))],
        [[str(one["line"]), one["code"] or "—", one["sentence"]] for one in rows[:SHOWN]],
    )


class ReportView(DeskView):
    """`/desk/examinations/bank/files/<pk>/report.csv`: every line that was not taken, and every hint."""

    roles = EDITORS

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The file."""
        file = visible_or_404(QuestionFile, pk, self.user)
        answer = HttpResponse(importing.report(file.problems, file.hints), content_type="text/csv; charset=utf-8")
        name = f"{file.file_name.rpartition('.')[0] or file.file_name}-{_('检查报告')}.csv"
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
        return answer
