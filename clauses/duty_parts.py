"""The parts of a duty beside who and what: for whom, by when, if what, unless what, as ranges of the text."""

import re

Span = tuple[int, int]

_DEADLINE = re.compile(
    r"\b(?:(?:promptly\s|immediately\s)?(?:within|not\slater\sthan|no\slater\sthan|at\sleast|not\sless\sthan|by\sthe\send\sof|prior\sto\sthe|on\sor\sbefore|"
    r"before\sthe|without\sundue\sdelay|as\ssoon\sas)\b[^,;.()]{0,110}(?:\(\d+\)[^,;.()]{0,110})?|promptly|immediately|annually|monthly|quarterly|upon\s(?:request|termination|expir)[^,;.]{0,80})",
    re.I,
)
_TIME = re.compile(
    r"\b(?:hours?|days?|weeks?|months?|quarters?|years?|dates?|time\w*|periods?|term|notice|midnight|business|deadline|advance|end|expir\w*|termination|(?:19|20)\d\d|delay|soon|request|promptly|immediately|annually|monthly|quarterly|before|prior)\b",
    re.I,
)
_CONDITION = re.compile(
    r"(?:^|[\s,])((?:if|provided\sthat|to\sthe\sextent|subject\sto|in\sthe\sevent|upon(?!,|\sthe\sterms)|where|when(?!\sdue)|after|(?<!the\s)following|during|as\slong\sas|so\slong\sas)\b(?:[^;.]|\.(?=\d)|(?<=\b[A-Z])\.(?=[A-Z]\.|,)|(?<=\.[A-Z])\.(?=\s[a-z])){3,260})",
    re.I,
)
_EXCEPTION = re.compile(
    r"(?:^|[\s,;(])((?:except(?:\s(?:that|as|for|where|if|to))?|unless|other\sthan|excluding|save\s(?:that|for|as)|provided,?\s(?:however,?\s)?that|notwithstanding\sthe\sforegoing)\b(?:[^;.]|\.(?=\d)){3,260})",
    re.I,
)
_BENEFICIARY = re.compile(
    r"\b(?:to|(?<!,\s)for|with|from|notify|indemnify|defend|hold(?:\s{1,2}harmless)?|pay|reimburse|provide|give|inform)\s{1,2}",
    re.I,
)
_SUPPOSES = re.compile(r"(?:if|where|when|in\sthe\sevent)\b", re.I)
_OPEN_ENDED = re.compile(
    r"(?:except|provided|other|unless|save|excluding)(?:,?\s(?:however,?\s)?(?:that|as|for|than))?", re.I
)


def trim(text: str, start: int, end: int) -> Span:
    """The range without blanks, stops and a dangling "and" at its ends."""
    while start < end and text[start] in " ,;.:\n\t":
        start += 1
    for _ in range(3):
        while end > start and text[end - 1] in " ,;.:\n\t":
            end -= 1
        dangling = re.search(
            r"\s(?:and|or|but|provided|unless|if|except(?:\sthat)?)$", text[max(start, end - 14) : end]
        )
        if dangling is None:
            break
        end -= len(dangling.group())
    return start, end


def add_parts(text: str, parts: dict[str, Span], before: Span, action: Span) -> None:
    """Condition, exceptions and deadline into ``parts``, from the words before the duty and its action."""
    if (at := _first(text, _CONDITION, (before, action))) is not None:
        parts["condition"] = at
    if (at := _first(text, _EXCEPTION, (action, before))) is not None:
        parts["exceptions"] = at
    if (at := _deadline(text, before, action, parts.get("condition"))) is not None:
        parts["deadline"] = at
    _settle(text, parts)


def _settle(text: str, parts: dict[str, Span]) -> None:
    """Words that stand in two parts are left to one: "except where …" assumes nothing, "within 30 days after
    finding it" is a time, and "after the end, within 60 days," is a condition and a time.
    """
    exception = parts.get("exceptions")
    if exception and _OPEN_ENDED.fullmatch(text[slice(*exception)]):
        del parts["exceptions"]
        exception = None
    condition, deadline = parts.get("condition"), parts.get("deadline")
    if condition is None:
        return
    if (exception and exception[0] < condition[0] and condition[1] <= exception[1]) or (
        deadline and deadline[0] < condition[0] < deadline[1]
    ):
        del parts["condition"]
    elif deadline and condition[0] < deadline[0] < condition[1] and condition[1] < parts["modal"][0]:
        parts["condition"] = trim(text, condition[0], deadline[0])


def beneficiary(action: str, bearer: str, people: re.Pattern[str]) -> Span | None:
    for lead in _BENEFICIARY.finditer(action[:400]):
        found = people.match(action, lead.end())
        if found and found["name"].lower() not in bearer.lower():
            return found.span("name")
    return None


def _first(text: str, pattern: re.Pattern[str], ranges: tuple[Span, ...]) -> Span | None:
    for low, high in ranges:
        found = pattern.search(text[low:high])
        if found:
            group = 1 if pattern.groups else 0
            return _without_blanks(text, low + found.start(group), low + found.end(group))
    return None


def _without_blanks(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1] in " ,\n":
        end -= 1
    return start, end


def _deadline(text: str, before: Span, action: Span, condition: Span | None) -> Span | None:
    """Words that say by when; a time inside the condition before the duty is the condition's."""
    for low, high in (action, before):
        for match in _DEADLINE.finditer(text[low:high]):
            start, end = low + match.start(), low + match.end()
            assumed = False
            if condition is not None and condition[0] < start < condition[1]:
                if low == before[0]:  # "After the end, within 60 days, Provider will …" gives a time
                    assumed = not (text[start - 2 : start] == ", " and not text[end:high].strip(" ,\n"))
                else:
                    aside = condition[0] - low < 12 and "," in text[condition[0] : start]
                    assumed = bool(_SUPPOSES.match(text, condition[0])) and not aside
            if not assumed and _TIME.search(match.group()):
                return _without_blanks(text, start, end)
    return None
