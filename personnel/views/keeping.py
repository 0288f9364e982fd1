"""Pages of what is watched about certificates: last days that come near, the annual check, its setting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F, OuterRef, Subquery
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.keeping import CHECK, Check
from personnel.models import AnnualCheck, Certificate, CheckSetting, Provenance
from personnel.qualification import NEAR_DAYS
from personnel.views.certificates import light_cell
from portal.accounts.models import Department
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.theme.components import Cell, Empty
from portal.web.base import DeskView
from portal.web.tables import Choice, Column, ListView, Text
from portal.workflow.door import perform
from portal.workflow.errors import DoorError

ON_ONE_SHEET = 100


def departments(user: Any) -> list[Any]:
    """The filter by department, for those who see several."""
    if not user.sees_everything:
        return []
    return [
        Choice(
            "department",
            gettext_lazy("部门"),
            list(Department.objects.filter(is_active=True).values_list("code", "short_name")),
            lambda rows, chosen: rows.filter(officer__department__code__in=chosen),
        )
    ]


NUMBER = Column(
    "number",
    gettext_lazy("证号"),
    lambda row: Cell(row.number, url=reverse("personnel:certificate", args=[row.pk]), small=row.issuer),
    order="number",
)
HOLDER = Column("officer", gettext_lazy("持证人"), lambda row: row.officer.name)
DEPARTMENT = Column("department", gettext_lazy("部门"), lambda row: row.officer.department.short_name)


def narrow_left(rows: Any, chosen: list[str]) -> Any:
    """Certificates whose last day lies within the nearest of the chosen distances, or behind."""
    today = timezone.localdate()
    wanted = rows.none()
    for name in chosen:
        if name == "expired":
            wanted = wanted | rows.filter(valid_to__lt=today)
        else:
            wanted = wanted | rows.filter(valid_to__range=(today, today + dt.timedelta(days=int(name))))
    return wanted


class ExpiringView(ListView):
    """`/desk/personnel/certificates/expiring/`: of people on duty, what runs out within 90 days or has run out."""

    title = gettext_lazy("即将到期的执法证")
    template = "personnel/expiring.html"
    default_order = "valid_to"
    export_name = "certificates-expiring"
    columns = (
        NUMBER,
        HOLDER,
        DEPARTMENT,
        Column("valid_to", gettext_lazy("有效期至"), lambda row: row.valid_to.isoformat(), order="valid_to", numeric=True),
        Column("standing", gettext_lazy("状态"), light_cell),
    )  # fmt: skip

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """Departments only for those who see several."""
        within = Choice(
            "within",
            gettext_lazy("何时到期"),
            (
                ("7", gettext_lazy("7 日内")),
                ("30", gettext_lazy("30 日内")),
                ("90", gettext_lazy("90 日内")),
                ("expired", gettext_lazy("已过期")),
            ),
            narrow_left,
        )
        return (Text("q", gettext_lazy("证号、姓名"), ("number", "officer__name")), within, *departments(self.user))

    def rows(self) -> Any:
        """Not ended, and the last day within 90 days or behind."""
        last = timezone.localdate() + dt.timedelta(days=NEAR_DAYS)
        return (
            Certificate.objects.visible_to(self.user)
            .filter(ended_on=None, officer__active=True, valid_to__lte=last)
            .select_related("officer__department")
            .prefetch_related("suspensions")
        )

    def empty(self) -> Empty:
        """When something will appear."""
        return Empty(_("没有将到期的执法证"), _("到期前 90 日起列在这里；到期前 90、30、7 日各提醒一次。"))


def year_of(given: str) -> int:
    """The year asked for, of this one and the two before; anything else means this year."""
    this = timezone.localdate().year
    return int(given) if given in {str(this), str(this - 1), str(this - 2)} else this


def to_check(user: Any, year: int) -> Any:
    """Certificates of this region's own style that could be checked in the year, with the outcome that counts."""
    last = AnnualCheck.objects.filter(certificate=OuterRef("pk"), year=year).order_by("-pk")
    return (
        Certificate.objects.visible_to(user)
        .filter(ended_on=None, provenance__source=Provenance.Source.REGION, valid_from__year__lte=year)
        .annotate(outcome=Subquery(last.values("outcome")[:1]), checked=Subquery(last.values("checked_on")[:1]))
        .select_related("officer__department")
    )


def narrow_outcome(rows: Any, chosen: list[str]) -> Any:
    """By what came of the check."""
    wanted = rows.none()
    for name in chosen:
        wanted = wanted | (rows.filter(outcome=None) if name == "none" else rows.filter(outcome=name))
    return wanted


class ChecksView(ListView):
    """`/desk/personnel/checks/`: the annual check of a year, of the own department or of all."""

    title = gettext_lazy("执法证年审")
    template = "personnel/checks.html"
    default_order = "number"
    export_name = "certificate-checks"

    @property
    def year(self) -> int:
        """The year looked at."""
        return year_of(self.request.GET.get("year", ""))

    @cached_property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]  # the light depends on the year
        """Number, holder, department, what came of it and when; put together once a page."""
        setting, year = CheckSetting.of(self.year), self.year
        late = setting.required and timezone.localdate() > setting.until(year)
        lights = {
            "passed": Cell(_("通过"), shape="green"),
            "failed": Cell(_("不通过"), shape="red"),
            None: Cell(_("逾期未审"), shape="red") if late else Cell(_("未审"), shape="open"),
        }
        return (
            NUMBER,
            HOLDER,
            DEPARTMENT,
            Column("outcome", gettext_lazy("结果"), lambda row: lights[row.outcome]),
            Column(
                "checked",
                gettext_lazy("审验日期"),
                lambda row: row.checked.isoformat() if row.checked else "—",
                numeric=True,
            ),
        )

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """The year is a filter that `rows` has already followed."""
        this = timezone.localdate().year
        return (
            Text("q", gettext_lazy("证号、姓名"), ("number", "officer__name")),
            Choice(
                "outcome",
                gettext_lazy("结果"),
                (
                    ("none", gettext_lazy("未审")),
                    ("passed", gettext_lazy("通过")),
                    ("failed", gettext_lazy("不通过")),
                ),
                narrow_outcome,
            ),
            Choice(
                "year",
                gettext_lazy("年度"),
                [(str(year), str(year)) for year in (this, this - 1, this - 2)],
                lambda rows, _chosen: rows,
            ),
            *departments(self.user),
        )

    def rows(self) -> Any:
        """What could be checked in the year."""
        return to_check(self.user, self.year)

    def empty(self) -> Empty:
        """What to do."""
        return Empty(
            _("没有要年审的执法证"), _("登记了自治区统一样式执法证的人员列在这里；国务院部门核发的不在本地年审。")
        )

    def context(self) -> dict[str, Any]:
        """Whether the year is checked at all, and who may do what."""
        setting = CheckSetting.of(self.year)
        return {
            "year": self.year,
            "required": setting.required,
            "until": setting.until(self.year),
            "may_check": self.user.has_role(*BUREAU_ROLES),
            "may_set": self.user.has_role(Role.SUPERVISION_HEAD.value),
        }


@dataclass
class Line:
    """A certificate on the sheet, with what was answered and why it was refused."""

    certificate: Certificate
    outcome: str = ""
    ground: str = ""
    refusal: str = ""


class SheetView(DeskView):
    """`/desk/personnel/checks/sheet/`: one department's unchecked certificates, answered together, each by itself."""

    roles = BUREAU_ROLES

    def get(self, _request: Any) -> HttpResponse:
        """The sheet."""
        return self.show([Line(one) for one in self.rows()])

    def post(self, request: Any) -> HttpResponseBase:
        """Each answer goes through the door by itself; what was refused stays with its sentence."""
        left, done = [], 0
        others = "passed" if request.POST.get("others") == "passed" else ""
        for certificate in self.rows():
            outcome = request.POST.get(f"outcome-{certificate.pk}", "") or others
            line = Line(certificate, outcome, request.POST.get(f"ground-{certificate.pk}", "").replace("\0", "")[:2000])
            if outcome in AnnualCheck.Outcome.values:
                line.refusal = self.record(line)
                done += not line.refusal
            if line.refusal or outcome not in AnnualCheck.Outcome.values:
                left.append(line)
        if not done and not any(line.refusal for line in left):
            return self.show(left, problem=_("还没有选任何一个证件的结果。"), status=422)
        messages.success(request, _("已登记 %(count)d 个证件的年审结果。") % {"count": done})
        if any(line.refusal for line in left):
            return self.show(left, status=422)
        return redirect(self.address())

    def record(self, line: Line) -> str:
        """Register one outcome; the sentence of the refusal, or nothing."""
        try:
            data = Check(self.year, line.outcome, line.ground)
            perform(line.certificate, CHECK, actor=self.user, data=data, request_id=self.request.id)
        except DoorError as refusal:
            return str(refusal.sentence)
        return ""

    @property
    def year(self) -> int:
        """The year answered for."""
        return year_of(self.request.GET.get("year", ""))

    @cached_property
    def department(self) -> Department | None:
        """The department chosen."""
        code = self.request.GET.get("department", "").replace("\0", "")[:32]
        return Department.objects.filter(code=code).first()

    def rows(self) -> list[Certificate]:
        """Unchecked ones of the department, by name; at most a hundred at once."""
        if self.department is None:
            return []
        rows = to_check(self.user, self.year).filter(officer__department=self.department, outcome=None)
        return list(rows.order_by("officer__name", "pk")[:ON_ONE_SHEET])

    def address(self) -> str:
        """The sheet again."""
        code = self.department.code if self.department else ""
        return f"{reverse('personnel:check-sheet')}?year={self.year}&department={code}"

    def show(self, lines: list[Line], *, problem: str = "", status: int = 200) -> HttpResponse:
        """The page; the departments that still have something to check are offered."""
        open_ones = (
            to_check(self.user, self.year)
            .filter(outcome=None)
            .values(code=F("officer__department__code"), name=F("officer__department__short_name"))
            .distinct()
            .order_by("code")
        )
        context = {
            "lines": lines,
            "year": self.year,
            "chosen": self.department,
            "departments": list(open_ones),
            "problem": problem,
            "setting": CheckSetting.of(self.year),
            "crumbs": [
                {"label": _("执法证年审"), "url": reverse("personnel:checks")},
                {"label": _("按部门登记")},
            ],
        }
        return self.page("personnel/check_sheet.html", context, status=status)


class CheckSettingForm(forms.ModelForm[CheckSetting]):
    """From which year, whether, until when, and on what ground."""

    class Meta:
        model = CheckSetting
        fields = ("from_year", "required", "until_month", "until_day", "ground")
        widgets = {"ground": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"required": gettext_lazy("没有查到自治区的年审规定原文（ZJX-03 未核），是否年审由监督机构设定")}

    def clean_from_year(self) -> int:
        """Last year at the earliest: years long judged stay as they were."""
        year: int = self.cleaned_data["from_year"]
        this = timezone.localdate().year
        if not this - 1 <= year <= this + 1:
            raise forms.ValidationError(_("只能从去年、今年或者明年起设定。"))
        return year

    def clean(self) -> dict[str, Any] | None:
        """A day that every year has."""
        given = super().clean() or {}
        if "until_month" in given and "until_day" in given:
            try:
                dt.date(2001, given["until_month"], given["until_day"])
            except ValueError:
                self.add_error("until_day", _("没有 %(month)d 月 %(day)d 日这一天。") % {
                    "month": given["until_month"], "day": given["until_day"],
                })  # fmt: skip
        return given


class CheckSettingsView(DeskView):
    """`/desk/personnel/checks/settings/`: the head of supervision sets."""

    roles = frozenset({Role.SUPERVISION_HEAD.value})

    def get(self, _request: Any) -> HttpResponse:
        """The form, with what holds now."""
        year = timezone.localdate().year
        now = CheckSetting.of(year)
        start = {"required": now.required, "until_month": now.until_month, "until_day": now.until_day}
        return self.show(CheckSettingForm(initial=start | {"from_year": year}))

    def post(self, request: Any) -> HttpResponseBase:
        """One more row."""
        form = CheckSettingForm(request.POST, instance=CheckSetting(made_by=self.user))
        if not form.is_valid():
            return self.show(form, status=422)
        form.save()
        messages.success(request, _("年审设定已保存。"))
        return redirect("personnel:check-settings")

    def show(self, form: CheckSettingForm, *, status: int = 200) -> HttpResponse:
        """The page."""
        rows = CheckSetting.objects.select_related("made_by").order_by("-pk")[:20]
        crumbs = [{"label": _("执法证年审"), "url": reverse("personnel:checks")}, {"label": _("年审设定")}]
        return self.page("personnel/check_settings.html", {"form": form, "rows": rows, "crumbs": crumbs}, status=status)
