"""Every address of Parley. Guests and signers have their own tree under /g/, the API its own under /api/."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from config import (
    api_pages,
    schema,  # noqa: F401  (registers what the schema view needs)
    views,
)

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.find, name="search"),
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
    path("account/", include("accounts.urls")),
    path("negotiations/", include("negotiation.urls")),
    path("approvals/", include("approvals.urls")),
    path("signing/", include("signing.urls")),
    path("obligations/", include("obligations.urls")),
    path("playbooks/", include("playbooks.urls")),
    path("analytics/", include("analytics.urls")),
    path("suggestions/", include("integrations.language_models.urls")),
    path("g/signing/", include("signing.guest_urls")),
    path("calendar/", include("obligations.feed_urls")),
    path("api/v1/", include("config.api_urls")),
    path("api/docs/", api_pages.docs, name="api_docs"),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
