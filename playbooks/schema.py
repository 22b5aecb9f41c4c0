"""Playbooks out of plain data: every field read, every mistake named. `data_form` is the way back."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from clauses.topics.rates import CODES, UNITS, known_unit, plain_item, unit_said
from playbooks.coherence import check_ladders, check_whole
from playbooks.condition_text import BadCondition, from_data
from playbooks.conditions import Compare, Condition, Ref
from playbooks.deal import DEAL_FACTS, KINDS, plain_facts
from playbooks.fields import BadPlaybook, Fields, Notes
from playbooks.rules import (
    BEARERS,
    OUTSIDE,
    RISKS,
    ROLES,
    ApproverRule,
    Counsel,
    Due,
    EditRule,
    Example,
    Issue,
    Missing,
    ObligationTemplate,
    Playbook,
    RateCard,
    RateLine,
    Rung,
    UpTo,
    WalkAway,
    Wording,
)
from playbooks.topics import TOPICS

_CODE = re.compile(r"[a-z][a-z0-9_]{1,60}")
_NAME = re.compile(r"[a-z][a-z0-9-]{1,60}")
ACTIONS = ("insert", "replace", "delete", "sentence")
DUE_KINDS = ("after", "before", "every", "on")


def read_playbook(
    data: Any, lines: Mapping[str, int] | None = None, *, with_ladders: bool = True
) -> Playbook:
    """A playbook from plain data. Raises BadPlaybook with every mistake found; `lines` maps paths to line
    numbers. Without `with_ladders` rungs that nothing reaches are let pass: a draft may have them."""
    notes = Notes(lines or {})
    playbook = _playbook(Fields(data, "", notes))
    if not notes.mistakes:
        check_whole(playbook, notes)
        if with_ladders and not notes.mistakes:
            check_ladders(playbook, notes)
    if notes.mistakes:
        raise BadPlaybook(notes.mistakes)
    return playbook


def _playbook(f: Fields) -> Playbook:
    if f.whole("parley_playbook", 1) != 1:
        f.wrong("parley_playbook", "this program reads form 1 only")
    name = f.text("name", required=True)
    if name and not _NAME.fullmatch(name):
        f.wrong("name", "use small letters, digits and hyphens")
    lists = _lists(f)
    thresholds = {"medium": 25, "high": 60, **_thresholds(f)}
    playbook = Playbook(
        name=name,
        title=f.text("title", required=True),
        contract_type=f.text("contract_type", required=True),
        side=f.text("side", required=True),
        language=f.text("language", default="en"),
        description=f.text("description"),
        note=f.text("note"),
        version=f.text("version", default="1"),
        lists=lists,
        thresholds=thresholds,
        deal_facts=_deal_facts(f),
        rates=_rates(f),
        issues=f.each("issues", _issue, required=True),
    )
    f.done()
    return playbook


def _lists(f: Fields) -> dict[str, tuple[str, ...]]:
    raw = f.raw("lists") or {}
    if not isinstance(raw, Mapping):
        f.wrong("lists", "must be a mapping of names to lists")
        return {}
    inner = Fields(raw, f.at("lists"), f.notes)
    return {str(key): inner.texts(str(key)) for key in raw}


def _deal_facts(f: Fields) -> dict[str, str]:
    raw = f.raw("deal_facts")
    if raw is None:
        return {}
    inner = Fields(raw, f.at("deal_facts"), f.notes)
    found = {str(name): inner.text(str(name), choices=KINDS) for name in inner.data}
    for name in found:
        if name in DEAL_FACTS:
            inner.wrong(name, "is known in every deal and needs no mention here")
    return found


def _rates(f: Fields) -> dict[str, RateCard]:
    raw = f.raw("rates")
    if raw is None:
        return {}
    inner = Fields(raw, f.at("rates"), f.notes)
    for name in inner.data:
        if not re.fullmatch(r"[A-Za-z_]\w{0,60}", str(name)):
            inner.wrong(str(name), "name a rate card with letters, digits and underscores")
    return {str(name): inner.one(str(name), _card) or RateCard() for name in inner.data}


def _card(f: Fields) -> RateCard:
    in_use = f.text("in_use", choices=("True", "False", "yes", "no"), default="yes") in {"True", "yes"}
    lines = f.each("rows", _rate_line)
    f.done()
    named: set[tuple[str, str, str]] = set()
    for n, line in enumerate(lines):
        for item, said in {plain_item(name): name for name in (*reversed(line.also), line.item)}.items():
            if (item, line.currency, line.unit) in named:
                other = f", another name of “{line.item}”," if said != line.item else ""
                f.wrong(
                    f"rows[{n}]",
                    f"“{said}”{other} has a price in {line.currency} {unit_said(line.unit)} already",
                )
            named.add((item, line.currency, line.unit))
    return RateCard(lines, in_use)


def _rate_line(f: Fields) -> RateLine:
    price = f.text("price", required=True)
    if price and not re.fullmatch(r"\d{1,12}(?:\.\d{1,6})?", price):
        f.wrong("price", f"“{price}” is not a price")
    currency = f.text("currency", required=True)
    if currency and currency not in CODES:
        f.wrong("currency", f"“{currency}” is not a currency that is told apart; known: {', '.join(CODES)}")
    unit = f.text("unit", required=True)
    if unit and not known_unit(unit):
        f.wrong(
            "unit",
            f"“{unit}” is not a unit; known: {', '.join(UNITS)}, and several joined, such as user_month",
        )
    item = f.text("item", required=True)
    amount = Decimal(price) if re.fullmatch(r"\d{1,12}(?:\.\d{1,6})?", price) else Decimal(1)
    if not amount:
        f.wrong("price", "is nothing; leave the row out instead")
    line = RateLine(item, amount.normalize(), currency, unit, f.texts("also"))
    f.done()
    return line


def _thresholds(f: Fields) -> dict[str, int]:
    raw = f.raw("thresholds")
    if raw is None:
        return {}
    inner = Fields(raw, f.at("thresholds"), f.notes)
    found = {"medium": inner.whole("medium", 25), "high": inner.whole("high", 60)}
    inner.done()
    if found["medium"] > found["high"]:
        f.wrong("thresholds", "medium begins above high")
    return found


def _issue(f: Fields) -> Issue:
    code = f.text("code", required=True)
    if code and not _CODE.fullmatch(code):
        f.wrong("code", "use small letters, digits and underscores")
    topic = f.text("topic", required=True)
    if topic and topic not in TOPICS:
        f.wrong("topic", f"“{topic}” is not a topic that can be read; known: {', '.join(sorted(TOPICS))}")
    rungs = f.each("rungs", _rung, required=True)
    opening = f.text("opening", default=rungs[0].id if rungs else "")
    issue = Issue(
        code=code,
        title=f.text("title", required=True),
        category=f.text("category", required=True),
        topic=topic,
        opening=opening,
        leave_alone=_leave_alone(f, opening),
        missing=f.one("missing", _missing, required=True) or Missing(OUTSIDE, ""),
        rungs=rungs,
        walk_away=f.one("walk_away", _walk_away, required=True)
        or WalkAway(ApproverRule("any", ("legal",)), "high", 0, ""),
        better=f.text("better") if not isinstance(f.data.get("better"), Mapping) else "",
        better_for=_better_for(f),
        policy=f.text("policy"),
        heading=f.text("heading"),
        small_deals=_small_deals(f),
        counsel=f.each("counsel", _counsel),
    )
    f.done()
    return issue


def _better_for(f: Fields) -> dict[str, str]:
    raw = f.data.get("better")
    if not isinstance(raw, Mapping):
        return {}
    f.seen.add("better")
    inner = Fields(raw, f.at("better"), f.notes)
    return {str(side): inner.text(str(side)) for side in inner.data}


def _small_deals(f: Fields) -> tuple[UpTo, ...]:
    raw = f.data.get("leave_alone")
    if not isinstance(raw, Mapping):
        return ()
    inner = Fields(raw, f.at("leave_alone"), Notes())
    kept = Fields(raw, f.at("leave_alone"), f.notes)
    default = {"ours": inner.text("our_paper"), "theirs": inner.text("their_paper")}

    def one(step: Fields) -> UpTo:
        value = step.text("value", required=True)
        if value and not re.fullmatch(r"\d{1,15}(?:\.\d+)?", value):
            step.wrong("value", f"“{value}” is not an amount")
            value = ""
        found = UpTo(
            Decimal(value or 0),
            step.text("our_paper", default=default["ours"]),
            step.text("their_paper", default=default["theirs"]),
        )
        step.done()
        return found

    return kept.each("up_to", one)


def _counsel(f: Fields) -> Counsel:
    found = Counsel(_condition(f), f.text("says", required=True))
    f.done()
    return found


def _leave_alone(f: Fields, opening: str) -> dict[str, str]:
    raw = f.raw("leave_alone")
    if raw is None:
        return {"ours": opening, "theirs": opening}
    inner = Fields(raw, f.at("leave_alone"), f.notes)
    found = {
        "ours": inner.text("our_paper", default=opening),
        "theirs": inner.text("their_paper", default=opening),
    }
    inner.raw("up_to")
    inner.done()
    return found


def _missing(f: Fields) -> Missing:
    missing = Missing(f.text("stands", required=True), f.text("reason", required=True))
    f.done()
    return missing


def _rung(f: Fields) -> Rung:
    rung = Rung(
        id=f.text("id", required=True),
        label=f.text("label", required=True),
        when=_condition(f),
        risk=f.text("risk", choices=RISKS, default="low"),
        weight=f.whole("weight"),
        reason=f.text("reason", required=True),
        guidance=f.text("guidance"),
        mitigation=f.text("mitigation"),
        approvers=f.one("approvers", _approvers),
        wordings=_wordings(f),
        edits=f.each("edits", _edit),
        obligations=f.each("obligations", _obligation),
        examples=_examples(f),
        trade=_trade(f)[0],
        needs_trade=_trade(f)[1],
        review_on=f.text("review_on"),
    )
    if rung.id == OUTSIDE or (rung.id and not re.fullmatch(r"[A-Z][A-Za-z0-9]{0,9}", rung.id)):
        f.wrong("id", "use a capital letter followed by letters or digits, such as P or F1")
    f.done()
    return rung


def _trade(f: Fields) -> tuple[str, str]:
    """A text is a note for negotiators; a mapping with a code makes the rung depend on that trade."""
    raw = f.raw("trade")
    if not isinstance(raw, Mapping):
        return f.text("trade"), ""
    inner = Fields(raw, f.at("trade"), f.notes)
    code = inner.text("code", required=True)
    if code and not _CODE.fullmatch(code):
        inner.wrong("code", "use small letters, digits and underscores")
    text = inner.text("text", required=True)
    inner.done()
    return text, code


def _condition(f: Fields) -> Condition:
    raw = f.raw("when")
    try:
        return from_data(raw)
    except BadCondition as error:
        f.wrong("when", "is required" if raw is None else str(error))
        return Compare(Ref("value", "clause"), "present")


def _approvers(f: Fields) -> ApproverRule:
    mode = "all" if "all" in f.data else "any"
    roles = f.texts(mode)
    if not roles:
        f.wrong(mode, "name at least one role")
    for role in roles:
        if role not in ROLES:
            f.wrong(mode, f"“{role}” is not a known role; known: {', '.join(ROLES)}")
    f.done()
    return ApproverRule(mode, roles)


def _wordings(f: Fields) -> tuple[Wording, ...]:
    raw = f.data.get("wording")
    if isinstance(raw, str):
        f.seen.add("wording")
        return (Wording(raw.strip()),)
    return f.each("wording", _wording)


def _wording(f: Fields) -> Wording:
    found = Wording(f.text("text", required=True), f.text("jurisdiction"), f.text("industry"), f.text("role"))
    f.done()
    return found


def _edit(f: Fields) -> EditRule:
    action = next((name for name in ACTIONS if name in f.data), "")
    if not action:
        f.notes.add(f.path, f"say what to do: one of {', '.join(ACTIONS)}")
    raw = f.raw(action) if action else ""
    f.seen.add(action)
    rule = EditRule(f.texts("mends"), action, "" if raw in (True, None) else str(raw), f.text("at"))
    if action == "insert" and not re.fullmatch(r"end|(?:before|after):[a-z_.]+(?::[a-z_]+)?", rule.at):
        f.wrong("at", "an insertion needs a place: end, before:NAME or after:NAME")
    f.done()
    return rule


def _obligation(f: Fields) -> ObligationTemplate:
    due = f.one("due", _due, required=True) or Due("on", "")
    found = ObligationTemplate(
        f.text("title", required=True),
        f.text("bearer", choices=BEARERS, required=True),
        f.text("owner", required=True),
        due,
    )
    f.done()
    return found


def _due(f: Fields) -> Due:
    kind = next((name for name in DUE_KINDS if name in f.data), "")
    if not kind:
        f.notes.add(f.path, f"say when: one of {', '.join(DUE_KINDS)}")
        return Due("on", "")
    due = Due(kind, f.text(kind, required=True), f.whole("days"))
    f.done()
    return due


def _examples(f: Fields) -> tuple[Example, ...]:
    raw = f.raw("examples")
    if raw is None:
        return ()
    if not isinstance(raw, list):
        f.wrong("examples", "must be a list")
        return ()
    return tuple(_example(item, f, n) for n, item in enumerate(raw))


def _example(item: Any, f: Fields, index: int) -> Example:
    if isinstance(item, str):
        return Example(item.strip())
    inner = Fields(item, f"{f.at('examples')}[{index}]", f.notes)
    near = inner.text("near") in {"true", "True", "yes"}
    deal = inner.raw("deal") or {}
    if not isinstance(deal, Mapping):
        inner.wrong("deal", "must be a mapping of facts")
        deal = {}
    example = Example(inner.text("text", required=True), near, plain_facts(deal), _rates(inner))
    inner.done()
    return example


def _walk_away(f: Fields) -> WalkAway:
    found = WalkAway(
        f.one("approvers", _approvers, required=True) or ApproverRule("any", ("legal",)),
        f.text("risk", choices=RISKS, default="high"),
        f.whole("weight", 10),
        f.text("reason", required=True),
        f.text("guidance"),
        _examples(f),
    )
    f.done()
    return found
