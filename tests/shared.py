"""Where the test documents beside the project stand, and the one loud way to skip without them."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"SKIPPED: no {SHARED.name}/ with test documents beside the project"
)
