"""What binds a sub-processor, and who answers for it."""

from collections.abc import Sequence

from clauses.topics.page import Page
from clauses.topics.values import Instance, Topic, word, word_of

_SUB = r"\bsub-?processors?\b"


def read(page: Page) -> Sequence[Instance]:
    """Sentences on the duties passed on and the liability kept."""
    but = r"[“\"]sub-?processors?[”\"] (?:means|will have)"
    passed = page.find_sentences(
        rf"(?:{_SUB})[^.]*\b(?:same|equivalent|no less|in substance|imposed on|impose\w*"
        rf"|written agreement|bound)\b|\b(?:same|impose\w*)\b[^.]*(?:{_SUB})",
        but=but,
    )
    kept = page.find_sentences(
        rf"\b(?:liable|responsible|answerable)\b[^.]*(?:{_SUB})",
        but=rf"{but}|\b(?:not|never|no way)\b (?:be )?(?:liable|responsible|answerable)\b",
    )
    spans = tuple(dict.fromkeys([p.span for p in (*passed[:1], *kept[:1])]))
    if not spans:
        return []
    values = {
        "flow_down": word("yes", passed[0].span) if passed else word("no"),
        "liable": word("yes", kept[0].span) if kept else word("no"),
    }
    return [Instance(spans, values)]


TOPIC = Topic(
    "sub_processor_terms",
    "Duties of sub-processors",
    "duties passed on to sub-processors and liability for them",
    {
        "flow_down": word_of("the same duties for sub-processors", "yes", "no"),
        "liable": word_of("liability for sub-processors", "yes", "no"),
    },
    read,
    after=(r"sub-?processor",),
    clause_types=("sub_processors",),
)
