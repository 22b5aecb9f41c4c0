"""Planted silent edits and honest returns, counted: `python -m tests.redline.silent_edits [NAME...] [-v]`.

Each silent edit is planted alone into a file we sent, half of them beside tracked changes of theirs, and must
be told as what it is: kind, severity, reason and words, and nothing else as substantive. Honest returns carry
tracked work, comments and the noise of word processors, and must raise no alarm.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import redline
from tests.redline import silent_marks  # noqa: F401  its plants register themselves
from tests.redline.silent_contracts import names, sent
from tests.redline.silent_honest import HONEST, honest_work
from tests.redline.silent_plants import PLANTS, Returned, Told

SEED = 20261123
EACH = 8  # files each plant is tried in


@dataclass(frozen=True)
class Case:
    """One returned file."""

    group: str
    plant: str
    contract: str
    data: bytes
    told: Told


def planted(each: int = EACH, only: tuple[str, ...] = (), first: tuple[str, ...] = ()) -> Iterator[Case]:
    """Returned files with one silent edit; contracts without room for an edit are passed over.

    Each edit begins at another contract, unless ``first`` names those to begin with.
    """
    for number, (plant, (group, edit)) in enumerate(sorted(PLANTS.items())):
        contracts = names()
        begin = 0 if first else number
        contracts = [*first, *(name for name in contracts if name not in first)]
        if only and not any(word in plant or word in group for word in only):
            continue
        chance = random.Random(f"{SEED} {plant}")
        made = 0
        for step in range(len(contracts)):
            if made == each:
                break
            contract = contracts[(begin + step) % len(contracts)]
            data = sent(contract)
            if made % 2:
                data = honest_work(data, chance)
            back = Returned(data, chance)
            told = edit(back)
            if told is not None:
                made += 1
                yield Case(group, plant, contract, back.save(), told)


def misjudged(case: Case) -> str:
    """ "" when the edit is told as it must be, else what is wrong."""
    found = redline.untracked(sent(case.contract), case.data)
    told = [item for item in found if item.kind in {case.told.kind, *case.told.instead}]
    loud = {item.kind for item in found if item.severity == "substantive"}
    if not told:
        return f"not found as {case.told.kind}: {sorted((i.kind, i.severity) for i in found)}"
    rightly = [item for item in told if item.severity == case.told.severity and case.told.why in item.why]
    if not rightly:
        return f"told otherwise: {told[0].severity}, {told[0].why}"
    if case.told.shows and not any(case.told.shows in item.before + item.after for item in rightly):
        return f"the words {case.told.shows!r} are not shown: {rightly[0].before!r} → {rightly[0].after!r}"
    allowed = case.told.also | case.told.instead
    if case.told.severity == "substantive":
        allowed |= {case.told.kind}
    if loud - allowed:
        item = next(item for item in found if item.kind in loud - allowed)
        return f"also told as {sorted(loud - allowed)}: {item}"
    return ""


def honest(each: int = EACH) -> Iterator[tuple[str, str, bytes]]:
    """(what was done, contract, returned file) of honest returns."""
    contracts = names()
    for number, (name, work) in enumerate(sorted(HONEST.items())):
        for step in range(min(each, len(contracts))):
            contract = contracts[(3 * number + step) % len(contracts)]
            yield name, contract, work(sent(contract), random.Random(f"{SEED} {name} {contract}"))


def alarms(contract: str, data: bytes) -> list[redline.Difference]:
    """The substantive differences of a returned file."""
    return [item for item in redline.untracked(sent(contract), data) if item.severity == "substantive"]


def main(arguments: list[str]) -> int:
    """Print the counts; 1 when an edit was missed or an honest return accused."""
    only = tuple(word for word in arguments if not word.startswith("-"))
    counts: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for case in planted(only=only):
        wrong = misjudged(case)
        counts[case.group] += 1
        right[case.group] += not wrong
        if wrong:
            print(f"{case.plant} in {case.contract}: {wrong}"[: None if "-v" in arguments else 400])
    for group in sorted(counts):
        print(f"{group:10} {right[group]:4} of {counts[group]:4} found and told rightly")
    print(f"planted    {sum(right.values()):4} of {sum(counts.values()):4}")
    accused = total = 0
    for name, contract, data in honest() if not only else ():
        found = alarms(contract, data)
        accused += bool(found)
        total += 1
        if found:
            print(f"{name} in {contract}: {found[0]}")
    print(f"honest returns: {total}, accused: {accused}")
    return int(accused > 0 or right != counts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
