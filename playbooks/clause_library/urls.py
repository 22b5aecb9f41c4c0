"""Addresses below /playbooks/library/."""

from django.urls import path

from playbooks.clause_library import views

urlpatterns = [
    path("", views.listing, name="library"),
    path("new/", views.new, name="library_new"),
    path("playbook/", views.make_playbook, name="library_playbook"),
    path("<uuid:uuid>/", views.clause, name="library_clause"),
    path("<uuid:uuid>/edit/", views.edit, name="library_edit"),
    path("<uuid:uuid>/retire/", views.retire, name="library_retire"),
    path("<uuid:uuid>/bring-back/", views.bring_back, name="library_bring_back"),
    path("<uuid:uuid>/use/", views.use, name="library_use"),
]
