"""Every file of the nasty set: refused with a code, or accepted with the notices that name what is nasty."""

import re

import pytest

from redline.errors import Refused
from redline.gate import check
from redline.notices import KINDS
from tests.shared import SHARED, needs_shared

NASTY = SHARED / "testdata" / "nasty"

REFUSED = {
    "real/zip-truncated-a.docx": "zip_damaged",
    "real/zip-fuzz-centraldir-a.docx": "zip_damaged",
    "real/zip-fuzz-notzip-a.docx": "trailing_data",
    "real/zip-fuzz-notzip-b.docx": "zip_damaged",
    "real/zip-fuzz-badpart.docx": "zip_damaged",
    "real/ole-encrypted-a.docx": "encrypted",
    "real/ole-encrypted-b.docx": "encrypted",
    "real/macro-renamed-a.docx": "macros",
    "real/macro-form-renamed.docx": "macros",
    "real/xxe-document.docx": "xml_dtd",
    "real/structure-no-document-part.docx": "no_document",
    "real/entities-content-types.docx": "xml_dtd",
    "real/rtf-renamed.docx": "wrong_type",
    "real/legacy-doc-renamed-a.docx": "legacy_doc",
    "crafted/zip-bomb-media-200mb.docx": "zip_bomb",
    "crafted/zip-bomb-lying-size.docx": "zip_bomb",
    "crafted/zip-many-entries.docx": "too_many_parts",
    "crafted/zip-overlap.docx": "duplicate_part",
    "crafted/zip-path-traversal.docx": "bad_name",
    "crafted/zip-duplicate-document-part.docx": "duplicate_part",
    "crafted/zip-prepended-polyglot.docx": "wrong_type",
    "crafted/zip-trailing-data.docx": "trailing_data",
    "crafted/zip-encrypted-flag.docx": "encrypted",
    "crafted/zip-bzip2.docx": "zip_method",
    "crafted/zip-nul-name.docx": "bad_name",
    "crafted/type-empty-file.docx": "empty",
    "crafted/type-html-renamed.docx": "wrong_type",
    "crafted/type-plain-zip.docx": "not_docx",
    "crafted/xxe-file.docx": "xml_dtd",
    "crafted/xxe-in-rels.docx": "xml_dtd",
    "crafted/xml-billion-laughs.docx": "xml_dtd",
    "crafted/xml-nested-tables-300.docx": "xml_depth",  # policy: refused
    "crafted/xml-nested-ins-1000.docx": "xml_depth",  # policy: refused
    "crafted/xml-huge-text-node.docx": "zip_bomb",  # policy: refused
    "crafted/xml-broken.docx": "xml_broken",
    "crafted/xml-wrong-encoding.docx": "xml_broken",
    "crafted/image-pixel-flood-20000.docx": "image_too_big",
}
# What must be said at least. An empty set: nothing in the file itself is worth a warning (see docs/gate.md).
ACCEPTED = {
    "real/dde-a.docx": {"field_dde"},
    "real/ext-attached-template.docx": {"remote_template"},
    "real/ext-picture.docx": {"linked_image"},
    "real/ext-oleobject.docx": {"ole_link"},
    "real/ext-subdocument.docx": {"sub_document"},
    "real/ext-mailmerge.docx": {"mail_merge"},
    "real/altchunk-html.docx": {"alt_chunk"},
    "real/ratio-embedded-pdf.docx": {"embedded_object"},
    "real/embed-simple.docx": {"embedded_object"},
    "real/embed-recursive.docx": {"embedded_object"},
    "real/activex-forms.docx": {"activex"},
    "real/structure-two-core-props.docx": {"duplicate_properties"},
    "real/structure-derived-part-name.docx": {"odd_part_name"},
    "real/structure-utf8-bom.docx": {"byte_order_mark"},
    "real/structure-strict.docx": {"strict"},
    "real/structure-zero-length-part.docx": set(),  # no part of it has zero length
    "real/structure-null-header.docx": {"no_styles"},  # nothing in it names the missing header
    "real/structure-no-styles.docx": {"no_styles"},
    "real/hidden-vanish-textbox.docx": {"hidden_text"},
    "real/hidden-vanish-white.docx": {"hidden_text", "invisible_colour"},
    "real/bidi-hebrew-a.docx": {"right_to_left"},
    "real/bidi-arabic-align.docx": {"right_to_left"},
    "real/unicode-zero-width.docx": {"soft_hyphen", "right_to_left"},
    "real/signed-a.docx": {"signed"},
    "real/meta-multi-authors.docx": {"metadata"},
    "real/meta-properties.docx": {"metadata"},
    "real/meta-comments-people.docx": {"comments"},
    "real/protect-tracked.docx": {"protected"},
    "real/tracked-mixed.docx": {"tracked_changes", "people"},
    "real/tracked-delins.docx": {"tracked_changes"},
    "crafted/many-paragraphs-10k.docx": {"long_document"},
    "crafted/ext-template-http.docx": {"remote_template"},
    "crafted/ext-image-http.docx": {"linked_image"},
    "crafted/altchunk-script.docx": {"alt_chunk"},
    "crafted/hidden-vanish-clause.docx": {"hidden_text"},
    "crafted/hidden-white-text.docx": {"invisible_colour"},
    "crafted/hidden-tiny-font.docx": {"tiny_text"},
    "crafted/bidi-override-amount.docx": {"bidi_override"},
    "crafted/zero-width-defined-term.docx": {"invisible_character"},
    "crafted/homoglyph-party.docx": {"homoglyph"},
    "crafted/silent-edit-base.docx": set(),
    "crafted/silent-edit-changed.docx": set(),  # alone it is an ordinary document; `untracked` finds the edit
    "crafted/tracked-del-with-t.docx": {"bad_revision", "bad_revision_date"},
    "crafted/tracked-bad-dates.docx": {"bad_revision_date", "odd_author"},
    "crafted/tracked-paragraph-mark.docx": {"paragraph_mark"},
    "crafted/field-date-moving.docx": {"field_date"},
    "crafted/databound-mismatch.docx": {"data_binding"},
    "crafted/alternatecontent-mismatch.docx": {"alternate_content"},
    "crafted/leak-canaries.docx": {"comments", "metadata", "custom_properties"},
    "crafted/xss-text-and-author.docx": {"script_text"},
    "crafted/csv-formula-party.docx": {"formula_text"},
}
LOUD = ("deceit", "active", "outside", "moving")

pytestmark = [needs_shared, pytest.mark.shared]


def manifest() -> dict[str, str]:
    text = (NASTY / "MANIFEST.md").read_text() if NASTY.is_dir() else ""
    return dict(re.findall(r"^\| ((?:real|crafted)/\S+) \| ([RAP]) \|", text, re.MULTILINE))


def test_the_tables_cover_the_whole_manifest_and_agree_with_it():
    expected = manifest()
    assert set(REFUSED) | set(ACCEPTED) == set(expected)
    assert {name for name, outcome in expected.items() if outcome == "R"} <= set(REFUSED)
    assert {name for name, outcome in expected.items() if outcome == "A"} <= set(ACCEPTED)


@pytest.mark.parametrize(("name", "code"), sorted(REFUSED.items()))
def test_it_refuses(name, code):
    with pytest.raises(Refused) as refused:
        check((NASTY / name).read_bytes())
    assert refused.value.code == code
    assert refused.value.message.endswith((".", "?"))


@pytest.mark.parametrize(("name", "codes"), sorted(ACCEPTED.items()))
def test_it_accepts_and_says_what_is_nasty(name, codes):
    report = check((NASTY / name).read_bytes())
    said = {notice.code for notice in report.warnings}
    assert codes <= said
    assert said <= set(KINDS)


@pytest.mark.parametrize(
    "path", sorted((SHARED / "data" / "docx").glob("*.docx")), ids=lambda path: path.stem
)
def test_an_honest_form_raises_no_alarm(path):
    loud = [notice for notice in check(path.read_bytes()).warnings if KINDS[notice.code][0] in LOUD]
    assert loud == []
