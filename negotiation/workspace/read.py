"""All that was read from one version, for its own page: clause tree, parties, terms, duties, slips."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from negotiation.workspace import side
from negotiation.workspace.rows import Rows, place
from negotiation.workspace.type_words import type_word

LONGEST_LINE = 90


def context(rows: Rows) -> dict[str, Any]:
    """The template's context; every row has the address of its words on the contract page."""
    contract, version = rows.contract, rows.version
    page = f"{contract.get_absolute_url()}?version={version.number}"
    read = version.reading
    return {
        "negotiation": {
            "title": contract.negotiation.title,
            "url": contract.negotiation.get_absolute_url(),
        },
        "contract": {"title": contract.title, "url": contract.get_absolute_url()},
        "version": {"number": version.number, "label": version.get_label_display()},
        "reading_url": reverse("negotiation:reading", args=[contract.uuid]),
        "clauses": _clauses(rows, page),
        "parties": [_at(one, page, rows) | _party(one) for one in read.get("parties", [])],
        "terms": [
            _at(one, page, rows) | {"term": one["term"], "text": one["text"]}
            for one in sorted(read.get("definitions", []), key=lambda one: one["term"].casefold())
        ],
        "duties": [_at(one, page, rows) | _duty(one) for one in read.get("obligations", [])],
        "agreed": side.agreed(rows),
        "checks": side.checks(rows),
        "page": page,
    }


def _clauses(rows: Rows, page: str) -> list[dict[str, Any]]:
    return [
        {
            "number": text.number,
            "heading": text.heading,
            "words": "" if text.heading else _first_words(text.text),
            "depth": min(text.depth, 5),
            "types": [{"word": type_word(one["type"]), "band": one["band"]} for one in text.types],
            "url": f"{page}#b-{rows.address_of.get(text.first_block, '')}",
        }
        for text in rows.clauses
    ]


def _first_words(text: str) -> str:
    line = text.split("\n")[0]
    return line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE].rsplit(" ", 1)[0] + " …"


def _at(read: Mapping[str, Any], page: str, rows: Rows) -> dict[str, Any]:
    found = place(rows, read.get("start"), "")
    return {"url": f"{page}#b-{found['block']}", "clause_number": found["clause_number"]}


def _party(read: Mapping[str, Any]) -> dict[str, Any]:
    return {name: read.get(name) or "" for name in ("name", "alias", "role", "legal_form")}


def _duty(read: Mapping[str, Any]) -> dict[str, Any]:
    names = ("bearer", "beneficiary", "modal", "action", "deadline", "condition")
    return {name: read.get(name) or "" for name in names}
