"""People and what they make: rights in work, earlier inventions, restraints after a job, notice and probation."""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

from collections.abc import Sequence
from decimal import Decimal

from clauses.topics.page import Page, Passage, is_blank
from clauses.topics.reading import choice, number_near
from clauses.topics.values import (
    READ,
    Instance,
    Span,
    Topic,
    Value,
    absent,
    number,
    number_of,
    unknown,
    word,
    word_of,
)

_RIGHTS = r"\b(?:work product|deliverables?|inventions?|work results?|results of the (?:services|work)|developments|intellectual property|copyrights?)\b"
_PRESENT = r"\bhereby (?:irrevocably )?(?:assigns?|transfers?)\b|\bassigns to\b|\bherewith assigns\b|\btransfers? (?:hereby|with this agreement)\b"
_FUTURE = r"\b(?:will|shall|agrees? to|undertakes? to|must) (?:irrevocably )?(?:assign|transfer)\b"
_LICENCE = r"\bgrants?\b[^.]{0,60}\b(?:licen[cs]e|right to use)\b|\blicen[cs]ed to\b"


def _work(page: Page) -> Sequence[Instance]:
    """Sentences that say who owns what is made under the contract, read together."""
    found = page.find_sentences(
        rf"(?:{_PRESENT}|{_FUTURE}|{_LICENCE}|\bown(?:s|ed)?\b|\bbelongs? to (?:the )?(?:customer|client|buyer|company|supplier|provider|contractor)\b|\bremains? the property\b|\bvests? in\b)[^.]*{_RIGHTS}"
        rf"|{_RIGHTS}[^.]*(?:{_PRESENT}|{_FUTURE}|{_LICENCE}|\bown(?:s|ed)?\b|\bbelongs? to (?:the )?(?:customer|client|buyer|company|supplier|provider|contractor)\b|\bremains? the property\b|\bvests? in\b|\bare assigned\b)",
        follow=r"\blicen[cs]e\b|\bassign\w*\b|\bprior (?:inventions|works?)\b|\bearlier (?:inventions|works?)\b",
        but=r"\binfring\w*\b|\bindemni\w*\b|\bconfidential information\b|\bcustomer data\b|\bmoral rights\b|\binvoice\w*\b|\bfully\b[^.]*\bpaid\b[^.]*\binsurance\b",
    )
    return [_rights(page, found)] if found else []


def _rights(page: Page, passages: Sequence[Passage]) -> Instance:
    present, future = _first(passages, _PRESENT), _first(passages, _FUTURE)
    # "Hereby assigns and agrees to assign" assigns: the promise only stands in for what cannot pass now.
    form = word("present", present) if present else word("future", future) if future else absent()
    licence = next((p for p in passages if p.has(_LICENCE)), None)
    anchors: dict[str, Span] = {} if future is None or present else {"promise": future}
    values = {
        "form": form,
        "when": _when(passages) if form.is_read else absent(),
        "bespoke.owner": _bespoke(passages),
        "licence.term": absent() if licence is None else _length(licence),
    }
    return Instance(tuple(p.span for p in passages), values, anchors)


def _when(passages: Sequence[Passage]) -> Value:
    for passage in passages:
        paid = passage.find(
            r"\b(?:on|upon|after|once|when|subject to|against|from)\b[^.]{0,40}\bpa(?:id|yment)\b"
        )
        if paid is not None:
            return word("payment", paid)
    made = _first(
        passages,
        r"\b(?:on|upon|at|from|with)\b[^.]{0,30}\bcreation\b|\b(?:as|when|once) (?:they are |it is |each is )?(?:created|made)\b",
    )
    # A present assignment without a date takes effect as the work comes into being.
    return word("creation", made) if made else word("creation")


def _bespoke(passages: Sequence[Passage]) -> Value:
    for passage in passages:
        for sentence in passage.sentences():
            if not sentence.has(
                r"\b(?:bespoke|custom(?:i[sz]ed|-made|-built)?\b(?!er)|specifically (?:developed|created|made)|made specially|tailor\w*)\b"
            ):
                continue
            owner = choice(
                sentence,
                ("customer", r"\b(?:customer|client|buyer)\b[^.]{0,30}\bown\w*\b|\bowned by (?:the )?(?:customer|client|buyer)\b|\b(?:assign\w*|transfer\w*|belongs?|vests?)\b[^.]{0,60}\b(?:customer|client|buyer)\b"),
                ("provider", r"\b(?:supplier|provider|contractor|consultant)\b[^.]{0,30}\b(?:own|retain)\w*\b|\bowned by (?:the )?(?:supplier|provider|contractor|consultant)\b"),
            )  # fmt: skip
            if owner.is_read:
                return owner
    return absent()


def _length(passage: Passage) -> Value:
    return choice(
        passage,
        ("perpetual", r"\bperpetual\b|\bunlimited in time\b|\bwithout (?:any )?limit in time\b|\bforever\b"),
        (
            "term",
            r"\b(?:for|during) the (?:term|duration)\b|\bas long as\b[^.]*\bin force\b|\bterm of this\b",
        ),
    )


def _first(passages: Sequence[Passage], pattern: str) -> Span | None:
    return next((span for p in passages if (span := p.find(pattern)) is not None), None)


# --- inventions -----------------------------------------------------------------------------------


def _inventions(page: Page) -> Sequence[Instance]:
    """The assignment of inventions by a person, with the list of earlier ones."""
    found = page.find_sentences(
        rf"(?:{_PRESENT}|{_FUTURE})[^.]*{_RIGHTS}|{_RIGHTS}[^.]*(?:{_PRESENT}|{_FUTURE})",
        follow=r"\b(?:prior|earlier|existing|previous) (?:inventions?|works?)\b|\bschedule\b|\blist\b|\blicen[cs]e\b",
        but=r"\binfring\w*\b|\bconfidential information\b|\bmoral rights\b",
    )
    return [_invention(page, found)] if found else []


def _invention(page: Page, passages: Sequence[Passage]) -> Instance:
    present, future = _first(passages, _PRESENT), _first(passages, _FUTURE)
    earlier = page.find_sentences(r"\b(?:prior|earlier|existing|previous) (?:inventions?|works?)\b")
    licence = next((s for p in earlier for s in p.sentences() if s.has(_LICENCE)), None)
    anchors: dict[str, Span] = {} if future is None or present else {"promise": future}
    values = {
        "form": word("present", present) if present else word("future", future) if future else absent(),
        "prior_list": _prior_list(page, earlier),
        "prior_licence": absent() if licence is None else _length(licence),
    }
    spans = tuple(
        dict.fromkeys(
            [
                *(p.span for p in passages),
                *(p.span for p in earlier if all(p.start != q.start for q in passages)),
            ]
        )
    )
    return Instance(spans, values, anchors)


def _prior_list(page: Page, earlier: Sequence[Passage]) -> Value:
    if not earlier:
        return absent()
    none = _first(
        earlier, r"\bno (?:prior|earlier|existing|previous)\b|\b(?:has|there are) none\b|:\s*none\b"
    )
    if none is not None:
        return word("none_stated", none)
    label = page.key_term(r"(?:Prior|Earlier|Existing|Previous) (?:Inventions?|Works?)(?: List)?")
    if label is not None:
        if is_blank(label.text):
            return word("blank", label.span)
        return word("none_stated", label.span) if label.has(r"^\W*none\b") else word("filled", label.span)
    listed = _first(earlier, r"\b(?:are|is) (?:the following|these)\b\s*:?\s*\S+|\bnamely\b")
    if listed is not None:
        return word("filled", listed)
    blank = next((p for p in earlier if is_blank(p.text)), None)
    if blank is not None:
        return word("blank", blank.span)
    return unknown("the list of earlier works is named but not given here", earlier[0].span)


# --- restraint after employment -------------------------------------------------------------------

_RESTRAINT = r"\b(?:not|refrain\w*|abstain)\b[^.]*\b(?:compet\w+|engage in (?:a|any) business|work for (?:a|any) (?:rival|competitor))\b"


def _restraint(page: Page) -> Sequence[Instance]:
    """Sentences that keep a person from competing after the job."""
    found = page.find_sentences(
        _RESTRAINT,
        follow=r"\b(?:area|territory|region|pay\w*|salary|remuneration|compensation|restraint|restriction)\b",
        but=r"\bduring (?:the |his |her |their )?employment\b(?![^.]*\bafter\b)",
    )
    return [_restrained(p) for p in found]


def _restrained(passage: Passage) -> Instance:
    role = passage.find(r"\b(?:role|duties|position|activities|function|field of work|products?)\b")
    area = passage.find(
        r"\b(?:within|in|throughout)\b[^.]{0,40}\b(?:area|territory|region|city|state|kilomet\w+|miles|Germany|France|England|Texas|Austria|Netherlands|Bavaria|London|Berlin)\b"
    )
    values = {
        "months": number_near(
            passage, r"\b(?:for|period|after|following|during)\b", "month", "month", "year", reach=60
        ),
        "scope": word("named", role, area) if role and area else word("unnamed"),
        "pay.percent": number_near(
            passage,
            r"\b(?:pay\w*|salary|remuneration|compensation|earnings)\b",
            "percent",
            "percent",
            reach=80,
        ),
    }
    return Instance((passage.span,), values)


# --- notice and probation -------------------------------------------------------------------------

_ENDS = r"\bterminat\w*\b[^.]*\bnotice\b|\bnotice\b[^.]*\b(?:terminat\w+|end)\b|\bgive\b[^.]{0,40}\bnotice\b"


def _notice(page: Page) -> Sequence[Instance]:
    """The notice each side must give, and the length of a probation."""
    found = page.find_sentences(
        rf"(?:{_ENDS})", follow=r"\bnotice\b", but=r"\bprobation\w*\b|\bpersonal data\b|\bbreach\b"
    )
    about = [
        p for p in found
        if p.has(r"\b(?:employ\w+|company|either (?:party|side)|each (?:party|side)|both (?:parties|sides))\b") and p.quantities("month", "week", "day")
    ]  # fmt: skip
    return [_notice_of(page, p) for p in about]


def _notice_of(page: Page, passage: Passage) -> Instance:
    both = passage.find(
        r"\b(?:either|each|both) (?:party|parties|sides?)\b|\bemployer and (?:the )?employee\b|\bemployee and (?:the )?(?:employer|company)\b"
    )
    periods = passage.quantities("month", "week", "day")
    employer = employee = number(periods[0], "month")
    if both is None:
        employer = _given_by(passage, r"\b(?:employer|company)\b")
        employee = _given_by(passage, r"\bemployee\b")
    known = [v.value for v in (employer, employee) if isinstance(v.value, Decimal)]
    longest = max(known) if len(known) == 2 else None
    probation = next(
        (v for p in page.find_sentences(r"\bprobation\w*\b") if (v := number_near(p, r"\bprobation\w*\b", "month", "month", reach=60)).is_read),
        absent(),
    )  # fmt: skip
    values = {
        "notice.employer": employer,
        "notice.employee": employee,
        "notice.months": absent("only one side’s notice is given") if longest is None and known
        else unknown("the notice is not given in months", passage.span) if longest is None
        else Value(READ, longest, employer.spans, quantity=periods[0] if both else None),
        "probation.months": probation,
    }  # fmt: skip
    return Instance((passage.span,), values)


def _given_by(passage: Passage, who: str) -> Value:
    """The first period behind the words that name a side, before the other side is named."""
    mark = passage.find(who)
    if mark is None:
        return absent()
    rest = passage.after(mark.end)
    other = rest.find(r"\b(?:employer|company|employee)\b")
    part = (
        rest.upto(other.start)
        if other and any(q.end <= other.start for q in rest.quantities("month", "week", "day"))
        else rest
    )
    found = part.quantities("month", "week", "day")
    return number(found[0], "month") if found else absent()


TOPICS = (
    Topic(
        "work_product", "Rights in work product", "who owns what is made",
        {
            "form": word_of("the form of the assignment", "present", "future"),
            "when": word_of("when rights pass", "creation", "payment"),
            "bespoke.owner": word_of("the owner of bespoke parts", "customer", "provider"),
            "licence.term": word_of("the length of the licence", "perpetual", "term"),
        },
        _work, after=(r"intellectual|ownership", r"deliver", r"services"), clause_types=("ip_ownership", "licence"),
    ),
    Topic(
        "inventions", "Inventions and earlier works", "the assignment of inventions",
        {
            "form": word_of("the form of the assignment", "present", "future"),
            "prior_list": word_of("the list of earlier works", "filled", "none_stated", "blank"),
            "prior_licence": word_of("the licence to earlier works", "perpetual", "term"),
        },
        _inventions, after=(r"intellectual|ownership|inventions", r"services|duties"), clause_types=("ip_ownership",),
    ),
    Topic(
        "restraint", "Restraint after employment", "a ban on competing after employment",
        {
            "months": number_of("the length of the restraint", "month"),
            "scope": word_of("role and area", "named", "unnamed"),
            "pay.percent": number_of("pay during the restraint", "percent"),
        },
        _restraint, after=(r"terminat", r"confiden"),
    ),
    Topic(
        "notice_periods", "Notice and probation", "the notice that ends employment",
        {
            "notice.employer": number_of("the employer’s notice", "month"),
            "notice.employee": number_of("the employee’s notice", "month"),
            "notice.months": number_of("the longer notice", "month"),
            "probation.months": number_of("the probation", "month"),
        },
        _notice, after=(r"terminat", r"term\b"), clause_types=("termination",),
    ),
)  # fmt: skip
