"""A playbook out of our own template: each rule holds in the template, in the direction that is ours."""
# ruff: noqa: E501  (clauses are easier to read in one line)

import pytest

import redline
from config.demo import contracts
from playbooks.importing.building import build
from playbooks.importing.decisions import TAKE
from playbooks.importing.plan import Book, Plan, TablePlan
from playbooks.importing.template import Template
from playbooks.review import review
from playbooks.trials import check_examples
from tests.shared import SHARED, needs_shared

TEMPLATE = """Services Agreement

1. Payment
1.1 The Customer shall pay each invoice within {days} days after the date of the invoice.
2. Liability
2.1 The Provider’s total liability under this Agreement shall not exceed the Fees paid and payable by the Customer in the {months} months before the claim.
2.2 Subject to clause 2.1, neither party is liable for indirect or consequential loss.
3. General
3.1 Neither party may assign this Agreement without the prior written consent of the other, not to be unreasonably withheld, except to a successor to its business.
3.2 This Agreement is governed by the laws of France. The courts of France have jurisdiction.
3.3 The Provider shall bring a cake to every meeting with the Customer.
4. Words
4.1 “Customer” means the buyer. “Provider” means the seller. “Fees” means what the Customer pays. “Agreement” means this document.
4.2 The Customer and the Provider act in good faith, and the Customer tells the Provider early what it needs.
"""


def made_of(source, contract_type: str, side: str, name: str = "Ours"):
    """The template as an import with everything taken that is proposed, and its proposals by topic."""
    template = Template.read(source)
    table, columns = template.table(name, "legal")
    plan = Plan(name, contract_type, side, (TablePlan(True, columns),))
    book = Book((table,), plan, {}, template)
    return book, {topic: book.propose(row) for topic, row in zip(template.topics, book.rows, strict=True)}


def playbook_of(book, proposals):
    rows = zip(book.rows, proposals.values(), strict=True)
    taken = [(row.key, found.decision, book.place(row)) for row, found in rows if found.decision.use == TAKE]
    return build(book.plan.head(), taken)


def rule(text: str, topic: str, side: str, contract_type: str = "saas") -> str:
    return made_of(text, contract_type, side)[1][topic].decision.rungs[0].when


def plain(days: str = "thirty (30)", months: str = "twelve (12)") -> str:
    return TEMPLATE.format(days=days, months=months)


def keeps_its_promise(source, contract_type: str, side: str) -> tuple[int, int, int]:
    """Holds the template against its own playbook; gives issues, those that compare something, left out."""
    book, proposals = made_of(source, contract_type, side)
    read = playbook_of(book, proposals)
    found = review(read, source)
    assert {one.issue: one.status for one in (*found.findings, *found.elsewhere)} == {
        issue.code: "compliant" for issue in read.issues
    }
    assert found.to_json() == review(playbook_of(*made_of(source, contract_type, side)), source).to_json()
    assert check_examples(read)[1] == ()
    taken = [one.decision for one in proposals.values() if one.decision.use == TAKE]
    comparing = sum(one.rungs[0].when != "clause present" for one in taken)
    return len(taken), comparing, len(proposals) - len(taken)


@pytest.mark.parametrize(
    ("slug", "contract_type", "side", "counts"),
    [
        ("master-saas-agreement", "saas", "customer", (31, 27, 4)),
        ("master-saas-agreement", "saas", "provider", (35, 29, 0)),
        ("hosting-order-form", "saas", "customer", (6, 6, 0)),
        ("data-processing-agreement", "dpa", "processor", (14, 13, 0)),
        ("mutual-nda", "nda_mutual", "both", (15, 15, 0)),
        ("evaluation-nda", "nda_one_way", "discloser", (18, 14, 1)),
        ("professional-services-sow", "professional_services", "customer", (20, 20, 1)),
        ("support-and-maintenance-agreement", "other", "supplier", (18, 17, 0)),
        ("software-licence", "software_licence", "licensor", (18, 15, 0)),
    ],
)
def test_a_contract_meets_every_rule_that_is_made_of_it(slug, contract_type, side, counts):
    source = redline.read(contracts.build(slug))
    assert keeps_its_promise(source, contract_type, side) == counts


FORMS = {
    "bonterms-mutual-nda": ("nda_mutual", "both"),
    "common-paper-ai-addendum": ("other", "provider"),
    "common-paper-cloud-service-agreement": ("saas", "provider"),
    "common-paper-csa-with-ai": ("saas", "customer"),
    "common-paper-csa-with-sla": ("saas", "provider"),
    "common-paper-data-processing-agreement": ("dpa", "processor"),
    "common-paper-design-partner-agreement": ("saas", "provider"),
    "common-paper-independent-contractor-agreement": ("contractor", "client"),
    "common-paper-mutual-nda": ("nda_mutual", "both"),
    "common-paper-one-way-nda": ("nda_one_way", "discloser"),
    "common-paper-partnership-agreement": ("other", "both"),
    "common-paper-pilot-agreement": ("saas", "provider"),
    "common-paper-software-license-agreement": ("software_licence", "licensor"),
}


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in FORMS])
def test_a_standard_form_meets_every_rule_that_is_made_of_it(name):
    source = redline.read((SHARED / "data" / "docx" / f"{name}.docx").read_bytes())
    issues, _comparing, _left = keeps_its_promise(source, *FORMS[name])
    assert issues
