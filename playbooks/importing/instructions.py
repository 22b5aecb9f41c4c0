"""A position as tables write it: an instruction ("Replace Section 4 with the following:"), the words it speaks of, notes."""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

import re
from dataclasses import dataclass

_VERB = r"(?:replace|add|insert|delete|remove|strike|append|amend|modify|substitute|revise|use|include)"
_INSTRUCTION = re.compile(rf"^\W*(?:[“\"]?{_VERB}\b[^\n]{{0,300}}?[:.])\s*(?:\n|$)", re.I)
_DELETES = re.compile(r"^\W*(?:delete|remove|strike)\b", re.I)
_NOTE = re.compile(r"\[\s*(?:usage|drafting|internal|negotiat\w*)? ?notes?:(.*?)(?:\]|\Z)", re.I | re.S)
_OPEN = re.compile(r"\[\s*_*\s*\]|_{2,}|\[(?:•|insert[^\]]*|name[^\]]*|tbd)\]", re.I)
_BRACKETED = re.compile(r"\[\s*(\d[\d.,]*|[a-z]+)\s*\]", re.I)


@dataclass(frozen=True)
class Position:
    """`words` is the wording where there is an instruction, else the whole position. `blanks` are places left open."""

    instruction: str
    words: str
    notes: str
    deletes: bool
    blanks: tuple[str, ...]


def read_position(text: str) -> Position:
    """The parts of a position cell."""
    notes = "\n".join(" ".join(part.split()) for part in _NOTE.findall(text))
    body = _NOTE.sub("", text).strip()
    match = _INSTRUCTION.match(body)
    instruction = " ".join(match.group().split()) if match else ""
    words = body[match.end() :].strip() if match else body
    if match and words:
        words = words.removeprefix("“").removesuffix("”").strip() if words.count("“") <= 1 else words
    blanks = blanks_in(words)
    return Position(
        instruction,
        _BRACKETED.sub(r"\1", words),
        notes,
        bool(match and _DELETES.match(instruction)),
        blanks,
    )


def blanks_in(text: str) -> tuple[str, ...]:
    """Places that are left open: "[__]", "____", "[insert name]", each once."""
    return tuple(dict.fromkeys(part.strip() for part in _OPEN.findall(text)))


def section_named(instruction: str) -> str:
    """The heading an instruction names in brackets: "Section 12.1 (Payment)" → "Payment"."""
    found = re.search(r"(?:Section|Clause|Article) [\d.]+(?:\([a-z]\))?\s*\(([A-Z][^)]{2,60})\)", instruction)
    return found.group(1) if found else ""
