"""Train the linear models of the reading room and write `clauses/data/reading.model` with its report.

    OMP_NUM_THREADS=1 python -m benchmarks.reading_model.train            writes model file and report
    OMP_NUM_THREADS=1 python -m benchmarks.reading_model.train --check    trains, compares with the file

Data: the labelled contracts beside the project (`../shared/data/cuad`). Contracts whose name has an MD5
divisible by five are kept for validation; nothing here reads their labels. Everything that turns margins
into scores is fitted on margins of contracts the model had not seen (four folds over whole contracts).
Versions: numpy and scipy as docs/reading.md names them; numbers are added in one order, in one thread.
"""

import argparse
import gzip
import hashlib
import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from benchmarks.reading_model.fitting import chance, logistic_fit, newton
from clauses import cuad, cuad_rules, type_rules
from clauses.classify import section_view
from clauses.linear import MODEL_FILE, dump
from clauses.ranking import FLOOR
from clauses.sentences import sentence_spans
from clauses.source import open_source

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "cuad"
FOLDS = 4
LEAST_SEEN, LEAST_CONTRACTS = 4, 3
DULL = 3  # one of so many sentences without any label is kept, and counts that often
SURE_AT = 0.9


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--output", type=Path, default=MODEL_FILE)
    parser.add_argument(
        "--check", action="store_true", help="compare with the file that ships, write nothing"
    )
    args = parser.parse_args()
    begin = time.monotonic()
    lines = ["# How the model file was made", ""]
    models = [_sentences(args.data, lines), _sections(args.data, lines)]
    data = dump(models)
    digest = hashlib.sha256(data).hexdigest()
    print(
        "\n".join(lines),
        f"\n{len(data):,} bytes, SHA-256 {digest}, {time.monotonic() - begin:.0f} s",
        sep="\n",
    )
    if args.check:
        same = args.output.read_bytes() == data
        print("the same bytes as the shipped file" if same else "NOT the bytes of the shipped file")
        return 0 if same else 1
    args.output.parent.mkdir(exist_ok=True)
    args.output.write_bytes(data)
    lines += ["", f"{len(data):,} bytes; SHA-256 of the file: `{digest}`."]
    args.output.with_suffix(".md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


# --- data -----------------------------------------------------------------------------------------


def kept_for_validation(contract: str) -> bool:
    return int(hashlib.md5(contract.encode(), usedforsecurity=False).hexdigest(), 16) % 5 == 0


def contracts(folder: Path) -> Iterator[dict]:
    with gzip.open(folder / "cuad_dev.jsonl.gz", "rt", encoding="utf-8") as handle:
        for line in handle:
            row = json.loads(line)
            if not kept_for_validation(row["contract_id"]):
                yield row


class Table:
    """Texts as rows of features; rows of one contract belong together."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.rows: list[list[tuple[float, np.ndarray]]] = []
        self.labels: list[set[str]] = []
        self.contract: list[int] = []

    def add(self, view: Iterable[tuple[float, list[str]]], labels: set[str], contract: int) -> None:
        number = self.numbers
        self.rows.append(
            [(length, np.array([number.setdefault(f, len(number)) for f in fs])) for length, fs in view if fs]
        )
        self.labels.append(labels)
        self.contract.append(contract)

    def close(self) -> None:
        """The vocabulary: features seen often enough and in enough contracts, in the order of their names."""
        seen = np.zeros(len(self.numbers), np.int64)
        wide = np.zeros(len(self.numbers), np.int64)
        last = np.full(len(self.numbers), -1)
        for row, contract in zip(self.rows, self.contract, strict=True):
            for _, ids in row:
                seen[ids] += 1
                wide[ids[last[ids] != contract]] += 1
                last[ids] = contract
        names = list(self.numbers)
        kept = [i for i in range(len(names)) if seen[i] >= LEAST_SEEN and wide[i] >= LEAST_CONTRACTS]
        kept.sort(key=lambda i: names[i])
        self.words = [names[i] for i in kept]
        self.place = np.full(len(names), -1)
        self.place[kept] = np.arange(len(kept))
        self.rarity = np.round(100 * (np.log(len(self.rows) / seen[kept]) + 1)).astype(np.int64)
        self.classes = sorted({label for labels in self.labels for label in labels})
        self.matrix = self._matrix()
        column = {name: i for i, name in enumerate(self.classes)}
        self.truth = np.full((len(self.rows), len(self.classes)), -1, np.float32)
        for i, labels in enumerate(self.labels):
            self.truth[i, [column[name] for name in sorted(labels)]] = 1
        self.home = np.array(self.contract)

    def _matrix(self) -> sp.csr_matrix:
        values, columns, ends = [], [], [0]
        for row in self.rows:
            size = 0
            for length, ids in row:
                ids = self.place[ids]
                ids = ids[ids >= 0]
                if len(ids):
                    rare = self.rarity[ids].astype(np.float64)
                    values.append((rare * (length / np.sqrt((rare * rare).sum()))).astype(np.float32))
                    columns.append(ids.astype(np.int32))
                    size += len(ids)
            ends.append(ends[-1] + size)
        return sp.csr_matrix(
            (np.concatenate(values), np.concatenate(columns), np.array(ends)),
            shape=(len(self.rows), len(self.words)),
        )


# --- sentences ------------------------------------------------------------------------------------


def _sentences(folder: Path, lines: list[str]) -> dict:
    table = Table()
    number = 0
    for number, row in enumerate(contracts(folder), 1):
        source = open_source(row["text"])
        spans = sentence_spans(source.plain)
        for place, view in zip(spans, cuad.views(source, spans), strict=True):
            table.add(view, _labels(source.back(*place), row["spans"]), number - 1)
    table.close()
    labelled = (table.truth > 0).any(1)
    kept = labelled | (np.arange(len(labelled)) % DULL == 0)
    weight = np.where(labelled, 1.0, float(DULL))

    def fit(rows: np.ndarray) -> np.ndarray:
        rows = rows & kept
        costs = weight[rows][:, None] * np.where(table.truth[rows] > 0, 3.0, 1.0)
        return newton(table.matrix[rows], table.truth[rows], costs.astype(np.float32))

    unseen = np.zeros_like(table.truth)
    for fold in range(FOLDS):
        held = table.home % FOLDS == fold
        unseen[held] = table.matrix[held] @ fit(~held)
    settings = _settings(table, unseen)
    weights = fit(np.ones(len(kept), bool))
    lines += [
        f"Sentences: {len(table.rows):,} of {number} contracts, {int(labelled.sum()):,} of them labelled, "
        f"{len(table.words):,} features, {len(table.classes)} categories.",
        "",
        "Contracts not seen (four folds), before any threshold is chosen:",
        "",
        "| category | contracts | sentences | average precision of sentences | of contracts | sure from |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *_by_class(table, unseen, settings["sure"]),
        "",
    ]
    settings["rules"] = digest_of_rules()
    return _packed("sentences", table, weights, settings)


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


def _settings(table: Table, unseen: np.ndarray) -> dict:
    """What ``clauses.ranking`` needs, fitted on margins of contracts the model had not seen."""
    seen_by = _context(unseen, table.home)
    live = unseen > FLOOR
    pooled = logistic_fit(seen_by[live], (table.truth[live] > 0) * 1.0, np.zeros(4), np.full(4, 1e-3))
    chances = np.zeros(unseen.shape)
    settings: dict = {"sentence": {}, "contract": {}, "sure": {}}
    for i, name in enumerate(table.classes):
        rows = live[:, i]
        y = (table.truth[rows, i] > 0) * 1.0
        found = logistic_fit(seen_by[rows, i], y, pooled, np.array([6.0, 6.0, 6.0, 1.0]))
        settings["sentence"][name] = [round(float(v), 4) for v in found]
        chances[rows, i] = chance(seen_by[rows, i], found)
    best, has = _per_contract(chances, table.home), _per_contract((table.truth > 0) * 1.0, table.home)
    odds = np.clip(best, 1e-4, 1 - 1e-4)
    odds = np.stack([np.log(odds / (1 - odds)), np.ones_like(odds)], -1)
    pooled = logistic_fit(odds.reshape(-1, 2), has.reshape(-1), np.zeros(2), np.full(2, 1e-3))
    for i, name in enumerate(table.classes):
        found = logistic_fit(odds[:, i], has[:, i], pooled, np.array([3.0, 1.0]))
        settings["contract"][name] = [round(float(v), 4) for v in found]
        limit = _sure(chances[:, i], table.truth[:, i] > 0)
        if limit is not None and has[:, i].sum() >= 10:
            settings["sure"][name] = limit
    settings["shown"] = _limits(table, chances, best, has, settings["contract"])
    return settings


def _limits(table: Table, chances: np.ndarray, best: np.ndarray, has: np.ndarray, contract: dict) -> dict:
    """Two limits for all categories together: when a contract has the clause, which sentences show it."""
    columns = [i for i, name in enumerate(table.classes) if name not in cuad.NAMED and has[:, i].sum() >= 10]
    odds = np.log(np.clip(best, 1e-4, 1 - 1e-4) / (1 - np.clip(best, 1e-4, 1 - 1e-4)))
    slopes = np.array([contract[name] for name in table.classes])
    there = 1 / (1 + np.exp(-(odds * slopes[:, 0] + slopes[:, 1])))
    truth, right = has[:, columns] > 0, (table.truth > 0)[:, columns]

    def worth(guess: np.ndarray, real: np.ndarray) -> float:
        both, either = (guess & real).sum(0), guess.sum(0) + real.sum(0)
        return 2 * both.sum() / max(1, either.sum()) + (2 * both / np.maximum(1, either)).mean()

    grid = [round(0.2 + 0.02 * i, 2) for i in range(20)]
    limit = max(grid, key=lambda t: (worth(there[:, columns] >= t, truth), t))
    top = chances >= best[table.home]
    live = (there >= limit)[table.home]

    def sentences(t: float) -> float:
        guess = ((chances >= t) | top) & live & (chances > 0)
        both = (guess[:, columns] & right).sum()
        return 2 * both / (guess[:, columns].sum() + right.sum())

    return {"contract": limit, "sentence": max(grid, key=lambda t: (sentences(t), t)), "least": 0.004}


def _context(margins: np.ndarray, home: np.ndarray) -> np.ndarray:
    """Margin, better neighbour, best other of the contract, one: as ``clauses.ranking`` computes them."""
    away = np.full((1, margins.shape[1]), -2.0)
    before, after = np.vstack([away, margins[:-1]]), np.vstack([margins[1:], away])
    before[1:][home[1:] != home[:-1]] = -2.0
    after[:-1][home[1:] != home[:-1]] = -2.0
    other = np.empty(margins.shape)
    for contract in range(home.max() + 1):
        rows = np.nonzero(home == contract)[0]
        part = margins[rows]
        order = np.argsort(-part, axis=0, kind="stable")
        columns = np.arange(part.shape[1])
        other[rows] = part[order[0], columns]
        second = part[order[1], columns] if len(rows) > 1 else np.full(part.shape[1], -2.0)
        other[rows[order[0]], columns] = np.where(second > FLOOR, second, -2.0)
    ones = np.ones(margins.shape)
    return np.stack([margins, np.clip(np.maximum(before, after), -1.5, 1), np.clip(other, -1.5, 1), ones], -1)


def _per_contract(values: np.ndarray, home: np.ndarray) -> np.ndarray:
    out = np.zeros((home.max() + 1, values.shape[1]))
    np.maximum.at(out, home, values)
    return out


def _sure(chances: np.ndarray, right: np.ndarray) -> float | None:
    """The chance from which nine of ten were right, None when fewer than ten sentences get there."""
    order = np.argsort(-chances, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.nonzero(share[9:] >= SURE_AT)[0]
    return round(float(chances[order[good[-1] + 9]]), 4) if len(good) else None


def _by_class(table: Table, unseen: np.ndarray, sure: dict) -> Iterator[str]:
    has = _per_contract((table.truth > 0) * 1.0, table.home)
    best = _per_contract(unseen + 10, table.home)
    for i, name in enumerate(table.classes):
        right = table.truth[:, i] > 0
        yield (
            f"| {name} | {int(has[:, i].sum())} | {int(right.sum())} | {precision(unseen[:, i], right):.2f} "
            f"| {precision(best[:, i], has[:, i] > 0):.2f} | {sure.get(name, '–')} |"
        )


def precision(scores: np.ndarray, right: np.ndarray) -> float:
    order = np.argsort(-scores, kind="stable")
    hits = right[order]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean()) if hits.any() else 0.0


# --- sections -------------------------------------------------------------------------------------


def _sections(folder: Path, lines: list[str]) -> dict:
    texts = {row["contract_id"]: (n, row["text"]) for n, row in enumerate(contracts(folder))}
    table = Table()
    with gzip.open(folder / "headed_sections_dev.jsonl.gz", "rt", encoding="utf-8") as handle:
        for line in handle:
            row = json.loads(line)
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
    settings = {"chance": [round(float(v), 4) for v in found], "rules": digest_of_rules()}
    return _packed("sections", table, fit(np.ones(len(right), bool)), settings)


def _mean_f1(guess: np.ndarray, truth: np.ndarray, classes: int) -> float:
    f1 = []
    for i in range(classes):
        both = ((guess == i) & (truth == i)).sum()
        f1.append(2 * both / max(1, (guess == i).sum() + (truth == i).sum()))
    return float(np.mean(f1))


# --- the file -------------------------------------------------------------------------------------


def digest_of_rules() -> str:
    """The rules are features of the models: changed rules ask for another training."""
    rules = repr([cuad_rules.RULES, type_rules.RULES])
    return hashlib.sha256(rules.encode()).hexdigest()[:16]


def _packed(name: str, table: Table, weights: np.ndarray, settings: dict) -> dict:
    """16-bit weights; what is too small to matter is left out."""
    scales = np.abs(weights).max(0).astype(np.float64) / 32767
    scales = np.array([float(f"{s:.6g}") for s in np.maximum(scales, 1e-9)])
    numbers = np.clip(np.round(weights / scales), -32767, 32767).astype(np.int64)
    numbers[np.abs(numbers) < 330] = 0
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
