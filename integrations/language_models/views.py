"""Suggestions of the language model: asked for, read beside the text they rest on, used or dismissed."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

import redline
from accounts.access import EDIT, VIEW, WRITE_PLAYBOOKS, require
from accounts.refusals import said_on_next_page
from accounts.web import member_of, signed_in, version_seen
from integrations.language_models.access import get_suggestion, suggestions_visible_to
from integrations.language_models.models import Kind, State, Suggestion
from integrations.language_models.provider import configured
from integrations.language_models.services import asking, deciding
from negotiation.access import get_finding
from negotiation.services import reviews
from playbooks.access import get_playbook

SHOWN = 50


@signed_in
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), VIEW)
    provider = configured()
    context = {
        "model": provider.model if provider else "",
        "rows": suggestions_visible_to(member)[:SHOWN],
        "shown": SHOWN,
    }
    return render(request, "language_models/list.html", context)


@signed_in
@require_POST
def ask(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """A question on one issue of a contract; `kind` says which."""
    member = member_of(request)
    finding = get_finding(member, uuid, EDIT)
    with said_on_next_page(request):
        return redirect(asking.for_finding(finding=finding, kind=request.POST.get("kind", ""), by=member))
    return redirect(f"{finding.contract.get_absolute_url()}?finding={finding.uuid}")


@signed_in
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Prose to read rules out of, for one playbook."""
    member = member_of(request)
    playbook = get_playbook(member, uuid, WRITE_PLAYBOOKS)
    prose, problem = request.POST.get("prose", ""), ""
    if request.method == "POST":
        try:
            return redirect(asking.for_rules(playbook=playbook, prose=prose, by=member))
        except ValidationError as error:
            problem = " ".join(error.messages)
    context = {
        "playbook": playbook,
        "prose": prose,
        "problem": problem,
        "is_set_up": configured() is not None,
    }
    return render(request, "language_models/rules.html", context, status=400 if problem else 200)


@signed_in
@require_GET
def suggestion(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    return render(request, "language_models/suggestion.html", _page(get_suggestion(member_of(request), uuid)))


@signed_in
@require_POST
def use(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    row = get_suggestion(member, uuid, to_decide=True)
    seen = version_seen(request)
    try:
        if row.kind == Kind.RULES:
            chosen = {int(n) for n in request.POST.getlist("rule") if n.isdecimal() and len(n) < 4}
            version = deciding.use_rules(suggestion=row, chosen=chosen, by=member, seen=seen)
            messages.success(request, _("The rules are in the draft. Test them there before you publish."))
            return redirect("playbooks:version", version.uuid)
        text, reason = request.POST.get("text", ""), request.POST.get("reason", "")
        deciding.use_words(suggestion=row, text=text, reason=reason, by=member, seen=seen)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(row)
    except redline.Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(row)
    messages.success(request, _("Your words are in the draft."))
    return redirect(_back(row))


@signed_in
@require_POST
def dismiss(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    row = get_suggestion(member, uuid, to_decide=True)
    deciding.dismiss(suggestion=row, by=member, seen=version_seen(request))
    messages.success(request, _("Dismissed."))
    return redirect("language_models:list")


def _page(row: Suggestion) -> dict[str, Any]:
    return {
        "row": row,
        "is_waiting": row.state == State.WAITING,
        "is_ready": row.state == State.READY,
        "pieces": marked(row.source, row.quotes),
        "rules": [
            {
                "number": n,
                "issue": item["issue"],
                "problem": item["problem"],
                "quote": row.source[slice(*item["quote"])],
            }
            for n, item in enumerate(row.issues)
        ],
        "lands_on": _lands_on(row),
        "back_url": _back(row),
    }


def _back(row: Suggestion) -> str:
    """Where the question was asked."""
    if row.playbook is not None:
        return reverse("playbooks:detail", args=[row.playbook.uuid])
    if row.contract is None or row.finding is None:
        return reverse("language_models:list")
    return f"{row.contract.get_absolute_url()}?finding={row.finding.uuid}"


def _lands_on(row: Suggestion) -> str:
    """Where the review places suggested wording, in words."""
    if row.finding is None or not row.lands_on:
        return ""
    if row.lands_on == "unsure":
        return _("Parley’s own review could not place these words on the ladder.")
    try:
        label = reviews.rules_of(row.finding).issue(row.finding.issue).rung(row.lands_on).label
    except KeyError:
        return _("Parley’s own review places these words below the last fallback.")
    return _("Parley’s own review places these words on %(rung)s: %(label)s.") % {
        "rung": row.lands_on,
        "label": label,
    }


def marked(source: str, quotes: list[list[int]]) -> list[tuple[str, bool]]:
    """The text in pieces; those with True are quoted by the answer."""
    inside = [False] * len(source)
    for start, end in quotes:
        inside[start:end] = [True] * (end - start)
    pieces: list[tuple[str, bool]] = []
    begin = 0
    for at in range(1, len(source) + 1):
        if at == len(source) or inside[at] != inside[begin]:
            pieces.append((source[begin:at], inside[begin]))
            begin = at
    return pieces
