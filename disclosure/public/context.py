"""What every page of the public zone shows around its content; no query is made here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def zone(request: HttpRequest) -> dict[str, Any]:
    """Navigation (only to what exists), the two switches, and when the data were last changed."""
    here = request.path
    easy = getattr(request, "easy", False)
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else here
    return {
        "easy": easy,
        "easy_url": _switch("easy", "0" if easy else "1", back),
        "language_url": _switch("language", "zh-hans" if get_language() == "en" else "en", back),
        "home_url": reverse("public:home"),
        "navigation": [
            _item(_("执法公示"), "public:decisions", here),
            _item(_("执法部门"), "public:departments", here),
            _item(_("文书核验"), "public:verify", here),
            _item(_("执法证核验"), "public:check-form", here),
        ],
        "footer_links": [
            {"label": _("关于本站"), "url": reverse("public:about")},
            {"label": _("公示依据"), "url": reverse("public:about") + "#law"},
            {"label": _("数字怎么算"), "url": reverse("public:about") + "#figures"},
            {"label": _("个人信息保护"), "url": reverse("public:about") + "#privacy"},
            {"label": _("无障碍"), "url": reverse("public:about") + "#access"},
        ],
        "updated_at": getattr(request, "raised_at", None),
        "error_layout": "theme/public.html",
    }


def _switch(name: str, value: str, back: str) -> str:
    return f"{reverse('public:preferences')}?{urlencode({name: value, 'next': back})}"


def _item(label: str, name: str, here: str) -> dict[str, Any]:
    url = reverse(name)
    return {"label": label, "url": url, "current": here.startswith(url)}
