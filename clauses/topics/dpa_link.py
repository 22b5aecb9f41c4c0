"""Whether a data processing agreement forms part of the contract."""

from collections.abc import Sequence

from clauses.topics.page import Page, is_blank
from clauses.topics.values import Instance, Topic, unknown, word, word_of

_DPA = r"\bdata processing (?:agreement|addendum|terms)\b|\bdata protection (?:addendum|agreement)\b|\bDPA\b"


def read(page: Page) -> Sequence[Instance]:
    """Sentences that make a data processing agreement binding, or make it depend on something."""
    found = page.find_sentences(_DPA)
    binding = [
        p
        for p in found
        if p.has(
            r"\b(?:shall|will|must|agree\w*|applies|apply|part of|incorporat\w+|terms of" r"|comply|adhere)\b"
        )
        and not p.has(r"\bmeans\b")
    ]
    out = []
    for passage in binding[:1]:
        conditional = passage.find(
            r"\bif any\b|\bif the parties (?:have|enter|sign)|\bbefore submitting\b"
            r"|\bif (?:required|applicable)\b"
        )
        value = (
            unknown("the agreement is named but left blank", passage.span)
            if is_blank(passage.text)
            else word("conditional", conditional)
            if conditional
            else word("yes", passage.span)
        )
        out.append(Instance((passage.span,), {"dpa": value}))
    return out


TOPIC = Topic(
    "dpa_link",
    "Data processing agreement",
    "a data processing agreement that forms part of the contract",
    {"dpa": word_of("a data processing agreement", "yes", "conditional")},
    read,
    after=(r"data protection|privacy|security", r"\bdata\b", r"confidential"),
    clause_types=("data_protection",),
)
