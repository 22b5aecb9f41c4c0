# ruff: noqa: E501  (one case, one line: the markup reads best unbroken)
"""Edits in the places that are easily broken, and the self-check that stands behind every edit."""

import pytest

import redline
from redline import apply_text
from redline.package import Package
from redline.writer import Writer
from tests.redline.crafted import NAMESPACES, dele, docx, field, ins, pack, para, parts, run
from tests.redline.notation import doc

HALF = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def control(content: str, properties: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def text_box(choice: str, fallback: str) -> str:
    drawing = '<w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>'
    shape = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing.format(choice)}</mc:Choice><mc:Fallback>{shape.format(fallback)}</mc:Fallback></mc:AlternateContent></w:r>'


def refusal(data: bytes, *edits: dict) -> str:
    with pytest.raises(redline.Refused) as found:
        redline.apply(data, edits)
    assert found.value.message.endswith(".")
    return found.value.code


def settled(data: bytes, *, accept: bool) -> str:
    return redline.text(redline.resolve(data, accept_all=accept, reject_all=not accept))


@pytest.mark.parametrize(
    ("content", "start", "end", "code"),
    [
        (control(run("bound"), '<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>'), 0, 5, "data-bound"),
        (control(run("fixed"), '<w:lock w:val="sdtContentLocked"/>'), 0, 5, "locked"),
        ("<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:r><m:t>a+b</m:t></m:r></m:oMath>", 0, 3, "formula"),
    ],
    ids=["data-bound control", "locked control", "formula"],
)  # fmt: skip
def test_words_that_a_program_would_overwrite_or_guard_are_refused(content: str, start: int, end: int, code: str) -> None:  # fmt: skip
    data = docx(para(content), para("end"))
    assert refusal(data, {"block": "body:0", "start": start, "end": end, "text": "x"}) == code


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (run("pay ") + control(run("30 days"), "") + run(" net"), "w:sdtContent"),
        (run("pay ") + f'<w:hyperlink w:anchor="a">{run("30 days")}</w:hyperlink>' + run(" net"), "w:hyperlink"),
        (run("pay ") + f'<w:fldSimple w:instr=" REF a ">{run("30 days")}</w:fldSimple>' + run(" net"), "w:fldSimple"),
        (run("pay ") + field(" REF a ", "30 days") + run(" net"), "w:p"),
        (run("pay ") + ins(run("30 days")) + run(" net"), "w:ins"),
    ],
    ids=["control", "link", "simple field", "field result", "their insertion"],
)  # fmt: skip
def test_words_are_struck_and_put_inside_what_holds_them(content: str, where: str) -> None:
    data = docx(para(content), para("end"))
    done = redline.apply(data, [{"block": "body:0", "start": 4, "end": 6, "text": "90"}], author="Us").docx
    assert redline.text(done) == "pay 90 days net\nend\n"
    assert redline.text(redline.resolve(done, reject_all=True, author="Us")) == redline.text(data)
    root = Package(done).tree("word/document.xml")
    (struck,) = (node for node in root.iter("{*}del") if node.get(f"{{{root.nsmap['w']}}}author") == "Us")
    assert f"w:{struck.getparent().tag.rpartition('}')[2]}" == where


def test_both_renderings_of_a_text_box_change_together() -> None:
    box = text_box(para("Valid for 30 days."), para("Valid for 30 days."))
    data = docx(para(run("Host") + box), para("end"))
    block = next(b.id for b in redline.read(data).blocks if b.kind == "textbox")
    done = redline.apply(data, [{"block": block, "start": 10, "end": 12, "text": "60"}]).docx
    for accept, words in ((True, "Valid for 60 days."), (False, "Valid for 30 days.")):
        root = Package(redline.resolve(done, accept_all=accept, reject_all=not accept)).tree(
            "word/document.xml"
        )
        boxes = ["".join(t.text or "" for t in box.iter("{*}t")) for box in root.iter("{*}txbxContent")]
        assert boxes == [words, words]


def test_a_text_box_whose_renderings_differ_is_refused() -> None:
    data = docx(para(text_box(para("one"), para("two"))), para("end"))
    block = next(b.id for b in redline.read(data).blocks if b.kind == "textbox")
    assert refusal(data, {"block": block, "text": "x"}) == "alternate"


def test_a_paragraph_of_a_text_box_is_not_taken_away() -> None:
    data = docx(para(text_box(para("one"), para("one"))), para("end"))
    block = next(b.id for b in redline.read(data).blocks if b.kind == "textbox")
    assert refusal(data, {"op": "delete_block", "block": block}) == "textbox"
    assert refusal(data, {"op": "move_after", "block": "body:2", "after": block}) == "textbox"


CONTENTS = [
    para("before"),
    para(HALF.format("begin") + '<w:r><w:instrText> TOC </w:instrText></w:r>' + HALF.format("separate") + run("One 1")),
    para("Two 2"),
    para(run("Three 3") + HALF.format("end")),
    para("after"),
]  # fmt: skip


@pytest.mark.parametrize("lines", [[1], [3], [1, 2], [2, 3]])
@pytest.mark.parametrize("op", ["delete_block", "move_after"])
def test_a_part_of_a_field_does_not_go_without_the_rest(lines: list[int], op: str) -> None:
    edits = [{"op": op, "block": f"body:{line}", "after": "body:4"} for line in lines]
    assert refusal(docx(*CONTENTS), *edits) == "field"


def test_a_whole_field_goes_and_so_does_a_line_inside_it() -> None:
    for lines in ([1, 2, 3], [2]):
        done = redline.apply(
            docx(*CONTENTS), [{"op": "delete_block", "block": f"body:{n}"} for n in lines]
        ).docx
        kept = [t for n, t in enumerate(("before", "One 1", "Two 2", "Three 3", "after")) if n not in lines]
        assert settled(done, accept=True).splitlines() == kept
        assert settled(done, accept=False) == redline.text(docx(*CONTENTS))


def test_their_new_paragraph_struck_by_us_nests_and_comes_back() -> None:
    mark = '<w:rPr><w:ins w:id="7" w:author="Them" w:date="2026-03-01T10:00:00Z"/></w:rPr>'
    data = docx(para("one"), para(ins(run("new clause"), "Them"), mark), para("end"))
    done = redline.apply(data, [{"op": "delete_block", "block": "body:1"}], author="Us").docx
    assert redline.text(done) == "one\nend\n"
    assert redline.text(redline.resolve(done, reject_all=True, author="Us")) == "one\nnew clause\nend\n"
    assert redline.text(redline.resolve(done, reject_all=True)) == "one\nend\n"
    xml = Package(done).parts["word/document.xml"].decode()
    assert (
        xml.index("<w:ins ") < xml.index("<w:del ", xml.index("new clause") - 200) < xml.index("new clause")
    )


def test_after_a_split_block_edits_mean_the_paragraph_that_kept_its_end() -> None:
    edits = [
        {"op": "split", "block": "body:0", "start": 4},
        {"op": "insert_after", "block": "body:0", "text": "three"},
    ]
    done = redline.apply(doc("one two", "end"), edits).docx
    assert redline.text(done).splitlines() == ["one ", "two", "three", "end"]


def test_deleting_the_last_paragraph_under_one_that_runs_into_it_joins_nothing_else() -> None:
    data = doc("first", "second¶-", "the end")
    done = redline.apply(data, [{"op": "delete_block", "block": "body:2"}], author="Us").docx
    assert settled(done, accept=True) == "first\nsecond\n"
    assert redline.text(redline.resolve(done, reject_all=True, author="Us")) == redline.text(data)


@pytest.mark.parametrize(
    "edit",
    [
        {"op": "replace", "text": "x"},
        {"op": "delete_block"},
        {"op": "insert_after", "text": "x"},
        {"op": "row_delete"},
    ],
    ids=lambda edit: edit["op"],
)
def test_a_row_that_is_pending_to_go_is_left_alone(edit: dict) -> None:
    data = redline.apply(doc(["a | b", "c | d"], "end"), [{"op": "row_delete", "block": "body:0"}]).docx
    assert refusal(data, {"block": "body:1", **edit}) == "deleted-row"


def test_one_block_is_counted_in_one_view() -> None:
    data = docx(para(run("pay ") + dele("30") + ins(run("60")) + run(" days")), para("end"))
    one = {"block": "body:0", "start": 0, "end": 3, "text": "Pay"}
    two = {"block": "body:0", "start": 7, "end": 11, "text": "weeks", "view": "original"}
    assert refusal(data, one, two) == "bad-view"
    assert redline.text(redline.apply(data, [one]).docx) == "Pay 60 days\nend\n"
    assert redline.text(redline.apply(data, [two]).docx) == "pay 60 weeks\nend\n"


def test_edits_stay_within_their_story() -> None:
    content = parts(
        para("body"), extra={"word/header1.xml": f"<w:hdr {NAMESPACES}>{para('head')}{para('line')}</w:hdr>"}
    )
    edit = {"op": "move_after", "block": "body:0", "after": "header1:0"}
    assert refusal(pack(content), edit) == "cannot-move"


# -- the self-check
def test_words_marked_wrongly_are_found_and_the_paragraph_is_replaced_whole(monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    def forgets_to_delete(before: str, after: str) -> list:
        return [("same", 0, len(before), 0, 0), ("insert", len(before), len(before), 0, len(after))]

    monkeypatch.setattr(apply_text, "diff_spans", forgets_to_delete)
    data = doc("1. pay within **30** days", "other")
    done = redline.apply(data, [{"block": "body:0", "start": 11, "end": 13, "text": "90", "reason": "So."}])
    assert done.report["fallback"] is True
    assert settled(done.docx, accept=True) == "pay within 90 days\nother\n"
    assert settled(done.docx, accept=False) == redline.text(data)
    found = [(change.kind, change.text) for change in redline.changes(done.docx)]
    assert found == [("delete", "pay within 30 days"), ("insert", "pay within 90 days")]


def test_an_edit_that_was_right_says_so() -> None:
    assert (
        redline.apply(doc("pay 30 days"), [{"block": "body:0", "text": "pay 90 days"}]).report["fallback"]
        is False
    )


@pytest.mark.parametrize("name", ["flag_mark", "revision"])
def test_what_even_whole_paragraphs_do_not_mend_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A writer that forgets marks, or writes everything as an insertion: nothing leaves."""
    honest = Writer.revision
    broken = {
        "flag_mark": lambda self, paragraph, tag: None,
        "revision": lambda self, tag: honest(self, tag.replace("}del", "}ins")),
    }
    monkeypatch.setattr(Writer, name, broken[name])
    edits = [{"op": "insert_after", "block": "body:0", "text": "new"}, {"block": "body:1", "text": "other"}]
    assert refusal(doc("one", "two", "end"), *edits) == "self-check"


def test_what_stands_beside_an_edit_in_a_table_or_control_keeps_its_bytes() -> None:
    """Written as no parser writes it back: spaces in tags, single quotes, entities, empty elements."""
    odd = "<w:p ><w:r ><w:rPr ><w:b w:val = '1' /></w:rPr><w:t xml:space='preserve'>it&apos;s &#x41; </w:t></w:r ></w:p >"
    cell = "<w:tc><w:tcPr/>{}</w:tc>"
    rows = f"<w:tr >{cell.format(odd)}{cell.format(para('pay 30 days'))}</w:tr><w:tr>{cell.format(odd)}{cell.format('<w:p />')}</w:tr>"
    data = docx(control(odd + para("word") + odd, ""), f"<w:tbl><w:tblPr/>{rows}</w:tbl>", para("end"))
    edits = [{"block": "body:1", "text": "words"}, {"block": "body:4", "start": 4, "end": 6, "text": "60"}]
    done = redline.apply(data, edits).docx
    assert redline.text(done).splitlines()[1:5] == ["words", "it's A ", "it's A ", "pay 60 days"]
    before, after = (Package(one).parts["word/document.xml"].decode() for one in (data, done))
    assert before.count(odd) == after.count(odd) == 4
    assert after.count("<w:p />") == 1
    assert settled(done, accept=False) == redline.text(data)
