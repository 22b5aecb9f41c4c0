"""Where a heading is: a line of its own, a run-in heading before the text, or a bold lead-in."""
# ruff: noqa: E501, SIM905  (patterns and word tables are harder to check when cut over lines or quoted word by word)

import re

_SMALL = frozenset(
    "a an and any as at between by de for from in into its if no non not of on or other over per s the their to under upon "
    "van via von vs with without your our & / - – — +".split()
)
_VERBS = frozenset(
    "shall will may must is are was were be been has have had does do can cannot agrees agree means mean hereby would should "
    "acknowledges represents warrants that which who whose".split()
)
_RUN_IN = re.compile(r"[“\"]?[A-Z0-9][^.:!?\n“”\"]{1,90}[.:](?:[-–—]{1,2})?(?=\s|$)")
_SHOUTED = re.compile(r"[A-Z][A-Z0-9 .;,&/'’()-]{3,110}?[A-Z)]\.(?=\s+[A-Z“\"(][a-z“\"(]?)")
_GAP = re.compile(r"[A-Z0-9][^.:;!?\n]{2,80}?(?=\s{2,}[“\"(A-Z])")
_DASH = re.compile(r"[A-Z][^.:;!?\n–—]{2,70}?\s?(?:[–—]|--|\.-)\s?(?=[A-Z“])")
# A gap behind "the Supplier's" or "subject to the" is where a line was joined, not where a heading ends.
_BROKEN_OFF = re.compile(r"(?:['’]s?|\b(?:the|of|and|or|to|an?|in|by|for|with|from))$")
_WORD = re.compile(r"[^\s/,()]+")
_NOISE = re.compile(
    r"(?:page|source|exhibit|confidential(?:\s+treatment\s+requested)?|redacted|execution\s+(?:copy|version)|final|draft)\b",
    re.I,
)


def titled(text: str) -> bool:
    """Every word with a capital but the small ones, no verb, at most twelve words."""
    words = [w.strip("“”\"'’‘.:;&–—-[]{}*") for w in _WORD.findall(text)]
    words = [w for w in words if w]
    if not words or len(words) > 12:
        return False
    capital = 0
    for word in words:
        low = word.lower()
        if low in _SMALL:
            continue
        if low in _VERBS or not (word[0].isupper() or word[0].isdigit()):
            return False
        capital += word[0].isupper()
    return capital > 0


def _spoken(text: str) -> bool:
    """A short phrase without a verb ("Governing law", "Return of materials")."""
    words = [w.strip("“”\"'’.:").lower() for w in _WORD.findall(text)]
    return 0 < len(words) <= 6 and not text[0].islower() and not any(w in _VERBS for w in words)


def phrased(text: str) -> bool:
    """Up to twelve words without a verb that contracts use to rule something."""
    words = [w.strip("“”\"'’.:;,").lower() for w in _WORD.findall(text)]
    return 0 < len(words) <= 12 and not any(w in _VERBS for w in words) and text.strip()[-1:] not in ";,"


def shouted(text: str) -> bool:
    """Capitals only, as plain-text contracts write their headings."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 4 and all(c.isupper() for c in letters) and len(text.split()) <= 12


def whole_line(text: str) -> bool:
    """A line that is a heading and nothing else, judged by its words alone."""
    bare = text.strip()
    if not 3 <= len(bare) <= 100 or bare[-1] in ";,?" or not bare[0].isalpha() or "___" in bare:
        return False
    if bare.endswith(".") and len(bare.split()) > 8:
        return False
    return (shouted(bare) or titled(bare)) and not _NOISE.fullmatch(bare.strip(" :*."))


def run_in(text: str, *, lead: int, numbered: bool) -> int:
    """Length of the heading that stands at the front of a paragraph, 0 when there is none.

    ``lead`` is the length of bold or underlined text at the front; ``numbered`` paragraphs may have a heading in
    sentence case, others only one in title case or bold.
    """
    bare = text.rstrip()
    if not bare:
        return 0
    if lead and 3 <= lead <= 110:
        head = text[:lead].rstrip()
        if len(head) == len(bare) and len(head) > 100:
            return 0
        rest = text[lead:]
        closed = (
            head[-1:] in (".", ":", "–", "—") or not rest.strip() or re.match(r"\s{0,2}[.:–—-]|\s{2,}", rest)
        )
        # A bold defined term ("Customer will …") opens many paragraphs; a heading is closed off from what follows.
        if closed and head[:1] not in ("“", '"', "[", "{", "(") and (titled(head) or phrased(head)):
            return len(head)
    found = _SHOUTED.match(text) if numbered else None
    if found and len(bare) > found.end() and shouted(found.group().rstrip(".")):
        return found.end()
    found = _RUN_IN.match(text)
    if found and len(bare) > found.end() and not text.startswith(("“", '"')):
        head = found.group().rstrip(".:-–— ")
        # "P. O. Box 7": an initial closes no heading; "Term; Termination." is one with two names.
        if not re.search(r"\s[A-Z]$", head) and (
            titled(head) or (numbered and ";" not in head and _spoken(head))
        ):
            return found.end()
    if numbered and len(bare) <= 100 and (whole_line(bare) or (_spoken(bare) and bare[-1] not in ";,.")):
        return len(bare)
    for pattern in (_GAP, _DASH):
        found = pattern.match(text)
        if found and _BROKEN_OFF.search(found.group().rstrip()):
            continue
        if found and (
            shouted(found.group().strip(" –—-.")) or (numbered and titled(found.group().strip(" –—-.")))
        ):
            return found.end()
    return 0
