"""What a finding says in a lawyer's words: one sentence for the card, and the rule, the comparisons and the
other places with the names of the positions instead of their codes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from negotiation.models import Finding, FindingStatus
from negotiation.workspace.rows import Rows
from playbooks import rules
from playbooks.pages import rung_name

_CODE = re.compile(r"\b(P|F[1-9]\d?)(?= “)")
_COULD_NOT = re.compile(r"^Could not tell, because (?P<why>.*?)\.?$", re.S)
LONGEST = 180

VERDICTS = {
    "yes": gettext_lazy("met"),
    "no": gettext_lazy("not met"),
    "unknown": gettext_lazy("could not be told"),
}


def position_name(issue: rules.Issue, rung: str | None) -> str:
    """ "Preferred", "Fallback 2", or where the text stands below them all."""
    at = issue.position(rung or None)
    return rung_name(at) if at < len(issue.rungs) else _("below the last fallback")


def standing(issue: rules.Issue, status: str, rung: str, why: str = "") -> str:
    """Where a text stands, as a sentence."""
    if status == FindingStatus.UNSURE:
        return _("Could not tell: %(why)s") % {"why": why or _("the words can be read in several ways")}
    if status == FindingStatus.MISSING:
        return _("The contract says nothing on this. We ask for: %(label)s") % {
            "label": issue.rung(issue.opening).label
        }
    if status == FindingStatus.OUTSIDE or issue.position(rung) >= len(issue.rungs):
        return _("Worse than the last position we accept, “%(label)s”") % {"label": issue.rungs[-1].label}
    return _("%(name)s: %(label)s") % {
        "name": position_name(issue, rung),
        "label": issue.rung(rung).label,
    }


def line(row: Finding, issue: rules.Issue | None) -> str:
    """The card's one sentence, whole words only."""
    if issue is None:
        return short(row.rule)
    return short(standing(issue, row.status, row.rung, why_unsure(row)))


def why_unsure(row: Finding) -> str:
    found = _COULD_NOT.match(row.rule)
    return found["why"] if found else ""


def short(text: str) -> str:
    """At most `LONGEST` characters, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def named(text: str, issue: rules.Issue | None) -> str:
    """The engine's words with positions by name: F2 “…” becomes Fallback 2 “…”."""
    if issue is None:
        return text
    text = text.replace("Below the last rung,", str(_("Below the last position,")))
    return _CODE.sub(lambda found: position_name(issue, found[1]), text)


def why_not(row: Finding, issue: rules.Issue) -> list[dict[str, str]]:
    """For each better position what it lacked."""
    return [
        {"name": position_name(issue, one["rung"]), "says": str(one["says"])}
        for one in row.why_not
        if isinstance(one, dict)
    ]


def compared(steps: Sequence[Mapping[str, str]], issue: rules.Issue) -> list[dict[str, str]]:
    """Everything that was looked at for an issue, in order."""
    return [
        {
            "name": position_name(issue, one["rung"]) if one.get("rung") else "",
            "says": one.get("says", ""),
            "found": one.get("found", ""),
            "verdict": str(VERDICTS.get(one.get("verdict", ""), "")),
        }
        for one in steps
    ]


def also(row: Finding, issue: rules.Issue, rows: Rows) -> list[dict[str, Any]]:
    """The other places that speak on the issue; of one document, only those that stand elsewhere."""
    found = []
    for one in row.also:
        document = rows.document(one.get("document") or "")
        if not document["title"] and one.get("rung") == (row.rung or None):
            continue
        name = position_name(issue, one["rung"]) if one.get("rung") else _("could not be told")
        place = rows.at(one.get("start")) if not document["title"] else ""
        wins = bool(document["title"]) and rows.ranks_above(one.get("document") or "")
        found.append(
            {
                "quote": short(str(one["quote"])),
                "name": name,
                "document": document,
                "block": place,
                "wins": wins,
            }
        )
    return found


def with_draft(row: Finding, issue: rules.Issue, rows: Rows) -> str:
    """Where the issue stands with our draft written in, where that is elsewhere; "" otherwise."""
    now = rows.standing.get(row.issue)
    if not now:
        return ""
    moved = (now["status"], now["rung"]) != (row.status, row.rung)
    said = standing(issue, now["status"], now["rung"], now.get("why", "")) if moved else ""
    terms = ", ".join(f"“{term}”" for term in now.get("terms", ()))
    if terms:
        changed = _("our draft changes %(terms)s, which these words rest on") % {"terms": terms}
        return f"{said} ({changed})" if said else changed[:1].upper() + changed[1:]
    return said


def got_worse(row: Finding, issue: rules.Issue, rows: Rows) -> bool:
    """Whether our own draft brings an issue below where their text stands, or changes what it rests on."""
    now = rows.standing.get(row.issue)
    if not now:
        return False
    return bool(now.get("terms")) or issue.position(now["rung"] or None) > issue.position(row.rung or None)
