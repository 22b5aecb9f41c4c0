"""The API described for people: the routes of its own schema as one page, with who may use them."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from drf_spectacular.generators import SchemaGenerator

from accounts.access import APPROVE, EDIT, OPERATE, REQUEST, ROLE_ACTIONS, VIEW, require
from accounts.models import Role
from accounts.web import member_of, signed_in

WRITES = {
    "/api/v1/contracts/{uuid}/versions/": REQUEST,
    "/api/v1/findings/{uuid}/decide/": EDIT,
    "/api/v1/approvals/{uuid}/decide/": APPROVE,
    "/api/v1/obligations/{uuid}/fulfil/": OPERATE,
}
"""What a route that changes something asks of the caller; a test holds it against the table of addresses."""


@signed_in
@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """Every route: method, address, parameters, body, who may."""
    require(member_of(request), VIEW)
    return render(request, "api_docs.html", {"rooms": rooms(), "base": request.build_absolute_uri("/")[:-1]})


def rooms() -> list[dict[str, Any]]:
    """The routes by the first word of their address, in the schema's own order."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for path, methods in _schema()["paths"].items():
        for method, operation in methods.items():
            grouped.setdefault(path.split("/")[3], []).append(_route(path, method, operation))
    return [{"name": name, "title": name.capitalize(), "routes": found} for name, found in grouped.items()]


@cache
def _schema() -> Mapping[str, Any]:
    """The code's own schema: it changes with the code alone."""
    schema: Mapping[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return schema


def _route(path: str, method: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "description": " ".join(str(operation.get("description", "")).split()),
        "who": who_may(path, method),
        "parameters": [
            {
                "name": one["name"],
                "place": _place(one["in"]),
                "required": bool(one.get("required")),
                "type": _type(one.get("schema", {})),
                "words": one.get("description", ""),
            }
            for one in operation.get("parameters", [])
        ],
        "body": list(_body(operation)),
        "answer": _answer(operation),
    }


def _place(code: str) -> str:
    return {"query": _("query"), "path": _("address"), "header": _("header")}.get(code, code)


def who_may(path: str, method: str) -> str:
    """The roles that may, in words; for deals of which they see something."""
    action = VIEW if method == "get" else WRITES[path]
    roles = [str(Role(role).label) for role, actions in ROLE_ACTIONS.items() if action in actions]
    if len(roles) == len(ROLE_ACTIONS):
        return _("every colleague who sees the deal; any token")
    return _("%(roles)s; a token that may write") % {"roles": ", ".join(roles)}


def _body(operation: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        fields = _resolved(content["schema"])
        needed = fields.get("required", [])
        yield {
            "media": media,
            "fields": [
                {
                    "name": name,
                    "type": _type(field),
                    "required": name in needed,
                    "words": field.get("description", ""),
                }
                for name, field in fields.get("properties", {}).items()
                if not field.get("readOnly")
            ],
        }


def _answer(operation: Mapping[str, Any]) -> dict[str, Any]:
    code, answer = next(iter(operation["responses"].items()))
    content: Mapping[str, Any] = next(iter(answer.get("content", {}).values()), {})
    shape = _resolved(content.get("schema", {}))
    is_list = "results" in shape.get("properties", {})
    row = _resolved(shape["properties"]["results"]["items"]) if is_list else shape
    return {"code": code, "is_list": is_list, "fields": list(row.get("properties", {}))}


def _resolved(shape: Mapping[str, Any]) -> Mapping[str, Any]:
    """The shape itself where it names a component."""
    named = str(shape.get("$ref", "")).rpartition("/")[2]
    if not named:
        return shape
    component: Mapping[str, Any] = _schema()["components"]["schemas"][named]
    return component


def _type(shape: Mapping[str, Any]) -> str:
    """A field's type; of a choice its values."""
    parts = shape.get("oneOf") or shape.get("allOf") or [shape]
    words = []
    for part in parts:
        found = _resolved(part)
        if found.get("enum"):
            words.append(" | ".join(str(one) for one in found["enum"] if one != ""))
        else:
            words.append(str(found.get("format") or found.get("type") or ""))
    return " | ".join(dict.fromkeys(word for word in words if word))
