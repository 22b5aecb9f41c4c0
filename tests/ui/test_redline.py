"""Contract text as HTML: real ins and del, sides, letters, highlights, tables."""

import html
import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.templatetags import _paper

PLAIN = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)
STATES = ("same", "inserted", "deleted", "moved_from", "moved_to", "silent_inserted", "silent_deleted")


@dataclass
class Piece:
    text: str
    state: str = "same"
    author: str = ""
    date: str | None = None
    change_id: str | None = None
    bold: bool = False


def words(markup: str, *, without: str = "") -> str:
    if without:
        markup = re.sub(rf"<{without}\b.*?</{without}>", "", markup, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def test_it_marks_a_word_diff() -> None:
    shown = _paper.render([("same", "the "), ("delete", "three"), ("insert", "twelve")])
    assert re.search(
        r"the <del class=\"ours\"[^>]*>three</del><ins class=\"ours follows\"[^>]*>twelve</ins>", shown
    )


def test_each_author_has_a_side_and_a_letter() -> None:
    shown = _paper.render(
        [Piece("a", "inserted", "Alice Lindqvist"), Piece("b", "inserted", "Edda Harbour")],
        sides={"Alice Lindqvist": "ours", "Edda Harbour": "theirs"},
    )
    assert 'class="ours" data-letter="AL"' in shown
    assert 'class="theirs follows" data-letter="EH"' in shown


def test_one_author_in_a_row_gets_one_letter() -> None:
    shown = _paper.render([Piece("a", "deleted", "Alice"), Piece("b", "inserted", "Alice")])
    assert re.findall(r'data-letter="(\w*)"', shown) == ["", "A"]


def test_a_letter_stands_at_the_last_word() -> None:
    shown = _paper.render([Piece("defend and ", "inserted", "Alice")])
    assert '<span data-letter="A">defend and</span> </ins>' in shown


def test_the_author_and_date_are_said() -> None:
    shown = _paper.render([Piece("a", "inserted", "Edda", date="2026-11-20T10:00:00Z")])
    assert 'title="Inserted by Edda on 2026-11-20"' in shown


def test_contract_text_is_never_markup() -> None:
    shown = _paper.render([Piece("<b onclick=x>&", "inserted", '"><script>')])
    assert "<b" not in shown
    assert "<script" not in shown


def test_a_highlight_holds_its_changes_in_one_span() -> None:
    pieces = [
        ("same", "shall not exceed the Fees "),
        ("delete", "paid"),
        ("insert", "payable"),
        ("same", " in it"),
    ]
    shown = _paper.render(pieces, highlights=[(17, 33, "f1", "high")])
    found = re.search(r'<span class="found high" data-mark="f1">(.*)</span> in it$', shown)
    assert found is not None
    assert words(found.group(1)) == "the Fees paidpayable"


@pytest.mark.parametrize(
    "place", [{"start": 0, "end": 3, "finding": "f", "severity": "low"}, (0, 3, "f", "low")]
)
def test_highlights_may_be_rows_or_dictionaries(place: object) -> None:
    assert '<span class="found low" data-mark="f">the</span> end' in _paper.render(
        [Piece("the end")], highlights=[place]
    )


def test_line_breaks_and_tabs_are_shown() -> None:
    assert _paper.render([Piece("a\vb\tc")]) == 'a<br>b<span class="tab">\t</span>c'


def test_a_page_break_is_not_drawn_but_keeps_its_place():
    assert _paper.render([Piece("a\fb")]) == "a\u200bb"


def test_looks_are_kept() -> None:
    assert _paper.render([Piece("a", bold=True)]) == '<span class="t-bold">a</span>'


@given(st.lists(st.tuples(st.sampled_from(STATES), PLAIN, st.sampled_from(["", "Al", "Bo B"]))), st.data())
def test_without_del_it_reads_as_accepted_and_without_ins_as_original(
    rows: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    pieces = [Piece(text, state, author) for state, text, author in rows]
    accepted = "".join(piece.text for piece in pieces if piece.state not in _paper._GONE)
    original = "".join(
        piece.text for piece in pieces if piece.state not in {"inserted", "moved_to", "silent_inserted"}
    )
    start = data.draw(st.integers(0, len(accepted)))
    end = data.draw(st.integers(start, len(accepted)))
    shown = _paper.render(pieces, highlights=[(start, end, "f", "high")])
    assert words(shown, without="del") == accepted
    assert words(shown, without="ins") == original


def test_cells_of_one_table_stand_together() -> None:
    blocks = [
        {"id": "a", "table": None},
        *({"id": f"{r}{c}", "table": (0, r, c)} for r in (0, 1) for c in (0, 1)),
    ]
    blocks += [
        {"id": "again", "table": (0, 1, 1)},
        {"id": "other", "table": (1, 0, 0)},
        {"id": "z", "table": None},
    ]
    groups = _paper.grouped(blocks)
    assert [group.block["id"] if group.block else "table" for group in groups] == ["a", "table", "table", "z"]
    assert [[[one["id"] for one in cell] for cell in row] for row in groups[1].rows] == [
        [["00"], ["01"]],
        [["10"], ["11", "again"]],
    ]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Alice Lindqvist", "AL"),
        ("Bo", "B"),
        ("Ana de la Cruz", "AC"),
        ("edda@harbour.example", "EH"),
        ("", ""),
        ("– –", ""),
    ],
)
def test_letters_of_a_name(name: str, letters: str) -> None:
    assert _paper.letters(name) == letters
