"""Our sample contracts with one thing changed: the right issue moves to the right rung, and no other issue moves.

The right answers stand in the table, written from the ladders by hand; nothing here asks the engine what it thinks.
"""
# ruff: noqa: E501  (words before and after stand whole, so that they can be read)

from functools import cache

import pytest

import redline
from clauses.topics.quantity import in_words
from config.demo import contracts
from playbooks.library import shipped
from playbooks.review import case_of, page_of

PLAYBOOK = {
    "master-saas-agreement": "saas-customer",
    "mutual-nda": "mutual-nda",
    "evaluation-nda": "mutual-nda",
    "data-processing-agreement": "dpa-controller",
    "professional-services-sow": "professional-services",
}
OUT = "walk_away"

NUMBERS = [
    # contract, issue, words before, words after with {n}, spans of numbers (first, last) with their rung
    ("mutual-nda", "secrecy_term", "last for three (3) years", "last for {n} years", [(1, 3, "P"), (4, 5, "F1"), (6, 20, OUT)]),
    ("evaluation-nda", "secrecy_term", "last for seven (7) years", "last for {n} years", [(1, 5, "F2"), (6, 25, OUT)]),
    ("mutual-nda", "non_solicit", "for twelve (12) months afterwards", "for {n} months afterwards", [(1, 12, "F1"), (13, 48, OUT)]),
    ("mutual-nda", "return_destroy", "Within thirty (30) days of the Discloser", "Within {n} days of the Discloser", [(1, 13, "F2"), (14, 29, "F1"), (30, 90, "P")]),
    ("evaluation-nda", "confidential_information", "within ten (10) days of disclosure", "within {n} days of disclosure", [(1, 29, OUT), (30, 90, "F2")]),
    ("master-saas-agreement", "liability_cap", "in the three (3) months before", "in the {n} months before", [(1, 11, OUT), (12, 48, "F2")]),
    ("master-saas-agreement", "payment", "within fourteen (14) days of the date", "within {n} days of the date", [(1, 13, OUT), (14, 29, "F2")]),
    ("master-saas-agreement", "auto_renewal", "a further period of twenty-four (24) months", "a further period of {n} months", [(1, 48, OUT)]),
    ("master-saas-agreement", "auto_renewal", "at least ninety (90) days’ notice before", "at least {n} days’ notice before", [(1, 180, OUT)]),
    ("master-saas-agreement", "data_return", "For thirty (30) days after the end", "For {n} days after the end", [(1, 29, "F1"), (30, 120, "P")]),
    ("master-saas-agreement", "data_return", "delete Customer Data within ninety (90) days", "delete Customer Data within {n} days", [(1, 90, "P"), (91, 360, "F1")]),
    ("data-processing-agreement", "breach_notice", "seventy-two (72) hours after", "{n} hours after", [(1, 240, OUT)]),
    ("data-processing-agreement", "erasure", "delete Personal Data within ninety (90) days", "delete Personal Data within {n} days", [(61, 360, OUT)]),
    ("professional-services-sow", "acceptance", "Within thirty (30) days of delivery", "Within {n} days of delivery", [(1, 29, OUT), (30, 90, "P")]),
    ("professional-services-sow", "payment", "within thirty (30) days of receiving", "within {n} days of receiving", [(1, 29, OUT), (30, 44, "F1"), (45, 120, "P")]),
    ("professional-services-sow", "exit_at_will", "giving thirty (30) days’ written notice", "giving {n} days’ written notice", [(1, 30, "P"), (31, 90, "F1"), (91, 360, OUT)]),
    ("professional-services-sow", "late_delivery", "by one per cent (1%) for each full week", "by {n} per cent for each full week", [(1, 9, "P")]),
]  # fmt: skip


def numbers(first, last):
    """Both ends of a span, their neighbours, and some between."""
    step = max((last - first) // 4, 1)
    near = {first, first + 1, last - 1, last}
    return sorted(n for n in {*near, *range(first, last + 1, step)} if first <= n <= last)


WORDS = [
    # contract, issue, words before, words after, rung
    ("mutual-nda", "secrecy_term", "For a Trade Secret they last for as long as it remains a Trade Secret.", "", "F2"),
    ("mutual-nda", "secrecy_term", "three (3) years", "thirty-six (36) months", "P"),
    ("mutual-nda", "secrecy_term", "three (3) years", "sixty-one (61) months", OUT),
    ("mutual-nda", "secrecy_term", "three (3) years", "three (5) years", None),
    ("mutual-nda", "confidential_information", " or should reasonably be understood to be confidential from its nature or the way it is disclosed", "", OUT),
    ("mutual-nda", "exceptions", "can show by written records", "claims", "F1"),
    ("mutual-nda", "representatives", "The Recipient is liable for what its Representatives do with it.", "", "F1"),
    ("mutual-nda", "standard_of_care", ", and in any case with no less than reasonable care", "", "F1"),
    ("mutual-nda", "standard_of_care", "with the care it gives its own information of similar importance, and in any case with no less than reasonable care", "with the highest degree of care", OUT),
    ("mutual-nda", "compelled_disclosure", "notice before it makes the disclosure", "prompt notice of the disclosure", "F1"),
    ("mutual-nda", "non_solicit", "solicit an employee", "solicit or hire an employee", OUT),
    ("mutual-nda", "non_solicit", "with whom it came into contact through the Purpose ", "", OUT),
    ("mutual-nda", "assignment", " or to a successor to the whole business concerned", "", "F1"),
    ("mutual-nda", "assignment", "Neither party may transfer this Agreement without the consent of the other", "The Recipient may not transfer this Agreement without the consent of the Discloser", OUT),
    ("mutual-nda", "governing_law", "the law of Germany", "the law of France", OUT),
    ("mutual-nda", "governing_law", "the law of Germany", "the law of Texas", OUT),
    ("evaluation-nda", "compelled_disclosure", "inform the Disclosing Party of the disclosure within five (5) Business Days after it is made", "give the Disclosing Party prompt notice of the order", "F1"),
    ("evaluation-nda", "governing_law", "The law of England and Wales", "The law of Ireland", OUT),
    ("master-saas-agreement", "liability_cap", "the Fees paid by the Customer in the three (3) months", "the Fees paid and payable by the Customer in the twelve (12) months", "F1"),
    ("master-saas-agreement", "liability_cap", "the Fees paid by the Customer in the three (3) months", "the Fees paid and payable by the Customer in the twenty-four (24) months", "P"),
    ("master-saas-agreement", "liability_cap", "the Fees paid by the Customer in the three (3) months", "the lesser of EUR 50,000 and the Fees paid and payable by the Customer in the twenty-four (24) months", OUT),
    ("master-saas-agreement", "publicity", "and display its logo as a reference on its website and in its sales material", "and display its logo on its website only with the Customer’s prior written consent", "P"),
    ("master-saas-agreement", "performance_warranty", "will perform materially as the Documentation describes", "are provided as they are", OUT),
    ("master-saas-agreement", "suspension", " on three (3) days’ notice", " without notice", OUT),
    ("data-processing-agreement", "breach_notice", "after the Processor has confirmed it", "after the Processor became aware of it", OUT),
    ("data-processing-agreement", "breach_notice", "seventy-two (72) hours after the Processor has confirmed it", "twenty-four (24) hours after the Processor became aware of it", "P"),
    ("data-processing-agreement", "instructions", "only on documented instructions", "on instructions", OUT),
    ("data-processing-agreement", "staff_confidentiality", " and who are bound to confidentiality by contract or by law", "", OUT),
    ("data-processing-agreement", "precedence", "this Agreement prevails, except", "the Main Agreement prevails, except", OUT),
    ("professional-services-sow", "work_product", "hereby assigns", "agrees to assign", OUT),
    ("professional-services-sow", "work_product", "hereby assigns", "will assign", OUT),
    ("professional-services-sow", "work_product", ", with effect from payment of the part of the Price due for the Milestone concerned,", " upon their creation", "P"),
    ("professional-services-sow", "liability_cap", "two hundred per cent (200%)", "one hundred per cent (100%)", "F1"),
    ("professional-services-sow", "liability_cap", "two hundred per cent (200%)", "fifty per cent (50%)", OUT),
    ("professional-services-sow", "liability_cap", "the greater of", "the lesser of", OUT),
    ("professional-services-sow", "ip_indemnity", "shall defend the Customer against any claim", "shall reimburse the Customer for damages from any claim", OUT),
    ("professional-services-sow", "governing_law", "the law of Germany", "the law of Ohio", OUT),
]  # fmt: skip

CASES = [
    pytest.param(
        slug,
        issue,
        before,
        after.format(n=f"{in_words(number)} ({number})"),
        rung,
        id=f"{issue}-{number}-{index}",
        marks=() if number in {first, last} else pytest.mark.slow,
    )
    for index, (slug, issue, before, after, spans) in enumerate(NUMBERS)
    for first, last, rung in spans
    for number in numbers(first, last)
]
CASES += [
    pytest.param(slug, issue, before, after, rung, id=f"{issue}-words-{index}")
    for index, (slug, issue, before, after, rung) in enumerate(WORDS)
]


@cache
def contract(slug):
    """The page of a sample contract and where it stands on each issue."""
    page = page_of(redline.read(contracts.build(slug)))
    book = shipped(PLAYBOOK[slug])
    case = case_of(book, page, {})
    return page, book, {issue.code: case.standing(issue).rung for issue in book.issues}


def changed(page, before, after):
    """The page with the words replaced once; the words must stand in it exactly once."""
    homes = [line for line in page.lines if before in line.text]
    assert len(homes) == 1, (before, len(homes))
    line = homes[0]
    start = line.text.index(before)
    edit = {"op": "replace", "block": line.block, "start": start, "end": start + len(before), "text": after}
    return page.edited([edit])


@pytest.mark.parametrize(("slug", "issue", "before", "after", "rung"), CASES)
def test_the_right_issue_lands_on_the_right_rung_and_no_other_moves(slug, issue, before, after, rung):
    page, book, stood = contract(slug)
    case = case_of(book, changed(page, before, after), {})
    assert case.standing(book.issue(issue)).rung == rung
    moved = {one.code for one in book.issues if case.standing(one).rung != stood[one.code]} - {issue}
    assert moved == set()


DROPPED = [
    # contract, issue, words that stand in each paragraph taken out, rung
    ("mutual-nda", "standard_of_care", ["no less than reasonable care"], "F1"),
    ("mutual-nda", "compelled_disclosure", ["required to do so by law"], OUT),
    ("mutual-nda", "secrecy_term", ["last for three (3) years"], OUT),
    ("mutual-nda", "no_licence", ["grants a licence or any other right"], "F1"),
    ("mutual-nda", "assignment", ["may transfer this Agreement without"], "F1"),
    ("mutual-nda", "governing_law", ["governed by the law of Germany"], OUT),
    ("mutual-nda", "non_solicit", ["solicit an employee"], "P"),
    ("evaluation-nda", "residuals", ["unaided memory of its staff"], "P"),
    ("evaluation-nda", "penalty", ["last annual salary"], "P"),
    ("evaluation-nda", "non_solicit", ["solicit, engage or employ"], "P"),
    ("master-saas-agreement", "governing_law", ["is governed by the law of England"], OUT),
    ("master-saas-agreement", "auto_renewal", ["this Agreement renews automatically"], "P"),
    ("master-saas-agreement", "renewal_price", ["to its list prices then in force"], "P"),
    ("master-saas-agreement", "unilateral_change", ["by posting the changed version"], "P"),
    ("master-saas-agreement", "publicity", ["display its logo as a reference"], "P"),
    ("master-saas-agreement", "indirect_loss", ["is not liable for loss of profit"], "P"),
    ("master-saas-agreement", "assignment", ["shall not assign, transfer or charge"], "F1"),
    ("master-saas-agreement", "provider_exit", ["terminate this Agreement for convenience at any time"], "P"),
    ("data-processing-agreement", "staff_confidentiality", ["bound to confidentiality by contract"], OUT),
    ("data-processing-agreement", "breach_notice", ["seventy-two (72) hours"], OUT),
    ("data-processing-agreement", "precedence", ["conflict in a matter of Personal Data"], "F1"),
    ("data-processing-agreement", "audit", ["satisfies every right of the Controller"], OUT),
    ("professional-services-sow", "payment", ["pay each proper invoice"], "F1"),
    ("professional-services-sow", "exit_at_will", ["giving thirty (30) days’ written notice"], "F2"),
    ("professional-services-sow", "late_delivery", ["for each full week of delay"], "F1"),
    ("professional-services-sow", "liability_cap", ["the greater of two hundred per cent"], "P"),
    ("professional-services-sow", "ip_indemnity", ["shall defend the Customer against any claim"], OUT),
    ("professional-services-sow", "insurance", ["maintain, until twelve (12) months"], "F2"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "issue", "words", "rung"), DROPPED, ids=[f"{row[1]}-{n}" for n, row in enumerate(DROPPED)]
)
def test_a_dropped_clause_is_missed_where_it_was_and_nowhere_else(slug, issue, words, rung):
    page, book, stood = contract(slug)
    gone = [line.block for phrase in words for line in page.lines if phrase in line.text]
    assert len(gone) == len(words), words
    case = case_of(book, page.edited([{"op": "delete_block", "block": block} for block in gone]), {})
    assert case.standing(book.issue(issue)).rung == rung
    moved = {one.code for one in book.issues if case.standing(one).rung != stood[one.code]} - {issue}
    assert moved == set()
