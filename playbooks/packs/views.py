"""Packs: what there is, one of each, starting a playbook from one, and an overlay tried on a playbook."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import VIEW, WRITE_PLAYBOOKS, may, require
from accounts.models import Membership
from accounts.web import member_of, signed_in
from playbooks.access import get_playbook_version, playbooks_visible_to
from playbooks.models import PlaybookVersion
from playbooks.packs import contract_types, overlays, pages, starting


@signed_in
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    require(member_of(request), VIEW)
    context = {"packs": pages.pack_cards(), **pages.overlay_cards()}
    return render(request, "playbooks/packs_list.html", context)


@signed_in
@require_GET
def pack(request: HttpRequest, code: str) -> HttpResponse:
    member = require(member_of(request), VIEW)
    found = _pack(code)
    may_write = may(member, WRITE_PLAYBOOKS)
    context = {
        "pack": pages.pack_page(found),
        "starts": found.starts,
        "start_url": reverse("playbooks:start_pack", args=[code]) if may_write else "",
    }
    return render(request, "playbooks/packs_pack.html", context)


@signed_in
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """A draft playbook begun from this pack, for the side and under the title that were chosen."""
    member = require(member_of(request), WRITE_PLAYBOOKS)
    found = _pack(code)
    try:
        chosen = found.start(request.POST.get("start", ""))
    except KeyError:
        messages.error(request, _("Choose for which side the playbook is."))
        return redirect("playbooks:pack", code)
    try:
        made = starting.start_from_pack(
            organisation=member.organisation,
            pack=found,
            start=chosen,
            title=request.POST.get("title", ""),
            by=member,
        )
    except ValidationError as error:
        _say(request, error)
        return redirect("playbooks:pack", code)
    messages.success(
        request, _("The draft is there. Read every issue, change what does not fit you, then publish it.")
    )
    return redirect("playbooks:version", uuid=made.uuid)


@signed_in
@require_GET
def overlay(request: HttpRequest, code: str) -> HttpResponse:
    member = require(member_of(request), VIEW)
    found = _overlay(code)
    context = {
        "overlay": found,
        "is_border": found.kind == overlays.BORDER,
        "versions": [pages.version_choice(row) for row in _versions(member)],
        "preview_url": reverse("playbooks:preview_overlay", args=[code]),
    }
    return render(request, "playbooks/packs_overlay.html", context)


@signed_in
@require_GET
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """What the overlay would change in the playbook that was chosen; nothing is kept."""
    member = require(member_of(request), VIEW)
    found = _overlay(code)
    version = _chosen(member, request.GET.get("playbook", ""), VIEW)
    if version is None:
        return _choose_first(request, code)
    may_write = may(member, WRITE_PLAYBOOKS, version)
    context: dict[str, Any] = {
        **pages.preview_page(version, found, starting.previewed(version, found)),
        "take_url": reverse("playbooks:take_overlay", args=[code]) if may_write else "",
    }
    return render(request, "playbooks/packs_preview.html", context)


@signed_in
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """The overlay made a draft, as it was previewed."""
    member = require(member_of(request), WRITE_PLAYBOOKS)
    found = _overlay(code)
    version = _chosen(member, request.POST.get("playbook", ""), WRITE_PLAYBOOKS)
    if version is None:
        return _choose_first(request, code)
    is_new = request.POST.get("as") == "new"
    title = request.POST.get("title", "")
    try:
        made = starting.take_overlay(
            version=version,
            overlay=found,
            by=member,
            digest=request.POST.get("digest", ""),
            title=starting.checked_title(title) if is_new else "",
        )
    except ValidationError as error:
        _say(request, error)
        return redirect(f"{reverse('playbooks:preview_overlay', args=[code])}?playbook={version.uuid}")
    messages.success(request, _("The draft is there. Read what changed, then publish it."))
    return redirect("playbooks:version", uuid=made.uuid)


def _pack(code: str) -> contract_types.Pack:
    try:
        return contract_types.pack(code)
    except KeyError as error:
        raise Http404 from error


def _overlay(code: str) -> overlays.Overlay:
    try:
        return overlays.overlay(code)
    except KeyError as error:
        raise Http404 from error


def _versions(member: Membership) -> list[PlaybookVersion]:
    """For each playbook in use its draft, where there is one, or what is published."""
    rows = playbooks_visible_to(member).filter(archived_at=None).order_by("title")
    return [found for row in rows if (found := row.draft() or row.published()) is not None]


def _chosen(member: Membership, text: str, action: str) -> PlaybookVersion | None:
    """The version that was chosen, None where none was; 404 for one that is not theirs to see."""
    try:
        chosen = uuids.UUID(text)
    except ValueError:
        return None
    return get_playbook_version(member, chosen, action)


def _choose_first(request: HttpRequest, code: str) -> HttpResponse:
    messages.error(request, _("Choose a playbook first."))
    return redirect("playbooks:overlay", code)


def _say(request: HttpRequest, error: ValidationError) -> None:
    for sentence in error.messages:
        messages.error(request, sentence)
