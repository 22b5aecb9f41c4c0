"""Examples that name prices, when the prices of a rate card change: they keep the card they were written for.

An example tests the rung (“5 % above our card holds, more does not”), so what it needs is some card, not
today's prices. One that still stands where it stood follows the new card.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from clauses.topics.rates import plain_item
from playbooks.data_form import example_data
from playbooks.judge import Standing
from playbooks.rules import OUTSIDE, Example, Issue, Playbook, RateCard
from playbooks.trials import place_example


def keep_their_cards(
    before: Playbook, after: Playbook, data: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, int]]:
    """The stored form `data` of `after` with the card of `before` in each example that would stand elsewhere
    under the new one; and for each issue, by title, how many these are. `data` itself stays as it is."""
    known = {issue.code: issue for issue in before.issues}
    counts: dict[str, int] = {}
    rows = []
    for row, issue in zip(data["issues"], after.issues, strict=True):
        old = known.get(issue.code)
        changed = [name for name in after.cards_named(issue) if before.rates.get(name) != after.rates[name]]
        carried = dict(_carried(before, after, old, issue, changed)) if old is not None and changed else {}
        if carried:
            counts[issue.title] = len(carried)
        rows.append(_with(row, carried))
    return {**data, "issues": rows}, counts


def _carried(
    before: Playbook, after: Playbook, old: Issue, issue: Issue, changed: list[str]
) -> Iterator[tuple[tuple[str, int], Example]]:
    """The examples that stood right and would not any more, by rung and place, with their card."""
    for place, examples in _places(issue):
        for number, example in enumerate(examples):
            names = [name for name in changed if name not in example.rates and name in before.rates]
            if not names or place_example(after, issue.code, example).rung == place:
                continue
            stood = place_example(replace(before, issues=_swapped(before, old, issue)), issue.code, example)
            if stood.rung == place:
                cards = {name: _needed(before.rates[name], stood) for name in names}
                yield (place, number), replace(example, rates={**example.rates, **cards})


def _swapped(before: Playbook, old: Issue, issue: Issue) -> tuple[Issue, ...]:
    return tuple(issue if one is old else one for one in before.issues)


def _places(issue: Issue) -> Iterator[tuple[str, tuple[Example, ...]]]:
    yield from ((rung.id, rung.examples) for rung in issue.rungs)
    yield OUTSIDE, issue.walk_away.examples


def _needed(card: RateCard, standing: Standing) -> RateCard:
    """The rows of a card that an example names; the whole card where it names none of them."""
    places = [standing.instance, *(other for other, _ in standing.others)]
    read = [
        rate for place in places if place is not None for one in place.values.values() for rate in one.rates
    ]
    lines = {line: None for rate in read for line in card.lines_for(plain_item(rate.item))}
    return RateCard(tuple(line for line in card.lines if line in lines) or card.lines)


def _with(row: Mapping[str, Any], carried: Mapping[tuple[str, int], Example]) -> dict[str, Any]:
    """An issue in its stored form with these examples in their places."""

    def filled(place: str, held: Mapping[str, Any]) -> dict[str, Any]:
        examples = [
            example_data(carried[place, n]) if (place, n) in carried else example
            for n, example in enumerate(held.get("examples", ()))
        ]
        return {**held, "examples": examples} if examples else dict(held)

    return {
        **row,
        "rungs": [filled(rung["id"], rung) for rung in row["rungs"]],
        "walk_away": filled(OUTSIDE, row["walk_away"]),
    }
