"""A table as read from a file: texts by row and column, and the areas that are one merged cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; counted from 0, the last ones included."""

MOST_ROWS = 10_000  # of one file, over all its tables
MOST_COLUMNS = 60
MOST_TABLES = 200
MOST_CHARACTERS = 4_000_000  # of one file, over all its cells
MOST_IN_CELL = 20_000


@dataclass(frozen=True)
class BadCell:
    """A cell that could not be taken as it stands. Row and column are counted from 1, as people count."""

    row: int
    column: int
    why: str


@dataclass(frozen=True)
class Table:
    """One table. Only the first cell of a merged area carries its text; `cell` gives it for all of them."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    areas: tuple[Area, ...] = ()
    bad: tuple[BadCell, ...] = ()

    @cached_property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    @cached_property
    def _origins(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        return {
            (row, column): (top, left)
            for top, left, bottom, right in self.areas
            for row in range(top, min(bottom, len(self.rows) - 1) + 1)
            for column in range(left, min(right, self.width - 1) + 1)
        }

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """The first cell of the merged area this cell belongs to: itself where it is not merged."""
        return self._origins.get((row, column), (row, column))

    def cell(self, row: int, column: int) -> str:
        """The text that counts here; a merged cell counts for all its rows and columns."""
        top, left = self.origin(row, column)
        found = self.rows[top] if top < len(self.rows) else ()
        return found[left] if left < len(found) else ""

    def distinct(self, row: int) -> Iterator[tuple[int, str]]:
        """The cells of a row that hold text, each merged one once, by its first column."""
        seen: set[tuple[int, int]] = set()
        for column in range(self.width):
            origin = self.origin(row, column)
            text = self.cell(row, column)
            if text and origin not in seen:
                seen.add(origin)
                yield column, text

    def to_data(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "rows": [list(row) for row in self.rows],
            "areas": [list(area) for area in self.areas],
            "bad": [[cell.row, cell.column, cell.why] for cell in self.bad],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Table":
        return cls(
            str(data["name"]),
            tuple(tuple(str(text) for text in row) for row in data["rows"]),
            tuple((int(a[0]), int(a[1]), int(a[2]), int(a[3])) for a in data["areas"]),
            tuple(BadCell(int(row), int(column), str(why)) for row, column, why in data["bad"]),
        )


def column_letter(column: int) -> str:
    """0 is A, 25 is Z, 26 is AA: how a spreadsheet names its columns."""
    name, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        name = chr(ord("A") + last) + name
    return name


def too_many(tables: Sequence[Table]) -> str:
    """Why this is more than one import takes, or "" when it is not."""
    if len(tables) > MOST_TABLES:
        return f"The file holds more than {MOST_TABLES} tables: keep the ones that belong to the playbook."
    if sum(len(table.rows) for table in tables) > MOST_ROWS:
        return f"The tables have more than {MOST_ROWS:,} rows together: split the file and bring in a part."
    if any(table.width > MOST_COLUMNS for table in tables):
        return f"A table has more than {MOST_COLUMNS} columns: delete those that are no part of the playbook."
    if sum(len(text) for table in tables for row in table.rows for text in row) > MOST_CHARACTERS:
        return (
            f"The tables hold more than {MOST_CHARACTERS:,} characters: split the file and bring in a part."
        )
    return ""
