"""How a breach of data obligations is treated by the limit of liability: outside it, under a higher limit,
or inside."""

from collections.abc import Sequence

from clauses.topics import liability_cap
from clauses.topics.page import Page, Passage
from clauses.topics.reading import blank, names_clause
from clauses.topics.values import (
    Instance,
    Span,
    Topic,
    Value,
    absent,
    number,
    number_of,
    set_of,
    unknown,
    word,
    word_of,
    words,
)

CLAIMS = {
    "data_breach": (
        r"\b(?:data protection|data security|data processing|personal data(?! of)"
        r"|security incident|data breach|privacy)\b|\bbreach of (?:section"
        r"|clause) [\w.]+ \((?:privacy|security|data|dpa)"
        r"|\b(?:section|clause) [\w.]+ \((?:privacy|security|data|dpa)[^)]*\)"
    ),
    "confidentiality": r"\bconfidential\w*\b",
    "indemnity": r"\bindemni\w+\b",
    "gross_negligence": r"\bgross negligence\b|\bwil?lful\b|\bintent\w*\b",
    "death_injury": r"\bdeath\b|\bpersonal injury\b",
    "fraud": r"\bfraud\w*\b",
    "ip_breach": r"\b(?:infringement|misappropriation)\b",
}
_EXCEPTS = (
    r"\b(?:limits?|limitations?|caps?|exclusions?|section|sections|clause"
    r"|clauses)\b[^.]{0,120}\b(?:do(?:es)?|shall|will) not apply\b"
    r"|\bnothing in this\b[^.]{0,60}\b(?:limits?|excludes?|shall limit|will limit)\b"
    r"|\bunlimited claims?\b[^.]{0,10}\bmeans?\b|\buncapped claims?[”\"]?\s+means\b"
    r"|\b(?:liability|limit\w*)\b[^.]{0,40}\bunlimited\b|\bneither party (?:limits?|excludes?)\b"
)
_INSIDE = (
    r"\b(?:limits?|caps?|limitations?)\b[^.]{0,160}\b(?:also )?appl(?:y"
    r"|ies)\b[^.]{0,60}\bto\b(?P<what>[^.]*\b(?:personal data|data protection|data"
    r"|security)\b[^.]*)"
)
_HIGHER_CAP = r"[“\"](?:enhanced|increased|super|higher)[\w -]*cap[\w ]*[”\"]\s+means\b"


def read(page: Page) -> Sequence[Instance]:
    """One reading of all sentences on exceptions to the cap, where there is a cap at all."""
    caps = list(liability_cap.read(page))
    higher = _higher(page)
    if not caps and higher is None:
        return []
    exceptions = _exceptions(page, caps)
    inside = next((p for p in page.find_sentences(_INSIDE) if not p.has(r"\bnot apply\b")), None)
    found = [
        (name, span)
        for passage in exceptions
        for name, pattern in CLAIMS.items()
        for span in passage.find_all(pattern)[:1]
        if not _excluded(passage, span)
    ]
    spans = tuple(p.span for p in exceptions) + ((higher[0].span,) if higher else ()) or (caps[0].spans[0],)
    if inside is not None:
        spans = (*spans, inside.span)
    values = {
        "uncapped": words(found),
        "data_inside": word("no") if inside is None else word("yes", inside.span),
        **_supercap(higher),
    }
    anchors: dict[str, Span] = {}
    if inside is not None:
        tail = inside.find(r",?\s+and also applies to[^.]*|,?\s+including[^.]*")
        anchors["inside"] = tail or inside.span
    if exceptions:
        anchors["exceptions_end"] = exceptions[0].span
    return [Instance(tuple(dict.fromkeys(spans)), values, anchors)]


def _exceptions(page: Page, caps: Sequence[Instance]) -> tuple[Passage, ...]:
    found = page.find_sentences(
        _EXCEPTS,
        but=r"\bwarrant\w*\b[^.]*\bmisuse\b" r"|\bindemnifying party\b[^.]*\bwill not apply\b[^.]*\bmodif",
    )
    numbers = [page.line_at(cap.spans[0].start).number for cap in caps]
    about = [
        p
        for p in found
        if p.has(r"\bliab\w+\b|\bcap\b|\bclaims?\b|\blimit\w*\b|\bexclusions?\b")
        or any(names_clause(p.text, number) for number in numbers)
    ]
    # "Clause 8.2 does not apply to …" frees a claim from the waiver of indirect loss, not from the cap.
    about = [p for p in about if not caps or any(names_clause(p.text, n) is not False for n in numbers)]
    sections = {page.line_at(cap.spans[0].start).heading for cap in caps}
    beside = [p for p in about if page.line_at(p.start).heading in sections]
    about = beside or about
    label = page.key_term(r"Unlimited Claims|Uncapped Claims")
    ticked = () if label is None else (label,)
    return tuple(p for p in (*about, *ticked) if not p.has(r"\bincreased claims\b[^.]*\bgeneral\b"))


def _excluded(passage: Passage, span: Span) -> bool:
    """ "any breach of confidentiality, excluding breaches related to Customer Data" does not free data
    breaches."""
    before = passage.text[max(0, span.start - passage.start - 60) : span.start - passage.start].lower()
    return "excluding" in before or "other than" in before


def _higher(page: Page) -> tuple[Passage, Value] | None:
    defined = next(iter(page.find_sentences(_HIGHER_CAP)), None) or page.key_term(
        r"Increased Cap Amount|Enhanced Cap|DPA Liability Cap|Super ?cap"
    )
    direct = next(
        (
            p
            for p in page.find_sentences(liability_cap.LIMIT)
            if p.has(liability_cap.HIGHER)
            or (
                p.has(CLAIMS["data_breach"]) and p.has(r"\bseparate\b|\bfor\b[^.]{0,60}\b(?:data|security)\b")
            )
        ),
        None,
    )
    place = defined or direct
    if place is None:
        return None
    claims = next(
        iter(page.find_sentences(r"[“\"](?:enhanced|increased) claims?[”\"]\s+means\b")), None
    ) or page.key_term(r"Increased Claims|Enhanced Claims")
    text = claims or place
    covers = tuple(name for name, pattern in CLAIMS.items() if text.has(pattern))
    open_claims = blank(claims) if claims is not None and not covers else None
    return place, open_claims or words([(name, place.span) for name in covers])


def _supercap(higher: tuple[Passage, Value] | None) -> dict[str, Value]:
    if higher is None:
        return {"supercap.multiple": absent(), "supercap.covers": words([]), "supercap.separate": word("no")}
    place, covers = higher
    multiples = place.quantities("times")
    cap = liability_cap.cap_values(place, "supercap")["supercap.months"]
    multiple: Value
    open_multiple = blank(place)
    if multiples and multiples[0].amount is not None:
        multiple = number(multiples[0], "times")
    elif open_multiple is not None:
        multiple = open_multiple
    elif cap.is_read:
        multiple = unknown("the higher limit is given in months, not as a multiple", place.span)
    else:
        multiple = unknown("the higher limit is blank or given in another way", place.span)
    return {
        "supercap.multiple": multiple,
        "supercap.covers": covers,
        "supercap.separate": word("yes", place.span),
    }


TOPIC = Topic(
    "data_cap",
    "Liability for data breaches",
    "exceptions to the limit of liability and a higher limit for data claims",
    {
        "uncapped": set_of("claims outside the cap", *CLAIMS),
        "data_inside": word_of("data claims expressly inside the cap", "yes", "no"),
        "supercap.multiple": number_of("the higher cap as a multiple", "times"),
        "supercap.covers": set_of("claims under the higher cap", *CLAIMS),
        "supercap.separate": word_of("a separate higher cap", "yes", "no"),
    },
    read,
    after=(r"limitation|liabilit",),
    clause_types=("liability_exclusions", "liability_cap"),
)
