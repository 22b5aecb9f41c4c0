"""The description of the processing: subject, purpose, people and data concerned, duration."""

from collections.abc import Sequence

from clauses.topics.page import Page
from clauses.topics.values import Instance, Topic, Value, set_of, unknown, words

_PARTS = {
    "data": r"\b(?:categories|kinds|types) of (?:personal )?data\b|^personal data$",
    "people": r"\bcategories of data subjects\b|^data subjects(?: concerned)?$"
    r"|^individuals concerned$|\bdata subjects (?:are|include)\b",
    "purpose": r"^(?:nature|subject|purpose)\b|\bpurposes?\b",
    "duration": r"^duration\b|^retention\b|\bduration\b",
}
_LABEL = (
    r"^(?:categories|kinds|types|personal data|data subjects|individuals|nature"
    r"|subject|purpose|duration|retention)\b"
)


def read(page: Page) -> Sequence[Instance]:
    """Rows or headings that describe the processing; a part whose words are missing stays unknown."""
    spans = []
    found: list[tuple[str, int]] = []
    blank = False
    for index, line in enumerate(page.lines[:-1]):
        if len(line.text) > 90 or not page.passage(line.start, line.end).has(_LABEL):
            continue
        passage = page.passage(line.start, line.end)
        name = next((name for name, pattern in _PARTS.items() if passage.has(pattern)), None)
        if name is None:
            continue
        below = page.lines[index + 1]
        filled = below.is_text and bool(below.text.strip()) and not below.is_heading and "{" not in below.text
        spans.append(passage.span)
        found.append((name, index)) if filled else None
        blank = blank or not filled
    if not spans:
        described = page.find_sentences(
            r"\bprocess\w*\b[^.]*\bfor the (?:purpose|duration)\b"
            r"|\bcategories of (?:personal )?data\b[^.]*\b(?:are|include)\b"
            r"|\bsubject matter\b[^.]*\bduration\b"
        )
        return [
            Instance(
                (p.span,), {"parts": words([(n, p.span) for n, pattern in _PARTS.items() if p.has(pattern)])}
            )
            for p in described[:1]
        ]
    parts: Value = words(
        [(name, page.passage(page.lines[i].start, page.lines[i].end).span) for name, i in found]
    )
    if blank and len({name for name, _ in found}) < len(_PARTS):
        parts = unknown("parts of the description are left blank", *spans)
    return [Instance((spans[0],), {"parts": parts})]


TOPIC = Topic(
    "processing_details",
    "Description of the processing",
    "a description of the processing",
    {"parts": set_of("what is described", *_PARTS)},
    read,
    after=(r"scope|definition|processing",),
    clause_types=("scope",),
)
