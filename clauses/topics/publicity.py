"""Use of the customer's name and logo."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.values import Instance, Span, Topic, Value, word, word_of

_NAMES = (
    r"\b(?:logos?|name|names|trade ?marks?)\b[^.]*\b(?:marketing|website|sales"
    r"|reference|publicity|press|customer list|promotional|advertis\w+)\b"
    r"|\b(?:marketing|press releases?|publicly|publicity)\b[^.]*\b(?:logos?"
    r"|names?|announce|relationship|agreement)\b"
    r"|\breference (?:customer|client|account)\b|\bas a reference\b"
)


def read(page: Page) -> Sequence[Instance]:
    """Sentences on naming the other side in public."""
    found = page.find_sentences(
        _NAMES,
        but=r"\bpublicly (?:known|available)\b|\bdomain\b|\breference copy\b|\bheadings?\b"
        r"|\btitles?\b|\bpersonal data\b|\bincorporated\b|\bnot publicly identify\b"
        r"|\brights? of (?:privacy|publicity)\b|\binfring\w+\b|\bwith reference\b",
    )
    return [_instance(p) for p in found if p.has(r"\b(?:may|shall|will|must)\b")]


def _instance(passage: Passage) -> Instance:
    first = next(passage.sentences(), passage)
    end = first.end - 1 if first.text.endswith(".") else first.end
    return Instance((passage.span,), {"consent": _consent(passage)}, {"sentence_end": Span(end, end)})


def _consent(passage: Passage) -> Value:
    asked = passage.find(
        r"\b(?:without|with|prior|subject to|obtain\w*)\b[^.]{0,60}\b(?:consent|approval"
        r"|permission|agreement)\b"
    )
    if asked:
        return word("required", asked)
    barred = passage.find(r"\b(?:neither party|shall not|will not|may not|must not)\b")
    return word("barred", barred) if barred else word("none", passage.span)


TOPIC = Topic(
    "publicity",
    "Use of name and logo",
    "use of the customer’s name or logo in public",
    {"consent": word_of("consent to publicity", "required", "barred", "none")},
    read,
    after=(r"general", r"confidential"),
    clause_types=("publicity",),
)
