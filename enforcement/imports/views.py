"""Pages of the import: the runs, the upload, the preview, the progress, the result and its error file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enforcement.imports import jobs
from enforcement.imports.forms import UploadForm, departments_for
from enforcement.imports.layouts import LAYOUTS
from enforcement.imports.models import ImportProblem, ImportRun
from enforcement.imports.reasons import Missing, Outcome, Reason
from enforcement.imports.registering import MAY_IMPORT
from enforcement.imports.service import media_path
from enforcement.models import PenaltyKind
from portal.theme.components import Cell, Column, Empty, Figure, Job, Table
from portal.web.base import DeskView, visible_or_404
from portal.web.tables import Choice, ListView
from portal.web.tables import Column as ListColumn
from portal.workflow.door import role_names
from portal.workflow.errors import Forbidden

S = ImportRun.State
SHAPES: dict[str, Any] = {
    S.FINISHED: "green", S.FAILED: "red", S.CHECKED: "amber", S.DISCARDED: "withdrawn",
}  # fmt: skip
OVER = frozenset({S.FINISHED, S.FAILED, S.DISCARDED})


class RunView(DeskView):
    """Base of the pages of one run: visible to its department and the bureau, for those who may import."""

    def run(self, pk: int) -> ImportRun:
        """The run; 404 when it is another department's, Forbidden for those who do not import."""
        found = visible_or_404(ImportRun, pk, self.user, "department", "actor")
        if not self.user.has_role(*MAY_IMPORT):
            raise Forbidden(_("信息归集由%(who)s办理。") % {"who": role_names(MAY_IMPORT)}, MAY_IMPORT)
        return found

    @staticmethod
    def crumbs(run: ImportRun) -> list[dict[str, str]]:
        """The way here."""
        return [{"label": _("信息归集"), "url": reverse("enforcement:imports")}, {"label": run.file_name, "url": ""}]


class RunList(ListView):
    """`/desk/imports/`: the files of the own department (of all for the bureau), newest first."""

    roles = MAY_IMPORT
    title = gettext_lazy("信息归集")
    caption = gettext_lazy("归集的文件")
    columns = (
        ListColumn(
            "file",
            gettext_lazy("文件"),
            lambda run: Cell(
                run.file_name, url=reverse("enforcement:import", args=[run.pk]), small=run.department.short_name
            ),
        ),
        ListColumn(
            "state",
            gettext_lazy("状态"),
            lambda run: Cell(run.get_state_display(), shape=SHAPES.get(run.state, "grey")),
        ),
        ListColumn("rows", gettext_lazy("行数"), lambda run: f"{run.rows or run.expected:,}", numeric=True),
        ListColumn("created", Outcome.CREATED.label, lambda run: f"{run.created:,}", numeric=True),
        ListColumn("to_complete", Outcome.TO_COMPLETE.label, lambda run: f"{run.to_complete:,}", numeric=True),
        ListColumn("duplicate", Outcome.DUPLICATE.label, lambda run: f"{run.duplicate:,}", numeric=True),
        ListColumn("rejected", Outcome.REJECTED.label, lambda run: f"{run.rejected:,}", numeric=True),
        ListColumn("actor", gettext_lazy("经办人"), lambda run: run.actor.name if run.actor else _("系统")),
        ListColumn("at", gettext_lazy("上传时间"), lambda run: f"{timezone.localtime(run.created_at):%Y-%m-%d %H:%M}"),
    )
    facets = (Choice("state", gettext_lazy("状态"), S.choices, lambda rows, chosen: rows.filter(state__in=chosen)),)

    def rows(self) -> Any:
        """Visible runs with what a row shows."""
        return ImportRun.objects.visible_to(self.user).select_related("department", "actor").defer("trial")

    def empty(self) -> Empty:
        """What to do."""
        return Empty(
            _("还没有归集过文件"),
            _("在别的系统里办结的处罚决定，导出成表格后从这里归集，缺项补全后公示。"),
            reverse("enforcement:import-new"),
            _("上传文件"),
        )

    def context(self) -> dict[str, Any]:
        """The button."""
        return {"main_url": reverse("enforcement:import-new"), "main_label": _("上传文件"), "main_icon": "plus"}


class Upload(DeskView):
    """`/desk/imports/new/`: a file is taken in and checked; nothing is imported yet."""

    roles = MAY_IMPORT

    def get(self, _request: Any) -> HttpResponse:
        """The form; told when the person's department does not enforce."""
        if not departments_for(self.user).exists():
            raise Forbidden(_("您的部门不作出行政处罚，没有可以归集的决定。"), MAY_IMPORT)
        return self.show(UploadForm(user=self.user))

    def post(self, request: Any) -> HttpResponseBase:
        """Keep the file and have it checked, or back to the form."""
        form = UploadForm(request.POST, request.FILES, user=self.user)
        if not form.is_valid():
            return self.show(form, status=422)
        run = jobs.upload(
            form.cleaned_data["file"],
            department=form.cleaned_data["department"],
            actor=self.user,
            layout=form.cleaned_data["layout"],
            decided_on_from=form.cleaned_data["decided_on_from"],
        )
        return redirect("enforcement:import", run.pk)

    def show(self, form: UploadForm, status: int = 200) -> HttpResponse:
        """The page."""
        context = {
            "form": form,
            "layouts": [known.label for known in LAYOUTS.values()],
            "crumbs": [
                {"label": _("信息归集"), "url": reverse("enforcement:imports")},
                {"label": _("上传文件"), "url": ""},
            ],
        }
        return self.page("enforcement/imports/upload.html", context, status=status)


class RunPage(RunView):
    """`/desk/imports/<pk>/`: what the run is at: under way, waiting to be confirmed, or over."""

    def get(self, _request: Any, pk: int) -> HttpResponseBase:
        """Progress, preview, or on to the result."""
        run = self.run(pk)
        if run.state in OVER:
            return redirect("enforcement:import-result", run.pk)
        context = {"run": run, "crumbs": self.crumbs(run)}
        if run.state == S.CHECKED:
            return self.page("enforcement/imports/checked.html", context | preview(run))
        return self.page("enforcement/imports/progress.html", context | moving(run))


class Progress(RunView):
    """`/desk/imports/<pk>/progress/`: the moving part alone; when it is over, the page loads itself anew."""

    def get(self, request: Any, pk: int) -> HttpResponseBase:
        """The card, or where to go."""
        run = self.run(pk)
        if run.state in OVER or run.state == S.CHECKED:
            address = reverse("enforcement:import", args=[run.pk])
            if not request.htmx:
                return redirect(address)
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = address
            return answer
        return self.page("theme/progress_card.html", moving(run))


class Step(RunView):
    """POST only: a run is confirmed, thrown away or gone on with."""

    http_method_names = ["post"]
    step = ""

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """Do it, or say that somebody was faster."""
        run = self.run(pk)
        done = {
            "confirm": lambda: jobs.confirm(run, actor=self.user),
            "discard": lambda: jobs.discard(run),
            "resume": lambda: jobs.resume(run),
        }[self.step]()
        if not done:
            run.refresh_from_db()
            messages.info(request, _("现在的状态是“%(state)s”，这一步没有再办。") % {"state": run.get_state_display()})
        return redirect("enforcement:import", run.pk)


class Result(ListView, RunView):
    """`/desk/imports/<pk>/result/`: the counts, and every row a person should look at."""

    template = "enforcement/imports/result.html"
    title = gettext_lazy("归集结果")
    caption = gettext_lazy("需要看的行")
    default_order = "pk"
    named = False
    page_size = 50
    columns = (
        ListColumn("line", gettext_lazy("行"), lambda one: f"{one.sheet} {one.line}".strip()),
        ListColumn("outcome", gettext_lazy("结果"), lambda one: str(one.get_outcome_display())),
        ListColumn("column", gettext_lazy("列"), lambda one: one.column or "—"),
        ListColumn("value", gettext_lazy("值"), lambda one: one.value or "—"),
        ListColumn("sentence", gettext_lazy("原因"), lambda one: one.sentence),
    )

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # only the reasons that occur
        """Outcomes, and the reasons of rejection that occur in this run."""
        found = [
            Choice(
                "outcome",
                gettext_lazy("结果"),
                Outcome.choices[1:],
                lambda rows, chosen: rows.filter(outcome__in=chosen),
            )
        ]
        reasons = [(code, Reason(code).label) for code in self.found.rejected_by_reason]
        if reasons:
            narrow = Choice(
                "code", gettext_lazy("未收的原因"), reasons, lambda rows, chosen: rows.filter(code__in=chosen)
            )
            found.append(narrow)
        return tuple(found)

    def get(self, request: Any, **named: Any) -> HttpResponseBase:
        """The result; a run that is not over is shown on its own page."""
        self.found = self.run(named["pk"])
        if self.found.state not in OVER:
            return redirect("enforcement:import", self.found.pk)
        return super().get(request, **named)

    def rows(self) -> QuerySet[ImportProblem]:
        """The problems in the order of the file."""
        return ImportProblem.objects.filter(run=self.found)

    def empty(self) -> Empty:
        """Nothing to look at."""
        return Empty(_("没有需要看的行"), _("每一行都完整收下了。"))

    def context(self) -> dict[str, Any]:
        """The counts and the file."""
        run = self.found
        return {
            "run": run,
            "figures": figures(run.rows, {name: getattr(run, name) for name in Outcome.values}),
            "layouts": layout_names(run.layout),
            "has_errors_file": media_path(run.errors_path).is_file(),
            "cases_url": f"{reverse('enforcement:cases')}?origin=imported",
            "crumbs": self.crumbs(run),
        }


class ErrorsFile(RunView):
    """`/desk/imports/<pk>/errors.csv`: the error file of the run, or of the check before it."""

    def get(self, _request: Any, pk: int) -> HttpResponseBase:
        """The file; 404 before there is one."""
        run = self.run(pk)
        path = media_path(run.errors_path)
        if not path.is_file():
            raise Http404
        name = f"{run.file_name.rpartition('.')[0] or run.file_name}-{_('问题清单')}.csv"
        return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


def moving(run: ImportRun) -> dict[str, Any]:
    """What the progress card shows."""
    checking = run.state in {S.UPLOADED, S.CHECKING}
    waiting = run.state in {S.UPLOADED, S.QUEUED}
    done = run.expected if checking else run.rows
    job = Job(
        title=_("检查 %(file)s") % {"file": run.file_name}
        if checking
        else _("归集 %(file)s") % {"file": run.file_name},
        done=done,
        total=0 if checking else run.expected,
        started_at=run.started_at,
        state="waiting" if waiting else "running",
        words=_("已看 %(rows)s 行，没有写入任何内容。") % {"rows": f"{done:,}"} if checking else "",
    )
    return {
        "job": job,
        "poll_url": reverse("enforcement:import-progress", args=[run.pk]),
        "silent": jobs.is_silent(run),
    }


def preview(run: ImportRun) -> dict[str, Any]:
    """What a person confirms: the counts of the dry run and the first rows as they would be taken."""
    counts = {name: int(run.trial.get(name, 0)) for name in Outcome.values}
    return {
        "figures": figures(run.expected, counts, prospect=True),
        "layouts": layout_names(run.layout),
        "taken": counts["created"] + counts["to_complete"],
        "missing": [(Missing(name).label, count) for name, count in run.trial.get("missing", {}).items()],
        "reasons": [(Reason(code).label, count) for code, count in run.trial.get("rejected_by_reason", {}).items()],
        "table": Table(
            caption=_("前几行归集后的样子"),
            columns=[
                Column(_("行")), Column(_("当事人")), Column(_("文号")), Column(_("决定日期")), Column(_("处罚")),
                Column(_("罚款（元）"), numeric=True), Column(_("还缺")),
            ],
            rows=[_previewed(row) for row in run.trial.get("preview", [])],
            named=False,
            empty=Empty(_("没有一行可以收下")),
        ),
    }  # fmt: skip


def _previewed(row: dict[str, Any]) -> list[Any]:
    parties = "、".join(one["name"] for one in row["parties"]) or "—"
    missing = "、".join(str(Missing(name).label) for name in row["missing"])
    return [
        f"{row['sheet']} {row['line']}".strip(),
        Cell(parties, small=" ".join(row["remarks"])),
        row["number"] or "—",
        Cell(row["decided_on"] or "—", small=_("推定") if row["assumed_from"] else ""),
        Cell(row["content"] or "—", small="、".join(str(PenaltyKind(kind).label) for kind in row["kinds"])),
        f"{float(row['fine']):,.2f}" if row["fine"] else "—",
        missing or "—",
    ]


def figures(rows: int, counts: dict[str, int], *, prospect: bool = False) -> list[Figure]:
    """Rows, and what became of them; with `prospect` what would become of them."""
    words = {outcome: str(outcome.label) for outcome in Outcome}
    if prospect:
        words |= {Outcome.CREATED: _("可归集"), Outcome.TO_COMPLETE: _("可归集，待补全"), Outcome.REJECTED: _("收不下")}
    parts = [
        Figure(words[outcome], f"{counts[outcome.value]:,}", _("共 %(rows)s 行") % {"rows": f"{rows:,}"})
        for outcome in Outcome
    ]
    return [Figure(_("行数"), f"{rows:,}"), *parts]


def layout_names(layouts: str) -> str:
    """The layouts that were recognised, in words."""
    return "、".join(str(LAYOUTS[key].label) for key in layouts.split("、") if key in LAYOUTS)
