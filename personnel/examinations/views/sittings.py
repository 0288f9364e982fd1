"""Pages of a sitting: the paper with its clock, saving, handing in, the result; a right answer is not even read before the end."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.examinations import answering, sittings
from personnel.examinations.bank import CHIEFS, EDITORS
from personnel.examinations.models import Answer, Examination, Item, Kind, Sitting
from personnel.examinations.points import shown
from personnel.examinations.views.exams import moment
from portal.theme.components import Cell, Column, Pair, Table
from portal.web.base import DeskView, visible_or_404
from portal.web.workspace import workspace
from portal.workflow.errors import Forbidden, Overtaken

State = Sitting.State
SHAPES: dict[str, Any] = {"running": "amber", "ended": "grey", "marked": "green"}
LETTERS = "ABCDEFGHIJ"


@dataclass
class Asked:
    """One question as the browser gets it; it holds nothing that tells the right answer."""

    position: int
    kind: str
    stem: str
    points: str
    options: list[tuple[str, str, bool]] = field(default_factory=list)
    text: str = ""
    revision: int = 0
    answered: bool = False
    note: dict[str, Any] | None = None

    @property
    def control(self) -> str:
        """How it is answered."""
        return {"multiple": "checkbox", "case": "text"}.get(self.kind, "radio")


def asked(item: Item) -> Asked:
    """An item with what stands as its answer."""
    answer: Answer | None = getattr(item, "answer", None)
    texts = dict(item.version.options)
    chosen = set(answer.chosen) if answer else set()
    return Asked(
        position=item.position,
        kind=item.version.question.kind,
        stem=item.version.stem,
        points=shown(item.halves),
        options=[(LETTERS[place], texts[letter], letter in chosen) for place, letter in enumerate(item.order)],
        text=answer.text if answer else "",
        revision=answer.revision if answer else 0,
        answered=bool(answer and (answer.chosen or answer.text.strip())),
    )


def shown_letters(item: Item, chosen: list[str]) -> str:
    """Letters as they were shown for letters of the question."""
    return "".join(sorted(LETTERS[item.order.index(letter)] for letter in chosen if letter in item.order)) or "—"


class OwnView(DeskView):
    """Base of what only the person who sits may do."""

    def own(self, pk: int) -> Sitting:
        """The sitting; 404 when it is not to be seen, Forbidden when it is somebody else's."""
        sitting = visible_or_404(
            Sitting, pk, self.user, "matter__department", "candidate__officer", "candidate__examination"
        )
        if not sitting.is_of(self.user):
            raise Forbidden(_("只有考生本人能答题和交卷。"))
        return sitting

    def items(self, sitting: Sitting) -> Any:
        """Its items without their right answers."""
        rows = sitting.items.select_related("version__question", "answer").order_by("position")
        return rows.defer("version__answer", "version__reference")


class SittingView(OwnView):
    """`/desk/examinations/sittings/<pk>/`: the paper while it runs, for the person himself; else how it came out."""

    def get(self, _request: Any, pk: int) -> HttpResponseBase:
        """The page; one whose time is over is ended first."""
        sitting = visible_or_404(
            Sitting, pk, self.user, "matter__department", "candidate__officer", "candidate__examination"
        )
        if sitting.state == State.RUNNING and timezone.now() >= sitting.ends_at:
            sitting = sittings.expire(sitting)
        if sitting.is_of(self.user) and sitting.state == State.RUNNING:
            return self.paper(sitting, {})
        if not sitting.is_of(self.user) and not self.user.has_role(*CHIEFS, *EDITORS):
            raise Forbidden(_("成绩只给本人、本部门负责人和平台管理员、司法行政部门看。"), CHIEFS)
        return self.result(sitting)

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """The whole form at once, as a browser without script sends it; what another page has written is not overwritten."""
        sitting = self.own(pk)
        if sitting.state != State.RUNNING:
            messages.warning(request, _("已经交卷，之后的改动没有保存；之前保存的答案都在。"))
            return redirect("examinations:sitting", pk)
        notes: dict[int, dict[str, Any]] = {}
        for item in self.items(sitting):
            given = given_for(request, item)
            before = asked(item)
            left_out = before.kind == Kind.CASE and f"q-{item.position}" not in request.POST
            if left_out or not changed(item, before, given):
                continue
            saved = answering.save(item, before.kind, given, now=timezone.now())
            if saved.how == "over":
                messages.warning(request, _("答题时间已到，没有保存的改动不再收；之前保存的答案都在。"))
                return redirect("examinations:sitting", pk)
            if saved.how == "other":
                notes[item.position] = note_of(item, saved, given, request.POST.get("page", ""))
        if notes:
            return self.paper(sitting, notes, page=request.POST.get("page", ""), status=409)
        if "hand_in" in request.POST:
            return redirect("examinations:hand-in", pk)
        messages.success(request, _("答案已保存。"))
        return redirect("examinations:sitting", pk)

    def paper(
        self, sitting: Sitting, notes: dict[int, dict[str, Any]], *, page: str = "", status: int = 200
    ) -> HttpResponse:
        """The paper, in groups of kinds."""
        questions = [asked(item) for item in self.items(sitting)]
        for one in questions:
            one.note = notes.get(one.position)
        groups: list[dict[str, Any]] = []
        for one in questions:
            if not groups or groups[-1]["kind"] != one.kind:
                groups.append({"kind": one.kind, "label": Kind(one.kind).label, "questions": []})
            groups[-1]["questions"].append(one)
        answer = self.page(
            "examinations/paper.html",
            {
                "sitting": sitting,
                "examination": sitting.candidate.examination,
                "groups": groups,
                "page_token": page[: answering.LONGEST_WRITER] or secrets.token_hex(8),
                "clock": clock_of(sitting),
                "crumbs": [
                    {
                        "label": sitting.candidate.examination.title,
                        "url": reverse("examinations:exam", args=[sitting.candidate.examination_id]),
                    },
                    {"label": _("答题")},
                ],
            },
            status=status,
        )
        answer["Cache-Control"] = "no-store"
        return answer

    def result(self, sitting: Sitting) -> HttpResponse:
        """How it came out; questions with right answers once the whole examination is over."""
        own = sitting.is_of(self.user)
        examination = sitting.candidate.examination
        cards: list[dict[str, Any]] = [{"key": "result", "title": _("成绩"), "pairs": pairs_of(sitting)}]
        if (
            examination.state == Examination.State.CLOSED
            and sitting.state == State.MARKED
            and (own or self.user.has_role(*EDITORS))
        ):
            cards.append({"key": "items", "title": _("答题情况"), "table": items_table(sitting)})
        elif own and sitting.state == State.MARKED:
            words = _("整场考试结束后，这里列出各题的正确答案。")
            cards.append({"key": "later", "title": _("答题情况"), "text": words})
        shape, words = SHAPES[sitting.state], sitting.get_state_display()
        if sitting.state == State.MARKED:
            shape, words = ("green", _("合格")) if sitting.passed else ("red", _("不合格"))
        return self.page(
            "examinations/thing.html",
            {
                "title": sitting.matter.title,
                "shape": shape,
                "words": words,
                "cards": cards,
                "workspace": workspace(sitting, sitting.matter, self.user),
                "crumbs": [
                    {"label": _("考试"), "url": reverse("examinations:exams")},
                    {"label": examination.title, "url": reverse("examinations:exam", args=[examination.pk])},
                    {"label": _("答卷")},
                ],
            },
        )


def pairs_of(sitting: Sitting) -> list[Pair]:
    """Points, times, which try."""
    examination = sitting.candidate.examination
    pairs = [
        Pair(_("姓名"), sitting.candidate.officer.name, small=sitting.matter.department.name),
        Pair(_("第几次"), str(sitting.attempt)),
        Pair(_("开始"), moment(sitting.begun_at)),
    ]
    if sitting.ended_at:
        pairs.append(Pair(_("交卷"), moment(sitting.ended_at), small=str(sitting.get_ended_how_display())))
    if sitting.state == State.RUNNING:
        pairs.append(Pair(_("到时"), moment(sitting.ends_at)))
    if sitting.state == State.MARKED:
        points = _("%(points)s 分（满分 %(full)s 分，合格分 %(pass)s 分）") % {
            "points": shown(sitting.halves or 0),
            "full": shown(sitting.full_halves),
            "pass": shown(examination.pass_halves),
        }
        pairs.insert(1, Pair(_("成绩"), points))
        if not sitting.passed:
            why = sittings.refusal_to_begin(sitting.candidate, timezone.now())
            pairs.append(Pair(_("再考"), why or _("现在可以再考一次。")))
        for one in sitting.corrections.select_related("item"):
            said = _("第 %(position)d 题：%(before)s → %(after)s") % {
                "position": one.item.position,
                "before": shown(one.before),
                "after": shown(one.after),
            }
            pairs.append(Pair(_("更正"), said, small=f"{moment(one.made_at)} {one.reason}"))
    elif sitting.state == State.ENDED:
        pairs.append(Pair(_("成绩"), _("案例分析题由人阅卷，评完后出成绩，会通知您。")))
    return pairs


def items_table(sitting: Sitting) -> Table:
    """Every question with what was answered, what is right, and the points."""
    rows: list[list[Cell | str]] = []
    for item in sitting.items.select_related("version__question", "answer").order_by("position"):
        answer: Answer | None = getattr(item, "answer", None)
        case = item.version.question.kind == Kind.CASE
        rows.append(
            [
                str(item.position),
                item.version.stem,
                (answer.text if answer else "—") if case else shown_letters(item, answer.chosen if answer else []),
                item.version.reference if case else shown_letters(item, item.version.answer),
                Cell(f"{shown(item.earned or 0)} / {shown(item.halves)}", shape="green" if item.earned == item.halves else "red"),
            ]
        )  # fmt: skip
    heads = (_("题号"), _("题干"), _("您的答案"), _("正确答案"), _("得分"))
    return Table(_("答题情况"), [Column(head) for head in heads], rows)


def given_for(request: Any, item: Item) -> answering.Given:
    """What the browser sends for one item."""
    place = item.position
    seen = request.POST.get(f"seen-{place}", "")
    return answering.Given(
        letters=[one for one in request.POST.getlist(f"q-{place}") if one in LETTERS],
        text=request.POST.get(f"q-{place}", ""),
        seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0,
        writer=request.POST.get("page", ""),
    )


def changed(item: Item, before: Asked, given: answering.Given) -> bool:
    """Whether a whole form says something else about an item than what stands; what it leaves out says nothing."""
    if before.control == "radio" and not given.letters:
        return False
    if before.kind == Kind.CASE:
        return given.text.replace("\r\n", "\n") != before.text.replace("\r\n", "\n")
    there = [letter for letter, _text, checked in before.options if checked]
    return sorted(given.letters) != sorted(there)


def note_of(item: Item, saved: answering.Saved, given: answering.Given, page: str) -> dict[str, Any]:
    """What stands from the other page, beside what was just entered here."""
    other = saved.other
    case = item.version.question.kind == Kind.CASE
    there = "" if other is None else other.text if case else shown_letters(item, other.chosen)
    here = given.text if case else "".join(sorted(given.letters)) or "—"
    return {"revision": saved.revision, "there": there or "—", "here": here, "page": page, "case": case}


def clock_of(sitting: Sitting) -> dict[str, Any]:
    """Time left and how much is answered; how soon to ask again."""
    left = sitting.seconds_left(timezone.now())
    done = sitting.items.filter(answer__isnull=False).exclude(answer__chosen=[], answer__text="").count()
    return {
        "minutes": left // 60,
        "seconds": left % 60,
        "near": left <= 300,
        "done": done,
        "all": sitting.items.count(),
        "next": 15 if left > 120 else 5,
        "url": reverse("examinations:clock", args=[sitting.pk]),
    }


class AnswerView(OwnView):
    """`/desk/examinations/sittings/<pk>/answers/<position>/`: one answer, sent at every change."""

    http_method_names = ["post"]

    def post(self, request: Any, pk: int, position: int) -> HttpResponse:
        """A line under the question: saved, refused, or what another page has written."""
        sitting = self.own(pk)
        item = self.items(sitting).filter(position=position).first()
        if item is None or (item.version.question.kind == Kind.CASE and f"q-{position}" not in request.POST):
            raise Http404
        given = given_for(request, item)
        saved = answering.save(item, item.version.question.kind, given, now=timezone.now())
        context: dict[str, Any] = {"sitting": sitting, "position": position, "saved": saved, "at": timezone.now()}
        if saved.how == "other":
            context["note"] = note_of(item, saved, given, given.writer)
        return self.page("examinations/_saved.html", context)


class ClockView(OwnView):
    """`/desk/examinations/sittings/<pk>/clock/`: the part of the paper that counts down."""

    def get(self, request: Any, pk: int) -> HttpResponse:
        """Time left; when there is none, the paper is ended and the browser led to the result."""
        sitting = self.own(pk)
        if sitting.state == State.RUNNING and timezone.now() >= sitting.ends_at:
            sitting = sittings.expire(sitting)
        if sitting.state != State.RUNNING:
            answer = HttpResponse(status=204 if request.htmx else 200)
            answer["HX-Redirect"] = reverse("examinations:sitting", args=[pk])
            return answer
        answer = self.page("examinations/_clock.html", {"clock": clock_of(sitting)})
        answer["Cache-Control"] = "no-store"
        return answer


class HandInView(OwnView):
    """`/desk/examinations/sittings/<pk>/hand-in/`: what is not answered yet, and the last button."""

    def get(self, _request: Any, pk: int) -> HttpResponseBase:
        """The page."""
        sitting = self.own(pk)
        if sitting.state != State.RUNNING:
            return redirect("examinations:sitting", pk)
        open_ones = [one.position for one in map(asked, self.items(sitting)) if not one.answered]
        return self.page(
            "examinations/hand_in.html",
            {
                "sitting": sitting,
                "examination": sitting.candidate.examination,
                "open": open_ones,
                "clock": clock_of(sitting),
                "crumbs": [
                    {"label": _("答题"), "url": reverse("examinations:sitting", args=[pk])}, {"label": _("交卷")},
                ],
            },
        )  # fmt: skip

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """Hand in; once, however often it is sent."""
        sitting = self.own(pk)
        try:
            sittings.hand_in(sitting, user=self.user, request_id=request.id)
        except Overtaken:
            messages.info(request, _("已经交过卷了，没有重复交卷。"))
        else:
            messages.success(request, _("已交卷。"))
        return redirect("examinations:sitting", pk)
