"""The editor's addresses, within those of playbooks."""

from django.urls import path

from playbooks.authoring.views import drafts, issues, releases, rungs

urlpatterns = [
    path("new/", drafts.new, name="new"),
    path("<uuid:uuid>/edit/", drafts.begin, name="edit"),
    path("<uuid:uuid>/archive/", releases.archive, name="archive"),
    path("versions/<uuid:uuid>/edit/", drafts.draft, name="draft"),
    path("versions/<uuid:uuid>/edit/settings/", drafts.settings, name="settings"),
    path("versions/<uuid:uuid>/edit/arrange/", issues.arrange, name="arrange"),
    path("versions/<uuid:uuid>/edit/add-issue/", issues.add, name="add_issue"),
    path("versions/<uuid:uuid>/edit/issue/", issues.edit, name="edit_issue"),
    path("versions/<uuid:uuid>/edit/rung/", rungs.edit, name="edit_rung"),
    path("versions/<uuid:uuid>/difference/", releases.difference_page, name="difference"),
    path("versions/<uuid:uuid>/ask/", releases.ask, name="ask_review"),
    path("versions/<uuid:uuid>/answer/", releases.answer, name="answer_review"),
    path("versions/<uuid:uuid>/restore/", releases.restore, name="restore"),
    path("versions/<uuid:uuid>/copy/", releases.copy, name="copy"),
]
