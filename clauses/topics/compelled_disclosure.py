"""Disclosure that a law, court or authority demands: notice before it, and its limits."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import choice, yes_no
from clauses.topics.values import Instance, Span, Topic, word, word_of

_COMPELLED = (
    r"\b(?:required|compelled|ordered|obliged|obligated|requested"
    r"|demanded)\b[^.]{0,30}\b(?:by|under|pursuant to|in)\b[^.]{0,60}\b(?:laws?"
    r"|courts?|regulat\w+|subpoena|order|authorit\w+|legal process)\b"
    r"|\bif\b[^.]{0,30}\b(?:courts?|authorit\w+|regulator"
    r"|law)\b[^.]{0,60}\b(?:orders?|requires?|demands?)\b|\b(?:courts?|regulators?"
    r"|law)\b[^.]{0,30}\brequires? (?:it|the recipient"
    r"|the receiving party) to disclose\b|\blegally (?:required|compelled)\b"
    r"|\bcompelled disclosure\b"
)


def read(page: Page) -> Sequence[Instance]:
    """Sentences that allow disclosure under compulsion, with the sentences on notice that follow."""
    found = page.find_sentences(
        _COMPELLED,
        follow=r"\binform\b|\bnotice\b|\bnotif\w+|\bprotective\b|\bcooperat\w+|\bthat (?:portion|part)\b",
        but=r"\b(?:retain|retention|destroy|personal data|publicly announce|governing body)\b",
    )
    found = tuple(
        p
        for p in found
        if p.has(r"\b(?:may|shall|will|must|can|permitted|not prevent|nothing)\b")
        and p.has(r"\bconfidential\b|\binformation\b")
        and (p.sentence(_COMPELLED) or p).has(r"\bdisclos\w+")
    )
    return [_instance(page, passage) for passage in found[:1]]


def _instance(page: Page, passage: Passage) -> Instance:
    notice = choice(
        passage,
        ("after", r"\b(?:inform|notif\w+|tell|notice)\b[^.]*\bafter\b[^.]{0,20}\b(?:made|disclos\w+)"),
        (
            "prior",
            r"\bfirst gives?\b[^.;]{0,40}\bnotice\b|\b(?:prior|advance"
            r"|reasonable advance)\b[^.;]{0,30}\bnotice\b|\bnotice\b[^.;]{0,40}\b(?:before"
            r"|prior to|in advance)\b|\bnotif\w+\b[^.;]{0,60}\b(?:before|prior to"
            r"|in advance)\b|\b(?:before|prior to)\b[^.;]{0,40}\bnotif\w+",
        ),
        (
            "prompt",
            r"\b(?:prompt\w*|immediate\w*|without (?:undue )?delay"
            r"|as soon as)\b[^.;]{0,60}\bnoti(?:ce|f\w+)\b|\bnoti(?:ce"
            r"|f\w+)\b[^.;]{0,60}\b(?:prompt\w*|immediate\w*|without (?:undue )?delay"
            r"|as soon as)\b",
        ),
        ("undated", r"\bnotice\b|\bnotif\w+\b"),
    )
    lawful = (
        r"\b(?:legally|law|lawfully|applicable laws?)\b[^.;,]{0,30}\b(?:permit\w*"
        r"|allow\w*|possible|prohibit\w*|practicable)\b|\b(?:permit\w*|allow\w*"
        r"|prohibit\w*)\b[^.;,]{0,20}\b(?:by )?(?:applicable )?law"
        r"|\blegally (?:permitted|able)|\bwhere this is lawful\b"
    )
    values = {
        "notice": notice if notice.is_read else word("none"),
        "lawful_limit": yes_no(passage, lawful),
        "minimum": yes_no(
            passage,
            r"\bonly (?:that|the|such)\b[^.;]{0,20}\b(?:portion|part|information)\b"
            r"|\bminimum\b|\bto the extent\b",
        ),
    }
    anchors: dict[str, Span] = {}
    prompt = passage.find(r"\bprompt\b(?= (?:written )?notice\b)")
    if prompt is not None:
        anchors["prompt"] = prompt
    late = passage.sentence(r"\bafter\b")
    if notice.value == "after" and late is not None:
        anchors["notice_after"] = late.span
    return Instance((passage.span,), values, anchors)


TOPIC = Topic(
    "compelled_disclosure",
    "Compelled disclosure",
    "disclosure required by law, court or authority",
    {
        "notice": word_of("notice of a compelled disclosure", "prior", "prompt", "after", "undated", "none"),
        "lawful_limit": word_of("notice only where the law allows it", "yes", "no"),
        "minimum": word_of("disclosure limited to what is required", "yes", "no"),
    },
    read,
    after=(r"exceptions|exclusions|permitted", r"confidential"),
    clause_types=("confidentiality",),
)
