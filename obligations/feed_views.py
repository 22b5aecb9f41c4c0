"""The calendar behind a secret address. An unknown and a revoked address answer alike."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from obligations.services import feeds


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    feed = feeds.feed_of(token)
    if feed is None:
        raise Http404
    response = HttpResponse(feeds.calendar_of(feed), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="parley.ics"'
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
