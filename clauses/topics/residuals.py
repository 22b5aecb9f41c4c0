"""A residuals clause: free use of what people remember."""

from collections.abc import Sequence

from clauses.topics.page import Page
from clauses.topics.values import Instance, Topic


def read(page: Page) -> Sequence[Instance]:
    """Sentences that speak of residuals or of information kept in unaided memory."""
    found = page.find_sentences(
        r"\bresiduals?\b|\bunaided memor(?:y|ies)\b|\bretained in (?:the )?(?:unaided )?memor",
        follow=r"\bresidual",
    )
    return [Instance((passage.span,), {}) for passage in found]


TOPIC = Topic("residuals", "Residuals", "a right to use what people remember (residuals)", {}, read)
