"""The models on the validation contracts, scored by the project's own scorer.

    .venv/bin/python -m benchmarks.reading_model.figures            prints the tables
    .venv/bin/python -m benchmarks.reading_model.figures --write    puts them into docs/figures.md

The model is that of `train --held-out` (var/held-out.model), made like the one that ships but without these
contracts: the shipped one has read them.

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

from benchmarks.reading_model.labelled import HELD_OUT, ROOT, SECTIONS, judge_by, labelled
from clauses.classify import section_type
from clauses.cuad import NAMED, predict
from clauses.linear import MODEL_FILE, load

SHARED = ROOT.parent / "shared"
FIGURES = ROOT / "docs" / "figures.md"
START, END = (
    "<!-- reading: written by python -m benchmarks.reading_model.figures --write -->",
    "<!-- reading: end -->",
)
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
    judge_by(HELD_OUT)
    contracts = {row["contract_id"]: row for row in labelled(validation=True)}
    with tempfile.TemporaryDirectory() as folder:
        truth, found = Path(folder) / "truth.jsonl", Path(folder) / "found.jsonl"
        begin = time.process_time()
        rows = [
            {"contract_id": name} | one for name, row in contracts.items() for one in predict(row["text"])
        ]
        seconds = (time.process_time() - begin) / len(contracts)
        truth.write_text("".join(json.dumps(row) + "\n" for row in contracts.values()), encoding="utf-8")
        found.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        page = "\n".join([*_sentences(str(truth), str(found), seconds, _sections(contracts))])
    print(page)
    if args.write:
        text = FIGURES.read_text(encoding="utf-8")
        before, rest = text.split(START)
        FIGURES.write_text(
            f"{before}{START}\n\n{page}\n\n{END}{rest.split(END, 1)[1]}",
            encoding="utf-8",
        )
    return 0


def _scorer() -> Any:
    """The project's scorer stands beside the project and is no package."""
    spec = importlib.util.spec_from_file_location("clause_eval", SHARED / "tools" / "clause_eval.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "tools" / "clause_eval.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _sentences(truth: str, found: str, seconds: float, sections: dict[str, float]) -> Iterator[str]:
    scorer = _scorer()
    texts, spans, names = scorer.read_truth(truth)
    guesses, _ = scorer.read_predictions(found, texts, names)

    def score(left_out: tuple[str, ...] = ()) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        wanted = {key: name for key, name in names.items() if name not in left_out}
        return scorer.evaluate(texts, spans, wanted, guesses, lambda _: 0.5)

    table, mean, micro = score()
    clauses = score(NAMED)[2]["span_f1"]
    without_ends = score((*NAMED, "Expiration Date"))[2]["span_f1"]
    often = [row["pres_f1"] for row in table.values() if row["contracts"] >= 10]
    cuad = scorer.cuad_protocol(texts, spans, names, guesses)
    was = RULES_ALONE
    begin = time.process_time()
    load(MODEL_FILE.read_bytes())
    loading = time.process_time() - begin
    yield "| what | phrase rules alone | now | must | aim |"
    yield "|---|---:|---:|---:|---:|"
    yield f"| presence F1, 41 categories, micro | {was['micro']:.3f} | {micro['pres_f1']:.3f} | 0.88 | 0.89 |"
    yield f"| presence F1, 41 categories, mean | {was['mean']:.3f} | {mean['pres_f1']:.3f} | 0.78 | – |"
    yield (
        f"| presence F1, mean of the {len(often)} categories with ten contracts or more "
        f"| {was['often']:.3f} | {sum(often) / len(often):.3f} | – | 0.86 |"
    )
    yield (
        f"| span F1, 35 clause categories, micro (36 with expiry dates: {clauses:.3f}) "
        f"| {was['span']:.3f} (36) | {without_ends:.3f} | 0.60 | 0.62 |"
    )
    yield f"| CUAD protocol, area under the curve | {was['area']:.3f} | {cuad['aupr']:.3f} | 0.66 | 0.68 |"
    at80 = cuad["p80r"]
    yield f"| CUAD protocol, precision at 80 % recall | {was['at80']:.3f} | {at80:.3f} | 0.44 | 0.48 |"
    yield (
        f"| section types, headings hidden, {sections['number']:,.0f} sections: accuracy "
        f"| {was['accuracy']:.3f} | {sections['right']:.3f} | – | – |"
    )
    of_types = sections["mean"]
    yield f"| section types, mean F1 of 35 types | {was['types']:.3f} | {of_types:.3f} | 0.83 | 0.85 |"
    yield f"| processor time of `predict`, mean a contract | 0.03 s | {seconds:.2f} s | 0.5 s | 0.3 s |"
    yield (
        f"| loading the model file ({MODEL_FILE.stat().st_size / 1e6:.1f} MB) | – | {loading:.2f} s "
        "| – | 0.3 s |"
    )
    yield ""
    yield "| category | contracts | presence P | R | F1 | average precision | span F1 |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, row in sorted(table.items()):
        cells = [row[key] for key in ("pres_p", "pres_r", "pres_f1", "pres_ap", "span_f1")]
        yield f"| {name} | {row['contracts']} | " + " | ".join(f"{value:.2f}" for value in cells) + " |"


def _sections(contracts: dict[str, Any]) -> dict[str, float]:
    pairs = [
        (row["type"], section_type(contracts[row["contract_id"]]["text"][row["start"] : row["end"]])[0][0])
        for row in labelled(SECTIONS, validation=True)
    ]
    scores = []
    for kind in {kind for kind, _ in pairs}:
        both = sum(kind == a == b for a, b in pairs)
        scores.append(2 * both / sum((kind == a) + (kind == b) for a, b in pairs))
    right = sum(a == b for a, b in pairs) / len(pairs)
    return {"number": len(pairs), "right": right, "mean": sum(scores) / len(scores)}


if __name__ == "__main__":
    sys.exit(main())
