"""What counts as confidential: marked, reasonably understood, or everything; oral disclosure."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import members, number_near
from clauses.topics.values import Instance, Topic, Value, number_of, set_of, words

_DEFINES = (
    r"[“\"']confidential information[”\"']\s+(?:means|shall mean|includes|is|refers)"
    r"|\([^)]{0,30}[“\"']confidential information[”\"']\s*\)"
    r"|\bconfidential information (?:means|shall mean)\b"
)
_TESTS = {
    "marked": r"\b(?:marked|labell?ed|legended|stamped|designated"
    r"|identif\w+)\b[^.]{0,70}\b(?:confidential"
    r"|proprietary)\b[”\"’]?(?: in writing)?",
    "reasonable": r"\breasonabl[ey]\b[^.;]{0,60}\b(?:understood|considered|known|know|expect\w*"
    r"|regard\w*|recogni\w+|apparent|be treated|deemed)\b",
    "all": r"\b(?:all|any and all)\b[^.]{0,60}\binformation\b|\bwhether or not (?:marked"
    r"|labell?ed|designated)",
}


def read(page: Page) -> Sequence[Instance]:
    """The definition, wherever it stands (its own clause, or in brackets behind the words it names)."""
    found = page.find_clauses(_DEFINES)
    return [_instance(passage) for passage in found[:1]]


def _instance(passage: Passage) -> Instance:
    days = number_near(
        passage, r"\b(?:oral\w*|verbal\w*|writing|confirm\w*|summar\w*)\b", "day", "day", reach=90
    )
    return Instance((passage.span,), {"test": _test(passage), "oral.confirm_days": days})


def _test(passage: Passage) -> Value:
    """ "All information that is marked" asks for marking: "all" counts only where nothing narrows it."""
    test = members(passage, _TESTS)
    kept = [(name, span) for name, span in test.items if name != "all" or passage.has(r"\bwhether or not\b")]
    return words(kept) if "marked" in {name for name, _ in kept} else test


TOPIC = Topic(
    "confidential_information",
    "What is confidential",
    "a definition of Confidential Information and its test",
    {
        "test": set_of("the test of confidentiality", "marked", "reasonable", "all"),
        "oral.confirm_days": number_of("time to confirm oral disclosures", "day"),
    },
    read,
    after=(r"introduction|purpose|background", r"definition"),
    clause_types=("confidentiality", "definitions"),
)
