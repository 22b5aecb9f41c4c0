"""Whether a change was seen: by ``check`` at the right words, or as a difference of the reading there and
only there."""

from collections import Counter
from collections.abc import Callable

from clauses import Analysis, Issue, Obligation, analyse, check
from tests.clauses.mutations.changes import Case

CHECKED = {
    "words_and_figures": ("words_and_figures",),
    "contradiction": ("contradiction",),
    "blank": ("blank", "bracketed"),
    "note": ("note_to_draft", "bracketed"),
    "dates_out_of_order": ("dates_out_of_order",),
    "renamed_use": ("undefined_term", "defined_elsewhere"),
    "broken_reference": ("broken_reference",),
    "self_reference": ("self_reference",),
    "lost_schedule": ("not_attached",),
    "second_definition": ("defined_twice",),
}


REACH = 2_500  # characters: a list of duties that hang on one bearer


def is_seen(case: Case) -> bool:
    """Reads the changed contract and compares."""
    after = analyse(case.form.edited(case.edits))
    if case.kind in CHECKED:
        return any(i.code in CHECKED[case.kind] and _touches(i, case.spot) for i in check(after))
    return COMPARED[case.kind](case, after)


def _touches(issue: Issue, spot: tuple[int, int]) -> bool:
    return any(place.start <= spot[1] and spot[0] <= place.end for place in issue.places)


def _new(case: Case, after: Analysis) -> list[Issue]:
    """Findings that the untouched form does not have."""
    before = Counter((i.code, i.message) for i in case.form.issues)
    found = []
    for issue in check(after):
        if before[issue.code, issue.message]:
            before[issue.code, issue.message] -= 1
        else:
            found.append(issue)
    return found


def _term(case: Case, after: Analysis) -> bool:
    """A finding about the term that lost its definition, or about the one nobody uses."""
    return any(
        i.code in ("undefined_term", "unused_term", "defined_elsewhere")
        and (case.about in i.message or (case.now and case.now in i.message))
        for i in _new(case, after)
    )


def _numbering(case: Case, after: Analysis) -> bool:
    return any(i.code in ("numbering_gap", "number_repeated") for i in _new(case, after))


def _facts(case: Case, after: Analysis) -> bool:
    """The value at the place is another one, of the same kind and unit; no value elsewhere changed."""
    start, end, _ = case.edits[0]
    first, last = case.spot
    old = [f for f in case.form.analysis.facts if f.start < end and start < f.end and f.kind != "key_term"]
    new = [f for f in after.facts if f.start < last and first < f.end and f.kind != "key_term"]
    rest = Counter(
        (f.kind, f.value, f.unit) for f in case.form.analysis.facts if f not in old and f.kind != "key_term"
    )
    now = Counter((f.kind, f.value, f.unit) for f in after.facts if f not in new and f.kind != "key_term")
    kinds = {(f.kind, f.unit) for f in old}
    return (
        bool(old)
        and any((f.kind, f.unit) in kinds and f.value not in {o.value for o in old} for f in new)
        and rest == now
    )


def _duties(case: Case, after: Analysis, changes: Callable[[Obligation, Obligation], bool]) -> bool:
    """The duties that hang on the changed words changed as they must, one by one; all others are as before.

    "The Provider shall keep … and shall not move …" are two duties of one bearer: both change with him.
    """
    start = case.edits[0][0]
    before, now = case.form.analysis.obligations, after.obligations
    gone = _less(before, now)
    come = _less(now, before)
    near = all(start - 200 <= o.start <= start + REACH for o in gone)
    return bool(gone) and near and len(gone) == len(come) and all(map(changes, gone, come))


def _less(rows: tuple[Obligation, ...], others: tuple[Obligation, ...]) -> list[Obligation]:
    """The rows that the others do not have, by bearer, modal and the first words of what is to be done."""
    counts = Counter((o.bearer, o.modal, o.action[:80]) for o in others)
    left = []
    for row in rows:
        key = (row.bearer, row.modal, row.action[:80])
        if counts[key]:
            counts[key] -= 1
        else:
            left.append(row)
    return left


def _swapped(case: Case, after: Analysis) -> bool:
    return _duties(
        case, after, lambda a, b: case.was in a.bearer and case.now in b.bearer and a.modal == b.modal
    )


def _flipped(case: Case, after: Analysis) -> bool:
    return _duties(
        case, after, lambda a, b: a.bearer == b.bearer and ("not" in a.modal) != ("not" in b.modal)
    )


def _one_sided(case: Case, after: Analysis) -> bool:
    name = case.now.split()[0]
    return _duties(case, after, lambda a, b: "part" in a.bearer.lower() and name in b.bearer)


def _dropped(case: Case, after: Analysis) -> bool:
    """Exactly the clauses of the struck paragraph are gone, with their types; no other clause has other
    types."""
    start, end, _ = case.edits[0]
    gone = [c for c in case.form.analysis.clauses if start <= c.start and c.end <= end]
    rows = Counter(
        (c.heading, c.kind, tuple(k.type for k in c.types))
        for c in case.form.analysis.clauses
        if c not in gone
    )
    now = Counter((c.heading, c.kind, tuple(k.type for k in c.types)) for c in after.clauses)
    return bool(gone) and rows == now


def _widened(case: Case, after: Analysis) -> bool:
    """One item more, with the words that were added, in the list it was added to."""
    added = [
        c for c in after.clauses if c.kind == "item" and after.quote(c).rstrip(" ;,or").endswith(case.about)
    ]
    return len(added) == 1 and len(after.clauses) == len(case.form.analysis.clauses) + 1


COMPARED: dict[str, Callable[[Case, Analysis], bool]] = {
    "changed_value": _facts,
    "renamed_definition": _term,
    "removed_definition": _term,
    "numbering_gap": _numbering,
    "number_repeated": _numbering,
    "dropped_clause": _dropped,
    "swapped_roles": _swapped,
    "flipped_modal": _flipped,
    "one_sided": _one_sided,
    "widened_exception": _widened,
}
