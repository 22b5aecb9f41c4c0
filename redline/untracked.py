"""What a returned document changes that no tracked change shows."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["substantive", "noise"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One silent difference; ``block`` is its address in the returned document, "" where it has none there."""

    kind: str
    block: str
    before: str
    after: str
    severity: Severity
    why: str
