"""What a change touches: uses, definitions on the way, references, the same value elsewhere."""

import json

import pytest
from hypothesis import given

from clauses import Unreadable, analyse, cascade
from clauses.cli import main
from tests.clauses.sample import AGREEMENT
from tests.clauses.test_properties import TEXTS

CONTRACT = """1. Definitions
1.1 “Fees” means the sums payable under Section 2.
1.2 “Cap” means the Fees paid in the twelve months before the claim.
1.3 “Claim” means a claim that exceeds the Cap.
1.4 “Service Fees” means the part of the price for support.
2. Payment
2.1 Customer shall pay the Fees within 30 days of the invoice.
2.2 The Service Fees are due yearly. A dispute is raised within thirty days.
3. Liability
3.1 No party pays more than the Cap for any Claim.
3.2 Section 3.1 does not limit the duty to pay under Section 2.1. Section 2 comes first.
"""


def touched(found, *kinds):
    return [(t.kind, t.place.quote, t.via) for t in found.touches if not kinds or t.kind in kinds]


def test_a_term_touches_its_uses_and_the_terms_built_on_it():
    found = cascade(analyse(CONTRACT), "fees")
    assert (found.kind, found.target) == ("term", "Fees")
    assert ("definition", "Fees", ()) in touched(found)
    assert ("defined_with", "Fees", ()) in touched(found)
    assert ("use", "Fees", ()) in touched(found)
    assert ("defined_with", "Cap", ("Cap",)) in touched(found)
    assert ("use", "Claim", ("Cap", "Claim")) in touched(found)


def test_a_longer_term_is_not_a_use_of_the_shorter_one():
    analysis = analyse(CONTRACT)
    found = cascade(analysis, "Fees", kind="term")
    assert not any(analysis.text[t.place.start - 8 : t.place.start] == "Service " for t in found.touches)


def test_a_clause_touches_the_references_to_it_and_what_it_defines():
    analysis = analyse(CONTRACT)
    found = cascade(analysis, "Section 2.1")
    assert found.kind == "clause"
    references = [(t.place.quote, t.why) for t in found.of_kind("reference")]
    assert ("Section 2.1", "points to it") in references
    assert any(quote == "Section 2" and "contains it" in why for quote, why in references)
    uses = [t for t in cascade(analysis, "1.2").touches if t.via[:1] == ("Cap",)]
    assert {t.place.quote for t in uses} >= {"Cap", "Claim"}


def test_a_value_touches_the_same_value_in_other_words():
    found = cascade(analyse(CONTRACT), "30 days")
    assert [t.place.quote for t in found.of_kind("value")] == ["30 days", "thirty days"]
    twelve = cascade(analyse(CONTRACT), "1 year")
    assert "use" in {t.kind for t in twelve.touches}  # the value stands in a definition, and the term is used


@pytest.mark.parametrize(
    ("target", "kind"), [("Goodwill", "term"), ("9.9", "clause"), ("45 days", "value"), ("xyz", ""), ("", "")]
)
def test_what_is_not_in_the_contract_is_said_in_a_sentence(target, kind):
    with pytest.raises(Unreadable) as refusal:
        cascade(analyse(CONTRACT), target, kind=kind)
    assert refusal.value.code == "not-in-contract"


def test_every_touch_quotes_its_place_and_comes_in_reading_order():
    analysis = analyse(AGREEMENT)
    for target in ("Fees", "4.1", "Schedule 1", "thirty (30) days"):
        found = cascade(analysis, target)
        assert found.touches
        assert all(analysis.text[t.place.start : t.place.end] == t.place.quote for t in found.touches)
        assert [t.place.start for t in found.touches] == sorted(t.place.start for t in found.touches)


@given(TEXTS)
def test_any_text_and_target_give_an_answer_or_a_sentence(text):
    analysis = analyse(text)
    for target in ("Buyer", "1", "Schedule 2", "50%", text[:20]):
        try:
            found = cascade(analysis, target)
        except Unreadable:
            continue
        assert all(text[t.place.start : t.place.end] == t.place.quote for t in found.touches)


def test_the_command_prints_what_is_touched(tmp_path, capsys):
    file = tmp_path / "contract.txt"
    file.write_text(CONTRACT, encoding="utf-8")
    assert main(["cascade", str(file), "--term", "Fees", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["target"] == "Fees"
    assert {"kind", "why", "place", "via", "around"} == set(answer["touches"][0])
    assert main(["cascade", str(file), "--clause", "3.1"]) == 0
    assert "points to it" in capsys.readouterr().out
    assert main(["cascade", str(file), "--value", "99 days"]) == 3
    assert "not-in-contract" in capsys.readouterr().err
