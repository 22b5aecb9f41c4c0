"""Thirty-five ladders of practice: each is data, is said in words, places texts on and beside every rung,
and is mended by the small edit a lawyer would make."""
# ruff: noqa: E501  (texts before and after stand whole, so that they can be read)

from functools import cache
from pathlib import Path

import pytest

from playbooks.condition_text import from_data, parse, to_data, write
from playbooks.condition_words import describe
from playbooks.everywhere import specs_of
from playbooks.review import case_of, page_of, place_text, proposal_for_rung
from playbooks.yaml_format import dump, load

FILE = Path(__file__).parent / "ladders" / "practice.yaml"
ROWS = (
    "secrecy_length", "confidential_test", "secrecy_carve_outs", "staff_non_solicit", "return_or_destroy",
    "compelled", "provider_cap", "breach_cap", "indirect_waiver", "infringement", "availability", "renewal",
    "renewal_prices", "posted_terms", "our_cap", "exit_at_will", "assignment", "breach_hours", "sub_processors",
    "audits", "transfers", "erasure", "data_liability", "work_product", "acceptance", "payment", "late_delivery",
    "volumes", "price_index", "their_insurance", "force_majeure", "restraint", "notice_periods", "inventions",
    "law_and_forum",
)  # fmt: skip


@cache
def practice():
    return load(FILE.read_bytes())


EXAMPLES = [
    pytest.param(issue.code, rung, example, id=f"{issue.code}-{rung}-{number}")
    for number, (issue, rung, example) in enumerate(practice().examples())
]


def test_there_are_thirty_five_rows():
    assert len(set(ROWS)) == 35
    assert set(ROWS) | {"residuals"} == {issue.code for issue in practice().issues}


@pytest.mark.parametrize(("code", "rung", "example"), EXAMPLES)
def test_a_text_lands_on_its_rung(code, rung, example):
    standing = place_text(practice(), code, example.text, deal=example.deal)
    assert standing.rung == rung, standing.why_unsure


@pytest.mark.parametrize("code", ROWS)
def test_every_rung_has_two_texts_one_beside_its_boundary(code):
    issue = practice().issue(code)
    for rung in (*issue.rungs, issue.walk_away):
        assert len(rung.examples) >= 2, rung
        assert any(example.near for example in rung.examples), rung


@pytest.mark.parametrize("code", ROWS)
def test_every_ladder_is_data_and_can_be_said_in_words(code):
    issue = practice().issue(code)
    for rung in issue.rungs:
        assert parse(write(rung.when)) == rung.when
        assert from_data(to_data(rung.when)) == rung.when
        said = describe(rung.when, specs_of(issue.topic))
        assert said
        assert "_" not in said, said


@pytest.mark.parametrize("code", ROWS)
def test_every_ladder_says_who_approves_and_what_silence_means(code):
    issue = practice().issue(code)
    assert issue.walk_away.approvers.roles
    silent = place_text(practice(), code, "The parties met in the spring.", deal={"law": "Germany"})
    assert silent.instance is None
    assert silent.rung in {*(rung.id for rung in issue.rungs), "walk_away"}


def test_the_file_round_trips():
    assert load(dump(practice())) == practice()


EDITS = [
    ("secrecy_length", "P",
     "Confidentiality obligations survive for seven (7) years from disclosure; trade secrets as long as they remain trade secrets.",
     "Confidentiality obligations survive for three (3) years from disclosure; trade secrets as long as they remain trade secrets."),
    ("confidential_test", "P",
     '"Confidential Information" means written information marked as confidential.',
     '"Confidential Information" means written information marked as confidential or should reasonably be understood to be confidential.'),
    ("residuals", "P",
     "The Recipient keeps secrets.\nThe Recipient may use for any purpose the residuals retained in the unaided memory of its staff. It shall not disclose them.",
     "The Recipient keeps secrets.\nIt shall not disclose them."),
    ("staff_non_solicit", "F1",
     "For thirteen (13) months neither party shall solicit employees of the other with whom it had contact through the project. General advertisements are exempt.",
     "For twelve (12) months neither party shall solicit employees of the other with whom it had contact through the project. General advertisements are exempt."),
    ("return_or_destroy", "P",
     "On written request the Recipient shall return or destroy the Confidential Information within thirty (30) days. It may keep one copy for legal purposes.",
     "On written request the Recipient shall return or destroy the Confidential Information within thirty (30) days. It may keep one copy for legal purposes. Copies in routine backups may be kept until they are overwritten."),
    ("compelled", "P",
     "If the Recipient is required by law to disclose Confidential Information, it shall give prompt notice to the Discloser where legally permitted.",
     "If the Recipient is required by law to disclose Confidential Information, it shall give prior notice to the Discloser where legally permitted."),
    ("provider_cap", "P",
     "The Provider's total liability shall not exceed the lesser of EUR 500,000 and the Fees paid in the twenty-four (24) months before the claim.",
     "The Provider's total liability shall not exceed the greater of EUR 500,000 and the Fees paid in the twenty-four (24) months before the claim."),
    ("breach_cap", "F1",
     "Each party's entire liability will not exceed the fees payable in the last twelve (12) months. \"Enhanced Cap\" means three times (3x) the general cap. \"Enhanced Claims\" means breach of data security obligations.",
     "Each party's entire liability will not exceed the fees payable in the last twelve (12) months. \"Enhanced Cap\" means five times (5x) the general cap. \"Enhanced Claims\" means breach of data security obligations."),
    ("indirect_waiver", "P",
     "Neither party is liable for indirect or consequential loss.",
     "Neither party is liable for indirect or consequential loss. This waiver does not apply to a breach of confidentiality or data protection obligations, or to an indemnity."),
    ("infringement", "P",
     "The Provider shall indemnify the Customer against claims that the Services infringe intellectual property rights and pay settlements agreed.",
     "The Provider shall defend and indemnify the Customer against claims that the Services infringe intellectual property rights and pay settlements agreed."),
    ("availability", "P",
     "The Service will be available 99.4% of each month. If availability is missed in three (3) months, Customer may terminate.",
     "The Service will be available 99.9% of each month. If availability is missed in three (3) months, Customer may terminate."),
    ("renewal", "F1",
     "This Agreement shall automatically renew for twelve (12) months unless a party gives ninety (90) days' notice.",
     "This Agreement shall automatically renew for twelve (12) months unless a party gives thirty (30) days' notice."),
    ("renewal_prices", "P",
     "Fees are fixed for the term. The Provider may increase the Fees on renewal by the greater of 3% and the change in the index.",
     "Fees are fixed for the term. The Provider may increase the Fees on renewal by the lesser of 3% and the change in the index."),
    ("posted_terms", "F1",
     "The Provider may update its security policies.",
     "The Provider may update its security policies. A change shall not materially reduce the service; if it does, Customer may terminate and receives a refund of prepaid fees."),
    ("our_cap", "P",
     "The Supplier's total liability shall not exceed the Fees paid in the twenty-four (24) months before the claim.",
     "The Supplier's total liability shall not exceed the Fees paid in the twelve (12) months before the claim."),
    ("exit_at_will", "F1",
     "The Customer may terminate this Agreement for convenience on ninety (90) days' notice, without refund.",
     "After the first anniversary of this Agreement, the Customer may terminate this Agreement for convenience on ninety (90) days' notice, without refund."),
    ("assignment", "F1",
     "Neither party may assign this Agreement without the prior written consent of the other party.",
     "Neither party may assign this Agreement without the prior written consent of the other party. However, a party may assign this Agreement to a successor in a merger."),
    ("breach_hours", "P",
     "The Processor shall notify the Controller of a personal data breach without undue delay after becoming aware of it.",
     "The Processor shall notify the Controller of a personal data breach without undue delay after becoming aware of it and in any event within twenty-four (24) hours."),
    ("sub_processors", "F1",
     "The Controller gives general authorisation to engage sub-processors. The Processor shall give thirty (30) days' notice of a new sub-processor.",
     "The Controller gives general authorisation to engage sub-processors. The Processor shall give thirty (30) days' notice of a new sub-processor. The Controller may object to a new sub-processor and terminate if the objection stays."),
    ("audits", "F1",
     "The Controller may audit the Processor on site after a personal data breach.",
     "The Controller may audit the Processor on site after a personal data breach or where an authority requires it."),
    ("transfers", "P",
     "The Processor may transfer Personal Data to any country in which it or its sub-processors have facilities.",
     "The Processor shall not transfer Personal Data outside the European Economic Area."),
    ("erasure", "F1",
     "At the end of the services the Processor shall delete Personal Data within sixty-one (61) days. Backups shall be deleted within ninety (90) days.",
     "At the end of the services the Processor shall delete Personal Data within sixty (60) days. Backups shall be deleted within ninety (90) days."),
    ("data_liability", "P",
     "The limitations of liability do not apply to liability under this DPA.",
     "Liability under this DPA is subject to the limits in the main agreement."),
    ("work_product", "P",
     "The Supplier agrees to assign the rights in the Deliverables to the Customer.",
     "The Supplier hereby assigns the rights in the Deliverables to the Customer."),
    ("acceptance", "F1",
     "The Customer shall test the Deliverables within fifteen (15) business days, after which they are deemed accepted.",
     "The Customer shall test the Deliverables within fifteen (15) business days, after which they are deemed accepted after a written reminder."),
    ("payment", "P",
     "The Customer shall pay each invoice within sixty (60) days of the invoice date.",
     "The Customer shall pay each invoice within thirty (30) days of the invoice date."),
    ("late_delivery", "P",
     "For late delivery the Supplier pays liquidated damages of 1% of the price per week, up to 10%, as the sole remedy for delay.",
     "For late delivery the Supplier pays liquidated damages of 1% of the price per week, up to 10%, as the non-exclusive remedy for delay."),
    ("volumes", "P",
     "The Buyer sends a rolling forecast every month.",
     "The Buyer sends a rolling non-binding forecast every month."),
    ("price_index", "F1",
     "Once a year the Supplier may increase prices with the producer price index if the index changes by more than 3%. The change shall not exceed 5%. The base month is January 2026.",
     "Once a year the Supplier may adjust up or down prices with the producer price index if the index changes by more than 3%. The change shall not exceed 5%. The base month is January 2026."),
    ("their_insurance", "P",
     "The Supplier shall maintain liability insurance of EUR 2,000,000 and provide a certificate each year.",
     "The Supplier shall maintain liability insurance of EUR 5,000,000 and provide a certificate each year."),
    ("force_majeure", "F1",
     "A party is not liable for events beyond its control, including war, shortages, fire or flood. If it lasts sixty (60) days the other party may terminate.",
     "A party is not liable for events beyond its control, including war, fire or flood. If it lasts sixty (60) days the other party may terminate."),
    ("restraint", "P",
     "For five (5) months after employment the Employee will not compete in her field of work within Texas.",
     "For nine (9) months after employment the Employee will not compete in her field of work within Texas."),
    ("notice_periods", "P",
     "The Employer may terminate on two (2) months' notice. The Employee must give three (3) months' notice to terminate.",
     "The Employer may terminate on one (1) month's notice. The Employee must give one (1) month's notice to terminate."),
    ("inventions", "P",
     "Contractor will assign to the Company all inventions made under this Agreement. There are no prior inventions.",
     "Contractor hereby assigns to the Company all inventions made under this Agreement. There are no prior inventions."),
    ("law_and_forum", "P",
     "This Agreement is governed by the laws of Texas, and the courts of Texas have jurisdiction.",
     "This Agreement is governed by the laws of Germany, and the courts of Germany have jurisdiction."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "rung", "before", "after"), EDITS, ids=[row[0] for row in EDITS])
def test_the_edit_is_the_one_a_lawyer_would_make(code, rung, before, after):
    deal = {"law": "Texas"} if code == "restraint" else {"law": "Germany"}
    edits = proposal_for_rung(practice(), before, code, rung, deal=deal)
    assert edits, "no edit was found"
    assert page_of(before).edited(edits).text.rstrip("\n") == after


@pytest.mark.parametrize(("code", "rung", "before", "after"), EDITS, ids=[row[0] for row in EDITS])
def test_the_edited_text_stands_where_it_was_brought(code, rung, before, after):
    deal = {"law": "Texas"} if code == "restraint" else {"law": "Germany"}
    issue = practice().issue(code)
    standing = case_of(practice(), page_of(after), deal).standing(issue)
    assert standing.rung is not None, standing.why_unsure
    assert issue.position(standing.rung) <= issue.position(rung)


def test_every_row_has_an_edit():
    assert {row[0] for row in EDITS} == {*ROWS, "residuals"} - {"secrecy_carve_outs"}
