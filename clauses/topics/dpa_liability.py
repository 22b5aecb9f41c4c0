"""Liability under a data processing agreement: inside the main contract's limits, under an own limit, or
without one."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.values import Instance, Span, Topic, word, word_of

_MAIN = (
    r"\bliab\w+\b[^.]*\b(?:subject to|limited (?:by|to)|governed by"
    r"|in accordance with)\b[^.]*\b(?:main agreement|agreement|principal agreement"
    r"|master)\b"
)
_FREE = (
    r"\b(?:limits?|limitations?|exclusions?|caps?)\b[^.]*\b(?:do(?:es)?|shall"
    r"|will) not apply\b|\bliab\w+\b[^.]*\b(?:unlimited|not (?:be )?limited"
    r"|without limit)\b"
)
_OWN = (
    r"\bliab\w+\b[^.]*\b(?:not exceed|not be more than|limited to)\b[^.]*\b(?:times"
    r"|\d+x|eur|usd|gbp|[$€£])|\b(?:separate|higher|super)[- ]?(?:liability )?cap\b"
)
# The limits of the main agreement apply, but not to what the processor owes here.
_EXCEPTED = r"\bexcept that\b[^.]*\b(?:do(?:es)?|shall|will) not (?:apply|limit)\b[^.]*"


def read(page: Page) -> Sequence[Instance]:
    """Sentences on liability between the parties for data processing."""
    found = []
    for name, pattern in (("main_cap", _MAIN), ("separate", _OWN), ("uncapped", _FREE)):
        for passage in page.find_sentences(
            pattern,
            but=r"\bdata subjects?\b[^.]*\barticle 82\b|\bindividual\b[^.]*\brights\b"
            r"|\bviolations? of the\b",
        ):
            own = passage.find(_EXCEPTED) if name == "main_cap" else None
            position = word(name, passage.span) if own is None else word("uncapped", own)
            found.append(Instance((passage.span,), {"position": position}, {"sentence_end": _end(passage)}))
            break
    if found and found[0].values["position"].value == "uncapped":
        return found[:1]
    return found[:1] if found and found[0].values["position"].value == "main_cap" else found[-1:]


def _end(passage: Passage) -> Span:
    """The end of the first sentence, before its full stop."""
    first = next(passage.sentences(), passage)
    end = first.end - 1 if first.text.endswith(".") else first.end
    return Span(end, end)


TOPIC = Topic(
    "dpa_liability",
    "Liability for data processing",
    "liability under the data processing agreement",
    {"position": word_of("liability for data processing", "main_cap", "separate", "uncapped")},
    read,
    after=(r"liabilit", r"delet|eras", r"audit"),
    clause_types=("liability_cap", "liability_exclusions"),
)
