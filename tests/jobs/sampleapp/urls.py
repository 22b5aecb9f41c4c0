from django.http import HttpRequest, HttpResponse
from django.urls import path


def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive")


urlpatterns = [path("livez", livez)]
