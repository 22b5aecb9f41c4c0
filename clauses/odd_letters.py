"""Words that are not what they look like: letters of another alphabet, signs that nobody sees.

"Сustomer" with a Cyrillic С reads like the defined term and is another word, to a search as to this room.
"""

import re
from collections.abc import Iterator

from clauses.model import Analysis
from clauses.places import Issue, place_of

# Cyrillic and Greek letters that look like Latin ones (Unicode Technical Standard 39 calls them confusable).
_ALIKE = "аеорсухіјѕԁһАВЕКМНОРСТУХІЈЅԌΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
_MIXED = re.compile(rf"\b(?=\w*[A-Za-z])(?=\w*[{_ALIKE}])\w{{2,60}}\b")
# The space of no width, and the marks that turn the direction of text: Word writes none of them inside words.
_UNSEEN = re.compile(r"(?<=[A-Za-z0-9])[\u200b\u2060\u202a-\u202e\u2066-\u2069]+(?=[A-Za-z0-9])")
_MOST = 20


def odd_letters(analysis: Analysis) -> Iterator[Issue]:
    """One finding for each such word, at most twenty, and one for signs nobody sees inside words."""
    text = analysis.text
    if text.isascii():
        return
    seen: set[str] = set()
    for found in _MIXED.finditer(text):
        if found.group() not in seen and len(seen) < _MOST:
            seen.add(found.group())
            yield Issue(
                "mixed_letters",
                f"“{found.group()}” mixes letters of two alphabets: it looks like another word and is none.",
                "problem",
                (place_of(analysis, *found.span()),),
            )
    unseen = list(_UNSEEN.finditer(text))
    if unseen:
        yield Issue(
            "unseen_letters",
            f"Signs that nobody sees stand inside {len(unseen)} word{'s' if len(unseen) > 1 else ''}.",
            "look",
            tuple(place_of(analysis, m.start() - 1, m.end() + 1) for m in unseen[:5]),
        )
