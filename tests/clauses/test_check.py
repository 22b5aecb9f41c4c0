"""The whole-contract check: known faults put into a clean agreement are found, the clean one stays silent."""
# ruff: noqa: E501  (contract sentences stand on one line, as they do in contracts)

import pytest

from clauses import analyse, check
from tests.clauses.sample import AGREEMENT

CLEAN = (
    AGREEMENT.replace("sixty (90)", "sixty (60)")
    .replace("Section 9.9", "Section 4.2")
    .replace("forty-five (45) days of the date", "thirty (30) days of the date")
    .replace("Customer shall pay each", "The Order Desk of Customer shall pay each")
    .replace("By: ____________________\nName: [name of signatory]", "By: A. Miller\nName: A. Miller")
    .replace("commences on the Effective Date", "commences on its date")
)


def codes(text):
    return [issue.code for issue in check(analyse(text))]


def test_a_clean_agreement_yields_nothing():
    assert codes(CLEAN) == []


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("sixty (60)", "sixty (90)", "words_and_figures"),
        ("within thirty (30) days of receipt", "within ninety (90) days of receipt", "contradiction"),
        ("Except as stated in Section 4.3", "Except as stated in Section 4.7", "broken_reference"),
        ("The Order Desk of Customer", "Customer", "unused_term"),
        ('1.3 "Order Desk" means', '1.3 "Fees" means the price.\n1.4 "Order Desk" means', "defined_twice"),
        ("6.3 Neither party is liable for delay beyond its reasonable control.\n", "", "numbering_gap"),
        ("6.3 Neither", "6.2 Neither", "number_repeated"),
        ("USD 120,000", "USD ________", "blank"),
        ("2.2 Fees. ", "2.2 Fees. [Note to draft: check with finance] ", "note_to_draft"),
        ("The duties in Section 3.1", "The duties in Section 3.2", "self_reference"),
        ("described in Schedule 1.", "described in Schedule 4.", "not_attached"),
        ("Service and the Fees.", "Service. This Agreement is governed by the laws of Scotland.", ""),
        (
            "6.2 Neither party may assign",
            "6.2 This Agreement is governed by the laws of France. Neither party may assign",
            "contradiction",
        ),
    ],
)
def test_a_fault_put_in_is_found(before, after, code):
    assert before in CLEAN
    found = codes(CLEAN.replace(before, after, 1))
    assert (code in found) if code else not found


def test_a_contradiction_quotes_both_places():
    text = CLEAN.replace("thirty (30) days of the date", "forty-five (45) days of the date")
    (issue,) = check(analyse(text))
    assert [place.quote for place in issue.places] == ["thirty (30) days", "forty-five (45) days"]
    assert all(text[p.start : p.end] == p.quote for p in issue.places)
    assert issue.places[0].clause != issue.places[1].clause


def test_a_year_and_twelve_months_are_the_same():
    text = "1. The initial term of this Agreement is one (1) year.\n2. The Initial Term of this Agreement is twelve (12) months."
    assert codes(text) == []


def test_the_cure_period_is_not_compared_with_the_time_to_pay():
    text = (
        CLEAN
        + "3. If an invoice is unpaid Customer has fifteen (15) days from the invoice reminder to cure.\n"
    )
    assert "contradiction" not in codes(text)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("This Agreement runs from 1 March 2026 to 28 February 2025.", True),
        ("This Agreement runs from 1 March 2026 to 28 February 2027.", False),
        (
            "The Effective Date of this Agreement is 1 March 2026. This Agreement expires on 28 February 2026.",
            True,
        ),
        (
            "This Agreement is effective as of 1 March 2026. The term of this Agreement ends on 1 April 2026.",
            False,
        ),
        (
            "The prior agreement was effective as of 1 March 2026. It amended the lease that ended on 1 April 2020.",
            False,
        ),
        ("The Initial Term begins on June 1, 2026 and ends on May 31, 2025.", True),
    ],
)
def test_dates_that_cannot_follow_each_other_are_found(sentence, found):
    assert ("dates_out_of_order" in codes(f"1. Term. {sentence}\n2. Fees. None are due.")) == found


def test_an_end_before_the_signature_is_found():
    text = "1. Term. This Agreement expires on 1 May 2025.\n\nIN WITNESS WHEREOF the parties have signed.\nBy: A. Miller\nDate: 3 June 2025\n"
    assert codes(text) == ["dates_out_of_order"]


TERMS = """1. Definitions
1.1 “Confidential Information” means what a party tells the other.
1.2 “Service Credit” means a sum off the price.
1.3 “Order” means an order form.
2. Duties
2.1 Each party shall keep the Confidential Information secret. A Service Credit is set off in the next Order.
2.2 The Provider shall return the Confidential {thing} at the end of the {term}.
2.3 The {term} is two years. In the {term} an Order may be placed.
"""


@pytest.mark.parametrize(
    ("thing", "term", "words"),
    [
        ("Information", "term", []),
        ("Material", "term", ["“Confidential Material”", "“Confidential Information” is defined"]),
        (
            "Information",
            "Subscription Period",
            ["“Subscription Period” is written like a defined term 3 times"],
        ),
    ],
)
def test_terms_without_a_definition_are_found_and_names_are_not(thing, term, words):
    issues = [i for i in check(analyse(TERMS.format(thing=thing, term=term))) if i.code == "undefined_term"]
    assert bool(issues) == bool(words)
    assert all(word in issues[0].message for word in words)


@pytest.mark.parametrize(
    ("before", "told"), [("THE", True), ("EACH", True), ("the", True), ("FERC", False), ("OTHER FERC", False)]
)
def test_a_small_word_in_capitals_is_no_part_of_a_name(before, told):
    text = TERMS.format(thing="Information", term="term") + "".join(
        f"2.{n} On demand {before} Protected Party pays its part.\n" for n in (4, 5, 6)
    )
    issues = [i for i in check(analyse(text)) if i.code == "undefined_term"]
    assert any("“Protected Party”" in i.message for i in issues) == told


def test_terms_that_a_cover_page_defines_are_one_finding():
    text = (
        TERMS.format(thing="Information", term="Subscription Period")
        + "2.4 Terms not defined here have the meaning given on the Cover Page.\n"
    )
    (issue,) = (i for i in check(analyse(text)) if i.code in ("undefined_term", "defined_elsewhere"))
    assert issue.code == "defined_elsewhere"
    assert "“Subscription Period”" in issue.message


def test_a_pointer_to_the_meaning_is_no_second_definition():
    text = "1. “Claim” has the meaning given in Section 2.\n2. A demand in writing (a “Claim”) is answered. The Claim ends there."
    assert "defined_twice" not in codes(text)


@pytest.mark.parametrize(
    ("sentences", "found"),
    [
        (
            "Provider may terminate this Agreement at any time on 60 days' notice. Customer may terminate this Agreement at any time on 30 days' notice.",
            False,
        ),
        (
            "Provider may terminate this Agreement at any time on 60 days' notice. Either party may terminate this Agreement for convenience on 30 days' notice.",
            True,
        ),
        (
            "The total liability of each party shall not exceed USD 100,000. The aggregate liability of either party is limited to USD 250,000.",
            True,
        ),
        (
            "A party may terminate if the other does not cure a breach within 30 days of notice. Either party may end it if a breach is not remedied within 10 days of notice.",
            True,
        ),
        (
            "A party may terminate if the other does not cure a breach within 30 days of notice, or within 10 days to cure a second breach.",
            False,
        ),
    ],
)
def test_two_clauses_that_differ_are_found_and_two_parties_that_differ_are_not(sentences, found):
    first, _, second = sentences.partition(". ")
    assert ("contradiction" in codes(f"1. First. {first}.\n2. Second. {second}\n")) == found


def test_a_label_of_the_cover_page_and_the_terms_are_compared():
    text = "Uptime: 99.9% in each month\n\n1. Service. The availability of the service is at least 99.5% in each month.\n"
    assert "contradiction" in codes(text)


def test_a_line_to_sign_on_is_no_gap_and_a_gap_in_the_text_is():
    signed = "1. Fees. The price is EUR 10.\n\nIN WITNESS WHEREOF the parties have signed.\nBy: ______________\nDate: __________\n"
    assert codes(signed) == []
    assert codes(signed.replace("EUR 10", "EUR ____")) == ["blank"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Fees. The \u0421ustomer pays the fees.", ["mixed_letters"]),  # a Cyrillic letter in front
        ("1. Fees. The Cus\u200btomer pays the fees.", ["unseen_letters"]),
        ("1. Fees. The Customer pays 5 \u00b5g, TNF\u03b1 and \u00e9tudes.", []),
        (
            "1. \u0421\u0442\u043e\u0440\u043e\u043d\u044b \u0434\u043e\u0433\u043e\u0432\u043e\u0440\u0430.",
            [],
        ),
    ],
)
def test_words_that_are_not_what_they_look_like_are_found(text, expected):
    assert codes(text) == expected


LEASE = """1. Definitions
1.1 “Premises” means the house. “Rent” means the price of its use. “Margin” means what the owner earns.
2. Use
2.1 The Tenant shall pay the Rent for the Premises. The Margin is fixed. {words}
2.2 The Tenant shall clean the Premises. {more}
"""


@pytest.mark.parametrize(
    ("words", "more", "told"),
    [
        ("The Target Margin is reduced.", "It adds to the Target Margin each year.", ["Target Margin"]),
        ("The Protected Party may sue.", "It tells the Protected Party of claims.", ["Protected Party"]),
        ("It rests on the Framing Deed.", "See the Framing Deed.", ["Framing Deed"]),
        ("The patents rest on Letters Patent.", "They need Letters Patent for it.", []),
    ],
)
def test_a_name_that_holds_a_defined_word_is_a_term_of_its_own(words, more, told):
    issues = [i for i in check(analyse(LEASE.format(words=words, more=more))) if i.code == "undefined_term"]
    assert [i.places[0].quote for i in issues] == told


def test_a_blank_that_does_not_break_is_a_blank_to_the_check():
    text = LEASE.format(words="", more="").replace("the Rent", "the\u00a0Rent")
    text = text.replace("“Margin”", "“Net\u00a0Margin”").replace("The Margin", "The Net\u00a0Margin")
    issues = check(analyse(text * 1))
    assert [i.code for i in issues if i.code == "unused_term"] == []
    assert all(text[p.start : p.end] == p.quote for i in issues for p in i.places)


def test_a_term_in_capitals_is_used_in_small_letters():
    body = "".join(f"{n}. Point {n}. The Tenant shall obey.\n" for n in range(2, 10))
    text = f"1. Terms.\nDISABILITY shall mean an illness.\nSTAFF shall include only drivers.\n{body}10. End. A Disability of the Staff ends it.\n"
    analysis = analyse(text)
    assert [d.term for d in analysis.definitions] == ["DISABILITY", "STAFF"]
    assert [i.code for i in check(analysis) if "term" in i.code] == []


def test_a_price_is_given_by_is():
    assert [
        d.term
        for d in analyse("The “Share Price” shall initially be $6. Marked “Secret” is best.").definitions
    ] == ["Share Price"]


@pytest.mark.parametrize(
    ("words", "differs"),
    [
        ("one and one-half (1.5%) per month", False),
        ("one-half (0.5%) of the price", False),
        ("one third (33.3%) of the price", False),
        ("one and one-half (2.5%) per month", True),
    ],
)
def test_a_fraction_beside_its_figure(words, differs):
    assert ("words_and_figures" in codes(f"Interest is {words}.")) == differs


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("The Portal shall be available 99.9% of the time.", "The Archive shall be available 99% of the time.", False),
        ("The Portal shall be available 99.9% of the time.", "The Portal will be available 99% of the time.", True),
        ("The Service shall be available 99.9% of the time.", "The Platform will be available 99% of the time.", True),
        ("Provider promises uptime of 99.9% a month.", "Availability of the Portal is 99% a month.", True),
    ],
)  # fmt: skip
def test_two_services_may_have_two_uptimes(first, second, found):
    text = f"1. Uptime. {first}\n2. Hours. Staff answer calls on weekdays and never at night or on feast days.\n3. More. {second}\n"
    assert ("contradiction" in codes(text)) == found


def test_a_name_held_together_by_of_is_one_name():
    text = LEASE.format(
        words="A Statement of Work binds.", more="Each Statement of Work ends it; so does the Work."
    )
    told = [i.places[0].quote for i in check(analyse(text)) if i.code == "undefined_term"]
    assert told == ["Statement of Work"]
