"""What stands under a label of a cover page: the value a form was filled in with, or the blank it leaves.

Forms set a hint below the label ("Limitation of liability amount for most claims"), notes to the drafter,
options with boxes and marks of a merge program ("{IF has_cap}General Cap"); none of them is the value.
"""

import re
from collections.abc import Sequence

from clauses.topics.lines import Line, is_blank
from clauses.topics.passages import Passage, compiled
from clauses.topics.places import places

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
    written = [line for line in below if line.is_text]
    if not written:
        return None
    # A hint says what to write below it: the option that is ticked, the blank, or what was filled in.
    ticked = next((line for line in written if _TICKED.match(line.text)), None)
    first_blank = next((line for line in written if is_blank(line.text)), None)
    value = written[0]
    if _is_hint(value):
        filled = next((line for line in written if not _is_hint(line)), value)
        value = min((line for line in (ticked, first_blank, filled) if line), key=lambda line: line.start)
    elif ticked is not None and value is not first_blank:
        value = ticked
    box = _TICKED.match(value.text)
    begin = 0 if box is None else box.end()
    return Passage(value.text[begin:], value.start + begin)


def _is_hint(line: Line) -> bool:
    """Words that say what to write below: no number, no blank, no place and no full stop."""
    text = line.text.rstrip()
    return not (is_blank(text) or re.search(r"\d", text) or text.endswith((".", ";")) or places(text))
