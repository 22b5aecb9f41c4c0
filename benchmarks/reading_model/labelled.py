"""The labelled contracts beside the project, and which of them stand apart.

Contracts whose name has an MD5 divisible by five are the validation contracts: figures are measured on them,
with a model that was trained without them (`train --held-out`). The model that ships has read them too.
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


def kept_for_validation(contract: str) -> bool:
    return int(hashlib.md5(contract.encode(), usedforsecurity=False).hexdigest(), 16) % 5 == 0


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
        raise FileNotFoundError(f"{model} is not there: python -m benchmarks.reading_model.train --held-out")
    linear.MODEL_FILE = model
    linear.shipped.cache_clear()
