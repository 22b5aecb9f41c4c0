# ruff: noqa: E501  (one case, one line: the markup reads best unbroken)
"""Silent differences: every planted one is found, an honest return raises no alarm."""

import io
import random
import re
import subprocess
import zipfile
from collections.abc import Callable

import pytest

from redline.deciding import resolve
from redline.silent import untracked
from tests.redline.crafted import (
    NAMESPACES,
    dele,
    field,
    ins,
    pack,
    para,
    parts,
    run,
    style,
    styles,
)
from tests.shared import SHARED, needs_shared

OURS = {"author": "Our Counsel", "date": "2026-02-01T09:00:00Z"}
NUMBERING = (
    f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
)
LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
FOOTNOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def contract() -> dict[str, str | bytes]:
    """What we sent: two pending changes of ours, a list, a table, a header, a footer, a footnote, a link, a comment."""
    pending = (
        run("Customer shall pay within ")
        + dele("30", **OURS, number=1)
        + ins(run("sixty"), **OURS, number=2)
        + run(" days of receipt.")
    )
    return parts(
        para("MUTUAL SERVICES AGREEMENT"),
        para("This Agreement is made between Northwind Ltd and Contoso GmbH."),
        para(pending),
        para("Supplier shall indemnify Customer against claims.", LIST),
        para("Liability shall not exceed EUR 500,000 in aggregate.", LIST),
        para("Neither party may assign this Agreement.", LIST),
        "<w:tbl><w:tblPr/>" + "".join(f"<w:tr><w:tc><w:tcPr/>{para(a)}</w:tc><w:tc><w:tcPr/>{para(b)}</w:tc></w:tr>" for a, b in (("Service", "Fee"), ("Support", "EUR 1,000"))) + "</w:tbl>",
        para(run("See our ") + f'<w:hyperlink r:id="h1">{run("terms")}</w:hyperlink>' + run(" for details.")),
        para(run("Notices are governed by Section ") + field("REF _Ref1 \\h", "8") + run(".") + FOOTNOTE),
        para('<w:commentRangeStart w:id="0"/>' + run("Governing law is Irish law.") + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'),
        rels=(("h1", "hyperlink", "https://example.org/terms", True),),
        extra={
            "word/styles.xml": styles(style("Ghost", "<w:vanish/>"), style("Big", '<w:sz w:val="40"/>')),
            "word/numbering.xml": NUMBERING,
            "word/header1.xml": f"<w:hdr {NAMESPACES}>{para('Draft of 1 March 2026')}</w:hdr>",
            "word/footer1.xml": f"<w:ftr {NAMESPACES}>{para(run('Page ') + field('PAGE', '1'))}</w:ftr>",
            "word/footnotes.xml": f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{para("Notice period is ten days.")}</w:footnote></w:footnotes>',
            "word/comments.xml": f'<w:comments {NAMESPACES}><w:comment w:id="0" w:author="Our Counsel" w:date="2026-02-01T09:00:00Z">{para("We need this.")}</w:comment></w:comments>',
            "word/settings.xml": f"<w:settings {NAMESPACES}><w:trackRevisions/></w:settings>",
        },
    )  # fmt: skip


SENT = pack(contract())
Edit = tuple[str, str, str]  # part, old markup, new markup


def returned(*edits: Edit) -> bytes:
    content = contract()
    for part, old, new in edits:
        before = str(content[part])
        assert before.count(old) >= 1, (part, old)
        content[part] = before.replace(old, new, 1)
    return pack(content)


def kinds(data: bytes, severity: str = "substantive") -> set[str]:
    return {item.kind for item in untracked(SENT, data) if item.severity == severity}


BODY = "word/document.xml"


def look(words: str, properties: str) -> Edit:
    return BODY, run(words), run(words, properties)


SILENT: list[tuple[Edit, str]] = [
    ((BODY, "500,000", "800,000"), "text"),
    ((BODY, "500,000", "500.000"), "text"),
    ((BODY, "shall not exceed", "shall exceed"), "text"),
    ((BODY, "Neither party may", "Either party may"), "text"),
    ((BODY, "EUR 1,000", "EUR 9,000"), "text"),
    ((BODY, "Irish", "Scots"), "text"),
    ((BODY, "Customer shall pay", "Customer may pay"), "text"),
    ((BODY, " days of receipt", " days of invoice"), "text"),
    ((BODY, " days of receipt.", " days of receipt or later."), "text"),
    ((BODY, "Northwind Ltd", "Northwind LLC"), "text"),
    ((BODY, "claims.", "claims, if any."), "text"),
    ((BODY, run("MUTUAL SERVICES AGREEMENT"), run("MUTUAL ") + run("SERVICE AGREEMENT")), "text"),
    ((BODY, para("This Agreement is made between Northwind Ltd and Contoso GmbH."), ""), "text_removed"),
    ((BODY, para("Neither party may assign this Agreement.", LIST), ""), "text_removed"),
    ((BODY, para("MUTUAL SERVICES AGREEMENT"), para("MUTUAL SERVICES AGREEMENT") + para("Exclusivity applies.")), "text_added"),
    ((BODY, "<w:tbl>", para("Fees rise by 10% a year.") + "<w:tbl>"), "text_added"),
    ((BODY, f"<w:tr><w:tc><w:tcPr/>{para('Support')}</w:tc><w:tc><w:tcPr/>{para('EUR 1,000')}</w:tc></w:tr>", ""), "text_removed"),
    ((BODY, "</w:tr></w:tbl>", f"</w:tr><w:tr><w:tc><w:tcPr/>{para('Travel')}</w:tc><w:tc><w:tcPr/>{para('EUR 50')}</w:tc></w:tr></w:tbl>"), "text_added"),
    ((BODY, "</w:tr></w:tbl>", f"</w:tr><w:tr><w:tc><w:tcPr/>{para('')}</w:tc></w:tr></w:tbl>"), "table"),
    (("word/header1.xml", "1 March", "1 May"), "text"),
    (("word/header1.xml", "</w:hdr>", para("Confidential to Contoso") + "</w:hdr>"), "text_added"),
    (("word/header1.xml", para("Draft of 1 March 2026"), para("")), "text_removed"),
    (("word/footer1.xml", "Page ", "Final page "), "text"),
    (("word/footnotes.xml", "ten days", "two days"), "text"),
    (("word/footnotes.xml", para("Notice period is ten days."), para("")), "text_removed"),
    (look("Supplier shall indemnify Customer against claims.", "<w:strike/>"), "formatting"),
    (look("Supplier shall indemnify Customer against claims.", "<w:dstrike/>"), "formatting"),
    (look("Supplier shall indemnify Customer against claims.", "<w:vanish/>"), "formatting"),
    (look("Supplier shall indemnify Customer against claims.", '<w:rStyle w:val="Ghost"/>'), "formatting"),
    (look("Supplier shall indemnify Customer against claims.", '<w:vertAlign w:val="superscript"/>'), "formatting"),
    (look("Supplier shall indemnify Customer against claims.", "<w:caps/>"), "formatting"),
    (look("Supplier shall indemnify Customer against claims.", '<w:color w:val="FFFFFF"/>'), "invisible_colour"),
    (look("Supplier shall indemnify Customer against claims.", '<w:sz w:val="2"/>'), "tiny_text"),
    (look("Supplier shall indemnify Customer against claims.", '<w:w w:val="1"/>'), "tiny_text"),
    ((BODY, '<w:p><w:commentRangeStart', '<w:p><w:pPr><w:framePr w:x="-30000"/></w:pPr><w:commentRangeStart'), "off_page"),
    ((BODY, para("Liability shall not exceed EUR 500,000 in aggregate.", LIST), para("Liability shall not exceed EUR 500,000 in aggregate.")), "numbering"),
    ((BODY, para("Liability shall not exceed EUR 500,000 in aggregate.", LIST), para("Liability shall not exceed EUR 500,000 in aggregate.", LIST.replace('numId w:val="1"', 'numId w:val="2"'))), "numbering"),
    (("word/numbering.xml", 'w:start w:val="1"', 'w:start w:val="4"'), "numbering"),
    (("word/numbering.xml", '"decimal"', '"upperRoman"'), "numbering"),
    (("word/_rels/document.xml.rels", "https://example.org/terms", "https://evil.example/terms"), "link"),
    ((BODY, "REF _Ref1 \\h", "DOCPROPERTY Fee"), "field"),
    ((BODY, run("terms"), field("DATE", "terms")), "field"),
    ((BODY, "Contoso GmbH", "Cont\u043eso GmbH"), "text"),
    ((BODY, "aggregate", "aggre\u200bgate"), "text"),
    ((BODY, run("See our "), run("See our ") + '<w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r>'), "picture"),
    ((BODY, run("sixty"), run("ninety")), "our_change_altered"),
    ((BODY, run("sixty"), run("sixty (60) or more")), "our_change_altered"),
    ((BODY, '<w:ins w:id="2" w:author="Our Counsel"', '<w:ins w:id="2" w:author="Dana"'), "revision_author"),
    ((BODY, '<w:del w:id="1" w:author="Our Counsel"', '<w:del w:id="1" w:author="Dana"'), "revision_author"),
    ((BODY, 'w:author="Our Counsel" w:date="2026-02-01T09:00:00Z"><w:r><w:t xml:space="preserve">sixty', 'w:author="Our Counsel" w:date="2025-06-01T09:00:00Z"><w:r><w:t xml:space="preserve">sixty'), "revision_date"),
    ((BODY, run("MUTUAL SERVICES AGREEMENT"), run("MUTUAL SERVICES AGREEMENT") + ins(run(" (EXCLUSIVE)"), "Our Counsel", "2025-01-01T00:00:00Z", 77)), "revision_date"),
    ((BODY, "<w:delText xml:space=\"preserve\">30</w:delText>", "<w:delText xml:space=\"preserve\">45</w:delText>"), "text"),
    ((BODY, run("MUTUAL SERVICES AGREEMENT"), run("MUTUAL SERVICES AGREEMENT") + dele(" WITHOUT WARRANTY", number=78)), "text"),
    (("word/comments.xml", "We need this.", "We can drop this."), "comment_changed"),
]  # fmt: skip
TYPESETTING: list[tuple[Edit, str]] = [
    ((BODY, "Northwind Ltd and", "Northwind  Ltd and"), "typography"),
    ((BODY, "EUR 500,000", "EUR\u00a0500,000"), "typography"),
    (look("MUTUAL SERVICES AGREEMENT", "<w:b/>"), "formatting"),
    (look("MUTUAL SERVICES AGREEMENT", '<w:sz w:val="40"/>'), "formatting"),
    (look("MUTUAL SERVICES AGREEMENT", '<w:color w:val="FF0000"/>'), "formatting"),
    ((BODY, para("MUTUAL SERVICES AGREEMENT"), para("MUTUAL SERVICES AGREEMENT", '<w:pStyle w:val="Big"/>')), "formatting"),
    ((BODY, run("8"), run("9")), "field_result"),
    ((BODY, para("MUTUAL SERVICES AGREEMENT"), para("MUTUAL SERVICES AGREEMENT") + para("")), "blank_paragraph"),
    (("word/comments.xml", re.search(r"<w:comment .*</w:comment>", str(contract()["word/comments.xml"]))[0], ""), "comment_removed"),
    (("word/settings.xml", "<w:trackRevisions/>", ""), "settings"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "kind"), SILENT, ids=lambda value: value if isinstance(value, str) else None
)
def test_a_silent_edit_is_found(edit, kind):
    found = [item for item in untracked(SENT, returned(edit)) if item.severity == "substantive"]
    assert kind in {item.kind for item in found}
    assert all(item.why.endswith(".") for item in found)


@pytest.mark.parametrize(
    ("edit", "kind"), TYPESETTING, ids=lambda value: value if isinstance(value, str) else None
)
def test_typesetting_is_told_as_noise(edit, kind):
    data = returned(edit)
    assert kinds(data) == set()
    assert kind in kinds(data, "noise")


def test_the_difference_says_where_and_what():
    (found,) = untracked(SENT, returned((BODY, "500,000", "800,000")))
    assert found.block == "body:4"
    assert "500,000" in found.before
    assert "800,000" in found.after
    assert "number" in found.why


def test_the_same_bytes_have_no_difference():
    assert untracked(SENT, SENT) == ()
    assert untracked(SENT, returned()) == ()


@pytest.mark.parametrize(
    "edit",
    [
        (BODY, run("MUTUAL SERVICES AGREEMENT"), dele("MUTUAL", number=70) + ins(run("MASTER"), number=71) + run(" SERVICES AGREEMENT")),
        (BODY, "<w:tbl>", f'<w:p><w:pPr><w:rPr><w:ins w:id="72" w:author="Dana"/></w:rPr></w:pPr>{ins(run("New clause."), number=73)}</w:p><w:tbl>'),
        (BODY, ins(run("sixty"), **OURS, number=2), ins(dele("sixty", number=74), **OURS, number=2) + ins(run("forty"), number=75)),
        (BODY, "<w:tr>", '<w:tr><w:trPr><w:del w:id="76" w:author="Dana"/></w:trPr>'),
        (BODY, run("MUTUAL SERVICES AGREEMENT"), run("MUTUAL SERVICES AGREEMENT", '<w:b/><w:rPrChange w:id="79" w:author="Dana"><w:rPr/></w:rPrChange>')),
        (BODY, "MUTUAL SERVICES AGREEMENT", "MUTUAL </w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r w:rsidR=\"00AA00AA\"><w:t>SERVICES AGREEMENT"),
    ],
    ids=["word", "paragraph", "inside ours", "row", "format", "run split"],
)  # fmt: skip
def test_a_tracked_change_of_theirs_is_no_silent_one(edit):
    assert untracked(SENT, returned(edit)) == ()


@pytest.mark.parametrize(
    ("how", "kind"), [("accept_all", "our_change_accepted"), ("reject_all", "our_change_rejected")]
)
def test_our_changes_settled_without_saying_are_their_own_kind(how, kind):
    data = resolve(SENT, **{how: True})
    assert kinds(data) == set()
    assert kinds(data, "noise") == {kind}


def test_a_decoy_tracked_change_does_not_hide_the_silent_one():
    decoy = (
        BODY,
        run("MUTUAL SERVICES AGREEMENT"),
        run("MUTUAL SERVICES AGREEMENT") + ins(run("!"), number=80),
    )
    assert kinds(returned(decoy, (BODY, "500,000", "800,000"))) == {"text"}


# -- planted in real forms ---------------------------------------------------------------------------------------

FORMS = [SHARED / "data" / "docx" / f"{name}.docx" for name in ("common-paper-mutual-nda", "openagreements-founder-ip-confidentiality-confirmation", "openagreements-employment-offer-letter", "common-paper-term-sheet")]  # fmt: skip
TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]{12,})(</w:t>)")


def change_word(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    at = chance.choice([place for place, word in enumerate(words) if len(word) > 2])
    words[at] = "silently"
    return " ".join(words)


def drop_word(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    del words[chance.choice([place for place, word in enumerate(words) if len(word) > 2])]
    return " ".join(words)


def insert_not(text: str, chance: random.Random) -> str:
    at = text.index(" ", 1)
    return text[:at] + " not" + text[at:]


def change_digit(text: str, chance: random.Random) -> str:
    return text + " 17"


PLANTS: list[Callable[[str, random.Random], str]] = [change_word, drop_word, insert_not, change_digit]


def plant_text(data: bytes, plant: Callable[[str, random.Random], str], seed: int) -> bytes:
    chance = random.Random(seed)

    def replace(xml: str) -> str:
        spots = [
            m for m in TEXT.finditer(xml) if " " in m[2].strip() and len(m[2].split()) > 2 and "&" not in m[2]
        ]
        spot = chance.choice(spots)
        return xml[: spot.start(2)] + plant(spot[2], chance) + xml[spot.end(2) :]

    return edited(data, replace)


def edited(data: bytes, change: Callable[[str], str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    content["word/document.xml"] = change(content["word/document.xml"].decode()).encode()
    return pack(content)


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_words_planted_in_a_real_form_are_found(path, plant):
    data = path.read_bytes()
    for seed in range(4):
        found = untracked(data, plant_text(data, plant, seed))
        assert len([item for item in found if item.severity == "substantive"]) == 1, (seed, found)


@needs_shared
@pytest.mark.shared
def test_the_silent_pair_of_the_nasty_set_is_found():
    folder = SHARED / "testdata" / "nasty" / "crafted"
    (found,) = untracked(
        (folder / "silent-edit-base.docx").read_bytes(), (folder / "silent-edit-changed.docx").read_bytes()
    )
    assert (found.kind, found.severity) == ("text", "substantive")
    assert "30" in found.before
    assert "80" in found.after


@needs_shared
@pytest.mark.shared
@pytest.mark.libreoffice
@pytest.mark.slow
def test_an_honest_return_saved_by_libreoffice_raises_no_alarm(tmp_path):
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
    ]
    (tmp_path / "out").mkdir()
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "out"), *map(str, FORMS)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    for path in FORMS:
        found = untracked(path.read_bytes(), (tmp_path / "out" / path.name).read_bytes())
        assert [item for item in found if item.severity == "substantive"] == [], path.name
