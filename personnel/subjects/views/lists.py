"""Lists of the register: subjects with what is missing above, mandates, empowerment decisions."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.subjects.attention import Attention, attention, last_day, looked_at
from personnel.subjects.models import Empowerment, EnforcementSubject, Mandate
from personnel.subjects.who_and_when import ADMINS, DRAWERS, ENFORCING, SUPERVISORS
from portal.accounts.models import Department
from portal.theme.components import Cell, Empty, Table
from portal.theme.components import Column as Head
from portal.web.tables import Choice, Column, ListView, Text

SHAPES: dict[str, Any] = {
    "applied": "grey",
    "returned": "amber",
    "confirmed": "provisional",
    "published": "green",
    "withdrawn": "withdrawn",
}
SHOWN = 30


def light(row: Any) -> Cell:
    """How a mandate or decision stands today."""
    today = timezone.localdate()
    last = last_day(row)
    if row.published_on is None:
        shape, words = ("withdrawn", _("已终止")) if row.ended_on else ("open", _("还没有公布"))
    elif row.valid_from > today:
        shape, words = "provisional", _("%(day)s 起施行") % {"day": row.valid_from.isoformat()}
    elif row.is_in_force(today):
        near = last is not None and (last - today).days <= 90
        shape = "amber" if near else "green"
        words = _("剩 %(days)d 日") % {"days": (last - today).days} if near and last else _("施行中")
    else:
        shape, words = "withdrawn", _("已终止") if row.ended_on else _("已期满")
    return Cell(words, shape=shape)  # type: ignore[arg-type]  # a shape


def span(row: Any) -> str:
    """From when to when."""
    last = last_day(row)
    return f"{row.valid_from.isoformat()} – {last.isoformat() if last else _('没有写明期限')}"


def departments(*kinds: str) -> list[tuple[str, str]]:
    """The departments of some kinds, for a filter."""
    found = Department.objects.filter(is_active=True, kind__in=kinds or ENFORCING)
    return list(found.values_list("code", "short_name"))


def attention_table(lines: list[Attention]) -> Table:
    """A line each; linked where there is a page to go to."""
    return Table(
        _("缺什么、快到期"),
        [Head(_("部门")), Head(_("情况"))],
        [[line.department, Cell(line.words, url=line.url, shape=line.shape)] for line in lines],  # type: ignore[arg-type]  # a shape
    )


class SubjectsView(ListView):
    """`/desk/subjects/`: the own subject, all for the bureau; above it what is missing and what runs out."""

    title = gettext_lazy("执法主体")
    template = "subjects/subjects.html"
    default_order = "name"
    export_name = "subjects"
    columns = (
        Column(
            "name",
            gettext_lazy("主体"),
            lambda row: Cell(row.name, url=reverse("subjects:subject", args=[row.pk]), small=row.number),
            order="name",
        ),
        Column("kind", gettext_lazy("类别"), lambda row: row.get_kind_display()),
        Column("area", gettext_lazy("执法区域"), lambda row: row.area),
        Column(
            "confirmed_on",
            gettext_lazy("确认"),
            lambda row: row.confirmed_on.isoformat() if row.confirmed_on else "—",
            order="confirmed_on",
            numeric=True,
        ),
        Column("state", gettext_lazy("状态"), lambda row: Cell(row.get_state_display(), shape=SHAPES[row.state])),
    )

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """Only for those who see several."""
        if not self.user.sees_everything:
            return ()
        return (
            Text("q", gettext_lazy("名称"), ("name",)),
            Choice(
                "kind",
                gettext_lazy("类别"),
                EnforcementSubject.Kind.choices,
                lambda rows, chosen: rows.filter(kind__in=chosen),
            ),
            Choice(
                "state",
                gettext_lazy("状态"),
                EnforcementSubject.State.choices,
                lambda rows, chosen: rows.filter(state__in=chosen),
            ),
        )

    def rows(self) -> Any:
        """Visible subjects."""
        return EnforcementSubject.objects.visible_to(self.user)

    def empty(self) -> Empty:
        """What to do."""
        if self._may_apply():
            return Empty(
                _("本部门还没有申报主体资格"),
                _("由平台管理员申报，司法行政部门确认、公告。没有申报以前，立案不受登记簿的限制。"),
                reverse("web:act-new", args=["subjects.apply"]),
                _("申报执法主体资格"),
            )
        return Empty(
            _("登记簿是空的"), _("各部门的平台管理员申报后出现在这里。没有登记的部门，立案不受主体资格的限制。")
        )

    def _may_apply(self) -> bool:
        return (
            self.user.has_role(*ADMINS)
            and not EnforcementSubject.objects.filter(department=self.user.department_id).exists()
        )

    def context(self) -> dict[str, Any]:
        """What is missing, how far the register binds, the buttons."""
        lines = attention(self.user, timezone.localdate())
        return {
            "attention": attention_table(lines[:SHOWN]) if lines else None,
            "left_out": max(len(lines) - SHOWN, 0),
            "unbound": self._unbound(),
            "sees_everything": self.user.sees_everything,
            "apply_url": reverse("web:act-new", args=["subjects.apply"]) if self._may_apply() else "",
        }

    def _unbound(self) -> int:
        known = EnforcementSubject.objects.values("department")
        found: int = looked_at(self.user).exclude(pk__in=known).count()
        return found


class MandatesView(ListView):
    """`/desk/subjects/mandates/`: mandates given and held; all for the bureau."""

    title = gettext_lazy("执法委托")
    template = "subjects/dated.html"
    default_order = "-valid_to"
    export_name = "mandates"
    columns = (
        Column(
            "number",
            gettext_lazy("委托书"),
            lambda row: Cell(
                row.number or _("委托书"),
                url=reverse("subjects:mandate", args=[row.pk]),
                small=_("%(count)d 项") % {"count": len(row.items)},
            ),
        ),
        Column("department", gettext_lazy("委托机关"), lambda row: row.department.short_name),
        Column("body", gettext_lazy("受委托组织"), lambda row: row.body.short_name),
        Column("valid_to", gettext_lazy("期限"), span, order="valid_to", numeric=True),
        Column("light", gettext_lazy("今天"), light),
    )

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """Only for those who see several."""
        if not self.user.sees_everything:
            return ()
        return (
            Choice(
                "body",
                gettext_lazy("受委托组织"),
                departments("entrusted"),
                lambda rows, chosen: rows.filter(body__code__in=chosen),
            ),
        )

    def rows(self) -> Any:
        """Visible mandates."""
        return Mandate.objects.visible_to(self.user).select_related("department", "body")

    def empty(self) -> Empty:
        """What to do."""
        words = _("委托机关的经办人拟订，负责人签发，公布后受委托组织才能在委托范围内以委托机关名义办案。")
        url = self._url()
        return Empty(_("没有委托书"), words, url, _("签发委托书") if url else "")

    def _url(self) -> str:
        may = self.user.has_role(*DRAWERS) and not self.user.sees_everything
        has_bodies = may and Department.objects.filter(parent=self.user.department_id, kind="entrusted").exists()
        return reverse("web:act-new", args=["subjects.mandate.draw"]) if has_bodies else ""

    def context(self) -> dict[str, Any]:
        """The button."""
        return {"main_url": self._url(), "main_label": _("签发委托书"), "main_icon": "plus"}


class EmpowermentsView(ListView):
    """`/desk/subjects/empowerments/`: the own street's decisions; all for the bureau."""

    title = gettext_lazy("街道赋权")
    template = "subjects/dated.html"
    default_order = "-valid_from"
    export_name = "empowerments"
    columns = (
        Column(
            "title",
            gettext_lazy("决定"),
            lambda row: Cell(row.title, url=reverse("subjects:empowerment", args=[row.pk]), small=row.number),
        ),
        Column("department", gettext_lazy("街道"), lambda row: row.department.short_name),
        Column("valid_from", gettext_lazy("期限"), span, order="valid_from", numeric=True),
        Column(
            "evaluate_by",
            gettext_lazy("下次评估（本地）"),
            lambda row: row.evaluate_by.isoformat() if row.evaluate_by else "—",
        ),
        Column("light", gettext_lazy("今天"), light),
    )

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """Only for those who see several."""
        if not self.user.sees_everything:
            return ()
        return (
            Choice(
                "street",
                gettext_lazy("街道"),
                departments("street"),
                lambda rows, chosen: rows.filter(department__code__in=chosen),
            ),
        )

    def rows(self) -> Any:
        """Visible decisions."""
        return Empowerment.objects.visible_to(self.user).select_related("department")

    def empty(self) -> Empty:
        """What to do."""
        words = _("由司法行政部门登记省、自治区、直辖市的赋权决定并公布；公布后街道才能行使清单里的处罚权。")
        url = self._url()
        return Empty(_("没有赋权决定"), words, url, _("登记赋权决定") if url else "")

    def _url(self) -> str:
        return (
            reverse("web:act-new", args=["subjects.empowerment.register"]) if self.user.has_role(*SUPERVISORS) else ""
        )

    def context(self) -> dict[str, Any]:
        """The button."""
        return {"main_url": self._url(), "main_label": _("登记赋权决定"), "main_icon": "plus"}
