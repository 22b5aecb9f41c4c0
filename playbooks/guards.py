"""What no proposal may do, whatever it reaches: go beyond the finding's words, name strangers, respell a
defined role, or take from both sides a protection that is ours too.

Every candidate is read again before it is offered; these are the checks of that second reading.
"""

import re
from collections.abc import Mapping, Sequence

from clauses.topics.page import Page
from clauses.topics.terms import terms
from playbooks.conditions import Compare, leaves
from playbooks.judge import Case, Standing, depth
from playbooks.rules import Rung
from playbooks.text_changes import Edit
from playbooks.topics import TOPICS

LONG = 15
"""From so many lines on a text is a contract, whose parties have the names it gives them."""
_ROLES = (
    ("Disclosing Party", "Discloser", "Receiving Party", "Recipient"),
    ("Customer", "Provider"),
    ("Controller", "Processor"),
)
"""Roles that come in pairs: a contract that knows one of a pair can be told of the other."""
_BOTH = re.compile(r"\b(?:each|either|neither|both|a) part(?:y|ies)\b", re.I)
_PROTECTIONS = frozenset({"liability_cap", "liability_exclusions", "termination"})
_OUR_NAMES = {
    "customer": "customer", "client": "customer", "buyer": "customer", "licensee": "customer",
    "provider": "provider", "controller": "controller", "processor": "processor", "employer": "employer",
    "discloser": "discloser", "recipient": "recipient",
}  # fmt: skip
"""The variable that names our side in new words."""
_NAMES_OF_ROLES = (
    "Provider", "Supplier", "Vendor", "Customer", "Client", "Licensor", "Licensee", "Controller", "Processor",
    "Discloser", "Recipient", "Company", "Contractor", "Buyer",
)  # fmt: skip


def is_sound(case: Case, standing: Standing, rung: Rung, edits: Sequence[Edit]) -> bool:
    """The change reaches the rung, keeps to the finding’s words and makes no other issue worse."""
    page = case.page
    if standing.instance is not None and not _inside(page, standing, edits):
        return False
    ours_too = _protects(standing)
    ours = _OUR_NAMES.get(case.playbook.side, "")
    if _respells(page, edits) or (ours_too and _takes_from_both(page, edits, terms(page).get(ours, ""))):
        return False
    if len(page.lines) >= LONG and any(_is_stranger(page, str(edit.get("text", ""))) for edit in edits):
        return False
    after = Case(case.playbook, page.edited(edits), case.deal)
    now = after.standing(standing.issue)
    if now.position > depth(standing.issue, rung.id) or (ours_too and _unbinds(standing, now, rung)):
        return False
    return all(
        after.standing(other).position <= case.standing(other).position
        for other in case.playbook.issues
        if other.code != standing.issue.code
    )


def _unbinds(standing: Standing, now: Standing, rung: Rung) -> bool:
    """Words that bound both sides would bind one, and the rung does not ask for that."""
    if standing.instance is None or now.instance is None:
        return False
    if any(isinstance(leaf, Compare) and leaf.left.name == "binds" for leaf in leaves(rung.when)):
        return False
    before, after = standing.instance.values.get("binds"), now.instance.values.get("binds")
    return before is not None and before.value == "both" and after is not None and after.value != "both"


def _protects(standing: Standing) -> bool:
    """Whether the issue is one on which words for both sides protect our side too: limits, waivers, exits."""
    return not _PROTECTIONS.isdisjoint(TOPICS[standing.issue.topic].clause_types)


def _takes_from_both(page: Page, edits: Sequence[Edit], ours: str) -> bool:
    """Words about each party would become words about one. A clause that must go altogether may go, and what
    both may do may become what our side alone may ("Either party may" → "The Customer may")."""
    removed, written = words_removed(page, edits), " ".join(str(edit.get("text", "")) for edit in edits)
    if ours and re.match(rf"\s*{re.escape(ours)}\b(?!['’]s)", written, re.I):
        return False
    return bool(written.strip()) and bool(_BOTH.search(removed)) and not _BOTH.search(written)


def words_removed(page: Page, edits: Sequence[Edit]) -> str:
    """All words the edits take out, with a word that is cut in two taken as a whole."""
    texts = {line.block: line.text for line in page.lines}
    found: list[str] = []
    for edit in edits:
        text = texts[edit["block"]]
        if edit["op"] == "delete_block":
            found.append(text)
        elif edit["op"] == "replace":
            start, end = int(edit["start"]), int(edit["end"])
            found.append(text[start:end])
    return "\n".join(found)


def _respells(page: Page, edits: Sequence[Edit]) -> bool:
    """Whether new words write a role small ("provider") that this contract writes with a capital."""
    written = " ".join(str(edit.get("text", "")) for edit in edits)
    small = set(re.findall(r"(?<![\w-])[a-z]+(?![\w-])", written))
    return any(
        role.lower() in small and _stands(role, page.text) and not _stands(role.lower(), page.text)
        for role in _NAMES_OF_ROLES
    )


def _stands(word: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){word}(?![\w-])", text) is not None


def _is_stranger(page: Page, text: str) -> bool:
    """Whether new words name a role nobody has here ("the Discloser" beside Company and Contractor)."""
    return any(
        any(role in text for role in pair) and not any(role in page.text for role in pair) for pair in _ROLES
    )


def _inside(page: Page, standing: Standing, edits: Sequence[Mapping[str, object]]) -> bool:
    instances = [standing.instance, *(other for other, _ in standing.others)]
    allowed = [span for instance in instances if instance for span in instance.spans]
    starts = {line.block: line for line in page.lines}
    for edit in edits:
        line = starts[str(edit["block"])]
        if edit["op"] == "delete_block":
            # Only a block that holds nothing but the finding’s words, or their heading, is ever deleted.
            continue
        start, end = line.start + int(str(edit["start"])), line.start + int(str(edit["end"]))
        if not any(span.start - 1 <= start and end <= span.end + 1 for span in allowed):
            return False
    return True
