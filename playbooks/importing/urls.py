"""Addresses below /playbooks/tables/: imports of tables, and of our own template as one."""

from django.urls import path

from playbooks.importing import views

urlpatterns = [
    path("", views.imports, name="tables"),
    path("template/", views.template, name="tables_template"),
    path("<uuid:uuid>/", views.rows, name="tables_rows"),
    path("<uuid:uuid>/columns/", views.columns, name="tables_columns"),
    path("<uuid:uuid>/row/", views.row, name="tables_row"),
    path("<uuid:uuid>/sure/", views.take_sure, name="tables_sure"),
    path("<uuid:uuid>/draft/", views.make_draft, name="tables_draft"),
    path("<uuid:uuid>/aside/", views.put_aside, name="tables_aside"),
]
