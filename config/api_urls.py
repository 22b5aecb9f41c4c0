"""The API, version 1: each room adds its own routes."""

from django.urls import include, path

app_name = "api"

urlpatterns = [
    path("", include("negotiation.api_urls")),
    path("", include("approvals.api_urls")),
    path("", include("obligations.api_urls")),
]
