"""What each row of a table is, so that every row is accounted for: heading, section, issue, part, blank."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playbooks.importing.columns import (
    CATEGORY,
    GUIDANCE,
    IGNORE,
    ISSUE,
    POSITION,
    PREFERRED,
    PREFERRED_WORDING,
    WALK_AWAY,
    Columns,
    role_of,
)
from playbooks.importing.tables import Table

HEADING, SECTION, BLANK, ROW, PART, NOT_USED = "heading", "section", "blank", "row", "part", "not_used"
LONGEST_SECTION = 60
KINDS = (HEADING, SECTION, BLANK, ROW, PART, NOT_USED)


@dataclass(frozen=True)
class Cell:
    """A text with its place, counted from 1."""

    text: str
    row: int
    column: int


@dataclass(frozen=True)
class Line:
    """What one row is. `of` is the row of the issue that a part belongs to. Counted from 0."""

    row: int
    kind: str
    says: str = ""
    of: int | None = None


@dataclass
class SourceRow:
    """One issue of the table: its title, and for each role the cells that speak on it."""

    table: int
    row: int
    title: str
    category: str = ""
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    parts: list[int] = field(default_factory=list)

    @property
    def key(self) -> str:
        """How decisions name the row."""
        return f"{self.table}:{self.row}"

    def text(self, role: str) -> str:
        return "\n".join(cell.text for cell in self.cells.get(role, ()))

    def place(self, role: str) -> Cell | None:
        found = self.cells.get(role)
        return found[0] if found else None

    def add(self, role: str, cell: Cell) -> None:
        self.cells.setdefault(role, []).append(cell)

    @property
    def has_position(self) -> bool:
        return any(
            role in {PREFERRED, PREFERRED_WORDING} or role.startswith("fallback") for role in self.cells
        )


@dataclass(frozen=True)
class Sorted:
    """A table sorted: what every row is, and the issues."""

    lines: tuple[Line, ...]
    rows: tuple[SourceRow, ...]

    def count(self) -> Mapping[str, int]:
        return {kind: sum(line.kind == kind for line in self.lines) for kind in KINDS}


def sort_rows(table: Table, columns: Columns, index: int) -> Sorted:
    """Every row of a table as what it is. `index` is the table's place in the file."""
    lines: list[Line] = []
    rows: list[SourceRow] = []
    category = ""
    issue_at = columns.of(ISSUE)
    for row in range(len(table.rows)):
        found = list(table.distinct(row))
        if not found:
            lines.append(Line(row, BLANK))
        elif not issue_at:
            lines.append(Line(row, NOT_USED, found[0][1]))
        elif columns.header is not None and _is_heading(table, columns, row):
            lines.append(Line(row, HEADING, " · ".join(text for _, text in found)))
        elif _is_section(table, row, found):
            lines.append(Line(row, SECTION, found[0][1]))
            if len(found[0][1]) <= LONGEST_SECTION:  # a whole sentence introduces the rows, it names none
                category = " ".join(found[0][1].split())
        else:
            lines.append(_issue_line(table, columns, row, index, issue_at[0], category, rows))
    return Sorted(tuple(lines), tuple(rows))


def _is_heading(table: Table, columns: Columns, row: int) -> bool:
    """The row of headings, and the same headings again on the next page."""
    header = columns.header or 0
    return row == header or [table.cell(row, c) for c in range(table.width)] == [
        table.cell(header, c) for c in range(table.width)
    ]


def _is_section(table: Table, row: int, found: list[tuple[int, str]]) -> bool:
    """One text over the whole width; in a wide table also one text in the first column and nothing else."""
    if len(found) != 1:
        return False
    column = found[0][0]
    whole = table.width > 1 and all(
        table.origin(row, c) == table.origin(row, column) for c in range(table.width)
    )
    return whole or (column == 0 and table.width > 2 and table.origin(row, 0)[0] == row)


def _issue_line(
    table: Table, columns: Columns, row: int, index: int, issue: int, category: str, rows: list[SourceRow]
) -> Line:
    title = " ".join(table.cell(row, issue).split())
    above = rows[-1] if rows else None
    continues = above is not None and (
        table.origin(row, issue)[0] < row
        or not title
        or (bool(columns.of(POSITION)) and title == above.title)
    )
    if above is not None and continues:
        above.parts.append(row)
        _take(table, columns, row, above, first=False)
        return Line(row, PART, title or above.title, of=above.row)
    made = SourceRow(index, row, title, category)
    _take(table, columns, row, made, first=True)
    rows.append(made)
    return Line(row, ROW, title)


def _take(table: Table, columns: Columns, row: int, into: SourceRow, *, first: bool) -> None:
    """The cells of a row by their roles. Where a column names the position, the text beside it is that."""
    named = next((role_of(table.cell(row, column)) for column in columns.of(POSITION)), "")
    if named == "fallback":
        taken = len({role.partition(":")[2] for role in into.cells if role.startswith("fallback")})
        named = f"fallback:{taken + 1}"
    seen = {table.origin(row, column) for column in columns.of(ISSUE)}
    for column, role in enumerate(columns.roles):
        origin = table.origin(row, column)
        text = table.cell(row, column)
        if role in {ISSUE, IGNORE, POSITION} or not text or origin in seen or (not first and origin[0] < row):
            continue
        seen.add(origin)
        if role == CATEGORY:
            into.category = " ".join(text.split())
            continue
        into.add(_role_here(role, named, first=first), Cell(text, row + 1, column + 1))


def _role_here(role: str, named: str, *, first: bool) -> str:
    if named and role in {PREFERRED, PREFERRED_WORDING}:
        if role == PREFERRED or named == WALK_AWAY:
            return named
        return (
            named.replace("fallback", "fallback_wording")
            if named.startswith("fallback")
            else PREFERRED_WORDING
        )
    # A second line under a merged issue, with no word on which position it is, is read by people only.
    return role if first or named or role.startswith("fallback") else GUIDANCE
