from django.urls import include, path

from playbooks import views

app_name = "playbooks"

urlpatterns = [
    path("", views.listing, name="list"),
    path("import/", views.import_playbook, name="import"),
    path("install/", views.install_shipped, name="install"),
    path("packs/", include("playbooks.packs.urls")),
    path("", include("playbooks.authoring.urls")),
    path("tables/", include("playbooks.importing.urls")),
    path("library/", include("playbooks.clause_library.urls")),
    path("<uuid:uuid>/", views.detail, name="detail"),
    path("versions/<uuid:uuid>/", views.version, name="version"),
    path("versions/<uuid:uuid>/playbook.yaml", views.export, name="export"),
    path("versions/<uuid:uuid>/discard/", views.discard, name="discard"),
    path("versions/<uuid:uuid>/publish/", views.publish, name="publish"),
]
