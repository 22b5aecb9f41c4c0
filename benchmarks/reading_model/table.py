"""Texts as rows of numbers: vocabulary, rarity of each feature, matrix and truth."""

from collections.abc import Iterable, Sequence

import numpy as np
import scipy.sparse as sp

View = Iterable[tuple[float, list[str]]]
LEAST_SEEN, LEAST_CONTRACTS = 4, 3
LEAST_SEEN_OVER_GAPS, LEAST_CONTRACTS_OVER_GAPS = 8, 5


class Table:
    """Texts as rows of features; rows of one contract belong together."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.rows: list[list[tuple[float, np.ndarray]]] = []
        self.labels: list[set[str]] = []
        self.contract: list[int] = []

    def add(self, view: View, labels: set[str], contract: int) -> None:
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
        gaps = np.array([name.startswith("~") for name in names])
        often = seen >= np.where(gaps, LEAST_SEEN_OVER_GAPS, LEAST_SEEN)
        known = often & (wide >= np.where(gaps, LEAST_CONTRACTS_OVER_GAPS, LEAST_CONTRACTS))
        kept = [int(i) for i in np.nonzero(known)[0]]
        kept.sort(key=lambda i: names[i])
        self.words = [names[i] for i in kept]
        self.place = np.full(len(names), -1)
        self.place[kept] = np.arange(len(kept))
        self.rarity = np.round(100 * (np.log(len(self.rows) / seen[kept]) + 1)).astype(np.int64)
        self.classes = sorted({label for labels in self.labels for label in labels})
        self.matrix = self._matrix(self.rows)
        self.truth = self._truth(self.labels)
        self.home = np.array(self.contract)

    def beside(self, texts: Iterable[tuple[set[str], View]]) -> tuple[sp.csr_matrix, np.ndarray]:
        """Matrix and truth of texts that belong to no contract, in the vocabulary that is closed."""
        rows, labels = [], []
        for found, view in texts:
            known = [(length, [self.numbers[f] for f in fs if f in self.numbers]) for length, fs in view]
            rows.append([(length, np.array(ids)) for length, ids in known if ids])
            labels.append(found)
        return self._matrix(rows), self._truth(labels)

    def _truth(self, labels_of: Sequence[set[str]]) -> np.ndarray:
        column = {name: i for i, name in enumerate(self.classes)}
        truth = np.full((len(labels_of), len(self.classes)), -1, np.float32)
        for i, labels in enumerate(labels_of):
            truth[i, [column[name] for name in sorted(labels)]] = 1
        return truth

    def _matrix(self, rows: Sequence[list[tuple[float, np.ndarray]]]) -> sp.csr_matrix:
        values, columns, ends = [], [], [0]
        for row in rows:
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
            shape=(len(rows), len(self.words)),
        )
