"""The law that governs, the forum that decides, and whether the two match."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.places import Place, places
from clauses.topics.reading import blank
from clauses.topics.values import Instance, Span, Topic, Value, absent, unknown, word, word_of

_LAW = (
    r"\bgoverned by\b|\bgoverning law\b[^.]{0,30}\b(?:is|are|shall be|governs?"
    r"|will govern)\b|\bconstrued\b[^.]{0,60}\blaws?\b"
    r"|\blaws? of\b[^.]{0,60}\b(?:govern|appl)\w*|\b\w+ law (?:governs|applies"
    r"|shall (?:govern|apply))\b|\bsubject to (?:the )?laws? of\b"
    r"|\bsubject to \w+ law\b"
)
_FORUM = r"\bcourts?\b|\bjurisdiction\b|\bvenue\b|\barbitrat\w+\b"
_DECIDES = (
    r"\bcourts?\b[^.]*\bjurisdiction\b|\bjurisdiction\b[^.]*\bcourts?\b"
    r"|\barbitrat\w+\b[^.]*\bin\b|\bcourts? (?:of|in|located)\b[^.]*\b(?:exclusive"
    r"|brought|competent)\b|\bbrought in\b[^.]*\bcourts?\b"
)
_FOREIGN_TOPIC = (
    r"\bstandard contractual clauses\b|\bsccs\b|\bclause 1[378]\b|\bmodule\b"
    r"|\bunited nations\b[^.]*\bexcluded only\b"
)
_STATUTE = (
    r"\bgoverned by (?:the )?(?:provisions of (?:the )?)?(?:[\w.]+ ){1,5}"
    r"(?:code|act|regulations?|corporation law)\b"
)
"""One statute for one subject ("overtime is governed by the California Labor Code") chooses no law."""
_HOME = absent("who is at home there is told by the deal and the parties")
"""Filled in by those who know which party is ours."""


def read(page: Page) -> Sequence[Instance]:
    """The governing-law sentences with the forum beside them; cover-page values win over the clause that
    names them."""
    label = page.key_term(r"Governing Law(?: and [\w ]+)?")
    runs = page.find_sentences(_LAW, follow=_FORUM, but=_FOREIGN_TOPIC)
    clauses = [p for p in runs if not (label and label.start <= p.start < label.end)]
    if label is not None and _speaks_of_a_place(label):
        return [_from_cover(page, label)]
    return [_instance(page, passage) for passage in clauses if _names_law(passage)]


def _speaks_of_a_place(passage: Passage) -> bool:
    return bool(places(passage.text)) or blank(passage) is not None


def _names_law(passage: Passage) -> bool:
    if passage.has(_STATUTE) and not passage.has(
        r"\blaws\b|\bgoverning law\b|\bthis (?:agreement|contract)\b"
    ):
        return False
    return (
        bool(places(passage.text))
        or passage.has(r"\bthe governing law\b|\blaws of the state of governing law\b|\bgoverning law\b")
        or blank(passage) is not None
    )


def _from_cover(page: Page, label: Passage) -> Instance:
    courts = page.key_term(r"(?:Chosen )?Courts?|Jurisdiction|Venue|Forum")
    spans = (label.span,) if courts is None else (label.span, courts.span)
    law = _value(label)
    forum = absent() if courts is None else _value(courts)
    return Instance(spans, {"law": law, "forum": forum, "forum_matches": _matches(law, forum), "home": _HOME})


def _instance(page: Page, passage: Passage) -> Instance:
    law_part = passage.sentence(_LAW) or passage
    cut = law_part.find(
        r"\b(?:exclusive |non-exclusive )?jurisdiction\b(?! of incorporation)|\bcourts?\b|\barbitrat\w+\b"
    )
    law = _value(law_part.upto(cut.start) if cut and places(law_part.upto(cut.start).text) else law_part)
    forum_text = Passage(passage.text[law_part.end - passage.start :], law_part.end)
    forum = (
        _value(law_part.after(cut.start))
        if cut and places(law_part.after(cut.start).text)
        else _forum(forum_text)
    )
    spans: tuple[Span, ...] = (passage.span,)
    if not forum.is_read:
        beside = _forum_beside(page, passage)
        if beside is not None:
            forum, spans = _value(beside), (passage.span, beside.span)
    return Instance(spans, {"law": law, "forum": forum, "forum_matches": _matches(law, forum), "home": _HOME})


def _forum_beside(page: Page, law: Passage) -> Passage | None:
    """The sentence on courts or arbitration nearest to the one on the law."""
    found = [
        p for p in page.find_sentences(_DECIDES, but=rf"{_FOREIGN_TOPIC}|\bregister\w*\b") if places(p.text)
    ]
    return min(found, key=lambda p: abs(p.start - law.start), default=None)


def _forum(passage: Passage) -> Value:
    if not passage.text.strip():
        return absent()
    return _value(passage) if places(passage.text) else blank(passage) or absent()


def _value(passage: Passage) -> Value:
    found = places(passage.text, passage.start)
    if not found:
        return blank(passage) or unknown("the place stands in a term that is not given here", passage.span)
    names = sorted({place.name for place in found})
    spans = tuple(_words(passage, place) for place in found)
    if len(names) > 1:
        return unknown(f"more than one place is named: {', '.join(names)}", *spans)
    return word(found[0].name, *spans, lead="the laws of " if found[0].adjective else "")


def _words(passage: Passage, place: Place) -> Span:
    return Span(place.start, place.end)


def _matches(law: Value, forum: Value) -> Value:
    if not law.is_read or not forum.is_read:
        return (
            absent("law or forum is not named")
            if "absent" in {law.state, forum.state}
            else unknown(law.why or forum.why)
        )
    return word("yes" if law.value == forum.value else "no")


TOPIC = Topic(
    "governing_law",
    "Governing law and forum",
    "the governing law and the courts or arbitration that decide",
    {
        "law": word_of("the governing law"),
        "forum": word_of("the forum"),
        "forum_matches": word_of("forum in the place of the law", "yes", "no"),
        "home": word_of("whose home law it is", "ours", "theirs", "neither"),
    },
    read,
    after=(r"general", r"miscellaneous", r"equitable|injunct", r"notices"),
    clause_types=("governing_law", "disputes"),
)
