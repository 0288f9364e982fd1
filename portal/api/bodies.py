"""A call's JSON body as the form's own values, so that it is cleaned by the same fields with the same sentences."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from portal.api.answers import Refusal
from portal.web.forms import SEVERAL
from portal.workflow.actions import Action
from portal.workflow.data import entries

MOST_VALUES: Final = 500


def read(request: HttpRequest, *known: str) -> dict[str, Any]:
    """The body, a JSON object with no other names than the known ones; an empty body is an empty object.

    Raises Refusal 400, 413 or 415.
    """
    try:
        raw = request.body
    except RequestDataTooBig:
        raise Refusal(413, _("内容太大。文件请先用 /files 上传，再写它的编号。")) from None
    if not raw.strip():
        return {}
    if request.content_type != "application/json":
        raise Refusal(415, _("请用 Content-Type: application/json 发送。"))
    try:
        text = raw.decode("utf-8")
        content = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
        json.dumps(content, default=str, ensure_ascii=False).encode("utf-8")  # half of a surrogate pair is no text
    except (ValueError, RecursionError):
        raise Refusal(400, _("内容不是 UTF-8 编码的 JSON。")) from None
    if not isinstance(content, dict):
        raise Refusal(400, _("内容应当是一个 JSON 对象。"))
    if foreign := sorted(set(content) - set(known)):
        raise Refusal(400, _("不认识的名称：%(names)s。") % {"names": "、".join(foreign)[:200]})
    return content


def typed(action: Action[Any, Any], values: Any) -> QueryDict:
    """The action's data as a form would send them; raises Refusal 422 naming each field that cannot be one."""
    if not isinstance(values, dict):
        raise Refusal(422, _("data 应当是一个 JSON 对象。"))
    asked = entries(action.data)
    problems = {name: [_("这一步没有这个字段。")] for name in values if name not in asked}
    query = QueryDict(mutable=True)
    for name, value in values.items():
        if name not in asked or value is None:
            continue
        several = asked[name][1].kind in SEVERAL
        items = value if several and isinstance(value, list) else [value]
        if len(items) > MOST_VALUES or not all(isinstance(item, str | int | Decimal) for item in items):
            problems[name] = [_("值的类型不对。")]
            continue
        query.setlist(name, [_written(item) for item in items])
    if problems:
        raise Refusal(422, _("有的字段不能接受。"), fields=problems)
    return query


def whole(value: Any, name: str) -> int | None:
    """A key given beside the data; raises Refusal 422 when it is none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63:
        raise Refusal(422, _("%(name)s 应当是一个编号。") % {"name": name})
    return value


def _written(item: Any) -> str:
    if isinstance(item, bool):
        return "true" if item else "false"
    return format(item, "f") if isinstance(item, Decimal) and abs(item.adjusted()) < 40 else str(item)


def _no_number(name: str) -> Any:
    raise ValueError(name)
