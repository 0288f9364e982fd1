"""Desk pages of the interface: the department's tokens, a new one, withdrawing one, and how to call."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.api import tokens
from portal.api.exposure import exposed, scope_for
from portal.api.models import Consent, Scope, Token
from portal.api.openapi import ROOT
from portal.theme.components import Cell, Column, Empty, Table
from portal.theme.formats import iso
from portal.web.base import DeskView
from portal.workflow.data import entries, required

KEEPERS: Final = frozenset({Role.DEPT_ADMIN.value, *BUREAU_ROLES})
LONGEST: Final = dt.timedelta(days=366)
ANOTHER: Final = gettext_lazy("令牌只能由本部门平台管理员颁发。")


class TokenForm(forms.Form):
    """What a new token may do, for whom, until when."""

    name = forms.CharField(
        label=gettext_lazy("系统名称"), max_length=60, help_text=gettext_lazy("例如：本部门办案系统")
    )
    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=gettext_lazy("可以代表的人员"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("须本人同意后才能代表；每一步仍须本人有这个角色，记录在本人名下"),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("范围"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple, initial=[Scope.READ]
    )
    expires_on = forms.DateField(
        label=gettext_lazy("有效期至"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("最长一年"),
    )

    def __init__(self, data: Any = None, *, user: User, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        field = self.fields["people"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - for the type checker
        field.queryset = User.objects.filter(department=user.department_id, is_active=True).order_by("name", "pk")

    def clean_expires_on(self) -> dt.date:
        """From today to a year from now."""
        day: dt.date = self.cleaned_data["expires_on"]
        today = timezone.localdate()
        if not today <= day <= today + LONGEST:
            raise forms.ValidationError(_("有效期从今天起，最长一年。"))
        return day


class TokensView(DeskView):
    """`/desk/api/`: the tokens of one's department, all of them for the bureau."""

    roles = KEEPERS

    def get(self, _request: Any) -> HttpResponse:
        """The list and the form."""
        return self.show(TokenForm(user=self.user, initial={"expires_on": timezone.localdate() + LONGEST}))

    def post(self, request: Any) -> HttpResponseBase:
        """A new token; its secret is on this one answer and nowhere else."""
        if not self.may_give:
            messages.error(request, str(ANOTHER))
            return redirect("api:tokens")
        form = TokenForm(request.POST, user=self.user)
        if not form.is_valid():
            return self.show(form, status=422)
        chosen = form.cleaned_data
        department = self.user.department
        assert department is not None  # noqa: S101 - a role needs a department
        token, secret = tokens.give(
            department=department,
            name=chosen["name"],
            scopes=chosen["scopes"],
            people=chosen["people"],
            expires_on=chosen["expires_on"],
            by=self.user,
        )
        response = self.show(TokenForm(user=self.user), given=token, secret=secret)
        response["Cache-Control"] = "no-store"
        return response

    @property
    def may_give(self) -> bool:
        """Whether this person gives tokens out, not only looks."""
        return self.user.has_role(Role.DEPT_ADMIN.value)

    def show(self, form: TokenForm, *, status: int = 200, given: Token | None = None, secret: str = "") -> HttpResponse:
        """The page."""
        rows = Token.objects.select_related("department", "made_by").prefetch_related("consents__person")
        if not self.user.sees_everything:
            rows = rows.filter(department=self.user.department_id)
        context = {
            "form": form if self.may_give else None,
            "given": given,
            "secret": secret,
            "tokens": [(token, self.particulars(token)) for token in rows[:200]],
            "crumbs": [{"label": _("接口")}],
        }
        return self.page("api/tokens.html", context, status=status)

    def particulars(self, token: Token) -> dict[str, Any]:
        """What is shown of one."""
        return {
            "scopes": "；".join(str(Scope(scope).label) for scope in token.scopes),
            "people": "、".join(_named(consent) for consent in token.consents.all()),
            "may_withdraw": token.works and self.may_give and token.department_id == self.user.department_id,
        }


def _named(consent: Consent) -> str:
    if consent.agreed_at is not None:
        return consent.person.name
    words = _("%(name)s（不同意）") if consent.refused_at is not None else _("%(name)s（等待同意）")
    return words % {"name": consent.person.name}


class ConsentsView(DeskView):
    """`/desk/api/consents/`: which systems ask to act in one's name; agreed to or refused by oneself alone."""

    def get(self, _request: Any) -> HttpResponse:
        """What was asked, the newest first."""
        rows = Consent.objects.filter(person=self.user).select_related("token__department", "token__made_by")
        asked = [
            (row, "；".join(str(Scope(scope).label) for scope in row.token.scopes))
            for row in rows.order_by("-pk")[:200]
        ]
        return self.page("api/consents.html", {"asked": asked, "crumbs": [{"label": _("用我的名义办理的系统")}]})

    def post(self, request: Any) -> HttpResponseBase:
        """Agree, refuse, or take it back."""
        key, said = request.POST.get("consent", ""), request.POST.get("answer", "")
        rows = Consent.objects.filter(person=self.user).select_related("token")
        consent = rows.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
        if consent is None or said not in {"agree", "refuse"}:
            raise Http404
        tokens.answer(consent, agree=said == "agree")
        words = _("已同意“%(name)s”用您的名义办理。") if said == "agree" else _("“%(name)s”不能用您的名义办理。")
        messages.success(request, words % {"name": consent.token.name})
        return redirect("api:consents")


class WithdrawView(DeskView):
    """`/desk/api/ID/withdraw/`: ends a token at once."""

    roles = KEEPERS
    http_method_names = ["post"]

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """Withdraw it."""
        rows = Token.objects.all()
        if not self.user.sees_everything:
            rows = rows.filter(department=self.user.department_id)
        token = rows.filter(pk=pk).first()
        if token is None:
            raise Http404
        if token.department_id != self.user.department_id or not self.user.has_role(Role.DEPT_ADMIN.value):
            messages.error(request, str(ANOTHER))
        elif tokens.withdraw(token, by=self.user):
            messages.success(request, _("令牌“%(name)s”已停用，立即失效。") % {"name": token.name})
        else:
            messages.info(request, _("令牌“%(name)s”早已停用。") % {"name": token.name})
        return redirect("api:tokens")


class DocumentationView(DeskView):
    """`/desk/api/docs/`: how to call, and every action with its fields."""

    def get(self, _request: Any) -> HttpResponse:
        """The page, made from the same register as openapi.json."""
        actions: list[list[Cell | str]] = [
            [
                Cell(action.key, small=str(action.label)),
                str(action.model._meta.verbose_name),
                str(scope_for(action).label),
                "、".join(
                    name if required(field) else f"[{name}]" for name, (field, _entry) in entries(action.data).items()
                )
                or "—",
            ]
            for action in exposed()
        ]
        table = Table(
            caption=_("可以办理的步骤"),
            columns=[Column(_("步骤")), Column(_("事项")), Column(_("范围")), Column(_("字段（方括号内的可以不填）"))],
            rows=actions,
            empty=Empty(_("还没有可以办理的步骤")),
        )
        crumbs = [{"label": _("接口"), "url": reverse("api:tokens")}, {"label": _("怎样调用")}]
        if not self.user.has_role(*KEEPERS):
            crumbs = crumbs[1:]
        return self.page(
            "api/docs.html",
            {
                "table": table,
                "root": self.request.build_absolute_uri(ROOT),
                "crumbs": crumbs,
                "made": iso(timezone.now()),
            },
        )
