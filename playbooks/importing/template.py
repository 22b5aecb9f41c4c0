"""A playbook out of our own template: each topic that Parley reads in it becomes a row, its reading the rule.

A template says what we ask for, not what we would settle for: a row has one position, and nothing below it
is invented. Every rule is held against the template itself before it is proposed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from clauses.topics.page import Page
from clauses.topics.values import Instance
from playbooks.condition_text import write
from playbooks.condition_words import describe
from playbooks.conditions import Compare, Condition, Ref
from playbooks.coverage import uncovered
from playbooks.everywhere import specs_of
from playbooks.importing.building import Head, playbook_of
from playbooks.importing.columns import APPROVER, CATEGORY, ISSUE, PREFERRED, PREFERRED_WORDING, Columns
from playbooks.importing.decisions import ACCEPT, ASK, LEAVE, TAKE, Decision, RungChoice
from playbooks.importing.lines import SourceRow
from playbooks.importing.own_words import (
    flat,
    has_blank,
    party_named,
    points_elsewhere,
    sections_of,
    texts_of,
    usable,
    with_variables,
)
from playbooks.importing.positions import CHECK, SURE, UNSURE, Candidate
from playbooks.importing.proposing import Note, Proposal, shortened, walk_approvers
from playbooks.importing.tables import Table
from playbooks.importing.template_rules import Rule, is_fine_without, read_besides, rule_for, weighed
from playbooks.importing.topic_guess import Guess
from playbooks.judge import COMPLIANT, Case, Standing
from playbooks.library import shipped, shipped_names
from playbooks.review import page_of, place_text
from playbooks.rules import Playbook
from playbooks.topics import TOPICS

THERE = Compare(Ref("value", "clause"), "present")
MOST_CHARACTERS = 500_000
"""Of a template: some two hundred pages."""


@dataclass(frozen=True)
class Template:
    """The lines of a template (address, text, number, kind), the addresses that run on, the places in tables
    (address, table, row, column), and the topics found in it, in reading order."""

    lines: tuple[tuple[str, str, str, str], ...]
    joined: tuple[str, ...]
    cells: tuple[tuple[str, int, int, int], ...]
    topics: tuple[str, ...]

    @classmethod
    def read(cls, source: Any) -> "Template":
        """The template of a `redline.Document` or of plain text."""
        page = page_of(source)
        kinds = getattr(page, "kinds", {})
        lines = tuple((line.block, line.text, line.number, kinds.get(line.block, "")) for line in page.lines)
        joined = tuple(line.block for line in page.lines if line.runs_on)
        cells = tuple((block, *place) for block, place in page.cells.items())
        found = cls(lines, joined, cells, ())
        starts = {
            topic: min(one.start for one in places) for topic in TOPICS if (places := found.places(topic))
        }
        return replace(found, topics=tuple(sorted(starts, key=lambda topic: (starts[topic], topic))))

    @cached_property
    def page(self) -> Page:
        cells = {block: (table, row, column) for block, table, row, column in self.cells}
        return Page.from_rows(self.lines, runs_on=frozenset(self.joined), cells=cells)

    @cached_property
    def _probe(self) -> Case:
        """The page before a playbook that asks of every topic only whether it is there."""
        issues = [
            (topic, Decision(TAKE, topic, topic=topic, rungs=(_rung(THERE, topic),))) for topic in TOPICS
        ]
        return Case(playbook_of(Head("probe", "Probe", "other", "both"), issues), self.page, {})

    def places(self, topic: str) -> Sequence[Instance]:
        """Every place where the template speaks on a topic."""
        return self._probe.instances(topic)

    def standing(self, topic: str) -> Standing:
        """Whether the topic is there, or why that cannot be told."""
        return self._probe.standing(self._probe.playbook.issue(topic))

    def rule(self, topic: str, side: str, contract_type: str) -> Rule:
        """What the template says on a topic, as comparisons."""
        issue = self._probe.playbook.issue(topic)
        facts = [self._probe.facts(issue, one) for one in self.places(topic)]
        return rule_for(topic, side=side, contract_type=contract_type, facts=facts)

    def besides(self, topic: str, rule: Rule) -> tuple[Compare, ...]:
        """What else it says on a topic."""
        issue = self._probe.playbook.issue(topic)
        return read_besides(topic, rule, [self._probe.facts(issue, one) for one in self.places(topic)])

    def meets(self, decision: Decision, head: Head) -> Standing:
        """Where the template itself stands by the rule of a row."""
        read = playbook_of(head, [("issue", decision)])
        return Case(read, self.page, {}).standing(read.issue("issue"))

    def where(self, topic: str) -> str:
        """The clause in which the template first speaks on the topic: “8.1 Limit of Liability”."""
        line = self.page.line_at(min(one.start for one in self.places(topic)))
        return " ".join(part for part in (line.number.strip(" ."), line.title.strip(" .")) if part)

    def table(self, name: str, approver: str) -> tuple[Table, Columns]:
        """The topics as a table like one from a file: issue, clause, its words, who approves less."""
        rows = [
            (TOPICS[topic].title, self.where(topic), self.words(topic), approver) for topic in self.topics
        ]
        columns = Columns((ISSUE, CATEGORY, PREFERRED_WORDING, APPROVER), 0, sure=True)
        return Table(name, (("Issue", "Clause", "Preferred wording", "Approver"), *rows)), columns

    def words(self, topic: str) -> str:
        """All words of a topic, as they stand."""
        return flat(self.page, [span for one in self.places(topic) for span in one.spans])

    def silent_on(self, side: str, contract_type: str) -> tuple[str, ...]:
        """The topics on which it says nothing, though the shipped playbooks for this kind of contract have
        rules on them for our side (for any side where there are none)."""
        asked = usual_topics(contract_type, side) or usual_topics(contract_type)
        return tuple(sorted(asked - set(self.topics), key=lambda topic: TOPICS[topic].title))

    def not_read(self) -> tuple[str, ...]:
        """The clauses in which Parley reads no topic."""
        spans = [span for topic in self.topics for one in self.places(topic) for span in one.spans]
        return tuple(dict.fromkeys(one.clause or one.quote for one in uncovered(self.page, spans)))

    def to_data(self) -> dict[str, Any]:
        return {
            "lines": [list(line) for line in self.lines],
            "joined": list(self.joined),
            "cells": [list(cell) for cell in self.cells],
            "topics": list(self.topics),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Template":
        return cls(
            tuple((str(line[0]), str(line[1]), str(line[2]), str(line[3])) for line in data["lines"]),
            tuple(str(block) for block in data["joined"]),
            tuple((str(c[0]), int(c[1]), int(c[2]), int(c[3])) for c in data["cells"]),
            tuple(str(topic) for topic in data["topics"]),
        )


@cache
def usual_topics(contract_type: str, side: str = "") -> frozenset[str]:
    """The topics that shipped playbooks for this kind of contract have rules on."""
    books = [shipped(name) for name in shipped_names()]
    kind = [book for book in books if book.contract_type == contract_type and side in ("", book.side)]
    return frozenset(issue.topic for book in kind for issue in book.issues)


def propose_from(template: Template, row: SourceRow, *, head: Head, topic: str | None = None) -> Proposal:
    """What a topic of the template means as an issue: one position that the template meets, or why none.

    With `topic` the row is read on that topic instead.
    """
    own = template.topics[row.row - 1]
    chosen = own if topic is None else topic
    guesses = (Guess(own, 5.0, SURE, "read in its words"),)
    left = Decision(LEAVE, row.title, category=row.category, topic=chosen, walk_approvers=walk_approvers(row))
    if chosen not in TOPICS:
        return Proposal(replace(left, topic=""), UNSURE, guesses, (), ())
    if not template.places(chosen):
        why = "your template says nothing on this topic"
        return Proposal(replace(left, why=why), UNSURE, guesses, (), (_note(why),))
    there = template.standing(chosen)
    if there.rung is None:
        why = f"the template leaves this open, so no rule can be made of it: {there.why_unsure}"
        return Proposal(replace(left, why=why), UNSURE, guesses, (), (_note(why),))
    return _proposed(template, row, chosen, head, left, guesses)


def _proposed(
    template: Template, row: SourceRow, topic: str, head: Head, left: Decision, guesses: tuple[Guess, ...]
) -> Proposal:
    rule = template.rule(topic, head.side, head.contract_type)
    fine = is_fine_without(topic, side=head.side, contract_type=head.contract_type)
    category, risk = weighed(topic, side=head.side, contract_type=head.contract_type)
    decision = replace(
        left,
        use=TAKE,
        category=category,
        risk=risk,
        title=TOPICS[topic].title,
        rungs=(_rung(rule.condition, topic),),
        silence=ACCEPT if fine else ASK,
        guidance=f"From our template: {row.category}" if row.category else "",
    )
    if template.meets(decision, head).status != COMPLIANT:
        rule = Rule((), guided=rule.guided)
        decision = replace(decision, rungs=(_rung(THERE, topic),))
    doubts = list(_doubts(rule, topic, head))
    if fine and not rule.parts:
        why = "silence is fine for your side too, so there is nothing to check unless you add a condition"
        decision = decision.left(why)
        doubts.append(why)
    decision, more = _with_words(template, topic, decision, head)
    options = _options(rule, template.besides(topic, rule))
    notes = tuple(_note(says) for says in (*doubts, *more))
    return Proposal(decision, CHECK if doubts else SURE, guesses, (options,), notes)


def _doubts(rule: Rule, topic: str, head: Head) -> Iterator[str]:
    """What a person should look at in a rule."""
    if not rule.parts:
        if rule.guided and TOPICS[topic].values:
            yield "it meets nothing that Parley’s own playbooks ask for you; what it says is offered below"
        yield "the rule only asks that there is such a clause"
    elif not rule.guided:
        yield "no playbook of Parley’s own speaks for your side on this: look whether it asks the right way"
    if rule.only_forbids:
        yield "the rule only says what must not stand there"
    for part in rule.parts:
        if isinstance(part, Compare) and part.left.name in rule.exact:
            says = describe(part, specs_of(topic))
            yield f"nothing tells whether more or less is better for you; the rule asks for exactly this: {says}"
    for name, why in rule.untold:
        yield f"not asked for, as your template does not say it: {specs_of(topic)[name].says} ({why})"
    if topic not in usual_topics(head.contract_type):
        yield "unusual in this kind of contract: take it only where these words are meant"


def _with_words(template: Template, topic: str, decision: Decision, head: Head) -> tuple[Decision, list[str]]:
    """The decision with an example and a wording that land on its rung when they are read alone."""
    read = playbook_of(head, [("issue", decision)])
    page = template.page
    texts = texts_of(page, template.places(topic))
    rung, notes = decision.rungs[0], list[str]()
    around = sections_of(page, template.places(topic))
    example = next((text for text in (*texts, *around) if _lands(read, text)), "")
    fitting = [one for text in texts for one in usable(text) if _lands(read, one)]
    wording = next((one for one in fitting if not party_named(one, page)), "")
    if rung.when == "clause absent":
        wording = ""
    elif not wording:
        notes.append(_why_no_wording(fitting, texts, page))
    if not example:
        notes.append(
            "read without the rest of the template its words do not say enough, so there is no example"
        )
    said = with_variables(wording, page, head.contract_type)
    return replace(decision, rungs=(replace(rung, wording=said, example=example),)), notes


def _why_no_wording(fitting: Sequence[str], texts: Sequence[str], page: Page) -> str:
    if fitting:
        return f"no wording is proposed: its words name a party of it, “{party_named(fitting[0], page)}”"
    if any(True for text in texts for _one in usable(text)):
        return "no wording is proposed: read alone, its words do not stand where the template does"
    pointing = points_elsewhere(texts[0])
    if pointing:
        return f"no wording is proposed: its words point to another place of it (“{pointing}”)"
    if has_blank(texts[0]):
        return "no wording is proposed: its words leave a blank"
    return "no wording is proposed: its words are no whole sentence, as in a table"


def _lands(read: Playbook, text: str) -> bool:
    return place_text(read, "issue", text).rung == "P"


def _rung(condition: Condition, topic: str) -> RungChoice:
    said = describe(condition, specs_of(topic))
    return RungChoice(PREFERRED, shortened(said[:1].upper() + said[1:]), when=write(condition))


def _options(rule: Rule, besides: Sequence[Compare]) -> tuple[Candidate, ...]:
    """The rule, its numbers both ways where their way is open, its comparisons alone, what else is said."""
    found = [Candidate(write(rule.condition), CHECK, "what your template says")]
    for part in rule.parts:
        if isinstance(part, Compare) and part.left.name in rule.exact:
            for op, why in ((">=", "where more is better for you"), ("<=", "where less is better for you")):
                turned = tuple(replace(one, op=op) if one is part else one for one in rule.parts)
                found.append(Candidate(write(replace(rule, parts=turned).condition), CHECK, why))
    if len(rule.parts) > 1:
        found += [Candidate(write(part), CHECK, "one of these alone") for part in rule.parts]
    for more in besides:
        found.append(
            Candidate(
                write(replace(rule, parts=(*rule.parts, more)).condition),
                CHECK,
                "your template also says this",
            )
        )
    found.append(Candidate(write(THERE), UNSURE, "whatever the clause says"))
    return tuple({candidate.when: candidate for candidate in reversed(found)}.values())[::-1]


def _note(says: str) -> Note:
    return Note(0, 0, says)
