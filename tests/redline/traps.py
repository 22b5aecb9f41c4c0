# ruff: noqa: E501  (one document, one expression: the markup reads best unbroken)
"""Pairs made from the traps of the format, where comparers lose text, mark too much, or write what Word repairs.

`trap_pairs()` gives name -> (old, new). The content is our own; each pair holds one trap and, where it matters,
untouched clauses around it, so that a comparer which spreads the change is seen.
"""

import re
from collections.abc import Callable
from functools import cache
from xml.sax.saxutils import escape

from tests.redline.crafted import (
    NAMESPACES,
    OFFICE,
    docx,
    field,
    pack,
    para,
    parts,
    relationships,
    run,
    style,
    styles,
)

Pair = tuple[bytes, bytes]
_TRAPS: dict[str, Callable[[], Pair]] = {}

LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
FEES = "The Customer pays the fees within thirty days of the invoice."
TERM = "This agreement starts on the effective date and runs for two years."
LAW = "The laws of Austria govern this agreement and its interpretation."
NOTICE = "Notices are sent in writing to the address on the cover page."
SECRET = "Each party keeps the other party's confidential information secret."


def trap(function: Callable[[], Pair]) -> Callable[[], Pair]:
    """Register a pair under its function's name."""
    _TRAPS[function.__name__.replace("_", "-")] = function
    return function


@cache
def trap_pairs() -> dict[str, Pair]:
    """Every trap by name."""
    return {f"trap-{name}": make() for name, make in _TRAPS.items()}


# -- small pieces
def table(*lines: str, spans: dict[tuple[int, int], int] | None = None) -> str:
    """A table: one string a row, cells divided by " | "; ``spans`` = {(row, column): columns covered}."""
    width = max(line.count(" | ") for line in lines) + 1
    out = []
    for r, line in enumerate(lines):
        row = []
        for c, text in enumerate(line.split(" | ")):
            span = (spans or {}).get((r, c))
            wide = f'<w:gridSpan w:val="{span}"/>' if span else ""
            content = text if text.startswith("<") else para(text)
            row.append(f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{wide}</w:tcPr>{content}</w:tc>')
        out.append(f"<w:tr>{''.join(row)}</w:tr>")
    grid = '<w:gridCol w:w="2000"/>' * width
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(out)}</w:tbl>'


def link(number: str, text: str) -> str:
    return f'<w:hyperlink r:id="{number}">{run(text, "<w:u w:val=&quot;single&quot;/>".replace("&quot;", chr(34)))}</w:hyperlink>'


def control(inner: str, tag: str = "Party") -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="{tag}"/><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def text_box(text: str) -> str:
    """A text box as Word writes it: the drawing, and the same words again for programs that know no drawings."""
    inner = para(text)
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="1828800" cy="457200"/>'
        '<wp:docPr id="7" name="Box"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f'<mc:Fallback><w:pict><v:shape id="Box" style="width:144pt;height:36pt"><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


def note_reference(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def notes(*texts: str, kind: str = "footnote", first: int = 1) -> str:
    """A part of notes: the two separators, then these."""
    fixed = "".join(
        f'<w:{kind} w:type="{name}" w:id="{number}"><w:p><w:r><w:{name}/></w:r></w:p></w:{kind}>'
        for number, name in ((-1, "separator"), (0, "continuationSeparator"))
    )
    own = "".join(
        f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r>{run(" " + text)}</w:p></w:{kind}>'
        for number, text in enumerate(texts, first)
    )
    return f"<w:{kind}s {NAMESPACES}>{fixed}{own}</w:{kind}s>"


def header(*content: str, root: str = "hdr") -> str:
    return f"<w:{root} {NAMESPACES}>{''.join(content)}</w:{root}>"


def section(*references: tuple[str, str], size: str = "11906", kind: str = "") -> str:
    """A w:sectPr; ``references`` are ("header" | "footer", relationship id)."""
    marks = "".join(f'<w:{name}Reference w:type="default" r:id="{rel}"/>' for name, rel in references)
    start = f'<w:type w:val="{kind}"/>' if kind else ""
    return f'<w:sectPr>{marks}{start}<w:pgSz w:w="{size}" w:h="16838"/></w:sectPr>'


def numbering(*lists: tuple[str, ...], swap: bool = False) -> str:
    """Lists by the text of their levels ("%1.", "(%2)"); ``swap`` numbers them the other way round."""
    order = list(enumerate(lists))
    if swap:
        order = [(len(lists) - 1 - index, levels) for index, levels in order]
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{index}">'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{"decimal" if "." in text else "lowerLetter"}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for level, text in enumerate(levels)
        )
        + "</w:abstractNum>"
        for index, levels in sorted(order)
    )
    nums = "".join(
        f'<w:num w:numId="{index + 1}"><w:abstractNumId w:val="{index}"/></w:num>'
        for index, _ in sorted(order)
    )
    return f"<w:numbering {NAMESPACES}>{abstract}{nums}</w:numbering>"


def item(text: str, level: int = 0, number: int = 1) -> str:
    return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def main_part(content: dict, body: str, final: str) -> dict:
    """The parts with another body and last section."""
    content["word/document.xml"] = f"<w:document {NAMESPACES}><w:body>{body}{final}</w:body></w:document>"
    return content


def related(content: dict, *rels: tuple[str, str, str, bool]) -> dict:
    """The parts with more relationships of the main document."""
    old = str(content["word/_rels/document.xml.rels"])
    rows = re.findall(r"<Relationship .*?/>", old) + re.findall(r"<Relationship .*?/>", relationships(*rels))
    content["word/_rels/document.xml.rels"] = relationships().replace("></", ">" + "".join(rows) + "</")
    return content


def with_parts(
    body: str, final: str, stories: dict[str, tuple[str, str]], links: dict[str, str] | None = None
) -> bytes:
    """A document whose headers and footers are given as relationship id -> (kind, content)."""
    content = parts()
    types = str(content["[Content_Types].xml"])
    rels = []
    for rel, (kind, inner) in stories.items():
        name = f"word/{rel}.xml"
        root = "hdr" if kind == "header" else "ftr"
        content[name] = header(inner, root=root)
        types = types.replace(
            "</Types>",
            f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/></Types>',
        )
        rels.append((rel, kind, f"{rel}.xml", False))
        own = [(number, LINK, target, True) for number, target in (links or {}).items() if number in inner]
        if own:
            content[f"word/_rels/{rel}.xml.rels"] = relationships(*own)
    content["[Content_Types].xml"] = types
    main_part(content, body, final)
    return pack(related(content, *rels))


# -- sections, headers and footers
_FOOTER = para(
    run("Version 2.1 of the standard terms, ")
    + link("rIdA", "CC BY 4.0")
    + run(", page ")
    + field("PAGE", "3")
)
_FOOTER_LINKS = {"rIdA": "https://example.org/licence"}


@trap
def footer_links_when_a_section_is_added() -> Pair:
    stories = {"f1": ("footer", _FOOTER)}
    old = with_parts(para(FEES) + para(TERM), section(("footer", "f1")), stories, _FOOTER_LINKS)
    stories = {"f1": ("footer", _FOOTER), "f2": ("footer", _FOOTER.replace("2.1", "2.1"))}
    body = para(FEES) + para(LAW, section(("footer", "f1"))) + para(TERM)
    return old, with_parts(body, section(("footer", "f2")), stories, _FOOTER_LINKS)


@trap
def section_added_with_its_own_header() -> Pair:
    h1 = {"h1": ("header", para("Supply agreement"))}
    old = with_parts(para(FEES) + para(TERM) + para(LAW), section(("header", "h1")), h1)
    both = {**h1, "h2": ("header", para("Annex with prices"))}
    body = para(FEES) + para(TERM) + para("", section(("header", "h1"))) + para(LAW)
    return old, with_parts(body, section(("header", "h2"), size="16838"), both)


@trap
def last_section_inherits_its_footer() -> Pair:
    stories = {"h1": ("header", para("Cover page")), "f1": ("footer", para("Terms of April"))}
    old = with_parts(para(FEES) + para(TERM), section(("header", "h1"), ("footer", "f1")), stories)
    stories = {**stories, "f1": ("footer", para("Terms of May")), "h2": ("header", para("Annex"))}
    body = para(FEES) + para(TERM, section(("header", "h1"), ("footer", "f1"))) + para(LAW)
    return old, with_parts(body, section(("header", "h2")), stories)


@trap
def section_removed() -> Pair:
    h = {"h1": ("header", para("Main terms")), "h2": ("header", para("Annex"))}
    body = para(FEES) + para(TERM, section(("header", "h1"))) + para(LAW) + para(NOTICE)
    old = with_parts(body, section(("header", "h2")), h)
    new = with_parts(
        para(FEES) + para(TERM) + para(LAW) + para(NOTICE), section(("header", "h2")), {"h2": h["h2"]}
    )
    return old, new


@trap
def page_setup_changes() -> Pair:
    old = with_parts(para(FEES) + para(TERM, section()) + para(LAW), section(), {})
    return old, with_parts(
        para(FEES) + para(TERM, section(size="16838")) + para(LAW), section(kind="continuous"), {}
    )


@trap
def header_image_and_link_change() -> Pair:
    def version(target: str, words: str) -> bytes:
        inner = para(run("Order form ") + link("rIdA", words))
        return with_parts(para(FEES), section(("header", "h1")), {"h1": ("header", inner)}, {"rIdA": target})

    return version("https://example.org/a", "terms of 2024"), version(
        "https://example.org/b", "terms of 2026"
    )


@trap
def header_for_the_first_page_appears() -> Pair:
    old = with_parts(para(FEES) + para(TERM), section(), {})
    return old, with_parts(
        para(FEES) + para(TERM), section(("header", "h1")), {"h1": ("header", para("Draft of May"))}
    )


# -- text boxes and content controls
@trap
def text_box_one_word() -> Pair:
    def make(word: str) -> bytes:
        return docx(para(run(FEES) + text_box(f"Paid by {word} transfer only")), para(TERM))

    return make("bank"), make("wire")


@trap
def text_box_in_a_cell_and_its_neighbour() -> Pair:
    def make(word: str, price: str) -> bytes:
        return docx(
            para(FEES), table(f"Price | <w:p>{text_box(f'See annex {word}')}</w:p> | {price}"), para(TERM)
        )

    return make("one", "1,000.00"), make("two", "1,200.00")


@trap
def inline_control_one_word() -> Pair:
    def make(name: str) -> bytes:
        return docx(
            para(run("The buyer is ") + control(run(f"{name} Trading Limited")) + run(", " + SECRET)),
            para(TERM),
        )

    return make("Northern"), make("Southern")


@trap
def block_control_gains_a_paragraph() -> Pair:
    old = docx(para(FEES), control(para(TERM) + para(LAW)), para(NOTICE))
    return old, docx(para(FEES), control(para(TERM) + para(SECRET) + para(LAW)), para(NOTICE))


@trap
def control_round_a_row() -> Pair:
    def make(price: str) -> bytes:
        made = table("Item | Price", f"Licence | {price}")
        rows = made.split("<w:tr>")
        last = rows[2].removesuffix("</w:tbl>")
        return docx(
            para(FEES),
            rows[0] + "<w:tr>" + rows[1] + control("<w:tr>" + last, "Row") + "</w:tbl>",
            para(TERM),
        )

    return make("EUR 900"), make("EUR 950")


# -- words
@trap
def merge_that_needs_a_space() -> Pair:
    return docx(para(LAW), para(FEES), para(TERM), para(NOTICE)), docx(
        para(LAW), para(f"{FEES} {TERM}"), para(NOTICE)
    )


@trap
def split_that_drops_a_space() -> Pair:
    return docx(para(LAW), para(f"{FEES} {TERM}"), para(NOTICE)), docx(
        para(LAW), para(FEES), para(TERM), para(NOTICE)
    )


@trap
def split_round_a_new_paragraph() -> Pair:
    return docx(para(LAW), para(f"{FEES} {TERM}"), para(NOTICE)), docx(
        *map(para, (LAW, FEES, SECRET, TERM, NOTICE))
    )


@trap
def split_after_a_tick_box() -> Pair:
    box = run("[    ]") + "<w:r><w:tab/></w:r>"
    return docx(para(FEES), para(box + run(TERM)), para(LAW)), docx(
        para(FEES), para(box), para(TERM), para(LAW)
    )


@trap
def merge_over_an_empty_paragraph() -> Pair:
    return docx(para(LAW), para(FEES), para(), para(TERM), para(NOTICE)), docx(
        para(LAW), para(f"{FEES} {TERM}"), para(NOTICE)
    )


@trap
def apostrophe_only() -> Pair:
    return docx(para(SECRET), para(TERM)), docx(para(SECRET.replace("'", "’")), para(TERM))


@trap
def amounts_and_references() -> Pair:
    text = "Under Section 4.1(b) the cap is EUR 1,000,000.00 or 150% of the fees, whichever is higher."
    return docx(para(text), para(TERM)), docx(
        para(text.replace("4.1", "4.2").replace("1,000,000.00", "1,500,000.00").replace("150%", "125%")),
        para(TERM),
    )


@trap
def tabs_breaks_and_hyphens() -> Pair:
    old = para(
        run("Name:") + "<w:r><w:tab/></w:r>" + run("Ada") + "<w:r><w:br/></w:r>" + run("Title: Counsel, non")
    )
    new = para(
        run("Name:")
        + "<w:r><w:tab/></w:r>"
        + run("Ada")
        + "<w:r><w:br/></w:r><w:r><w:tab/></w:r>"
        + run("Title: Counsel, non")
        + "<w:r><w:noBreakHyphen/></w:r>"
        + run("binding")
    )
    return docx(old, para(TERM)), docx(new, para(TERM))


@trap
def runs_split_by_nothing_that_counts() -> Pair:
    old = docx(para(FEES), para(TERM))
    words = FEES.split(" ")
    runs = "".join(
        f'<w:proofErr w:type="spellStart"/><w:r w:rsidR="00AB{i:04X}"><w:t xml:space="preserve">{escape(word)}{" " if i < len(words) - 1 else ""}</w:t></w:r>'
        for i, word in enumerate(words)
    )
    return old, docx(f"<w:p>{runs}</w:p>", para(TERM.replace("two", "three")))


# -- existing tracked changes
_THEM = 'w:author="Dana" w:date="2026-03-01T10:00:00Z"'


@trap
def emptied_cell_keeps_its_tab_stop() -> Pair:
    gone = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="right" w:pos="4000"/></w:tabs></w:pPr>'
        f'<w:del w:id="801" {_THEM}><w:r><w:delText>struck</w:delText></w:r></w:del></w:p>'
    )
    old = docx(para(FEES), table(f"Price | {gone}", "Date | May"), para(TERM))
    stays = gone[: gone.index("<w:del ")] + "</w:p>"
    return old, docx(para(FEES), table(f"Price | {stays}", "Date | June"), para(TERM))


@trap
def pending_changes_of_every_kind() -> Pair:
    mark = f'<w:rPr><w:ins w:id="811" {_THEM}/></w:rPr>'
    look = f'<w:b/><w:rPrChange w:id="812" {_THEM}><w:rPr/></w:rPrChange>'
    came = f'<w:ins w:id="813" {_THEM}>{run("A clause Dana put in. ")}</w:ins>'
    old = docx(para(FEES), f"<w:p><w:pPr>{mark}</w:pPr>{came}</w:p>", para(run(TERM, look)), para(LAW))
    return old, docx(
        para(FEES),
        para("A clause Dana put in. "),
        para(run(TERM, "<w:b/>")),
        para(LAW.replace("Austria", "Ireland")),
    )


# -- looks
_JUSTIFIED = styles(
    style("Clause", paragraph='<w:jc w:val="both"/>'),
    style("Strong", "<w:b/>"),
    style("Lead", "<w:b/>", kind="character"),
)


@trap
def left_alignment_over_a_justified_style() -> Pair:
    left = '<w:pStyle w:val="Clause"/><w:jc w:val="left"/>'
    plain = '<w:pStyle w:val="Clause"/>'
    extra = {"word/styles.xml": _JUSTIFIED}
    old = docx(para(FEES, left), para(TERM, plain), para(LAW, left), extra=extra)
    return old, docx(
        para(FEES.replace("thirty", "sixty"), left),
        para(TERM, left),
        para(LAW, plain),
        para(NOTICE, left),
        extra=extra,
    )


@trap
def toggles_switched_off_in_a_bold_style() -> Pair:
    bold = '<w:pStyle w:val="Strong"/>'
    off, lead = '<w:b w:val="0"/>', '<w:rStyle w:val="Lead"/>'
    extra = {"word/styles.xml": _JUSTIFIED}
    old = docx(para(run(FEES, off), bold), para(run(TERM), bold), para(run(LAW, lead), bold), extra=extra)
    return old, docx(para(run(FEES), bold), para(run(TERM, off), bold), para(run(LAW), bold), extra=extra)


@trap
def style_known_by_its_name() -> Pair:
    def sheet(number: str, name: str) -> str:
        return styles(
            f'<w:style w:type="paragraph" w:styleId="{number}"><w:name w:val="{name}"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        )

    def make(number: str, word: str) -> bytes:
        return docx(
            para("Payment", f'<w:pStyle w:val="{number}"/>'),
            para(FEES.replace("thirty", word)),
            extra={"word/styles.xml": sheet(number, "heading 1")},
        )

    return make("Heading1", "thirty"), make("berschrift1", "sixty")


@trap
def formatting_and_style_change_alone() -> Pair:
    extra = {"word/styles.xml": _JUSTIFIED}
    old = docx(para(FEES), para(TERM), para(LAW), extra=extra)
    half = run(LAW[:20]) + run(LAW[20:40], "<w:i/>") + run(LAW[40:])
    return old, docx(
        para(FEES, '<w:pStyle w:val="Clause"/>'), para(TERM, '<w:ind w:left="720"/>'), para(half), extra=extra
    )


# -- lists
_LEGAL, _PLAIN = ("%1.", "%1.%2.", "(%3)"), ("Annex %1.",)


@trap
def list_level_changes() -> Pair:
    extra = {"word/numbering.xml": numbering(_LEGAL)}
    old = docx(item(FEES), item(TERM), item(LAW), item(NOTICE), extra=extra)
    return old, docx(item(FEES), item(TERM, 1), item(LAW, 1), item(NOTICE), extra=extra)


@trap
def list_ids_differ_and_a_list_is_new() -> Pair:
    old = docx(item(FEES), item(TERM), para(LAW), extra={"word/numbering.xml": numbering(_LEGAL)})
    new = docx(
        item(FEES, 0, 2),
        item(SECRET, 0, 2),
        item(TERM, 0, 2),
        item(LAW, 0, 1),
        extra={"word/numbering.xml": numbering(_LEGAL, _PLAIN, swap=True)},
    )
    return old, new


# -- moves
@trap
def move_with_an_edit() -> Pair:
    old = docx(*map(para, (SECRET, FEES, TERM, LAW, NOTICE)))
    return old, docx(*map(para, (FEES, TERM, LAW, SECRET, NOTICE.replace("writing", "text form"))))


@trap
def moved_clause_is_also_edited() -> Pair:
    long = SECRET + " It tells nobody but its advisers, and them only what they need to know for the purpose."
    old = docx(*map(para, (long, FEES, TERM, LAW, NOTICE)))
    return old, docx(*map(para, (FEES, TERM, LAW, long.replace("nobody", "no one"), NOTICE)))


@trap
def moved_paragraph_with_a_bookmark_and_a_paragraph_id() -> Pair:
    def marked(text: str) -> str:
        return (
            '<w:p w14:paraId="1A2B3C4D" w14:textId="77777777"><w:bookmarkStart w:id="1" w:name="_Ref100"/>'
            f'{run(text)}<w:bookmarkEnd w:id="1"/></w:p>'
        )

    refer = para(run("As said in ") + field("REF _Ref100 \\h", "clause 1") + run(", nothing changes."))
    return docx(marked(SECRET), para(FEES), para(TERM), refer), docx(
        para(FEES), para(TERM), marked(SECRET), refer
    )


# -- tables
@trap
def rows_come_and_go() -> Pair:
    old = docx(
        para(FEES), table("Item | Price", "Licence | 100", "Support | 200", "Training | 300"), para(TERM)
    )
    return old, docx(
        para(FEES), table("Item | Price", "Licence | 110", "Hosting | 150", "Training | 300"), para(TERM)
    )


@trap
def a_column_is_added() -> Pair:
    old = docx(para(FEES), table("Item | Price", "Licence | 100"), para(TERM))
    return old, docx(para(FEES), table("Item | Unit | Price", "Licence | seat | 100"), para(TERM))


@trap
def a_column_is_removed() -> Pair:
    old = docx(para(FEES), table("Item | Unit | Price", "Licence | seat | 100"), para(TERM))
    return old, docx(para(FEES), table("Item | Price", "Licence | 100"), para(TERM))


@trap
def cells_are_merged() -> Pair:
    old = docx(para(FEES), table("Item | Price", "Licence | 100", "Total | 100"), para(TERM))
    return old, docx(
        para(FEES), table("Item | Price", "Licence | 100", "Total on request", spans={(2, 0): 2}), para(TERM)
    )


@trap
def a_table_goes_between_two_paragraphs() -> Pair:
    old = docx(para(FEES), table("Item | Price", "Licence | 100"), para(TERM), para(LAW))
    return old, docx(para(FEES), para(TERM), para(LAW))


@trap
def a_table_comes_at_the_end() -> Pair:
    old = docx(para(FEES), para(TERM))
    return old, docx(para(FEES), para(TERM), table("Item | Price", "Licence | 100"), para(""))


@trap
def a_nested_table_changes() -> Pair:
    def make(price: str, more: tuple[str, ...] = ()) -> bytes:
        inner = table("Seat | Price", f"Named | {price}", *more)
        return docx(
            para(FEES),
            table(f"Licences | {inner}<w:p/>").replace(f"{inner}<w:p/>", inner + "<w:p/>"),
            para(TERM),
        )

    return make("EUR 10.50"), make("EUR 12.50", ("Floating | EUR 30.00",))


# -- notes, fields, links, comments, formulas
@trap
def footnote_text_changes_and_one_goes() -> Pair:
    old = docx(
        para(run(FEES) + note_reference(1)), para(run(TERM) + note_reference(2)),
        extra={"word/footnotes.xml": notes("Plus value added tax.", "Counted from the signature.")},
    )  # fmt: skip
    new = docx(
        para(run(FEES) + note_reference(1)),
        para(TERM),
        extra={"word/footnotes.xml": notes("Plus sales tax.")},
    )
    return old, new


@trap
def footnote_comes_with_other_numbers() -> Pair:
    old = docx(
        para(FEES),
        para(run(TERM) + note_reference(1)),
        extra={"word/footnotes.xml": notes("Counted from the signature.")},
    )
    new = docx(
        para(run(FEES) + note_reference(4)), para(run(TERM) + note_reference(5)),
        extra={"word/footnotes.xml": notes("Plus value added tax.", "Counted from the delivery.", first=4)},
    )  # fmt: skip
    return old, new


@trap
def first_footnote_of_a_document() -> Pair:
    return docx(para(FEES), para(TERM)), docx(
        para(run(FEES) + note_reference(1)),
        para(TERM),
        extra={"word/footnotes.xml": notes("Plus value added tax.")},
    )


@trap
def field_result_and_field_instruction() -> Pair:
    def make(first: str, shown: str) -> bytes:
        return docx(
            para(run("See ") + field(first, "clause 4") + run(" for the fees.")),
            para(run("Dated ") + field("DATE", shown) + run(" in Graz.")),
            para(TERM),
        )

    return make("REF _Ref1 \\h", "1 May 2026"), make("REF _Ref2 \\h", "2 May 2026")


@trap
def field_over_two_paragraphs() -> Pair:
    def contents(second: str) -> str:
        begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        return (
            para(begin + run("Payment 1"))
            + para(run(f"{second} 2"))
            + para('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        )

    return docx(contents("Term"), para(FEES)), docx(
        contents("Duration"), para(FEES.replace("thirty", "sixty"))
    )


@trap
def link_target_and_link_words() -> Pair:
    def make(target: str, words: str) -> bytes:
        rels = (("rIdA", LINK, target, True), ("rIdB", LINK, "https://example.org/privacy", True))
        return docx(
            para(run("Terms: ") + link("rIdA", "our terms")),
            para(run("Privacy: ") + link("rIdB", words)),
            para(TERM),
            rels=rels,
        )

    return make("https://example.org/terms/1", "our privacy notice"), make(
        "https://example.org/terms/2", "our privacy policy"
    )


@trap
def comment_on_words_that_go() -> Pair:
    def comments(*texts: str) -> str:
        return f"<w:comments {NAMESPACES}>" + "".join(
            f'<w:comment w:id="{i}" w:author="Dana" w:date="2026-03-01T10:00:00Z">{para(text)}</w:comment>' for i, text in enumerate(texts)
        ) + "</w:comments>"  # fmt: skip

    def noted(text: str, number: int) -> str:
        return f'<w:commentRangeStart w:id="{number}"/>{run(text)}<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'

    old = docx(
        para(FEES), para(run("Interest is ") + noted("eight percent", 0) + run(" a year.")), para(LAW), para(TERM),
        extra={"word/comments.xml": comments("Too high?")},
    )  # fmt: skip
    new = docx(
        para(FEES), para(noted(LAW, 0)), para(TERM), extra={"word/comments.xml": comments("Is this agreed?")}
    )
    return old, new


@trap
def formula_changes() -> Pair:
    m = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'

    def make(factor: str, word: str) -> bytes:
        formula = f"<m:oMath {m}><m:r><m:t>{factor}</m:t></m:r><m:r><m:t>×price</m:t></m:r></m:oMath>"
        return docx(para(run("The fee is ") + formula + run(f", rounded {word}.")), para(TERM))

    return make("1.05", "up"), make("1.10", "down")


@trap
def strict_against_transitional() -> Pair:
    old = docx(para(FEES), para(TERM))
    content = parts(para(FEES.replace("thirty", "sixty")), para(TERM))
    main = str(content["word/document.xml"])
    for name, other in (
        (
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        (OFFICE.rstrip("/"), "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ):
        main = main.replace(name, other)
    content["word/document.xml"] = main
    return old, pack(content)


@trap
def bound_control_changes() -> Pair:
    bound = '<w:sdt><w:sdtPr><w:tag w:val="Date"/><w:dataBinding w:xpath="/a/b" w:storeItemID="{00000000-0000-0000-0000-000000000001}"/><w:text/></w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>'

    def make(day: str) -> bytes:
        return docx(para(run("Signed on ") + bound % run(day) + run(" in Graz.")), para(TERM))

    return make("1 May 2026"), make("15 May 2026")


@trap
def everything_is_rewritten() -> Pair:
    old = docx(para(FEES), para(TERM), para(LAW))
    return old, docx(para("Wholly different words, sentence one."), para("Nothing of it was there before."))
