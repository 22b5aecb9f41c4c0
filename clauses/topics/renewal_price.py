"""How prices may rise: by how much, by which measure, from when."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import choice
from clauses.topics.values import Instance, Span, Topic, absent, number, number_of, word_of

_RISES = (
    r"\b(?:increase|raise|adjust|revise|change)s?\b[^.]{0,60}\b(?:fees?|prices?"
    r"|charges|pricing|rates)\b|\b(?:fees?|prices?|charges"
    r"|pricing)\b[^.]{0,50}\b(?:increase|rise|be (?:adjusted|increased|raised))\w*\b"
    r"|\b(?:renewal|renew\w*)\b[^.]{0,80}\bthen[- ]current (?:list )?(?:price|fee|rate)s?\b"
)


def read(page: Page) -> Sequence[Instance]:
    """Sentences that let fees rise."""
    found = page.find_sentences(
        _RISES,
        but=r"\b(?:shall|will|may|must) not\b[^.]{0,40}\b(?:increase|be increased|raise)"
        r"|\bexceeds the quantity\b|\bquantit(?:y|ies) may be increased\b"
        r"|\bnumber of\b[^.]*\bexceeds\b|\bfixed for\b|\bincrease[ds]? cap\b"
        r"|\bincreased claims\b",
    )
    return [_instance(passage) for passage in found]


def _instance(passage: Passage) -> Instance:
    percents = list(passage.quantities("percent"))
    end = passage.end - 1 if passage.text.endswith(".") else passage.end
    values = {
        "percent": number(percents[0], "percent") if percents else absent("no limit in percent is given"),
        "measure": choice(
            passage,
            ("lesser", r"\b(?:lesser|lower) of\b"),
            ("greater", r"\b(?:greater|higher) of\b"),
            ("list", r"\b(?:list|standard|then[- ]current|then in force|published)\b"),
            ("index", r"\b(?:index|inflation|cpi|rpi)\b"),
        ),
    }
    return Instance((passage.span,), values, {"sentence_end": Span(end, end)})


TOPIC = Topic(
    "renewal_price",
    "Price increases",
    "a right to raise prices",
    {
        "percent": number_of("the highest increase", "percent"),
        "measure": word_of("the measure of an increase", "lesser", "greater", "list", "index"),
    },
    read,
    after=(r"fees|payment|charges",),
    clause_types=("fees", "payment"),
)
