"""Levels of service and their credits, length of secrecy, insurance, reports of incidents, ways out."""

import re
from collections.abc import Iterator

from clauses.deal.model import KeyFact
from clauses.deal.page import Page, Sentence, lengths, percents, phrase, sums
from clauses.model import CHECK, SURE, Fact
from clauses.values import blanks

# --- service levels -------------------------------------------------------------------------------

_LEVEL = phrase(
    r"\b(?:availability|up-?time|service\slevels?|(?:be|is|are|remain|remains|will\sbe)\s(?:\w+\s){0,2}?(?:available|accessible))\b"
)
_CREDIT = phrase(r"\b(?:service\s(?:level\s)?credits?|credits?|rebate|fee\sreduction)\b")


def service_levels(page: Page) -> Iterator[KeyFact]:
    """Availability promised (90 % and above) and the credits for missing it."""
    seen: set[tuple[str, object]] = set()
    for sentence in page.holding("availab", "uptime", "up-time", "service level", "service credit"):
        small = sentence.small
        for fact in percents(sentence):
            near = small[max(0, fact.start - 100) : fact.end + 100]
            if float(fact.value) >= 90 and _LEVEL.search(near):
                kind = "service_level"
            elif _CREDIT.search(near) and (_LEVEL.search(small) or "service credit" in small):
                kind = "service_credit"
            else:
                continue
            if (kind, fact.value) not in seen:
                seen.add((kind, fact.value))
                yield _at(page, sentence, kind, fact, unit="%")


# --- secrecy --------------------------------------------------------------------------------------

_SECRET = phrase(r"\b(?:confidential\w*|secre\w+|non-?disclosure|proprietary\sinformation)\b")
_LASTS = phrase(
    r"\b(?:surviv\w+|continu\w+|remain\w*|lasts?|for\sa\s(?:further\s|additional\s)?(?:period|term)|expires?|for\s(?:so\slong|as\slong)|during\sthe\sterm|thereafter|until|ends?|bound)\b"
)
_ENDLESS = phrase(
    r"\b(?:perpetu\w*|indefinite\w*|forever|without\s(?:any\s)?(?:time\slimit\w*|limit\w*\s(?:in|of|as\sto)\stime)|in\sperpetuity|no\stime\slimit)\b"
)
_SECRETS_STAY = phrase(
    r"\btrade\ssecrets?\b[^.]{0,140}\b(?:so\slong\sas|as\slong\sas|until\s(?:such|the|it|they)|while\s(?:it|they|the|such)|ceases?\sto|remains?\s(?:a\s)?(?:trade|confidential)|continues?\sto\sbe)\b"
    r"|\b(?:so\slong\sas|as\slong\sas|until|while|remains?)\b[^.]{0,120}\btrade\ssecrets?\b"
)


def secrecy(page: Page) -> Iterator[KeyFact]:
    """How long secrets are kept: years after what, or without end; trade secrets apart."""
    seen: set[object] = set()
    for sentence in page.holding("confiden", "secre", "disclos"):
        small = sentence.small
        about_secrets = _SECRET.search(small) or "confiden" in page.heading_of(sentence.start)
        if not about_secrets or not (
            _LASTS.search(small)
            or _ENDLESS.search(small)
            or re.search(r"\bfor\s[^.;]{1,40}\b(?:years?|months?)\b", small)
        ):
            continue
        for fact in lengths(sentence):
            before = small[max(0, fact.start - 90) : fact.start]
            if (
                fact.unit not in ("years", "months")
                or fact.kind != "duration"
                or re.search(
                    r"\b(?:every|each|previous|preceding|prior|at\sleast\sonce)\b[^,]{0,20}$", before
                )
            ):
                continue
            if not re.search(
                r"\b(?:for|of|until|and|than|least|term|period|expires?|ends?|surviv\w*|continu\w*|remain\w*)\b[^;.]{0,60}$",
                before,
            ):
                continue
            if fact.value not in seen and not re.search(
                r"\b(?:royalt|warrant|non-?compet|solicit|initial\sterm\sof|agreement\sshall\s(?:continue|commence))\b",
                small,
            ):
                seen.add(fact.value)
                yield _at(page, sentence, "secrecy_term", fact, about=_secret_start(small, fact))
            break
        found = _ENDLESS.search(small)
        if (
            found
            and "perpetual" not in seen
            and re.search(
                r"\b(?:obligation|dut(?:y|ies)|confidential\w*|surviv\w+|section|article)\b[^.]{0,160}$",
                small[: found.start()],
            )
            and not re.search(r"\blicen[cs]e", small)
        ):
            seen.add("perpetual")
            yield page.fact(
                "secrecy_term",
                "perpetual",
                "",
                *sentence.span(found),
                band=CHECK,
                rests_on=((sentence.start, sentence.end),),
            )
        if (stays := _SECRETS_STAY.search(small)) and "trade" not in seen:
            seen.add("trade")
            yield page.fact(
                "secrecy_term",
                "while a trade secret",
                "",
                *sentence.span(stays),
                band=CHECK,
                rests_on=((sentence.start, sentence.end),),
                about="trade secrets",
            )


def _secret_start(small: str, fact: Fact) -> str:
    behind = small[fact.end : fact.end + 110]
    for code, pattern in (
        (
            "disclosure",
            r"^\W{0,3}(?:period\s)?(?:from|after|following|of)\b[^.]{0,50}\b(?:disclosure|receipt|disclosed|received)\b",
        ),
        (
            "end",
            r"^\W{0,3}(?:period\s)?(?:from|after|following|beyond|thereafter|of|upon)\b[^.]{0,70}\b(?:expir\w+|terminat\w+|end\b|completion)|^\W{0,3}thereafter",
        ),
        (
            "effective_date",
            r"^\W{0,3}(?:period\s)?(?:from|after|following)\b[^.]{0,40}\b(?:effective\sdate|date\s(?:of|hereof))",
        ),
    ):
        if re.search(pattern, behind):
            return code
    before = small[max(0, fact.start - 120) : fact.start]
    return (
        "end"
        if re.search(r"\b(?:surviv\w+|after\s(?:the\s)?(?:expir|terminat)\w*|and\sfor|thereafter)\b", before)
        else ""
    )


# --- insurance ------------------------------------------------------------------------------------

_COVERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, phrase(p))
    for code, p in (
        ("workers compensation", r"\bworkers?'?\s?'?s?\s?compensation|\bworkmen"),
        ("employers liability", r"\bemployers?'?s?'?\sliability"),
        ("automobile", r"\bauto(?:mobile)?\b|\bmotor\svehicle|\bvehicle\sliability"),
        (
            "professional",
            r"\bprofessional\s(?:liability|indemnity)|\berrors\s(?:and|&)\somissions|\be\s?&\s?o\b",
        ),
        ("cyber", r"\bcyber\w*|\bnetwork\ssecurity|\bdata\sbreach|\bprivacy\sliability"),
        ("product", r"\bproducts?\s(?:and\scompleted\soperations\s)?liability|\bproduct\sliability"),
        ("umbrella", r"\bumbrella|\bexcess\s(?:liability|coverage)"),
        ("clinical trials", r"\bclinical\strial"),
        ("property", r"\bproperty\s(?:insurance|coverage)|\ball[- ]risks?"),
        (
            "general liability",
            r"\b(?:commercial\s|comprehensive\s|public\s)?(?:general\s)?(?:public\s)?liability",
        ),
    )
)


def insurance(page: Page) -> Iterator[KeyFact]:
    """Each amount of cover with the kind of insurance nearest before it."""
    seen: set[tuple[object, str]] = set()
    for sentence in page.sentences:
        small = sentence.small
        # Amounts of cover often stand in list items that do not say "insurance" again.
        if "insur" not in small and not (
            "liabilit" in small or "coverage" in small or "per occurrence" in small or "umbrella" in small
        ):
            continue
        if "insur" not in small and "insur" not in page.heading_of(sentence.start):
            continue
        amounts = sums(sentence)
        for fact in amounts:
            if float(fact.value) < 10_000:
                continue  # a premium or a fee, no cover
            around = small[max(0, fact.start - 200) : fact.end + 120]
            if not re.search(
                r"\b(?:insur\w*|coverage|limits?|occurrence|aggregate|claim|policy)\b", around
            ) or re.search(
                r"\bpremiums?\b|\bdeductible|\bper\smillion|\bpro\srata",
                small[max(0, fact.start - 40) : fact.end + 30],
            ):
                continue
            about = _cover_of(small, fact)
            if (fact.value, about) not in seen:
                seen.add((fact.value, about))
                yield _at(page, sentence, "insurance", fact, about=about)


def _cover_of(small: str, fact: Fact) -> str:
    best: tuple[int, str] | None = None
    for code, pattern in _COVERS:
        for found in pattern.finditer(small, max(0, fact.start - 400), fact.start):
            if best is None or found.end() > best[0]:
                best = found.end(), code
    if best is None:
        best = next(
            ((f.end(), code) for code, p in _COVERS if (f := p.search(small, fact.end, fact.end + 120))), None
        )
    return best[1] if best else ""


# --- reports of incidents -------------------------------------------------------------------------

_INCIDENT = phrase(
    r"\b(?:personal\sdata\sbreach\w*|security\s(?:incident|breach)\w*|data\s(?:breach|incident)\w*|breach\sof\s(?:security|personal\sdata)|unauthori[sz]ed\s(?:access|disclosure|use)|incidents?)\b"
)
_TELLS = phrase(r"\b(?:notif\w+|inform\w*|tell|report\w*|notice|advise|alert)\b")
_SOON = phrase(
    r"\bwithout\s(?:undue|unreasonable)\sdelay\b|\b(?:immediately|promptly|forthwith|as\ssoon\sas\s(?:reasonably\s)?(?:practicable|possible))\b"
)


def incident_report(page: Page) -> Iterator[KeyFact]:
    """Hours or days in which an incident is reported, or "without undue delay"."""
    seen: set[object] = set()
    soon: tuple[Sentence, re.Match[str]] | None = None
    for sentence in page.holding("breach", "incident", "unauthori"):
        small = sentence.small
        what = _INCIDENT.search(small)
        if (
            what is None
            or not _TELLS.search(small)
            or re.search(r"\bmeans\b|\bcure\b|\bterminat", small)
            or not re.search(r"\b(?:shall|will|must|agrees)\b", small)
        ):
            continue
        if re.fullmatch(r"incidents?", what.group()) and not re.search(
            r"\b(?:security|data|cyber\w*|privacy)\b", small
        ):
            continue
        timed = [
            f
            for f in lengths(sentence)
            if f.unit in ("hours", "days", "business_days")
            and re.search(
                r"\b(?:within|later\sthan|in|exceed)\s(?:\w+\s){0,2}$", small[max(0, f.start - 30) : f.start]
            )
        ]
        for fact in timed[:1]:
            if (fact.value, fact.unit) not in seen:
                seen.add((fact.value, fact.unit))
                yield _at(
                    page,
                    sentence,
                    "breach_report",
                    fact,
                    about="aware"
                    if re.search(r"\b(?:aware\w*|discover\w*|learn\w*|detect\w*|knowledge)\b", small)
                    else "",
                )
        if (
            not timed
            and soon is None
            and (found := _SOON.search(small))
            and re.search(r"\b(?:data|security|breach)\b", what.group())
        ):
            soon = sentence, found
    if not seen and soon is not None:
        sentence, found = soon
        yield page.fact(
            "breach_report",
            " ".join(found.group().split()),
            "",
            *sentence.span(found),
            band=CHECK,
            rests_on=((sentence.start, sentence.end),),
        )


# --- ways out -------------------------------------------------------------------------------------

_FREELY = phrase(
    r"\b(?:for\s(?:its\s|their\s)?convenience|without\s(?:any\s)?(?:cause|reason)|for\sany\s(?:reason|or\sno)|for\sno\sreason|with\sor\swithout\s(?:cause|reason)|at\sany\stime|in\sits\ssole\sdiscretion|at\swill|any\sor\sno\sreason)\b"
)
_ENDS = phrase(r"\b(?:terminat\w+|cancel\w*|end\sthis)\b")
_FAULT = phrase(
    r"\b(?:breach\w*|default\w*|insolven\w*|bankrupt\w*|fail\w*|if\sthe\sother|for\scause|cure|force\smajeure|such\scondition|such\san?\sevent|change\s(?:of|in)\scontrol|employment)\b"
)


def ways_out(page: Page) -> Iterator[KeyFact]:
    """Notice to end the contract without a reason, and the time to cure a breach."""
    seen: set[tuple[str, object, str]] = set()
    for sentence in page.holding("terminat", "cancel", "cure", "remed"):
        small = sentence.small
        if not _ENDS.search(small) and "terminat" not in page.heading_of(sentence.start):
            continue
        free = _FREELY.search(small) or (
            re.search(
                r"\b(?:may|right\sto|entitled\sto)\b[^.;]{0,60}\bterminat\w+\s(?:this|the)\s[^.;]{0,60}\bnotice\b",
                small,
            )
            if not _FAULT.search(small)
            else None
        )
        read = False
        for fact in lengths(sentence):
            around = small[max(0, fact.start - 120) : fact.end + 80]
            before = small[max(0, fact.start - 70) : fact.start]
            if re.search(r"\b(?:cur(?:e|ed|ing)|remed\w+|correct\w*|rectif\w+)\b", around) and re.search(
                r"\b(?:breach|default|fail|violat)\w*", small
            ):
                kind = "cure_period"
            elif (
                free
                and not _FAULT.search(small[max(0, fact.start - 200) : fact.end + 60])
                and "notice" in around
                and re.search(
                    r"\b(?:upon|with|by|on|giv\w+|at\sleast|less\sthan|least|of|provid\w+|after)\b[^.;]{0,40}$",
                    before,
                )
            ):
                kind = "convenience_notice"
            else:
                continue
            if (kind, fact.value, fact.unit) not in seen:
                seen.add((kind, fact.value, fact.unit))
                yield _at(page, sentence, kind, fact, about=_whose_item(page, sentence))
            read = True
            if kind == "convenience_notice":
                break  # "10 days for a payment, 30 days otherwise": times to cure may stand side by side
        if read or not free or _FAULT.search(small):
            continue
        if (blank := _blank_notice(sentence)) is not None:
            start, end = sentence.start + blank.start, sentence.start + blank.end
            note = "blank in the form"
            yield page.fact("convenience_notice", "", "days", start, end, note=note, about=_whose(small))


def _blank_notice(sentence: Sentence) -> Fact | None:
    for fact in blanks.blanks(sentence.text):
        around = sentence.small[max(0, fact.start - 60) : fact.end + 60]
        if (
            fact.unit in ("fill_in", "redacted")
            and "notice" in around
            and re.match(r"\W{0,3}(?:days|months)\b", sentence.small[fact.end : fact.end + 12])
        ):
            return fact
    return None


def _whose(small: str) -> str:
    return (
        "both"
        if re.search(
            r"\b(?:either|each|any|both|neither)\s(?:of\sthe\s)?part(?:y|ies)\b|\ba\sparty\b|\beither\s[\w\s]{2,40}?\sor\s(?:the\s)?\w{2,30}\s(?:may|shall)\b",
            small,
        )
        else "one"
    )


def _whose_item(page: Page, sentence: Sentence) -> str:
    """Whose way out it is; an item that speaks of "the other party" asks the lead-in above it."""
    for step in (0, -1, -2):
        above = page.near(sentence, step)
        if above is None or (step and not above.small.rstrip().endswith((":", ";", "; or", "; and"))):
            break
        if _whose(above.small) == "both" or not re.search(r"\bthe\sother\sparty\b", sentence.small):
            return _whose(above.small)
    return "one"


def _at(page: Page, sentence: Sentence, kind: str, fact: Fact, *, about: str = "", unit: str = "") -> KeyFact:
    return page.fact(
        kind, fact.value, unit or fact.unit, sentence.start + fact.start, sentence.start + fact.end,
        band=fact.band if fact.note else SURE if about else CHECK, note=fact.note, about=about,
        rests_on=((sentence.start, sentence.end),),
    )  # fmt: skip
