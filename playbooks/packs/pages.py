"""Packs and overlays as the plain values their pages show."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from playbooks import pages
from playbooks.models import PlaybookVersion
from playbooks.packs.applying import Applied
from playbooks.packs.contract_types import Pack, PackIssue, ladder_of, packs
from playbooks.packs.overlays import BORDER, Overlay, overlays


def pack_cards() -> list[dict[str, Any]]:
    return [
        {
            "title": pack.title,
            "url": reverse("playbooks:pack", args=[pack.code]),
            "summary": pack.summary,
            "issues": len(pack.issues),
            "ladders": sum(bool(issue.ladders) for issue in pack.issues),
        }
        for pack in packs()
    ]


def overlay_cards() -> dict[str, list[dict[str, Any]]]:
    """The industries and the settings, apart."""
    cards: dict[str, list[dict[str, Any]]] = {"industries": [], "borders": []}
    for overlay in overlays():
        cards["borders" if overlay.kind == BORDER else "industries"].append(
            {
                "title": overlay.title,
                "url": reverse("playbooks:overlay", args=[overlay.code]),
                "summary": overlay.summary,
                "changes": len(overlay.adjustments),
                "advice": len(overlay.advice),
            }
        )
    return cards


def pack_page(pack: Pack) -> dict[str, Any]:
    return {
        "title": pack.title,
        "summary": pack.summary,
        "issues": [_issue(pack, issue) for issue in pack.issues],
        "judged": sum(bool(issue.ladders) for issue in pack.issues),
    }


def _issue(pack: Pack, issue: PackIssue) -> dict[str, Any]:
    return {
        "code": issue.code,
        "title": issue.title,
        "about": issue.about,
        "wishes": issue.wishes,
        "ask": issue.ask,
        "ladders": [
            {"label": start.label, "rungs": _rungs(issue.ladders[start.code])}
            for start in pack.starts
            if start.code in issue.ladders
        ],
    }


def _rungs(named: str) -> list[dict[str, Any]]:
    playbook, ladder = ladder_of(named)
    rungs: list[dict[str, Any]] = pages.issues(replace(playbook, issues=(ladder,)))[0]["rungs"]
    return rungs


def version_choice(version: PlaybookVersion) -> dict[str, Any]:
    """A version one may put an overlay over."""
    state = (
        _("draft") if version.published_at is None else _("version %(number)d") % {"number": version.number}
    )
    return {"uuid": str(version.uuid), "title": version.playbook.title, "state": state}


def preview_page(version: PlaybookVersion, overlay: Overlay, applied: Applied) -> dict[str, Any]:
    return {
        "overlay": {"title": overlay.title, "url": reverse("playbooks:overlay", args=[overlay.code])},
        "playbook": version_choice(version) | {"digest": version.digest},
        "playbook_url": reverse("playbooks:version", args=[version.uuid]),
        "is_draft": version.published_at is None,
        "changes": applied.changes,
        "conflicts": applied.conflicts,
        "kept": applied.kept,
        "elsewhere": applied.elsewhere,
        "examples": applied.examples,
    }
