"""A silent difference between what was sent and what came back."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["substantive", "noise"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One silent difference; ``block`` is its address in the returned document, "" where nothing of it is
    left.
    """

    kind: str
    block: str
    before: str
    after: str
    severity: Severity
    why: str
