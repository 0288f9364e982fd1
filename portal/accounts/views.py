"""Sign-in, sign-out, password change, and the page that says who one is here."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from portal.accounts.demo import demo_password, demo_people
from portal.accounts.forms import NewPasswordForm, SignInForm
from portal.accounts.models import User
from portal.accounts.resumption import kept
from portal.accounts.roles import MAY, Role


def sign_in_context(request: HttpRequest) -> dict[str, Any]:
    """What the sign-in page shows beside its form; the demo's accounts only in the demo."""
    people = demo_people()
    return {
        "form": SignInForm(request),
        "sign_in_url": reverse("accounts:sign-in"),
        "demo_people": people,
        "demo_password": demo_password() if people else "",
    }


class SignIn(LoginView):
    """The sign-in page; after an expired session it hands back what was typed."""

    template_name = "accounts/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, where to go afterwards, and what was kept."""
        extra = sign_in_context(self.request)
        del extra["form"]
        return super().get_context_data(**kwargs) | extra | {"kept": self.request.POST.get("kept", "")}

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in, then go where the person wanted to go, or on with the form that was interrupted."""
        answer = super().form_valid(form)
        interrupted = kept(self.request.POST.get("kept", ""))
        if interrupted is None:
            return answer
        return render(self.request, "accounts/resume.html", {"interrupted": interrupted})


class SignOut(LogoutView):
    """Sign-out, by POST only."""

    http_method_names = ["post"]


class ChangePassword(LoginRequiredMixin, PasswordChangeView):
    """The person's own password; other sessions of the person end with it."""

    template_name = "accounts/password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("accounts:account")

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it and say so."""
        messages.success(self.request, _("密码已修改。其他地方的登录已经失效。"))
        return super().form_valid(form)


class Account(LoginRequiredMixin, TemplateView):
    """Who I am here: department, roles, and what follows from them."""

    template_name = "accounts/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name, department, roles with what each may do, live rights to foreign matters."""
        user = cast(User, self.request.user)
        roles = [role for role in Role if role.value in user.roles]
        return super().get_context_data(**kwargs) | {
            "person": user,
            "roles": [(str(role.label), MAY[role]) for role in roles],
            "granted": len(user.granted_matters()),
        }
