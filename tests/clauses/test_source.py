"""Word blocks as lines: numbers, bold lead-ins, tables, joined and vanished paragraphs."""

from types import SimpleNamespace

from clauses import analyse


def piece(text, *, bold=False, state="same"):
    return SimpleNamespace(text=text, bold=bold, underline=False, state=state)


def block(
    name,
    text,
    *,
    number="",
    cell=None,
    joins="line",
    pieces=None,
    style="Normal",
    part="body",
    kind="paragraph",
):
    return SimpleNamespace(
        id=name, text=text, number=number, table=cell, accepted_as=joins, level=None,
        style=style, part=part, kind=kind, pieces=pieces or (piece(text),),
    )  # fmt: skip


def document(*blocks):
    """What the reading room asks of ``redline.Document``."""
    text, starts = "", {}
    for one in blocks:
        starts[one.id] = len(text)
        if one.accepted_as != "gone":
            text += one.text + ("\n" if one.accepted_as == "line" else "")
    return SimpleNamespace(blocks=blocks, text=text, start_of=starts.__getitem__)


def test_computed_numbers_make_the_tree():
    analysis = analyse(
        document(
            block("b0", "Fees", number="4."),
            block("b1", "Pay.", number="4.1"),
            block("b2", "now", number="(a)"),
        )
    )
    assert [(c.path, c.depth, c.blocks) for c in analysis.clauses] == [
        ("4", 0, ("b0", "b1", "b2")),
        ("4.1", 1, ("b1", "b2")),
        ("4.1(a)", 2, ("b2",)),
    ]


def test_a_bold_lead_in_is_a_heading_and_a_bold_term_is_none():
    pieces = (piece("Late Payment", bold=True), piece(". Interest is due."))
    term = (piece("Customer", bold=True), piece(" will pay all of the fees."))
    analysis = analyse(
        document(
            block("b0", "Late Payment. Interest is due.", number="1.", pieces=pieces),
            block("b1", "Customer will pay all of the fees.", number="2.", pieces=term),
        )
    )
    assert [c.heading for c in analysis.clauses] == ["Late Payment", ""]


def test_paragraphs_joined_by_a_deleted_mark_are_one_clause_with_both_blocks():
    analysis = analyse(
        document(
            block("b0", "Payment is due ", number="1.", joins="joined"),
            block("gone", "", joins="gone"),
            block("b1", "within 30 days."),
            block("b2", "Notices are in writing.", number="2."),
        )
    )
    first, second = analysis.clauses
    assert analysis.quote(first) == "Payment is due within 30 days."
    assert first.blocks == ("b0", "b1")
    assert analysis.quote(second) == "Notices are in writing."
    assert [f.quote for f in analysis.facts] == ["30 days"]


def test_a_cover_row_is_a_key_term_with_label_and_value():
    analysis = analyse(
        document(
            block("b0", "Governing Law", cell=(0, 0, 0)),
            block("b1", "The State of Ohio", cell=(0, 0, 1)),
            block("b2", "Signature", cell=(1, 0, 0)),
            block("b3", "", cell=(1, 0, 1)),
        )
    )
    assert analysis.key_term("governing law").value == "The State of Ohio"
    assert [(f.value, f.label) for f in analysis.facts if f.kind == "jurisdiction"] == [
        ("Ohio", "Governing Law")
    ]
    assert [c.kind for c in analysis.clauses] == ["key_term", "signature"]


def test_headers_and_notes_open_no_clause_but_their_values_are_read():
    analysis = analyse(
        document(block("b0", "Draft of 3 May 2024", part="header1", kind="header"), block("b1", "It is so."))
    )
    assert [c.blocks for c in analysis.clauses] == [("b1",)]
    assert [f.value for f in analysis.facts] == ["2024-05-03"]
