"""Pages of marking: what waits, under numbers; one answer without a name, beside the points to look for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.examinations.bank import EDITORS
from personnel.examinations.marking import LONGEST_REMARK, MARK, Mark, unread_by
from personnel.examinations.models import Script
from personnel.examinations.points import shown
from personnel.examinations.views.bank import short
from portal.theme.components import Cell, Empty
from portal.web.base import DeskView, visible_or_404
from portal.web.fields import REQUIRED
from portal.web.tables import Choice, Column, ListView
from portal.workflow.door import perform
from portal.workflow.errors import Invalid

SHAPES: dict[str, Any] = {"waiting": "amber", "second": "amber", "third": "red", "marked": "green"}


class ScriptsView(ListView):
    """`/desk/examinations/marking/`: answers to case questions under their numbers, in the order of the numbers."""

    roles = EDITORS
    title = gettext_lazy("阅卷")
    default_order = "code"
    columns = (
        Column(
            "code",
            gettext_lazy("密号"),
            lambda row: Cell(row.code, url=reverse("examinations:script", args=[row.code])),
            order="code",
        ),
        Column("exam", gettext_lazy("考试"), lambda row: row.item.sitting.candidate.examination.title),
        Column("stem", gettext_lazy("题目"), lambda row: short(row.item.version.stem)),
        Column(
            "points",
            gettext_lazy("得分"),
            lambda row: f"{shown(row.halves) if row.halves is not None else '—'} / {shown(row.item.halves)}",
            numeric=True,
        ),
        Column("state", gettext_lazy("状态"), lambda row: Cell(str(row.get_state_display()), shape=SHAPES[row.state])),
    )
    facets = (
        Choice("state", gettext_lazy("状态"), Script.State.choices, lambda rows, chosen: rows.filter(state__in=chosen)),
    )

    def rows(self) -> Any:
        """All of them; no cell tells whose."""
        rows = Script.objects.visible_to(self.user)
        return rows.select_related("item__version", "item__sitting__candidate__examination")

    def empty(self) -> Empty:
        """When something will appear."""
        return Empty(_("没有要评阅的答卷"), _("考生交卷后，案例分析题的答案以密号出现在这里，不显示姓名和部门。"))

    def context(self) -> dict[str, Any]:
        """The way here."""
        return {"crumbs": [{"label": _("考试"), "url": reverse("examinations:exams")}, {"label": _("阅卷")}]}


class MarkForm(forms.Form):
    """Points and a remark."""

    points = forms.CharField(
        label=gettext_lazy("得分"), max_length=20, error_messages={"required": REQUIRED},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    remark = forms.CharField(
        label=gettext_lazy("评语"), required=False, max_length=LONGEST_REMARK, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("可以不填；考试结束后考生能看到"),
    )  # fmt: skip

    def __init__(self, *args: Any, most: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_%s", "label_suffix": ""} | kwargs)
        self.fields["points"].help_text = _("0 到 %(most)s 分，可以有半分") % {"most": most}


class ScriptView(DeskView):
    """`/desk/examinations/marking/<code>/`: read, give points; the next one follows."""

    roles = EDITORS

    def get(self, _request: Any, code: str) -> HttpResponse:
        """The page."""
        script = self.script(code)
        return self.show(script, MarkForm(most=shown(script.item.halves)))

    def post(self, request: Any, code: str) -> HttpResponseBase:
        """Mark it; Blocked and Overtaken become pages of their own."""
        script = self.script(code)
        form = MarkForm(request.POST, most=shown(script.item.halves))
        if form.is_valid():
            try:
                data = Mark(form.cleaned_data["points"], form.cleaned_data["remark"])
                perform(script, MARK, actor=self.user, data=data, request_id=request.id)
            except Invalid as error:
                for name, sentence in error.fields.items():
                    form.add_error(name, sentence)
            else:
                return self.on(script)
        return self.show(script, form, status=422)

    def on(self, script: Script) -> HttpResponseBase:
        """To the next of the same question, else to the list."""
        messages.success(self.request, _("%(code)s 已评阅。") % {"code": script.code})
        waiting = unread_by(self.user).filter(matter=script.matter_id)
        following = waiting.filter(item__version=script.item.version_id).order_by("code").first()
        return redirect("examinations:script", following.code) if following else redirect("examinations:scripts")

    def script(self, code: str) -> Script:
        """The script by its number."""
        pk = Script.objects.filter(code=code).values_list("pk", flat=True).first()
        return visible_or_404(Script, pk, self.user, "item__version", "item__answer", "marker")

    def show(self, script: Script, form: MarkForm, status: int = 200) -> HttpResponse:
        """The answer between question and points to look for; one that he has read, or that is marked, without the form."""
        own = script.readings.filter(marker=self.user).first()
        marked = script.state == Script.State.MARKED
        return self.page(
            "examinations/script.html",
            {
                "script": script,
                "form": form if not marked and own is None else None,
                "marked": marked,
                "own_points": f"{shown(own.halves)} / {shown(script.item.halves)}" if own else "",
                "readings": [
                    (one, f"{shown(one.halves)} / {shown(script.item.halves)}")
                    for one in script.readings.select_related("marker")
                ]
                if marked
                else [],
                "shape": SHAPES[script.state],
                "points": f"{shown(script.halves or 0)} / {shown(script.item.halves)}",
                "crumbs": [
                    {"label": _("考试"), "url": reverse("examinations:exams")},
                    {"label": _("阅卷"), "url": reverse("examinations:scripts")},
                    {"label": script.code},
                ],
            },
            status=status,
        )
