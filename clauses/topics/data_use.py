"""Use of the customer's data for the provider's own ends, above all for training models."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import members, yes_no
from clauses.topics.values import Instance, Topic, set_of, word, word_of

_DATA = {
    "customer_data": r"\b(?:customer|client|test|your|evaluation) (?:data|content)\b"
    r"|\bpersonal data\b|\binput\b",
    "usage_data": r"\busage data\b|\b(?:usage|performance|service) (?:statistics|information|metrics)\b",
}
_OWN_USE = (
    r"\b(?:train\w*|machine learning|artificial intelligence|(?:develop|improve"
    r"|enhance)\b[^.]{0,60}\b(?:models?|products?|services|algorithms?)|statistics"
    r"|benchmark\w*)\b"
)

_OURS = r"\b(?:customer|client|evaluator)\b[^.]{0,60}\b(?:will|shall|may|must) not\b"


def read(page: Page) -> Sequence[Instance]:
    """Sentences on the provider's own use of data; a sentence that forbids it is read as forbidding."""
    found = []
    for passage in page.find_sentences(_OWN_USE, follow=r"^(?:however|this right)\b", but=_OURS):
        if any(passage.has(pattern) for pattern in _DATA.values()) and passage.has(
            r"\b(?:may|can|authori[sz]es?|right to|shall not|will not|must not|grants?)\b"
        ):
            found.append(_instance(passage))
    return found


def _instance(passage: Passage) -> Instance:
    banned = passage.find(
        r"\b(?:shall|will|must|may) not\b[^.]{0,80}\b(?:use|train|process|permit)\b"
        r"|\b(?:no|not)\b[^.]{0,30}\bused? (?:to|for)\b[^.]{0,30}\btrain"
    )
    first = next(passage.sentences(), passage)
    values = {
        "allowed": word("no", banned) if banned else word("yes", passage.span),
        "scope": members(first, _DATA),
        "aggregated": yes_no(passage, r"\baggregat\w+\b"),
        "training": yes_no(passage, r"\btrain\w*\b|\bmachine learning\b|\bartificial intelligence\b"),
    }
    return Instance((passage.span,), values)


TOPIC = Topic(
    "data_use",
    "Provider’s own use of data",
    "use of the customer’s data for the provider’s products or models",
    {
        "allowed": word_of("own use by the provider", "yes", "no"),
        "scope": set_of("data so used", *_DATA),
        "aggregated": word_of("only in aggregated form", "yes", "no"),
        "training": word_of("training of models", "yes", "no"),
    },
    read,
    after=(r"customer (?:data|content)|\bdata\b", r"intellectual|confidential"),
    clause_types=("ai", "data_protection"),
)
