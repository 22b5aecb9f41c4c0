"""Nothing that a template says is lost: what Parley reads in it is asked for, our way, or named on its row."""
# ruff: noqa: E501  (clauses are easier to read in one line)

from functools import cache

import pytest

import redline
from clauses.topics.values import READ
from config.demo import contracts
from playbooks.conditions import Compare, Ref
from playbooks.everywhere import specs_of
from playbooks.importing.labels import plainly
from playbooks.importing.template_more import NEVER, WAYS, way_of
from playbooks.review import review
from playbooks.topics import TOPICS
from tests.playbooks.importing.test_template import changed_by, made_of, plain, playbook_of, rule

CAP = (
    "each party in connection with this Statement of Work is limited to the greater of two hundred per cent "
    "(200%) of the Price and EUR 300,000."
)
SUPPLIER_ONLY = (
    "the Supplier in connection with this Statement of Work is limited to the greater of two hundred per cent "
    "(200%) of the Price and EUR 300,000. The liability of the Customer is unlimited."
)


@cache
def of_our_sow():
    """Our statement of work as text, and the playbook that is made of it for the customer."""
    source = redline.read(contracts.build("professional-services-sow"))
    return source.text, playbook_of(*made_of(source, "professional_services", "customer"))


@pytest.mark.parametrize(
    ("ours", "theirs", "issue"),
    [
        ("EUR 2,000,000 for each event", "EUR 100,000 for each event", "insurance"),
        ("and once a year", "", "insurance"),
        ("ten per cent (10%) of that part", "two per cent (2%) of that part", "late_delivery"),
        (
            "the greater of two hundred per cent (200%) of the Price and EUR 300,000",
            "two hundred per cent (200%) of the Price",
            "general_liability_cap",
        ),
        ("the Price and EUR 300,000", "the Price and EUR 30,000", "general_liability_cap"),
        (CAP, SUPPLIER_ONLY, "general_liability_cap"),
        (", and shall pay the damages, costs and settlements that result", "", "indemnity_for_infringement"),
        ("thirty (30) days of receiving it", "thirty (30) days of the date of the invoice", "payment_period"),
    ],
)
def test_what_the_template_says_and_the_other_side_takes_back_is_found(ours, theirs, issue):
    text, read = of_our_sow()
    assert ours in text
    assert review(read, text).finding(issue).status == "compliant"
    assert review(read, text.replace(ours, theirs)).finding(issue).status == "outside"


def test_another_law_and_seat_are_changed_by_their_names_alone():
    text, read = of_our_sow()
    theirs = text.replace("the law of Germany", "the law of England and Wales").replace(
        "The courts of Hamburg", "The courts of London"
    )
    assert changed_by(read, theirs, "governing_law_and_forum") == text


@pytest.mark.parametrize(
    ("ours", "better", "issue"),
    [
        ("EUR 2,000,000 for each event", "EUR 5,000,000 for each event", "insurance"),
        (", to a limit of ten per cent (10%) of that part", "", "late_delivery"),
        ("the Price and EUR 300,000", "the Price and EUR 400,000", "general_liability_cap"),
    ],
)
def test_better_than_the_template_passes(ours, better, issue):
    text, read = of_our_sow()
    assert ours in text
    assert review(read, text.replace(ours, better)).finding(issue).status == "compliant"


@pytest.mark.parametrize(
    ("slug", "contract_type", "side"),
    [
        ("professional-services-sow", "professional_services", "customer"),
        ("mutual-nda", "nda_mutual", "both"),
    ],
)
def test_every_value_that_is_read_is_in_the_rule_or_named_on_the_row(slug, contract_type, side):
    book, proposals = made_of(redline.read(contracts.build(slug)), contract_type, side)
    seen = 0
    for topic, found in proposals.items():
        rung, notes = found.decision.rungs[0], " ".join(note.says for note in found.notes)
        issue = book.template._probe.playbook.issue(topic)
        facts = [book.template._probe.facts(issue, place) for place in book.template.places(topic)]
        for name, spec in specs_of(topic).items():
            read = [one.get(Ref("value", name)) for one in facts]
            said = [
                value.value for value in read if value.state == READ and value.spans and value.value != ()
            ]
            way = way_of(topic, name, side)
            if name in NEVER or not said or spec.kind in {"wording", "rates"}:
                continue
            if topic == "rate_card" or name == "forum_matches" or (way and said == [*way.words[-1:]]):
                continue  # on the rate card; told by the forum; the worst there is
            seen += 1
            named = any(plainly(topic, Compare(Ref("value", name), "=", value)) in notes for value in said)
            assert name in rung.when or named, (topic, name, said)
            if name not in rung.when:
                assert found.band != "sure", (topic, name)
    assert seen > 15


def test_what_no_way_is_known_for_is_named_and_to_be_looked_at():
    found = made_of(plain(), "saas", "both")[1]["payment_days"]
    assert found.decision.rungs[0].when == "days = 30"
    assert found.band == "check"
    assert "not asked for although your template says it: counted from the date of the invoice" in {
        note.says for note in found.notes
    }


def test_what_is_the_worst_for_us_already_is_no_matter():
    assert rule(plain(), "payment_days", "customer") == "days >= 30"
    found = made_of(plain(), "saas", "customer")[1]["payment_days"]
    assert found.band == "sure"


def test_the_ways_name_values_that_the_topics_have():
    for table in WAYS:
        for entry, way in table.items():
            topic, _, name = entry.partition(".")
            spec = TOPICS[topic].values[name]
            assert spec.kind == {">": "number", "<": "number", "+": "set", "-": "set"}.get(way.sign, "word")
            assert set(way.words) <= set(spec.allowed), entry
