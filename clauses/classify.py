"""Types of clauses: heading first, then phrases, then what the clause above says.

1. A heading rule gives 0.9, or 0.8 and less for each of several types in one heading.
2. Phrases of the clause's own text add up as independent evidence.
3. Where no heading names a type and the phrases are unclear, the trained model of sections says what the
   section is most likely about, if it is more likely than not.
4. A clause with no type of its own takes its parent's at three quarters; list items always lean on it.
5. "Miscellaneous" gives ``general`` and hides nothing: what stands inside is typed by 2.
"""

import re
from functools import lru_cache
from itertools import islice

from clauses.features import Groups, section_groups, tokens
from clauses.linear import shipped
from clauses.model import ClauseType, band_of
from clauses.ranking import logistic
from clauses.source import Source
from clauses.tree import Node
from clauses.type_rules import RULES, SECTION_TYPES, TypeRule

SHOWN = 0.4
UNCLEAR = 0.65  # phrases below it leave open what a section without a telling heading is about
LIKELY = 0.5
_TELLING = 200  # characters from which the words of a section can be judged
_LONG = 6000  # characters of own text that are judged; longer paragraphs are lists and appendices


@lru_cache(maxsize=1)
def _compiled() -> tuple[
    tuple[TypeRule, re.Pattern[str], re.Pattern[str] | None, tuple[re.Pattern[str], ...]], ...
]:
    return tuple(
        (
            rule,
            re.compile(rule.heading),
            re.compile(rule.unless) if rule.unless else None,
            tuple(re.compile(p.pattern) for p in rule.phrases),
        )
        for rule in RULES
    )


def plain(text: str) -> str:
    """Small letters, straight quotes, single blanks: the form the rules are written for."""
    return " ".join(
        text.lower().replace("“", '"').replace("”", '"').replace("’", "'").replace("‘", "'").split()
    )


def by_heading(heading: str) -> dict[str, float]:
    """Types a heading names."""
    small = plain(heading).strip(" .:-–—")
    found = [
        r.code
        for r, pattern, unless, _ in _compiled()
        if pattern.search(small) and not (unless and unless.search(small))
    ]
    if len(found) > 1 and "general" in found:
        found.remove("general")
    if len(found) > 1 and "scope" in found:
        found.remove("scope")
    score = 0.9 if len(found) == 1 else 0.8 if len(found) <= 3 else 0.65
    return dict.fromkeys(found, score)


def by_phrases(text: str) -> dict[str, float]:
    """Types the words of a text speak for, each with its score."""
    small = plain(text[:_LONG])
    scores: dict[str, float] = {}
    for rule, _, _, patterns in _compiled():
        missing = 1.0
        for phrase, pattern in zip(rule.phrases, patterns, strict=True):
            if any(need in small for need in phrase.needs) and pattern.search(small):
                missing *= 1 - phrase.weight
        if missing < 1:
            scores[rule.code] = round(1 - missing, 3)
    return scores


def types_of(source: Source, nodes: list[Node]) -> dict[int, tuple[ClauseType, ...]]:
    """Types of every node, keyed by its place in the list."""
    scores: dict[int, dict[str, float]] = {}
    kinds: dict[int, tuple[ClauseType, ...]] = {}
    for place, node in enumerate(nodes):
        found = _own(source, node)
        above = scores.get(id(node.parent), {}) if node.parent else {}
        if node.kind in ("item", "paragraph") or (not found and node.kind == "section"):
            for code, score in above.items():
                if code != "general" and score * 0.75 > found.get(code, 0):
                    found[code] = round(score * 0.75, 3)
        scores[id(node)] = found
        kinds[place] = ranked(found)
    return kinds


def _own(source: Source, node: Node) -> dict[str, float]:
    if node.kind in ("signature", "title"):
        return {}
    if node.kind == "schedule":
        return by_heading(source.plain[slice(*node.heading)].split("\n")[0])
    heading = source.plain[slice(*node.heading)]
    found = by_heading(heading) if node.heading[1] else {}
    body = source.plain[node.heading[1] or node.start : node.end]
    if node.kind == "item" and not found and len(body) < 160:
        return {}  # "(b) breach of confidentiality" in a list of exceptions is no confidentiality clause
    for code, score in by_phrases(body).items():
        # A heading that names something else makes a single phrase less telling, two phrases not.
        worth = score if not found or code in found or score >= 0.85 else score * 0.8
        found[code] = round(1 - (1 - found.get(code, 0)) * (1 - worth), 3)
    if node.kind == "section" and len(body) >= _TELLING and max(found.values(), default=0) < UNCLEAR:
        name, chance = section_type(body)[0]
        if chance >= LIKELY:
            code = SECTION_TYPES[name][0]
            found[code] = round(1 - (1 - found.get(code, 0)) * (1 - chance), 3)
    return found


def ranked(scores: dict[str, float]) -> tuple[ClauseType, ...]:
    """Types worth showing, best first."""
    rows = sorted(
        ((score, code) for code, score in scores.items() if score >= SHOWN), key=lambda r: (-r[0], r[1])
    )
    return tuple(ClauseType(code, round(min(score, 0.99), 3), band_of(score)) for score, code in rows)


def section_view(text: str) -> Groups:
    """What the model sees of a section: its words, its first words, the phrases of ``type_rules`` in it.

    What a section is about is said early and said again, so phrases at the front and phrases that come back
    have features of their own.
    """
    small = plain(text[:_LONG])
    names = []
    for rule, _, _, patterns in _compiled():
        for number, (phrase, pattern) in enumerate(zip(rule.phrases, patterns, strict=True), 1):
            if not any(need in small for need in phrase.needs):
                continue
            places = [m.start() for m in islice(pattern.finditer(small), 3)]
            if places:
                names.append(f"{rule.code}/{number}")
                names += [f"{rule.code}/{number}^"] * (places[0] < 250)
                names += [f"{rule.code}/{number}+"] * (len(places) > 1)
    return section_groups(tokens(text[:_LONG]), names)


def section_type(text: str) -> list[tuple[str, float]]:
    """The 35 published section types of a text, heading not given, best first; every type is a candidate.

    Scores are the chance that the type is right, fitted on contracts the model had not seen.
    """
    model = shipped()["sections"]
    slope, shift = model.settings["chance"]
    margins = model.margins(section_view(text))
    rows = sorted(zip(model.classes, margins, strict=True), key=lambda row: (-row[1], row[0]))
    best, second = rows[0][1], rows[1][1]
    return [
        (name, round(logistic(slope * (margin - (second if margin == best else best)) + shift), 4))
        for name, margin in rows
    ]
