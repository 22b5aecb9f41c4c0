"""Which document wins in matters of personal data."""

from collections.abc import Sequence

from clauses.topics.page import Page
from clauses.topics.values import Instance, Topic, word, word_of

_ORDER = (
    r"\b(?:conflict\w*|inconsisten\w+|contradict\w*|differ)\b[^.]*\b(?:prevail\w*"
    r"|control\w*|precedence|takes? priority)\b|\b(?:prevail\w*"
    r"|precedence)\b[^.]*\b(?:conflict|inconsisten)"
)


def read(page: Page) -> Sequence[Instance]:
    """The sentence on conflicts between documents."""
    found = [
        p
        for p in page.find_sentences(_ORDER)
        if p.has(
            r"\b(?:dpa|data processing agreement|main agreement|addendum|this agreement" r"|agreement)\b"
        )
        and not p.has(r"\bcover page will control over the dpa standard terms\b")
    ]
    return [
        Instance(
            (p.span,),
            {
                "prevails": word(
                    "main"
                    if p.has(
                        r"\b(?:main|principal|master|services?) agreement (?:shall |will )?(?:prevail"
                        r"|control|take)|\bthe agreement (?:shall |will )?(?:prevail|control)"
                    )
                    else "dpa",
                    p.span,
                )
            },
        )
        for p in found[:1]
    ]


TOPIC = Topic(
    "dpa_precedence",
    "Precedence",
    "which document prevails in matters of personal data",
    {"prevails": word_of("the document that prevails", "dpa", "main")},
    read,
    after=(r"definition|scope|conflict", r"liabilit", r"general"),
    clause_types=("order_of_precedence",),
)
