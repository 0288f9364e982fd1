"""What the interface answers with: JSON, and refusals as problem details (RFC 9457)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.web.citations import articles
from portal.web.middleware import status_of
from portal.workflow.errors import Blocked, DoorError, Forbidden, Invalid


class Refusal(Exception):
    """A call that is not carried out; carries the status, the sentence and what more there is to say."""

    def __init__(self, status: int, sentence: str, *, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.headers, self.more = status, sentence, headers or {}, more


def answer(content: Any, status: int = 200) -> JsonResponse:
    """A JSON answer nobody may keep."""
    response = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response


def problem(refusal: Refusal, request_id: str) -> JsonResponse:
    """The refusal as problem details."""
    content = {"title": _titles()[refusal.status], "status": refusal.status, "detail": refusal.sentence}
    response = answer(content | {"request": request_id} | refusal.more, refusal.status)
    response["Content-Type"] = "application/problem+json"
    for name, value in refusal.headers.items():
        response[name] = value
    return response


def of_door(error: DoorError) -> Refusal:
    """What the door refused with, in the same words as on the desk: fields, gates with articles, roles."""
    more: dict[str, Any] = {}
    if isinstance(error, Invalid):
        more["fields"] = {name: [sentence] for name, sentence in error.fields.items()}
    if isinstance(error, Blocked):
        more["gates"] = [gate(item) for item in error.unmet]
    if isinstance(error, Forbidden) and error.roles:
        more["roles"] = sorted(error.roles)
    return Refusal(status_of(error), error.sentence, **more)


def gate(unmet: Any) -> dict[str, Any]:
    """A gate that is not met."""
    return {"gate": unmet.gate, "sentence": unmet.sentence, "articles": articles(unmet.citation)}


def moment(value: dt.datetime | None) -> str | None:
    """A moment with its offset."""
    return timezone.localtime(value).isoformat(timespec="seconds") if value is not None else None


def _titles() -> dict[int, str]:
    return {
        400: _("请求读不懂"),
        401: _("没有有效的令牌"),
        403: _("不允许"),
        404: _("没有找到"),
        405: _("这个地址不接受这种请求"),
        409: _("与现状冲突"),
        413: _("内容太大"),
        415: _("格式不对"),
        422: _("内容不能接受"),
        429: _("调用太频繁"),
    }
