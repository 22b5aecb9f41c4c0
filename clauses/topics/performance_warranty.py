"""The promise that the service works as described."""

from collections.abc import Sequence

from clauses.topics.page import Page
from clauses.topics.reading import yes_no
from clauses.topics.values import Instance, Topic, word_of

_WARRANTS = r"\b(?:warrants?|represents and warrants|guarantees?)\b"
_WORKS = r"\b(?:perform\w*|conform\w*|function\w*|operate|materially as)\b"


def read(page: Page) -> Sequence[Instance]:
    """The provider's warranty of performance; disclaimers and the customer's warranties are not it."""
    found = [p for p in page.find_clauses(_WARRANTS, but=r"\bdisclaim\w*\b") if p.has(_WORKS)]
    for passage in found:
        sentence = passage.sentence(r"\b(?:provider|supplier|vendor|licensor)\b[^.]*\bwarrants?\b")
        about = passage if sentence is None or sentence.text.endswith(":") else sentence
        if sentence is not None and not sentence.has(r"\bdoes not warrant\b"):
            return [
                Instance(
                    (about.span,),
                    {
                        "conforms": yes_no(
                            passage, r"\b(?:documentation|specifications?|descri\w+|materially as)\b"
                        ),
                        "no_reduction": yes_no(
                            passage, r"\bnot (?:materially )?(?:reduce|decrease|degrade)\b"
                        ),
                    },
                )
            ]
    return []


TOPIC = Topic(
    "performance_warranty",
    "Warranty of performance",
    "the provider’s warranty that the service works as described",
    {
        "conforms": word_of("performance as documented", "yes", "no"),
        "no_reduction": word_of("no material reduction of functions", "yes", "no"),
    },
    read,
    after=(r"warrant", r"\bservices?\b"),
    clause_types=("warranty",),
)
