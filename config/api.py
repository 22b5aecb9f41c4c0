"""What every API answer shares: cursor paging, problem+json errors, the name of our tokens in the schema."""

from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.views import exception_handler

from accounts.models.base import Conflict


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the API's schema names our tokens. Known to the schema by being imported."""

    target_class = "accounts.api_auth.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class PlainJSONParser(JSONParser):
    """JSON nested so deep that reading it breaks off is refused like any other JSON that is not right."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise exceptions.ParseError("The JSON is nested too deep.") from error


class ByCreation(CursorPagination):
    """Newest first; the cursor stays right while rows are added."""

    ordering = ("-created_at", "-pk")
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """Errors as RFC 9457 problem details (`application/problem+json`)."""
    if isinstance(error, Conflict):
        return _problem(409, "Conflict", error.message)
    if isinstance(error, ValidationError):
        return _problem(400, "Not accepted", " ".join(error.messages))
    response = exception_handler(error, context)
    if response is None:
        return None
    detail = response.data.get("detail") if isinstance(response.data, dict) else None
    extra = {} if detail else {"errors": response.data}
    title = error.default_code if isinstance(error, exceptions.APIException) else "error"
    problem = _problem(
        response.status_code, str(title), str(detail or "The request was not accepted."), **extra
    )
    for name, value in response.headers.items():
        if name.lower() != "content-type":
            problem[name] = value
    return problem


def _problem(status: int, title: str, detail: str, **extra: Any) -> Response:
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **extra}
    return Response(body, status=status, content_type="application/problem+json")
