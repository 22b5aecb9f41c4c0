"""Exact values read from the labelled contracts, beside the lawyers' normalised answers.

    python -m benchmarks.reading_values              the validation contracts (MD5 of the name modulo 5 = 0)
    python -m benchmarks.reading_values --training   the others, which the readers were written with
    python -m benchmarks.reading_values --wrong KIND what is missed or wrong, line by line

Read by the model of `benchmarks.reading_model.train --held-out`, which has not seen the validation contracts.
A contract counts once for each kind: right when the value read is the answer (a date within one day, a
duration in the same unit or in whole years for months, governing laws as a set of places). Answers that are
blanks of a form ("[]/[]/2000", a party "Supplier") count as no value. Party names are counted one by one,
legal form, letters and punctuation ignored; "spelling" also takes a name that differs by a typing slip of
the answer.
"""

import argparse
import re
import sys
import time
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from benchmarks.reading_model.labelled import HELD_OUT, judge_by, labelled
from clauses import analyse
from clauses.deal import KeyFact, key_facts
from clauses.model import Analysis
from clauses.parties import bare_name, role_of
from clauses.values import durations, places

KINDS = {
    "governing law": "Governing Law",
    "agreement date": "Agreement Date",
    "effective date": "Effective Date",
    "expiry": "Expiration Date",
    "renewal": "Renewal Term",
    "notice to stop renewal": "Notice Period to Terminate Renewal",
}
_FACT = {
    "governing law": "governing_law",
    "agreement date": "agreement_date",
    "effective date": "effective_date",
    "expiry": "expiry",
    "renewal": "renewal",
    "notice to stop renewal": "non_renewal_notice",
}
_PART_OF = {
    **dict.fromkeys(
        ("Ontario", "British Columbia", "Alberta", "Quebec", "Nova Scotia", "Manitoba"), "Canada"
    ),
    **dict.fromkeys(("Victoria", "New South Wales", "Queensland"), "Australia"),
    **dict.fromkeys(("England and Wales", "Scotland", "Northern Ireland"), "United Kingdom"),
    "Hong Kong": "China",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--training", action="store_true")
    parser.add_argument("--wrong", default="", metavar="KIND")
    args = parser.parse_args()
    table = {kind: Score() for kind in [*KINDS, "party names", "party names, spelling"]}
    spent, count = 0.0, 0
    judge_by(HELD_OUT)
    for row in labelled(validation=not args.training):
        begin = time.process_time()
        analysis = analyse(row["text"])
        facts = key_facts(analysis)
        spent += time.process_time() - begin
        count += 1
        for kind in table:
            truth, said = pair(kind, row["answers"], facts, analysis)
            table[kind].add(kind, truth, said)
            if kind == args.wrong and not same(kind, truth, said):
                print(f"{row['contract_id'][:60]}\n    wanted {sorted(truth)}\n    read   {sorted(said)}")
    print(f"{'what':28} {'values':>6} {'read':>6} {'right':>6} {'P':>6} {'R':>6} {'F1':>6}")
    for kind, score in table.items():
        print(f"{kind:28} {score.line()}")
    print(f"{count} contracts, {spent / max(1, count):.3f} s of processor time each (analyse and key facts)")
    return 0


class Score:
    """Values in the truth, values read, values right."""

    def __init__(self) -> None:
        self.wanted = self.read = self.right = 0

    def add(self, kind: str, truth: frozenset[Any], said: frozenset[Any]) -> None:
        if kind.startswith("party"):
            self.wanted += len(truth)
            self.read += len(said)
            self.right += len(matched(truth, said, slips=kind.endswith("spelling")))
            return
        self.wanted += bool(truth)
        self.read += bool(said)
        self.right += bool(truth) and same(kind, truth, said)

    def line(self) -> str:
        precision = self.right / self.read if self.read else 0.0
        recall = self.right / self.wanted if self.wanted else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"{self.wanted:6} {self.read:6} {self.right:6} {precision:6.3f} {recall:6.3f} {f1:6.3f}"


def pair(
    kind: str, answers: dict[str, str], facts: tuple[KeyFact, ...], analysis: Analysis
) -> tuple[frozenset[Any], frozenset[Any]]:
    """The answer and what was read, both as sets of comparable values."""
    if kind.startswith("party"):
        read = frozenset(name for p in analysis.parties if (name := bare_name(p.name)))
        return named(str(answers.get("Parties") or "")), read
    answer = str(answers.get(KINDS[kind]) or "")
    said = [f for f in facts if f.kind == _FACT[kind] and f.value not in ("", None)]
    if kind == "governing law":
        return laws(answer), laws("; ".join(str(f.value) for f in said))
    if kind in ("renewal", "notice to stop renewal"):
        return lengths(answer), frozenset(_length(f.value, f.unit) for f in said[:1])
    return day(answer), frozenset(day_read(str(f.value)) for f in said[:1])


def same(kind: str, truth: frozenset[Any], said: frozenset[Any]) -> bool:
    if kind.startswith("party"):
        return len(matched(truth, said, slips=True)) == len(truth) == len(said)
    if kind == "governing law" or not truth or not said:
        return truth == said
    if kind.endswith("date") or kind == "expiry":
        return any(near(a, b) for a in truth for b in said)
    return bool(truth & said)


def near(a: Any, b: Any) -> bool:
    if isinstance(a, date) and isinstance(b, date):
        return abs((a - b).days) <= 1
    return bool(a == b)


def day(answer: str) -> frozenset[Any]:
    """M/D/YYYY, "perpetual", or nothing for a blank."""
    if "perpetual" in answer.lower():
        return frozenset({"perpetual"})
    found = re.search(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b", answer)
    if not found:
        return frozenset()
    month, number, year = (int(part) for part in found.groups())
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    try:
        return frozenset({date(year, month, number)})
    except ValueError:
        return frozenset()


def day_read(value: str) -> Any:
    return value if value == "perpetual" else date.fromisoformat(value)


_SLIPS = re.compile(r"\bsuc+es*iv?e?\b|\bsuccsive\b|[()]", re.I)


def lengths(answer: str) -> frozenset[Any]:
    """ "successive 1 year", "(6) months", "60) days" in comparable form."""
    if "perpetual" in answer.lower():
        return frozenset({("perpetual", "")})
    clean = re.sub(r"0\.5 years?", "6 months", _SLIPS.sub(" ", answer))
    return frozenset(_length(f.value, f.unit) for f in durations.durations(clean))


def _length(value: Any, unit: str) -> tuple[Any, str]:
    if value == "perpetual":
        return "perpetual", ""
    if unit == "years":
        return round(float(value) * 12, 2), "months"
    if unit == "weeks":
        return round(float(value) * 7, 2), "days"
    return round(float(value), 2), unit


def laws(answer: str) -> frozenset[Any]:
    """The places of an answer; a country beside its own province or state falls away."""
    found = {str(f.value) for f in places.places(answer.replace("Massachussets", "Massachusetts"))}
    return frozenset(place for place in found if not any(_PART_OF.get(other) == place for other in found))


_OF_ALL = re.compile(r"[\"“']\s?(?:the\s)?part(?:y|ies)[,.:]?\s?[\"”',:)]", re.I)
_FORM = re.compile(r"\b(?:inc|llc|ltd|corp\w*|limited|gmbh|l\.?p|company|co)\b", re.I)
_MORE = re.compile(
    r"\b(?:d/b/a|dba|f/k/a|and its|formerly|hereinafter|referred|collectively|individually)\b", re.I
)


def named(answer: str) -> frozenset[str]:
    """Names of the answer "A, Inc. (“A”); B GmbH (“B”); A and B (each a “Party”)", as bare names."""
    out = set()
    for part in _parts(answer):
        plain = part.strip().lstrip("(")
        name = _MORE.split(re.sub(r"[\"“”][^\"“”]{0,80}[\"“”]", " ", plain.split("(")[0]))[0]
        joined = re.search(r"\band\b|&", name) or len(name.strip(' ,;"')) < 4
        if _OF_ALL.search(part) and joined and not _FORM.search(name):
            continue  # "A and B (each a “Party”)" names nobody new
        halves = re.split(r"\s+and\s+", name)
        for one in halves if len(halves) == 2 and all(_FORM.search(h) for h in halves) else [name]:
            if (bare := bare_name(one)) and not re.match(r"(?:each|together|as|with)\b", bare):
                out.add(bare)
    # A role in place of a name ("Supplier", "you", "____") is a blank of the form.
    return frozenset(
        n for n in out - {"party", "parties", "and", "you"} if not role_of(n) and re.search("[a-z]", n)
    )


def _parts(answer: str) -> list[str]:
    """The answer cut at semicolons outside brackets; brackets round the whole are taken off."""
    clean = answer.strip()
    if clean.startswith("(") and clean.endswith("))"):
        clean = clean[1:-1]
    parts, depth = [""], 0
    for letter in clean:
        depth = max(0, depth + {"(": 1, ")": -1}.get(letter, 0))
        if letter == ";" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def matched(truth: frozenset[str], said: frozenset[str], *, slips: bool) -> set[str]:
    found = set(truth & said)
    if slips:
        rest = sorted(said - found)
        for name in sorted(truth - found):
            close = [r for r in rest if SequenceMatcher(None, name, r).ratio() >= 0.9]
            if close:
                found.add(name)
                rest.remove(close[0])
    return found


if __name__ == "__main__":
    sys.exit(main())
