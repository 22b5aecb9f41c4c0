"""Texts like a text, by the words they share: cosine of TF-IDF weights, the same on every machine.

Salton and Buckley, "Term-weighting approaches in automatic text retrieval" (1988): the weight of a word is
(1 + ln of how often it stands there) × ln of (1 + number of texts / texts that hold it); vectors have length
one.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

LEAST = 0.12
"""Below this two clauses share little more than the words all contracts are made of."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = frozenset(
    [
        *(
            "the",
            "and",
            "for",
            "any",
            "all",
            "each",
            "its",
            "their",
            "such",
            "that",
            "this",
            "these",
            "those",
        ),
        *(
            "with",
            "from",
            "under",
            "upon",
            "into",
            "not",
            "nor",
            "but",
            "other",
            "which",
            "who",
            "whom",
            "are",
        ),
        *(
            "shall",
            "will",
            "must",
            "may",
            "has",
            "have",
            "had",
            "been",
            "was",
            "were",
            "than",
            "then",
            "only",
        ),
        *("agreement", "contract", "party", "parties", "either", "both", "herein", "hereof", "hereunder"),
    ]
)


@dataclass(frozen=True)
class Like(Generic[T]):
    """Something like the text asked for: how much (0 to 1), and the words that weigh most in it."""

    item: T
    score: float
    words: tuple[str, ...]


def tokens(text: str) -> list[str]:
    """The telling words of a text; names of variables are none."""
    plain = re.sub(r"\{\{[^}]*\}\}", " ", text).lower()
    return [_stem(word) for word in _WORD.findall(plain) if word not in _COMMON]


def _stem(word: str) -> str:
    """Singular for plural, so that "invoices" meets "invoice"."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def similar(text: str, among: Sequence[tuple[T, str]], *, most: int = 5) -> tuple[Like[T], ...]:
    """Those of the texts that are like this one, the likest first; equal ones keep their order."""
    counts = [Counter(tokens(other)) for _, other in among]
    asked = Counter(tokens(text))
    held = Counter(word for count in [*counts, asked] for word in count)
    rarity = {word: math.log(1 + (len(counts) + 1) / held[word]) for word in sorted(held)}
    own = _weights(asked, rarity)
    found = []
    for (item, _), count in zip(among, counts, strict=True):
        shared = _shared(own, _weights(count, rarity))
        score = round(math.fsum(shared.values()), 6)
        if score >= LEAST:
            words = sorted(shared, key=lambda word: (-shared[word], word))[:6]
            found.append(Like(item, score, tuple(words)))
    return tuple(sorted(found, key=lambda like: -like.score)[:most])


def _weights(count: Counter[str], rarity: Mapping[str, float]) -> dict[str, float]:
    raw = {word: (1 + math.log(count[word])) * rarity[word] for word in sorted(count)}
    length = math.sqrt(math.fsum(weight * weight for weight in raw.values())) or 1.0
    return {word: weight / length for word, weight in raw.items()}


def _shared(left: Mapping[str, float], right: Mapping[str, float]) -> dict[str, float]:
    return {word: weight * right[word] for word, weight in left.items() if word in right}
