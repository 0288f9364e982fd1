"""The description of the interface (OpenAPI 3.1), made from the register of actions: it cannot lag behind."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.api.answers import answer
from portal.api.exposure import exposed, scope_for
from portal.web.citations import law_line
from portal.web.forms import LONG_LENGTH, TEXT_LENGTH
from portal.workflow.actions import Action
from portal.workflow.data import Entry, entries, required
from portal.workflow.registry import gates_of

ROOT: Final = "/desk/api/v1"
KEY: Final = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
MONEY: Final = r"^\d{1,12}(\.\d{1,2})?$"


@require_GET
def document(_request: HttpRequest) -> HttpResponseBase:
    """GET /openapi.json; it holds no data and needs no token."""
    return answer(description())


def description() -> dict[str, Any]:
    """The whole description in the language of the request."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("行政执法监督平台接口"),
            "version": "1",
            "description": _(
                "每一步与页面上的表单相同：同样的条件，同样的提示，同样的记录。"
                "改变数据的请求须写 Idempotency-Key；没有成功的请求什么也不改变，可以改好后用同一编号再发。"
            ),
        },
        "servers": [{"url": settings.DESK_URL}],
        "security": [{"token": []}],
        "paths": _fixed_paths() | _action_paths(),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "parameters": _parameters(),
            "responses": {
                "Refused": {
                    "description": _("没有办成，什么也没有改变"),
                    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
                }
            },
            "schemas": _schemas(),
        },
    }


def field_schema(entry: Entry) -> dict[str, Any]:
    """The JSON schema of one entry; what may be chosen differs from thing to thing and is told by GET."""
    longest = entry.longest or (LONG_LENGTH if entry.kind == "long" else TEXT_LENGTH)
    kinds: dict[str, dict[str, Any]] = {
        "text": {"type": "string", "maxLength": longest},
        "long": {"type": "string", "maxLength": longest},
        "date": {"type": "string", "format": "date"},
        "moment": {"type": "string", "format": "date-time"},
        "money": {"type": "string", "pattern": MONEY},
        "integer": {"type": "integer"},
        "flag": {"type": "boolean"},
        "choice": {"type": "string"},
        "choices": {"type": "array", "items": {"type": "string"}},
        "record": KEY,
        "records": {"type": "array", "items": KEY},
        "file": KEY,
        "files": {"type": "array", "items": KEY},
    }
    told = "；".join(part for part in (str(entry.help), law_line(entry.law)) if part)
    return kinds[entry.kind] | {"title": str(entry.label)} | ({"description": told} if told else {})


def _action_paths() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for action in exposed():
        path = f"{ROOT}/actions/{action.key}" if action.creates else f"{ROOT}/matters/{{matter}}/actions/{action.key}"
        place = [] if action.creates else [{"$ref": "#/components/parameters/matter"}]
        paths[path] = {
            "parameters": [*place, {"$ref": "#/components/parameters/person"}],
            "get": {
                "tags": [_tag(action)],
                "operationId": f"form:{action.key}",
                "summary": _("“%(action)s”的表单：字段、可选项、未满足的条件") % {"action": action.label},
                "parameters": [] if action.creates else [{"$ref": "#/components/parameters/subject"}],
                "responses": _responses("200", "Form"),
            },
            "post": {
                "tags": [_tag(action)],
                "operationId": action.key,
                "summary": str(action.label),
                "description": _told(action),
                "x-scope": scope_for(action).value,
                "parameters": [{"$ref": "#/components/parameters/key"}],
                "requestBody": {"required": True, "content": {"application/json": {"schema": _body(action)}}},
                "responses": _responses("202" if action.proposes else "201", "Proposed" if action.proposes else "Done"),
            },
        }
    return paths


def _body(action: Action[Any, Any]) -> dict[str, Any]:
    asked = entries(action.data)
    data = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: field_schema(entry) for name, (_field, entry) in asked.items()},
        "required": [name for name, (field, _entry) in asked.items() if required(field)],
    }
    body: dict[str, Any] = {"data": data} if action.creates else {"data": data, "subject": KEY}
    return {"type": "object", "additionalProperties": False, "properties": body, "required": ["data"]}


def _told(action: Action[Any, Any]) -> str:
    lines = [law_line(action.law)] if action.law else []
    lines += [f"· {gate.sentence}（{law_line(gate.citation)}）" for gate in gates_of(action)]
    return "\n".join(lines)


def _tag(action: Action[Any, Any]) -> str:
    return str(action.model._meta.verbose_name)


def _responses(status: str, schema: str) -> dict[str, Any]:
    return {
        status: {
            "description": _("办成"),
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
        },
        "default": {"$ref": "#/components/responses/Refused"},
    }


def _call(summary: Any, schema: str, *parameters: Any, status: str = "200", **more: Any) -> dict[str, Any]:
    person = {"$ref": "#/components/parameters/person"}
    return {
        "tags": [_("查询和审批")],
        "summary": str(summary),
        "parameters": [*parameters, person],
        "responses": _responses(status, schema),
    } | more


def _fixed_paths() -> dict[str, Any]:
    matter, key = {"$ref": "#/components/parameters/matter"}, {"$ref": "#/components/parameters/key"}
    one = {"name": "id", "in": "path", "required": True, "schema": KEY}
    decision = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"approve": {"type": "boolean"}, "reason": {"type": "string", "maxLength": 2000}},
        "required": ["approve"],
    }
    upload = {
        "type": "object",
        "properties": {"file": {"type": "string", "format": "binary"}, "matter": KEY},
        "required": ["file"],
    }
    return {
        f"{ROOT}/me": {"get": _call(_("令牌和所代表的人员"), "Anything")},
        f"{ROOT}/matters": {
            "get": _call(
                _("事项列表，新的在前"),
                "Anything",
                _query("kind", _("事项种类"), {"type": "string"}),
                _query("number", _("编号，完全相同"), {"type": "string"}),
                _query("before", _("上一页最后一项的 id"), KEY),
            )
        },
        f"{ROOT}/matters/{{matter}}": {"get": _call(_("状态、期限、下一步、文书"), "Anything", matter)},
        f"{ROOT}/matters/{{matter}}/events": {
            "get": _call(
                _("办理记录"),
                "Anything",
                matter,
                _query("after", _("只要这一序号之后的"), {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}),
            )
        },
        f"{ROOT}/documents/{{id}}/file": {
            "get": _call(_("文书 PDF"), "Anything", one)
            | {
                "responses": {
                    "200": {"description": "PDF", "content": {"application/pdf": {}}},
                    "default": {"$ref": "#/components/responses/Refused"},
                }
            }
        },
        f"{ROOT}/proposals": {"get": _call(_("等待审批的事项"), "Anything")},
        f"{ROOT}/proposals/{{id}}": {"get": _call(_("审批结果"), "Anything", one)},
        f"{ROOT}/proposals/{{id}}/decision": {
            "post": _call(
                _("批准或者退回"),
                "Anything",
                one,
                key,
                requestBody={"required": True, "content": {"application/json": {"schema": decision}}},
            )
        },
        f"{ROOT}/files": {
            "post": _call(
                _("上传文件"),
                "Anything",
                status="201",
                requestBody={"required": True, "content": {"multipart/form-data": {"schema": upload}}},
            )
        },
    }


def _query(name: str, told: Any, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": str(told), "schema": schema}


def _parameters() -> dict[str, Any]:
    return {
        "matter": {"name": "matter", "in": "path", "required": True, "schema": KEY},
        "subject": _query("subject", _("同一事项中多个对象之一"), KEY),
        "person": {
            "name": "Acting-Person",
            "in": "header",
            "description": _("代表谁办理：用户名。令牌只代表一个人时可以不写"),
            "schema": {"type": "string"},
        },
        "key": {
            "name": "Idempotency-Key",
            "in": "header",
            "required": True,
            "description": _("请求编号。同一编号的请求只办一次，重发得到同样的回答"),
            "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[A-Za-z0-9_.:-]+$"},
        },
    }


def _schemas() -> dict[str, Any]:
    anything = {"type": "object"}
    return {
        "Anything": anything,
        "Form": {
            "type": "object",
            "required": ["action", "fields", "mode", "gates"],
            "properties": {"fields": {"type": "array", "items": anything}, "gates": {"type": "array"}},
        },
        "Done": {
            "type": "object",
            "required": ["matter", "subject", "state", "event", "documents"],
            "properties": {"matter": anything, "event": anything, "documents": {"type": "array"}},
        },
        "Proposed": {"type": "object", "required": ["proposal"], "properties": {"proposal": anything}},
        "Problem": {
            "type": "object",
            "required": ["title", "status", "detail", "request"],
            "properties": {
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "detail": {"type": "string"},
                "request": {"type": "string"},
                "fields": {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": {"type": "string"}},
                },
                "gates": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["gate", "sentence", "articles"],
                        "properties": {"articles": {"type": "array", "items": {"type": "string"}}},
                    },
                },
            },
        },
    }
