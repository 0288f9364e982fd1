"""Pages of examinations: the list, one examination, and who was asked."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.examinations import card, sittings
from personnel.examinations.bank import CHIEFS, EDITORS
from personnel.examinations.models import Candidate, Examination, Sitting
from personnel.examinations.points import shown
from portal.accounts.models import Department
from portal.accounts.roles import Role
from portal.theme.components import Cell, Column, Empty, Figure, Pair, Table
from portal.web import tables
from portal.web.base import DeskView, visible_or_404
from portal.web.tables import Choice, ListView, Text
from portal.web.workspace import workspace
from portal.workflow.errors import Forbidden

Outcome = Candidate.Outcome
SHAPES: dict[str, Any] = {"draft": "open", "published": "green", "closed": "grey", "cancelled": "withdrawn"}
OUTCOMES: dict[str, Any] = card.SHAPES


def moment(value: Any) -> str:
    """«2026-11-24 10:20»."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


def window(examination: Examination) -> str:
    """«2026-11-24 09:00 – 2026-12-01 18:00»."""
    return f"{moment(examination.opens_at)} – {moment(examination.closes_at)}"


def department_filter(path: str) -> Choice:
    """A filter by department for those who see several."""
    return Choice(
        "department",
        gettext_lazy("部门"),
        [(str(pk), name) for pk, name in Department.objects.order_by("code").values_list("pk", "short_name")],
        lambda rows, chosen: rows.filter(**{f"{path}__in": [int(one) for one in chosen]}),
    )


class ExamsView(ListView):
    """`/desk/examinations/`: all of them for the bureau; for others those their department or they are asked to."""

    title = gettext_lazy("考试")
    template = "examinations/exams.html"
    default_order = "-opens_at"
    columns = (
        tables.Column(
            "title",
            gettext_lazy("名称"),
            lambda row: Cell(
                row.title, url=reverse("examinations:exam", args=[row.pk]), small=row.get_purpose_display()
            ),
        ),
        tables.Column("window", gettext_lazy("开放时间"), window, order="opens_at"),
        tables.Column("minutes", gettext_lazy("限时（分钟）"), lambda row: row.minutes, numeric=True),
        tables.Column(
            "state", gettext_lazy("状态"), lambda row: Cell(str(row.get_state_display()), shape=SHAPES[row.state])
        ),
    )
    facets = (
        Text("q", gettext_lazy("名称"), ("title",)),
        Choice(
            "purpose",
            gettext_lazy("目的"),
            Examination.Purpose.choices,
            lambda rows, chosen: rows.filter(purpose__in=chosen),
        ),
        Choice(
            "state", gettext_lazy("状态"), Examination.State.choices, lambda rows, chosen: rows.filter(state__in=chosen)
        ),
    )

    def rows(self) -> Any:
        """Visible ones."""
        return Examination.objects.visible_to(self.user)

    def empty(self) -> Empty:
        """What to do, or when something will appear."""
        if self.user.has_role(*EDITORS):
            words = _("先有题库，再筹备考试：写明目的、时间、组卷要求，发布时通知考生。")
            return Empty(_("还没有考试"), words, reverse("web:act-new", args=["examinations.prepare"]), _("筹备考试"))
        return Empty(_("还没有考试"), _("司法行政部门通知您或者本部门人员参加的考试会出现在这里。"))

    def context(self) -> dict[str, Any]:
        """The bureau's ways on."""
        if not self.user.has_role(*EDITORS):
            return {}
        return {
            "editor": True,
            "may_set": self.user.has_role(Role.SUPERVISION_HEAD.value),
            "main_url": reverse("web:act-new", args=["examinations.prepare"]),
            "main_label": _("筹备考试"),
            "main_icon": "plus",
        }


class ExamView(DeskView):
    """`/desk/examinations/<pk>/`: what is asked, when, how it stands; one's own sittings and the button to begin."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        examination = visible_or_404(Examination, pk, self.user, "matter__department", "after")
        own = Candidate.objects.filter(examination=examination, officer__user=self.user)
        candidate = own.select_related("officer", "examination").first()
        candidates = examination.candidates.visible_to(self.user)
        cards: list[dict[str, Any]] = [
            {"key": "about", "title": _("考试安排"), "pairs": pairs_of(examination)},
            {"key": "paper", "title": _("组卷要求"), "table": blueprint(examination)},
        ]
        if self.user.has_role(*EDITORS) and examination.state != Examination.State.DRAFT:
            cards.append({"key": "departments", "title": _("各部门"), "table": by_department(examination)})
        editor = self.user.has_role(*EDITORS)
        counted = examination.state in {"published", "closed"} and self.user.has_role(*CHIEFS, *EDITORS)
        return self.page(
            "examinations/exam.html",
            {
                "title": examination.title,
                "examination": examination,
                "shape": SHAPES[examination.state],
                "words": examination.get_state_display(),
                "figures": figures(candidates) if counted else [],
                "cards": cards,
                "tools": [{"url": reverse("examinations:candidates", args=[pk]), "label": _("考生名单")}]
                if counted
                else [],
                "own": own_card(candidate) if candidate is not None else None,
                "workspace": workspace(examination, examination.matter, self.user) if editor else None,
                "crumbs": [{"label": _("考试"), "url": reverse("examinations:exams")}, {"label": examination.title}],
            },
        )


def pairs_of(examination: Examination) -> list[Pair]:
    """What was arranged."""
    full = examination.full_halves()
    again = _("不合格的隔 %(days)d 日可以再考") % {"days": examination.wait_days}
    pairs = [
        Pair(_("目的"), str(examination.get_purpose_display()), small=_("执法监督条例17条2款")),
        Pair(_("开放时间"), window(examination), small=_("截止时一律收卷")),
        Pair(
            _("答题时间"),
            _("%(minutes)d 分钟") % {"minutes": examination.minutes},
            small=_("从本人开始答题起算，关闭浏览器不停表"),
        ),
        Pair(
            _("合格分"),
            _("%(pass)s 分（满分 %(full)s 分）") % {"pass": shown(examination.pass_halves), "full": shown(full)},
            tag=_("本地"),
        ),
        Pair(
            _("次数"),
            _("每人最多 %(count)d 次") % {"count": examination.attempts},
            small=again if examination.attempts > 1 else "",
            tag=_("本地"),
        ),
        Pair(
            _("试卷"),
            _("全体同卷") if examination.same_paper else _("每人从题库各抽一卷"),
            small=_("选项次序由种子决定"),
        ),
    ]
    if examination.second_marking:
        words = _("相差超过分值 %(percent)d%% 的由第三人评阅") % {"percent": examination.threshold_percent}
        pairs.append(Pair(_("案例题阅卷"), _("两人先后评阅"), small=words, tag=_("本地")))
    if examination.after:
        pairs.append(Pair(_("针对"), examination.after.title))
    if examination.reason:
        pairs.append(Pair(_("说明"), examination.reason))
    return pairs


def blueprint(examination: Examination) -> Table:
    """Kinds, numbers, points."""
    rows = list(examination.live_rows())
    return Table(
        _("组卷要求"),
        [Column(_("题型")), Column(_("科目")), Column(_("题数"), numeric=True), Column(_("每题分值"), numeric=True), Column(_("小计"), numeric=True)],
        [
            [
                str(row.get_kind_display()),
                row.subject or _("不限"),
                str(row.count),
                shown(row.halves),
                shown(row.count * row.halves),
            ]
            for row in rows
        ],
        empty=Empty(_("还没有组卷要求"), _("写明各题型抽多少题、每题几分，才能发布。")),
    )  # fmt: skip


def figures(candidates: Any) -> list[Figure]:
    """How it stands, of those the person sees."""
    found = dict(candidates.values_list("outcome").annotate(count=Count("pk")).order_by())
    total = sum(found.values())
    away = found.get(Outcome.WAITING, 0) + found.get(Outcome.ABSENT, 0)
    doing = found.get(Outcome.SITTING, 0) + found.get(Outcome.MARKING, 0)
    return [
        Figure(_("应考"), f"{total:,}"),
        Figure(_("合格"), f"{found.get(Outcome.PASSED, 0):,} / {total:,}"),
        Figure(_("不合格"), f"{found.get(Outcome.FAILED, 0):,}"),
        Figure(_("答题或者待阅卷"), f"{doing:,}"),
        Figure(_("未考或者缺考"), f"{away:,}"),
    ]


def by_department(examination: Examination) -> Table:
    """One line a department; one statement whatever their number."""
    rows = (
        examination.candidates.values("department", "department__short_name")
        .annotate(
            asked=Count("pk"),
            passed=Count("pk", filter=Q(outcome=Outcome.PASSED)),
            failed=Count("pk", filter=Q(outcome=Outcome.FAILED)),
            away=Count("pk", filter=Q(outcome__in=[Outcome.WAITING, Outcome.ABSENT])),
        )
        .order_by("department__code")
    )
    address = reverse("examinations:candidates", args=[examination.pk])
    return Table(
        _("各部门"),
        [Column(_("部门")), *(Column(label, numeric=True) for label in (_("应考"), _("合格"), _("不合格"), _("未考或者缺考")))],
        [
            [
                Cell(row["department__short_name"], url=f"{address}?department={row['department']}"),
                str(row["asked"]),
                f"{row['passed']} / {row['asked']}",
                str(row["failed"]),
                str(row["away"]),
            ]
            for row in rows
        ],
        empty=Empty(_("还没有考生")),
    )  # fmt: skip


def own_card(candidate: Candidate) -> dict[str, Any]:
    """One's own sittings, and whether one can begin now."""
    running = candidate.sittings.filter(state=Sitting.State.RUNNING).first()
    why = "" if running is not None else sittings.refusal_to_begin(candidate, timezone.now())
    tries = candidate.sittings.order_by("attempt")
    return {
        "candidate": candidate,
        "running": running,
        "why": why,
        "shape": OUTCOMES[candidate.outcome],
        "tries": [
            {
                "url": reverse("examinations:sitting", args=[one.pk]),
                "label": _("第 %(number)d 次") % {"number": one.attempt},
                "words": _("%(points)s 分") % {"points": shown(one.halves)} if one.halves is not None else one.get_state_display(),
                "on": one.begun_at,
            }
            for one in tries
            if one.state != Sitting.State.RUNNING
        ],
    }  # fmt: skip


class BeginView(DeskView):
    """`/desk/examinations/<pk>/begin/`: POST only; begins, or leads back to the sitting that runs."""

    http_method_names = ["post"]

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """Begin; Blocked becomes a page with the sentence."""
        examination = visible_or_404(Examination, pk, self.user)
        candidate = visible_or_404(
            Candidate,
            Candidate.objects.filter(examination=examination, officer__user=self.user)
            .values_list("pk", flat=True)
            .first(),
            self.user,
        )
        sitting = sittings.begin(candidate, user=self.user, request_id=request.id)
        return redirect("examinations:sitting", sitting.pk)


class CandidatesView(ListView):
    """`/desk/examinations/<pk>/candidates/`: who passed, failed, did not sit; the own department's, or all."""

    template = "web/list.html"
    default_order = "pk"
    export_name = "examination-candidates"
    columns = (
        tables.Column("name", gettext_lazy("姓名"), lambda row: Cell(row.officer.name, small=row.officer.position)),
        tables.Column("department", gettext_lazy("部门"), lambda row: row.department.short_name),
        tables.Column(
            "outcome",
            gettext_lazy("结果"),
            lambda row: Cell(str(row.get_outcome_display()), shape=OUTCOMES[row.outcome]),
        ),
        tables.Column(
            "points",
            gettext_lazy("最好成绩"),
            lambda row: shown(row.halves) if row.halves is not None else "—",
            order="halves",
            numeric=True,
        ),
        tables.Column("asked", gettext_lazy("通知时间"), lambda row: moment(row.invited_at)),
        tables.Column(
            "extra",
            gettext_lazy("加时"),
            lambda row: (
                Cell(_("%(minutes)d 分钟") % {"minutes": row.extra_minutes}, small=row.extra_ground)
                if row.extra_minutes
                else ""
            ),
        ),
    )

    def get(self, request: Any, **named: Any) -> HttpResponseBase:
        """The list of one examination."""
        self.examination = visible_or_404(Examination, named["pk"], self.user)
        if not self.user.has_role(*CHIEFS, *EDITORS):
            raise Forbidden(_("考生名单给本部门负责人、平台管理员和司法行政部门看；自己的成绩在考试页上。"), CHIEFS)
        self.title = _("考生名单：%(title)s") % {"title": self.examination.title}
        return super().get(request, **named)

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """Departments only for those who see several."""
        found: list[Any] = [
            Text("q", gettext_lazy("姓名"), ("officer__name",)),
            Choice(
                "outcome", gettext_lazy("结果"), Outcome.choices, lambda rows, chosen: rows.filter(outcome__in=chosen)
            ),
        ]
        if self.user.sees_everything:
            found.append(department_filter("department"))
        return tuple(found)

    def rows(self) -> Any:
        """Visible candidates."""
        rows = Candidate.objects.visible_to(self.user).filter(examination=self.examination)
        return rows.select_related("officer", "department")

    def empty(self) -> Empty:
        """Before it is announced."""
        return Empty(_("还没有考生"), _("发布考试时通知的人员会列在这里。"))

    def context(self) -> dict[str, Any]:
        """The way here."""
        here = {"label": self.examination.title, "url": reverse("examinations:exam", args=[self.examination.pk])}
        return {
            "crumbs": [
                {"label": _("考试"), "url": reverse("examinations:exams")}, here, {"label": _("考生名单")},
            ]
        }  # fmt: skip
