"""Which clause came out of which: a clause cut in two, and a clause taken into another.

Identity follows paragraphs (`reading.py`); what is left over on either side is looked for, word for word, in
the clauses that went on.
"""

from collections.abc import Mapping, Sequence

FEWEST_WORDS = 4
"""Shorter texts ("Notices", "Term and renewal") stand in many clauses and prove nothing."""


def trace(
    before: Mapping[int, str], after: Sequence[tuple[int | None, str]]
) -> tuple[dict[int, int], dict[int, int]]:
    """Splits as {position in `after`: old clause}, merges as {old clause: position in `after`}.

    `before` holds the old clauses' texts by key; `after` each new clause's text in order, with the key of the
    old clause it goes on from, or None.
    """
    went_on = {key: position for position, (key, _text) in enumerate(after) if key is not None}
    splits: dict[int, int] = {}
    for position, (key, text) in enumerate(after):
        if key is None:
            sources = (
                old for old, at in went_on.items() if _moved_words(text, before.get(old, ""), after[at][1])
            )
            source = min(sources, default=None)
            if source is not None:
                splits[position] = source
    merges: dict[int, int] = {}
    for old, text in before.items():
        if old not in went_on:
            for key, position in went_on.items():
                if _moved_words(text, after[position][1], before.get(key, "")):
                    merges[old] = min(position, merges.get(old, position))
    return splits, merges


def _moved_words(words: str, found_in: str, not_in: str) -> bool:
    """Whether `words` stand in the one text and not in the other, white space aside."""
    plain = " ".join(words.split())
    if plain.count(" ") + 1 < FEWEST_WORDS:
        return False
    return plain in " ".join(found_in.split()) and plain not in " ".join(not_in.split())
