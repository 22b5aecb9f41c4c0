"""The labelled contracts beside the project, and which of them stand apart.

Contracts whose name has an MD5 divisible by five are the validation contracts: figures are measured on them,
with models that were trained without all of them (`train --held-out`), or without the part of them that is
judged (`train --without PART`). The model that ships has read them too.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clauses import linear

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "cuad"
CONTRACTS, SECTIONS = "cuad_dev.jsonl.gz", "headed_sections_dev.jsonl.gz"
HELD_OUT = ROOT / "var" / "held-out.model"
PARTS = 7


def kept_for_validation(contract: str) -> bool:
    return _number(contract) % 5 == 0


def part_of(contract: str) -> int:
    """Which of the seven parts of the validation contracts a contract is in; -1 for the others."""
    return _number(contract) // 5 % PARTS if kept_for_validation(contract) else -1


def _number(contract: str) -> int:
    return int(hashlib.md5(contract.encode(), usedforsecurity=False).hexdigest(), 16)


def without_part(part: int) -> Path:
    """The model that has read every labelled contract but those of one part of the validation contracts."""
    return ROOT / "var" / f"without-{part}.model"


def labelled(name: str = CONTRACTS, *, validation: bool | None = None) -> Iterator[dict[str, Any]]:
    """Rows of a file of the data: of the validation contracts, of the others, or (None) of all."""
    with gzip.open(DATA / name, "rt", encoding="utf-8") as handle:
        for line in handle:
            row = json.loads(line)
            if validation is None or kept_for_validation(row["contract_id"]) == validation:
                yield row


def judge_by(model: Path) -> None:
    """From here on `clauses` reads with this model file. Raises FileNotFoundError."""
    if not model.is_file():
        raise FileNotFoundError(f"{model} is not there; benchmarks.reading_model.train makes it")
    linear.MODEL_FILE = model
    linear.shipped.cache_clear()
