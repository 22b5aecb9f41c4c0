"""A ban on hiring away the other side's people."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import members, number_near
from clauses.topics.values import Instance, Topic, number_of, set_of, word, word_of

_BAN = (
    r"\b(?:not|nor|neither|refrain)\b[^.]*\b(?:solicit|entice|induce|poach|recruit"
    r"|hire|employ)\b[^.]*\b(?:employees?|personnel|staff|workers?|contractors?"
    r"|consultants?|officers?|person)\b"
    r"|\bnon-solicit\w*\b[^.]*\b(?:employees?|personnel|staff)\b"
)


def read(page: Page) -> Sequence[Instance]:
    """Sentences that forbid soliciting or hiring people, with their exemptions."""
    found = page.find_sentences(
        _BAN,
        follow=r"\badverti\w+\b|\brecruit\w*\b|\bsolicit\w*\b|\bhir(?:e|ing)\b",
        but=r"\bequal opportunit",
    )
    return [_instance(passage) for passage in found]


def _instance(passage: Passage) -> Instance:
    hires, solicits = (
        passage.find(r"\bhire\b|\bemploy\b|\bengage\b"),
        passage.find(r"\bsolicit\b|\bentice\b|\binduce\b|\bpoach\b|\brecruit\b"),
    )
    kind = (
        word("both", *(s for s in (hires, solicits) if s))
        if hires and solicits
        else word("hire", hires)
        if hires
        else word("solicit", *([solicits] if solicits else []))
    )
    targets = {
        "project_staff": r"\b(?:involved|introduced|engaged in|became (?:known|aware)|came into contact"
        r"|had contact|worked on|assigned to)\b",
        "customers": r"\bcustomers?\b|\bclients?\b",
    }
    values = {
        "months": number_near(
            passage, r"\b(?:period|for|during|within|after|following)\b", "month", "month", "year", reach=80
        ),
        "kind": kind,
        "targets": members(passage, targets),
        "exempt": members(
            passage,
            {
                "adverts": r"\bgeneral(?:ly)?\b[^.]{0,40}\b(?:adverti\w+|solicit\w+|recruit\w+)"
                r"|\badverti[sz]\w+|\bnot (?:specifically )?(?:targeted|directed)"
            },
        ),
    }
    return Instance((passage.span,), values)


TOPIC = Topic(
    "non_solicit",
    "Non-solicitation of staff",
    "a ban on soliciting or hiring staff",
    {
        "months": number_of("the length of the ban", "month"),
        "kind": word_of("what is banned", "solicit", "hire", "both"),
        "targets": set_of("whom the ban covers", "project_staff", "customers"),
        "exempt": set_of("exemptions", "adverts"),
    },
    read,
    clause_types=("non_solicit",),
)
