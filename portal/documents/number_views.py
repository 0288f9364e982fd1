"""A department's number series: what was used, kept in reserve and voided; for its platform administrator."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.models import Department, User
from portal.accounts.roles import Role
from portal.documents import numbering
from portal.documents.forms import BeginForm, ReserveForm, SeriesForm
from portal.documents.models import Number, Series
from portal.documents.numbering import NumberingError
from portal.theme.components import Column, Empty, Table
from portal.workflow.errors import Forbidden

MANAGERS = frozenset({Role.DEPT_ADMIN.value})
SHOWN_NUMBERS = 200


@login_required
@require_http_methods(["GET", "POST"])
def numbers(request: HttpRequest) -> HttpResponse:
    """The year's series, the numbers in reserve and voided, and the two forms."""
    user, department = _manager(request)
    forms: dict[str, SeriesForm] = {
        "begin": BeginForm(department=department, prefix="begin"),
        "reserve": ReserveForm(department=department, prefix="reserve"),
    }
    if request.method == "POST":
        wanted = "begin" if "begin" in request.POST else "reserve"
        form = type(forms[wanted])(request.POST, department=department, prefix=wanted)
        forms[wanted] = form
        if form.is_valid() and _carried_out(request, form, user, department):
            return redirect("documents:numbers")
    context = {"department": department, "year": numbering.current_year(), **_shown(department), **forms}
    return render(request, "documents/numbers.html", context)


@login_required
@require_POST
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Void a number kept in reserve; it stays in its place, with the reason."""
    user, department = _manager(request)
    number = Number.objects.filter(pk=pk, series__department=department).first()
    if number is None:
        raise Http404
    try:
        numbering.void_number(number, actor=user, reason=request.POST.get("reason", ""))
    except NumberingError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("%(number)s已作废。") % {"number": number.text})
    return redirect("documents:numbers")


def _manager(request: HttpRequest) -> tuple[User, Department]:
    user = cast(User, request.user)
    if user.department is None or not user.has_role(*MANAGERS):
        raise Forbidden(_("文号由本部门的平台管理员管理。"), MANAGERS)
    return user, user.department


def _carried_out(request: HttpRequest, form: SeriesForm, user: User, department: Department) -> bool:
    prefix, code = form.prefix_and_code
    given = form.cleaned_data
    try:
        if isinstance(form, BeginForm):
            series = numbering.start_series_at(
                department, code, given["first_value"], actor=user, reason=given["reason"], prefix=prefix
            )
            sentence = _("%(series)s从%(first)d号开始。") % {"series": series, "first": series.first_value}
        else:
            block = numbering.reserve_block(
                department, code, given["count"], actor=user, purpose=given["purpose"], prefix=prefix
            )
            sentence = _("已预留%(first)s至%(last)s。") % {"first": block[0].text, "last": block[-1].text}
    except NumberingError as error:
        form.add_error(None, error.sentence)
        return False
    messages.success(request, sentence)
    return True


def _shown(department: Department) -> dict[str, Any]:
    year = numbering.current_year()
    states = {state.value: Count("numbers", filter=Q(numbers__state=state)) for state in Number.State}
    found = Series.objects.filter(department=department, year=year).annotate(**states).order_by("prefix", "code")
    rows = [
        [
            f"{series.prefix}{series.code}",
            series.text_of(series.next_value),
            getattr(series, Number.State.USED.value),
            getattr(series, Number.State.RESERVED.value),
            getattr(series, Number.State.VOID.value),
            _("从%(first)d号开始：%(reason)s") % {"first": series.first_value, "reason": series.begun_reason}
            if series.first_value > 1
            else "",
        ]
        for series in found
    ]
    kept = Number.objects.filter(series__department=department).select_related("given_by", "voided_by")
    return {
        "series": Table(
            caption=_("本年度文号"),
            columns=[
                Column(_("文号")),
                Column(_("下一号")),
                Column(_("已使用"), numeric=True),
                Column(_("预留"), numeric=True),
                Column(_("作废"), numeric=True),
                Column(_("说明")),
            ],
            rows=rows,
            empty=Empty(
                _("本年度还没有编过号"), _("签发第一份有文号的文书时，文号从1开始；纸质已编号的，可以先定起始号。")
            ),
        ),
        "reserved": kept.filter(state=Number.State.RESERVED).order_by("series_id", "value")[:SHOWN_NUMBERS],
        "voided": kept.filter(state=Number.State.VOID).order_by("-voided_at")[:SHOWN_NUMBERS],
    }
