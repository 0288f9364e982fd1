"""Sign-in and password forms, with sentences that say what to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Username and password."""

    error_messages = {
        "invalid_login": _("用户名或者密码不对。请检查大小写；连续输错多次会暂时锁定。"),
        "inactive": _("这个账号已停用。请联系本单位的平台管理员。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["username"].label = _("用户名")
        self.fields["username"].error_messages["required"] = _("请填写用户名。")
        self.fields["password"].label = _("密码")
        self.fields["password"].error_messages["required"] = _("请填写密码。")
        self.fields["password"].widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        self.fields["username"].widget.attrs["maxlength"] = 24


class NewPasswordForm(PasswordChangeForm):
    """The old password, and the new one twice."""

    error_messages = {
        "password_incorrect": _("原密码不对。请再填一次。"),
        "password_mismatch": _("两次填写的新密码不一致。请重新填写。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        labels = {"old_password": _("原密码"), "new_password1": _("新密码"), "new_password2": _("再填一次新密码")}
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = _("必须填写。")
            self.fields[name].widget.attrs["class"] = "zf-middle"
        self.fields["new_password1"].help_text = _(
            "至少 10 位，不能全是数字，不能是常见密码，也不能与姓名、用户名相近。"
        )
