"""Small linear models out of one numeric file: no pickle, no code on load, the standard library alone.

The file: one line of magic, one line with the SHA-256 of everything after it, four bytes with the length of
a JSON header, the header, then plain little-endian arrays. A text is scored by adding, for each of its
features, the weights kept for it; the weights are 16-bit whole numbers times one scale for each class. What
a score stands on can be shown word by word.
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from pathlib import Path
from typing import Any

from clauses.model import Unreadable

MAGIC = b"PARLEY-READING 1\n"
MODEL_FILE = Path(__file__).with_name("data") / "reading.model"
_MOST_BYTES = 20_000_000
_CODES = {"u1": "B", "u2": "H", "i2": "h", "u4": "I"}


class DamagedModel(Unreadable):
    """The model file is missing or is not, byte for byte, what the training wrote."""

    def __init__(self, message: str) -> None:
        super().__init__("damaged-model", message)


@dataclass(frozen=True, slots=True)
class Linear:
    """One model: a vocabulary, the rarity of each feature, and sparse weights of each feature for each
    class.
    """

    classes: tuple[str, ...]
    vocabulary: Mapping[str, int]
    rarity: array[int]
    first: array[int]
    columns: array[int]
    weights: array[int]
    scales: tuple[float, ...]
    settings: Mapping[str, Any]

    def margins(self, groups: Iterable[tuple[float, list[str]]]) -> list[float]:
        """One margin for each class; each group of features counts with the length it is given."""
        return next(self.margins_each([groups]))

    def margins_each(self, texts: Iterable[Iterable[tuple[float, list[str]]]]) -> Iterator[list[float]]:
        """Margins of one text after the other; a group that is the very object it was in the text before (a
        title, a heading) is added up once.
        """
        before: dict[int, tuple[tuple[float, list[str]], list[float]]] = {}
        for groups in texts:
            now = {}
            total = [0.0] * len(self.classes)
            for group in groups:
                known = before.get(id(group))
                worth = known[1] if known and known[0] is group else self._worth(*group)
                now[id(group)] = group, worth
                total = [a + b for a, b in zip(total, worth, strict=True)]
            before = now
            yield [value * scale for value, scale in zip(total, self.scales, strict=True)]

    def _worth(self, length: float, features: list[str]) -> list[float]:
        total = [0.0] * len(self.classes)
        self._add(total, [i for i in map(self.vocabulary.get, features) if i is not None], length)
        return total

    def _add(self, total: list[float], hits: list[int], length: float) -> None:
        rarity, first, columns, weights = self.rarity, self.first, self.columns, self.weights
        squares = sum(rarity[i] ** 2 for i in hits)
        if not squares:
            return
        unit = length / sqrt(squares)
        for i in hits:
            worth = unit * rarity[i]
            for k in range(first[i], first[i + 1]):
                total[columns[k]] += worth * weights[k]

    def reasons(
        self, groups: Iterable[tuple[float, list[str]]], name: str, most: int = 8
    ) -> list[tuple[str, float]]:
        """The features that speak most for or against a class, with their share of the margin."""
        column = self.classes.index(name)
        found: list[tuple[str, float]] = []
        for length, features in groups:
            known = [(f, self.vocabulary[f]) for f in features if f in self.vocabulary]
            squares = sum(self.rarity[i] ** 2 for _, i in known)
            for feature, i in known:
                for k in range(self.first[i], self.first[i + 1]):
                    if self.columns[k] == column:
                        worth = self.rarity[i] * self.weights[k] * self.scales[column]
                        found.append((feature, length * worth / sqrt(squares)))
        return sorted(found, key=lambda r: (-abs(r[1]), r[0]))[:most]


@lru_cache(maxsize=1)
def shipped() -> dict[str, Linear]:
    """The models of the shipped file, read once and only when first asked for."""
    try:
        data = MODEL_FILE.read_bytes()
    except OSError as error:
        raise DamagedModel(f"The model file {MODEL_FILE.name} cannot be read: {error.strerror}.") from error
    return load(data)


def load(data: bytes) -> dict[str, Linear]:
    """Models of a file's bytes. Raises DamagedModel when a single byte is not as it was written."""
    if not data.startswith(MAGIC) or len(data) > _MOST_BYTES:
        raise DamagedModel("This is not a model file of this version.")
    start = len(MAGIC) + 65
    body = data[start:]
    if data[len(MAGIC) : start] != hashlib.sha256(body).hexdigest().encode() + b"\n":
        raise DamagedModel("The model file is damaged: its checksum does not fit.")
    size = int.from_bytes(body[:4], "little")
    try:
        header = json.loads(body[4 : 4 + size])
        return {model["name"]: _model(model, body, 4 + size) for model in header["models"]}
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise DamagedModel("The model file does not hold what its header says.") from error


def _model(model: Mapping[str, Any], body: bytes, start: int) -> Linear:
    part: Callable[[str], array[int]] = lambda name: _array(model["arrays"][name], body, start)  # noqa: E731
    at, length = model["words"]
    words = body[start + at : start + at + length].decode("utf-8").split("\n")
    first, columns, weights, rarity = part("first"), part("columns"), part("weights"), part("rarity")
    classes = tuple(model["classes"])
    fits = (
        len(first) == len(words) + 1 == len(rarity) + 1
        and len(columns) == len(weights) == first[-1]
        and max(columns, default=0) < len(classes) == len(model["scales"])
        and first[0] == 0
    )
    if not fits:
        raise ValueError
    return Linear(
        classes,
        {word: i for i, word in enumerate(words)},
        rarity,
        first,
        columns,
        weights,
        tuple(model["scales"]),
        model["settings"],
    )


def _array(place: list[Any], body: bytes, start: int) -> array[int]:
    code, at, count = place
    out: array[int] = array(_CODES[code])
    chunk = body[start + at : start + at + count * out.itemsize]
    if len(chunk) != count * out.itemsize or out.itemsize != int(code[1]):
        raise ValueError
    out.frombytes(chunk)
    if sys.byteorder == "big":
        out.byteswap()
    return out


def dump(models: Iterable[Mapping[str, Any]]) -> bytes:
    """Bytes of a model file: the other direction of ``load``, for the training command.

    Each model gives ``name``, ``classes``, ``scales``, ``settings``, ``words`` (strings) and ``arrays``
    (name → (code, values)).
    """
    heads, chunks, at = [], [], 0
    for model in models:
        head = {k: model[k] for k in ("name", "classes", "scales", "settings")} | {"arrays": {}}
        words = "\n".join(model["words"]).encode("utf-8")
        head["words"] = [at, len(words)]
        chunks.append(words)
        at += len(words)
        for name, (code, values) in sorted(model["arrays"].items()):
            numbers: array[int] = array(_CODES[code], values)
            if sys.byteorder == "big":
                numbers.byteswap()
            head["arrays"][name] = [code, at, len(numbers)]
            chunks.append(numbers.tobytes())
            at += len(chunks[-1])
        heads.append(head)
    header = json.dumps({"models": heads}, sort_keys=True, separators=(",", ":")).encode()
    body = len(header).to_bytes(4, "little") + header + b"".join(chunks)
    return MAGIC + hashlib.sha256(body).hexdigest().encode() + b"\n" + body
