"""The waiver of indirect loss: whom it protects, its exceptions, and costs that count as direct."""

from collections.abc import Sequence

from clauses.topics.data_cap import CLAIMS
from clauses.topics.liability_cap import binds
from clauses.topics.page import Page, Passage
from clauses.topics.reading import members, names_clause, yes_no
from clauses.topics.values import Instance, Topic, set_of, word_of, words

_WAIVES = (
    r"\b(?:not|no|neither|never|exclude\w*)\b[^.]*\bliab\w+\b[^.]*\b(?:indirect"
    r"|consequential|special|incidental)\b"
    r"|\bliab\w+\b[^.]{0,80}\b(?:not|no)\b[^.]*\b(?:indirect|consequential)\b"
    r"|\bunder no circumstances\b[^.]*\bconsequential\b"
)
_EXCEPTS = (
    r"\b(?:damages waiver|consequential damages|indirect|exclusion|section|sections"
    r"|clauses?|limitations?|waivers?)\b[^.]{0,120}\b(?:do(?:es)?|shall"
    r"|will) not apply\b"
)
_COSTS = {
    "notice": r"\bnotif\w+ (?:of )?(?:affected |individuals|data subjects)|\bcosts? of (?:notice|notif\w+)\b",
    "forensics": r"\bforensic|\binvestigat\w+ (?:of )?(?:the )?(?:breach|incident)",
    "monitoring": r"\bcredit monitoring\b|\bmonitoring services\b",
    "restoration": r"\brestor\w+ (?:of )?(?:lost |corrupted |the )?data\b|\brecover\w+ of data\b",
}


def read(page: Page) -> Sequence[Instance]:
    """Each waiver sentence, with the sentences that except claims from it."""
    excepting = [
        p
        for run in page.find_sentences(_EXCEPTS)
        for p in run.sentences()
        if p.has(
            r"\bwaiver\b|\bindirect\b|\bconsequential\b|\b(?:sections?|clauses?) \d\S*"
            r"|\bthis exclusion\b|\blimitations?\b|\bexclusions?\b"
        )
    ]
    found = page.find_sentences(
        _WAIVES, follow=r"\bthis exclusion\b|\bdirect (?:loss|damages?|costs?)\b|\bcount as direct\b"
    )
    return [_instance(page, passage, excepting) for passage in found]


def _instance(page: Page, waiver: Passage, excepting: Sequence[Passage]) -> Instance:
    number = page.line_at(waiver.start).number
    excepting = [p for p in excepting if names_clause(p.text, number) is not False]
    own = waiver.find(r"\b(?:except (?:for|that|in)|other than|does not apply|save for)\b")
    places = [p for p in excepting if not waiver.start <= p.start < waiver.end]
    if own is not None:
        places.insert(0, waiver.after(own.start))
    found = [
        (name, span)
        for place in places
        for name, pattern in CLAIMS.items()
        for span in place.find_all(pattern)[:1]
    ]
    for place in places:
        for term in ("Increased Claims", "Enhanced Claims", "Uncapped Claims", "Unlimited Claims"):
            meaning = page.meaning(term) if place.has(rf"\b{term}\b") else None
            if meaning is not None:
                found += [(name, place.span) for name, pattern in CLAIMS.items() if meaning.has(pattern)]
    lost = yes_no(waiver, r"\bloss (?:of|or corruption of)\b[^.;]{0,30}\bdata\b|\bcorruption of data\b")
    values = {
        "waiver.exceptions": words(found),
        "direct_costs": members(waiver, _COSTS),
        "binds": binds(waiver),
        "data_loss": lost,
    }
    return Instance((waiver.span,), values)


TOPIC = Topic(
    "indirect_loss",
    "Waiver of indirect loss",
    "an exclusion of indirect or consequential loss",
    {
        "waiver.exceptions": set_of("exceptions to the waiver", *CLAIMS),
        "direct_costs": set_of("costs that count as direct", *_COSTS),
        "binds": word_of("whom the waiver protects", "both", "provider", "customer"),
        "data_loss": word_of("loss of data excluded", "yes", "no"),
    },
    read,
    clause_types=("liability_exclusions",),
)
