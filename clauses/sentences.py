"""Sentences of a contract by rules: one pass over the text, no look-back further than a word."""
# ruff: noqa: E501, SIM905  (patterns and word tables are harder to check when cut over lines or quoted word by word)

import re

_STOP = re.compile(r"(?<![.?!;])[.?!;]+[”\"’')\]]*(?=\s)")
_ABBREVIATIONS = frozenset(
    "inc ltd co corp llc no nos sec secs art cl para sch ex exh mr mrs ms dr prof st jr sr vs v etc eg ie e.g i.e u.s u.k "
    "u.s.c d.c n.a n.v s.a p.o a.m p.m approx dept est fig ref tel fax attn jan feb mar apr jun jul aug sept sep oct nov "
    "dec cf al viz bros assn ave blvd rd vol pp l.p l.l.c p.c u.s.a ph.d gmbh s.p.a s.r.l b.v plc pty".split()
)
_OPENERS = "“\"‘'(["


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Half-open ranges of the sentences in text[start:end], blanks at both ends left out.

    A line end closes a sentence unless the line is plainly broken inside one (no stop before, small letter after).
    A semicolon closes nothing: in contracts the parts of a list belong together.
    """
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    for cut in _cuts(text, start, stop):
        _add(spans, text, begin, cut)
        begin = cut
    _add(spans, text, begin, stop)
    return spans


def _cuts(text: str, start: int, stop: int) -> list[int]:
    cuts = {m.end() for m in _STOP.finditer(text, start, stop) if _ends_sentence(text, m, stop)}
    for newline in re.finditer(r"\n+", text[start:stop]):
        at = start + newline.end()
        before = text[max(start, start + newline.start() - 12) : start + newline.start()].rstrip()
        after = text[at : at + 80].lstrip()[:1]
        if not (before and before[-1] not in ".;:?!" and after.islower()):
            cuts.add(at)
    return sorted(cuts)


def _ends_sentence(text: str, found: re.Match[str], stop: int) -> bool:
    mark = found.group()
    if mark.startswith(";"):
        return False
    after = text[found.end() : min(stop, found.end() + 40)].lstrip()
    if not after:
        return True
    if after[0].islower() or after[0] in ",;)":
        return False
    if not (after[0].isupper() or after[0].isdigit() or after[0] in _OPENERS):
        return not after[0].isalnum()
    if mark[0] != ".":
        return True
    word = re.search(r"[\w.&'’]*$", text[max(0, found.start() - 20) : found.start()])
    last = word.group().lower() if word else ""
    if last in _ABBREVIATIONS:
        return False
    return not (len(last) == 1 and last.isalpha() and after[0].isupper())


def _add(spans: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if end > begin:
        spans.append((begin, end))
