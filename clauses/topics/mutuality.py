"""Whether the duty of secrecy binds both parties."""

from collections.abc import Sequence

from clauses.topics.page import Page
from clauses.topics.values import Instance, Topic, word, word_of

_BOTH = (
    r"[“\"](?:disclosing party|discloser)[”\"] means (?:the|a|either|any) party\b"
    r"|\beach party\b[^.]{0,120}\bdisclos\w+|\b(?:either|both) part(?:y"
    r"|ies)\b[^.]{0,80}\bdisclos\w+|\bparty\b[^.]{0,30}\b(?:disclosing"
    r"|that discloses|which discloses|when (?:it|the party) (?:is )?(?:disclos"
    r"|provid)\w+|providing)\b"
    r"|\bdisclosed by (?:either|one|a) party\b|\bthe parties (?:may|wish to"
    r"|intend to|will) (?:exchange|disclose)\b"
)
_ONE = r"\bthe (?:recipient|receiving party)(?:’s|'s)?\b|\brecipient (?:shall|will|must|agrees)\b"

_DEFINED = r"[“\"](?:disclosing party|discloser)[”\"]\)? means (?:the|a|either|any) party\b"
_DUTY = r"\b(?:the )?(?:recipient|receiving party)\b (?:shall|will|must)\b"


def read(page: Page) -> Sequence[Instance]:
    """The words that make either party a discloser; failing them, the words that bind only a recipient."""
    both = page.find_sentences(_DEFINED) or page.find_sentences(_BOTH)
    if both:
        return [Instance((both[0].span,), {"binds": word("both", both[0].span)})]
    one = page.find_sentences(_DUTY) or page.find_sentences(_ONE)
    return [Instance((one[0].span,), {"binds": word("one", one[0].span)})] if one else []


TOPIC = Topic(
    "mutuality",
    "Mutual duty",
    "words that make each party both discloser and recipient",
    {"binds": word_of("who is bound", "both", "one")},
    read,
    after=(r"introduction|purpose|definition", r"confidential"),
    clause_types=("confidentiality",),
)
