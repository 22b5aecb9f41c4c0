from django.urls import path

from signing import views

app_name = "signing"

urlpatterns = [
    path("contracts/<uuid:uuid>/", views.start, name="start"),
    path("<uuid:uuid>/", views.detail, name="detail"),
    path("<uuid:uuid>/file/", views.file, name="file"),
    path("<uuid:uuid>/certificate/", views.certificate, name="certificate"),
    path("<uuid:uuid>/certificate.json", views.certificate_json, name="certificate_json"),
    path("<uuid:uuid>/void/", views.void, name="void"),
    path("signers/<uuid:uuid>/again/", views.send_again, name="send_again"),
]
