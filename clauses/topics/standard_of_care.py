"""The care a recipient owes to confidential information."""

from collections.abc import Sequence

from clauses.topics.page import Page
from clauses.topics.reading import yes_no
from clauses.topics.values import Instance, Topic, word_of

_CARE = (
    r"\bprotect\w*\b[^.]{0,80}\breasonable\b|\bcare (?:it|that it) (?:gives|uses"
    r"|takes)\b|\b(?:degree|standard|level) of (?:care|protection)\b"
    r"|\breasonable (?:care|precautions|measures|steps|security)\b"
    r"|\bsame (?:degree|standard|precautions|protections|care|measures)\b"
    r"|\bstrict(?:est)? confidence\b|\bhighest degree\b"
)


def read(page: Page) -> Sequence[Instance]:
    """Sentences that set the care owed to confidential information."""
    found = page.find_clauses(rf"\A(?=.*\bconfidential)(?=.*(?:{_CARE}))")
    return [
        Instance(
            (care.span,),
            {
                "reasonable": yes_no(care, r"\breasonable\b"),
                "like_own": yes_no(care, r"\bits own\b|\bsame\b"),
                "strict": yes_no(
                    care, r"\bhighest\b|\bstrictest\b|\bguarantee\b|\babsolute\b|\bat all costs\b"
                ),
            },
        )
        for passage in found[:1]
        if (care := passage.sentence(_CARE)) is not None
    ]


TOPIC = Topic(
    "standard_of_care",
    "Standard of care",
    "the care owed to confidential information",
    {
        "reasonable": word_of("at least reasonable care", "yes", "no"),
        "like_own": word_of("the same care as for one’s own information", "yes", "no"),
        "strict": word_of("absolute or highest care", "yes", "no"),
    },
    read,
    after=(r"use and protection|obligations", r"confidential"),
    clause_types=("confidentiality",),
)
