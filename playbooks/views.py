"""Playbooks: the list, one version to read, export, import and publishing."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import VIEW, WRITE_PLAYBOOKS, may, require
from accounts.web import member_of, signed_in
from playbooks import pages, rules
from playbooks.access import get_playbook, get_playbook_version, playbooks_visible_to
from playbooks.fields import BadPlaybook
from playbooks.forms import ImportForm, PublishForm
from playbooks.models import PlaybookVersion
from playbooks.services import bringing, publishing
from playbooks.trials import check_examples
from playbooks.yaml_format import load

MISSES_NAMED = 5


@signed_in
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), VIEW)
    rows = playbooks_visible_to(member).prefetch_related("versions").order_by("archived_at", "title")
    used = dict(
        playbooks_visible_to(member)
        .values_list("pk")
        .annotate(n=Count("versions__contracts__negotiation", distinct=True))
    )
    may_write = may(member, WRITE_PLAYBOOKS)
    cards = [pages.card(row, in_use=used.get(row.pk, 0)) for row in rows]
    context = {
        "playbooks": cards,
        "import_url": reverse("playbooks:import") if may_write else "",
        "new_url": reverse("playbooks:new") if may_write else "",
        "install_url": reverse("playbooks:install") if may_write and not cards else "",
    }
    return render(request, "playbooks/list.html", context)


@signed_in
@require_GET
def detail(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The version new contracts are pinned to, or the draft where nothing is published yet."""
    playbook = get_playbook(member_of(request), uuid, VIEW)
    shown = playbook.published() or playbook.draft()
    if shown is None:
        raise Http404
    return _version_page(request, shown)


@signed_in
@require_GET
def version(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    return _version_page(request, get_playbook_version(member_of(request), uuid, VIEW))


def _version_page(request: HttpRequest, shown: PlaybookVersion) -> HttpResponse:
    member = member_of(request)
    playbook = shown.playbook
    read = rules.Playbook.from_data(shown.data)
    published = playbook.published()
    is_draft = shown.published_at is None
    may_write = may(member, WRITE_PLAYBOOKS, shown)
    may_decide = is_draft and may_write
    draft = playbook.draft() if may_write else None
    context: dict[str, Any] = {
        "playbook": {
            "title": playbook.title,
            "contract_type": read.contract_type.replace("_", " "),
            "side": read.side.replace("_", " "),
            "objective": read.description,
            "note": read.note,
        },
        "version": {
            "number": shown.number,
            "published_at": shown.published_at,
            "published_by": shown.published_by.user.name if shown.published_by else "",
            "is_current": published is not None and published.pk == shown.pk,
            "is_draft": is_draft,
            "digest": shown.digest,
            "note": shown.note,
        },
        "is_archived": playbook.archived_at is not None,
        "has_draft": draft is not None and not is_draft,
        "edit_url": reverse("playbooks:edit", args=[playbook.uuid]) if may_write else "",
        "copy_url": reverse("playbooks:copy", args=[shown.uuid]) if may_write else "",
        "archive_url": reverse("playbooks:archive", args=[playbook.uuid]) if may_write and published else "",
        "restore_url": (
            reverse("playbooks:restore", args=[shown.uuid])
            if may_write and not is_draft and published is not None and published.pk != shown.pk
            else ""
        ),
        "difference_url": (
            reverse("playbooks:difference", args=[shown.uuid]) if is_draft or shown.number > 1 else ""
        ),
        "versions": pages.versions(playbook.versions.kept().order_by("-number"), shown),
        "issues": pages.issues(read),
        "export_url": reverse("playbooks:export", args=[shown.uuid]),
        "discard_url": reverse("playbooks:discard", args=[shown.uuid]) if may_decide else "",
    }
    return render(request, "playbooks/playbook.html", context)


@signed_in
@require_GET
def export(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The version as YAML that imports back to equal rules."""
    shown = get_playbook_version(member_of(request), uuid, VIEW)
    response = HttpResponse(publishing.export_yaml(shown), content_type="application/yaml; charset=utf-8")
    name = f"{shown.playbook.slug}-v{shown.number}.yaml"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def import_playbook(request: HttpRequest) -> HttpResponse:
    """A draft version out of YAML. Every mistake of the file is named by line; nothing is kept then."""
    member = require(member_of(request), WRITE_PLAYBOOKS)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    problems: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        problems = _problems(form.cleaned_data["yaml"])
        if not problems:
            try:
                made = bringing.import_yaml(
                    organisation=member.organisation,
                    text=form.cleaned_data["yaml"],
                    by=member,
                    replace_draft=form.cleaned_data["replace"],
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Imported as a draft. Read it, then publish it."))
                _say_what_examples_do(request, made)
                return redirect("playbooks:version", uuid=made.uuid)
    context = {"form": form, "problems": problems, "cancel_url": reverse("playbooks:list")}
    return render(request, "playbooks/import.html", context)


def _say_what_examples_do(request: HttpRequest, made: PlaybookVersion) -> None:
    """A playbook's own examples must land on the rung they stand under; those that do not are named."""
    count, misses = check_examples(rules.Playbook.from_data(made.data))
    for miss in misses[:MISSES_NAMED]:
        messages.warning(request, publishing.miss_said(miss))
    if misses:
        said = _("%(missed)d of its %(count)d examples land on another rung than they stand under.")
        messages.warning(request, said % {"missed": len(misses), "count": count})


def _problems(text: str) -> list[dict[str, Any]]:
    try:
        load(text)
    except BadPlaybook as error:
        return [{"line": row.line, "sentence": f"{row.field}: {row.message}"} for row in error.mistakes]
    return []


@signed_in
@require_POST
def publish(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    draft = get_playbook_version(member, uuid, WRITE_PLAYBOOKS)
    form = PublishForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError([text for said in form.errors.values() for text in said])
        given = form.cleaned_data
        publishing.publish(version=draft, by=member, note=given["note"], digest=given["digest"])
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect("playbooks:difference", uuid=draft.uuid)
    messages.success(
        request, _("Published. New contracts use it; running ones keep the version they began with.")
    )
    return redirect("playbooks:detail", uuid=draft.playbook.uuid)


@signed_in
@require_POST
def discard(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    draft = get_playbook_version(member, uuid, WRITE_PLAYBOOKS)
    publishing.discard_draft(version=draft, by=member)
    messages.success(request, _("The draft is discarded. What is published stays in force."))
    # A playbook that was never published is gone with its draft.
    return (
        redirect("playbooks:detail", draft.playbook.uuid)
        if draft.playbook.published()
        else redirect("playbooks:list")
    )


@signed_in
@require_POST
def install_shipped(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), WRITE_PLAYBOOKS)
    made = bringing.install_shipped(organisation=member.organisation, by=member)
    said = ngettext("%(n)d playbook installed.", "%(n)d playbooks installed.", len(made)) % {"n": len(made)}
    messages.success(request, said)
    return redirect("playbooks:list")
