"""Work under an employment contract: hours and overtime, holiday, variable pay, other work, garden leave."""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import number_near, quantity_near
from clauses.topics.values import (
    Instance,
    Span,
    Topic,
    absent,
    number,
    number_of,
    word,
    word_of,
)

# --- hours ------------------------------------------------------------------------------------------------

_HOURS = r"\bhours? (?:a|per|each|every) week\b|\b(?:weekly|normal|regular) (?:working )?(?:hours|time)\b|\bovertime\b|\bworking (?:hours|time)\b"


def _working_time(page: Page) -> Sequence[Instance]:
    """The hours of a week and what happens with overtime, read together."""
    found = page.find_sentences(_HOURS, follow=r"\bovertime\b|\bhours\b|\btime off\b", but=r"\bsupport hours\b|\bresponse\b|\bservice level\b|\bbusiness hours\b")  # fmt: skip
    if not found:
        return []
    hours = next(
        (v for p in found if (v := number_near(p, r"\bweek\w*\b", "hour", "hour", reach=30)).state != "absent"),
        absent(),
    )  # fmt: skip
    covered = _first(
        found,
        r"\b(?:all |any )?overtime\b[^.]*\b(?:included in|covered by|compensated by|settled by|deemed paid)\b[^.]*\b(?:salary|pay|remuneration)\b|\bsalary\b[^.]*\b(?:includes|covers|compensates)\b[^.]*\bovertime\b|\bwithout (?:additional|extra|further) (?:pay|remuneration|compensation)\b",
    )
    settled = _first(
        found,
        r"\bovertime\b[^.]*\b(?:time off|paid at|is paid|shall be paid|will be paid|compensated (?:with|in) time)\b|\b(?:time off|pay)\b[^.]{0,30}\bfor overtime\b",
    )
    limited = next(
        (
            v
            for p in found
            for sentence in p.sentences()
            if (v := number_near(sentence, r"\bovertime\b", "hour", "hour", reach=40)).is_read
        ),
        absent(),
    )
    values = {
        "hours": hours,
        "overtime": word("settled", settled) if settled and not covered
        else word("included_limited", covered) if covered and limited.is_read
        else word("included_all", covered) if covered
        else absent(),
    }  # fmt: skip
    return [Instance(tuple(p.span for p in found), values)]


# --- holiday ----------------------------------------------------------------------------------------------


def _holiday(page: Page) -> Sequence[Instance]:
    """The days of paid holiday, and what becomes of those not taken."""
    found = page.find_sentences(
        r"\b(?:annual leave|paid (?:annual )?(?:leave|holidays?|vacation)|(?:days?|weeks?)['’]? (?:of )?(?:paid )?(?:annual )?(?:leave|holidays?|vacation))\b|\b(?:holiday|vacation) (?:entitlement|days)\b",
        follow=r"\b(?:holiday|leave|vacation|carried|lapse\w*|expire\w*)\b",
        but=r"\b(?:maternity|paternity|parental|sick|garden(?:ing)?) leave\b|\bbank holidays? (?:only|alone)\b",
    )
    if not found:
        return []
    over = _first(found, r"\b(?:carr(?:y|ied)|transferred)\b[^.]{0,40}\b(?:over|forward|into the (?:next|following))\b|\blaps\w+\b|\bexpir\w+\b|\bforfeit\w*\b")  # fmt: skip
    # Working days and days are counted alike here: a holiday is taken from working days.
    near = (
        quantity_near(p, r"\b(?:leave|holidays?|vacation)\b", "day", "business_day", reach=45) for p in found
    )
    days = next((number(q, q.unit) for q in near if q is not None), absent())
    values = {"days": days, "unused": word("ruled", over) if over else absent()}
    return [Instance(tuple(p.span for p in found), values)]


# --- variable pay -----------------------------------------------------------------------------------------


def _bonus(page: Page) -> Sequence[Instance]:
    """A bonus: at discretion, by agreed aims, or promised as a sum."""
    found = page.find_sentences(
        r"\b(?:bonus(?:es)?|variable (?:pay|remuneration|compensation)|incentive (?:pay|payment|plan)|commission)\b",
        follow=r"\b(?:bonus|aims?|targets?|objectives?|discretion\w*|pro[- ]?rata|criteria)\b",
        but=r"\bcommission(?:er|ing)\b|\b(?:european|trade) commission\b|\bsales agent\b",
    )
    about = [p for p in found if p.has(r"\b(?:employee|employer|company|salary|he|she|you)\b")]
    if not about:
        return []
    free = _first(
        about, r"\b(?:discretion\w*|no (?:entitlement|claim|right)|voluntar\w+|not (?:be )?entitled)\b"
    )
    aims = _first(about, r"\b(?:aims?|targets?|objectives?|criteria|goals?|achiev\w+|performance)\b")
    limit = _first(about, r"\b(?:up to|maximum|not exceed\w*|at most|no more than|capped)\b")
    values = {
        "basis": word("discretion", free) if free else word("aims", aims) if aims else word("promised"),
        "limited": word("yes", limit) if limit else word("no"),
    }
    return [Instance(tuple(p.span for p in about), values)]


# --- other work -------------------------------------------------------------------------------------------


def _outside_work(page: Page) -> Sequence[Instance]:
    """Work for others during employment: by consent, after telling the employer, or barred."""
    found = page.find_sentences(
        r"\b(?:other|outside|secondary|additional|further|second)\b[^.]{0,25}\b(?:employment|work|jobs?|occupations?|activit\w+|business)\b[^.]*\b(?:consent|approval|permission|notif\w+|inform\w*|tell\w*|not|prohibited|only)\b"
        r"|\b(?:not|only)\b[^.]*\b(?:other|outside|secondary|additional)\b[^.]{0,25}\b(?:employment|work|jobs?|occupations?|activit\w+)\b",
        follow=r"\bconsent\b|\bapproval\b|\brefus\w+\b",
        but=r"\bafter (?:the )?(?:end|termination)\b|\bcompet\w+ after\b|\bsubcontract\w*\b",
    )
    if not found:
        return []
    asked = _first(found, r"\b(?:consent|approval|permission)\b")
    fair = _first(found, r"\b(?:not|only)\b[^.]{0,40}\b(?:refuse\w*|withh[oe]ld|withheld|denied)\b|\bunreasonabl\w+\b|\blegitimate interests?\b")  # fmt: skip
    harmful = _first(
        found, r"\b(?:that|which|where|if)\b[^.]{0,40}\b(?:interfer\w+|conflicts?\b|competes?\b|harms?\b)"
    )
    told = _first(found, r"\b(?:notif\w+|inform\w*|tell\w*|notice)\b")
    barred = _first(found, r"\b(?:prohibited|not permitted|not allowed|shall not|may not)\b")
    rule = (
        word("consent_fair", asked, *([fair] if fair else [])) if asked and fair
        else word("consent", asked) if asked
        else word("limited", harmful) if harmful
        else word("tell", told) if told
        else word("barred", barred) if barred
        else absent()
    )  # fmt: skip
    return [Instance(tuple(p.span for p in found), {"rule": rule})]


# --- garden leave -----------------------------------------------------------------------------------------


def _garden_leave(page: Page) -> Sequence[Instance]:
    """A right to release the employee from work during notice, with pay or without."""
    found = page.find_sentences(
        r"\bgarden(?:ing)? leave\b|\breleas\w+\b[^.]{0,60}\bfrom (?:the duty to )?(?:work|duties|attend\w*)\b|\bnot (?:to )?(?:attend|require[d]? to work)\b[^.]*\bnotice\b|\bsuspend\b[^.]*\bduring\b[^.]{0,20}\bnotice\b",
        follow=r"\b(?:pay|salary|holiday|leave|release)\b",
    )
    if not found:
        return []
    paid = _first(found, r"\b(?:continu\w+|full|on|keep\w*|receiv\w*)\b[^.]{0,40}\b(?:pay|paid|salary|remuneration)\b|\bfull pay\b")  # fmt: skip
    unpaid = _first(found, r"\bwithout (?:pay|salary|remuneration)\b|\bunpaid\b")
    pay = word("no", unpaid) if unpaid else word("yes", paid) if paid else absent()
    return [Instance(tuple(p.span for p in found), {"paid": pay})]


def _first(passages: Sequence[Passage], pattern: str) -> Span | None:
    return next((span for p in passages if (span := p.find(pattern)) is not None), None)


TOPICS = (
    Topic(
        "working_time", "Working time", "weekly hours and overtime",
        {
            "hours": number_of("the hours of a week", "hour"),
            "overtime": word_of("overtime", "settled", "included_limited", "included_all"),
        },
        _working_time, after=(r"duties|position|work", r"salary|pay|remuneration"),
    ),
    Topic(
        "holiday", "Holiday", "paid holiday",
        {
            "days": number_of("the days of holiday", "day"),
            "unused": word_of("holiday not taken", "ruled"),
        },
        _holiday, after=(r"hours|working time", r"salary|pay|remuneration"),
    ),
    Topic(
        "variable_pay", "Variable pay", "a bonus or commission",
        {
            "basis": word_of("what the bonus rests on", "discretion", "aims", "promised"),
            "limited": word_of("a most that can be paid", "yes", "no"),
        },
        _bonus, after=(r"salary|pay|remuneration",),
    ),
    Topic(
        "outside_work", "Work for others", "work for others during employment",
        {"rule": word_of("work for others", "consent_fair", "limited", "consent", "tell", "barred")},
        _outside_work, after=(r"duties|position", r"confiden"),
    ),
    Topic(
        "garden_leave", "Release during notice", "release from work during notice",
        {"paid": word_of("pay during the release", "yes", "no")},
        _garden_leave, after=(r"terminat|notice",),
    ),
)  # fmt: skip
