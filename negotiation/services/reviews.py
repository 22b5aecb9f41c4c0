"""Running the pinned playbook over a contract beside the other documents of its deal.

What a review found is kept as rows by `keeping.py`; here it is only judged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

import redline
from accounts.services import files
from clauses.topics.page import Page
from negotiation.models import Contract, Finding, Version
from negotiation.models.decisions import FindingStatus
from negotiation.services import beside
from negotiation.services.outgoing import Edit
from playbooks import review as engine
from playbooks import rules
from playbooks.coverage import Uncovered, named_but_absent
from playbooks.findings import is_enough, smallest_change
from playbooks.judge import Case, depth
from playbooks.models import PlaybookVersion
from playbooks.proposals import propose

_parsed: dict[str, rules.Playbook] = {}


def rules_of_version(playbook_version: PlaybookVersion) -> rules.Playbook:
    """The rules of a published version. Immutable, so each is read once per process, by its digest."""
    known = _parsed.get(playbook_version.digest)
    if known is None:
        known = rules.Playbook.from_data(playbook_version.data)
        if playbook_version.digest and playbook_version.published_at is not None:
            _parsed[playbook_version.digest] = known
    return known


def rules_of(finding: Finding) -> rules.Playbook:
    """The rules a finding was judged by: those of its review, whatever was published since."""
    return rules_of_version(finding.review.playbook_version)


def ladder_of(finding: Finding) -> rules.Issue:
    """The issue of a finding. Raises ValidationError where the playbook, a newer version by now, has it no
    more."""
    for issue in rules_of(finding).issues:
        if issue.code == finding.issue:
            return issue
    raise ValidationError(_("The playbook has no such issue any more."), code="no_such_issue")


def deal_facts(contract: Contract) -> Mapping[str, Any]:
    """What conditions may ask about the deal: `deal.value`, `deal.law`, `deal.trades` …"""
    negotiation = contract.negotiation
    facts: dict[str, Any] = {
        "law": negotiation.law or None,
        "our_role": contract.our_role or None,
        "paper": contract.paper,
        "currency": negotiation.currency,
        "trades": tuple(
            negotiation.trades.filter(fallen_at=None).order_by("code").values_list("code", flat=True)
        ),
    }
    if negotiation.value_minor is not None:
        value = Decimal(negotiation.value_minor) / 100
        facts |= {"value": value, "annual_fees": value}
    if negotiation.term_months is not None:
        facts["term_months"] = Decimal(negotiation.term_months)
    return {name: value for name, value in facts.items() if value is not None}


def judge_document(contract: Contract, source: Any) -> engine.Review:
    """Review any text by the contract's pinned playbook version, beside the other documents of the deal.
    Raises ValueError where none is pinned."""
    playbook = rules_of_version(_pinned(contract))
    page = beside.page_of(contract, source)
    return engine.review(playbook, page, deal=deal_facts(contract), paper=contract.paper)


def _pinned(contract: Contract) -> PlaybookVersion:
    if contract.playbook_version is None:
        raise ValueError("the contract has no playbook version")
    return contract.playbook_version


@dataclass(frozen=True)
class Judged:
    """What a review says of one contract of a deal.

    `findings` are this contract's own, `elsewhere` the issues that another document, or one that is not
    there, speaks on; `changes` holds for each finding (by issue) what mends it in this contract, `ways` the
    changes that lead to the rungs better than its text; `papers` are the versions read beside it.
    """

    playbook_version: PlaybookVersion
    review: engine.Review
    findings: tuple[engine.Finding, ...]
    elsewhere: tuple[engine.Finding, ...]
    changes: Mapping[str, list[Edit]]
    ways: Mapping[str, Mapping[str, list[Edit]]]
    not_covered: tuple[Uncovered, ...]
    absent: tuple[str, ...]
    papers: tuple[Version, ...] = ()


def judge(contract: Contract, source: Any, *, by_rules: PlaybookVersion | None = None) -> Judged:
    """Judge a text of the contract (a `redline.Document`) by its pinned playbook version, or by another one.
    Raises ValueError where none is pinned."""
    pinned = by_rules or _pinned(contract)
    playbook, facts = rules_of_version(pinned), deal_facts(contract)
    around, own = beside.others(contract), engine.page_of(source)
    page = beside.page_of(contract, own, around)
    judged = engine.review(playbook, page, deal=facts, paper=contract.paper)
    belongs = Belongs.of(contract, own, around)
    mine = tuple(found for found in judged.findings if belongs.here(found))
    mending = Mending(
        contract,
        engine.case_of(playbook, page, facts, contract.paper),
        engine.case_of(playbook, own, facts, contract.paper) if around else None,
    )
    changes = {found.issue: mending.changes(found) for found in mine}
    return Judged(
        playbook_version=pinned,
        review=judged,
        findings=mine,
        elsewhere=(*(found for found in judged.findings if not belongs.here(found)), *judged.elsewhere),
        changes=changes,
        ways={found.issue: mending.ways(found, changes[found.issue]) for found in mine},
        not_covered=tuple(one for one in judged.not_covered if one.document in ("", belongs.key)),
        absent=tuple(name for name in named_but_absent(own) if name in judged.absent),
        papers=tuple(around),
    )


class Placed(Protocol):
    """A place of a package: what issue it is on, in which document ("" where there is one), and where."""

    @property
    def issue(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def start(self) -> int | None: ...


@dataclass(frozen=True)
class Belongs:
    """Whose business a finding of a package is: that of the document it stands in, as long as that one is
    reviewed on the issue at all. Silence is the business of a whole contract, not of an order form."""

    key: str
    is_part: bool
    reviewed: Mapping[str, frozenset[str]]  # document → issues its own playbook has
    whole: frozenset[str]  # other documents that are contracts of their own

    @classmethod
    def of(cls, contract: Contract, own: Page, around: Iterable[Version]) -> "Belongs":
        reviewed, whole = {}, set()
        for version in around:
            name, pinned = beside.key_of(version.contract), version.contract.playbook_version
            if pinned is not None:
                reviewed[name] = frozenset(issue.code for issue in rules_of_version(pinned).issues)
            if not beside.is_part(beside.stored_page(version)):
                whole.add(name)
        return cls(beside.key_of(contract), bool(around) and beside.is_part(own), reviewed, frozenset(whole))

    def here(self, found: Placed) -> bool:
        if found.document in ("", self.key):
            silent = found.start is None
            others = any(found.issue in self.reviewed.get(name, ()) for name in self.whole)
            return not (silent and self.is_part and others)
        return found.issue not in self.reviewed.get(found.document, ())


@dataclass(frozen=True)
class Mending:
    """What mends the findings of a contract: found beside the other documents of the deal, and where a part
    of the change stands in one of those, or their words keep anything from being safe, found for this
    contract by itself (`alone`; None where it has no company). Each document is mended in its own file."""

    contract: Contract
    case: Case
    alone: Case | None

    def changes(self, found: engine.Finding) -> list[Edit]:
        """The smallest change to the opening rung; empty where none is safe or needed."""
        issue, paper = self.case.playbook.issue(found.issue), self.contract.paper
        own = own_edits(self.contract, found.changes)
        if own or self.alone is None or is_enough(self.case, self.case.standing(issue), paper):
            return own
        opening, standing = issue.rung(issue.opening), self.alone.standing(issue)
        return own_edits(self.contract, smallest_change(self.alone, standing, opening, paper))

    def ways(self, found: engine.Finding, changes: list[Edit]) -> dict[str, list[Edit]]:
        """The changes to each rung better than where the text stands, those to the opening rung given; empty
        where none is safe."""
        issue = self.case.playbook.issue(found.issue)
        ways: dict[str, list[Edit]] = {}
        for rung in better_rungs(issue, found.status, found.rung):
            if rung.id == issue.opening and found.changes:
                ways[rung.id] = changes
                continue
            own = own_edits(self.contract, _proposed(self.case, issue, rung))
            if not own and self.alone is not None:
                own = own_edits(self.contract, _proposed(self.alone, issue, rung))
            ways[rung.id] = own
        return ways


def _proposed(case: Case, issue: rules.Issue, rung: rules.Rung) -> Iterable[Mapping[str, Any]]:
    """The smallest change from where the text stands to a rung below which it is."""
    standing = case.standing(issue)
    there = standing.rung is not None and standing.position <= depth(issue, rung.id)
    proposal = None if there else propose(case, standing, rung)
    return proposal.edits if proposal is not None else ()


def own_edits(contract: Contract, edits: Iterable[Mapping[str, Any]]) -> list[Edit]:
    """Edits with addresses as they count in the contract itself; none where a part of them stands in another
    document, since a change is made whole or not at all."""
    found: list[Edit] = []
    for edit in edits:
        document, _mark, block = str(edit["block"]).rpartition("|")
        if (edit.get("document") or document or beside.key_of(contract)) != beside.key_of(contract):
            return []
        found.append({name: value for name, value in edit.items() if name != "document"} | {"block": block})
    return found


def places(contract: Contract, source: Any, issues: set[str] | None = None) -> tuple[engine.Placed, ...]:
    """Where a text of the contract stands on these issues, beside the other documents. `blocks` are those of
    the contract itself."""
    told = engine.places(
        rules_of_version(_pinned(contract)),
        beside.page_of(contract, source),
        deal=deal_facts(contract),
        only=issues,
        paper=contract.paper,
    )
    return tuple(
        engine.Placed(
            one.issue,
            one.status,
            one.rung,
            tuple(block for address in one.blocks if (block := beside.own_block(contract, address))),
        )
        for one in told
    )


def edits_for_rung(finding: Finding, rung: str) -> list[Edit]:
    """The smallest change from the finding's version to a rung of its ladder; empty where none is safe or
    needed. Raises KeyError for a rung the ladder does not have."""
    if finding.ways is not None and rung in finding.ways:
        return [dict(edit) for edit in finding.ways[rung]]
    contract, version = finding.contract, finding.review.version
    page = beside.page_of(contract, redline.read(files.read_bytes(version.file)))
    edits = engine.proposal_for_rung(rules_of(finding), page, finding.issue, rung, deal=deal_facts(contract))
    return own_edits(contract, edits or ())


def rungs_to_offer(finding: Finding) -> list[rules.Rung]:
    """The rungs better than where the text stands, preferred first: what a counter may offer. Never one that
    is worse for us than what the other side already wrote."""
    return better_rungs(ladder_of(finding), finding.status, finding.rung or None)


def better_rungs(issue: rules.Issue, status: str, rung: str | None) -> list[rules.Rung]:
    stands = len(issue.rungs) if status == FindingStatus.UNSURE else issue.position(rung)
    return list(issue.rungs[:stands])


def rung_reached(finding: Finding, rung: str, would_be: bytes) -> str:
    """The rung that `would_be`, a file with the edits towards `rung` written in, stands on: that one, or a
    better one, since the words that open with a fallback sometimes ask for more than it.

    Where the text cannot be told, words that are also those of a better rung ask for the better rung.
    """
    playbook = rules_of(finding)
    issue = playbook.issue(finding.issue)
    (placed,) = places(finding.contract, redline.read(would_be), {finding.issue})
    if placed.rung == rung:
        return rung
    better = issue.rungs[: issue.position(rung)]
    words = _words_of(issue.rung(rung))
    told = [one.id for one in better if one.id == placed.rung]
    alike = [one.id for one in better if words and words <= _words_of(one)]
    return next(iter(told or alike), rung)


def _words_of(rung: rules.Rung) -> set[str]:
    return {edit.text.strip() for edit in rung.edits if edit.text.strip()}


def outward_reason(finding: Finding, rung: str) -> str:
    """What the other side may read about our asking for this rung. Never the finding's own sentence, which
    says what the review could or could not tell."""
    return ladder_of(finding).rung(rung).reason


def outward_reasons(finding: Finding) -> frozenset[str]:
    """Everything the playbook lets out about this issue."""
    issues = [issue for issue in rules_of(finding).issues if issue.code == finding.issue]
    return frozenset(rung.reason for issue in issues for rung in issue.rungs)
