"""One sentence for each finding, as a lawyer would say it: what the text says, and what we accept.

"Payment is due 14 days after the invoice; we accept 30 days or more." The comparisons themselves, rule by
rule, stand apart (`Finding.decided_by`, `checked`, `why_not`).
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from clauses.topics.calendar_dates import date_said, is_date
from clauses.topics.values import ABSENT, READ, UNKNOWN, Plain, Spec, Value
from playbooks.condition_words import describe, shown
from playbooks.conditions import Compare, Covers, Ref, leaves
from playbooks.evaluation import YES, Facts, evaluate, ways_to_hold
from playbooks.judge import MISSING, UNSURE, Case, Standing, depth, trade_agreed
from playbooks.rates import above_words
from playbooks.rules import Issue, Rung
from playbooks.sayings import ANSWERS, MEMBERS, NUMBERS, SETS
from playbooks.topics import TOPICS

MOST = 3
"""So many statements make a sentence; the rest is in the comparisons."""


def sentence(case: Case, standing: Standing, paper: str) -> str:
    """What the text says on an issue and what the playbook accepts there."""
    issue = standing.issue
    if standing.status == UNSURE:
        return _unsure(standing)
    if standing.instance is None:
        return _silent(standing)
    facts = case.facts(issue, standing.instance)
    enough = issue.rung(issue.left_alone(paper, case.deal))
    if standing.position <= depth(issue, enough.id) and standing.rung is not None:
        held = issue.rung(standing.rung)
        told = _statements(issue, _held(held, facts), facts)
        accepted = "as we ask" if issue.position(standing.rung) == 0 else "which we accept"
        return _sentence(f"{told}, {accepted}") if told else _sentence(f"{held.label}, {accepted}")
    return _short_of(issue, enough, facts)


def _unsure(standing: Standing) -> str:
    return f"Could not tell, because {standing.why_unsure}."


def _silent(standing: Standing) -> str:
    issue = standing.issue
    nothing = f"the contract says nothing on {TOPICS[issue.topic].looks_for}"
    if standing.status == MISSING:
        return _sentence(f"{nothing}; we ask for “{issue.rung(issue.opening).label}”")
    return f"{_sentence(nothing)} {issue.missing.reason}"


def _short_of(issue: Issue, wanted: Rung, facts: Facts) -> str:
    """What keeps the rung that we would leave alone from holding, in the way that lacks least."""
    way: Sequence[Compare | Covers] = min(ways_to_hold(wanted.when, facts), key=len, default=())
    told = _statements(issue, way, facts)
    needs = [_need(leaf, facts) for leaf in way[:MOST]]
    asked = " and ".join(dict.fromkeys(need for need in needs if need))
    if not told and not trade_agreed(wanted, facts):
        return _sentence(f"{wanted.label}: only if “{wanted.trade}” is agreed, and it is not")
    told = told or f"the text does not meet “{wanted.label}”"
    return _sentence(f"{told}; we accept {asked}" if asked else f"{told}; we accept “{wanted.label}”")


def _held(rung: Rung, facts: Facts) -> list[Compare | Covers]:
    return [
        leaf
        for leaf in leaves(rung.when)
        if isinstance(leaf, Compare) and leaf.left.source == "value" and evaluate(leaf, facts) == YES
    ]


def _statements(issue: Issue, way: Iterable[Compare | Covers], facts: Facts) -> str:
    found = dict.fromkeys(one for leaf in list(way)[:MOST] if (one := _statement(issue, leaf, facts)))
    return _joined(list(found))


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""


def _statement(issue: Issue, leaf: Compare | Covers, facts: Facts) -> str:
    """What the text says on the value that a comparison looks at."""
    if isinstance(leaf, Covers):
        return f"the exceptions do not match: {describe(leaf, facts.specs)} does not hold"
    value, name = facts.get(leaf.left), f"{issue.topic}.{leaf.left.name}"
    if value.state == READ and (rows := facts.beside(leaf)):
        return above_words(rows)[0] or "no rate is above our rate card"
    if leaf.left.name == "clause" and leaf.left.source == "value":
        looks_for = TOPICS[issue.topic].looks_for
        return f"there is {looks_for}" if value.state != ABSENT else f"there is nothing on {looks_for}"
    if value.state == UNKNOWN:
        return value.why
    spec = facts.specs.get(leaf.left.name) if leaf.left.source == "value" else None
    if spec is None:
        return (
            describe(leaf, facts.specs)
            if evaluate(leaf, facts) == YES
            else f"{_name(leaf.left)} is {shown(value)}"
        )
    if name in NUMBERS:
        said, silent = NUMBERS[name]
        none = value.state == ABSENT or not value.value
        return silent if none else said.format(found=shown(value, spec.unit))
    if name in ANSWERS:
        key = "" if value.state == ABSENT else str(value.value)
        return ANSWERS[name].get(key) or _plainly(leaf, value, spec)
    if leaf.op in {"has", "lacks", "only"} and isinstance(leaf.right, tuple) and spec.kind == "set":
        return _members(leaf, value, spec, name)
    return _plainly(leaf, value, spec)


def _plainly(leaf: Compare, value: Value, spec: Spec) -> str:
    """From the value's own description, where no sentence of its own is kept."""
    if spec.kind == "wording":
        held = describe(leaf, {leaf.left.name: spec})
        return f"not met: {held}" if leaf.op == "has" else held
    if value.state == ABSENT:
        return f"nothing is said on {spec.says}"
    if spec.allowed and set(spec.allowed) <= {"yes", "no"}:
        verb = "provides" if value.value == "yes" else "does not provide"
        return f"the text {verb} for {spec.says}"
    return f"{spec.says} is {shown(value, spec.unit)}"


def _members(leaf: Compare, value: Value, spec: Spec, name: str) -> str:
    """Which members of a set are lacking or there, as far as the comparison cares."""
    mine = set(value.value) if isinstance(value.value, tuple) else set()
    asked = set(leaf.right) if isinstance(leaf.right, tuple) else set()
    wrong = {"has": asked - mine, "lacks": asked & mine, "only": mine - asked}[leaf.op]
    # Wrong is what is asked for and lacking, or refused and there; else the comparison holds.
    lacking = leaf.op == "has" if wrong else leaf.op == "lacks"
    said = wrong or (mine if leaf.op == "only" else asked)
    listed = _joined([MEMBERS.get(one, one.replace("_", " ")) for one in sorted(said)])
    absent, present = SETS.get(name, (f"{spec.says}: not {{}}", f"{spec.says}: {{}}"))
    return (absent if lacking else present).format(listed)


def _need(leaf: Compare | Covers, facts: Facts) -> str:
    """What a number would have to be; other comparisons are said by the rung's own name."""
    if not isinstance(leaf, Compare) or leaf.op not in {"<=", ">=", "<", ">"}:
        return ""
    if rows := facts.beside(leaf):
        return above_words(rows)[1]
    spec = facts.specs.get(leaf.left.name)
    asked: Plain | None = facts.get(leaf.right).value if isinstance(leaf.right, Ref) else leaf.right
    if isinstance(asked, str) and is_date(asked):
        return f"{date_said(asked)} or {'earlier' if leaf.op.startswith('<') else 'later'}"
    if not isinstance(asked, Decimal):
        return ""
    figure = shown(Value("read", asked), spec.unit if spec else "")
    return f"{figure} or {'less' if leaf.op.startswith('<') else 'more'}"


def _name(ref: Ref) -> str:
    return ref.name.replace("_", " ").replace(".", " ")


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."
