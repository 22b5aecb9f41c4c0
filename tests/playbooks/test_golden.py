"""Exact minimal edits: what stood there, what is asked for, and not a word more.

Each row is a contract in a few lines, a playbook and an issue, and the whole change: words out, words in, block by
block. Numbers that hang together change together; neighbours that already say it are the ones that change.
"""
# ruff: noqa: E501  (words before and after stand whole, so that they can be read)

import pytest

from playbooks.library import shipped
from playbooks.review import page_of, proposal_for_rung

PRICE = "The Provider may increase the Fees on each anniversary of the Effective Date by sixty (60) days\u2019 notice."
TABLE = """Service levels
The Provider shall make the Services available for the percentage of each calendar month shown in the table below. If availability falls below this level in three months of a year, the Customer may terminate on notice.
Availability of the production environment
{level}
{band}
3%
Availability of the production environment
{level}
98.0% to 98.99%
6%
"""

# what the row shows, playbook, issue, text, (words out, words in) in reading order
GOLDEN = [
    ("a limit in the next sentence", "saas-customer", "renewal_price", PRICE + " An increase shall not exceed seven per cent (7%).",
     [("seven per cent (7%)", "three per cent (3%)")]),
    ("a limit in the next clause", "saas-customer", "renewal_price", "Fees\n5.1 " + PRICE + "\n5.2 Such an increase is limited to 6% of the Fees.",
     [("6%", "3%")]),
    ("no limit at all", "saas-customer", "renewal_price", PRICE,
     [("", ", but by no more than three percent (3%) a year")]),
    ("a level and the band below it", "saas-customer", "uptime", TABLE.format(level="99.5%", band="99.0% to 99.49%"),
     [("99.5%", "99.9%"), ("99.49%", "99.89%"), ("99.5%", "99.9%")]),
    ("a level and a credit that begins below it", "saas-customer", "uptime", TABLE.format(level="99.5%", band="Below 99.5%"),
     [("99.5%", "99.9%"), ("99.5%", "99.9%"), ("99.5%", "99.9%")]),
    ("days", "saas-customer", "payment", "The Customer shall pay each invoice within fourteen (14) days of the date of the invoice.",
     [("fourteen (14)", "forty-five (45)")]),
    ("period and notice together", "saas-customer", "auto_renewal", "This Agreement renews automatically for twenty-four (24) months unless either party gives ninety (90) days\u2019 notice.",
     [("twenty-four (24)", "twelve (12)"), ("ninety (90)", "thirty (30)")]),
    ("base and months of a cap", "saas-customer", "liability_cap", "The Provider\u2019s total liability shall not exceed the Fees paid in the three (3) months before the event.",
     [("", " and payable"), ("three (3)", "twenty-four (24)")]),
    ("law and courts", "saas-customer", "governing_law", "This Agreement is governed by the law of Texas. The courts of Texas have exclusive jurisdiction.",
     [("Texas", "Germany"), ("Texas", "Germany")]),
    ("rights of one territory only", "saas-customer", "ip_indemnity", "If a third party claims that the use of the Services infringes its Intellectual Property Rights in the United Kingdom, the Provider shall defend the Customer and pay the damages, costs and settlements that result from the claim.",
     [(" in the United Kingdom", "")]),
    ("consent to publicity", "saas-customer", "publicity", "The Provider may use the Customer\u2019s name and logo in its marketing.",
     [("", ", in each case only with the Customer\u2019s prior written consent")]),
    ("length of secrecy", "mutual-nda", "secrecy_term", "The obligations of confidentiality survive for seven (7) years from disclosure; trade secrets remain protected for as long as they are trade secrets.",
     [("seven (7)", "three (3)")]),
    ("words that say the opposite", "mutual-nda", "secrecy_term", "The obligations of confidentiality last for seven (7) years from the Effective Date, whatever the nature of the information.",
     [("seven (7)", "three (3)"), ("whatever the nature of the information", "except that trade secrets remain protected for as long as they remain trade secrets under applicable law")]),
    ("a right of both, of which ours stays", "saas-customer", "provider_exit", "Either party may terminate this Agreement for convenience on thirty (30) days\u2019 notice.",
     [("Either party", "The Customer")]),
    ("a right of the provider alone", "saas-customer", "provider_exit", "The Provider may terminate this Agreement for convenience on thirty (30) days\u2019 notice.",
     [("delete_block", "")]),
    ("a sentence that must go", "mutual-nda", "residuals", "The Recipient keeps the information secret. Either party may use freely what its staff retain in unaided memory. Nothing else changes.",
     [("Either party may use freely what its staff retain in unaided memory. ", "")]),
    ("hours and their start", "dpa-controller", "breach_notice", "The Processor shall notify the Controller of a Personal Data Breach within seventy-two (72) hours after it has become aware of it.",
     [("seventy-two (72)", "twenty-four (24)")]),
]  # fmt: skip


def changes_of(text, playbook, issue):
    page = page_of(text)
    lines = {line.block: line for line in page.lines}
    book = shipped(playbook)
    edits = sorted(
        proposal_for_rung(book, page, issue, book.issue(issue).opening) or (),
        key=lambda e: (lines[e["block"]].start, e.get("start", 0)),
    )
    return [
        (
            lines[e["block"]].text[e["start"] : e["end"]] if e["op"] == "replace" else e["op"],
            e.get("text", ""),
        )
        for e in edits
    ]


@pytest.mark.parametrize(
    ("playbook", "issue", "text", "expected"), [row[1:] for row in GOLDEN], ids=[row[0] for row in GOLDEN]
)
def test_the_change_is_the_smallest_one_a_lawyer_would_make(playbook, issue, text, expected):
    assert changes_of(text, playbook, issue) == expected
