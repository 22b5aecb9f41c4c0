"""Under `playbooks/packs/`, in the names of `playbooks`."""

from django.urls import path

from playbooks.packs import views

urlpatterns = [
    path("", views.listing, name="packs"),
    path("<slug:code>/", views.pack, name="pack"),
    path("<slug:code>/start/", views.start, name="start_pack"),
    path("overlays/<slug:code>/", views.overlay, name="overlay"),
    path("overlays/<slug:code>/preview/", views.preview, name="preview_overlay"),
    path("overlays/<slug:code>/take/", views.take, name="take_overlay"),
]
