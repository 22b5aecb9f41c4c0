from django.urls import path

from approvals import views

app_name = "approvals"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("matrix/", views.matrix, name="matrix"),
    path("matrix/<uuid:uuid>/archive/", views.archive_line, name="archive_line"),
    path("<uuid:uuid>/", views.detail, name="detail"),
    path("<uuid:uuid>/decide/", views.decide, name="decide"),
]
