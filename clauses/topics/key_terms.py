"""What stands under a label of a cover page: the value a form was filled in with, or the blank it leaves.

Forms set a hint below the label ("Limitation of liability amount for most claims"), notes to the drafter,
options with boxes and marks of a merge program ("{IF has_cap}General Cap"); none of them is the value.
"""

import re
from collections.abc import Sequence

from clauses.topics.lines import Line, is_blank
from clauses.topics.passages import Passage, compiled

_TICKED = re.compile(r"^\s*(?:[\[(]\s*[xX✓✔]\s*[\])]|☒|☑)\s*")
_MARK = r"\{(?:IF|END-IF)\b[^{}]*\}"
"""Where a merge program begins and ends a row that it may leave out."""
_ONLY_MARKS = re.compile(rf"^\s*(?:{_MARK}\s*)+$", re.I)
_ROW = re.compile(r"^\s*\{IF\b", re.I)
REACH = 9


def key_term(lines: Sequence[Line], label: str) -> Passage | None:
    """The value under the first label that matches, or behind "Label:"; None where there is no such label."""
    pattern = compiled(rf"^\s*(?:{_MARK}\s*)?\**(?:{label})\**\s*(?::|\t|$)")
    for index, line in enumerate(lines):
        match = pattern.match(line.text)
        if match is None:
            continue
        if line.text[match.end() :].strip():
            return Passage(line.text[match.end() :], line.start + match.end())
        return _below(lines, index)
    return None


def _below(lines: Sequence[Line], index: int) -> Passage | None:
    below: list[Line] = []
    for line in lines[index + 1 : index + REACH]:
        if line.is_heading or _ROW.match(line.text):
            break
        if line.text.strip() and not _ONLY_MARKS.match(line.text):
            below.append(line)
    ticked = next((line for line in below if _TICKED.match(line.text)), None)
    if ticked is not None:
        begin = len(_TICKED.match(ticked.text).group())  # type: ignore[union-attr]
        return Passage(ticked.text[begin:], ticked.start + begin)
    written = [line for line in below if line.is_text]
    if not written:
        return None
    value = next((line for line in written if is_blank(line.text)), None) if _is_hint(written[0]) else None
    value = value or written[0]
    return Passage(value.text, value.start)


def _is_hint(line: Line) -> bool:
    """Words that say what to write below: no number, no blank and no full stop."""
    return not (is_blank(line.text) or re.search(r"\d", line.text) or line.text.rstrip().endswith((".", ";")))
