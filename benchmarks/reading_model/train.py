"""Train the linear models of the reading room and write `clauses/data/reading.model` with its report.

    OMP_NUM_THREADS=1 python -m benchmarks.reading_model.train             writes model file and report
    OMP_NUM_THREADS=1 python -m benchmarks.reading_model.train --check     trains, compares with the file
    OMP_NUM_THREADS=1 python -m benchmarks.reading_model.train --held-out  without the validation contracts
    OMP_NUM_THREADS=1 python -m benchmarks.reading_model.train --without 3 without one part of seven of these

Data: the labelled contracts beside the project (`../shared/data/cuad`) and sentences of our own
(`examples.txt`). What ships has read every labelled contract; figures are measured with models that are made
in the same way and have read nothing of the contracts they judge: ``--held-out`` and the seven of
``--without`` (docs/decisions/0011). Everything that turns margins into scores is fitted on margins of
contracts the model had not seen (four folds over whole contracts).
Versions: numpy and scipy as docs/reading.md names them; numbers are added in one order, in one thread.
"""

import argparse
import hashlib
import sys
import time
from collections.abc import Iterator

import numpy as np
import scipy.sparse as sp

from benchmarks.reading_model import calibrate, examples
from benchmarks.reading_model.calibrate import per_contract
from benchmarks.reading_model.digests import digest_of_examples, digest_of_rules, digest_of_views
from benchmarks.reading_model.fitting import logistic_fit, newton, ridge
from benchmarks.reading_model.labelled import HELD_OUT, PARTS, SECTIONS, labelled, part_of, without_part
from benchmarks.reading_model.table import Table
from clauses import cuad
from clauses.classify import section_view
from clauses.linear import MODEL_FILE, dump
from clauses.sentences import sentence_spans
from clauses.source import open_source

FOLDS = 4
SMALLEST = 0.015  # share of a category's largest weight below which a weight is left out
# What a sentence costs on the wrong side: a contract that says a thing ten times counts about three times as
# much as one that says it once, not ten times.
POSITIVE, NEGATIVE = 2.4, 0.5
RIDGE = 0.5
DULL = 3  # one of so many sentences without any label is kept, and counts that often


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    left_out = parser.add_mutually_exclusive_group()
    left_out.add_argument("--held-out", action="store_true", help="without the validation contracts")
    left_out.add_argument("--without", type=int, choices=range(PARTS), help="without one part of them")
    parser.add_argument("--check", action="store_true", help="compare with the file, write nothing")
    args = parser.parse_args()
    output = HELD_OUT if args.held_out else MODEL_FILE if args.without is None else without_part(args.without)
    begin = time.monotonic()
    lines = ["# How the model file was made", ""]
    rows = list(labelled(validation=False if args.held_out else None))
    if args.without is not None:
        rows = [row for row in rows if part_of(row["contract_id"]) != args.without]
    models = [*_sentences(rows, lines), _sections(rows, lines)]
    data = dump(models)
    digest = hashlib.sha256(data).hexdigest()
    print(
        "\n".join(lines),
        f"\n{len(data):,} bytes, SHA-256 {digest}, {time.monotonic() - begin:.0f} s",
        sep="\n",
    )
    if args.check:
        same = output.read_bytes() == data
        print(f"the same bytes as {output.name}" if same else f"NOT the bytes of {output.name}")
        return 0 if same else 1
    output.parent.mkdir(exist_ok=True)
    output.write_bytes(data)
    lines += ["", f"{len(data):,} bytes; SHA-256 of the file: `{digest}`."]
    output.with_suffix(".md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


# --- sentences ------------------------------------------------------------------------------------


def _sentences(rows: list[dict], lines: list[str]) -> Iterator[dict]:
    """The model of sentences and the model of whole contracts, whose scores meet in the settings."""
    table, wholes = Table(), Table()
    same, lengths = [], []
    for number, row in enumerate(rows):
        source = open_source(row["text"])
        spans = sentence_spans(source.plain)
        for place, view in zip(spans, cuad.views(source, spans), strict=True):
            table.add(view, _labels(source.back(*place), row["spans"]), number)
            same.append(_same(source.back(*place), row["spans"]))
            lengths.append(place[1] - place[0])
        wholes.add(cuad.whole_view(source, spans), {span["category"] for span in row["spans"]}, number)
    table.close()
    wholes.close()
    marked = (table.truth > 0).any(1)
    kept = marked | (np.arange(len(marked)) % DULL == 0)
    weight = np.where(marked, 1.0, float(DULL))
    many = np.zeros(wholes.truth.shape)
    np.add.at(many, table.home, (table.truth > 0) * 1.0)
    positive = POSITIVE / np.sqrt(np.maximum(1, many))

    ours, said = table.beside((found, examples.view(text)) for found, text in examples.examples())
    none = (said < 0).all(1, keepdims=True)
    cost = np.where(said > 0, examples.POSITIVE, np.where(none, examples.NONE, examples.OTHERS))

    def fit(rows: np.ndarray, start: np.ndarray | None = None) -> np.ndarray:
        rows = rows & kept
        costs = weight[rows][:, None] * np.where(table.truth[rows] > 0, positive[table.home[rows]], NEGATIVE)
        return newton(
            sp.vstack([table.matrix[rows], ours]).tocsr(),
            np.vstack([table.truth[rows], said]),
            np.vstack([costs, cost]).astype(np.float32),
            start,
        )

    unseen = np.zeros_like(table.truth)
    mean = np.zeros((len(table.words), len(table.classes)), np.float32)
    for fold in range(FOLDS):
        held = table.home % FOLDS == fold
        found = fit(~held)
        unseen[held] = table.matrix[held] @ found
        mean += found / FOLDS
    whole = np.zeros(wholes.truth.shape)
    for fold in range(FOLDS):
        held = wholes.home % FOLDS == fold
        whole[held] = wholes.matrix[held] @ ridge(wholes.matrix[~held], wholes.truth[~held], RIDGE)
    right = table.truth > 0
    for i, name in enumerate(table.classes):
        if name not in cuad.NAMED:
            right[:, i] = [name in found for found in same]
    has = (wholes.truth > 0) * 1.0
    sizes = np.array(lengths)
    settings, there = calibrate.settings(table.classes, unseen, right, has, table.home, sizes, whole)
    first = table.home == 0
    calibrate.agree(table.classes, unseen[first].astype(float), sizes[first], settings)
    weights = fit(np.ones(len(kept), bool), mean)
    lines += [
        f"Sentences: {len(table.rows):,} of {len(rows)} contracts, {int(marked.sum()):,} of them labelled, "
        f"{len(table.words):,} features, {len(table.classes)} categories; contracts as a whole: "
        f"{len(wholes.words):,} features. Sentences of our own: {len(said):,}, "
        f"{int((said > 0).sum()):,} of them stand for a category.",
        "",
        "Contracts not seen (four folds), before any threshold is chosen:",
        "",
        "| category | contracts | sentences | average precision of sentences | of contracts | sure from |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *_by_class(table, unseen, settings["sure"]),
        "",
        _presence(there, has > 0, np.array([settings["shown"]["contract"][name] for name in table.classes])),
        "",
    ]
    digests = {"rules": digest_of_rules(), "views": digest_of_views(), "examples": digest_of_examples()}
    yield _packed("sentences", table, weights, settings | digests)
    yield _packed("contracts", wholes, ridge(wholes.matrix, wholes.truth, RIDGE), digests)


def _labels(place: tuple[int, int], spans: list[dict]) -> set[str]:
    """Categories of a sentence: the overlap is half of the shorter of sentence and labelled words."""
    start, end = place
    return {
        s["category"]
        for s in spans
        if 2 * max(0, min(end, s["end"]) - max(start, s["start"]))
        >= min(end - start, s["end"] - s["start"])
        > 0
        and min(end, s["end"]) > max(start, s["start"])
    }


def _same(place: tuple[int, int], spans: list[dict]) -> set[str]:
    """Categories that a sentence stands for: common characters are half of both together or more."""
    start, end = place
    return {
        s["category"]
        for s in spans
        if 2 * (min(end, s["end"]) - max(start, s["start"])) >= max(end, s["end"]) - min(start, s["start"])
    }


def _by_class(table: Table, unseen: np.ndarray, sure: dict) -> Iterator[str]:
    has = per_contract((table.truth > 0) * 1.0, table.home)
    best = per_contract(unseen + 10, table.home)
    for i, name in enumerate(table.classes):
        right = table.truth[:, i] > 0
        yield (
            f"| {name} | {int(has[:, i].sum())} | {int(right.sum())} | {precision(unseen[:, i], right):.2f} "
            f"| {precision(best[:, i], has[:, i] > 0):.2f} | {sure.get(name, '–')} |"
        )


def _presence(there: np.ndarray, has: np.ndarray, limits: np.ndarray) -> str:
    """F1 of "the contract has such a clause", chances fitted without the contract in question."""
    said = there >= limits
    both, all_of_both = (said & has).sum(0), said.sum(0) + has.sum(0)
    over_all, mean = 2 * both.sum() / all_of_both.sum(), (2 * both / all_of_both).mean()
    return (
        f"Has the contract such a clause, in contracts not seen: F1 {over_all:.3f} over all questions, "
        f"{mean:.3f} in the mean of the categories."
    )


def precision(scores: np.ndarray, right: np.ndarray) -> float:
    order = np.argsort(-scores, kind="stable")
    hits = right[order]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean()) if hits.any() else 0.0


# --- sections -------------------------------------------------------------------------------------


def _sections(rows: list[dict], lines: list[str]) -> dict:
    texts = {row["contract_id"]: (n, row["text"]) for n, row in enumerate(rows)}
    table = Table()
    for row in labelled(SECTIONS):
        if row["contract_id"] in texts:
            number, text = texts[row["contract_id"]]
            table.add(section_view(text[row["start"] : row["end"]]), {row["type"]}, number)
    table.close()

    def fit(rows: np.ndarray) -> np.ndarray:
        many = np.maximum((table.truth[rows] > 0).sum(0), 1)
        costs = np.where(table.truth[rows] > 0, np.minimum(3.0, np.sqrt(300 / many))[None, :], 1.0) * 0.7
        return newton(table.matrix[rows], table.truth[rows], costs.astype(np.float32))

    unseen = np.zeros_like(table.truth)
    for fold in range(FOLDS):
        held = table.home % FOLDS == fold
        unseen[held] = table.matrix[held] @ fit(~held)
    ordered = np.sort(unseen, axis=1)
    right = unseen.argmax(1) == table.truth.argmax(1)
    lead = np.stack([ordered[:, -1] - ordered[:, -2], np.ones(len(right))], -1)
    found = logistic_fit(lead, right * 1.0, np.zeros(2), np.full(2, 1e-3))
    lines += [
        f"Sections: {len(table.rows):,}, {len(table.words):,} features, {len(table.classes)} types; "
        f"right in contracts not seen (four folds): {right.mean():.3f}; mean F1 of the types "
        f"{_mean_f1(unseen.argmax(1), table.truth.argmax(1), len(table.classes)):.3f}.",
    ]
    settings = {"chance": [round(float(v), 4) for v in found]}
    settings |= {"rules": digest_of_rules(), "views": digest_of_views()}
    return _packed("sections", table, fit(np.ones(len(right), bool)), settings)


def _mean_f1(guess: np.ndarray, truth: np.ndarray, classes: int) -> float:
    f1 = []
    for i in range(classes):
        both = ((guess == i) & (truth == i)).sum()
        f1.append(2 * both / max(1, (guess == i).sum() + (truth == i).sum()))
    return float(np.mean(f1))


# --- the file -------------------------------------------------------------------------------------


def _packed(name: str, table: Table, weights: np.ndarray, settings: dict) -> dict:
    """16-bit weights; what is too small to matter is left out."""
    scales = np.abs(weights).max(0).astype(np.float64) / 32767
    scales = np.array([float(f"{s:.6g}") for s in np.maximum(scales, 1e-9)])
    numbers = np.clip(np.round(weights / scales), -32767, 32767).astype(np.int64)
    numbers[np.abs(numbers) < SMALLEST * 32767] = 0
    row, column = np.nonzero(numbers)
    first = np.zeros(len(table.words) + 1, np.int64)
    np.add.at(first, row + 1, 1)
    return {
        "name": name,
        "classes": table.classes,
        "scales": scales.tolist(),
        "settings": settings,
        "words": table.words,
        "arrays": {
            "columns": ("u1", column.tolist()),
            "first": ("u4", np.cumsum(first).tolist()),
            "rarity": ("u2", table.rarity.tolist()),
            "weights": ("i2", numbers[row, column].tolist()),
        },
    }


if __name__ == "__main__":
    sys.exit(main())
