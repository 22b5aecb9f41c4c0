"""Any two versions of a contract side by side in one text, and the same as a Word redline."""

import io
import uuid as uuids
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

import redline
from accounts.access import VIEW
from accounts.models.files import DOCX
from accounts.services import files
from accounts.web import member_of, signed_in
from negotiation.access import get_contract
from negotiation.markup import pieces_of
from negotiation.models import Block, Contract, Version, VersionState
from negotiation.services.turns import file_name
from negotiation.workspace.version_words import version_word


@signed_in
@require_GET
def page(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    contract = get_contract(member_of(request), uuid, VIEW)
    chosen = _chosen(request, contract)
    if chosen is None:
        messages.error(request, _("There are not two readable versions to compare yet."))
        return redirect(contract)
    old, new = chosen
    by_character = request.GET.get("granularity") == "character"
    only_changed = request.GET.get("only_changed") == "1"
    blocks = compared(old, new, by_character=by_character)
    shown = [block for block in blocks if block["changed"] or not only_changed]
    negotiation = contract.negotiation
    return render(
        request,
        "negotiation/compare.html",
        {
            "negotiation": {"title": negotiation.title, "url": negotiation.get_absolute_url()},
            "contract": {"title": contract.title, "url": contract.get_absolute_url()},
            "versions": [_option(version) for version in _ready(contract)],
            "old": _option(old),
            "new": _option(new),
            "granularity": "character" if by_character else "word",
            "only_changed": only_changed,
            "blocks": shown if any(block["changed"] for block in blocks) else [],
            "sides": {},
            "counts": _counts(blocks),
            "download_url": reverse("negotiation:compare_download", args=[contract.uuid])
            + f"?old={old.uuid}&new={new.uuid}",
        },
    )


def _option(version: Version) -> dict[str, str]:
    return {"id": str(version.uuid), "label": f"{version.number} · {version_word(version)}"}


def _ready(contract: Contract) -> QuerySet[Version]:
    return contract.versions.filter(state=VersionState.READY).select_related("turn__side")


def _chosen(request: HttpRequest, contract: Contract) -> tuple[Version, Version] | None:
    ready = {str(one.uuid): one for one in _ready(contract)}
    if len(ready) < 2:
        return None
    in_order = list(ready.values())
    new = ready.get(request.GET.get("new", ""), in_order[-1])
    older = in_order[max(in_order.index(new) - 1, 0)]
    return ready.get(request.GET.get("old", ""), older), new


def compared(old: Version, new: Version, *, by_character: bool = False) -> list[dict[str, Any]]:
    """The new version's paragraphs with the old words struck, matched by carried block id; paragraphs that
    are gone stand where they stood. Both versions are read with all changes accepted."""
    before = list(old.blocks.all())
    after = list(new.blocks.all())
    known = {block.block_id: block for block in before}
    kept = {block.block_id for block in after}
    result: list[dict[str, Any]] = []
    waiting = [block for block in before if block.block_id not in kept]
    for block in after:
        match = known.get(block.block_id)
        while waiting and match is not None and waiting[0].position < match.position:
            result.append(_shown(waiting.pop(0), (("delete", None),)))
        words = (
            redline.word_diff(match.text, block.text, granularity="character" if by_character else "word")
            if match
            else (("insert", block.text),)
        )
        result.append(_shown(block, words))
    result += [_shown(block, (("delete", None),)) for block in waiting]
    return result


def _shown(block: Block, words: Any) -> dict[str, Any]:
    states = {"same": "same", "insert": "inserted", "delete": "deleted"}
    pieces = [
        redline.Piece(text=block.text if text is None else text, state=states[kind])  # type: ignore[arg-type]
        for kind, text in words
        if text is None or text
    ]
    if all(kind == "same" for kind, _text in words):
        # Nothing to mark: it may keep its bold and italic words.
        pieces = [replace(p, state="same", within="same") for p in pieces_of(block) if p.in_accepted]
    return {
        # A paragraph that is gone keeps its old address, which another may have now.
        "id": block.address if words and words[0][1] is not None else f"gone-{block.position}",
        "clause": "",
        "kind": block.kind,
        "level": block.level,
        "number": block.number,
        "pieces": list(pieces),
        "table": tuple(block.table) if block.table else None,
        "highlights": [],
        "changed": any(piece.state != "same" and piece.text for piece in pieces),
    }


def _counts(blocks: list[dict[str, Any]]) -> dict[str, int]:
    states = [piece.state for block in blocks for piece in block["pieces"] if piece.text]
    return {"inserted": states.count("inserted"), "deleted": states.count("deleted")}


@signed_in
@require_GET
def download(request: HttpRequest, uuid: uuids.UUID) -> HttpResponseBase:
    """The comparison as a Word file with native tracked changes."""
    member = member_of(request)
    contract = get_contract(member, uuid, VIEW)
    chosen = _chosen(request, contract)
    if chosen is None:
        messages.error(request, _("There are not two readable versions to compare yet."))
        return redirect(contract)
    old, new = chosen
    try:
        made = redline.compare(
            files.read_bytes(old.file),
            files.read_bytes(new.file),
            author=member.organisation.name,
            date=timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
    except redline.Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("negotiation:compare", contract.uuid)
    return FileResponse(
        io.BytesIO(made.docx),
        as_attachment=True,
        filename=file_name(contract, f"{old.number} to {new.number}"),
        content_type=DOCX,
    )
