"""Processing on the controller's instructions only."""

from collections.abc import Sequence

from clauses.topics.page import Page
from clauses.topics.reading import yes_no
from clauses.topics.values import Instance, Topic, word_of

_BY = (
    r"\b(?:process\w*|abide|act|follow|comply)\b[^.]*\binstructions?\b"
    r"|\binstructions?\b[^.]*\b(?:process\w*|abide|follow)\b"
    r"|\binstructs\b[^.]*\bprocess\b"
)


def read(page: Page) -> Sequence[Instance]:
    """The clause on instructions, with the duty to warn where an instruction is unlawful."""
    found = [
        p
        for p in page.find_sentences(
            _BY,
            follow=r"\binstructions?\b|\bdocumented\b",
            but=r"\bdelet\w+\b|\bdata subject\w*\b[^.]*\brequest\b|\bsub-?processors?\b"
            r"|\bannex\b[^.]*\bdescribes\b|\bthird part\w+ request",
        )
        if p.has(r"\b(?:processor|provider|supplier|vendor|service provider)\b")
    ]
    if not found:
        return []
    warns = next(
        iter(
            page.find_sentences(
                r"\b(?:inform|tell|notify)\b[^.]*\binstruction\b[^.]*\b(?:infring\w+|breach\w*"
                r"|violat\w+|unlawful|contrary)\b|\binstruction\b[^.]*\b(?:infring\w+|breach\w*"
                r"|violat\w+)\b[^.]*\b(?:inform|tell|notify)\b"
            )
        ),
        None,
    )
    main = found[0]
    values = {
        "documented": yes_no(main, r"\bdocumented\b|\bwritten\b|\bin writing\b"),
        "exclusive": yes_no(main, r"\bonly\b|\babide by\b|\bsolely\b|\bnot process\b|\bexclusively\b"),
        "warns": yes_no(
            warns or main,
            r"\b(?:inform|tell|notify)\b[^.]*\binstruction\b|\binstruction\b[^.]*\b(?:inform"
            r"|tell|notify)\b",
        ),
    }
    return [
        Instance(
            (main.span,)
            if warns is None or main.start <= warns.start < main.end
            else (main.span, warns.span),
            values,
        )
    ]


TOPIC = Topic(
    "instructions",
    "Instructions",
    "processing on the controller’s instructions",
    {
        "documented": word_of("documented instructions", "yes", "no"),
        "exclusive": word_of("processing on instructions only", "yes", "no"),
        "warns": word_of("a warning on unlawful instructions", "yes", "no"),
    },
    read,
    after=(r"instruct|processing",),
    clause_types=("data_protection",),
)
