"""Help for the controller: requests of individuals, assessments, and who pays."""

from collections.abc import Sequence

from clauses.topics.page import Page
from clauses.topics.values import Instance, Topic, Value, word, word_of

_HELP = r"\b(?:assist\w*|help|support|cooperat\w+|give the (?:controller|customer) the information)\b"
_RIGHTS = (
    rf"{_HELP}[^.]*\b(?:data subjects?|individuals?|rights?|requests?)\b"
    rf"|\bdata subjects?\b[^.]*\brequests?\b[^.]*{_HELP}"
)
_ASSESS = (
    rf"{_HELP}[^.]*\b(?:impact assessments?|assessments?|consultations?)\b"
    rf"|\bdata protection impact assessment\b"
)


def read(page: Page) -> Sequence[Instance]:
    """Sentences that promise help."""
    but = r"\bcontain the\b|\btroubleshoot\b|\bindemnif\w+\b|\bcounsel\b"
    rights = [p for p in page.find_sentences(_RIGHTS, but=but) if p.has(r"\b(?:shall|will|must)\b")]
    assess = [p for p in page.find_sentences(_ASSESS, but=but) if p.has(r"\b(?:shall|will|must)\b")]
    spans = tuple(dict.fromkeys([p.span for p in (*rights[:1], *assess[:1])]))
    if not spans:
        return []
    cost = next(
        (
            span
            for p in (*rights[:1], *assess[:1])
            if (
                span := p.find(
                    r"\bat (?:the )?(?:controller|customer|client)['’]s (?:sole )?(?:cost|expense)\b"
                    r"|(?<!of )(?<!without )(?<!no )(?<!additional )(?<!extra )\bcharges?\b(?! of\b)"
                    r"|\bat [^.;]{0,20}\brequest and (?:cost|expense)\b|(?<!no )(?<!without )\bfees?\b"
                )
            )
        ),
        None,
    )
    values: dict[str, Value] = {
        "rights": word("yes", rights[0].span) if rights else word("no"),
        "assessments": word("yes", assess[0].span) if assess else word("no"),
        "cost": word("free") if cost is None else word("ours", cost),
    }
    return [Instance(spans, values)]


TOPIC = Topic(
    "assistance",
    "Assistance",
    "help with requests of individuals and with assessments",
    {
        "rights": word_of("help with requests of individuals", "yes", "no"),
        "assessments": word_of("help with impact assessments", "yes", "no"),
        "cost": word_of("the cost of help", "free", "ours"),
    },
    read,
    after=(r"assist|cooperation|rights|help", r"transfer", r"sub-?processor"),
    clause_types=("data_protection",),
)
