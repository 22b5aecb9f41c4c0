"""The short name of somebody named: "(the "Supplier")", "hereinafter "Acme"", "(Licensee)"."""

import re

from clauses.names import NAME_START, SHARP_FORMS, STATES, is_name

COLLECTIVE = re.compile(
    r"\b(?:collectively|jointly|together|individually|each\s(?:a|of|referred|individually|party)|sometimes|both)\b",
    re.I,
)
NEXT_NAME = re.compile(
    rf"(?:[,;.)”\"]|\s|\n)\s{{0,60}}(?:and|AND|And|&)[:,]?\s{{1,200}}(?:on\sthe\s(?:other|one)\s(?:hand|part),?\s{{1,9}})?(?:by\s{{1,3}}and\s{{1,3}}between\s{{1,3}})?(?:\(?(?:\d|[ivx]{{1,4}}|[a-zA-Z])\)\s{{0,4}}|(?:\d|[ivx]{{1,4}}|[a-z])\.\s{{1,4}})?(?={NAME_START})|;\s{{0,60}}(?:\(?(?:\d|[ivx]{{1,4}}|[a-zA-Z])\)\s{{0,4}}|(?:\d|[ivx]{{1,4}}|[a-z])\.\s{{1,4}})?(?={NAME_START})|\s\(?(?:2|ii|b)[).]\s{{1,4}}(?={NAME_START})"
    rf"|\n\s{{0,60}}\n\s{{0,40}}(?={NAME_START})|\bParty\s[B-D]\s?:\s{{0,4}}(?={NAME_START})|\b(?:agrees?|agreements?|arrangements?)(?:,?\s{{0,3}}\([^()]{{0,60}}\))?,?\s{{1,3}}with\s{{1,3}}(?:each\s{{1,3}}of\s{{1,3}})?(?={NAME_START})|(?P<kin>\bsubsidiar(?:y|ies),?\s{{1,3}}(?={NAME_START}))|\b(?:appoints?|engages?|retains?)\s{{1,3}}(?={NAME_START})|(?P<weak>(?:\b(?:corporation|company|partnership|bank|association|individual)|\)),\s{{1,9}}(?={NAME_START}))"
)
ALIAS = re.compile(
    r"[\s,]{0,3}(?:\(|\bhereinafter\b|\bhereafter\b|\bherein\b|\breferred\sto\b|\bcalled\b)(?P<body>[^()]{0,160}?[“\"'‘]{1,2}(?P<alias>[A-Za-z0-9@À-Þ][^“”\"\n()]{0,60}?)[,.]?[”\"'’]{1,2}[^()]{0,90})\)?"
)
NO_ALIAS = re.compile(
    r"^(?:(?:the\s)?part(?:y|ies)(?!\s[A-D1-4]\b)|(?:this\s|the\s)?agreement|effective\sdate|contract|date|execution\sdate|term|mnda|nda|dpa|amendment|commencement|closing|we|us|our|affiliates?|you|your)\b",
    re.I,
)
_UNQUOTED = re.compile(
    r"\(\s?(?:the\s|[Hh]ereinafter,?\s(?:called\s|referred\sto\sas\s)?)?(?P<alias>[A-Z][A-Za-z&.-]{1,24}(?:\s[A-Z][A-Za-z]{1,20})?)\s?\)(?!,?\s{1,3}(?:Co|Ltd|Limited|Inc|LLC|Corp|GmbH|Company|Holdings?)\b)"
)


def short_name(text: str, start: int, end: int) -> tuple[str, int]:
    """The short name in reach, unless another name comes before it; and where reading goes on."""
    reach = min(end, start + 900)
    place = start
    bare = _unquoted(text, start, min(reach, start + 300))
    for _ in range(4):
        found = ALIAS.search(text, place, reach)
        if bare and (found is None or bare[1] <= found.start()):
            return bare
        if found is None:
            return "", start
        between = text[start : found.start()]
        if _goes_on(between) or _NEW_SENTENCE.search(text, max(0, start - 5), found.start()):
            return "", start
        if COLLECTIVE.search(found["body"].split(found["alias"])[0]) and not re.search(
            r"collectively\swith|together\swith", found["body"]
        ):
            return "", start
        if not NO_ALIAS.match(found["alias"]):
            return " ".join(found["alias"].split()), _behind(text, found)
        if re.match(r"(?:we|us|our|you|your)\b", found["alias"], re.I):
            return " ".join(found["alias"].split()), _behind(text, found)
        place = found.end()
    return "", start


def _unquoted(text: str, start: int, end: int) -> tuple[str, int] | None:
    """ "(Licensee)" without marks is a short name when the contract goes on to use it."""
    found = _UNQUOTED.search(text, start, end)
    if found is None or NO_ALIAS.match(found["alias"]) or re.fullmatch(STATES, found["alias"]):
        return None
    between = text[start : found.start()]
    if _goes_on(between) or _NEW_SENTENCE.search(between):
        return None
    if len(re.findall(rf"\b{re.escape(found['alias'])}\b", text[found.end() : found.end() + 20_000])) < 4:
        return None
    return found["alias"], found.end()


def _behind(text: str, found: re.Match[str]) -> int:
    """Where reading goes on: behind the bracket, or behind the closing mark where there is no bracket."""
    if text[found.end() - 1] == ")":
        return found.end()
    place = found.end("alias")
    while place < found.end() and text[place] in ",.”\"’'":
        place += 1
    return place


_NEW_SENTENCE = re.compile(r"(?:[a-z)]|LLC|GmbH)\.\s{1,3}(?:[A-Z][a-z]+\s[a-z]|(?:The|This|These)\s)")


def _goes_on(between: str) -> bool:
    """Whether somebody else is named, or a list begins, before a bracket, which is then not of this name."""
    return _holds_name(between) or re.search(r"\b(?:between|among)\s|\bParty\s[B-D]\s?:", between) is not None


def _holds_name(between: str) -> bool:
    """Whether "and Acme, Inc." stands in the words before a bracket, so that the bracket is Acme's."""
    joined = NEXT_NAME.search(between)
    while joined:
        rest = between[joined.end() :]
        if "&" in joined.group() and "\n" not in joined.group():
            joined = NEXT_NAME.search(between, joined.end())
            continue  # "Smith & Wesson, Inc." is one
        form = re.search(rf"[\s,](?:{SHARP_FORMS})\b", rest[:110])
        if form and is_name(rest[: form.end()]):
            return True
        joined = NEXT_NAME.search(between, joined.end())
    return False
