"""Pages of the catalogues: the list, an entry with its versions side by side, the line under a case's form."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enforcement.cases import standards
from enforcement.catalogue import applying, queries
from enforcement.catalogue.actions import ADD_HEARING, ADD_ITEM, ADD_LENIENCY, ADD_REVIEW, OF_KIND, PROPOSERS
from enforcement.catalogue.comparing import compared
from enforcement.catalogue.models import Benchmark, Entry
from enforcement.catalogue.outlier_views import LOOKERS
from enforcement.catalogue.tiers import range_words
from enforcement.models import Case, EnforcementItem
from portal.accounts.models import Department
from portal.theme.components import Cell, Column, Empty, Table
from portal.web.base import DeskView, visible_or_404
from portal.web.tables import Choice, ListView, Text
from portal.web.tables import Column as ListColumn
from portal.web.workspace import Workspace, workspace


def light_of(version: Any, today: dt.date) -> tuple[Any, str]:
    """Shape and words for days from `effective_from` to `effective_to`."""
    if version.effective_from > today:
        return "provisional", _("%(day)s 起施行") % {"day": version.effective_from.isoformat()}
    if version.effective_to is not None and version.effective_to < today:
        return "withdrawn", _("施行到 %(day)s") % {"day": version.effective_to.isoformat()}
    return "green", _("施行中")


def _light(entry: Entry) -> Cell:
    shape, words = light_of(entry, timezone.localdate())
    return Cell(words, shape=shape)


def _narrow(rows: Any, chosen: list[str]) -> Any:
    today = timezone.localdate()
    parts = {
        "now": rows.filter(effective_from__lte=today).exclude(effective_to__lt=today),
        "coming": rows.filter(effective_from__gt=today),
        "ended": rows.filter(effective_to__lt=today),
    }
    wanted = rows.none()
    for name in chosen:
        wanted = wanted | parts.get(name, rows.none())
    return wanted


class EntryList(ListView):
    """`/desk/catalogue/`: the own department's entries; everybody's for the bureau."""

    title = gettext_lazy("执法目录")
    template = "catalogue/entries.html"
    default_order = "code"
    export_name = "catalogue"
    columns = (
        ListColumn(
            "code",
            gettext_lazy("名称"),
            lambda row: Cell(row.title, url=reverse("catalogue:entry", args=[row.pk]), small=row.code),
            order="code",
            export=lambda row: f"{row.code} {row.title}",
        ),
        ListColumn("kind", gettext_lazy("目录"), lambda row: row.get_kind_display()),
        ListColumn("department", gettext_lazy("部门"), lambda row: row.department.short_name),
        ListColumn("version", gettext_lazy("最新版本"), lambda row: str(row.version), numeric=True),
        ListColumn(
            "effective_from",
            gettext_lazy("施行"),
            lambda row: row.effective_from.isoformat(),
            order="effective_from",
            numeric=True,
        ),
        ListColumn("standing", gettext_lazy("状态"), _light),
    )

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """Departments only for those who see several."""
        found: list[Any] = [
            Text("q", gettext_lazy("编码、名称"), ("code", "title")),
            Choice(
                "kind",
                gettext_lazy("目录"),
                Entry.Kind.choices,
                lambda rows, chosen: rows.filter(kind__in=chosen),
            ),
            Choice(
                "standing",
                gettext_lazy("状态"),
                (
                    ("now", gettext_lazy("施行中")),
                    ("coming", gettext_lazy("将来施行")),
                    ("ended", gettext_lazy("已废止")),
                ),
                _narrow,
            ),
        ]
        if self.user.sees_everything:
            found.append(
                Choice(
                    "department",
                    gettext_lazy("部门"),
                    list(Department.objects.filter(is_active=True).values_list("code", "short_name")),
                    lambda rows, chosen: rows.filter(department__code__in=chosen),
                )
            )
        return tuple(found)

    def rows(self) -> Any:
        """Visible entries."""
        return Entry.objects.visible_to(self.user).select_related("department")

    def empty(self) -> Empty:
        """What to do."""
        return Empty(
            _("目录里还没有条目"),
            _("新增一条，或者把现有的事项清单（CSV、xlsx）上传；负责人批准后施行。"),
            reverse("catalogue:upload") if self.user.has_role(*PROPOSERS) else "",
            _("上传清单") if self.user.has_role(*PROPOSERS) else "",
        )

    def context(self) -> dict[str, Any]:
        """What the person may put forward."""
        proposes = self.user.has_role(*PROPOSERS)
        return {
            "additions": [
                {"label": action.label, "url": reverse("web:act-new", args=[action.key])}
                for action in (ADD_ITEM, ADD_REVIEW, ADD_LENIENCY, ADD_HEARING)
            ]
            if proposes
            else [],
            "upload_url": reverse("catalogue:upload") if proposes else "",
        }


class EntryPage(DeskView):
    """`/desk/catalogue/<pk>/`: the versions side by side, the benchmark, what can be put forward."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        entry = visible_or_404(Entry, pk, self.user, "matter__department", "department")
        today = timezone.localdate()
        shape, words = light_of(entry, today)
        benchmarks = list(Benchmark.objects.filter(entry=entry).prefetch_related("tiers__benchmark"))
        return self.page(
            "catalogue/entry.html",
            {
                "entry": entry,
                "shape": shape,
                "words": words,
                "versions": compared(entry, today),
                "benchmarks": [_benchmark(one, today) for one in benchmarks],
                "outliers_url": reverse("catalogue:outliers", args=[entry.pk])
                if benchmarks and self.user.has_role(*LOOKERS)
                else "",
                "is_item": entry.kind == Entry.Kind.ITEM,
                "workspace": _of_its_kind(workspace(entry, entry.matter, self.user), entry.kind),
                "crumbs": [{"label": _("执法目录"), "url": reverse("catalogue:entries")}, {"label": entry.code}],
            },
        )


def _of_its_kind(found: Workspace, kind: str) -> Workspace:
    """Without the steps that are for another catalogue and can never be taken here."""
    foreign = {str(action.label) for other, actions in OF_KIND.items() if other != kind for action in actions}
    steps = [step for step in found.next_steps.steps if step.label not in foreign]
    return replace(found, next_steps=replace(found.next_steps, steps=steps))


def _benchmark(benchmark: Benchmark, today: dt.date) -> dict[str, Any]:
    shape, words = light_of(benchmark, today)
    tiers = [
        [Cell(tier.name), Cell(tier.circumstances), Cell(range_words(tier)), Cell(_kinds(tier))]
        for tier in benchmark.tiers.all()
    ]
    columns = [Column(_("阶次")), Column(_("适用情形")), Column(_("罚款")), Column(_("其他处罚"))]
    title = _("第 %(number)d 版裁量基准") % {"number": benchmark.version}
    return {
        "title": title,
        "shape": shape,
        "words": words,
        "source": benchmark.source,
        "table": Table(title, columns, tiers),
    }


def _kinds(tier: Any) -> str:
    from enforcement.models import PenaltyKind

    return "、".join(str(PenaltyKind(kind).label) for kind in tier.kinds)


class StandingView(DeskView):
    """`/desk/catalogue/cases/<pk>/standing/`: the form as typed against its tier; a fragment."""

    http_method_names = ("post",)

    def post(self, request: Any, pk: int) -> HttpResponse:
        """A light and a sentence."""
        case = visible_or_404(Case, pk, self.user, "matter__department", "item")
        shape, words = applying.standing(
            case,
            request.POST.get("tier"),
            _money(request.POST.get("fine", "")),
            _money(request.POST.get("base", "")),
            tuple(request.POST.getlist("kinds")),
        )
        return render(request, "catalogue/_standing.html", {"shape": shape, "words": words})


class SpotStandingView(DeskView):
    """`/desk/catalogue/spot/standing/`: a penalty on the spot as typed against the tiers of its item that day."""

    http_method_names = ("post",)

    def post(self, request: Any) -> HttpResponse:
        """A light and a sentence, the tiers with their ranges, and the tiers alone for the form's list."""
        typed = request.POST
        item = _own_item(self.user, typed.get("item", ""))
        if item is None:
            return render(request, "catalogue/_spot.html", {"shape": "grey", "words": _("先选执法事项。")})
        street = standards.Street(item, _day(typed.get("on", "")))
        shape, words = applying.standing(
            street,
            typed.get("tier"),
            _money(typed.get("fine", "")),
            _money(typed.get("base", "")),
            tuple(typed.getlist("kinds")),
            reduced=bool(typed.get("reduced_ground")),
        )
        found = {"shape": shape, "words": words, "tiers": queries.tiers_of(street), "chosen": typed.get("tier", "")}
        return render(request, "catalogue/_spot.html", found | {"item": item, "day": street.registered_on})


MONEY = re.compile(r"\d{1,12}(\.\d{1,2})?", re.ASCII)


def _money(text: str) -> Decimal | None:
    """An amount in yuan as typed so far; nothing while it is none, or longer than any amount."""
    plain = text.strip().replace(",", "").replace("，", "").rstrip("元").strip()
    return Decimal(plain) if MONEY.fullmatch(plain) else None


def _own_item(user: Any, typed: str) -> EnforcementItem | None:
    if not re.fullmatch(r"\d{1,9}", typed, re.ASCII):
        return None
    own = EnforcementItem.objects.filter(department=user.department_id, kind=EnforcementItem.Kind.PENALTY)
    return own.filter(pk=typed).first()


def _day(typed: str) -> dt.date:
    try:
        return dt.date.fromisoformat(typed.strip())
    except ValueError:  # empty, or not written to its end yet
        return timezone.localdate()
