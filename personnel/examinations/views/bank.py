"""Pages of the bank: questions, one question with its versions, changes that wait for a second person."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.examinations.bank import EDITORS, the_bank
from personnel.examinations.models import Change, Question, QuestionFile, QuestionVersion
from personnel.examinations.models.bank import Kind
from portal.theme.components import Cell, Column, Empty, Pair, Table
from portal.web import tables
from portal.web.base import DeskView, visible_or_404
from portal.web.tables import Choice, ListView, Text
from portal.web.workspace import next_steps

SHAPES: dict[str, Any] = {
    "in_use": "green", "withdrawn": "withdrawn", "proposed": "amber", "accepted": "green", "refused": "withdrawn",
}  # fmt: skip
SHORT = 60


def short(text: str) -> str:
    """The beginning of a stem."""
    return text if len(text) <= SHORT else text[:SHORT] + "…"


def moment(value: Any) -> str:
    """«2026-11-24 10:20»."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


def crumbs(*last: Any) -> list[dict[str, str]]:
    """The way to a page of the bank."""
    return [{"label": _("题库"), "url": reverse("examinations:bank")}, *last]


class QuestionsView(ListView):
    """`/desk/examinations/bank/`: every question as it stands today, with its right answer; for the bureau alone."""

    roles = EDITORS
    title = gettext_lazy("题库")
    template = "examinations/bank.html"
    default_order = "-pk"
    columns = (
        tables.Column(
            "code",
            gettext_lazy("题号"),
            lambda row: Cell(row.question.code, url=reverse("examinations:question", args=[row.question_id])),
        ),
        tables.Column("stem", gettext_lazy("题干"), lambda row: Cell(short(row.stem), small="、".join(row.subjects))),
        tables.Column("kind", gettext_lazy("题型"), lambda row: str(row.question.get_kind_display())),
        tables.Column("version", gettext_lazy("版本"), lambda row: row.version, numeric=True),
        tables.Column(
            "state",
            gettext_lazy("状态"),
            lambda row: Cell(str(row.question.get_state_display()), shape=SHAPES[row.question.state]),
        ),
    )
    facets = (
        Text("q", gettext_lazy("题号、题干"), ("stem", "question__code")),
        Choice("kind", gettext_lazy("题型"), Kind.choices, lambda rows, chosen: rows.filter(question__kind__in=chosen)),
        Choice(
            "state",
            gettext_lazy("状态"),
            Question.State.choices,
            lambda rows, chosen: rows.filter(question__state__in=chosen),
        ),
    )

    def rows(self) -> Any:
        """The version of each question that counts."""
        rows = QuestionVersion.objects.visible_to(self.user).filter(version=F("question__version"))
        return rows.select_related("question")

    def empty(self) -> Empty:
        """What to do."""
        return Empty(
            _("题库是空的"),
            _("从现有的题库文件导入：先逐行检查，另一名监督人员复核后才进题库。"),
            reverse("examinations:file-new"),
            _("上传试题文件"),
        )

    def context(self) -> dict[str, Any]:
        """The ways on, and what waits."""
        return {
            "waiting": Change.objects.filter(state=Change.State.PROPOSED).count(),
            "waiting_files": QuestionFile.objects.filter(state=QuestionFile.State.READ).count(),
            "main_url": reverse("examinations:file-new"),
            "main_label": _("上传试题文件"),
            "main_icon": "plus",
            "crumbs": [{"label": _("题库")}],
        }


def pairs_of(row: Any, kind: str) -> list[Pair]:
    """What a version or a change says."""
    right = set(row.answer)
    options = [
        Pair(_("选项 %(letter)s") % {"letter": letter}, text, small=_("正确答案") if letter in right else "")
        for letter, text in row.options
    ]
    pairs = [Pair(_("题型"), Kind(kind).label), Pair(_("题干"), row.stem), *options]
    if row.reference:
        pairs.append(Pair(_("评分要点"), row.reference))
    pairs.append(Pair(_("科目"), "、".join(row.subjects) or _("没有分科目")))
    return pairs


class QuestionView(DeskView):
    """`/desk/examinations/bank/questions/<pk>/`: what it says today, and every version before."""

    roles = EDITORS

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        question = visible_or_404(Question, pk, self.user)
        versions = list(question.versions.select_related("made_by", "approved_by").order_by("-version"))
        waiting = question.changes.filter(state=Change.State.PROPOSED).first()
        cards: list[dict[str, Any]] = [
            {"key": "now", "title": _("现在的版本"), "pairs": pairs_of(versions[0], question.kind)}
        ]
        if waiting is not None:
            words = Pair(str(waiting.get_sort_display()), waiting.reason, small=waiting.made_by.name)
            cards.insert(0, {"key": "waiting", "title": _("等待复核的变更"), "pairs": [words]})
        cards.append({"key": "versions", "title": _("各个版本"), "table": versions_table(versions)})
        return self.page(
            "examinations/thing.html",
            {
                "title": _("试题 %(code)s") % {"code": question.code},
                "shape": SHAPES[question.state],
                "words": question.get_state_display(),
                "cards": cards,
                "tools": [{"url": reverse("examinations:change", args=[waiting.pk]), "label": _("看等待复核的变更")}]
                if waiting is not None
                else [],
                "next_steps": next_steps(question, the_bank().matter, self.user),
                "crumbs": crumbs({"label": question.code}),
            },
        )


def versions_table(versions: list[QuestionVersion]) -> Table:
    """Who made which version when, and what it said."""
    return Table(
        _("各个版本"),
        [Column(_("版本")), Column(_("题干")), Column(_("正确答案")), Column(_("提出")), Column(_("复核"))],
        [
            [
                Cell(str(one.version), small=_("题库版本 %(number)d") % {"number": one.since}),
                Cell(short(one.stem), small="" if one.in_use else _("停用")),
                "".join(one.answer) or "—",
                Cell(one.made_by.name, small=moment(one.made_at)),
                one.approved_by.name,
            ]
            for one in versions
        ],
    )


class ChangesView(ListView):
    """`/desk/examinations/bank/changes/`: what was put forward, newest first."""

    roles = EDITORS
    title = gettext_lazy("试题变更")
    columns = (
        tables.Column(
            "sort",
            gettext_lazy("变更"),
            lambda row: Cell(
                f"{row.get_sort_display()} {row.question.code if row.question else ''}".strip(),
                url=reverse("examinations:change", args=[row.pk]),
            ),
        ),
        tables.Column("stem", gettext_lazy("题干"), lambda row: Cell(short(row.stem), small=short(row.reason))),
        tables.Column("by", gettext_lazy("提出"), lambda row: Cell(row.made_by.name, small=moment(row.made_at))),
        tables.Column(
            "state", gettext_lazy("状态"), lambda row: Cell(str(row.get_state_display()), shape=SHAPES[row.state])
        ),
    )
    facets = (
        Choice("state", gettext_lazy("状态"), Change.State.choices, lambda rows, chosen: rows.filter(state__in=chosen)),
    )

    def rows(self) -> Any:
        """All of them."""
        return Change.objects.visible_to(self.user).select_related("question", "made_by")

    def empty(self) -> Empty:
        """Where they come from."""
        words = _("新增、修改、停用试题，都由一名监督人员提出、另一名复核，记在这里。")
        return Empty(_("还没有变更"), words, reverse("examinations:bank"), _("看题库"))

    def context(self) -> dict[str, Any]:
        """The button, and the way here."""
        return {
            "main_url": reverse("web:act-new", args=["examinations.bank.add"]),
            "main_label": _("提出新增试题"),
            "main_icon": "plus",
            "crumbs": crumbs({"label": _("试题变更")}),
        }


class ChangeView(DeskView):
    """`/desk/examinations/bank/changes/<pk>/`: what would be said, and what is said now."""

    roles = EDITORS

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        change = visible_or_404(Change, pk, self.user, "question", "made_by")
        about = [
            Pair(_("变更"), str(change.get_sort_display())),
            Pair(_("理由"), change.reason),
            Pair(_("提出"), change.made_by.name, small=moment(change.made_at)),
        ]
        if change.verdict:
            about.append(Pair(_("不采用的理由"), change.verdict))
        cards = [
            {"key": "about", "title": _("变更"), "pairs": about},
            {"key": "says", "title": _("变更后"), "pairs": pairs_of(change, change.kind)},
        ]
        if change.question is not None and change.state == Change.State.PROPOSED:
            cards.append({"key": "now", "title": _("现在"), "pairs": pairs_of(change.question.now(), change.kind)})
        title = _("%(sort)s试题 %(code)s") % {
            "sort": change.get_sort_display(),
            "code": change.question.code if change.question else "",
        }
        return self.page(
            "examinations/thing.html",
            {
                "title": title.strip(),
                "shape": SHAPES[change.state],
                "words": change.get_state_display(),
                "cards": cards,
                "next_steps": next_steps(change, the_bank().matter, self.user),
                "crumbs": crumbs(
                    {"label": _("试题变更"), "url": reverse("examinations:changes")}, {"label": title.strip()}
                ),
            },
        )
