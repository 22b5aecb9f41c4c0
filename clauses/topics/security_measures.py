"""Technical and organisational measures: how strong, and whether they may shrink."""

from collections.abc import Sequence

from clauses.topics.page import Page
from clauses.topics.reading import yes_no
from clauses.topics.values import Instance, Topic, unknown, word, word_of

_STRONG = (
    r"\btechnical and organi[sz]ational\b[^.]*\bmeasures\b|\barticle 32\b"
    r"|\bappropriate\b[^.]{0,40}\b(?:security )?(?:measures|safeguards)\b"
    r"|\bmeasures\b[^.]*\b(?:annex|schedule|appendix)\b"
)
_WEAK = (
    r"\bcommercially reasonable\b[^.]*\b(?:secur\w+|protect\w*)\b"
    r"|\breasonable efforts\b[^.]*\b(?:secur\w+|protect\w*)\b"
)


def read(page: Page) -> Sequence[Instance]:
    """The sentence that promises measures; a promise of reasonable efforts only is read as weak."""
    strong = [
        p
        for p in page.find_sentences(
            _STRONG, but=r"\bdrafting note\b|\brestricted transfer\b|\btransfer\b|\bresponsible for\b"
        )
        if p.has(r"\b(?:shall|will|must|implements?|maintains?|takes?)\b")
    ]
    weak = page.find_sentences(_WEAK, but=r"\bimpracticable\b|\badditional processing\b|\bde-identify\b")
    if strong:
        keeps = next(
            iter(
                page.find_sentences(
                    r"\bmeasures\b[^.]*\b(?:not (?:be )?(?:reduced|decrease\w*|lower\w*|weaken\w*)"
                    r"|no (?:less|reduction))|\bnot\b[^.]{0,40}\b(?:reduce|decrease|lower|weaken"
                    r"|degrade)\b[^.]*\b(?:security|protection|measures)\b|\blevel of (?:protection"
                    r"|security)\b[^.]*\bnot\b"
                )
            ),
            None,
        )
        values = {
            "level": word("appropriate", strong[0].span),
            "no_reduction": yes_no(
                keeps or strong[0],
                r"\b(?:not|no)\b[^.]{0,60}\b(?:reduc\w+|decreas\w+|lower\w*|weaken\w*|degrad\w+" r"|less)\b",
            ),
        }
        return [Instance((strong[0].span,), values)]
    named = page.key_term(r"Security Policy|Technical and Organi[sz]ational Security Measures")
    if not weak and named is not None:
        why = "the measures stand in a document that is not given here"
        return [Instance((named.span,), {"level": unknown(why, named.span), "no_reduction": word("no")})]
    return [
        Instance((p.span,), {"level": word("efforts", p.span), "no_reduction": word("no")}) for p in weak[:1]
    ]


TOPIC = Topic(
    "security_measures",
    "Security measures",
    "technical and organisational security measures",
    {
        "level": word_of("the security promised", "appropriate", "efforts"),
        "no_reduction": word_of("no reduction of security", "yes", "no"),
    },
    read,
    after=(r"security", r"processing|instruct"),
    clause_types=("security",),
)
