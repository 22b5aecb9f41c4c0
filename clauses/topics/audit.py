"""The right to audit the processor: on site, for cause, or on paper only."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import members
from clauses.topics.values import Instance, Span, Topic, Value, set_of, word, word_of

_AUDITS = r"\baudits?\b|\binspect(?:s|ions?)?\b|\baudit(?:ed|ing)\b"
_ONSITE = (
    r"\binspections?\b|\binspect\b|\bon-?site\b|\bpremises\b|\b(?:may|right to"
    r"|allow for\b[^.]{0,40})\s*audits?\b|\bcontribute to audits\b"
)
_ONLY = (
    r"\bsatisf(?:y|ies)\b[^.]*\b(?:right|audit)\b|\bonly (?:exercise"
    r"|by)\b[^.]*\b(?:audit|report|instructing)\b|\bin (?:place|lieu"
    r"|satisfaction) of\b[^.]*\baudit\b"
    r"|\b(?:sole|exclusive)\b[^.]*\baudit\b|\bno (?:right|on-?site)\b[^.]*\b(?:audit"
    r"|inspection)\b|\blimited to\b[^.]*\breports?\b"
)
_CAUSES = {
    "breach": r"\b(?:after|following|in (?:case|the event) of|upon|where"
    r"|if)\b[^.]{0,60}\b(?:breach|incident)\b",
    "authority": r"\b(?:authorit\w+|regulator)\b[^.]{0,40}\b(?:require\w*|request\w*|demand\w*"
    r"|order\w*)\b|\b(?:required|requested) by\b[^.]{0,30}\b(?:authorit|regulator)",
}


def read(page: Page) -> Sequence[Instance]:
    """Everything the contract says on audits by the controller, read together."""
    found = page.find_sentences(
        _AUDITS,
        follow=r"\breports?\b|\baudit\b",
        but=r"\bsoc 2\b|\bannually updated\b|[“\"]report[”\"] means|\baudit and log"
        r"|\bfinancial audit\b|\bregularly audited\b"
        r"|\bsecurity measures\b[^.]*\baudit logs?\b|\bexamines the measures\b",
    )
    about = [
        p
        for p in found
        if p.has(r"\b(?:controller|customer|client)\b") and p.has(r"\b(?:shall|will|may|must|right)\b")
    ]
    return [_instance(about)] if about else []


def _instance(passages: Sequence[Passage]) -> Instance:
    limits = next((s for p in passages for s in p.sentences() if s.has(_ONLY)), None)
    onsite = _first(passages, _ONSITE, limits)
    causes: list[tuple[str, Span]] = []
    for passage in passages:
        causes += members(passage, _CAUSES).items
    values = {
        "onsite": onsite,
        "reports_only": word("no") if limits is None else word("yes", limits.span),
        "causes": Value(
            "read",
            tuple(sorted({name for name, _ in causes})),
            tuple(span for _, span in causes),
            items=tuple(causes),
        ),
    }
    anchors = {} if limits is None else {"limit": limits.span}
    return Instance(tuple(p.span for p in passages), values, anchors)


def _first(passages: Sequence[Passage], pattern: str, limits: Passage | None) -> Value:
    for passage in passages:
        for sentence in passage.sentences():
            if limits is not None and sentence.span == limits.span:
                continue
            span = sentence.find(pattern)
            if span is not None:
                return word("yes", span)
    return word("no")


TOPIC = Topic(
    "audit",
    "Audit",
    "the controller’s right to audit or inspect",
    {
        "onsite": word_of("audits on site", "yes", "no"),
        "reports_only": word_of("reports in place of audits", "yes", "no"),
        "causes": set_of("causes that open an audit on site", *_CAUSES),
    },
    read,
    after=(r"audit|record", r"security", r"sub-?processor"),
    clause_types=("audit",),
)
