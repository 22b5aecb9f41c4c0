"""The home page, the health checks and the error pages."""

from dataclasses import asdict
from http import HTTPStatus

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

import jobs
from accounts.access import VIEW, require
from accounts.web import member_of, signed_in
from config import homepage, search
from config.figures import work_of
from config.middleware import is_guest

ALL_FOUND = 200
STUCK_SECONDS = 300  # a job that waits longer than this means that no worker runs


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """My work: what waits for this person, deal by deal."""
    return render(request, "home.html", homepage.context_of(member_of(request), work_of(request)))


@signed_in
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Deals and contracts by title and other side: rows for the palette, or a page of its own."""
    member = require(member_of(request), VIEW)
    in_full = "all" in request.GET
    found = search.find(
        query=request.GET.get("q", ""), member=member, shown=ALL_FOUND if in_full else search.SHOWN
    )
    part = request.headers.get("X-Part") == "palette"
    return render(request, "components/found.html" if part else "search.html", {"found": found})


@require_GET
def livez(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


@require_GET
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers, is migrated, and background work moves. 503 while it is not so."""
    executor = MigrationExecutor(connection)
    unapplied = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    health = jobs.health()
    ready = not unapplied and health.oldest_waiting_seconds < STUCK_SECONDS
    body = {"ready": ready, "unapplied_migrations": unapplied, "jobs": asdict(health)}
    return JsonResponse(body, status=200 if ready else 503)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 400, "The request could not be read.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 403, "You may not do this.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 404, "Nothing is at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
    return _error(request, 500, "Something went wrong on our side.")


def _error(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    """The error page, or for programs the same in the form of every error of the API."""
    if request.path.startswith("/api/"):
        problem = {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": detail,
        }
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    page = render(request, f"{status}.html", {"is_guest": is_guest(request)}, status=status)
    if is_guest(request):
        page.headers["Referrer-Policy"] = "no-referrer"
    return page
