# ruff: noqa: E501  (one case, one line: the markup reads best unbroken)
"""What the gate says about accepted documents: each disguise found, each honest look-alike left alone."""

import pytest

from redline.gate import check
from redline.notices import KINDS
from redline.scan_characters import plain, reveal
from redline.scan_fields import link_code
from tests.redline.crafted import (
    NAMESPACES,
    dele,
    docx,
    field,
    ins,
    para,
    relationships,
    run,
    style,
    styles,
)

LOUD = ("deceit", "moving", "outside", "active", "revisions")


def codes(*body: str, **rest) -> set[str]:
    return {notice.code for notice in check(docx(*body, **rest)).warnings}


def loud(*body: str, **rest) -> set[str]:
    return {code for code in codes(*body, **rest) if KINDS[code][0] in LOUD}


def styled(*items: str, defaults: str = "") -> dict:
    return {"extra": {"word/styles.xml": styles(*items, defaults=defaults)}}


def table(cell: str, table_properties: str = "", row: str = "", cell_properties: str = "") -> str:
    return (
        f"<w:tbl><w:tblPr>{table_properties}</w:tblPr><w:tr><w:trPr>{row}</w:trPr><w:tc><w:tcPr>{cell_properties}"
        f"</w:tcPr>{cell}</w:tc></w:tr></w:tbl>"
    )


def box(content: str, extent: str = 'cx="900000" cy="900000"', offset: int = 0, shape: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:anchor><wp:positionH relativeFrom="page"><wp:posOffset>{offset}</wp:posOffset>'
        f'</wp:positionH><wp:extent {extent}/><wp:docPr id="1" name="b"/><a:graphic><a:graphicData uri="u"><wps:wsp>'
        f"<wps:spPr>{shape}</wps:spPr><wps:txbx><w:txbxContent>{para(content)}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


WHITE = '<w:color w:val="FFFFFF"/>'
VANISH = "<w:vanish/>"


@pytest.mark.parametrize(
    ("body", "extra", "code"),
    [
        (para(run("secret", VANISH)), {}, "hidden_text"),
        (para("secret", '<w:pStyle w:val="H"/>'), styled(style("H", VANISH)), "hidden_text"),
        (para("secret", '<w:pStyle w:val="C"/>'), styled(style("H", VANISH), style("C", based="H")), "hidden_text"),
        (para(run("secret", '<w:rStyle w:val="H"/>')), styled(style("H", VANISH, "character")), "hidden_text"),
        (para("secret"), styled(defaults=VANISH), "hidden_text"),
        (table(para("secret"), row="<w:hidden/>"), {}, "hidden_text"),
        (table(para("secret"), '<w:tblStyle w:val="T"/>'), styled(style("T", VANISH, "table")), "hidden_text"),
        (para(ins(run("secret", VANISH))), {}, "hidden_text"),
        (para(run("secret", WHITE)), {}, "invisible_colour"),
        (para(run("secret", '<w:color w:val="FDFDFD"/>')), {}, "invisible_colour"),
        (para(run("secret", '<w:color w:val="000000" w:themeColor="background1"/>')), {}, "invisible_colour"),
        (para(run("s", '<w:color w:val="1F3864"/><w:shd w:val="clear" w:fill="1F3864"/>')), {}, "invisible_colour"),
        (para(run("s", '<w:color w:val="000000"/><w:highlight w:val="black"/>')), {}, "invisible_colour"),
        (table(para(run("s", '<w:color w:val="D9E2F3"/>')), cell_properties='<w:shd w:val="clear" w:fill="D9E2F3"/>'), {}, "invisible_colour"),
        (para(run("s", '<w:color w:val="EEEEEE"/>'), '<w:shd w:val="clear" w:fill="EEEEEE"/>'), {}, "invisible_colour"),
        (para(run("s", '<w14:textFill><w14:noFill/></w14:textFill>')), {}, "invisible_colour"),
        (para("secret", '<w:pStyle w:val="H"/>'), styled(style("H", WHITE)), "invisible_colour"),
        (para(box(run("secret", WHITE))), {}, "invisible_colour"),
        (para(run("secret", '<w:sz w:val="2"/>')), {}, "tiny_text"),
        (para("secret", '<w:pStyle w:val="H"/>'), styled(style("H", '<w:sz w:val="2"/>')), "tiny_text"),
        (para(run("secret", '<w:w w:val="1"/>')), {}, "tiny_text"),
        (para(run("secret", '<w:spacing w:val="-240"/>')), {}, "tiny_text"),
        (para("secret", '<w:spacing w:line="20" w:lineRule="exact"/>'), {}, "clipped_text"),
        (table(para("secret"), row='<w:trHeight w:val="15" w:hRule="exact"/>'), {}, "clipped_text"),
        (para("secret", '<w:framePr w:w="100" w:x="-30000" w:y="1"/>'), {}, "off_page"),
        (para("secret", '<w:ind w:left="31000"/>'), {}, "off_page"),
        (table(para("secret"), '<w:tblpPr w:tblpX="-31000"/>'), {}, "off_page"),
        (para(box(run("secret"), offset=-20_000_000)), {}, "off_page"),
        (para(box(run("secret"), extent='cx="1" cy="1"')), {}, "off_page"),
        (para(run("secret", '<w:position w:val="-3000"/>')), {}, "off_page"),
        (para(f'<w:r><w:pict><v:shape style="position:absolute;margin-left:-2000pt"><v:textbox><w:txbxContent>{para("s")}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'), {}, "off_page"),
    ],
)  # fmt: skip
def test_text_the_eye_does_not_see_is_named(body, extra, code):
    found = [
        notice for notice in check(docx(para("Visible."), body, **extra)).warnings if notice.code == code
    ]
    assert found
    assert found[0].block.startswith("body:")
    assert any(notice.quote.startswith("s") for notice in found)


@pytest.mark.parametrize(
    ("body", "extra"),
    [
        (para(run("   ", VANISH)), {}),
        (para(run("shown", '<w:vanish w:val="0"/>'), '<w:pStyle w:val="H"/>'), styled(style("H", VANISH))),
        (para(run("both", '<w:rStyle w:val="R"/>'), '<w:pStyle w:val="H"/>'), styled(style("H", VANISH), style("R", VANISH, "character"))),
        (para("Heading", "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"), {}),
        (table(para(run("Head", WHITE)), cell_properties='<w:shd w:val="clear" w:fill="1F3864"/>'), {}),
        (para(run("Head", WHITE + '<w:shd w:val="clear" w:fill="000000"/>')), {}),
        (para(run("Head", WHITE), '<w:shd w:val="clear" w:fill="1F3864"/>'), {}),
        (para(box(run("Head", WHITE), shape='<a:solidFill><a:srgbClr val="000000"/></a:solidFill>')), {}),
        (para(run("grey", '<w:color w:val="808080"/>')), {}),
        (para(run("yellow", '<w:color w:val="FFFF00"/>')), {}),
        (para(run("auto", '<w:color w:val="auto"/>')), {}),
        (para("", '<w:spacing w:line="20" w:lineRule="exact"/>'), {}),
        (para("12 pt exact", '<w:spacing w:line="240" w:lineRule="exact"/>'), {}),
        (para(run("note", '<w:sz w:val="12"/>')), {}),
        (para("Normal indent", '<w:ind w:left="2880" w:hanging="720"/>'), {}),
        (para(run('Contents') + field('TOC')), {}),
    ],
)  # fmt: skip
def test_ordinary_formatting_is_no_finding(body, extra):
    assert loud(body, **extra) == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EUR \u202e000,1\u202c only", "bidi_override"),
        ("EUR \u202d1,000\u202c", "bidi_override"),
        ("\u2067Supplier\u2069 pays", "bidi_control"),
        ("Con\u200bfidential", "invisible_character"),
        ("Con\u2060fidential", "invisible_character"),
        ("Con\ufefffidential", "invisible_character"),
        ("Con\u200dfidential", "invisible_character"),
        ("3\u200c0 days", "invisible_character"),
        ("3\u200e0 days", "invisible_character"),
        ("Fee\U000e0041 due", "invisible_character"),
        ("Fee\ufe00 due", "invisible_character"),
        ("Fee\u3164due", "invisible_character"),
        ("Con\u00adfidential", "soft_hyphen"),
        ("N\u043erthwind", "homoglyph"),
        ("\u0410\u0441\u043c\u0435 Ltd", "homoglyph"),
        ("C\u03bfntoso", "homoglyph"),
        ("\uff23ontoso", "homoglyph"),
        ("\U0001d402\U0001d428\U0001d427 Ltd", "homoglyph"),
        ("EUR 1O0,000", "homoglyph"),
        ("within \u0663\u0660 days", "foreign_digits"),
        ("within \u0969\u0966 days", "foreign_digits"),
        ("within \uff13\uff10 days", "foreign_digits"),
        ("within 3\u0660 days", "foreign_digits"),
        ("shall n\u0336o\u0336t\u0336 pay", "fake_strike"),
    ],
)
def test_characters_that_deceive_are_named(text, code):
    assert code in codes(para("The parties agree as follows."), para(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ordinary “quotes” — dashes… € 30 § 4.1 ½ naïve café Ångström Žižek İstanbul",
        "הספק ישלם 1,000 ש\"ח \u200fתוך 30 יום \u2067ABC\u2069",
        "يدفع المورد ١٬٠٠٠ خلال ٣٠ يومًا",
        "می\u200cخواهم",
        "क्\u200dष ३० दिन",
        "甲方应在30天内支付ＡＢＣ公司１００元",
        "Заказчик оплачивает счёт в течение 30 дней",
        "Ο πελάτης πληρώνει εντός 30 ημερών",
        "noise of 5 µm or 10 Ω at 3σ",
        "👩\u200d💼 signs ✔\ufe0f",
        "Section\u200e 19",
        "Part 3O and item 10l",
        "A soft\u2011hyphen and a 1\u00a0000 figure",
    ],
)  # fmt: skip
def test_honest_languages_raise_no_alarm(text):
    assert loud(para("The parties agree as follows."), para(text)) == set()


def test_joined_and_split_letters_are_a_fact_not_an_alarm():
    assert "denormalised" in codes(para("cafe\u0301"))
    assert loud(para("cafe\u0301")) == set()


def test_forced_direction_elements_are_named():
    assert "bidi_override" in codes(para(f'<w:bdo w:val="rtl">{run("000,1")}</w:bdo>'))
    assert "bidi_control" in codes(para(f'<w:dir w:val="rtl">{run("Supplier")}</w:dir>'))
    assert "bidi_control" in codes(para(run("30 - 90", "<w:rtl/>")))
    assert loud(para(f'<w:bdo w:val="rtl">{run("שלום")}</w:bdo>')) == set()


def test_the_quote_shows_what_is_stored_and_how_it_reads():
    report = check(docx(para("N\u043erthwind pays 3\u200b0 days")))
    notice = next(item for item in report.warnings if item.code == "invisible_character")
    assert "3[U+200B]0" in notice.quote
    assert "«Northwind pays 30 days»" in notice.message
    assert reveal("a\u202eb") == "a[U+202E]b"
    assert plain("\u0410\u0441\u043c\u0435 \uff13\uff10") == "Acme 30"


@pytest.mark.parametrize(
    ("instruction", "code"),
    [
        ('DATE \\@ "d MMMM yyyy"', "field_date"),
        ("time", "field_date"),
        ("SAVEDATE", "field_date"),
        ('IF 1 = 1 "30" "90"', "field_condition"),
        ("= 30 * 3", "field_condition"),
        ("QUOTE 68 68 69", "field_condition"),
        ("DOCPROPERTY Fee", "field_property"),
        ("DOCVARIABLE Fee", "field_property"),
        ("FILENAME \\p", "field_property"),
        ('INCLUDETEXT "C:\\\\x.docx"', "field_outside"),
        ('INCLUDEPICTURE "http://127.0.0.1/x.png"', "field_outside"),
        ("LINK Excel.Sheet.8 x", "field_outside"),
        ('DDEAUTO c:\\\\cmd.exe "/k calc"', "field_dde"),
        ("DDE x y", "field_dde"),
        ("MACROBUTTON Run here", "field_macro"),
        ("MERGEFIELD Name", "mail_merge"),
        ('HYPERLINK "file:///c:/x.exe"', "unsafe_link"),
        ('HYPERLINK "javascript:alert(1)"', "script_link"),
    ],
)
def test_fields_that_move_reach_out_or_run_are_named(instruction, code):
    shown = instruction.replace('"', "&quot;")
    assert code in codes(para(field(shown)))
    assert code in codes(para(f'<w:fldSimple w:instr="{shown}">{run("x")}</w:fldSimple>'))


@pytest.mark.parametrize(
    "instruction",
    ["PAGE", "NUMPAGES", "REF _Ref1 \\h", "TOC \\o", "SEQ x", "HYPERLINK &quot;https://example.org&quot;",
     "HYPERLINK \\l &quot;_Toc1&quot;", "MACROBUTTON NoMacro [Click]", "FORMTEXT", "STYLEREF 1", "LISTNUM"],
)  # fmt: skip
def test_ordinary_fields_are_no_finding(instruction):
    assert loud(para(field(instruction))) == set()


def test_a_field_split_over_runs_and_nested_is_read_whole():
    split = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r>'
        "<w:r><w:instrText>AUTO c:\\x</w:instrText></w:r>"
    )
    assert "field_dde" in codes(para(split))
    nested = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{field("DATE")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert "field_date" in codes(para(nested))


def control(shown: str, stored: str, properties: str = "<w:text/>", path: str = "/c[1]/days[1]") -> dict:
    item = "{11111111-2222-3333-4444-555555555555}"
    binding = f'<w:dataBinding w:xpath="{path}" w:storeItemID="{item}"/>'
    body = (
        f"<w:sdt><w:sdtPr>{binding}{properties}</w:sdtPr><w:sdtContent>{para(shown)}</w:sdtContent></w:sdt>"
    )
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    return {
        "body": body,
        "rels": (("rIdc", "customXml", "../customXml/item1.xml", False),),
        "extra": {
            "customXml/item1.xml": f"<c><days>{stored}</days></c>",
            "customXml/itemProps1.xml": f'<ds:datastoreItem xmlns:ds="{schema}" ds:itemID="{item}"/>',
            "customXml/_rels/item1.xml.rels": relationships(("r", "customXmlProps", "itemProps1.xml", False)),
        },
    }


@pytest.mark.parametrize(
    ("shown", "stored", "properties", "path", "alarm"),
    [
        ("30", "365", "<w:text/>", "/c[1]/days[1]", True),
        ("30", "30", "<w:text/>", "/c[1]/days[1]", False),
        ("30", "365", "<w:text/>", "/c[1]/other[1]", False),
        ("30", "365", "<w:text/><w:showingPlcHdr/>", "/c[1]/days[1]", False),
        ("1 March 2026", "2026-03-01", '<w:date w:fullDate="2026-03-01T00:00:00Z"/>', "/c/days", False),
        ("1 March 2026", "2027-03-01", '<w:date w:fullDate="2026-03-01T00:00:00Z"/>', "/c/days", True),
        ("Thirty", "30", '<w:dropDownList><w:listItem w:displayText="Thirty" w:value="30"/></w:dropDownList>', "/c/days", False),
        ("Ninety", "30", '<w:dropDownList><w:listItem w:displayText="Thirty" w:value="30"/></w:dropDownList>', "/c/days", True),
        ("30", "365", "<w:text/>", "count(//*)", False),
    ],
)  # fmt: skip
def test_a_bound_control_that_shows_another_value_is_named(shown, stored, properties, path, alarm):
    made = control(shown, stored, properties, path)
    found = codes(made.pop("body"), **made)
    assert ("data_binding" in found) is alarm


def alternate(choice: str, fallback: str, requires: str = "wps") -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def test_two_versions_of_one_text_are_named():
    assert "alternate_content" in codes(para(alternate(run("5,000"), run("500"))))
    assert "alternate_content" in codes(para(alternate("", run("500"))))
    assert "alternate_content" in codes(para(alternate(run("500"), "", "evil")))
    assert loud(para(alternate(run("500"), run("500")))) == set()
    assert loud(para(alternate(run("500"), "<w:pict/>"))) == set()


def test_text_in_unknown_markup_is_named():
    assert "unknown_markup" in codes(f'<q:x xmlns:q="urn:q">{para("Pay nothing.")}</q:x>', para("Pay."))


def test_embedded_text_is_named_with_its_words():
    made = {
        "rels": (("rId5", "aFChunk", "chunk.html", False),),
        "extra": {"word/chunk.html": "<html><script>x</script><p>Exclusivity for ever</p></html>"},
    }
    report = check(docx(para("1. Pay."), '<w:altChunk r:id="rId5"/>', **made))
    notice = next(item for item in report.warnings if item.code == "alt_chunk" and item.block)
    assert notice.quote == "Exclusivity for ever"
    assert notice.block == "body:0"


@pytest.mark.parametrize(
    ("kind", "target", "external", "code"),
    [
        ("attachedTemplate", "http://127.0.0.1/evil.dotm", True, "remote_template"),
        ("attachedTemplate", "\\\\host\\share\\evil.dotm", True, "remote_template"),
        ("attachedTemplate", "file://host/share/evil.dotm", True, "remote_template"),
        ("attachedTemplate", "file:///C:\\Users\\jane\\Normal.dotm", True, "local_path"),
        ("image", "http://127.0.0.1/pixel.png", True, "linked_image"),
        ("oleObject", "file:///c:/x.xlsx", True, "ole_link"),
        ("subDocument", "part.docx", True, "sub_document"),
        ("mailMergeSource", "file:///c:/x.csv", True, "mail_merge"),
        ("frame", "http://127.0.0.1/f.htm", True, "frameset"),
        ("hyperlink", "javascript:alert(1)", True, "script_link"),
        ("hyperlink", "file:///c:/windows/calc.exe", True, "unsafe_link"),
        ("hyperlink", "\\\\host\\share", True, "unsafe_link"),
        ("somethingNew", "http://127.0.0.1/", True, "external_link"),
        ("oleObject", "embeddings/a.bin", False, "embedded_object"),
        ("package", "embeddings/a.xlsx", False, "embedded_object"),
        ("control", "activeX/activeX1.xml", False, "activex"),
        ("image", "media/gone.png", False, "missing_part"),
    ],
)
def test_relationships_that_reach_out_or_carry_programs_are_named(kind, target, external, code):
    assert code in codes(para("x"), rels=(("rId9", kind, target, external),))


@pytest.mark.parametrize(
    "target",
    ["https://example.org/a", "http://example.org", "mailto:a@example.org", "#here", "www.example.org"],
)
def test_ordinary_links_are_no_finding(target):
    assert link_code(target) is None


def test_links_in_disguise_are_seen_through():
    assert link_code(" java\tscript:alert(1)") == "script_link"
    assert link_code("ms-word:ofe|u|x") == "unsafe_link"


def test_a_signature_is_named():
    origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    made = docx(para("x"), rels=(("s", origin, "/_xmlsignatures/origin.sigs", False),))
    assert "signed" in {notice.code for notice in check(made).warnings}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (para(f'<w:del w:id="1" w:author="D" w:date="2026-01-01T00:00:00Z">{run("30")}</w:del>'), "bad_revision"),
        (para(ins('<w:r><w:delText>30</w:delText></w:r>')), "bad_revision"),
        (para(ins(ins(run("x")))), "bad_revision"),
        (para(ins(run("x")).replace('w:id="901" ', "")), "bad_revision"),
        (para(ins(run("x")) + ins(run("y"))), "bad_revision"),
        (para(f'<w:moveFromRangeStart w:id="1" w:name="m" w:author="D"/><w:moveFrom w:id="2" w:author="D">{run("x")}</w:moveFrom><w:moveFromRangeEnd w:id="1"/>'), "bad_revision"),
        (para(ins(run("x"), date="2026-02-30T00:00:00Z")), "bad_revision_date"),
        (para(ins(run("x"), date="yesterday")), "bad_revision_date"),
        (para(ins(run("x"), author="")), "odd_author"),
        (para(ins(run("x"), author="A" * 300)), "odd_author"),
        (para(ins(run("x"), author="&lt;script&gt;")), "script_text"),
        (para("&lt;script&gt;alert(1)&lt;/script&gt;"), "script_text"),
        (para("between =HYPERLINK(1) and us"), "formula_text"),
        (para("One.", '<w:rPr><w:del w:id="1" w:author="D" w:date="2026-01-01T00:00:00Z"/></w:rPr>'), "paragraph_mark"),
    ],
)  # fmt: skip
def test_tracked_changes_that_are_odd_are_named(body, code):
    assert code in codes(body, para("Two."))


def test_ordinary_tracked_changes_are_only_a_fact():
    body = para(run("Pay in ") + dele("30", number=1) + ins(run("60"), number=2) + run(" days"))
    report = check(docx(body))
    assert {notice.code for notice in report.warnings} == {"tracked_changes", "no_styles"}
    assert report.tracked_changes == 2
    assert report.paragraphs == 1


def test_many_findings_of_one_kind_are_cut_with_a_count():
    report = check(docx(*[para(run("secret", VANISH)) for _ in range(230)]))
    hidden = [notice for notice in report.warnings if notice.code == "hidden_text"]
    assert len(hidden) == 201
    assert hidden[-1].message.endswith("And 30 more places.")


def test_headers_footnotes_and_boxes_are_scanned():
    header = f"<w:hdr {NAMESPACES}>{para(run('secret', VANISH))}</w:hdr>"
    report = check(docx(para("x"), extra={"word/header1.xml": header}))
    assert [notice.block for notice in report.warnings if notice.code == "hidden_text"] == ["header1:0"]
