"""Pages of officers: the register of a department, one officer, the form, the search by number."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.actions import SHOW_IDENTITY, SHOW_IDENTITY_TO_BUREAU
from personnel.changes import changes_of
from personnel.forms import FindForm, OfficerForm
from personnel.imports.registering import MAY_IMPORT
from personnel.models import Certificate, Officer, OfficerPicture
from personnel.qualification import NEAR_DAYS, standing
from portal.accounts.models import Department, User
from portal.accounts.roles import Role
from portal.theme.components import Cell, Empty, Pair
from portal.web.base import DeskView, visible_or_404
from portal.web.tables import Choice, Column, ListView, Text
from portal.workflow.data import Nothing
from portal.workflow.door import perform
from portal.workflow.errors import Forbidden

REGISTRARS = frozenset({Role.DEPT_ADMIN.value})
# Whoever relies on the qualification may look at its proof.
PROOF_READERS = REGISTRARS | {
    Role.HEAD.value,
    Role.DEPUTY.value,
    Role.LEGAL.value,
    Role.SUPERVISOR.value,
    Role.SUPERVISION_HEAD.value,
}


def certificate_cell(officer: Any) -> Cell:
    """The certificate that lasts longest."""
    if not officer.held:
        return Cell(_("没有登记"), shape="open")
    last = officer.held[0]
    return Cell(last.number, url=reverse("personnel:certificate", args=[last.pk]), small="、".join(last.fields))


def standing_cell(officer: Any) -> Cell:
    """The light of that certificate today."""
    if not officer.held:
        return Cell("—")
    shape, words = standing(officer.held[0], timezone.localdate())
    return Cell(words, shape=shape)  # type: ignore[arg-type]  # a shape


def with_officers() -> Any:
    """The departments that have officers on the register."""
    return Department.objects.filter(pk__in=Officer.objects.values("department"))


def with_certificates(rows: Any) -> Any:
    """Officers with their certificates read along, the longest first."""
    held = Certificate.objects.order_by("ended_on", "-valid_to").prefetch_related("suspensions")
    return rows.prefetch_related(Prefetch("certificates", held, to_attr="held"))


class OfficersView(ListView):
    """`/desk/personnel/`: the own department's officers; all for the bureau."""

    title = gettext_lazy("执法人员")
    template = "personnel/officers.html"
    default_order = "name"
    columns = (
        Column(
            "name",
            gettext_lazy("姓名"),
            lambda row: Cell(row.name, url=reverse("personnel:officer", args=[row.pk]), small=row.position),
            order="name",
        ),
        Column("department", gettext_lazy("部门"), lambda row: row.department.short_name),
        Column("identity", gettext_lazy("公民身份号码"), lambda row: row.masked_identity),
        Column("certificate", gettext_lazy("执法证"), certificate_cell),
        Column("standing", gettext_lazy("证件状态"), standing_cell),
        Column("legal", gettext_lazy("法律职业资格"), lambda row: _("有") if row.legal_qualified else "—"),
        Column("active", gettext_lazy("在岗"), lambda row: _("在岗") if row.active else _("离岗")),
    )
    export_name = "officers"

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """Departments only for those who see several."""
        found: list[Any] = [
            Text("q", gettext_lazy("姓名"), ("name",)),
            Choice(
                "active",
                gettext_lazy("在岗"),
                (("yes", gettext_lazy("在岗")), ("no", gettext_lazy("离岗"))),
                lambda rows, chosen: rows.filter(active__in=[value == "yes" for value in chosen]),
            ),
            Choice(
                "certificate",
                gettext_lazy("执法证"),
                CERTIFIED,
                narrow_certificates,
            ),
            Choice(
                "legal",
                gettext_lazy("法律职业资格"),
                (("yes", gettext_lazy("有")), ("no", gettext_lazy("没有登记"))),
                lambda rows, chosen: rows.filter(legal_qualified__in=[value == "yes" for value in chosen]),
            ),
        ]
        if self.user.sees_everything:
            found.append(
                Choice(
                    "department",
                    gettext_lazy("部门"),
                    list(with_officers().values_list("code", "short_name")),
                    lambda rows, chosen: rows.filter(department__code__in=chosen),
                )
            )
        return tuple(found)

    def rows(self) -> Any:
        """Visible officers with department and certificates."""
        return with_certificates(Officer.objects.visible_to(self.user).select_related("department"))

    def empty(self) -> Empty:
        """What to do."""
        if self.user.has_role(*REGISTRARS):
            return Empty(
                _("还没有登记执法人员"),
                _("先登记人员，再登记执法证。"),
                reverse("personnel:officer-new"),
                _("登记人员"),
            )
        return Empty(_("还没有登记执法人员"), _("由本部门平台管理员登记。"))

    def context(self) -> dict[str, Any]:
        """The search by number, and who may register."""
        return {
            "find": FindForm(auto_id="id_find_%s"),
            "may_register": self.user.has_role(*REGISTRARS),
            "may_import": self.user.has_role(*MAY_IMPORT),
        }


CERTIFIED = (
    ("valid", gettext_lazy("今天有效")),
    ("near", gettext_lazy("90 日内到期")),
    ("expired", gettext_lazy("已过期")),
    ("suspended", gettext_lazy("暂扣中")),
    ("none", gettext_lazy("今天没有有效证件")),
)


def narrow_certificates(rows: Any, chosen: list[str]) -> Any:
    """Officers whose certificates stand in one of the chosen ways today; «none»: without a valid one."""
    today = timezone.localdate()
    valid = Certificate.objects.valid_on(today)
    holders = {
        "valid": valid,
        "near": valid.filter(valid_to__lte=today + dt.timedelta(days=NEAR_DAYS)),
        "expired": Certificate.objects.filter(ended_on=None, valid_to__lt=today),
        "suspended": Certificate.objects.filter(state=Certificate.State.SUSPENDED),
    }
    wanted = Q(pk__in=[])
    for name in chosen:
        if name == "none":
            wanted |= ~Q(pk__in=valid.values("officer"))
        else:
            wanted |= Q(pk__in=holders[name].values("officer"))
    return rows.filter(wanted)


class FindView(DeskView):
    """`/desk/personnel/find/`: an officer by his exact number; POST only."""

    http_method_names = ["post"]

    def post(self, request: Any) -> HttpResponseBase:
        """Go to the officer, or say that there is none."""
        form = FindForm(request.POST)
        if not form.is_valid():
            messages.error(request, str(form.errors["identity"][0]))
            return redirect("personnel:officers")
        found = (
            Officer.objects.visible_to(self.user)
            .with_identity(form.cleaned_data["identity"])
            .order_by("-active", "-pk")
            .first()
        )
        if found is None:
            messages.info(request, _("您能看到的范围内没有这个公民身份号码的执法人员。"))
            return redirect("personnel:officers")
        return redirect("personnel:officer", found.pk)


class OfficerView(DeskView):
    """`/desk/personnel/officers/<pk>/`: one officer; his number is shown on a recorded click only."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The officer with the number masked."""
        return self.show(self.officer(pk), "")

    def post(self, request: Any, pk: int) -> HttpResponse:
        """Show the number once, and keep in the certificate's record who looked."""
        officer = self.officer(pk)
        certificate = officer.certificates.order_by("-valid_to").first()
        if certificate is None:
            raise Http404
        perform(
            certificate,
            SHOW_IDENTITY_TO_BUREAU if self.user.sees_everything else SHOW_IDENTITY,
            actor=self.user,
            data=Nothing(),
            request_id=request.id,
        )
        answer = self.show(officer, officer.identity)
        answer["Cache-Control"] = "no-store"
        return answer

    def officer(self, pk: int) -> Officer:
        """The officer if the person may see him, else 404."""
        return visible_or_404(Officer, pk, self.user, "department", "user")

    def show(self, officer: Officer, number: str) -> HttpResponse:
        """The page."""
        today = timezone.localdate()
        certificates = list(officer.certificates.order_by("ended_on", "-valid_to").prefetch_related("suspensions"))
        own = self.user.department_id == officer.department_id
        pictures = set(officer.pictures.filter(replaced_at=None).values_list("kind", flat=True))
        return self.page(
            "personnel/officer.html",
            {
                "officer": officer,
                "number": number,
                "pairs": pairs_of(officer),
                "certificates": [(one, *standing(one, today)) for one in certificates],
                "may_show": bool(certificates)
                and bool(officer.identity)
                and (self.user.sees_everything or (own and self.user.has_role(*REGISTRARS))),
                "may_edit": own and self.user.has_role(*REGISTRARS),
                "has_photo": OfficerPicture.Kind.PHOTO in pictures,
                "has_proof": OfficerPicture.Kind.LEGAL_PROOF in pictures,
                "may_see_proof": self.user.has_role(*PROOF_READERS),
                "postings": list(officer.postings.select_related("department")),
                "changes": changes_of(officer),
                "crumbs": [
                    {"label": _("执法人员"), "url": reverse("personnel:officers")},
                    {"label": officer.name},
                ],
            },
        )


def pairs_of(officer: Officer) -> list[Pair]:
    """What the register says of the officer, the number left out."""
    return [
        Pair(_("部门"), officer.department.name),
        Pair(_("职务"), officer.position or "—"),
        Pair(_("性别"), str(officer.get_gender_display()) or "—"),
        Pair(_("手机"), officer.phone or "—"),
        Pair(_("账号"), officer.user.username if officer.user else _("没有账号")),
        Pair(
            _("法律职业资格"),
            _("有") if officer.legal_qualified else _("没有登记"),
            small=_("证书编号 %(number)s") % {"number": officer.legal_number} if officer.legal_number else "",
        ),
        Pair(_("在岗"), _("在岗") if officer.active else _("离岗")),
    ]


def own_officer(pk: int, user: User) -> Officer:
    """An officer of the registrar's own department; 404 for one he may not see, Forbidden for another's."""
    officer = visible_or_404(Officer, pk, user, "department")
    if officer.department_id != user.department_id:
        raise Forbidden(_("这一步由%(who)s的人员办理。") % {"who": officer.department.name}, REGISTRARS)
    return officer


class OfficerFormView(DeskView):
    """`/desk/personnel/officers/new/` and `…/<pk>/edit/`: the department's platform administrator writes."""

    roles = REGISTRARS

    def get(self, _request: Any, pk: int | None = None) -> HttpResponse:
        """The form."""
        return self.show(self.form(pk))

    def post(self, request: Any, pk: int | None = None) -> HttpResponseBase:
        """Write, or back to the form with its sentences."""
        form = self.form(pk, data=request.POST)
        officer = form.save_for(self.user) if form.is_valid() else None
        if officer is None:
            return self.show(form, status=422)
        messages.success(request, _("%(name)s已登记。") % {"name": officer.name})
        return redirect("personnel:officer", officer.pk)

    def form(self, pk: int | None, **options: Any) -> OfficerForm:
        """The form of a new officer, or of one of the own department; raises Forbidden for another's."""
        if self.user.department is None:
            raise Forbidden(_("这一页只给部门的平台管理员使用。"), self.roles)
        instance = own_officer(pk, self.user) if pk is not None else None
        return OfficerForm(instance=instance, department=self.user.department, **options)

    def show(self, form: OfficerForm, status: int = 200) -> HttpResponse:
        """The page with the form."""
        title = _("更正人员信息") if form.registered else _("登记人员")
        back = (
            reverse("personnel:officer", args=[form.instance.pk]) if form.registered else reverse("personnel:officers")
        )
        return self.page(
            "personnel/officer_form.html",
            {
                "form": form,
                "title": title,
                "submit_label": _("保存"),
                "cancel_url": back,
                "crumbs": [{"label": _("执法人员"), "url": reverse("personnel:officers")}, {"label": title}],
            },
            status=status,
        )
