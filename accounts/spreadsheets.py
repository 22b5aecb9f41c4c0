"""Tables as CSV that a spreadsheet cannot be tricked into running."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """Text that a spreadsheet shows instead of computing: what begins like a formula gets an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """UTF-8 with a byte order mark, which makes spreadsheets read it as UTF-8. `head` is ours and stands as
    it is; every cell of `rows` is made neutral."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow([neutral(str(cell)) for cell in row])
    return ("\ufeff" + out.getvalue()).encode()
