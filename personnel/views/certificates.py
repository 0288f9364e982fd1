"""Pages of certificates: the register, and one certificate with its history."""

from __future__ import annotations

import datetime as dt
from typing import Any

import segno
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.beside import holder_links
from personnel.models import AnnualCheck, Certificate, Provenance
from personnel.printing import card_problem, check_url, grouped
from personnel.qualification import NEAR_DAYS, standing
from personnel.views.cards import may_print
from personnel.views.officers import REGISTRARS
from portal.accounts.models import Department
from portal.theme.components import Cell, Empty, Pair
from portal.theme.formats import cn_date
from portal.web.base import DeskView, visible_or_404
from portal.web.tables import Choice, Column, ListView, Text
from portal.web.workspace import workspace


def light_cell(certificate: Certificate) -> Cell:
    """The light today."""
    shape, words = standing(certificate, timezone.localdate())
    return Cell(words, shape=shape)  # type: ignore[arg-type]  # a shape


def narrow_standing(rows: Any, chosen: list[str]) -> Any:
    """Certificates in one of the chosen standings today."""
    today = timezone.localdate()
    parts = {
        "valid": rows.model.objects.valid_on(today),
        "near": rows.model.objects.valid_on(today).filter(valid_to__lte=today + dt.timedelta(days=NEAR_DAYS)),
        "expired": rows.model.objects.filter(ended_on=None, valid_to__lt=today),
        "suspended": rows.model.objects.filter(state=Certificate.State.SUSPENDED),
        "ended": rows.model.objects.exclude(ended_on=None),
    }
    wanted = rows.none()
    for name in chosen:
        wanted = wanted | rows.filter(pk__in=parts[name].values("pk"))
    return wanted


STANDINGS = (
    ("valid", gettext_lazy("今天有效")),
    ("near", gettext_lazy("90 日内到期")),
    ("expired", gettext_lazy("已过期")),
    ("suspended", gettext_lazy("暂扣中")),
    ("ended", gettext_lazy("已注销、吊销或者作废")),
)


class CertificatesView(ListView):
    """`/desk/personnel/certificates/`: the own department's certificates; all for the bureau."""

    title = gettext_lazy("执法证")
    template = "personnel/certificates.html"
    default_order = "valid_to"
    export_name = "certificates"
    columns = (
        Column(
            "number",
            gettext_lazy("证号"),
            lambda row: Cell(row.number, url=reverse("personnel:certificate", args=[row.pk]), small=row.issuer),
            order="number",
        ),
        Column(
            "officer",
            gettext_lazy("持证人"),
            lambda row: Cell(row.officer.name, url=reverse("personnel:officer", args=[row.officer_id])),
        ),
        Column("department", gettext_lazy("部门"), lambda row: row.officer.department.short_name),
        Column("fields", gettext_lazy("执法领域"), lambda row: "、".join(row.fields)),
        Column("area", gettext_lazy("执法区域"), lambda row: row.area),
        Column(
            "valid_to",
            gettext_lazy("有效期至"),
            lambda row: Cell(row.valid_to.isoformat(), small=_("自 %(day)s") % {"day": row.valid_from.isoformat()}),
            order="valid_to",
            numeric=True,
        ),
        Column("standing", gettext_lazy("状态"), light_cell),
    )

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """Departments only for those who see several."""
        found: list[Any] = [
            Text("q", gettext_lazy("证号、姓名"), ("number", "officer__name")),
            Choice("standing", gettext_lazy("状态"), STANDINGS, narrow_standing),
        ]
        if self.user.sees_everything:
            found.append(
                Choice(
                    "department",
                    gettext_lazy("部门"),
                    list(Department.objects.filter(is_active=True).values_list("code", "short_name")),
                    lambda rows, chosen: rows.filter(officer__department__code__in=chosen),
                )
            )
        return tuple(found)

    def rows(self) -> Any:
        """Visible certificates with what a line needs."""
        return (
            Certificate.objects.visible_to(self.user)
            .select_related("officer__department")
            .prefetch_related("suspensions")
        )

    def empty(self) -> Empty:
        """What to do."""
        return Empty(
            _("还没有登记执法证"),
            _("先登记人员，再登记其执法证；部委、自治区等上级机关核发的也在这里登记。"),
            reverse("personnel:officers"),
            _("看执法人员"),
        )

    def context(self) -> dict[str, Any]:
        """Who may register."""
        from personnel.actions import REGISTER

        return {"may_register": self.user.has_role(*REGISTER.roles)}


class CertificateView(DeskView):
    """`/desk/personnel/certificates/<pk>/`: one certificate, its suspensions and what was done with it."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        related = ("matter__department", "officer__department", "provenance__replaces", "replacement__certificate")
        certificate = visible_or_404(Certificate, pk, self.user, *related)
        shape, words = standing(certificate, timezone.localdate())
        checks = list(certificate.checks.all()[:10])
        return self.page(
            "personnel/certificate.html",
            {
                "certificate": certificate,
                "shape": shape,
                "words": words,
                "pairs": pairs_of(certificate),
                "checks": checks,
                "failed": checks[0] if checks and checks[0].outcome == AnnualCheck.Outcome.FAILED else None,
                "renewals": list(certificate.renewals.all()),
                "replacement": getattr(certificate, "replacement", None),
                "card": card_of(certificate, self.user),
                "suspensions": list(certificate.suspensions.order_by("-begun_on")),
                "may_see_officer": certificate.officer.is_visible_to(self.user),
                "is_registrar": self.user.has_role(*REGISTRARS),
                "links": holder_links(certificate.officer, self.user),
                "workspace": workspace(certificate, certificate.matter, self.user),
                "crumbs": [
                    {"label": _("执法证"), "url": reverse("personnel:certificates")},
                    {"label": certificate.number},
                ],
            },
        )


def card_of(certificate: Certificate, user: Any) -> dict[str, Any] | None:
    """The card: the picture of its code, its public page, and whether it can be printed; for whoever may print it."""
    address = check_url(certificate)
    if not address or not may_print(certificate, user):
        return None
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=2, omitsize=True, title=_("亮证二维码"), svgclass="zf-qr mb-2"
    )
    return {
        "picture": mark_safe(drawn),  # noqa: S308 - drawn here, from an address of our own
        "url": address,
        "code": grouped(certificate.provenance.code),
        "problem": card_problem(certificate, timezone.localdate()),
    }


def pairs_of(certificate: Certificate) -> list[Pair]:
    """What is printed on it, and how it ended."""
    pairs = [
        Pair(_("持证人"), certificate.officer.name, small=certificate.officer.department.name),
        Pair(_("证号"), certificate.number),
        Pair(_("发证机关"), certificate.issuer),
        Pair(_("执法领域"), "、".join(certificate.fields)),
        Pair(_("执法区域"), certificate.area),
        Pair(
            _("有效期"),
            _("%(from)s 至 %(to)s") % {"from": cn_date(certificate.valid_from), "to": cn_date(certificate.valid_to)},
        ),
    ]
    provenance: Provenance | None = getattr(certificate, "provenance", None)
    if provenance is not None:
        pairs.append(Pair(_("来源"), str(provenance.get_source_display()), small=provenance.note))
        if provenance.replaces is not None:
            url = reverse("personnel:certificate", args=[provenance.replaces.pk])
            number = format_html('<a href="{}">{}</a>', url, provenance.replaces.number)
            pairs.append(Pair(_("补发，原证"), number))
    if certificate.ended_on:
        pairs.append(
            Pair(str(certificate.get_state_display()), cn_date(certificate.ended_on), small=certificate.ended_ground)
        )
    return pairs
