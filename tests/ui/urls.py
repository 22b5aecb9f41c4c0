"""Names the shell links to, without the rooms behind them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _room(name: str, *pages: str) -> object:
    return path(f"{name}/", include(([path(f"{page}/", _nothing, name=page) for page in pages], name)))


urlpatterns = [
    path("", _nothing, name="home"),
    path("search/", _nothing, name="search"),
    _room("accounts", "profile", "sign_in", "sign_out"),
    _room("negotiation", "list"),
]
