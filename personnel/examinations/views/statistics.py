"""The page of item statistics: which questions are too hard, too easy, or tell nobody apart."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.examinations import statistics
from personnel.examinations.bank import EDITORS
from personnel.examinations.models import ExaminationSetting, ItemStatistic
from personnel.examinations.models.bank import Kind
from personnel.examinations.views.bank import crumbs, moment, short
from portal.theme.components import Cell, Empty
from portal.web.tables import Choice, Column, ListView, Text

WORDS = (
    ("hard", gettext_lazy("太难（难度低于 0.3）"), Q(difficulty__lt=statistics.TOO_HARD)),
    ("easy", gettext_lazy("太易（难度高于 0.9）"), Q(difficulty__gt=statistics.TOO_EASY)),
    ("weak", gettext_lazy("区分度低于 0.2"), Q(discrimination__lt=statistics.TOO_WEAK)),
)


def _narrow(rows: Any, chosen: list[str]) -> Any:
    found = Q()
    for key, _label, condition in WORDS:
        if key in chosen:
            found |= condition
    return rows.filter(found)


def remark(row: ItemStatistic) -> Cell:
    """What stands out, in words."""
    if row.difficulty < statistics.TOO_HARD:
        return Cell(_("太难"), shape="amber")
    if row.difficulty > statistics.TOO_EASY:
        return Cell(_("太易"), shape="amber")
    if row.discrimination is not None and row.discrimination < statistics.TOO_WEAK:
        return Cell(_("区分不开"), shape="amber")
    return Cell(_("正常"), shape="green")


class StatisticsView(ListView):
    """`/desk/examinations/statistics/`: questions that were answered often enough; figures of the last count."""

    roles = EDITORS
    title = gettext_lazy("试题统计")
    template = "examinations/statistics.html"
    default_order = "difficulty"
    export_name = "question-statistics"
    columns = (
        Column(
            "code",
            gettext_lazy("题号"),
            lambda row: Cell(
                row.version.question.code,
                url=reverse("examinations:question", args=[row.version.question_id]),
                small=_("版本 %(number)d") % {"number": row.version.version},
            ),
        ),
        Column("stem", gettext_lazy("题干"), lambda row: Cell(short(row.version.stem), small=row.version.question.get_kind_display())),
        Column("sittings", gettext_lazy("作答人次"), lambda row: f"{row.sittings:,}", order="sittings", numeric=True),
        Column("difficulty", gettext_lazy("难度"), lambda row: f"{row.difficulty:.2f}", order="difficulty", numeric=True),
        Column(
            "discrimination",
            gettext_lazy("区分度"),
            lambda row: "—" if row.discrimination is None else f"{row.discrimination:.2f}",
            order="discrimination",
            numeric=True,
        ),
        Column("remark", gettext_lazy("提示"), remark),
    )  # fmt: skip
    facets = (
        Text("q", gettext_lazy("题号、题干"), ("version__stem", "version__question__code")),
        Choice("remark", gettext_lazy("提示"), [(key, label) for key, label, _condition in WORDS], _narrow),
        Choice(
            "kind",
            gettext_lazy("题型"),
            Kind.choices,
            lambda rows, chosen: rows.filter(version__question__kind__in=chosen),
        ),
    )

    def rows(self) -> Any:
        """Those with enough sittings."""
        least = ExaminationSetting.current().least_sittings
        rows = ItemStatistic.objects.visible_to(self.user).filter(sittings__gte=least)
        return rows.select_related("version__question")

    def empty(self) -> Empty:
        """When something will appear."""
        least = ExaminationSetting.current().least_sittings
        words = _("一道题作答满 %(least)d 人次、出了成绩，才列在这里；人次太少的数字没有意义。") % {"least": least}
        return Empty(_("还没有可以统计的试题"), words)

    def context(self) -> dict[str, Any]:
        """The rule, and when it was counted."""
        last = ItemStatistic.objects.order_by("-counted_at").values_list("counted_at", flat=True).first()
        return {
            "least": ExaminationSetting.current().least_sittings,
            "counted": moment(last) if last else "",
            "few": ItemStatistic.objects.filter(sittings__lt=ExaminationSetting.current().least_sittings).count(),
            "crumbs": crumbs({"label": _("试题统计")}),
        }
