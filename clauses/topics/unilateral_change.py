"""A right of the provider to change terms on its own."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import members, number_near, yes_no
from clauses.topics.values import Instance, Topic, number_of, set_of, word_of

_CHANGES = (
    r"\b(?:provider|supplier|vendor|licensor|processor|company"
    r"|we)\b[^.]{0,80}\b(?:may|reserves? the right to|is entitled to"
    r"|can)\b[^.]{0,60}\b(?:change|modify|amend|update|revise|vary)\b"
    r"[^.]*\b(?:agreement|terms|polic(?:y|ies)|sla|service level\w*|documentation"
    r"|security measures|support policy)\b"
)
_SCOPE = {
    "agreement": r"\b(?:terms (?:of (?:this|the) agreement)?|this agreement|these terms"
    r"|agreement)\b(?! (?:ends|in force))",
    "policies": r"\bpolic(?:y|ies)\b|\bdocumentation\b|\bsla\b|\bservice levels?\b|\bsecurity measures\b",
}


def read(page: Page) -> Sequence[Instance]:
    """Sentences in which the provider may change terms or policies, with the limits that follow."""
    found = page.find_sentences(
        _CHANGES,
        follow=r"\b(?:change|modification|update|amend\w+|posting|continued use)\b",
        but=r"\bmodify the (?:product|service|affected|allegedly)\b"
        r"|\bcustomer personal data\b[^.]*\bupdates\b|\breplace or modify\b",
    )
    return [_instance(passage) for passage in found]


def _instance(passage: Passage) -> Instance:
    reduction = (
        r"\bnot\b[^.]{0,50}\b(?:materially )?(?:reduce|decrease|degrade|diminish|lessen"
        r"|adversely)\w*|\bno (?:material )?(?:reduction|degradation)\b"
    )
    rights = passage.match(
        r"\b(?:change|modify|amend|update|revise|vary)\b([^.]*?)(?:\bat any time\b"
        r"|\bby posting\b|\bto reflect\b|\bif\b|\.|$)"
    )
    named = (
        Passage(passage.text[rights.start(1) : rights.end(1)], passage.start + rights.start(1))
        if rights
        else passage
    )
    values = {
        "scope": members(named, _SCOPE),
        "no_reduction": yes_no(passage, reduction),
        "notice_days": number_near(passage, r"\bnotice\b|\bnotif\w+\b", "day", "day", reach=60),
        "exit": yes_no(passage, r"\bterminate\b"),
    }
    return Instance((passage.span,), values)


TOPIC = Topic(
    "unilateral_change",
    "Changes by one side",
    "a right of the provider to change terms by itself",
    {
        "scope": set_of("what may be changed", *_SCOPE),
        "no_reduction": word_of("no material reduction", "yes", "no"),
        "notice_days": number_of("notice of a change", "day"),
        "exit": word_of("a right to leave on a change", "yes", "no"),
    },
    read,
    clause_types=("general",),
)
