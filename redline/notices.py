"""What the gate can say about an accepted document: codes, kinds and the plain sentences.

A notice is a fact for the reviewer, not an accusation. Its kind says how loud the page should be:

- ``deceit``: the reader sees something else than the file says (hidden, disguised or swapped text);
- ``moving``: the text may change by itself after it was read;
- ``outside``: the file reaches for something outside itself;
- ``active``: the file carries programs or foreign objects;
- ``revisions``: tracked changes that are broken or dressed up;
- ``leak``: the file carries more than its text (names, comments, properties);
- ``structure``: the package is unusual but readable;
- ``fact``: worth knowing, nothing wrong.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """One finding. ``block`` is the address of the paragraph ("body:12") or "" for the whole file."""

    code: str
    message: str
    block: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class GateReport:
    """The gate's answer for an accepted document."""

    sha256: str
    paragraphs: int
    tracked_changes: int
    comments: int
    warnings: tuple[Notice, ...]


KINDS: dict[str, tuple[str, str]] = {
    # what the eye does not see
    "hidden_text": ("deceit", "Text is formatted as hidden: it does not show on paper or screen."),
    "invisible_colour": ("deceit", "Text has the colour of its background, so it cannot be seen."),
    "tiny_text": ("deceit", "Text is too small or too narrow to be read."),
    "clipped_text": ("deceit", "Text stands in a line or row too low to show it."),
    "off_page": ("deceit", "Text is placed outside the page or in a box of no size."),
    # what the eye sees differently
    "bidi_override": (
        "deceit",
        "The writing direction is forced, so the text reads differently from how it is stored.",
    ),
    "bidi_control": ("deceit", "Invisible direction marks change the order in which the text is shown."),
    "invisible_character": (
        "deceit",
        "Invisible characters stand inside the text; searches and comparisons miss the word.",
    ),
    "soft_hyphen": ("deceit", "Invisible hyphens stand inside words; searches and comparisons miss them."),
    "homoglyph": ("deceit", "A word mixes letters of different alphabets that look alike."),
    "foreign_digits": ("deceit", "Digits of another script stand in this text."),
    "fake_strike": ("deceit", "Letters are overlaid to look struck out; they are still there."),
    "alternate_content": (
        "deceit",
        "The file holds two versions of this text; programs differ in which one they show.",
    ),
    "data_binding": (
        "deceit",
        "A form field shows one value here, but Word will show another one stored in the file.",
    ),
    "alt_chunk": (
        "deceit",
        "Another document is embedded as text: Word shows it, other programs leave it out.",
    ),
    "unknown_markup": ("deceit", "Text stands in markup that programs may show or leave out."),
    # what moves
    "field_date": ("moving", "A date or time field changes each time the document is opened."),
    "field_condition": (
        "moving",
        "A field computes its text, so it may change when the document is opened or printed.",
    ),
    "field_property": ("moving", "A field copies its text from the file's properties and may change."),
    # what reaches out
    "field_outside": ("outside", "A field loads text or pictures from outside the document."),
    "remote_template": ("outside", "The document loads its template from another place."),
    "linked_image": (
        "outside",
        "A picture is loaded from outside the document; loading it reports that it was opened.",
    ),
    "ole_link": ("outside", "An object is linked to a file outside the document."),
    "sub_document": ("outside", "Parts of the text are kept in other files."),
    "mail_merge": ("outside", "The document is a mail-merge form bound to a data source."),
    "frameset": ("outside", "The document loads other documents in frames."),
    "unsafe_link": (
        "outside",
        "A link leads to a file, a program or another computer instead of a web page.",
    ),
    "external_link": ("outside", "The document refers to something outside itself."),
    # what runs
    "field_dde": ("active", "A field starts another program (DDE)."),
    "field_macro": ("active", "A field starts a macro or an embedded control."),
    "script_link": ("active", "A link runs a script."),
    "embedded_object": ("active", "Another file is embedded in the document."),
    "activex": ("active", "The document carries program controls (ActiveX)."),
    "script_text": ("active", "Text or a name looks like a script; it is shown as plain text everywhere."),
    "formula_text": ("active", "Text looks like a spreadsheet formula; exports write it as plain text."),
    # tracked changes
    "bad_revision": ("revisions", "Tracked changes are written wrongly; programs may show them differently."),
    "bad_revision_date": ("revisions", "Tracked changes carry impossible or meaningless dates."),
    "odd_author": ("revisions", "Tracked changes or comments carry an empty or unusual author name."),
    "paragraph_mark": ("revisions", "Only a paragraph mark is deleted: accepting it joins two paragraphs."),
    # what leaks
    "comments": ("leak", "The document carries comments."),
    "metadata": ("leak", "The file's properties name people or organisations."),
    "custom_properties": ("leak", "The file carries custom properties or variables."),
    "custom_xml": ("leak", "The file carries data behind the text (custom XML)."),
    "people": ("leak", "The file lists the people who worked on it."),
    "thumbnail": ("leak", "The file carries a preview picture, possibly of an earlier text."),
    "local_path": ("leak", "The file names a path or template on its author's computer."),
    "orphan_part": ("leak", "The file carries a part nothing refers to."),
    "leaking_bookmark": ("leak", "Bookmarks or form help texts carry hidden notes."),
    # structure
    "signed": (
        "structure",
        "The file carries a digital signature; any edit, also a redline, makes it invalid.",
    ),
    "protected": ("structure", "The document is protected against editing or forces tracked changes."),
    "strict": ("structure", "The document is in the Strict form of the format."),
    "no_styles": ("structure", "The document has no styles part."),
    "missing_part": ("structure", "The document refers to a part that is not in the file."),
    "empty_part": ("structure", "A part of the file is empty."),
    "duplicate_properties": ("structure", "The file carries its properties twice."),
    "odd_part_name": ("structure", "A part of the file has a name the format does not allow."),
    "byte_order_mark": ("structure", "Parts of the file begin with a byte order mark."),
    "deep_nesting": ("structure", "Tables or boxes are nested unusually deep."),
    # facts
    "tracked_changes": ("fact", "The document carries tracked changes."),
    "right_to_left": (
        "fact",
        "The document holds right-to-left text: check numbers and dates in its paragraphs.",
    ),
    "denormalised": (
        "fact",
        "Letters are stored in two pieces (letter and accent); comparisons use the joined form.",
    ),
    "long_document": ("fact", "The document is unusually long."),
}


def notice(code: str, *, block: str = "", quote: str = "", detail: str = "") -> Notice:
    """The notice for a code; ``detail`` is appended to its sentence, the quote is cut to 160 characters."""
    message = KINDS[code][1]
    if detail:
        message = f"{message} {detail}"
    return Notice(code, message, block, shorten(quote))


def kind_of(code: str) -> str:
    return KINDS[code][0]


def shorten(text: str, length: int = 160) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
