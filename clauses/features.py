"""What the linear models see of a text: words and word pairs, the heading above, the neighbours, the phrase
rules.

Features are plain strings, so that a score can be taken apart into the words it stands on. Digits are
folded to 0: a model must not learn amounts. Word triples and stems were tried and brought nothing that
contracts outside the training showed.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

Groups = Iterator[tuple[float, list[str]]]
LONGEST = 2500  # characters of a sentence that are looked at
NEAR = 200  # characters of the neighbours on each side
_TOKEN = re.compile(r"[a-z]+|0|[$%€£_;:(]")
_DIGITS = str.maketrans("123456789’‘", "000000000''")
_ZEROS = re.compile(r"0[0.,]*")
_HEADING = re.compile(
    r"(?:(?:ARTICLE|Article|SECTION|Section)\s)?"
    r"[\dIVXivx.()a-z]{0,8}[.)]?\s{0,6}(?P<words>[A-Z][^\n.;:!?]{1,80})[.:]?$"
)
_SMALL_WORDS = frozenset(
    [
        "of",
        "and",
        "or",
        "the",
        "to",
        "in",
        "for",
        "by",
        "with",
        "on",
        "at",
        "a",
        "an",
        "as",
        "&",
        "upon",
        "from",
    ]
)


def tokens(text: str) -> list[str]:
    """Small words, folded numbers and the few marks that tell something."""
    return _TOKEN.findall(_ZEROS.sub("0", text.lower().translate(_DIGITS)))


def title_words(text: str) -> list[str]:
    """Words of the first lines: what kind of contract this is."""
    return [w for w in dict.fromkeys(tokens(text[:600])) if len(w) > 3][:60]


def heading_words(sentence: str) -> str:
    """The words of a heading if the sentence is one ("8.1 Assignment." or "LIMITATION OF LIABILITY"), else
    "".
    """
    if len(sentence) > 100:
        return ""
    found = _HEADING.match(sentence)
    if found is None:
        return ""
    words = found["words"].split()
    plain = [w for w in words if w[:1].islower() and w not in _SMALL_WORDS]
    return found["words"] if len(words) <= 10 and len(plain) * 4 <= len(words) else ""


def sentence_groups(
    words: Sequence[str],
    heading: Sequence[str],
    before: Sequence[str],
    after: Sequence[str],
    title: Sequence[str],
    rules: Sequence[str],
    place: str,
) -> Groups:
    """Groups of features, each with the length its vector is given."""
    yield 1.0, _own(words)
    if heading:
        yield 0.4, [f"h:{w}" for w in dict.fromkeys([*heading, *_pairs(heading)])]
    near = [f"<{w}" for w in dict.fromkeys(before)] + [f">{w}" for w in dict.fromkeys(after)]
    if near:
        yield 0.4, near
    if title:
        yield 0.25, [f"d:{w}" for w in title]
    if rules:
        yield 0.6, [f"r:{w}" for w in rules]
    yield 0.2, [place]


def section_groups(words: Sequence[str], rules: Sequence[str]) -> Groups:
    """Features of a whole section without its heading; what comes first says most."""
    yield 1.0, _own(words)
    first = words[:40]
    yield 0.6, [f"^{w}" for w in dict.fromkeys([*first, *_pairs(first)])]
    if rules:
        yield 0.8, [f"r:{w}" for w in rules]


def _own(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*words, *_pairs(words)]))


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{a} {b}" for a, b in pairwise(words)]
