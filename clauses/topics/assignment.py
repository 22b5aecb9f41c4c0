"""Transfer of the contract: who must consent, and who may take over without consent."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import members
from clauses.topics.values import Instance, Span, Topic, Value, set_of, word, word_of

_ASSIGN = (
    r"\b(?:assign|transfer|novate)\b[^.]*\b(?:agreement|nda|mnda|dpa|contract"
    r"|rights?|obligations?)\b|\b(?:agreement|rights?)\b[^.]*\b(?:assigned"
    r"|assignable|transferred)\b"
)
_NOT_THIS = (
    r"\bfeedback\b|\bassigns? to\b|\bbenefit of creditors\b|\bhereby assigns\b"
    r"|\bintellectual property\b|\bpersonal data\b"
    r"|\btransfer\w* (?:of )?(?:customer )?(?:personal )?data\b|\bsource code\b"
    r"|\bsublicen[cs]e\b|\bsecurities\b[^.]*\btransferee\b[^.]*\bstock\b"
)
_EVERYBODY = r"\b(?:neither party|either party|no party|each party|the parties|a party)\b"
_LIMITS = (
    r"\b(?:not|neither|no party|cannot)\b[^.]*\b(?:assign|transfer|novate)|\bonly with\b[^.]*\bconsent\b"
)
_FREE = {
    "affiliate": r"\baffiliates?\b|\bgroup compan(?:y|ies)\b|\bsubsidiar(?:y|ies)\b",
    "successor": r"\bmerger\b|\bacquisition\b|\bacquirer\b|\bsuccessor to\b|\breorgani[sz]ation\b"
    r"|\bchange of control\b|\bsale of (?:all|substantially)\b"
    r"|\ball or substantially all\b|\bconsolidation\b",
}


def read(page: Page) -> Sequence[Instance]:
    """Runs of sentences on assigning the contract, with the exceptions that follow."""
    found = page.find_sentences(
        _ASSIGN,
        follow=r"\b(?:assign\w*|transfer)\b|\bno consent\b|^(?:however|notwithstanding)\b",
        but=_NOT_THIS,
    )
    ruling = [
        p
        for p in found
        if p.has(
            r"\b(?:may|shall|will|must|can|cannot)\b[^.]{0,80}\b(?:assign|transfer|novate|be assigned)\b"
        )
    ]
    return [_instance(passage) for passage in ruling]


def _instance(passage: Passage) -> Instance:
    exception = passage.find(
        r"\b(?:no consent is (?:needed|required)|except|however|provided that|but"
        r"|notwithstanding|other than|save)\b"
        r"|\bwithout (?:the )?(?:prior )?(?:written )?(?:consent"
        r"|approval)[^.]{0,40}\bto (?:an|any|its)\b"
    )
    free = (
        members(passage.after(exception.start) if exception else passage, _FREE)
        if exception or not passage.has(r"\bconsent\b|\bapproval\b")
        else members(Passage("", passage.start), _FREE)
    )
    values = {"consent": _consent(passage), "free": free, "binds": _binds(passage)}
    anchors: dict[str, Span] = {}
    consent = passage.find(
        r"\b(?:prior )?(?:express )?(?:written )?(?:consent|approval)\b(?:\s+(?:of"
        r"|from)\s+the\s+other(?:\s+party)?)?"
    )
    if consent is not None:
        anchors["consent"] = consent
    first = next(passage.sentences(), passage)
    anchors["first_sentence"] = first.span
    return Instance((passage.span,), values, anchors)


def _consent(passage: Passage) -> Value:
    reasonable = passage.find(
        r"\bunreasonably (?:withh\w+|condition\w*|delay\w*|refuse\w*)|\breasonable consent\b"
    )
    if reasonable:
        return word("reasonable", reasonable)
    asked = passage.find(
        r"\b(?:without|with|prior|obtain\w*)\b[^.]{0,70}\b(?:consent|approval|permission|agreement of)\b"
    )
    if asked:
        return word("required", asked)
    barred = passage.find(
        r"\b(?:may not|shall not|must not|cannot|neither party may|not (?:be )?(?:assignable|assigned))\b"
    )
    return word("barred", barred) if barred else word("free")


def _binds(passage: Passage) -> Value:
    free_provider = passage.find(
        r"\b(?:provider|supplier|vendor|processor"
        r"|licensor)\b[^.]{0,30}\bmay\b[^.]{0,20}\b(?:assign|transfer)\b[^.]*"
        r"\b(?:without|any (?:person|third party)|freely|affiliate|buyer)\b"
    )
    customer = passage.find(
        r"\b(?:customer|client|subscriber|recipient|receiving party"
        r"|evaluator|partner|licensee)\b[^.]{0,30}\b(?:may not|shall not|must not|will not|cannot)\b"
    )
    # The sentence that limits decides; that "either party" may assign in a merger is its exception.
    limiting = next((one for one in passage.sentences() if one.has(_LIMITS)), passage)
    if customer is not None and (free_provider is not None or not limiting.has(_EVERYBODY)):
        return word("customer", customer)
    both = passage.find(_EVERYBODY)
    if both:
        return word("both", both)
    barred, freed = (
        passage.find(r"\b(?:shall|may|must|will) not (?:assign|transfer)\b"),
        passage.find(r"\bmay assign\b|\bmay transfer\b"),
    )
    if barred is not None and freed is not None:
        return word("one_side", barred)
    provider = passage.find(
        r"\b(?:provider|supplier|vendor|processor|licensor|discloser"
        r"|disclosing party)\b[^.]{0,30}\b(?:may not|shall not|must not|will not"
        r"|cannot)\b"
    )
    return word("provider", provider) if provider else word("both")


TOPIC = Topic(
    "assignment",
    "Assignment",
    "transfer of the contract and the consent it needs",
    {
        "consent": word_of("consent to assignment", "reasonable", "required", "barred", "free"),
        "free": set_of("assignment without consent to", *_FREE),
        "binds": word_of("whom the limit binds", "both", "customer", "provider", "one_side"),
    },
    read,
    after=(r"general", r"miscellaneous", r"governing law"),
    clause_types=("assignment",),
)
