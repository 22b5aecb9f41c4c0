"""What a comparison marks in each trap: the change and nothing else, in the markup Word has for it."""

import pytest

import redline
from redline.selfcheck import story_texts
from tests.redline.traps import FEES, LAW, SECRET, TERM, trap_pairs

# name of the trap -> (kind, way, text) of every change the comparison writes
MARKED = {
    # changes of look are property changes, no words are marked
    "formatting-and-style-change-alone": [
        ("format", "", FEES),
        ("format", "", TERM),
        ("format", "", "govern this agreemen"),
    ],
    "toggles-switched-off-in-a-bold-style": [("format", "", FEES), ("format", "", TERM), ("format", "", LAW)],
    "list-level-changes": [("format", "", TERM), ("format", "", LAW)],
    # splits and merges are paragraph marks
    "merge-that-needs-a-space": [("paragraph-mark", "delete", ""), ("insert", "insert", " ")],
    "split-that-drops-a-space": [("paragraph-mark", "insert", ""), ("delete", "delete", " ")],
    "split-round-a-new-paragraph": [
        ("paragraph-mark", "insert", ""),
        ("delete", "delete", " "),
        ("paragraph-mark", "insert", ""),
        ("insert", "insert", SECRET),
    ],
    # tables: rows, cells, columns
    "a-column-is-added": [("cell", "insert", "Unit"), ("cell", "insert", "seat")],
    "a-column-is-removed": [("cell", "delete", "Unit"), ("cell", "delete", "seat")],
    "a-table-goes-between-two-paragraphs": [("row", "delete", "ItemPrice"), ("row", "delete", "Licence100")],
    "control-round-a-row": [("delete", "delete", "900"), ("insert", "insert", "950")],
    # words inside containers
    "inline-control-one-word": [("delete", "delete", "Northern"), ("insert", "insert", "Southern")],
    "text-box-one-word": [("delete", "delete", "bank"), ("insert", "insert", "wire")],
    "apostrophe-only": [("delete", "delete", "'"), ("insert", "insert", "’")],
    "amounts-and-references": [
        ("delete", "delete", "4.1(b)"),
        ("insert", "insert", "4.2(b)"),
        ("delete", "delete", "1,000,000.00"),
        ("insert", "insert", "1,500,000.00"),
        ("delete", "delete", "150%"),
        ("insert", "insert", "125%"),
    ],
    # what counts for nothing is not marked
    "runs-split-by-nothing-that-counts": [("delete", "delete", "two"), ("insert", "insert", "three")],
    "style-known-by-its-name": [("delete", "delete", "thirty"), ("insert", "insert", "sixty")],
    "strict-against-transitional": [("delete", "delete", "thirty"), ("insert", "insert", "sixty")],
    "moved-paragraph-with-a-bookmark-and-a-paragraph-id": [("move", "delete", SECRET)],
}


@pytest.mark.parametrize("name", sorted(MARKED))
def test_only_the_change_is_marked(name: str) -> None:
    old, new = trap_pairs()[f"trap-{name}"]
    changes = redline.changes(redline.compare(old, new).docx)
    assert [(change.kind, change.way, change.text) for change in changes] == MARKED[name]


def test_a_field_keeps_its_result_when_only_its_instruction_changes() -> None:
    old, new = trap_pairs()["trap-field-result-and-field-instruction"]
    docx = redline.compare(old, new).docx
    assert redline.text(docx, view="current").splitlines()[0] == "See clause 4 for the fees."
    xml = redline.package.Package(docx).parts["word/document.xml"].decode()
    assert "_Ref1" in xml.split("<w:del ")[1].split("</w:del>")[0]
    assert "_Ref2" in xml.split("<w:ins ")[1].split("</w:ins>")[0]


def test_page_setup_is_a_property_change() -> None:
    old, new = trap_pairs()["trap-page-setup-changes"]
    assert {change.kind for change in redline.changes(redline.compare(old, new).docx)} == {"format"}


def test_a_footer_the_last_section_comes_to_inherit_keeps_its_words() -> None:
    """The reference cannot go, so it must show what the section before shows, not nothing."""
    old, new = trap_pairs()["trap-last-section-inherits-its-footer"]
    done = redline.compare(old, new)
    assert done.report["problems"] == []
    accepted = redline.package.Package(redline.resolve(done.docx, accept_all=True))
    shown = story_texts(accepted)["headers"]
    assert shown == ["Terms of May", "Cover page", "Terms of May", "Annex"]
