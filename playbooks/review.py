"""A playbook applied to a document, or to the documents of a deal together: one finding for each issue,
explained, with at most one smallest change.

The same playbook, documents and deal facts give the same bytes on every machine.
"""

import json
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clauses.topics.page import Page
from clauses.topics.values import Plain
from playbooks.block_changes import emptied_headings
from playbooks.coverage import Uncovered, named_but_absent, uncovered
from playbooks.findings import Earlier, Finding, blocks_of, finding
from playbooks.judge import Case, Standing, depth
from playbooks.package import Document, package_of
from playbooks.papers import DocumentPage
from playbooks.proposals import propose
from playbooks.risk import Risk, risk_of
from playbooks.rules import OUTSIDE, Issue, Playbook
from playbooks.text_changes import Edit


@dataclass(frozen=True)
class Review:
    """All findings of one playbook on one text, in the playbook's order, and the risk they add up to.

    `elsewhere` holds the issues this text leaves to terms that were not read: an order form is not judged
    as if it were the whole contract. `not_covered` are clauses no issue speaks on, `absent` the papers
    named and not given.
    """

    playbook: str
    version: str
    digest: str
    risk: Risk
    findings: tuple[Finding, ...]
    elsewhere: tuple[Finding, ...] = ()
    not_covered: tuple[Uncovered, ...] = ()
    absent: tuple[str, ...] = ()

    def finding(self, issue: str) -> Finding:
        """The finding on an issue; KeyError when the playbook has none of that code."""
        for found in (*self.findings, *self.elsewhere):
            if found.issue == issue:
                return found
        raise KeyError(issue)

    def to_data(self) -> dict[str, Any]:
        return {
            "playbook": self.playbook,
            "version": self.version,
            "digest": self.digest,
            "risk": self.risk.to_data(),
            "findings": [found.to_data() for found in self.findings],
            "elsewhere": [found.to_data() for found in self.elsewhere],
            "not_covered": [dict(clause.to_data()) for clause in self.not_covered],
            "absent": list(self.absent),
        }

    def to_json(self) -> str:
        """One JSON document; byte-stable."""
        return json.dumps(self.to_data(), ensure_ascii=False, indent=2) + "\n"


def page_of(source: Any) -> Page:
    """The page of a `redline.Document`, of plain text, or a page itself."""
    if isinstance(source, Page):
        return source
    return Page.from_text(source) if isinstance(source, str) else DocumentPage.from_document(source)


def review(
    playbook: Playbook,
    source: Any,
    *,
    deal: Mapping[str, Plain] | None = None,
    paper: str = "theirs",
    earlier: tuple[Review, Any] | None = None,
) -> Review:
    """Reviews a document (or plain text) by a playbook.

    `deal` holds facts for conditions (Decimal for numbers); `paper` ("ours" or "theirs") chooses the rung
    that is left without mark-up.

    `earlier`, a review of this document before an edit with the text it was made on, saves looking for
    proposals again where words, values and the definitions they rest on stayed as they were.
    """
    before = None if earlier is None else Earlier(_by_issue(earlier[0]), page_of(earlier[1]))
    case = case_of(playbook, page_of(source), deal, paper)
    standings = [case.standing(issue) for issue in playbook.judged]
    away = [one for one in standings if one.is_elsewhere]
    here = [one for one in standings if not one.is_elsewhere]
    return Review(
        playbook.name,
        playbook.version,
        playbook.digest,
        risk_of(here, playbook.thresholds, unread=case.unread, elsewhere=away),
        tuple(finding(case, standing, paper, before) for standing in here),
        tuple(finding(case, standing, paper) for standing in away),
        uncovered(
            case.page, [s for issue in playbook.judged for i in case.instances(issue.topic) for s in i.spans]
        ),
        named_but_absent(case.page),
    )


def _by_issue(found: Review) -> dict[str, Finding]:
    return {one.issue: one for one in found.findings}


def review_package(
    playbook: Playbook,
    documents: Sequence[Document],
    *,
    deal: Mapping[str, Plain] | None = None,
    paper: str = "theirs",
) -> Review:
    """Reviews the documents of a deal together: each may give values to the others, and the best-ranked one
    that speaks on an issue decides it; without ranks the worst place does. Findings and edits name their
    document.

    Raises ValueError where two documents have the same name.
    """
    return review(playbook, package_of(documents, page_of), deal=deal, paper=paper)


def case_of(playbook: Playbook, page: Page, deal: Mapping[str, Plain] | None, paper: str = "") -> Case:
    """A page to be judged; whose paper it is may be asked for as `deal.paper`."""
    return Case(playbook, page, {**({"paper": paper} if paper else {}), **(deal or {})})


@dataclass(frozen=True)
class Placed:
    """Where a text stands on one issue, without reasons and without a proposal.

    `blocks` are the paragraphs it stands on: those of the worst place that speaks on it, or, below the last
    rung, where no rule bounds the words, those of every such place.
    """

    issue: str
    status: str
    rung: str | None
    blocks: tuple[str, ...]


def places(
    playbook: Playbook,
    source: Any,
    *,
    deal: Mapping[str, Plain] | None = None,
    only: Collection[str] | None = None,
    paper: str = "",
) -> tuple[Placed, ...]:
    """Where the text stands on each issue (or on `only` those), as `review` would say, at a fraction of its
    cost: nothing is proposed."""
    case = case_of(playbook, page_of(source), deal, paper)
    wanted = [issue for issue in playbook.judged if only is None or issue.code in only]
    standings = [case.standing(issue) for issue in wanted]
    return tuple(Placed(one.issue.code, one.status, one.rung, _stood_on(case.page, one)) for one in standings)


def _stood_on(page: Page, standing: Standing) -> tuple[str, ...]:
    below = (None, OUTSIDE)
    found = [standing.instance] if standing.instance is not None else []
    if standing.rung in below:
        found += [instance for instance, rung in standing.others if rung in below]
    found.sort(key=lambda instance: instance.start)
    return tuple(dict.fromkeys(block for instance in found for block in blocks_of(page, instance)))


def proposal_for_rung(
    playbook: Playbook, source: Any, issue_code: str, rung_id: str, *, deal: Mapping[str, Plain] | None = None
) -> tuple[Edit, ...] | None:
    """The smallest change that brings an issue to a given rung (a counter); empty when the text is there
    already.

    None when no change could be found. KeyError for an unknown issue or rung.
    """
    case = case_of(playbook, page_of(source), deal)
    standing = case.standing(playbook.issue(issue_code))
    rung = standing.issue.rung(rung_id)
    if standing.rung is not None and standing.position <= depth(standing.issue, rung.id):
        return ()
    proposal = propose(case, standing, rung)
    return None if proposal is None else proposal.edits


def together(found: Review, source: Any = None) -> list[Edit]:
    """The edits of all findings, fit to be applied at once.

    Findings may touch the same words; of two changes that overlap the one of the graver finding is kept
    whole. With the `source` reviewed, a heading that several changes together leave without text goes too.
    """
    kept: list[Edit] = []
    taken: dict[str, list[tuple[int, int]]] = {}
    graver = sorted(enumerate(found.findings), key=lambda pair: (-pair[1].weight, pair[0]))
    chosen: dict[int, tuple[Edit, ...]] = {}
    for index, found_one in graver:
        if found_one.changes and not any(_clashes(edit, taken) for edit in found_one.changes):
            chosen[index] = found_one.changes
            for edit in found_one.changes:
                if edit["op"] != "insert_after":
                    taken.setdefault(edit["block"], []).append(_reach(edit))
    for index in sorted(chosen):
        kept.extend(chosen[index])
    return kept if source is None else [*kept, *emptied_headings(page_of(source), kept)]


def _reach(edit: Edit) -> tuple[int, int]:
    return (0, sys.maxsize) if edit["op"] == "delete_block" else (edit["start"], edit["end"])


def _clashes(edit: Edit, taken: Mapping[str, list[tuple[int, int]]]) -> bool:
    if edit["op"] == "insert_after":
        return False
    start, end = _reach(edit)
    return any(
        (start < right and left < end) or (start, end) == (left, right)
        for left, right in taken.get(edit["block"], ())
    )


def place_text(
    playbook: Playbook, issue_code: str, text: str, *, deal: Mapping[str, Plain] | None = None
) -> Standing:
    """Where a clause's text alone stands on an issue's ladder (examples, a counter, the authoring screen)."""
    return case_of(playbook, Page.from_text(text), deal).standing(playbook.issue(issue_code))


__all__ = [
    "Document",
    "Finding",
    "Issue",
    "Placed",
    "Review",
    "Uncovered",
    "case_of",
    "page_of",
    "place_text",
    "places",
    "proposal_for_rung",
    "review",
    "review_package",
    "together",
]
