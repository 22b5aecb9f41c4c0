from django.urls import path

from integrations.language_models import views

app_name = "language_models"

urlpatterns = [
    path("", views.listing, name="list"),
    path("findings/<uuid:uuid>/ask/", views.ask, name="ask"),
    path("playbooks/<uuid:uuid>/rules/", views.rules, name="rules"),
    path("<uuid:uuid>/", views.suggestion, name="suggestion"),
    path("<uuid:uuid>/use/", views.use, name="use"),
    path("<uuid:uuid>/dismiss/", views.dismiss, name="dismiss"),
]
