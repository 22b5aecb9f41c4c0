"""A playbook out of our own template: each topic that Parley reads in it becomes a row, its reading the rule.

A template says what we ask for, not what we would settle for: a row has one position, and nothing below it
is invented. Every rule is held against the template itself before it is proposed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from clauses.topics.page import Page
from clauses.topics.rates import Rate, plain_item
from clauses.topics.values import Instance
from playbooks.condition_text import write
from playbooks.conditions import Compare, Condition, Ref
from playbooks.coverage import uncovered
from playbooks.evaluation import Facts
from playbooks.importing.building import Head, playbook_of
from playbooks.importing.columns import APPROVER, CATEGORY, ISSUE, PREFERRED, PREFERRED_WORDING, Columns
from playbooks.importing.decisions import TAKE, Decision, RungChoice
from playbooks.importing.labels import label_of
from playbooks.importing.own_words import flat
from playbooks.importing.tables import Table
from playbooks.importing.template_more import unasked
from playbooks.importing.template_rules import (
    CARD,
    Rule,
    read_besides,
    rule_for,
)
from playbooks.judge import Case, Standing
from playbooks.library import shipped, shipped_names
from playbooks.papers import terms_elsewhere
from playbooks.rates import ALL_RATES
from playbooks.review import page_of
from playbooks.topics import TOPICS

THERE = Compare(Ref("value", "clause"), "present")
MOST_CHARACTERS = 500_000
"""Of a template: some two hundred pages."""
LONGEST_NAME = 80
_DEFINED = re.compile(r"(?:[\d.]+\s+)?([“\"][^”\"]{2,60}[”\"]) (?:means|shall mean|has the meaning)")
_MARKUP = re.compile(r"\{[^{}]*\}")
"""What a program that fills in a form leaves in its rows: “{IF has_insurance}Insurance Minimums”."""


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
            (topic, Decision(TAKE, topic, topic=topic, rungs=(rung_of(THERE, topic),))) for topic in TOPICS
        ]
        head = Head("probe", "Probe", "other", "both", rates=self.rates)
        return Case(playbook_of(head, issues), self.page, {})

    @cached_property
    def rates(self) -> dict[str, Any]:
        """Its own rates as a rate card in stored form; none where a row has no price, unit or currency."""
        rows: dict[tuple[str, str, str], Rate] = {}
        for place in TOPICS["rate_card"].read(self.page):
            for rate in place.values[ALL_RATES].rates:
                if not (rate.price and rate.item and rate.unit and rate.currency):
                    return {}
                key = (plain_item(rate.item), rate.currency, rate.unit)
                known = rows.get(key)
                rows[key] = rate if known is None or (known.price or 0) < rate.price else known
        said = [
            {"item": one.item, "price": f"{one.price:f}", "currency": one.currency, "unit": one.unit}
            for one in rows.values()
        ]
        return {CARD: {"rows": said}} if said else {}

    def places(self, topic: str) -> Sequence[Instance]:
        """Every place where the template speaks on a topic."""
        return self._probe.instances(topic)

    def standing(self, topic: str) -> Standing:
        """Whether the topic is there, or why that cannot be told."""
        return self._probe.standing(self._probe.playbook.issue(topic))

    def _facts(self, topic: str) -> list[Facts]:
        """What each place where the template speaks on a topic says."""
        issue = self._probe.playbook.issue(topic)
        return [self._probe.facts(issue, one) for one in self.places(topic)]

    def rule(self, topic: str, side: str, contract_type: str) -> Rule:
        """What the template says on a topic, as comparisons."""
        return rule_for(topic, side=side, contract_type=contract_type, facts=self._facts(topic))

    def besides(self, topic: str, rule: Rule) -> tuple[Compare, ...]:
        """What else it says on a topic."""
        return read_besides(topic, rule, self._facts(topic))

    def unasked(self, topic: str, rule: Rule, side: str) -> tuple[Compare, ...]:
        """What its words say on a topic and the rule does not ask for."""
        return tuple(unasked(topic, rule.condition, side=side, facts=self._facts(topic)))

    def meets(self, decision: Decision, head: Head) -> Standing:
        """Where the template itself stands by the rule of a row."""
        read = playbook_of(head, [("issue", decision)])
        return Case(read, self.page, {}).standing(read.issue("issue"))

    def where(self, topic: str) -> str:
        """The clause in which the template first speaks on the topic: “8.1 Limit of Liability”; on a cover
        page the name of its row, among definitions the term."""
        line = self.page.line_at(min(one.start for one in self.places(topic)))
        if name := self._row_name(line.block):
            return name
        if term := _DEFINED.match(line.text):
            return f"{line.number.strip(' .')} {term[1]}".strip()
        return " ".join(part for part in (line.number.strip(" ."), line.title.strip(" .")) if part)

    def _row_name(self, block: str) -> str:
        """What stands left of a value in a table of two columns; "" elsewhere."""
        places = self.page.cells
        table, row, column = places.get(block, (-1, -1, 0))
        if column != 1 or any(at[0] == table and at[2] > 1 for at in places.values()):
            return ""
        left = (line.text for line in self.page.lines if places.get(line.block) == (table, row, 0))
        names = (_MARKUP.sub("", text).strip(" .:\t") for text in left)
        name = next((name for name in names if name), "")
        return name if len(name) <= LONGEST_NAME else ""

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

    @property
    def terms_elsewhere(self) -> str:
        """The terms that it only points to and does not carry; "" where it is whole."""
        return terms_elsewhere(self.page)

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


def rung_of(condition: Condition, topic: str) -> RungChoice:
    """The one rung of a row."""
    return RungChoice(PREFERRED, label_of(topic, condition), when=write(condition))


def is_unusual(topic: str, contract_type: str) -> bool:
    """Whether no shipped playbook for this kind of contract has a rule on the topic; where none ships for it,
    whether only employment contracts speak of it."""
    usual = usual_topics(contract_type)
    return topic not in usual if usual else kinds_with(topic) == {"employment"}


@cache
def kinds_with(topic: str) -> frozenset[str]:
    """The kinds of contract whose shipped playbooks have rules on a topic."""
    books = [shipped(name) for name in shipped_names()]
    return frozenset(book.contract_type for book in books if any(i.topic == topic for i in book.issues))


@cache
def usual_topics(contract_type: str, side: str = "") -> frozenset[str]:
    """The topics that shipped playbooks for this kind of contract have rules on."""
    books = [shipped(name) for name in shipped_names()]
    kind = [book for book in books if book.contract_type == contract_type and side in ("", book.side)]
    return frozenset(issue.topic for book in kind for issue in book.issues)
