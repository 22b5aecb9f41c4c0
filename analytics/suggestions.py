"""Changes of a playbook that past endings suggest, each small enough to be accepted or refused by itself, and
how each is written into the rules. Pure functions; the services write.

- *insert*: a figure with enough support (`endings.ladder`) on which no rung stands becomes a rung. Below the
  last rung it is for those who may walk away to approve; above, it takes the cost of the rung that admitted
  it until now.
- *list*: a word (a law, a forum) that enough deals outside the ladder agreed joins the list that the last
  rung asks for.
- *drop*: a fallback on which no deal ended is only in the way.
- *free*: a rung whose approval was given every time it was asked could be free.

The preferred rung is never dropped: an opening that nobody accepted may still have moved the talks.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from analytics.endings import LEAST, Ending, direction, enough, ladder, main_value, number, rests
from clauses.topics.values import ABSENT, READ, UNKNOWN, Plain, Value
from playbooks.backtest import Stood
from playbooks.condition_words import describe
from playbooks.conditions import All, AnyOf, Compare, Condition, IfThen, Not, Ref, RungAtLeast, leaves
from playbooks.evaluation import YES, Facts, evaluate
from playbooks.everywhere import specs_of
from playbooks.review import place_text
from playbooks.rules import OUTSIDE, Example, Issue, Playbook, Rung
from playbooks.trials import place_example

INSERT, LIST, DROP, FREE = "insert", "list", "drop", "free"
EXAMPLES = 2
"""Example clauses shown, and given to a new rung, of the contracts that support it."""


class CannotApply(ValueError):
    """The rules changed since the suggestion was made: it no longer fits. The message says why."""


@dataclass(frozen=True)
class Asked:
    """How often approval of a rung was decided, and how often it was given."""

    decided: int
    given: int


@dataclass(frozen=True)
class Suggestion:
    """One change of one issue. `support` of `of` contracts speak for it, `items` are their places in the run;
    `value` is the figure of an *insert*, `word` what joins a *list*, `rung` the rung of the others."""

    kind: str
    issue: str
    rung: str = ""
    value: Decimal | None = None
    word: str = ""
    support: int = 0
    of: int = 0
    items: tuple[int, ...] = ()
    quotes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Names the suggestion among those of its run."""
        figure = "" if self.value is None else format(self.value, "f")
        return f"{self.kind}:{self.issue}:{figure or self.word or self.rung}"


def suggestions(
    playbook: Playbook,
    endings: Mapping[str, Sequence[Ending]],
    approvals: Mapping[tuple[str, str], Asked],
    *,
    least: int = LEAST,
) -> tuple[Suggestion, ...]:
    """Everything past endings (by issue) and decided approvals (by issue and rung) suggest, in the playbook's
    order."""
    found: list[Suggestion] = []
    for issue in playbook.issues:
        ended = endings.get(issue.code, ())
        found += _inserts(playbook, issue, ended, least)
        found += _lists(playbook, issue, ended, least)
        found += _drops(playbook, issue, ended, least)
        found += _frees(issue, approvals, least)
    return tuple(found)


def _inserts(playbook: Playbook, issue: Issue, ended: Sequence[Ending], least: int) -> list[Suggestion]:
    main, better = main_value(issue), direction(issue, playbook.side)
    read = [(one, number(one.stood.values.get(main))) for one in ended]
    told = [(one, value) for one, value in read if value is not None]
    if not better or not told:
        return []
    found = []
    for step in ladder([value for _, value in told], better, least=least):
        if step.value in figures(playbook, issue):
            continue
        made = with_rung(playbook, issue, step.value)
        if made is None:
            continue
        position, rung = made
        gained = [one for one, _ in told if _gains(playbook, issue, rung, position, one)]
        at = [one for one, value in told if value == step.value and one in gained]
        if len(at) >= least:
            found.append(
                Suggestion(
                    INSERT,
                    issue.code,
                    value=step.value,
                    support=len(gained),
                    of=len(told),
                    items=tuple(one.item for one in gained),
                    quotes=tuple(dict.fromkeys(one.stood.quote for one in at if one.stood.quote))[:EXAMPLES],
                )
            )
    return found


def _gains(playbook: Playbook, issue: Issue, rung: Rung, position: int, ending: Ending) -> bool:
    """Whether a contract would stand on the new rung: its condition holds, and no better rung's did."""
    if issue.position(ending.stood.rung) < position or not ending.stood.rung:
        return False
    return evaluate(rung.when, facts_of(playbook, issue, ending.stood)) == YES


def facts_of(playbook: Playbook, issue: Issue, stood: Stood) -> Facts:
    """The stored values of a contract as conditions look at them; facts of the deal are not known here."""
    specs = specs_of(issue.topic)
    read = {name: _value(stood.values.get(name), specs[name].kind) for name in specs}
    clause = Value(READ, "present") if stood.values else Value(ABSENT)
    words = Value(READ, stood.quote) if stood.quote else Value(ABSENT)
    return Facts({**read, "clause": clause, "text": words}, specs, {}, playbook.lists)


def _value(stored: Any, kind: str) -> Value:
    if stored is None or (isinstance(stored, Mapping) and "absent" in stored):
        return Value(ABSENT)
    if isinstance(stored, Mapping):
        return Value(UNKNOWN, why=str(next(iter(stored.values()), "")))
    if kind == "number":
        found = number(stored)
        return Value(UNKNOWN, why="is no figure") if found is None else Value(READ, found)
    plain: Plain = tuple(str(one) for one in stored) if isinstance(stored, list) else str(stored)
    return Value(READ, plain)


def _lists(playbook: Playbook, issue: Issue, ended: Sequence[Ending], least: int) -> list[Suggestion]:
    asked = list_asked(issue)
    if asked is None:
        return []
    rung, name, list_name = asked
    told = [one for one in ended if isinstance(one.stood.values.get(name), str)]
    words = Counter(str(one.stood.values[name]) for one in told if one.stood.rung == OUTSIDE)
    found = []
    for word, _count in sorted(words.items(), key=lambda row: (-row[1], row[0])):
        if word in playbook.lists.get(list_name, ()):
            continue
        wider = _with_word(playbook, list_name, word)
        gained = [
            one
            for one in told
            if one.stood.rung == OUTSIDE
            and one.stood.values[name] == word
            and evaluate(rung.when, facts_of(wider, issue, one.stood)) == YES
        ]
        if len(gained) >= enough(len(told), least=least):
            found.append(
                Suggestion(
                    LIST,
                    issue.code,
                    word=word,
                    support=len(gained),
                    of=len(told),
                    items=tuple(one.item for one in gained),
                    quotes=tuple(dict.fromkeys(one.stood.quote for one in gained if one.stood.quote))[
                        :EXAMPLES
                    ],
                )
            )
    return found


def list_asked(issue: Issue) -> tuple[Rung, str, str] | None:
    """The last rung that asks for a word of a list of the playbook, the value's name and the list's."""
    for rung in reversed(issue.rungs):
        for leaf in leaves(rung.when):
            if (
                isinstance(leaf, Compare)
                and leaf.op == "in"
                and leaf.left.source == "value"
                and isinstance(leaf.right, Ref)
                and leaf.right.source == "list"
                and not leaf.right.index
            ):
                return rung, leaf.left.name, leaf.right.name
    return None


def _with_word(playbook: Playbook, list_name: str, word: str) -> Playbook:
    known = playbook.lists.get(list_name, ())
    return replace(playbook, lists={**playbook.lists, list_name: (*known, word)})


def _drops(playbook: Playbook, issue: Issue, ended: Sequence[Ending], least: int) -> list[Suggestion]:
    found = []
    for position, rest in enumerate(rests(issue, ended, least=least)):
        if position and rest.state and rest.rung not in bound(playbook, issue):
            found.append(Suggestion(DROP, issue.code, rung=rest.rung, support=rest.told, of=rest.told))
    return found if len(found) < len(issue.rungs) else []


def _frees(issue: Issue, approvals: Mapping[tuple[str, str], Asked], least: int) -> list[Suggestion]:
    found = []
    for rung in issue.rungs:
        asked = approvals.get((issue.code, rung.id), Asked(0, 0))
        if not rung.free and asked.decided >= least and asked.given == asked.decided:
            found.append(Suggestion(FREE, issue.code, rung=rung.id, support=asked.given, of=asked.decided))
    return found


def bound(playbook: Playbook, issue: Issue) -> frozenset[str]:
    """Rungs that something else names: the opening, what is left alone, what silence means, other issues."""
    named = {issue.opening, issue.missing.stands, *issue.leave_alone.values()}
    named.update(rung for step in issue.small_deals for rung in (step.ours, step.theirs))
    for other in playbook.issues:
        for rung in other.rungs:
            for leaf in leaves(rung.when):
                if isinstance(leaf, RungAtLeast) and leaf.issue == issue.code:
                    named.add(leaf.rung)
    return frozenset(named)


def figures(playbook: Playbook, issue: Issue) -> frozenset[Decimal]:
    """The figures on which the ladder's rungs turn."""
    main, better = main_value(issue), direction(issue, playbook.side)
    found = (_limit(rung.when, main, better) for rung in issue.rungs)
    return frozenset(limit for limit in found if limit is not None)


# --- Writing them into the rules --------------------------------------------------------------------------


def applied(playbook: Playbook, suggestion: Suggestion) -> Playbook:
    """The playbook with the suggestion in it; examples that now land elsewhere stand under the rung they land
    on. Raises CannotApply where issue or rung are gone, or what is suggested is there already."""
    try:
        issue = playbook.issue(suggestion.issue)
    except KeyError as error:
        raise CannotApply(f"The draft has no issue “{suggestion.issue}” any more.") from error
    match suggestion.kind:
        case "insert":
            changed = _inserted(playbook, issue, suggestion)
        case "list":
            return _listed(playbook, issue, suggestion.word)
        case "drop":
            changed = _dropped(playbook, issue, suggestion.rung)
        case _:
            changed = _freed(issue, suggestion.rung)
    made = _with_issue(playbook, changed)
    return _rehomed(made, changed.code)


def is_there(playbook: Playbook, suggestion: Suggestion) -> bool:
    """Whether these rules already say what is suggested."""
    try:
        issue = playbook.issue(suggestion.issue)
    except KeyError:
        return False
    ids = [rung.id for rung in issue.rungs]
    if suggestion.kind == INSERT:
        return suggestion.value in figures(playbook, issue)
    if suggestion.kind == LIST:
        asked = list_asked(issue)
        return asked is not None and suggestion.word in playbook.lists.get(asked[2], ())
    if suggestion.kind == DROP:
        return suggestion.rung not in ids
    return suggestion.rung in ids and issue.rung(suggestion.rung).free


def with_rung(playbook: Playbook, issue: Issue, value: Decimal) -> tuple[int, Rung] | None:
    """The rung for a figure and its place on the ladder: the condition of the rung that admits the figure
    (below the last, of the last one) with this figure in it. None where no condition turns on the figure."""
    main, better = main_value(issue), direction(issue, playbook.side)
    limits = [_limit(rung.when, main, better) for rung in issue.rungs]
    admits = [
        n
        for n, limit in enumerate(limits)
        if limit is not None and (value <= limit if better == "lower" else value >= limit)
    ]
    position = admits[0] if admits else len(issue.rungs)
    model = issue.rungs[min(position, len(issue.rungs) - 1)]
    when = _with_figure(model.when, main, better, value)
    if when is None:
        return None
    label = describe(when, specs_of(issue.topic))
    made = Rung(
        id=_free_id(issue),
        label=label[:1].upper() + label[1:],
        when=when,
        risk=model.risk,
        weight=model.weight,
        reason=model.reason,
        guidance="",
        approvers=model.approvers,
        obligations=model.obligations,
    )
    if position == len(issue.rungs):
        below = issue.walk_away
        made = replace(made, approvers=below.approvers, risk=below.risk, weight=below.weight)
    return position, made


def _bounds(leaf: Condition, name: str, better: str) -> bool:
    """Whether a comparison bounds the value on the side that is worse for us."""
    return (
        isinstance(leaf, Compare)
        and leaf.left.source == "value"
        and leaf.left.name == name
        and leaf.op in ({"<", "<="} if better == "lower" else {">", ">="})
        and isinstance(leaf.right, Decimal)
    )


def _limit(condition: Condition, name: str, better: str) -> Decimal | None:
    """The one figure that bounds the value on our worse side; None where there is none, more than one, or one
    that a *not* or an *if* turns round."""
    match condition:
        case All(parts) | AnyOf(parts):
            found = [limit for part in parts if (limit := _limit(part, name, better)) is not None]
            hidden = any(_is_turned(part, name) for part in parts)
            return found[0] if len(found) == 1 and not hidden else None
        case Compare(right=Decimal() as right) if _bounds(condition, name, better):
            return right
        case _:
            return None


def _is_turned(part: Condition, name: str) -> bool:
    return isinstance(part, Not | IfThen) and any(
        isinstance(leaf, Compare) and leaf.left.source == "value" and leaf.left.name == name
        for leaf in leaves(part)
    )


def _with_figure(condition: Condition, name: str, better: str, value: Decimal) -> Condition | None:
    """The condition with its one bounding figure replaced; the new figure itself counts in."""
    if _limit(condition, name, better) is None:
        return None

    def swapped(part: Condition) -> Condition:
        match part:
            case Compare(left, op) if _bounds(part, name, better):
                return Compare(left, {"<": "<=", ">": ">="}.get(op, op), value)
            case All(parts):
                return All(tuple(swapped(one) for one in parts))
            case AnyOf(parts):
                return AnyOf(tuple(swapped(one) for one in parts))
            case _:
                return part

    return swapped(condition)


def _free_id(issue: Issue) -> str:
    taken = {rung.id for rung in issue.rungs}
    return next(name for n in range(1, 100) if (name := f"F{n}") not in taken)


def _inserted(playbook: Playbook, issue: Issue, suggestion: Suggestion) -> Issue:
    if suggestion.value is None or is_there(playbook, suggestion):
        raise CannotApply("The draft already has a rung for this figure.")
    made = with_rung(playbook, issue, suggestion.value)
    if made is None:
        raise CannotApply("The draft's ladder no longer turns on this figure.")
    position, rung = made
    rungs = [*issue.rungs[:position], rung, *issue.rungs[position:]]
    changed = replace(issue, rungs=tuple(rungs))
    if position == 0 and issue.opening == issue.rungs[0].id:
        changed = replace(changed, opening=rung.id)
    quotes = [
        quote
        for quote in suggestion.quotes
        if _lands(_with_issue(playbook, changed), issue.code, quote, rung.id)
    ]
    rungs[position] = replace(rung, examples=tuple(Example(quote) for quote in quotes))
    return replace(changed, rungs=tuple(rungs))


def _lands(playbook: Playbook, issue: str, text: str, rung: str) -> bool:
    return place_text(playbook, issue, text).rung == rung


def _listed(playbook: Playbook, issue: Issue, word: str) -> Playbook:
    asked = list_asked(issue)
    if asked is None:
        raise CannotApply("The draft's ladder no longer asks for a word of a list.")
    if word in playbook.lists.get(asked[2], ()):
        raise CannotApply("The draft's list already has this word.")
    made = _with_word(playbook, asked[2], word)
    for other in playbook.issues:
        made = _rehomed(made, other.code) if _uses(other, asked[2]) else made
    return made


def _uses(issue: Issue, list_name: str) -> bool:
    return any(
        isinstance(leaf, Compare) and isinstance(leaf.right, Ref) and leaf.right.name == list_name
        for rung in issue.rungs
        for leaf in leaves(rung.when)
    )


def _dropped(playbook: Playbook, issue: Issue, rung: str) -> Issue:
    if rung not in {one.id for one in issue.rungs}:
        raise CannotApply("The draft has no such rung any more.")
    if rung in bound(playbook, issue) or len(issue.rungs) == 1:
        raise CannotApply("The draft needs this rung: something else in it names it.")
    gone = issue.rung(rung)
    kept = tuple(one for one in issue.rungs if one.id != rung)
    # Its examples are tests still: they go where they land now.
    below = replace(issue.walk_away, examples=(*issue.walk_away.examples, *gone.examples))
    return replace(issue, rungs=kept, walk_away=below)


def _freed(issue: Issue, rung: str) -> Issue:
    if rung not in {one.id for one in issue.rungs}:
        raise CannotApply("The draft has no such rung any more.")
    if issue.rung(rung).free:
        raise CannotApply("The draft already lets this rung go without approval.")
    return replace(
        issue, rungs=tuple(replace(one, approvers=None) if one.id == rung else one for one in issue.rungs)
    )


def _with_issue(playbook: Playbook, issue: Issue) -> Playbook:
    return replace(
        playbook, issues=tuple(issue if one.code == issue.code else one for one in playbook.issues)
    )


def _rehomed(playbook: Playbook, code: str) -> Playbook:
    """Each example of the issue under the rung it lands on; one that cannot be told stays where it stood."""
    issue = playbook.issue(code)
    homes: dict[str, list[Example]] = {name: [] for name in (*(rung.id for rung in issue.rungs), OUTSIDE)}
    for home, example in _examples(issue):
        lands = place_example(playbook, code, example).rung
        homes[home if lands is None else lands].append(example)
    rungs = tuple(replace(rung, examples=tuple(homes[rung.id])) for rung in issue.rungs)
    below = replace(issue.walk_away, examples=tuple(homes[OUTSIDE]))
    return _with_issue(playbook, replace(issue, rungs=rungs, walk_away=below))


def _examples(issue: Issue) -> Iterable[tuple[str, Example]]:
    for rung in issue.rungs:
        yield from ((rung.id, example) for example in rung.examples)
    yield from ((OUTSIDE, example) for example in issue.walk_away.examples)
