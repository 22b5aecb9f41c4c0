"""A fixed sum owed on breach: contractual penalty or liquidated damages."""

from collections.abc import Sequence

from clauses.topics.page import Page
from clauses.topics.values import Instance, Topic


def read(page: Page) -> Sequence[Instance]:
    """Sentences that fix a sum for a breach."""
    found = page.find_sentences(
        r"\bbreach\w*\b[^.]{0,60}\bshall pay\b[^.]{0,40}\b(?:sum|amount) (?:equal|of)\b"
        r"|\bcontract(?:ual)? penalt(?:y|ies)\b|\bliquidated damages\b|\bpenalty (?:of"
        r"|in the amount)\b|\blump[- ]sum (?:damages|compensation)\b",
        follow=r"\bpenalt(?:y|ies)\b|\bliquidated\b",
        but=r"\b(?:no|not|without)\b[^.]{0,40}\b(?:penalt|liquidated)",
    )
    return [Instance((passage.span,), {}) for passage in found]


TOPIC = Topic("penalty", "Contractual penalty", "a penalty or liquidated damages for breach", {}, read)
