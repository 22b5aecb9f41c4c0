"""Published forms beside the project: read without exception, few false alarms, cover pages as key terms."""

from collections import Counter
from functools import lru_cache

import pytest

import redline
from clauses import analyse, check
from tests.shared import SHARED, needs_shared

pytestmark = [needs_shared, pytest.mark.shared]

WORD = sorted((SHARED / "data" / "docx").glob("*.docx"))
MARKED = sorted((SHARED / "data" / "markdown").glob("*.md"))


@lru_cache(maxsize=40)
def read(name):
    document = redline.read((SHARED / "data" / "docx" / name).read_bytes())
    return document, analyse(document)


def analysis_of(name):
    return read(name)[1]


@pytest.mark.parametrize("path", WORD, ids=lambda p: p.stem)
def test_word_forms_are_read_and_quote_the_text_of_the_engine(path):
    document, analysis = read(path.name)
    assert analysis.text == document.text
    assert analysis.clauses
    assert all(analysis.text[f.start : f.end] == f.quote for f in analysis.facts)
    blocks = {b.id for b in document.blocks}
    assert {b for c in analysis.clauses for b in c.blocks} <= blocks


@pytest.mark.parametrize("path", MARKED, ids=lambda p: p.stem)
def test_marked_text_is_read(path):
    analysis = analyse(path.read_text(encoding="utf-8"))
    assert analysis.clauses
    assert all(analysis.text[f.start : f.end] == f.quote for f in analysis.facts)


@pytest.mark.parametrize("path", WORD, ids=lambda p: p.stem)
def test_untouched_forms_raise_no_contradiction(path):
    found = Counter(i.code for i in check(analysis_of(path.name)))
    assert found["contradiction"] == found["words_and_figures"] == found["self_reference"] == 0
    assert found["undefined_term"] + found["unused_term"] + found["defined_twice"] <= 3


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        (
            "common-paper-mutual-nda.docx",
            ["Purpose", "Effective Date", "MNDA Term", "Term of Confidentiality", "Governing Law"],
        ),
        (
            "common-paper-csa-with-sla.docx",
            ["General Cap Amount", "Increased Claims", "Governing Law", "Subscription Period"],
        ),
        (
            "common-paper-data-processing-agreement.docx",
            ["Agreement", "Approved Subprocessors", "Governing Member State"],
        ),
        (
            "example-cover-page-for-bonterms-mutual-nda.docx",
            ["Purpose", "Term of NDA", "Confidentiality Period", "Courts"],
        ),
        ("openagreements-restrictive-covenant-california.docx", ["Employer", "Governing Law"]),
    ],
)
def test_cover_pages_give_key_terms(name, labels):
    analysis = analysis_of(name)
    assert [label for label in labels if analysis.key_term(label) is None] == []


def test_a_blank_on_a_cover_page_is_said_to_be_blank_and_a_value_is_read():
    assert analysis_of("common-paper-mutual-nda.docx").key_term("Effective Date").note == "blank in the form"
    california = analysis_of("openagreements-restrictive-covenant-california.docx")
    law = [f for f in california.facts if f.unit == "governing_law"]
    assert [(f.value, f.label) for f in law] == [("California", "Governing Law")]


@pytest.mark.parametrize(
    ("name", "path", "kind"),
    [
        ("common-paper-csa-with-ai.docx", "8.1", "liability_cap"),
        ("common-paper-csa-with-ai.docx", "8.2", "liability_exclusions"),
        ("common-paper-csa-with-ai.docx", "1.6", "ai"),
        ("common-paper-csa-with-ai.docx", "9.1", "indemnity"),
        ("common-paper-csa-with-ai.docx", "10.1", "confidentiality"),
        ("common-paper-csa-with-ai.docx", "5.3", "termination"),
        ("common-paper-data-processing-agreement.docx", "4", "breach_notice"),
    ],
)
def test_clauses_of_known_forms_have_their_type(name, path, kind):
    clauses = [c for c in analysis_of(name).clauses if c.path == path and not c.schedule]
    assert any(c.has_type(kind) for c in clauses), [(c.heading, [t.type for t in c.types]) for c in clauses]
