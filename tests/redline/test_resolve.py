"""Settling tracked changes: gold files, single decisions, authors, refusals."""

import random
import re

import pytest

import redline
from redline.package import Package
from tests.redline.gold import FILES, WAYS, differences
from tests.redline.notation import doc, document, package
from tests.redline.pairs import tool
from tests.shared import needs_shared

# a whole moved paragraph: the gold files keep an empty paragraph where its mark stood, we drop it
KNOWN = {("RP015-MoveFrom-MoveTo", "Accepted"), ("RP015-MoveFrom-MoveTo", "Rejected")}


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("way", WAYS)
def test_gold_files_settle_to_their_authors_result(path, way: str) -> None:
    assert bool(list(differences(path, way))) == ((path.stem, way) in KNOWN)


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("accept", [True, False])
def test_gold_files_settle_one_by_one_in_any_order(path, accept: bool) -> None:
    data = path.read_bytes()
    at_once = redline.resolve(data, accept_all=accept, reject_all=not accept)
    pending = [change.id for change in redline.changes(data) if change.kind != "comment"]
    random.Random(7).shuffle(pending)
    for change in pending:
        data = redline.resolve(data, accept=[change]) if accept else redline.resolve(data, reject=[change])
    checker = tool("redline_check")
    assert checker.stories(checker.Pkg(data)) == checker.stories(checker.Pkg(at_once))
    assert checker.Reader(checker.Pkg(data)).tables() == checker.Reader(checker.Pkg(at_once)).tables()


def test_changes_are_listed_with_author_place_and_words() -> None:
    found = redline.changes(doc("pay [-30-][+90+] days", "and ¶-", "so on"))
    assert [(c.kind, c.way, c.author, c.block, c.text) for c in found] == [
        ("delete", "delete", "Them", "body:0", "30"),
        ("insert", "insert", "Them", "body:0", "90"),
        ("paragraph-mark", "delete", "Them", "body:1", ""),
    ]


def test_one_change_is_settled_and_the_others_stay() -> None:
    data = doc("pay [-30-][+90+] days")
    first, second = (change.id for change in redline.changes(data))
    data = redline.resolve(data, reject=[first], accept=[second])
    assert redline.text(data) == "pay 3090 days\n"  # both decisions were asked for
    assert redline.changes(data) == ()


def test_one_authors_changes_are_settled_alone() -> None:
    data = doc("pay [-30-][+90+] days")
    ours = redline.apply(data, [{"block": "body:0", "start": 0, "end": 3, "text": "Pay"}], author="Us").docx
    settled = redline.resolve(ours, accept_all=True, author="Us")
    assert {change.author for change in redline.changes(settled)} == {"Them"}
    assert redline.text(settled, view="original") == "Pay 30 days\n"


def test_a_change_already_settled_is_left_alone() -> None:
    data = doc("pay [-30-] days")
    change = redline.changes(data)[0].id
    once = redline.resolve(data, accept=[change])
    assert redline.text(redline.resolve(once, accept=[change])) == "pay  days\n"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "nothing-to-do"),
        ({"accept_all": True, "reject_all": True}, "both-ways"),
        ({"accept": ["body:1"], "reject": ["body:1"]}, "both-ways"),
        ({"accept": ["nonsense"]}, "bad-id"),
    ],
)
def test_an_unclear_request_is_refused(asked: dict, code: str) -> None:
    with pytest.raises(redline.Refused) as refusal:
        redline.resolve(doc("x"), **asked)
    assert refusal.value.code == code


def test_a_cell_that_took_in_deleted_ones_spans_their_columns() -> None:
    """Word notes its new width, not the columns; a row cells were only shifted out of stays shorter."""
    for width, span in ((6000, "3"), (2000, None)):
        cell = '<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/>{}</w:tcPr><w:p/></w:tc>'
        gone = '<w:cellDel w:id="{}" w:author="Them"/>'
        row = cell.format(width, "") + "".join(cell.format(2000, gone.format(n)) for n in (1, 2))
        grid = '<w:gridCol w:w="2000"/>' * 3
        table = f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid><w:tr>{row}</w:tr></w:tbl><w:p/>"
        data = package({"word/document.xml": document(table)})
        xml = Package(redline.resolve(data, accept=["body:2", "body:1"])).parts["word/document.xml"].decode()
        assert re.findall(r'gridSpan w:val="(.*?)"', xml) == ([span] if span else [])
        assert xml.count("<w:tc>") == 1
