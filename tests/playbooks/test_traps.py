"""Fifteen traps of legal meaning: a small word, a second place or a missing paper, and what the review makes of it."""
# ruff: noqa: E501  (clauses stand whole, so that they can be read)

import json
import re
from decimal import Decimal

import pytest

from playbooks.library import shipped, shipped_names
from playbooks.meaning import reopened
from playbooks.review import Document, case_of, page_of, place_text, proposal_for_rung, review, review_package
from playbooks.yaml_format import load
from tests.playbooks.test_ladders import practice

FEES = {"annual_fees": Decimal(120_000)}
CAP = "The Provider's total liability shall not exceed the Fees paid and payable in the twelve (12) months before the event."


def only(*codes, deal_facts=""):
    """The ladders of practice reduced to a few issues."""
    data = practice().to_data()
    return type(practice()).from_data({**data, "issues": [i for i in data["issues"] if i["code"] in codes]})


def stands(code, text, **deal):
    return place_text(practice(), code, text, deal={**FEES, **deal})


LADDER = """\
name: one-ladder
title: One ladder
contract_type: dpa
side: customer
lists:
  void: [California]
issues:
  - code: it
    title: It
    category: General
    topic: {topic}
    missing: {{stands: {missing}, reason: It is needed.}}
{more}
    rungs:
      - id: P
        label: First
        when: '{first}'
        reason: It is best.
{rest}
    walk_away:
      approvers: {{any: [legal]}}
      reason: It is too little.
"""


def ladder(topic, first, *, rest="", more="", missing="walk_away"):
    return load(LADDER.format(topic=topic, first=first, rest=rest, more=more, missing=missing))


# 1 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cap", "why"),
    [
        ("the Fees for the twelve (12) months before the event", "fees paid, payable or due"),
        ("the Fees paid and payable in twelve (12) months", None),
        ("for each claim the Fees paid and payable in the twelve (12) months before the event", None),
    ],
)
def test_a_number_without_base_window_or_scope_is_no_cap(cap, why):
    standing = stands("provider_cap", f"The Provider's total liability shall not exceed {cap}.")
    assert standing.rung != "F1" if why is None else standing.rung is None
    assert why is None or why in standing.why_unsure
    bare = ladder("liability_cap", "cap.money >= 100000")
    if why:
        assert (
            place_text(bare, "it", f"The Provider's total liability shall not exceed {cap}.", deal=FEES).rung
            is None
        )


def test_a_limit_for_each_order_is_not_the_limit_for_all_claims():
    text = "The Provider's liability under each order shall not exceed the Fees paid and payable in the twelve (12) months before the event."
    standing = place_text(ladder("liability_cap", "cap.money >= 100000"), "it", text, deal=FEES)
    assert standing.rung is None
    assert "not for all claims together" in standing.why_unsure


# 2 ------------------------------------------------------------------------------------------------


def test_a_new_word_in_a_definition_reopens_every_clause_that_uses_it():
    book = only("provider_cap", "law_and_forum")
    text = f'"Fees" means all fees under this Agreement.\n{CAP}\nThis Agreement is governed by the laws of Germany.\n'
    before = review(book, text, deal=FEES)
    after = review(book, text.replace("all fees", "all fees except for hosting"), deal=FEES)
    assert before.finding("provider_cap").quote == after.finding("provider_cap").quote
    assert reopened(before, after) == ("provider_cap",)
    assert [row["term"] for row in after.finding("provider_cap").rests_on] == ["Fees"]


def test_a_definition_reaches_through_another_definition():
    book = only("provider_cap")
    text = f'"Fees" means the Charges.\n"Charges" means what Schedule prices say.\n{CAP}\n'
    after = review(book, text.replace("prices say", "prices of the first year say"), deal=FEES)
    assert reopened(review(book, text, deal=FEES), after) == ("provider_cap",)


# 3 ------------------------------------------------------------------------------------------------


def test_an_exception_to_the_cap_is_none_to_the_waiver():
    to_cap = f"8.1 {CAP} This limit does not apply to a breach of data protection obligations.\n8.2 Neither party is liable for indirect or consequential loss.\n"
    both = to_cap.replace("This limit does not", "Sections 8.1 and 8.2 do not")
    assert stands("breach_cap", to_cap).rung == "P"
    assert stands("indirect_waiver", to_cap).rung == "walk_away"
    assert stands("indirect_waiver", both).rung == "P"


def test_the_place_that_says_it_prevails_decides():
    low = "In no case shall the Provider's total liability exceed the Fees paid in the two (2) months before the event."
    high = f"Notwithstanding anything to the contrary, {CAP[0].lower()}{CAP[1:]}"
    assert stands("provider_cap", f"{CAP}\n{low}\n").rung == "walk_away"
    found = stands("provider_cap", f"{high}\n{low}\n")
    assert found.rung == "F1"
    assert [rung for _, rung in found.others] == ["walk_away"]


def test_two_places_that_both_claim_to_prevail_are_a_question_for_a_person():
    text = (
        f"Notwithstanding anything to the contrary, {CAP[0].lower()}{CAP[1:]}\n"
        "Notwithstanding any other provision, the Provider's total liability shall not exceed the Fees paid in the two (2) months before the event.\n"
    )
    found = stands("provider_cap", text)
    assert (found.rung, found.status) == (None, "unsure")
    assert "both claim to prevail" in found.why_unsure


# 4 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "text", "word", "other", "rungs"),
    [
        ("provider_cap", "The Provider's total liability shall not exceed the greater of EUR 500,000 and the Fees paid and payable in the twenty-four (24) months before the claim.", "greater", "lesser", ("P", None)),
        ("renewal_prices", "Fees are fixed for the term. The Provider may increase the Fees on renewal by the lesser of 3% and the change in the index.", "lesser", "greater", ("P", "walk_away")),
        ("breach_hours", "The Processor shall notify the Controller of a personal data breach within 24 hours after becoming aware of it.", "becoming aware of", "having confirmed", ("P", "walk_away")),
    ],
)  # fmt: skip
def test_one_small_word_turns_a_ladder_upside_down(code, text, word, other, rungs):
    assert stands(code, text).rung == rungs[0]
    turned = stands(code, text.replace(word, other)).rung
    assert turned != "P"
    assert rungs[1] is None or turned == rungs[1]


# 5 ------------------------------------------------------------------------------------------------


def test_better_than_asked_is_left_alone_and_stands_elsewhere_on_their_ladder():
    text = "The Provider's total liability shall not exceed the greater of EUR 900,000 and the Fees paid in the thirty-six (36) months before the claim."
    book = only("provider_cap")
    found = review(book, text, deal=FEES, paper="ours").finding("provider_cap")
    assert (found.status, found.changes) == ("compliant", ())
    assert stands("our_cap", text).rung == "walk_away"


def test_the_direction_is_stated_for_each_side():
    issue = practice().issue("provider_cap")
    assert (issue.direction("customer"), issue.direction("provider"), issue.direction("both")) == (
        "higher",
        "lower",
        "",
    )


# 6 ------------------------------------------------------------------------------------------------


def test_silence_is_a_position():
    nothing = "The parties met in the spring."
    assert stands("provider_cap", nothing).status == "compliant"
    assert stands("our_cap", nothing).status == "missing"
    assert stands("renewal", nothing).rung == "P"
    assert stands("restraint", nothing, law="Germany").status == "missing"
    assert stands("restraint", nothing, law="California").status == "compliant"
    assert stands("restraint", nothing).status == "unsure"


# 7 ------------------------------------------------------------------------------------------------


def test_a_mutual_cap_raised_for_them_is_raised_for_us():
    text = "Each party's total liability shall not exceed the lesser of EUR 500,000 and the Fees paid in the twenty-four (24) months before the claim."
    found = review(only("provider_cap"), text, deal=FEES, paper="ours").finding("provider_cap")
    assert [edit["text"] for edit in found.changes] == ["greater"]
    assert any("both sides" in caution for caution in found.cautions)
    one_sided = review(
        only("provider_cap"), text.replace("Each party's", "The Provider's"), deal=FEES
    ).finding("provider_cap")
    assert one_sided.changes
    assert not any("both sides" in caution for caution in one_sided.cautions)


# 8 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "rung"),
    [
        ("shall notify", "P"),
        ("shall use reasonable efforts to notify", "walk_away"),
        ("shall, where possible, notify", "walk_away"),
        ("will endeavour to notify", "walk_away"),
    ],
)
def test_a_qualifier_changes_the_duty_though_no_number_does(words, rung):
    book = ladder("breach_notice", "hours <= 24 and duty = firm")
    text = f"The Processor {words} the Controller of a personal data breach within 24 hours after becoming aware of it."
    assert place_text(book, "it", text).rung == rung


def test_a_promise_to_assign_is_no_assignment():
    text = "The Supplier hereby assigns the rights in the Deliverables to the Customer."
    assert stands("work_product", text).rung == "P"
    for weaker in ("will assign", "shall assign", "agrees to assign", "undertakes to assign"):
        assert stands("work_product", text.replace("hereby assigns", weaker)).rung == "walk_away"


def test_words_may_be_required_or_forbidden():
    book = ladder(
        "ip_indemnity",
        'acts has indemnify and text has ["third party"] and text lacks ["to the extent", "finally awarded"]',
    )
    text = "The Provider shall indemnify the Customer against third party claims that the Services infringe intellectual property rights"
    assert place_text(book, "it", f"{text}.").rung == "P"
    assert place_text(book, "it", f"{text} to the extent  finally awarded.").rung == "walk_away"
    assert place_text(book, "it", f"{text.replace('third party ', '')}.").rung == "walk_away"


# 9 ------------------------------------------------------------------------------------------------


def test_words_and_figures_change_together_in_every_place():
    text = "The Customer shall pay each invoice within sixty (60) days of the invoice date.\nAmounts are due within sixty (60) days of the invoice date.\n"
    edits = proposal_for_rung(practice(), text, "payment", "P")
    assert page_of(text).edited(edits).text == text.replace("sixty (60)", "thirty (30)")


def test_words_and_figures_that_disagree_are_asked_about():
    found = stands(
        "payment", "The Customer shall pay each invoice within thirty (60) days of the invoice date."
    )
    assert found.rung is None
    assert "disagree" in found.why_unsure


# 10 -----------------------------------------------------------------------------------------------


def test_business_days_are_not_days_and_a_period_needs_a_start():
    working = stands(
        "payment", "The Customer shall pay each invoice within thirty (30) business days of the invoice date."
    )
    assert working.rung is None
    open_start = stands("payment", "The Customer shall pay each invoice within thirty (30) days.")
    assert open_start.rung is None
    assert "from when" in open_start.why_unsure
    no_clock = stands(
        "breach_hours", "The Processor shall notify the Controller of a personal data breach within 24 hours."
    )
    assert no_clock.rung is None
    receipt = stands("payment", "The Customer shall pay each invoice within thirty (30) days of its receipt.")
    assert receipt.rung == "walk_away"


# 11 -----------------------------------------------------------------------------------------------

TERMS = (
    "1. Liability. Each party's total liability shall not exceed the General Cap Amount. The parties shall act in good faith.\n"
    "2. Payment. Customer shall pay each invoice within the time on the Cover Page, counted from the invoice date; late amounts shall bear interest.\n"
    "3. Law. This Agreement is governed by the laws of Germany, and the courts of Germany have jurisdiction over all disputes.\n"
    "4. General. Neither party may assign this Agreement without the prior written consent of the other party, which shall not be withheld unreasonably.\n"
)
COVER = "Cover Page\nGeneral Cap Amount\nThe Fees paid and payable in the nine (9) months before the claim\nPayment Period\n45 days\n"


def test_the_edit_stands_where_the_value_stands():
    found = review_package(
        only("provider_cap"),
        [Document("Terms", TERMS, 2), Document("Cover", COVER, 1)],
        deal=FEES,
        paper="theirs",
    ).finding("provider_cap")
    assert found.status == "outside"
    assert {edit["document"] for edit in found.changes} <= {"Cover"}
    assert found.value["cap.months"] == 9


def test_a_value_of_the_cover_page_can_be_asked_for():
    book = ladder("governing_law", "COVER.Payment_Period.days <= 45 and law present")
    whole = TERMS + COVER
    assert place_text(book, "it", whole).rung == "P"
    assert place_text(book, "it", whole.replace("45 days", "46 days")).rung == "walk_away"
    assert place_text(book, "it", whole.replace("45 days", "[insert]")).rung is None


def test_a_definition_can_be_asked_for():
    book = ladder("governing_law", 'DEFINED.Affiliate has ["control"]')
    text = '"Affiliate" means a company under common control.\nThis Agreement is governed by the laws of Germany.\n'
    assert place_text(book, "it", text).rung == "P"
    assert place_text(book, "it", text.replace("common control", "the same brand")).rung == "walk_away"


def test_a_schedule_that_is_named_and_not_there_was_not_read():
    text = "The Supplier shall maintain liability insurance as set out in Schedule 4 and provide a certificate each year.\n"
    found = review(only("their_insurance", "provider_cap"), text)
    assert found.finding("their_insurance").status == "unsure"
    assert "Schedule 4" in found.finding("their_insurance").rule
    assert found.absent == ("Schedule 4",)
    there = review(only("their_insurance", "provider_cap"), f"{text}Schedule 4\nEUR 9,000,000\n")
    assert there.absent == ()


def test_an_order_form_is_not_judged_as_if_it_were_the_whole_contract():
    order = (
        "Hosting Order Form\nThis Order Form is made under the Master Services Agreement between the parties.\n"
        "Fees: EUR 60,000 a year\nCustomer shall pay each invoice within thirty (30) days of the invoice date.\n"
    )
    book = shipped("saas-customer")
    found = review(book, order)
    assert len(found.findings) <= 3
    assert all(finding.start is not None for finding in found.findings)
    assert len(found.findings) + len(found.elsewhere) == len(book.issues)
    assert all("Master Services Agreement" in finding.rule for finding in found.elsewhere)
    unread = [part for part in found.risk.parts if part[0].startswith("not read")]
    assert [(status, weight) for _, status, weight in unread] == [("unsure", 15)]


# 12 -----------------------------------------------------------------------------------------------


def test_the_worst_of_several_places_counts_and_all_are_shown():
    second = "For any breach of warranty the Provider's total liability shall not exceed the Fees paid in the two (2) months before the claim."
    text = f"8. Limitation of Liability. {CAP}\n5. Warranty. {second}\n"
    found = review(only("provider_cap"), text, deal=FEES).finding("provider_cap")
    assert found.status == "outside"
    assert "two (2) months" in found.quote
    assert [place["rung"] for place in found.also] == ["F1"]


# 13 -----------------------------------------------------------------------------------------------


def test_what_a_deletion_leaves_behind_is_named():
    text = (
        '"Kept Ideas" means what people learn.\n'
        "1. Secrecy. The Recipient shall keep the Confidential Information secret.\n"
        "7. Residuals. The Recipient may freely use the Kept Ideas, that is residuals retained in the unaided memory of its staff.\n"
        "9. Survival. Sections 1 and 7 survive the end of this Agreement.\n"
    )
    found = review(only("residuals"), text).finding("residuals")
    assert [edit["op"] for edit in found.changes] == ["delete_block"]
    assert any("7 would be deleted" in caution and "survive" in caution for caution in found.cautions)
    assert any("Kept Ideas" in caution for caution in found.cautions)


# 14 -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "offer",
    [
        "within [thirty (30)] days of the invoice date",
        "within thirty (30) days [or forty-five (45) days] of the invoice date",
        "within thirty (30) days of the invoice date [note: to be confirmed by finance]",
        "within thirty (30) days of the invoice date [reserved]",
    ],
)
def test_what_stands_in_brackets_is_an_offer(offer):
    found = stands("payment", f"The Customer shall pay each invoice {offer}.")
    assert (found.rung, found.status) == (None, "unsure")
    assert "still open" in found.why_unsure


TRADE = """\
      - id: F1
        label: Sixty days against a larger order
        when: days <= 60
        trade: {code: larger_order, text: the order grows by a tenth}
        reason: A larger order carries a longer period.
"""


def test_a_concession_falls_with_the_trade_it_was_made_for():
    book = ladder("payment_days", "days <= 30", rest=TRADE)
    text = "The Customer shall pay each invoice within sixty (60) days of the invoice date."
    agreed = review(book, text, deal={"trades": ("larger_order",)}).finding("it")
    fallen = review(book, text, deal={"trades": ()}).finding("it")
    assert (agreed.rung, fallen.rung) == ("F1", "walk_away")
    assert "not agreed" in fallen.decided_by
    assert review(book, text).finding("it").rung == "walk_away"
    assert load_again(book) == book


def load_again(book):
    return type(book).from_data(book.to_data())


# 15 -----------------------------------------------------------------------------------------------


def test_what_the_law_may_limit_goes_to_counsel_and_moves_no_rung():
    text = "For nine (9) months after employment the Employee will not compete in her field of work within Texas."
    found = review(only("restraint"), text, deal={"law": "Texas"}).finding("restraint")
    assert found.status == "compliant"
    assert found.cautions == ("Ask counsel: restraints after employment are limited by law in many places.",)


def test_no_review_says_what_the_law_allows():
    forbidden = re.compile(
        r"\b(?:un)?enforceab\w*|\b(?:in)?valid\b|\blawful and\b|\blegally (?:safe|sound)\b|\bis void\b", re.I
    )
    for name in shipped_names():
        said = json.loads(review(shipped(name), TERMS + COVER).to_json())
        for finding in [*said["findings"], *said["elsewhere"]]:
            for field in ("rule", "reason", "expected", "cautions"):
                assert not forbidden.search(str(finding[field])), (name, finding["issue"], field)


def test_the_score_is_the_same_whatever_was_approved_and_counts_what_is_unknown():
    book = only("payment", "law_and_forum")
    text = "The Customer shall pay each invoice within [thirty (30)] days of the invoice date.\nThis Agreement is governed by the laws of Germany.\n"
    found = review(book, text)
    assert found.finding("payment").status == "unsure"
    assert found.risk.score == book.issue("payment").walk_away.weight
    assert case_of(book, page_of(text), {}).standing(book.issue("law_and_forum")).rung == "P"
