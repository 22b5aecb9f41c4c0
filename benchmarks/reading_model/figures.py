"""The models on the validation contracts, scored by the project's own scorer.

    .venv/bin/python -m benchmarks.reading_model.figures            prints the tables
    .venv/bin/python -m benchmarks.reading_model.figures --write    puts them into docs/figures.md

The model that ships has read every labelled contract, so others made in the same way stand for it, and none
of them judges a contract it has read: the model of `train --held-out` has read none of the validation
contracts (317 of 408), the seven of `train --without PART` all but one part of them (390 to 399), which is
nearest to what ships.

`clauses.cuad.predict` on the 91 validation contracts (MD5 of the name modulo 5 = 0), scored at 0.5 by
`../shared/tools/clause_eval.py`; `clauses.classify.section_type` on their headed sections, headings hidden.
"""

import argparse
import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.reading_model.labelled import (
    HELD_OUT,
    PARTS,
    ROOT,
    SECTIONS,
    judge_by,
    labelled,
    part_of,
    without_part,
)
from clauses.classify import section_type
from clauses.cuad import NAMED, predict
from clauses.linear import MODEL_FILE, load

SHARED = ROOT.parent / "shared"
FIGURES = ROOT / "docs" / "figures.md"
START, END = (
    "<!-- reading: written by python -m benchmarks.reading_model.figures --write -->",
    "<!-- reading: end -->",
)
OFTEN = 10  # contracts that a category needs for a figure to mean something
# What phrase rules alone reached, with scores set by hand (before there was a model).
RULES_ALONE = {
    "micro": 0.785,
    "mean": 0.639,
    "often": 0.703,
    "span": 0.446,
    "area": 0.372,
    "at80": 0.0,
    "accuracy": 0.715,
    "types": 0.721,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--write", action="store_true", help="put the tables into docs/figures.md")
    args = parser.parse_args()
    contracts = {row["contract_id"]: row for row in labelled(validation=True)}
    few = _measured(contracts, {HELD_OUT: set(contracts)})
    most = _measured(
        contracts,
        {without_part(part): {name for name in contracts if part_of(name) == part} for part in range(PARTS)},
    )
    page = "\n".join(_page(few, most))
    print(page)
    if args.write:
        text = FIGURES.read_text(encoding="utf-8")
        before, rest = text.split(START)
        FIGURES.write_text(
            f"{before}{START}\n\n{page}\n\n{END}{rest.split(END, 1)[1]}",
            encoding="utf-8",
        )
    return 0


def _measured(contracts: dict[str, dict[str, Any]], judges: dict[Path, set[str]]) -> dict[str, Any]:
    """All figures, each contract read by the model that is its judge."""
    guesses: list[dict[str, Any]] = []
    typed: list[tuple[str, str]] = []
    seconds = 0.0
    sections = list(labelled(SECTIONS, validation=True))
    for model, names in judges.items():
        judge_by(model)
        begin = time.process_time()
        for name in sorted(names):
            guesses += [{"contract_id": name} | one for one in predict(contracts[name]["text"])]
        seconds += time.process_time() - begin
        for row in sections:
            if row["contract_id"] in names:
                text = contracts[row["contract_id"]]["text"][row["start"] : row["end"]]
                typed.append((row["type"], section_type(text)[0][0]))
    with tempfile.TemporaryDirectory() as folder:
        truth, found = Path(folder) / "truth.jsonl", Path(folder) / "found.jsonl"
        truth.write_text("".join(json.dumps(row) + "\n" for row in contracts.values()), encoding="utf-8")
        found.write_text("".join(json.dumps(row) + "\n" for row in guesses), encoding="utf-8")
        return _scored(str(truth), str(found)) | _of_sections(typed) | {"seconds": seconds / len(contracts)}


def _scorer() -> Any:
    """The project's scorer stands beside the project and is no package."""
    spec = importlib.util.spec_from_file_location("clause_eval", SHARED / "tools" / "clause_eval.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "tools" / "clause_eval.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _scored(truth: str, found: str) -> dict[str, Any]:
    scorer = _scorer()
    texts, spans, names = scorer.read_truth(truth)
    guesses, _ = scorer.read_predictions(found, texts, names)

    def score(left_out: tuple[str, ...] = ()) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        wanted = {key: name for key, name in names.items() if name not in left_out}
        return scorer.evaluate(texts, spans, wanted, guesses, lambda _: 0.5)

    table, mean, micro = score()
    often = [row["pres_f1"] for row in table.values() if row["contracts"] >= OFTEN]
    cuad = scorer.cuad_protocol(texts, spans, names, guesses)
    return {
        "table": table,
        "micro": micro["pres_f1"],
        "mean": mean["pres_f1"],
        "often": sum(often) / len(often),
        "number_often": len(often),
        "span_with_ends": score(NAMED)[2]["span_f1"],
        "span": score((*NAMED, "Expiration Date"))[2]["span_f1"],
        "area": cuad["aupr"],
        "at80": cuad["p80r"],
    }


def _of_sections(typed: list[tuple[str, str]]) -> dict[str, float]:
    scores = []
    for kind in {kind for kind, _ in typed}:
        both = sum(kind == a == b for a, b in typed)
        scores.append(2 * both / sum((kind == a) + (kind == b) for a, b in typed))
    right = sum(a == b for a, b in typed) / len(typed)
    return {"sections": len(typed), "accuracy": right, "types": sum(scores) / len(scores)}


def _page(few: dict[str, Any], most: dict[str, Any]) -> Iterator[str]:
    begin = time.process_time()
    load(MODEL_FILE.read_bytes())
    loading = time.process_time() - begin

    def row(what: str, key: str, must: str, aim: str) -> str:
        alone = f"{RULES_ALONE[key]:.3f}" + (" (36)" if key == "span" else "")
        return f"| {what} | {alone} | {few[key]:.3f} | {most[key]:.3f} | {must} | {aim} |"

    yield "| what | phrase rules alone | trained on 317 | on all but those judged | must | aim |"
    yield "|---|---:|---:|---:|---:|---:|"
    yield row("presence F1, 41 categories, micro", "micro", "0.88", "0.89")
    yield row("presence F1, 41 categories, mean", "mean", "0.78", "–")
    yield row(
        f"presence F1, mean of the {most['number_often']} categories with ten contracts or more",
        "often",
        "–",
        "0.86",
    )
    yield row(
        f"span F1, 35 clause categories, micro (36 with expiry dates: {most['span_with_ends']:.3f})",
        "span",
        "0.60",
        "0.62",
    )
    yield row("CUAD protocol, area under the curve", "area", "0.66", "0.68")
    yield row("CUAD protocol, precision at 80 % recall", "at80", "0.44", "0.48")
    yield row(
        f"section types, headings hidden, {most['sections']:,.0f} sections: accuracy", "accuracy", "–", "–"
    )
    yield row("section types, mean F1 of 35 types", "types", "0.83", "0.85")
    yield (
        f"| processor time of `predict`, mean a contract | 0.03 s | {few['seconds']:.2f} s "
        f"| {most['seconds']:.2f} s | 0.5 s | 0.3 s |"
    )
    yield (
        f"| loading the model file that ships ({MODEL_FILE.stat().st_size / 1e6:.1f} MB) | – | – "
        f"| {loading:.2f} s | – | 0.3 s |"
    )
    yield ""
    yield "By category, trained on all but those judged; the last column: F1 of presence when trained on 317."
    yield ""
    yield "| category | contracts | presence P | R | F1 | average precision | span F1 | F1, 317 |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for name, found in sorted(most["table"].items()):
        cells = [found[key] for key in ("pres_p", "pres_r", "pres_f1", "pres_ap", "span_f1")]
        cells.append(few["table"][name]["pres_f1"])
        yield f"| {name} | {found['contracts']} | " + " | ".join(f"{value:.2f}" for value in cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
