"""Personal data: how often and why one may audit, to which places data may go, and when a clock starts."""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

from collections.abc import Mapping
from decimal import Decimal

from clauses.topics import TOPICS as BASE
from clauses.topics.page import Page, Passage, is_blank
from clauses.topics.places import places
from clauses.topics.values import (
    READ,
    Instance,
    Value,
    absent,
    number_of,
    set_of,
    unknown,
    word,
    word_of,
    words,
)
from playbooks.topics.more import all_words, extended


def _audit(page: Page, instance: Instance, passage: Passage) -> Mapping[str, Value]:
    for place in all_words(page, instance):
        each = place.find(
            r"\b(?:once (?:a|per|every|each|in (?:any|each)) (?:\w+ )?year|once annually|annual(?:ly)?|yearly|every year)\b"
        )
        if each is not None:
            return {"times_a_year": Value(READ, Decimal(1), (each,))}
        twice = place.find(r"\btwice (?:a|per|in any|each) (?:\w+ )?year\b")
        if twice is not None:
            return {"times_a_year": Value(READ, Decimal(2), (twice,))}
    return {"times_a_year": absent()}  # fmt: skip


_REGIONS = {
    "eea": r"\b(?:EEA|European Economic Area|European Union|EU)\b",
    "uk": r"\b(?:UK|United Kingdom)\b",
    "switzerland": r"\bSwitzerland\b",
    "us": r"\b(?:US|USA|United States)\b",
}


def _transfers(page: Page, instance: Instance, passage: Passage) -> Mapping[str, Value]:
    """The regions data must stay in, and whether the list of places is there, blank or not attached."""
    home = [p for p in all_words(page, instance) if p.has(r"\b(?:only|not|remain\w*|outside|within)\b")]
    found = [(n, s) for p in home for n, pattern in _REGIONS.items() for s in p.find_all(pattern)[:1]]
    named = {name for name, _ in found}
    found += [
        (place.name.lower().replace(" ", "_"), p.span) for p in home for place in places(p.text, p.start)
        if place.name.lower() not in {"switzerland"} | named and not place.name.startswith("United")
    ]  # fmt: skip
    return {"regions": words(found), "annex": _annex(page, instance)}


def _annex(page: Page, instance: Instance) -> Value:
    pointing = next(
        (m for p in all_words(page, instance) if (m := p.match(r"\b((?:Annex|Schedule|Appendix|Exhibit)\s+[A-Z0-9]{1,4})\b"))),
        None,
    )  # fmt: skip
    if pointing is None:
        return absent()
    name = pointing[1]
    for index, line in enumerate(page.lines):
        label = line.text.strip().lower()
        if label.startswith(name.lower()) and not label.startswith(f"{name.lower()} list"):
            own = line.text.strip()[len(name) :].strip(" .:-–—\t")
            below = [x.text.strip() for x in page.lines[index + 1 : index + 6] if x.text.strip()]
            filled = [text for text in (own if places(own) else "", *below) if text]
            if not filled or all(is_blank(text) for text in filled):
                return word("blank")
            return word("filled") if any(places(t) or len(t) > 20 for t in filled) else word("blank")
    return unknown(f"“{name}”, named here, is not attached and was not read")


def _breach(page: Page, instance: Instance, passage: Passage) -> Mapping[str, Value]:
    start = instance.values["from"]
    timed = instance.values["hours"].is_read
    return {
        "from": unknown("it does not say from when the time runs", passage.span)
        if timed and start.state == "absent"
        else start
    }


TOPICS = (
    extended(BASE["audit"], {"times_a_year": number_of("audits a year", "")}, _audit),
    extended(
        BASE["transfers"],
        {
            "regions": set_of("the regions data stays in"),
            "annex": word_of("the list of places", "filled", "blank"),
        },
        _transfers,
    ),
    extended(BASE["breach_notice"], {}, _breach),
)
