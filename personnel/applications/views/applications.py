"""Pages of applications: the department's list, the bureau's queue, one application."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.applications import letters
from personnel.applications.actions import ADMINS, AT_HOME
from personnel.applications.models import OPEN, Application
from personnel.applications.own import SHAPES, whose_turn
from personnel.applications.requirements import missing
from portal.accounts.models import Department
from portal.accounts.roles import BUREAU_ROLES
from portal.theme.components import Cell, Column, Empty, Pair, Table
from portal.web import tables
from portal.web.base import DeskView, visible_or_404
from portal.web.citations import law_line
from portal.web.tables import Choice, ListView, Text
from portal.web.workspace import workspace

WAITING = ("submitted", "examined", "passed", "forwarded")


def days_cell(row: Any) -> Cell:
    """How long it has stood where it stands, while it is open."""
    if row.state not in OPEN:
        return Cell("—", small=row.since.isoformat())
    days = row.waiting(timezone.localdate())
    return Cell(_("%(days)d 日") % {"days": days}, small=_("自 %(day)s") % {"day": row.since.isoformat()})


def departments() -> Choice:
    """A filter by department."""
    return Choice(
        "department",
        gettext_lazy("部门"),
        list(Department.objects.filter(is_active=True).values_list("code", "short_name")),
        lambda rows, chosen: rows.filter(department__code__in=chosen),
    )


class ApplicationsView(ListView):
    """`/desk/applications/`: the own department's applications; all for the bureau."""

    title = gettext_lazy("执法证申领")
    template = "applications/list.html"
    default_order = "-since"
    export_name = "applications"
    columns = (
        tables.Column(
            "officer",
            gettext_lazy("申领人"),
            lambda row: Cell(row.officer.name, url=reverse("applications:application", args=[row.pk]), small=row.post),
        ),
        tables.Column("department", gettext_lazy("部门"), lambda row: row.department.short_name),
        tables.Column("fields", gettext_lazy("执法领域"), lambda row: "、".join(row.fields)),
        tables.Column("staffing", gettext_lazy("编制性质"), lambda row: str(row.get_staffing_display())),
        tables.Column(
            "submitted_on",
            gettext_lazy("报送"),
            lambda row: (
                Cell(
                    row.submitted_on.isoformat(),
                    small=_("第 %(number)d 次") % {"number": row.submissions} if row.submissions > 1 else "",
                )
                if row.submitted_on
                else Cell("—")
            ),
            order="submitted_on",
        ),
        tables.Column(
            "state",
            gettext_lazy("状态"),
            lambda row: Cell(str(row.get_state_display()), shape=SHAPES[row.state]),
        ),
        tables.Column("since", gettext_lazy("已停留"), days_cell, order="since", numeric=True),
    )

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """Departments only for those who see several."""
        states = Choice(
            "state",
            gettext_lazy("状态"),
            Application.State.choices,
            lambda rows, chosen: rows.filter(state__in=chosen),
        )
        words = Text("q", gettext_lazy("姓名"), ("officer__name",))
        return (words, states, departments()) if self.user.sees_everything else (words, states)

    def rows(self) -> Any:
        """Visible applications with what a line needs."""
        return Application.objects.visible_to(self.user).select_related("officer", "department")

    def empty(self) -> Empty:
        """What to do."""
        words = _("在编的执法人员由本部门平台管理员申领：填写编制性质和岗位，上传在编证明，负责人批准后报送。")
        if self.user.has_role(*ADMINS):
            return Empty(_("还没有申领"), words, reverse("web:act-new", args=["application.draw"]), _("申领执法证"))
        return Empty(_("还没有申领"), words)

    def context(self) -> dict[str, Any]:
        """The buttons of whoever draws up, of the bureau, and the way to the lists."""
        found: dict[str, Any] = {"is_bureau": self.user.has_role(*BUREAU_ROLES)}
        if self.user.has_role(*ADMINS):
            found |= {
                "main_url": reverse("web:act-new", args=["application.draw"]),
                "main_label": _("申领执法证"),
                "main_icon": "plus",
                "send_url": reverse("web:act-new", args=[letters.SEND.key]),
            }
        return found


class QueueView(ApplicationsView):
    """`/desk/applications/queue/`: what waits at the bureau, the longest first."""

    roles = BUREAU_ROLES
    title = gettext_lazy("待办的申领")
    default_order = "since"
    export_name = "applications-queue"

    def rows(self) -> Any:
        """Those the bureau has to move, or waits for the issuer with."""
        return super().rows().filter(state__in=WAITING)

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # only what can be in the queue
        """The four states of the queue."""
        labels = [(state.value, state.label) for state in Application.State if state.value in WAITING]
        states = Choice("state", gettext_lazy("状态"), labels, lambda rows, chosen: rows.filter(state__in=chosen))
        return (Text("q", gettext_lazy("姓名"), ("officer__name",)), states, departments())

    def empty(self) -> Empty:
        """Nothing waits."""
        return Empty(_("没有待办的申领"), _("部门报送的申领会出现在这里，等得最久的排在最前。"))

    def context(self) -> dict[str, Any]:
        """The button that forwards."""
        found: dict[str, Any] = {"in_queue": True, "is_bureau": True}
        if self.user.has_role("supervisor"):
            found |= {
                "main_url": reverse("web:act-new", args=[letters.FORWARD.key]),
                "main_label": _("转报发证机关"),
                "main_icon": "",
            }
        return found


class ApplicationView(DeskView):
    """`/desk/applications/<pk>/`: where it is, what is missing, what was said, and the steps."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        application = visible_or_404(
            Application,
            pk,
            self.user,
            "matter__department",
            "department",
            "officer__department",
            "certificate",
            "staffing_proof",
            "exam_proof",
        )
        cards: list[dict[str, Any]] = [{"key": "about", "title": _("申领内容"), "pairs": pairs_of(application)}]
        reviews = list(application.reviews.select_related("made_by").order_by("-pk"))
        if reviews:
            cards.append({"key": "reviews", "title": _("审查意见"), "table": review_table(reviews)})
        if travelled := list(_letters(application)):
            cards.append({"key": "letters", "title": _("报送和转报"), "table": letter_table(travelled, self.user)})
        return self.page(
            "applications/application.html",
            {
                "title": application.matter.title,
                "application": application,
                "shape": SHAPES[application.state],
                "words": application.get_state_display(),
                "turn": whose_turn(application) if application.state in OPEN else "",
                "days": application.waiting(timezone.localdate()) if application.state in OPEN else None,
                "missing": [
                    {"sentence": sentence, "law": law_line(citation)} for sentence, citation in missing(application)
                ]
                if application.state in AT_HOME
                else [],
                "returned": reviews[0] if reviews and application.state == "returned" else None,
                "at_home": application.state in AT_HOME,
                "cards": cards,
                "workspace": workspace(application, application.matter, self.user),
                "crumbs": [
                    {"label": _("执法证申领"), "url": reverse("applications:list")},
                    {"label": application.officer.name},
                ],
            },
        )


def _letters(application: Application) -> Any:
    links = application.matter.links_in.filter(kind__in=("application_sent", "application_forwarded"))
    return links.select_related("source__application_letter", "source__department").order_by("-pk")


def pairs_of(application: Application) -> list[Pair]:
    """What was applied for, on what ground."""
    officer = application.officer
    number = application.staffing_file
    proof = application.staffing_proof
    pairs = [
        Pair(_("申领人"), officer.name, small=officer.department.name),
        Pair(_("公民身份号码"), officer.masked_identity or "—"),
        Pair(_("编制性质"), str(application.get_staffing_display())),
        Pair(_("编制证明文件"), number or "—"),
        Pair(_("在编证明"), _linked(proof)),
        Pair(_("执法岗位"), application.post),
        Pair(_("申领的执法领域"), "、".join(application.fields)),
        Pair(_("执法区域"), application.area),
        Pair(_("学历"), application.education or "—"),
        Pair(_("考试情况"), application.exam_words),
    ]
    if application.exam_proof:
        pairs.append(Pair(_("成绩证明"), _linked(application.exam_proof)))
    if application.opinion:
        pairs.append(Pair(_("单位意见"), application.opinion))
    if application.note:
        pairs.append(Pair(_("说明"), application.note))
    if application.ending:
        pairs.append(Pair(str(application.get_state_display()), application.ending))
    if application.certificate:
        link = format_html(
            '<a href="{}">{}</a>',
            reverse("personnel:certificate", args=[application.certificate.pk]),
            application.certificate.number,
        )
        pairs.append(Pair(_("执法证"), link, small=application.certificate.issuer))
    return pairs


def _linked(file: Any) -> Any:
    return format_html('<a href="{}">{}</a>', file.get_absolute_url(), file.name) if file else "—"


def review_table(reviews: list[Any]) -> Table:
    """What was said to each submission, the newest first."""
    shapes: dict[str, Any] = {"passed": "green", "returned": "amber", "refused": "red"}
    return Table(
        _("审查意见"),
        [
            Column(_("意见")),
            Column(_("结论")),
            Column(_("第几次报送"), numeric=True),
            Column(_("经办人")),
            Column(_("日期")),
        ],
        [
            [
                Cell(one.text, small=_("发证机关的意见") if one.by_issuer else ""),
                Cell(str(one.get_outcome_display()), shape=shapes[one.outcome]),
                one.submission,
                one.made_by.name,
                one.made_on.isoformat(),
            ]
            for one in reviews
        ],
    )


def letter_table(links: list[Any], user: Any) -> Table:
    """The letters it travelled in; the bureau's own are no link for a department."""
    return Table(
        _("报送和转报"),
        [Column(_("文号")), Column(_("种类")), Column(_("主送")), Column(_("日期"))],
        [
            [
                Cell(
                    link.source.number or link.source.title,
                    url=reverse("applications:letter", args=[link.source_id])
                    if link.source.is_visible_to(user)
                    else "",
                ),
                str(link.source.application_letter.get_kind_display()),
                link.source.application_letter.issuer,
                link.source.application_letter.sent_on.isoformat(),
            ]
            for link in links
        ],
    )
