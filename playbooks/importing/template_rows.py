"""The rows of a template: for each topic the rule, its words and example, and what a person should see."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from clauses.topics.page import Page
from clauses.topics.values import READ
from playbooks.condition_text import write
from playbooks.conditions import Compare
from playbooks.everywhere import specs_of
from playbooks.importing.building import Head, playbook_of
from playbooks.importing.decisions import ACCEPT, ASK, LEAVE, TAKE, Decision
from playbooks.importing.labels import plainly
from playbooks.importing.lines import SourceRow
from playbooks.importing.own_words import (
    has_blank,
    party_named,
    points_elsewhere,
    sections_of,
    terms_left,
    texts_of,
    usable,
    with_variables,
)
from playbooks.importing.positions import CHECK, SURE, UNSURE, Candidate
from playbooks.importing.proposing import Note, Proposal, walk_approvers
from playbooks.importing.template import THERE, Template, is_unusual, rung_of
from playbooks.importing.template_misread import misread_here
from playbooks.importing.template_rules import (
    Rule,
    exact_numbers,
    is_fine_without,
    turned,
    weighed,
)
from playbooks.importing.topic_guess import Guess
from playbooks.judge import COMPLIANT
from playbooks.review import place_text
from playbooks.rules import Playbook
from playbooks.topics import TOPICS

_ALONE_NAME = re.compile(r"\b(?:of|in) (?:the )?$")
_PLACE_NAME = re.compile(r"[A-Z][\w’-]+(?: (?:and |of |the )?[A-Z][\w’-]+){0,4}")


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
        rungs=(rung_of(rule.condition, topic),),
        silence=ACCEPT if fine else ASK,
        guidance=f"From our template: {row.category}" if row.category else "",
    )
    if template.meets(decision, head).status != COMPLIANT:
        rule = Rule((), guided=rule.guided)
        decision = replace(decision, rungs=(rung_of(THERE, topic),))
    doubts = list(_doubts(rule, topic, head))
    if left_over := template.unasked(topic, rule, head.side):
        said = "; ".join(plainly(topic, one) for one in left_over)
        doubts.append(f"not asked for although your template says it: {said}")
    if misread := misread_here(template, topic, head):
        decision = decision.left(misread)
        doubts.append(misread)
    if fine and not rule.parts:
        why = "silence is fine for your side too, so there is nothing to check unless you add a condition"
        decision = decision.left(why)
        doubts.append(why)
    decision, more = _with_words(template, topic, decision, head)
    options = _options(rule, template.besides(topic, rule), CHECK if doubts else SURE)
    notes = tuple(_note(says) for says in (*doubts, *more))
    return Proposal(decision, CHECK if doubts else SURE, guesses, (options,), notes)


def _doubts(rule: Rule, topic: str, head: Head) -> Iterator[str]:
    """What a person should look at in a rule."""
    unusual, asks = is_unusual(topic, head.contract_type), bool(rule.parts)
    if unusual and asks and not rule.guided:
        yield (
            "no playbook of Parley’s own looks at this in such contracts or for your side: take it only if"
            " this is meant, and look whether the rule asks the right way"
        )
    elif unusual:
        yield "no playbook of Parley’s own looks at this in such contracts: take it only if this is meant"
    elif asks and not rule.guided:
        yield "no playbook of Parley’s own asks this for your side: look whether the rule asks the right way"
    if not asks:
        if rule.guided and TOPICS[topic].values:
            yield "it says nothing that Parley’s own playbooks ask for on your side: choose what you ask for"
        yield "the rule only asks that there is such a clause"
    if rule.only_forbids:
        yield "the rule only says what must not stand there"
    for leaf in exact_numbers(rule):
        says = plainly(topic, leaf)
        yield f"whether more or less is better for you is not told, so it asks for exactly this: {says}"
    for name, why in rule.untold:
        yield f"not asked for, as your template does not say it: {specs_of(topic)[name].says} ({why})"


def _with_words(template: Template, topic: str, decision: Decision, head: Head) -> tuple[Decision, list[str]]:
    """The decision with an example and a wording that land on its rung when they are read alone."""
    read = playbook_of(head, [("issue", decision)])
    page = template.page
    texts = texts_of(page, template.places(topic))
    rung, notes = decision.rungs[0], list[str]()
    around = sections_of(page, template.places(topic))
    example = next((text for text in (*texts, *around) if _lands(read, text)), "")
    fitting = [one for text in texts for one in usable(text) if _lands(read, one)]
    said = {one: with_variables(one, page, head.contract_type) for one in fitting}
    wording = next((one for one in said.values() if not party_named(one, page)), "")
    if rung.when == "clause absent":
        wording = ""
    elif not wording:
        notes.append(_why_no_wording(list(said.values()), texts, page))
    if not example:
        notes.append(
            "read without the rest of the template its words do not say enough, so there is no example"
        )
    if left := ", ".join(terms_left(wording, page)):
        uses = f"its wording uses terms of the template, which other contracts may not have: {left}"
        notes.append(uses)
        decision = replace(decision, guidance=f"{decision.guidance}\n{uses[:1].upper()}{uses[1:]}.".strip())
    return replace(
        decision, rungs=(replace(rung, wording=wording, example=example, names=_names(template, topic)),)
    ), notes


def _names(template: Template, topic: str) -> str:
    """The template's own law and seat of the courts, to take the place of another's alone: “London” becomes
    “Hamburg” and the sentence stays. Only names that stand alone, as in “the courts of Hamburg”."""
    if topic != "governing_law":
        return ""
    found = dict[str, str]()
    for place in template.places(topic):
        for name in ("law", "forum"):
            value = place.values.get(name)
            if value is None or value.state != READ or len(value.spans) != 1:
                continue
            span = value.spans[0]
            before, text = template.page.text[: span.start], template.page.text[span.start : span.end]
            if _ALONE_NAME.search(before) and _PLACE_NAME.fullmatch(text):
                found.setdefault(name, text)
    return "\n".join(f"{name}: {text}" for name, text in found.items())


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


def _options(rule: Rule, besides: Sequence[Compare], band: str) -> tuple[Candidate, ...]:
    """The rule, its numbers both ways where their way is open, its comparisons alone, what else is said."""
    found = [Candidate(write(rule.condition), band, "what your template says")]
    for leaf in exact_numbers(rule):
        for op, why in ((">=", "where more is better for you"), ("<=", "where less is better for you")):
            parts = tuple(turned(part, leaf, op) for part in rule.parts)
            found.append(Candidate(write(replace(rule, parts=parts).condition), CHECK, why))
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
