"""What the linear models see of a text: words and word pairs, pairs over a gap, the heading above, the
neighbours, the words of the surroundings, the phrase rules, how long it is.

Features are plain strings, so that a score can be taken apart into the words it stands on. Digits are
folded to 0: a model must not learn amounts. Word triples and parts of words (three to five letters) were
tried and brought nothing that contracts outside the training showed.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

Group = tuple[float, list[str]]
Groups = Iterator[Group]
LONGEST = 2500  # characters of a sentence that are looked at
NEAR = 200  # characters of the neighbours on each side
CELL = 600  # the surroundings of a sentence are those of the cell of so many characters it begins in
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
# Words without a meaning of their own; "not", "no", "may", "shall", "any", "if" keep theirs.
_EMPTY = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "or",
        "in",
        "a",
        "this",
        "by",
        "such",
        "be",
        "for",
        "as",
        "with",
        "on",
        "is",
        "that",
        "under",
        "its",
        "all",
        "which",
        "from",
        "at",
        "it",
        "an",
        "are",
        "has",
        "have",
        "been",
        "than",
        "upon",
        "their",
        "each",
        ";",
        "(",
        ":",
    ]
)
_STEM = 6  # letters of a word that are kept where its ending does not matter
LENGTH = 1.5  # the length of a sentence tells headings and scraps from clauses
# Phrase rules were written with the training contracts in sight: with more weight they promise more than
# they keep elsewhere.
RULES = 0.36


def tokens(text: str) -> list[str]:
    """Small words, folded numbers and the few marks that tell something."""
    return _TOKEN.findall(_ZEROS.sub("0", text.lower().translate(_DIGITS)))


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


def title_group(text: str) -> Group:
    """Words of the first lines: what kind of contract this is. One for all sentences of a contract."""
    return 0.25, [f"d:{w}" for w in dict.fromkeys(tokens(text[:600])) if len(w) > 3][:60]


def heading_group(heading: str) -> Group:
    """Words of the heading above; one for all sentences under it."""
    words = tokens(heading)
    return 0.4, [f"h:{w}" for w in dict.fromkeys([*words, *_pairs(words)])]


def around_group(text: str, cell: int) -> Group:
    """Beginnings of the words in and round one cell of the text: what this part of the contract is about."""
    found = tokens(text[max(0, CELL * (cell - 1)) : CELL * (cell + 2)])
    return 0.4, [f"^{w}" for w in dict.fromkeys(w[:_STEM] for w in found if len(w) > 3)]


def sentence_groups(
    words: Sequence[str],
    near: tuple[Sequence[str], Sequence[str]],
    rules: Sequence[str],
    beside: tuple[Sequence[str], Sequence[str]],
    place: str,
) -> Groups:
    """Groups of features of one sentence, each with the length its vector is given: its words, the words
    before and after it, the phrase rules that match it (alone and two by two) and its neighbours, where it
    stands, its length.
    """
    yield 1.0, _own(words)
    yield 0.4, _over_gaps(words)
    yield 0.4, [f"<{w}" for w in dict.fromkeys(near[0])] + [f">{w}" for w in dict.fromkeys(near[1])]
    yield RULES, [f"r:{w}" for w in rules]
    yield RULES * 2 / 3, [f"r:{a}&{b}" for a, b in combinations(sorted(rules), 2)]
    yield 0.3, [f"<r:{w}" for w in beside[0]] + [f">r:{w}" for w in beside[1]]
    yield 0.2, [place]
    yield LENGTH, [f"#{min(9, len(words) // 12)}"]


def contract_groups(words: Sequence[str], headings: Sequence[str]) -> Groups:
    """Features of a whole contract: the words it uses and the words of its headings."""
    yield 1.0, list(dict.fromkeys(w for w in words if len(w) > 2))
    found = []
    for heading in headings:
        words = tokens(heading)
        found += [f"h:{w}" for w in [*words, *_pairs(words)] if len(w) > 2]
    yield 1.0, list(dict.fromkeys(found))


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


def _over_gaps(words: Sequence[str]) -> list[str]:
    """Pairs of telling words, small words left out, next to each other or with one word between."""
    telling = [w[:_STEM] for w in words if w not in _EMPTY]
    pairs = [*pairwise(telling), *zip(telling, telling[2:], strict=False)]
    return list(dict.fromkeys(f"~{a} {b}" for a, b in pairs))
