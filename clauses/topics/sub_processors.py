"""Sub-processors: consent, notice of new ones, objection and what follows from it."""

from collections.abc import Sequence
from decimal import Decimal

from clauses.topics.page import Page, Passage
from clauses.topics.reading import choice
from clauses.topics.values import READ, Instance, Span, Topic, Value, absent, number, number_of, word, word_of

_SUB = r"\bsub-?processors?\b|\bsubcontract\w*\b"


def read(page: Page) -> Sequence[Instance]:
    """Everything the sub-processor section says, read together."""
    found = page.find_sentences(
        rf"{_SUB}|\bobjects?\b",
        follow=r"\bobject\w*\b|\bterminate\b|\bnotice\b",
        but=r"[“\"]sub-?processors?[”\"] (?:means|will have)|\bclause 9\b|\boption \d\b"
        r"|\bmodule\b|\bannex\b[^.]*\bstates\b|\bstandard contractual\b|\bavailable at\b"
        r"|\btransfers?\b[^.]*\bcountr(?:y|ies)\b",
    )
    about = [
        p
        for p in found
        if p.has(
            r"\b(?:authori[sz]\w+|consent\w*|approv\w+|notice|notify|inform|object\w*"
            r"|engage\w*|appoint\w*|terminate|not be used)\b"
        )
        and not p.has(
            r"\bfully liable\b|\bremains? (?:liable|responsible)\b"
            r"|\bwritten agreement with\b|\bimpose\b|\bincorporate\b"
        )
    ]
    # One section speaks for the contract; lists in annexes and cover pages repeat the word only.
    ruling = [p for p in about if p.has(r"\b(?:shall|will|may|must|gives?|authori[sz]es)\b")]
    sections = [page.line_at(p.start).heading for p in ruling]
    main = max(dict.fromkeys(sections), key=sections.count) if sections else ""
    kept = [p for p in ruling if page.line_at(p.start).heading == main]
    return [_instance(kept)] if kept else []


def _instance(passages: Sequence[Passage]) -> Instance:
    anchors: dict[str, Span] = {}
    override = next(
        (
            s
            for p in passages
            for s in p.sentences()
            if s.has(
                r"\bmay (?:nevertheless |still )?(?:engage|use|appoint)\b[^.]*\b(?:if|despite"
                r"|notwithstanding)\b[^.]*\b(?:objection|justified)\b"
            )
        ),
        None,
    )
    if override is not None:
        anchors["override"] = override.span
    days, place = _days(passages)
    values = {
        "consent": _consent(passages),
        "notice_days": days,
        "objection": _any(passages, r"\bobject\w*\b"),
        "exit": _any(
            passages,
            r"\bterminate\b|\bshall not (?:engage|use)\b[^.]*\bobject\w*\b"
            r"|\bobject\w*\b[^.]*\bshall not (?:engage|use)\b",
        ),
        "override": word("no") if override is None else word("yes", override.span),
    }
    if place is not None:
        anchors["notice"] = place
    anchors["last"] = passages[-1].span
    return Instance(tuple(p.span for p in passages), values, anchors)


def _consent(passages: Sequence[Passage]) -> Value:
    for passage in passages:
        found = choice(
            passage,
            (
                "general",
                r"\bgeneral(?:ly)?\b[^.]{0,30}\bauthori[sz]\w+|\bauthori[sz]es\b[^.]*\b(?:engage"
                r"|use|appoint)\b|\bdeemed to (?:accept|consent|approve)\b",
            ),
            (
                "specific",
                r"\b(?:prior|specific"
                r"|express)\b[^.]{0,30}\b(?:written )?(?:specific )?(?:consent|authori[sz]ation"
                r"|approval)\b|\bunless\b[^.]*\b(?:has )?(?:approved|consented|authori[sz]ed)\b",
            ),
        )
        if found.is_read and not (
            found.value == "specific"
            and any(
                p.has(r"\bdeemed to (?:accept|consent|approve)\b|\bgeneral\b[^.]{0,30}\bauthori[sz]")
                for p in passages
            )
        ):
            return found
    deemed = next(
        (span for p in passages if (span := p.find(r"\bdeemed to (?:accept|consent|approve)\b"))), None
    )
    return word("general", deemed) if deemed else absent()


def _days(passages: Sequence[Passage]) -> tuple[Value, Span | None]:
    for passage in passages:
        for sentence in passage.sentences():
            periods = sentence.quantities("day", "business_day", "week", "month")
            told = sentence.has(
                r"\b(?:notice|notif\w+|inform\w*|advance|announce\w*)\b"
            ) and not sentence.has(
                r"\bto object\b[^.]*\botherwise\b|\bobjects?\b[^.]*\bwithin\b[^.]*\bof notice\b"
            )
            if periods and told:
                quantity, span = periods[0], Span(periods[0].start, periods[0].end)
                if quantity.unit == "business_day" and quantity.amount is not None:
                    # Five working days make a week, the most that can be counted on.
                    return Value(READ, Decimal(int(quantity.amount * 7 / 5)), (span,)), span
                return number(quantity, "day"), span
    return absent(), None


def _any(passages: Sequence[Passage], pattern: str) -> Value:
    return next((word("yes", span) for p in passages if (span := p.find(pattern)) is not None), word("no"))


TOPIC = Topic(
    "sub_processors",
    "Sub-processors",
    "the engagement of sub-processors",
    {
        "consent": word_of("consent to sub-processors", "specific", "general"),
        "notice_days": number_of("notice of a new sub-processor", "day"),
        "objection": word_of("a right to object", "yes", "no"),
        "exit": word_of("a way out after an objection", "yes", "no"),
        "override": word_of("engagement in spite of an objection", "yes", "no"),
    },
    read,
    after=(r"sub-?processor", r"security", r"processing"),
    clause_types=("sub_processors",),
)
