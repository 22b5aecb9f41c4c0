"""What every error of the API looks like."""

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from accounts.models.base import Conflict


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """Errors as RFC 9457 problem details (`application/problem+json`)."""
    if isinstance(error, Conflict):
        return _problem(409, "Conflict", error.message)
    if isinstance(error, ValidationError):
        code = getattr(error, "code", None)  # one sentence has one, a list of them has none
        return _problem(400, "Not accepted", " ".join(error.messages), **({"code": code} if code else {}))
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
