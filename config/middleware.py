"""Small rules for every request: no NUL in an address, no caching of pages, a lost race is a 409 page."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from accounts.models.base import Conflict

Handler = Callable[[HttpRequest], HttpResponse]


class PlainAddressMiddleware:
    """A NUL in the query is a 400: nobody types one, and PostgreSQL takes none in any comparison."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("The address holds a NUL.")
        return self.get_response(request)


class PrivatePagesMiddleware:
    """`Cache-Control: no-store` on everything but static files: contracts must not stay in a shared cache."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


class ConflictMiddleware:
    """Turns `Conflict` from any service into a page that says who did what and what to do next. An address
    that only takes forms, opened or reloaded by hand, becomes a page that leads back."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = not request.path.startswith("/api/") and request.method == "GET"
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not is_page:
            return response
        context = {"url": page_above(request.path), "is_guest": is_guest(request)}
        page = render(request, "405.html", context, status=response.status_code)
        page.headers["Allow"] = response.headers["Allow"]
        if is_guest(request):
            page.headers["Referrer-Policy"] = "no-referrer"
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Conflict):
            return None
        member = getattr(request, "member", None)
        context = {
            "message": exception.message,
            "conflict": {"url": came_from(request) or page_above(request.path)},
            "is_own": member is not None and exception.message.startswith(f"{member.user.name} "),
        }
        return render(request, "409.html", context, status=409)


def is_guest(request: HttpRequest) -> bool:
    """Whether the address is one of the tree for people without an account."""
    return request.path.startswith("/g/")


def came_from(request: HttpRequest) -> str:
    """The page of ours that the form stood on; empty where the browser does not say."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.get_host() or parts.path == request.path:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def page_above(path: str) -> str:
    """The nearest address above this one that Parley knows, the home page at last."""
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"
