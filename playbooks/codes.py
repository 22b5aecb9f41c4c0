"""Codes of issues: short names that rules and records use, made out of titles."""

import re
from collections.abc import Collection


def issue_code(title: str, taken: Collection[str]) -> str:
    """A code out of the title that is not taken: small letters, digits and underscores, a letter first."""
    plain = re.sub(r"[^a-z0-9]+", "_", title.casefold()).strip("_")[:50].strip("_")
    base = plain if re.match(r"[a-z].", plain) else f"issue_{plain}".strip("_")
    code, number = base, 2
    while code in taken:
        code, number = f"{base}_{number}", number + 1
    return code
