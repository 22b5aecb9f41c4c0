"""What a position of a table means as a condition: "45 days", "12 months' fees", "New York or Delaware", "mutual".

1. The topic's own reader reads the words as if they stood in a contract.
2. Where it finds nothing: numbers by their unit, places by name, words by the values the topic knows.
3. Which way a number counts is said by the cell ("no more than"), else by how it moves down the ladder, else by
   the shipped ladders on this topic for our side.

Every guess is shown in words and a person corrects it; where nothing can be told, nothing is guessed.
"""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from clauses.topics.page import Page
from clauses.topics.places import places
from clauses.topics.quantity import money, quantities
from clauses.topics.values import Plain, Spec
from playbooks.condition_text import write
from playbooks.conditions import All, Compare, Condition, Ref, leaves
from playbooks.everywhere import specs_of
from playbooks.importing.instructions import Position, read_position
from playbooks.library import shipped, shipped_names
from playbooks.topics import TOPICS

SURE, CHECK, UNSURE = "sure", "check", "unsure"
_MORE = re.compile(
    r"\b(?:at least|no(?:t)? (?:less|fewer) than|minimum|or (?:more|higher|longer|greater)|not below)\b|≥|>=",
    re.I,
)
_LESS = re.compile(
    r"\b(?:at most|no(?:t)? (?:more|later|longer|greater) than|maximum|up to|within|or (?:less|fewer|lower|shorter)"
    r"|not (?:to )?exceed(?:ing)?|capped at|limited to|net)\b|≤|<=|\bmax\b",
    re.I,
)
_NOTHING = re.compile(
    r"^\W*(?:(?:none|no|n/?a)\W*$|no (?!more|less|later|fewer|longer|change|objection)(?:[a-z-]+\W*){1,4}$"
    r"|(?:not (?:accept\w+|permitted|allowed|agreed)|absent|deleted?(?: (?:this|the) clause)?|strike|remove"
    r"|do(?:es)? not (?:accept|agree|include)|no (?:such )?(?:clause|provision))\b[^.\n]{0,40}\W*$)",
    re.I,
)
_UNLESS = re.compile(r"\b(?:without|unless|except|other than|only)\b", re.I)
_NET = re.compile(r"\bnet[ -]?(\d{1,3})\b(?!\s*days?)", re.I)
_THERE = re.compile(
    r"^\W*(?:yes|required|must (?:be (?:included|there|present)|have|include)|include(?:d)?|mandatory|needed)\b[^.\n]{0,30}\W*$",
    re.I,
)
_SAID: Mapping[str, str] = {
    "both": r"\bmutual|both parties|each party|either party|two[- ]way|reciprocal",
    "either": r"\bmutual|both parties|each party|either party",
    "one": r"\bone[- ]way|unilateral",
    "one_side": r"\bone[- ]way|unilateral|one[- ]sided",
    "provider": r"\bprovider|supplier|vendor",
    "customer": r"\bcustomer|client|buyer",
    "required": r"(?:prior|written|with(?:out)?)\b.{0,30}\b(?:consent|approval)",
    "reasonable": r"not (?:to )?be unreasonably withheld|unreasonabl",
    "barred": r"\bprohibit|not permitted|\bbarred",
    "prior": r"\bprior (?:written )?notice|before disclos",
    "prompt": r"\bprompt",
    "invoice_date": r"(?:from|of|after) (?:the )?(?:date of )?(?:the )?invoice(?! receipt)|invoice date",
    "receipt": r"receipt",
    "aware": r"\baware",
    "confirmed": r"\bconfirm",
    "paid_and_payable": r"paid (?:and|or) payable",
    "aggregate": r"\baggregate|in total",
    "per_claim": r"per (?:claim|incident|event)",
    "successor": r"\bsuccessor|merger|acqui",
    "affiliate": r"\baffiliate",
    "while_secret": r"trade secrets?",
    "perpetual": r"\bperpetual|indefinite",
    "independent": r"\bindependent",
    "public": r"\bpublic(?:ly)?\b",
    "known": r"already known|previously known|rightfully known|prior knowledge",
    "third_party": r"from a third party",
    "greater": r"greater of|higher of",
    "lesser": r"lesser of|lower of",
}


SHORT = 80  # characters; up to here a cell is an answer, beyond it a text
_IN_PASSING = frozenset({"provider", "customer", "both", "either", "one", "one_side"})
"""Words that any clause may use without saying what a short cell says with them."""


@dataclass(frozen=True)
class Candidate:
    """A condition a position may mean. `why` says where it comes from."""

    when: str
    band: str
    why: str


@dataclass(frozen=True)
class Read:
    """What was read in one position: values by name, and whether the topic's reader read them."""

    position: Position
    values: Mapping[str, Plain]
    by_reader: bool


def read_cell(topic: str, title: str, text: str) -> Read:
    """What a position says on this topic."""
    position = read_position(text)
    values = _by_reader(topic, title, position.words or position.instruction)
    if values:
        return Read(position, values, True)
    found = _by_units(topic, position.words or text)
    # "Make the NDA unilateral": the title says what the instruction is for.
    if not found and position.instruction and len(title) <= SHORT // 2:
        found = _by_units(topic, title)
    return Read(position, found, False)


def candidates(topic: str, side: str, reads: Sequence[Read]) -> tuple[tuple[Candidate, ...], ...]:
    """For each position, best first, the conditions it may mean, the likeliest first."""
    return tuple(_candidates(topic, side, reads, index) for index in range(len(reads)))


def _candidates(topic: str, side: str, reads: Sequence[Read], index: int) -> tuple[Candidate, ...]:
    read = reads[index]
    text = read.position.words or read.position.instruction
    found: list[Candidate] = []
    if read.position.deletes:
        found += _deleted(read)
    elif _NOTHING.match(text) and not _UNLESS.search(text):
        found.append(Candidate("clause absent", SURE, "the cell wants no such clause"))
    else:
        found += _of_values(topic, side, reads, index)
        if _THERE.match(text):
            found.append(Candidate("clause present", CHECK, "the cell asks for the clause"))
        found += _of_quotes(text)
    found += [
        Candidate("clause present", UNSURE, "whatever the clause says"),
        Candidate("clause absent", UNSURE, "no such clause at all"),
    ]
    first: dict[str, Candidate] = {}
    for candidate in found:
        first.setdefault(candidate.when, candidate)
    return tuple(first.values())


def _deleted(read: Read) -> list[Candidate]:
    """“Delete … which reads …”: what those words say must not be there."""
    parts = [
        Compare(Ref("value", name), "lacks", value)
        for name, value in read.values.items()
        if isinstance(value, tuple) and value
    ]
    absent = Candidate("clause absent", CHECK, "the cell deletes the words")
    if not parts:
        return [absent]
    return [
        Candidate(write(_joined(parts)), SURE if read.by_reader else CHECK, "what the deleted words say"),
        absent,
    ]


def _of_values(topic: str, side: str, reads: Sequence[Read], index: int) -> list[Candidate]:
    read = reads[index]
    specs = specs_of(topic)
    asked = _asked(topic)
    numbers, others = list[Condition](), list[Condition]()
    band = CHECK if read.position.blanks else SURE
    for name, value in read.values.items():
        ref = Ref("value", name)
        if isinstance(value, Decimal):
            op, certain = _direction(topic, side, reads, index, name)
            numbers.append(Compare(ref, op, value))
            band = band if certain else CHECK
        elif isinstance(value, tuple):
            others += [Compare(ref, "in" if specs[name].kind == "word" else "has", value)] if value else []
        elif specs[name].allowed != ("yes", "no") or name in asked:
            others.append(Compare(ref, "=", value))
    if not numbers and not others:
        return []
    if not read.by_reader and not _is_plain(read, numbers, others):
        band = CHECK
    why = "read in its words" if read.by_reader else "numbers and words of the cell"
    first, both = numbers or others, [*numbers, *others]
    found = [Candidate(write(_joined(first)), band, why)]
    if len(both) > len(first):
        found.append(Candidate(write(_joined(both)), CHECK, "everything its words say"))
    if len(first) > 1:
        found += [Candidate(write(part), CHECK, "one of these alone") for part in first]
    return found


def _is_plain(read: Read, numbers: Sequence[Condition], others: Sequence[Condition]) -> bool:
    """A short cell that gives one answer: "45 days", "Mutual", "New York"."""
    return len(numbers) + (0 if numbers else len(others)) == 1 and len(read.position.words) <= SHORT


def _of_quotes(text: str) -> list[Candidate]:
    # (“Payment Period”) gives a name; the words asked for stand in quotation marks of their own.
    found = re.findall(r"(?<![(])[“\"]([^”\"]{3,80})[”\"](?! means)", text)
    quoted = [part.strip(" .,;") for part in found if " " in part.strip()]
    if not quoted:
        return []
    words = tuple(dict.fromkeys(quoted[:4]))
    return [
        Candidate(write(Compare(Ref("value", "text"), "has", words)), UNSURE, "the words in quotation marks")
    ]


def _joined(parts: Sequence[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _direction(topic: str, side: str, reads: Sequence[Read], index: int, name: str) -> tuple[str, bool]:
    """The comparison for a number, and whether that is certain."""
    text = reads[index].position.words or reads[index].position.instruction
    if not reads[index].by_reader or len(text) < 60:
        if _LESS.search(text) and not _MORE.search(text):
            return "<=", True
        if _MORE.search(text) and not _LESS.search(text):
            return ">=", True
    down = [value for read in reads if isinstance(value := read.values.get(name), Decimal)]
    if len(down) > 1 and down[0] != down[-1]:
        rising = all(a <= b for a, b in pairwise(down))
        falling = all(a >= b for a, b in pairwise(down))
        if rising or falling:
            return ("<=" if rising else ">="), True
    shipped_way = _shipped_ways().get((topic, name), {})
    ways = {shipped_way[side]} if side in shipped_way else set(shipped_way.values())
    if len(ways) == 1:
        return ways.pop(), side in shipped_way
    if _LESS.search(text):
        return "<=", False
    return (">=" if _MORE.search(text) else "<="), False


@cache
def _shipped_ways() -> dict[tuple[str, str], dict[str, str]]:
    """For each number of a topic and each side, which way the shipped ladders ask for it."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for name in shipped_names():
        playbook = shipped(name)
        for issue in playbook.issues:
            for rung in issue.rungs:
                for leaf in leaves(rung.when):
                    if isinstance(leaf, Compare) and leaf.op in {"<=", ">="} and leaf.left.source == "value":
                        found.setdefault((issue.topic, leaf.left.name), {}).setdefault(playbook.side, leaf.op)
    return found


@cache
def _asked(topic: str) -> frozenset[str]:
    """The values that shipped ladders ask for on a topic: a yes or no that nobody asks for is chance."""
    return frozenset(
        leaf.left.name
        for name in shipped_names()
        for issue in shipped(name).issues
        if issue.topic == topic
        for rung in issue.rungs
        for leaf in leaves(rung.when)
        if isinstance(leaf, Compare) and leaf.left.source == "value"
    )


def _by_reader(topic: str, title: str, words: str) -> dict[str, Plain]:
    """Values the topic's reader finds, in the words alone or under the row's title."""
    for text in (words, f"{title}\n{words}"):
        values: dict[str, Plain] = {}
        for instance in TOPICS[topic].read(Page.from_text(text)):
            for name, value in instance.values.items():
                if value.is_read and value.value is not None and value.value != ():
                    values.setdefault(name, value.value)
        if values:
            return values
    return {}


def _by_units(topic: str, text: str) -> dict[str, Plain]:
    """Numbers by their unit, places by their name, words by the values the topic knows."""
    specs = TOPICS[topic].values
    values: dict[str, Plain] = {}
    text = _NET.sub(r"net \1 days", text)
    for quantity in [*quantities(text), *money(text)]:
        fitting = [
            name
            for name, spec in specs.items()
            if spec.kind == "number" and name not in values and quantity.in_unit(spec.unit) is not None
        ]
        if fitting:
            best = max(fitting, key=lambda name: (_overlap(specs[name], text), -fitting.index(name)))
            values[best] = quantity.in_unit(specs[best].unit) or Decimal(0)
    passing = _IN_PASSING if len(text) > SHORT else frozenset()
    for name, spec in specs.items():
        found = tuple(word for word in _words_of(spec, text) if word not in passing)
        if found:
            values[name] = found if spec.kind == "set" else found[0]
    if "law" in specs and not specs["law"].allowed:
        named = tuple(dict.fromkeys(place.name for place in places(text)))
        if named:
            values["law"] = named if len(named) > 1 else named[0]
    return values


def _words_of(spec: Spec, text: str) -> tuple[str, ...]:
    if spec.kind not in {"word", "set"} or spec.allowed == ("yes", "no"):
        return ()
    found = [
        word
        for word in spec.allowed
        if word not in {"yes", "no", "none", "one", "free"} or word in _SAID
        if re.search(_SAID.get(word, rf"\b{re.escape(word.replace('_', ' '))}\b"), text, re.I)
    ]
    return tuple(sorted(found))


def _overlap(spec: Spec, text: str) -> int:
    small = text.lower()
    return sum(word in small for word in re.findall(r"[a-z]{4,}", spec.says.lower()))
