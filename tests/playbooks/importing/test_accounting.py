"""Whatever a table looks like, every row is something and no text of a used column is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from playbooks.importing.columns import ISSUE, ROLES, Columns, recognise
from playbooks.importing.lines import HEADING, PART, ROW, sort_rows
from playbooks.importing.proposing import positions_of, propose
from playbooks.importing.tables import Table

WORDS = st.sampled_from(
    [
        "",
        "",
        "Issue",
        "Preferred",
        "Fallback",
        "Payment",
        "Governing law",
        "45 days",
        "New York",
        "None",
        "Legal",
        "High",
    ]
)


@st.composite
def tables(draw):
    width, height = draw(st.integers(1, 5)), draw(st.integers(1, 7))
    rows = [[draw(WORDS) for _ in range(width)] for _ in range(height)]
    areas = []
    for _ in range(draw(st.integers(0, 2))):
        top, left = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        bottom, right = draw(st.integers(top, height - 1)), draw(st.integers(left, width - 1))
        for r in range(top, bottom + 1):
            for c in range(left, right + 1):
                if (r, c) != (top, left):
                    rows[r][c] = ""
        areas.append((top, left, bottom, right))
    return Table("Table 1", tuple(map(tuple, rows)), tuple(areas))


@st.composite
def read(draw):
    table = draw(tables())
    if draw(st.booleans()):
        return table, recognise(table)
    roles = [draw(st.sampled_from([role for role in ROLES if role != ISSUE])) for _ in range(table.width)]
    roles[draw(st.integers(0, table.width - 1))] = ISSUE
    return table, Columns(tuple(roles), draw(st.sampled_from([None, 0])), sure=True)


@settings(max_examples=80, deadline=None)
@given(read())
def test_every_row_is_exactly_one_thing(case):
    table, columns = case
    found = sort_rows(table, columns, 0)
    assert [line.row for line in found.lines] == list(range(len(table.rows)))
    assert [row.row for row in found.rows] == [line.row for line in found.lines if line.kind == ROW]
    parts = {part: row.row for row in found.rows for part in row.parts}
    assert parts == {line.row: line.of for line in found.lines if line.kind == PART}
    assert columns.header is None or columns.header not in {
        line.row for line in found.lines if line.kind == ROW
    }
    assert all(line.says or line.kind != HEADING for line in found.lines)


@settings(max_examples=80, deadline=None)
@given(read())
def test_no_text_of_a_used_column_is_lost(case):
    table, columns = case
    for row in sort_rows(table, columns, 0).rows:
        kept = {cell.text for cells in row.cells.values() for cell in cells} | {row.category, row.title}
        for column, role in enumerate(columns.roles):
            if role not in {"ignore", "category", "position"}:
                text = table.cell(row.row, column)
                assert not text or text in kept


@settings(max_examples=25, deadline=None)
@given(read())
def test_any_row_can_be_proposed(case):
    table, columns = case
    for row in sort_rows(table, columns, 0).rows:
        found = propose(row, side="customer")
        assert len(found.options) == len(found.decision.rungs) == len(positions_of(row))
        assert found.decision.title
