"""Types: every rule against its own words, headings that hide and headings that do not."""

import re

import pytest

from clauses import analyse
from clauses.classify import by_heading, by_phrases, plain, section_type
from clauses.cuad_rules import RULES as SENTENCE_RULES
from clauses.linear import shipped
from clauses.type_rules import BRIEF_CODES, RULES, SECTION_TYPES
from tests.clauses.sample import AGREEMENT

PHRASES = [(rule.code, phrase) for rule in RULES for phrase in rule.phrases]


@pytest.mark.parametrize(("code", "phrase"), PHRASES, ids=lambda v: v if isinstance(v, str) else v.yes[:40])
def test_a_phrase_matches_its_own_words_and_not_its_counter_example(code, phrase):
    yes, no = plain(phrase.yes), plain(phrase.no)
    assert re.search(phrase.pattern, yes), phrase.yes
    assert any(need in yes for need in phrase.needs), f"needs never met by: {phrase.yes}"
    assert not re.search(phrase.pattern, no), phrase.no


@pytest.mark.parametrize("rule", SENTENCE_RULES, ids=lambda r: f"{r.category}: {r.yes[:30]}")
def test_a_sentence_rule_matches_its_own_words_and_not_its_counter_example(rule):
    yes, no = plain(rule.yes), plain(rule.no)
    assert re.search(rule.pattern, yes), rule.yes
    assert any(need in yes for need in rule.needs)
    assert not re.search(rule.never, yes), f"taken back by its own exception: {rule.yes}"
    assert not re.search(rule.pattern, no), rule.no


def test_every_stable_code_has_a_rule():
    assert set(BRIEF_CODES) <= {rule.code for rule in RULES}
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert {code for codes in SECTION_TYPES.values() for code in codes} <= {rule.code for rule in RULES}


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Limitation of Liability", {"liability_cap"}),
        ("Term & Termination", {"term", "termination"}),
        ("Governing Law, Venue, and Dispute Process", {"governing_law", "disputes"}),
        ("Security Incident Notification", {"breach_notice"}),
        ("Subprocessors", {"sub_processors"}),
        ("Payment Terms", {"payment"}),
        ("Miscellaneous", {"general"}),
        ("Termination for Convenience", {"termination"}),
    ],
)
def test_headings(heading, expected):
    assert set(by_heading(heading)) == expected


def test_miscellaneous_hides_nothing():
    analysis = analyse(AGREEMENT)
    kinds = {c.path: {t.type for t in c.types} for c in analysis.clauses if not c.schedule}
    assert {"governing_law", "disputes"} <= kinds["6.1"]
    assert "assignment" in kinds["6.2"]
    assert "force_majeure" in kinds["6.3"]
    assert "entire_agreement" in kinds["6.4"]
    assert "general" not in kinds["6.1"]


def test_an_exception_in_a_list_is_typed_by_its_clause_not_by_its_word():
    analysis = analyse(AGREEMENT)
    item = next(c for c in analysis.clauses if c.path == "4.3(c)")
    assert "indemnity" not in {t.type for t in item.types}


def test_one_clause_may_have_several_types_best_first():
    scores = by_phrases(
        "This Agreement renews automatically. Either party may terminate this Agreement on notice."
    )
    assert scores["renewal"] >= 0.8
    assert scores["termination"] >= 0.7
    kinds = (
        analyse("1. Term and Termination. It renews automatically; a party may terminate this Agreement.")
        .clauses[0]
        .types
    )
    assert [k.score for k in kinds] == sorted((k.score for k in kinds), reverse=True)


def test_a_section_without_heading_gets_its_published_type():
    text = "If any provision of this Agreement is held invalid, the remaining provisions stay in full force."
    assert section_type(text)[0][0] == "severability"
    assert len(section_type(text)) == len(SECTION_TYPES)


def test_a_clause_without_heading_and_telling_phrases_is_typed_by_the_model():
    text = (
        "4. All supplies, forms, drawings and manuals that Company furnishes to Agent, and every "
        "reproduction of them, belong to Company at all times; Agent acquires no title or interest in them "
        "by using them, and gives them back when asked to do so.\n"
    )
    assert by_phrases(text) == {}
    (clause,) = [one for one in analyse(text).clauses if one.number == "4."]
    assert [kind.type for kind in clause.types] == ["ip_ownership"]


def test_every_type_of_the_model_has_a_code():
    codes = {rule.code for rule in RULES}
    assert {SECTION_TYPES[name][0] for name in SECTION_TYPES} <= codes
    assert set(shipped()["sections"].classes) == set(SECTION_TYPES)
