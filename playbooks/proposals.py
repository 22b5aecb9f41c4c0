"""The smallest change that brings a text to a rung, as edits for `redline.apply`.

1. List what keeps the rung from holding (one list for each alternative of its condition).
2. For each item take the number itself, or the small edits the rung offers for that value.
3. Failing that, replace the sentence, then the clause by the rung's wording; delete a clause that must go;
   insert one that is missing behind the clause it belongs after.
4. Every candidate is read again before it is offered: it must reach the rung, stay inside the finding's own
   words, and leave every other issue where it was or better. The first that does is the proposal.

Of several papers in their order the rates of one are its own business: each statement of work names its
people and prices, and those of another neither hold a change up nor belong to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product

from clauses.topics.calendar_dates import date_rewritten, is_date
from clauses.topics.page import Page
from clauses.topics.values import Instance, Value
from playbooks.blanks import fillings
from playbooks.block_changes import insertions, removal, replacement
from playbooks.conditions import Compare, Covers, Ref, leaves
from playbooks.evaluation import Facts, ways_to_hold
from playbooks.guards import is_sound
from playbooks.judge import Case, Standing, depth
from playbooks.package import where
from playbooks.precedence import ranked
from playbooks.rates import ALL_RATES, new_prices
from playbooks.rules import EditRule, Issue, Rung
from playbooks.text_changes import Change, Edit, as_edits, change_by, merged, possessive
from playbooks.wordings import render, variables, with_lead

MAX_CANDIDATES = 24
MOST_REPLACED = 4
"""Paragraphs that one wording may take the place of."""


@dataclass(frozen=True)
class Proposal:
    """Edits, all or none, that bring an issue to a rung; empty when nothing needs to change."""

    edits: tuple[Edit, ...]
    rung: str


def propose(case: Case, standing: Standing, rung: Rung) -> Proposal | None:
    """The smallest change of the contract that reaches the rung, or None when none could be found."""
    candidates = _fillings(case, standing, rung) if standing.is_blank else _candidates(case, standing, rung)
    for edits in islice(candidates, MAX_CANDIDATES):
        if edits and is_sound(case, standing, rung, edits):
            reasoned = tuple({**edit, "reason": rung.reason} for edit in edits)
            return Proposal(reasoned, rung.id)
    return None


def _fillings(case: Case, standing: Standing, rung: Rung) -> Iterator[list[Edit]]:
    """What fills the blanks of a form: nothing that is printed there is taken out or replaced as a whole."""
    if standing.instance is None:
        return
    words = variables(case)
    for changes in _small_changes(case, standing.issue, standing.instance, rung, words):
        yield as_edits(case.page, changes)


def _candidates(case: Case, standing: Standing, rung: Rung) -> Iterator[list[Edit]]:
    words = variables(case)
    if standing.instance is None:
        yield from insertions(case.page, standing.issue, rung, words)
        return
    failing = [
        standing.instance,
        *(
            other
            for other, place in standing.others
            if depth(standing.issue, place) > depth(standing.issue, rung.id)
        ),
    ]
    if ALL_RATES in standing.instance.values and ranked(case.page):
        own = where(case.page, standing.instance.spans[0]).document
        failing = [one for one in failing if where(case.page, one.spans[0]).document == own]
    small = [_small_changes(case, standing.issue, instance, rung, words) for instance in failing]
    for combination in islice(product(*small), MAX_CANDIDATES):
        found = merged([change for changes in combination for change in changes])
        if found:
            yield as_edits(case.page, found)
    if any(
        isinstance(leaf, Compare) and leaf.left.name == "clause" and leaf.op == "absent"
        for leaf in leaves(rung.when)
    ):
        yield removal(case.page, [span for instance in failing for span in instance.spans])
    for wording in rung.wordings if _is_one_clause(case.page, failing) else ():
        place = failing[0].spans[0]
        text = with_lead(case.page.text[place.start : place.end], render(wording.text, words))
        yield replacement(case.page, Change(place.start, place.end, text), failing)


def _is_one_clause(page: Page, failing: Sequence[Instance]) -> bool:
    """Whether all the places stand in one section: a wording replaces one clause, never several."""
    lines = [page.line_at(span.start) for instance in failing for span in instance.spans]
    return len({line.heading for line in lines}) == 1 and len({line.block for line in lines}) <= MOST_REPLACED


def _small_changes(
    case: Case, issue: Issue, instance: Instance, rung: Rung, words: Mapping[str, str]
) -> list[list[Change]]:
    facts = case.facts(issue, instance)
    found: list[list[Change]] = []
    for way in ways_to_hold(rung.when, facts):
        options = [_mend(case.page, leaf, instance, facts, rung, words) for leaf in way]
        if all(options):
            found.extend(
                merged([c for changes in pick for c in changes])
                for pick in islice(product(*options), MAX_CANDIDATES)
            )
    return sorted((changes for changes in found if changes), key=_size)


def _size(changes: Sequence[Change]) -> tuple[int, int]:
    return sum(change.end - change.start + len(change.text) for change in changes), len(changes)


def _mend(
    page: Page, leaf: Compare | Covers, instance: Instance, facts: Facts, rung: Rung, words: Mapping[str, str]
) -> list[list[Change]]:
    """Each way to turn one comparison to yes: the number itself, or the rung's own small edits for what is
    lacking."""
    if isinstance(leaf, Compare):
        prices = _new_prices(page, leaf, facts)
        if prices:
            return [prices]
        filled = fillings(page, leaf, instance, facts, rung, words)
        if filled:
            return [[change] for change in filled]
        number = _new_number(page, leaf, instance, facts)
        if number is not None:
            # Two values that must be equal are often mended by what other comparisons ask of both.
            together = [number, *_linked(leaf, instance, facts)]
            return [together, []] if isinstance(leaf.right, Ref) else [together]
    lacking = _lacking(leaf, facts)
    rules = [_rules_for(need, rung, instance) for need in lacking]
    picks = islice(product(*rules), MAX_CANDIDATES) if all(rules) else iter(())
    made = [[change_by(page, rule, instance, words) for rule in dict.fromkeys(pick)] for pick in picks]
    return [[c for c in changes if c is not None] for changes in made if all(c is not None for c in changes)]


def _rules_for(need: str, rung: Rung, instance: Instance) -> list[EditRule]:
    """The small edits that mend a need. Where words stand that say the opposite, they are what changes:
    nothing is added beside them."""
    rules = [rule for rule in rung.edits if _mends(rule, need)]
    standing = [rule for rule in rules if rule.action != "insert" and rule.at in instance.anchors]
    return standing or rules


def _mends(rule: EditRule, need: str) -> bool:
    return need in rule.mends or need.split(":")[0] in rule.mends


def _lacking(leaf: Compare | Covers, facts: Facts) -> list[str]:
    """What a comparison lacks: the value's name, with the member for sets ("keep:backup")."""
    if isinstance(leaf, Covers):
        large, small = facts.get(leaf.large).value, facts.get(leaf.small).value
        known = large if isinstance(large, tuple) else ()
        wanted_all = small if isinstance(small, tuple) else ()
        return [f"{leaf.large}:{item}" for item in wanted_all if item not in known]
    if leaf.op not in {"has", "lacks", "only"} or not isinstance(leaf.right, tuple):
        return [str(leaf.left)]
    have = facts.get(leaf.left).value
    mine = set(have) if isinstance(have, tuple) else set()
    wanted = {"has": set(leaf.right) - mine, "lacks": set(leaf.right) & mine, "only": mine - set(leaf.right)}[
        leaf.op
    ]
    return [f"{leaf.left}:{item}" for item in sorted(wanted)]


def _linked(leaf: Compare, instance: Instance, facts: Facts) -> list[Change]:
    """The numbers that follow the one that changes, moved by as much."""
    value = instance.values[leaf.left.name]
    target = facts.get(leaf.right).value if isinstance(leaf.right, Ref) else leaf.right
    if not isinstance(value.value, Decimal) or not isinstance(target, Decimal):
        return []
    moved = []
    for one in value.linked:
        text = one.restated(one.amount + target - value.value, one.unit) if one.amount is not None else None
        if text is not None:
            moved.append(Change(one.number_start, one.end, text))
    return moved


def _new_prices(page: Page, leaf: Compare, facts: Facts) -> list[Change]:
    """The prices of a rate card that are too high, each as it may be; nothing else of its row changes."""
    card = (
        facts.rates.get(leaf.right.name)
        if isinstance(leaf.right, Ref) and leaf.right.source == "rates"
        else None
    )
    if leaf.left.source != "value":
        return []
    return [Change(*change) for change in new_prices(page.text, leaf, facts.get(leaf.left), card)]


def _new_day(page: Page, leaf: Compare, value: Value | None, facts: Facts) -> Change | None:
    """The day a date must not pass, written as the contract writes dates."""
    target = facts.get(leaf.right).value if isinstance(leaf.right, Ref) else leaf.right
    if leaf.op not in {"<=", ">=", "="} or value is None or not is_date(value.value) or not is_date(target):
        return None
    span = value.spans[0]
    text = date_rewritten(page.text[span.start : span.end], str(target))
    return None if text is None else Change(span.start, span.end, text)


def _new_number(page: Page, leaf: Compare, instance: Instance, facts: Facts) -> Change | None:
    value = instance.values.get(leaf.left.name)
    day = _new_day(page, leaf, value, facts)
    if day is not None:
        return day
    target = facts.get(leaf.right).value if isinstance(leaf.right, Ref) else leaf.right
    if (
        leaf.op not in {"<=", ">=", "="}
        or value is None
        or value.quantity is None
        or not isinstance(target, Decimal)
        or not target  # "zero (0) months" is no wording anybody would propose
    ):
        return None
    spec = facts.specs.get(leaf.left.name)
    text = value.quantity.restated(target, spec.unit if spec else "")
    # The currency before an amount stays; the number and its unit change.
    return (
        None
        if text is None
        else possessive(page, Change(value.quantity.number_start, value.quantity.end, text))
    )
