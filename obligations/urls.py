from django.urls import path

from obligations import views

app_name = "obligations"

urlpatterns = [
    path("", views.home, name="home"),
    path("export.csv", views.export, name="export"),
    path("new/", views.new, name="new"),
    path("calendar/", views.feed, name="feed"),
    path("calendar/revoke/", views.revoke_feed, name="revoke_feed"),
    path("evidence/<uuid:uuid>/", views.evidence, name="evidence"),
    path("<uuid:uuid>/", views.detail, name="detail"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/record/", views.record, name="record"),
    path("<uuid:uuid>/reopen/", views.reopen, name="reopen"),
    path("<uuid:uuid>/remind/", views.remind, name="remind"),
]
