"""One finding: where a text stands on an issue, on which words, by which rule, and why better rules did not
fire."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from clauses.topics.page import Page
from clauses.topics.values import Instance, Span, Value
from playbooks.cautions import cautions
from playbooks.condition_words import describe
from playbooks.conditions import Compare, leaves
from playbooks.evaluation import MAYBE, NO, YES
from playbooks.finding_words import sentence
from playbooks.judge import (
    COMPLIANT,
    FALLBACK,
    UNSURE,
    Case,
    Standing,
    decided_by,
    depth,
    verdict,
)
from playbooks.meaning import rests_on
from playbooks.numbers import mentions
from playbooks.package import PackagePage, Where, where
from playbooks.proposals import propose
from playbooks.rates import Beside
from playbooks.risk import severity_of, weight_of
from playbooks.rules import OUTSIDE, ApproverRule, Rung
from playbooks.text_changes import Edit
from playbooks.topics import TOPICS


@dataclass(frozen=True)
class Finding:
    """What the review says on one issue. `rung` is a rung id, "walk_away", or None when it could not be told.

    `reason` may be shown outside; `guidance` may not and is not part of `to_data`. Offsets count code
    points of the accepted text of `document` (of the one document reviewed, where it is ""); `blocks` are
    the addresses the quote stands in. `rule` says in one sentence what the text says and what we accept,
    `decided_by` the comparisons that decided it. `rule_id` names playbook, version, issue and rung; `why_not`
    says for each better rung what it lacked; `cautions` are for the person who decides; `rests_on` are the
    definitions the words use.
    """

    issue: str
    title: str
    category: str
    rung: str | None
    status: str
    severity: str
    weight: int
    document: str
    clause: str
    quote: str
    start: int | None
    end: int | None
    blocks: tuple[str, ...]
    value: Mapping[str, Any]
    expected: str
    rule: str
    rule_id: str
    reason: str
    changes: tuple[Edit, ...]
    approval: tuple[Mapping[str, Any], ...]
    checked: tuple[Mapping[str, str], ...]
    why_not: tuple[Mapping[str, str], ...]
    also: tuple[Mapping[str, Any], ...]
    cautions: tuple[str, ...] = ()
    rests_on: tuple[Mapping[str, str], ...] = ()
    decided_by: str = ""
    guidance: str = ""
    rates: tuple[Mapping[str, Any], ...] = ()
    """The rows of a rate card, theirs beside ours."""

    def to_data(self) -> dict[str, Any]:
        """The finding as plain JSON values, without internal guidance."""
        plain = {name: value for name, value in vars(self).items() if name not in {"guidance", "rates"}}
        if self.rates:
            plain["rates"] = [dict(row) for row in self.rates]
        for name in ("blocks", "cautions"):
            plain[name] = list(plain[name])
        for name in ("changes", "approval", "checked", "why_not", "also", "rests_on"):
            plain[name] = [dict(item) for item in plain[name]]
        return {**plain, "value": dict(self.value)}


def finding(case: Case, standing: Standing, paper: str, earlier: "Earlier | None" = None) -> Finding:
    """The finding on one issue, with its proposal where the text is worse than what is left alone."""
    issue, page, instance = standing.issue, case.page, standing.instance
    opening = issue.rung(issue.opening)
    facts = case.facts(issue, instance)
    judged = _judged_rung(standing)
    place = None if instance is None else where(page, instance.spans[0])
    resting = rests_on(page, instance)
    kept = None if earlier is None else earlier.changes_for(standing, page, resting)
    changes = smallest_change(case, standing, opening, paper) if kept is None else kept
    return Finding(
        issue=issue.code,
        title=issue.title,
        category=issue.category,
        rung=standing.rung,
        status=standing.status,
        severity=severity_of(standing),
        weight=weight_of(standing),
        document=place.document if place else "",
        clause=clause_name(page, instance),
        quote=place.quote if place else "",
        start=place.start if place else None,
        end=place.end if place else None,
        blocks=tuple(_own(block) for block in blocks_of(page, instance)),
        value=_values(instance),
        expected=f"{opening.label}: {describe(opening.when, facts.specs)}",
        rule=sentence(case, standing, paper),
        decided_by=_decided_by(standing, judged, case),
        rule_id=_rule_id(case, standing),
        reason=opening.reason,  # why we ask for it; why something could not be told is nobody else's business
        changes=changes,
        approval=_approval(standing),
        checked=_checked(case, standing),
        why_not=_why_not(case, standing),
        also=_also(page, standing),
        cautions=cautions(case, standing, changes),
        rests_on=resting,
        guidance=judged.guidance if judged else issue.walk_away.guidance,
        rates=_rates(case, standing, opening) if instance is not None else (),
    )


@dataclass(frozen=True)
class Earlier:
    """The review of the text before an edit: what stands as it stood keeps its proposal."""

    findings: Mapping[str, Finding]
    page: Page

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {line.block: line.text for line in self.page.lines}

    def _is_laid_out_as(self, page: Page) -> bool:
        """Whether the same paragraphs follow each other and the same clauses are referred to."""
        if [line.block for line in self.page.lines] != [line.block for line in page.lines]:
            return False
        return {number for number, _ in mentions(self.page)} == {number for number, _ in mentions(page)}

    def changes_for(
        self, standing: Standing, page: Page, resting: tuple[Mapping[str, str], ...]
    ) -> tuple[Edit, ...] | None:
        """The earlier proposal where words, values, rung and definitions are the same, else None."""
        was = self.findings.get(standing.issue.code)
        now_is = (standing.rung, resting, _values(standing.instance))
        if was is None or (was.rung, was.rests_on, was.value) != now_is:
            return None
        if isinstance(page, PackagePage) or isinstance(self.page, PackagePage):
            return None
        if any(edit["op"] != "replace" for edit in was.changes) and not self._is_laid_out_as(page):
            return None  # where a clause goes, and what its going leaves behind, depends on its neighbours
        blocks = {str(edit["block"]) for edit in was.changes}.union(blocks_of(page, standing.instance))
        now = {line.block: line.text for line in page.lines if line.block in blocks}
        stands_there = set(was.blocks) == set(blocks_of(page, standing.instance))
        unchanged = all(block in now and self._texts.get(block) == now[block] for block in blocks)
        return was.changes if stands_there and unchanged else None


def _rates(case: Case, standing: Standing, opening: Rung) -> tuple[Mapping[str, Any], ...]:
    """Each row that the opening rung compares with a rate card, with its place and the price we ask for: the
    rows of every table of the document that decides, in its order."""
    page, compared = case.page, [leaf for leaf in leaves(opening.when) if isinstance(leaf, Compare)]
    places = [one for one in (standing.instance, *(other for other, _ in standing.others)) if one is not None]
    own = {where(page, one.spans[0]).document for one in places[:1]}
    here = sorted(
        (one for one in places if where(page, one.spans[0]).document in own), key=lambda one: one.start
    )
    facts = [case.facts(standing.issue, one) for one in here]
    rows = (row for known in facts for leaf in compared for row in known.beside(leaf))
    return tuple(_rate_row(page, row) for row in rows)


def _rate_row(page: Page, row: Beside) -> Mapping[str, Any]:
    """Prices as text, exact; `ours` is "" where the card has no row that can be compared."""
    theirs = row.theirs
    at = theirs.figures or theirs.at
    place = where(page, at)
    return {
        "item": theirs.item,
        "theirs": "" if theirs.price is None else f"{theirs.price:f}",
        "ours": "" if row.most is None else f"{row.most:f}",
        "currency": theirs.currency,
        "unit": theirs.unit,
        "verdict": {True: "within", False: "above", None: "unknown"}[row.holds],
        "why": row.why,
        "quote": place.quote,
        "start": place.start,
        "end": place.end,
        "block": _own(page.line_at(at.start).block),
        "document": place.document,
    }


def _own(block: str) -> str:
    return block.rpartition("|")[2]


def _judged_rung(standing: Standing) -> Rung | None:
    return None if standing.rung in {None, OUTSIDE} else standing.issue.rung(str(standing.rung))


def clause_name(page: Page, instance: Instance | None) -> str:
    """Number and heading of the clause a place stands in."""
    if instance is None:
        return ""
    line = page.line_at(instance.spans[0].start)
    return " ".join(part for part in (line.number.rstrip("."), line.title) if part)


def blocks_of(page: Page, instance: Instance | None) -> tuple[str, ...]:
    """The addresses of the paragraphs a place stands in."""
    if instance is None:
        return ()
    found: dict[str, None] = {}
    for span in instance.spans:
        for index in range(page.index_at(span.start), page.index_at(max(span.start, span.end - 1)) + 1):
            found.setdefault(page.lines[index].block)
    return tuple(found)


def _values(instance: Instance | None) -> dict[str, Any]:
    if instance is None:
        return {}
    return {name: json_value(instance.values[name]) for name in sorted(instance.values)}


def json_value(value: Value) -> Any:
    """A value as JSON carries it; one that was not read says why."""
    if not value.is_read:
        return {value.state: value.why}
    if isinstance(value.value, Decimal):
        return int(value.value) if value.value == value.value.to_integral_value() else f"{value.value:f}"
    return list(value.value) if isinstance(value.value, tuple) else value.value


def _rule_id(case: Case, standing: Standing) -> str:
    playbook = case.playbook
    decided = standing.rung or "unsure"
    return f"{playbook.name}@{playbook.version}/{standing.issue.code}/{decided}#{playbook.digest[:8]}"


def _decided_by(standing: Standing, judged: Rung | None, case: Case) -> str:
    issue = standing.issue
    if standing.status == UNSURE:
        return f"Could not tell, because {standing.why_unsure}."
    if standing.instance is None:
        return f"Nothing was found on {TOPICS[issue.topic].looks_for}. {issue.missing.reason}"
    facts = case.facts(issue, standing.instance)
    if judged is not None:
        held = [step for step in decided_by(issue, facts, judged.id) if step.verdict == YES]
        found = "; ".join(f"{step.says} (found: {step.found})" for step in held)
        return f"{judged.id} “{judged.label}” holds: {found or describe(judged.when, facts.specs)}."
    lowest = issue.rungs[-1]
    failed = [step for step in decided_by(issue, facts, lowest.id) if step.verdict == NO]
    lacks = "; ".join(f"needs “{step.says}”, found {step.found}" for step in failed)
    return f"Below the last rung, {lowest.id} “{lowest.label}”: {lacks}."


def is_enough(case: Case, standing: Standing, paper: str) -> bool:
    """Whether the text stands where it gets no mark-up; False where that could not be told."""
    return standing.status != UNSURE and _stands_high_enough(case, standing, paper)


def _stands_high_enough(case: Case, standing: Standing, paper: str) -> bool:
    issue = standing.issue
    return standing.position <= depth(issue, issue.left_alone(paper, case.deal))


def smallest_change(case: Case, standing: Standing, opening: Rung, paper: str) -> tuple[Edit, ...]:
    """The edits that lead to the opening rung; none where the text is enough, where it cannot be told, and
    where none is safe."""
    is_told = standing.status != UNSURE or standing.is_blank
    if not is_told or _stands_high_enough(case, standing, paper):
        return ()
    if case.unread and standing.instance is not None and _may_be_better(case, standing):
        return ()
    proposal = propose(case, standing, opening)
    return () if proposal is None else tuple(_addressed(edit) for edit in proposal.edits)


def _may_be_better(case: Case, standing: Standing) -> bool:
    """Whether the terms that were not read may lift the text to a better rung than it stands on."""
    facts = case.facts(standing.issue, standing.instance)
    better = standing.issue.rungs[: standing.issue.position(standing.rung)] if standing.rung else ()
    return any(verdict(rung, facts) == MAYBE for rung in better)


def _addressed(edit: Edit) -> Edit:
    """In a package, the document an edit belongs to, beside its address in that document."""
    document, mark, block = str(edit["block"]).rpartition("|")
    if not mark:
        return edit
    like = {"style_from": _own(str(edit["style_from"]))} if "style_from" in edit else {}
    return {**edit, **like, "block": block, "document": document}


def _approval(standing: Standing) -> tuple[Mapping[str, Any], ...]:
    rule: ApproverRule | None
    if standing.status in {COMPLIANT, FALLBACK} and standing.rung is not None:
        rule = standing.issue.rung(standing.rung).approvers
    else:
        rule = standing.issue.walk_away.approvers
    return () if rule is None else ({"mode": rule.mode, "roles": list(rule.roles)},)


def _checked(case: Case, standing: Standing) -> tuple[Mapping[str, str], ...]:
    issue = standing.issue
    looked = {
        "rung": "",
        "says": f"looked for {TOPICS[issue.topic].looks_for}",
        "found": "nothing" if standing.instance is None else "read",
        "verdict": "",
    }
    if standing.instance is None:
        return (looked,)
    facts = case.facts(issue, standing.instance)
    rows = [
        {"rung": rung.id, "says": step.says, "found": step.found, "verdict": step.verdict}
        for rung in issue.rungs
        for step in decided_by(issue, facts, rung.id)
    ]
    return (looked, *rows)


def _why_not(case: Case, standing: Standing) -> tuple[Mapping[str, str], ...]:
    """For each rung better than where the text stands: what it lacked, or what could not be told."""
    issue = standing.issue
    if standing.instance is None:
        return ()
    facts = case.facts(issue, standing.instance)
    better = issue.rungs[: issue.position(standing.rung)]
    found = []
    for rung in better:
        told = verdict(rung, facts)
        if told != YES:
            open_steps = [step for step in decided_by(issue, facts, rung.id) if step.verdict != YES]
            says = "; ".join(
                f"needs “{step.says}”, found {step.found or 'another rung'}" for step in open_steps
            )
            found.append({"rung": rung.id, "verdict": told, "says": says})
    return tuple(found)


def _also(page: Page, standing: Standing) -> tuple[Mapping[str, Any], ...]:
    """The other words the finding rests on, and the other places that speak on the issue with their rungs."""
    own = () if standing.instance is None else standing.instance.spans[1:]
    places: list[tuple[Span, str | None]] = [(span, standing.rung) for span in own]
    places += [(span, rung) for instance, rung in standing.others for span in instance.spans]
    return tuple(
        _also_row(where(page, span), rung) for span, rung in sorted(places, key=lambda place: place[0].start)
    )


def _also_row(place: Where, rung: str | None) -> Mapping[str, Any]:
    row = {"rung": rung, "quote": place.quote, "start": place.start, "end": place.end}
    return {**row, "document": place.document} if place.document else row
