"""Clauses of the library as the plain values their pages show."""

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Membership
from playbooks import rules
from playbooks.clause_library.access import clauses_visible_to, versions_in_force
from playbooks.clause_library.hooks import contract_texts
from playbooks.clause_library.similar import Like, similar
from playbooks.clause_library.usage import uses
from playbooks.models import LibraryClause, LibraryClauseVersion, PlaybookVersion, Standing
from playbooks.pages import rung_name
from playbooks.topics import TOPICS
from redline import word_diff

SHORT = 240
_VARIABLE = re.compile(r"\{\{\s*(?:(cap)\s+)?(\w+)\s*\}\}")


def line(clause: LibraryClause, on: datetime.date) -> dict[str, Any]:
    """One clause of the list."""
    text = "".join(str(part["text"]) for part in parts(getattr(clause, "says", None) or clause.newest().text))
    return {
        "title": clause.title,
        "url": reverse("playbooks:library_clause", args=[clause.uuid]),
        "uuid": clause.uuid,
        "text": text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + "…",
        "clause_type": clause.clause_type.replace("_", " "),
        "topic": TOPICS[clause.topic].title if clause.topic in TOPICS else "",
        "standing": standing_name(clause),
        "side": clause.side,
        "owner": clause.owner.user.name if clause.owner else "",
        "review_on": clause.review_on,
        "overdue": clause.is_overdue(on),
        "retired": clause.retired_at is not None,
    }


def parts(text: str) -> list[dict[str, Any]]:
    """The text with its variables as the words they stand for: {{cap processor}} is “Processor”."""
    found: list[dict[str, Any]] = []
    at = 0
    for match in _VARIABLE.finditer(text):
        word = match[2].replace("_", " ")
        found.append({"text": text[at : match.start()], "is_variable": False})
        found.append({"text": word.capitalize() if match[1] else word, "is_variable": True})
        at = match.end()
    return [part for part in [*found, {"text": text[at:], "is_variable": False}] if part["text"]]


def standing_name(clause: LibraryClause) -> str:
    """Preferred, Fallback 2, or nothing for a clause on no ladder."""
    if clause.standing == Standing.OTHER:
        return ""
    return rung_name(0 if clause.standing == Standing.PREFERRED else clause.rank)


def clause_page(
    member: Membership, clause: LibraryClause, shown: LibraryClauseVersion, on: datetime.date
) -> dict[str, Any]:
    versions = list(clause.versions.select_related("made_by__user").order_by("-number"))
    return {
        "line": line(clause, on),
        "clause": clause,
        "shown": shown,
        "text": parts(shown.text),
        "is_newest": shown.number == versions[0].number,
        "variants": shown.variants,
        "example": [{"kind": kind, "text": text} for kind, text in word_diff(shown.before, shown.after)]
        if shown.before
        else [],
        "history": [
            {
                "number": row.number,
                "url": f"{reverse('playbooks:library_clause', args=[clause.uuid])}?version={row.number}",
                "at": row.created_at,
                "by": row.made_by.user.name if row.made_by else "",
                "note": row.note,
                "is_shown": row.pk == shown.pk,
            }
            for row in versions
        ],
        "uses": _uses(member, versions),
        "like": _like(member, clause, shown),
    }


def _texts(versions: Iterable[LibraryClauseVersion]) -> list[str]:
    return [text for row in versions for text in (row.text, *(one["text"] for one in row.variants))]


def _uses(member: Membership, versions: Sequence[LibraryClauseVersion]) -> list[dict[str, Any]]:
    found = uses(_texts(versions[:1]), _texts(versions[1:]), versions_in_force(member))
    return [
        {
            "playbook": use.version.playbook.title,
            "number": use.version.number,
            "is_draft": use.version.published_at is None,
            "url": f"{reverse('playbooks:version', args=[use.version.uuid])}#{use.issue}",
            "issue": use.issue_title,
            "rung": use.rung,
            "is_current": use.is_current,
        }
        for use in found
    ]


def _like(member: Membership, clause: LibraryClause, shown: LibraryClauseVersion) -> list[dict[str, Any]]:
    others = clauses_visible_to(member).filter(retired_at=None).exclude(pk=clause.pk)
    among: list[tuple[dict[str, Any], str]] = [
        (
            {
                "title": other.title,
                "where": _("Clause library"),
                "url": reverse("playbooks:library_clause", args=[other.uuid]),
            },
            other.words,
        )
        for other in others
    ]
    among += [
        ({"title": one.title, "where": one.where, "url": one.url}, one.text)
        for one in contract_texts(member, clause.clause_type)
    ]
    return likes(similar(f"{clause.title}\n{shown.text}", among))


def likes(found: Iterable[Like[dict[str, Any]]]) -> list[dict[str, Any]]:
    """What is like a text, with how much and by which words."""
    return [
        {**like.item, "percent": round(like.score * 100), "words": ", ".join(like.words)} for like in found
    ]


def rung_choices(drafts: Iterable[PlaybookVersion]) -> list[dict[str, Any]]:
    """Every rung of every draft, for putting a wording in: draft, issue and rung in one value."""
    return [
        {
            "title": _("%(playbook)s, draft %(number)d")
            % {"playbook": draft.playbook.title, "number": draft.number},
            "rungs": [
                {
                    "value": f"{draft.uuid}:{issue.code}:{rung.id}",
                    "title": f"{issue.title} · {rung_name(place)}: {rung.label}"[:140],
                    "topic": issue.topic,
                }
                for issue in rules.Playbook.from_data(draft.data).issues
                for place, rung in enumerate(issue.rungs)
            ],
        }
        for draft in drafts
    ]


def ladders(clauses: Iterable[LibraryClause], on: datetime.date) -> list[dict[str, Any]]:
    """The clauses that stand on ladders, topic by topic."""
    by_topic: dict[str, list[LibraryClause]] = {}
    for clause in clauses:
        if clause.standing != Standing.OTHER and clause.topic in TOPICS:
            by_topic.setdefault(clause.topic, []).append(clause)
    return [
        {
            "topic": TOPICS[topic].title,
            "clauses": [
                line(clause, on)
                for clause in sorted(
                    by_topic[topic], key=lambda one: (one.standing != Standing.PREFERRED, one.rank, one.title)
                )
            ],
        }
        for topic in sorted(by_topic, key=lambda code: TOPICS[code].title)
    ]
