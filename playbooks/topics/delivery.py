"""Goods and work delivered: acceptance, late delivery, force majeure."""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.quantity import Quantity
from clauses.topics.reading import blank, number_near, yes_no
from clauses.topics.values import (
    Instance,
    Span,
    Topic,
    absent,
    number,
    number_of,
    set_of,
    unknown,
    word,
    word_of,
    words,
)
from playbooks.topics.more import first_place

# --- acceptance -----------------------------------------------------------------------------------

_ACCEPTS = (
    r"\baccept(?:ance|ed|s)?\b[^.]*\b(?:deliver\w*|work|milestones?|results?|tests?|installation)\b"
    r"|\b(?:deliver\w*|work|milestones?|results?|tests?)\b[^.]*\baccept(?:ance|ed|s)?\b"
    r"|\btest\w*\b[^.]*\b(?:deliverables?|milestones?|work results?)\b[^.]*\bdays\b"
    r"|\bdays\b[^.]*\btest\w*\b[^.]*\b(?:deliverables?|milestones?)\b|\bsilence\b[^.]*\bacceptance\b"
)


def _acceptance(page: Page) -> Sequence[Instance]:
    """What the contract says on testing and accepting, read together: the time to test and what silence means."""
    found = page.find_sentences(
        _ACCEPTS,
        follow=r"\baccept\w*\b|\breminder\b|\breject\w*\b|\bdeemed\b",
        but=r"\baccepts? (?:this|the) (?:agreement|offer|terms|order)\b|\bpersonal data\b|\binvoice\w*\b|\bwarrant\w*\b"
        r"|\binsurance\b|\bagain\b|[”\"] (?:means|has the)",
    )
    about = [p for p in found if p.has(r"\b(?:shall|will|may|must|is|are|has)\b")]
    timed = [p for p in about if _to_test(p)]
    silent = [p for p in about if p.has(_SILENCE)]
    kept = [p for p in about if p in timed[:1] or p in silent[:2]] or about[:1]
    return [_acceptance_of(kept)] if kept else []


_SILENCE = (
    r"\b(?:deemed|taken to be|considered|counts? as|silence|constitutes?)\b|\bonly\b[^.]{0,40}\bin writing\b"
)


def _to_test(passage: Passage) -> list[Quantity]:
    """The periods of a passage that are not those of a reminder."""
    warned = passage.find_all(r"\breminder\b")
    return [
        q
        for q in passage.quantities("business_day", "day", "week")
        if not any(
            0 <= mark.start - q.end < 40 and "." not in passage.words(Span(q.end, mark.start))
            for mark in warned
        )
    ]


def _acceptance_of(passages: Sequence[Passage]) -> Instance:
    never = first_place(
        passages,
        r"\b(?:not|never|no)\b[^.]{0,40}\bdeemed\b|\bno deemed acceptance\b|\bonly\b[^.]{0,40}\bin writing\b"
        r"|\bsilence\b[^.]{0,40}\b(?:is|are) not\b",
    )
    reminded = first_place(
        passages,
        r"\bdeemed\b[^.]*\breminder\b|\breminder\b[^.]*\bdeemed\b|\breminder\b[^.]*\bcounts? as accept\w*"
        r"|\bcounts? as accept\w*[^.]*\breminder\b",
    )
    used = first_place(
        passages,
        r"\bdeemed\b[^.]*\b(?:us(?:e|ed|es|ing)|productive|on delivery|upon delivery)\b"
        r"|\b(?:us(?:e|es|ing)|delivery|productive use)\b[^.]*\b(?:deemed|constitutes?|counts? as)\b",
    )
    lapse = first_place(passages, r"\b(?:deemed|taken to be|considered|counts? as)\b[^.]{0,30}\baccept\w*\b")
    deemed = (
        word("no", never) if never and not reminded
        else word("after_reminder", reminded) if reminded
        else word("use", used) if used
        else word("time", lapse) if lapse
        else word("no")
    )  # fmt: skip
    periods = [q for p in passages for q in _to_test(p)]
    working = [q for q in periods if q.unit == "business_day"]
    days = [q for q in periods if q.unit != "business_day"]
    anchors: dict[str, Span] = {} if lapse is None else {"deemed": lapse}
    written = first_place(
        passages, r"\bin writing\b|\bwritten (?:acceptance|confirmation|notice of acceptance)\b"
    )
    values = {
        "days": number(days[0], "day") if days else absent(),
        "business_days": number(working[0], "business_day") if working else absent(),
        "deemed": deemed,
        "written": word("no") if written is None else word("yes", written),
    }
    return Instance(tuple(p.span for p in passages), values, anchors)


# --- late delivery --------------------------------------------------------------------------------

_LATE = r"\b(?:late|delay\w*|overdue|not delivered (?:on|by|in) time|miss\w* (?:a|the|any) (?:delivery|agreed) date)\b"


def _late_delivery(page: Page) -> Sequence[Instance]:
    """Sentences that put a price on late delivery, and what they leave of other rights."""
    found = page.find_sentences(
        rf"{_LATE}[^.]*\b(?:%|per\s?cent|percent|liquidated damages|penalty|compensation|price reduction)|\b(?:liquidated damages|price reduction|compensation)\b[^.]*{_LATE}",
        follow=r"\b(?:sole|exclusive|only|other rights|further rights|terminate|cancel|limit|maximum|capped|non-exclusive)\b",
        but=r"\b(?:late payment|interest|overdue (?:amounts?|invoices?))\b",
    )
    return [_late(p) for p in found]


def _late(passage: Passage) -> Instance:
    percents = passage.quantities("percent")
    limit = number_near(
        passage,
        r"\b(?:up to|not exceed\w*|maximum|capped|limit\w*|at most|no more than|in total|overall)\b",
        "percent",
        "percent",
        reach=45,
    )
    taken = {span.start for span in limit.spans}
    rates = [q for q in percents if q.start not in taken]
    daily = bool(rates) and passage.after(rates[0].end).upto(min(passage.end, rates[0].end + 60)).has(
        r"\b(?:per|each|every|a) (?:\w+ )?day\b"
    )
    rate = number(rates[0], "percent") if rates else blank(passage) or absent()
    if daily and rates:
        rate = unknown(
            "the rate is given for each day, not for each week", Span(rates[0].start, rates[0].end)
        )
    kept = passage.find(
        r"\b(?:non-exclusive|without prejudice|in addition to (?:any|its|all) other|other (?:rights|remedies) (?:remain|are not|stay)\w*)\b|\bnot\b[^.]{0,20}\b(?:sole|exclusive)\b"
    )
    sole = passage.find(
        r"\b(?:sole|exclusive|only)\b(?= (?:and exclusive )?(?:remed\w+|claim|right|compensation))"
    )
    values = {
        "rate": rate,
        "limit": limit,
        "exclusive": word("no", kept) if kept else word("yes", sole) if sole else word("no"),
        "exit_at_limit": yes_no(passage, r"\b(?:terminate|cancel|withdraw|rescind)\b"),
    }
    return Instance((passage.span,), values, {} if sole is None else {"sole": sole})


# --- force majeure --------------------------------------------------------------------------------

_CAUSES = {
    "natural": r"\b(?:earthquakes?|floods?|storms?|natural (?:disasters?|events?)|fire|lightning|acts? of god)\b",
    "war": r"\b(?:war|hostilities|riots?|insurrection|civil (?:unrest|commotion))\b",
    "terror": r"\bterror\w*\b|\bsabotage\b",
    "epidemic": r"\b(?:epidemics?|pandemics?|quarantine)\b",
    "government": r"\b(?:acts? of (?:government|authorit\w+)|embargo\w*|government(?:al)? (?:action|order|measure)s?|sanctions)\b",
    "public_strike": r"\b(?:general|national|nationwide|industry-?wide|public) strikes?\b",
    "own_strike": r"(?<!general )(?<!national )(?<!nationwide )(?<!industry-wide )(?<!public )\bstrikes?\b|\b(?:labou?r|industrial) (?:disputes?|action)\b",
    "price": r"\b(?:price|cost)s? (?:increases?|rises?)\b|\bincreases? in (?:prices?|costs?)\b|\bmarket conditions\b",
    "shortage": r"\bshortages?\b|\black of (?:raw )?materials?\b|\bunavailability of (?:materials|supplies|labou?r)\b|\bfailure of (?:a |its )?suppliers?\b",
    "utility": r"\b(?:power|utility|network) (?:outages?|failures?)\b",
}  # fmt: skip
_OUTSIDE = r"\bforce majeure\b|\bbeyond (?:its|the|their|that party['’]s)\b[^.]{0,40}\bcontrol\b"


def _force_majeure(page: Page) -> Sequence[Instance]:
    """The clause that excuses a party, with its list of causes and the way out."""
    found = page.find_sentences(
        _OUTSIDE,
        follow=r"\b(?:terminate|cancel|days|include|excluded?|excuse\w*|strikes?|shortages?|prices?)\b",
    )
    return [
        _excuse(p)
        for p in found
        if p.has(r"\b(?:not|excus\w+|prevent\w*|liable|relie\w+|suspend\w*|means)\b")
    ]


def _excuse(passage: Passage) -> Instance:
    """What stands behind "not include" or "except" is no cause."""
    cut = passage.find(
        r"\b(?:do(?:es)? not (?:include|excuse|count)|excluding|other than|except(?:ing)?(?: for)?|but not|are not (?:force majeure|causes))\b"
    )
    stop = (
        None
        if cut is None
        else next((s.end for s in passage.sentences() if s.start <= cut.start < s.end), passage.end)
    )
    before = next((s.start for s in passage.sentences() if cut and s.start <= cut.start < s.end), None)
    reversed_list = cut is not None and "are not" in passage.words(cut).lower()
    found = [
        (name, span)
        for name, pattern in _CAUSES.items()
        for span in passage.find_all(pattern)
        if cut is None
        or stop is None
        or not ((before or 0) if reversed_list else cut.start) <= span.start < stop
    ]
    open_end = passage.find(
        r"\bincluding(?:,)? (?:but not limited to|without limitation)\b|\bsuch as\b|\bfor example\b|\bany other (?:cause|event|circumstance)s?\b|\bor similar\b"
    )
    values = {
        "causes": words(found),
        "list": word("open", open_end) if open_end else word("closed") if found else word("open"),
        "exit.days": number_near(
            passage, r"\b(?:terminate|cancel|withdraw|end this)\b", "day", "day", "week", reach=120
        ),
    }
    return Instance((passage.span,), values)


TOPICS = (
    Topic(
        "acceptance", "Acceptance", "acceptance of what is delivered",
        {
            "days": number_of("the days to test", "day"),
            "business_days": number_of("the business days to test", "business_day"),
            "deemed": word_of("acceptance without a word", "no", "after_reminder", "time", "use"),
            "written": word_of("acceptance in writing", "yes", "no"),
        },
        _acceptance, after=(r"deliver", r"services|work"),
    ),
    Topic(
        "late_delivery", "Late delivery", "what late delivery costs",
        {
            "rate": number_of("the rate for each week", "percent"),
            "limit": number_of("the most that can fall due", "percent"),
            "exclusive": word_of("no other rights beside it", "yes", "no"),
            "exit_at_limit": word_of("a right to leave at the limit", "yes", "no"),
        },
        _late_delivery, after=(r"deliver",),
    ),
    Topic(
        "force_majeure", "Force majeure", "events that excuse a party",
        {
            "causes": set_of("the causes that excuse", *_CAUSES),
            "list": word_of("the list of causes", "closed", "open"),
            "exit.days": number_of("the days until one may leave", "day"),
        },
        _force_majeure, after=(r"general", r"miscellaneous", r"liabilit"), clause_types=("force_majeure",),
    ),
)  # fmt: skip
