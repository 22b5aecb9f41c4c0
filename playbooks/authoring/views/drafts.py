"""A playbook begun, its draft as a list of issues, and its own settings."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import WRITE_PLAYBOOKS, require
from accounts.models.base import Conflict
from accounts.web import member_of, signed_in
from playbooks import rules
from playbooks.access import get_draft, get_playbook
from playbooks.authoring import pages
from playbooks.authoring.forms.books import BookEditor, NewBookForm
from playbooks.authoring.problems import problems
from playbooks.authoring.views.common import at, frame, is_only_looking, posted, seen, suggestions
from playbooks.example_rates import keep_their_cards
from playbooks.fields import BadPlaybook
from playbooks.models import PlaybookVersion
from playbooks.services import drafting, keeping
from playbooks.topics import TOPICS


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A playbook from nothing, with its first issue."""
    member = require(member_of(request), WRITE_PLAYBOOKS)
    topics = sorted(((code, topic.title) for code, topic in TOPICS.items()), key=lambda pair: pair[1])
    form = NewBookForm(request.POST or None, topics=topics)
    if request.method == "POST" and form.is_valid():
        try:
            made = keeping.create(
                organisation=member.organisation, read=pages.first_rules(form.cleaned_data), by=member
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(at("edit_issue", made, issue=made.data["issues"][0]["code"]))
    context = {"form": form, "cancel_url": reverse("playbooks:list"), **suggestions()}
    return render(request, "playbooks/edit_new.html", context, status=400 if form.errors else 200)


@signed_in
@require_POST
def begin(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Start the draft, or go on with the one that is there."""
    member = member_of(request)
    playbook = get_playbook(member, uuid, WRITE_PLAYBOOKS)
    return redirect("playbooks:draft", drafting.start(playbook=playbook, by=member).uuid)


@signed_in
@require_GET
def draft(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The issues of the draft, in order, and what stands in the way of publishing it."""
    shown = get_draft(member_of(request), uuid)
    read = rules.Playbook.from_data(shown.data)
    context = frame(shown, read) | pages.draft(shown, read, problems(read))
    return render(request, "playbooks/edit.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Title, kind of contract, side, objective, lists and thresholds."""
    shown = get_draft(member_of(request), uuid)
    given = posted(request) if request.method == "POST" else None
    editor = BookEditor(shown.data, given)
    status = 200
    if given is not None and is_only_looking(given):
        editor.is_valid()
        editor.hush()
    elif given is not None:
        if editor.is_valid():
            try:
                carried = _keep(request, shown, editor)
            except drafting.WrongFields as error:
                editor.take(error.mistakes)
            except Conflict as lost:
                shown.refresh_from_db()
                editor.problems.append(lost.message)
                status = 409
            else:
                messages.success(request, _("The settings are kept in the draft."))
                for title, count in carried.items():
                    messages.info(request, _said_of_examples(title, count))
                return redirect("playbooks:draft", shown.uuid)
        status = 409 if status == 409 else 400
    read = rules.Playbook.from_data(shown.data)
    context: dict[str, Any] = frame(shown, read) | {"editor": editor, **suggestions()}
    return render(request, "playbooks/edit_settings.html", context, status=status)


def _keep(request: HttpRequest, shown: PlaybookVersion, editor: BookEditor) -> dict[str, int]:
    """Put the settings into the draft; for issues whose rate card changed, how many of their examples keep
    the card they were written for."""
    slim = {name: value for name, value in editor.data().items() if value not in ("", {}, [])}
    kept = {name: value for name, value in shown.data.items() if name not in editor.data()}
    data, carried = kept | slim, dict[str, int]()
    if data.get("rates") != shown.data.get("rates"):
        try:
            before, after = rules.Playbook.from_data(shown.data), rules.Playbook.from_data(data)
        except BadPlaybook as error:
            raise drafting.WrongFields(error) from error
        data, carried = keep_their_cards(before, after, data)
    drafting.change(draft=shown, by=member_of(request), data=data, digest=seen(request), what="settings")
    return carried


def _said_of_examples(title: str, count: int) -> str:
    said = ngettext(
        "%(count)d example of “%(title)s” was written for the earlier prices. It is kept, and is tried with"
        " those prices.",
        "%(count)d examples of “%(title)s” were written for the earlier prices. They are kept, and are tried"
        " with those prices.",
        count,
    )
    return said % {"count": count, "title": title}
