"""A playbook out of our own template: each rule holds in the template, in the direction that is ours."""
# ruff: noqa: E501  (clauses are easier to read in one line)

import pytest

import redline
from clauses.topics.terms import terms
from config.demo import contracts
from playbooks.importing.building import build
from playbooks.importing.decisions import TAKE
from playbooks.importing.own_words import texts_of, usable, with_variables
from playbooks.importing.plan import Book, Plan, TablePlan
from playbooks.importing.template import Template
from playbooks.review import page_of, review
from playbooks.trials import check_examples
from playbooks.wordings import render
from playbooks.yaml_format import dump, load
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
    return build(book.head(), taken)


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
    assert check_examples(load(dump(read)))[1] == ()  # as `playbook check` does
    taken = [one.decision for one in proposals.values() if one.decision.use == TAKE]
    comparing = sum(one.rungs[0].when != "clause present" for one in taken)
    return len(taken), comparing, len(proposals) - len(taken)


def changed_by(read, text: str, issue: str) -> str:
    """The text with what the review proposes on an issue."""
    found = review(read, text).finding(issue)
    assert found.changes
    return page_of(text).edited(found.changes).text


@pytest.mark.parametrize(
    ("topic", "side", "contract_type", "when"),
    [
        ("payment_days", "customer", "saas", "days >= 30"),
        ("payment_days", "provider", "saas", "days <= 30 and contingent absent and from = invoice_date"),
        (
            "payment_days",
            "supplier",
            "other",
            "days <= 30 and contingent absent and from = invoice_date",
        ),  # as a provider has it
        ("payment_days", "both", "other", "days = 30"),  # ladders of others only, so no way is told
        ("payment_days", "landlord", "lease", "days = 30"),
        (
            "liability_cap",
            "customer",
            "saas",
            "cap.months >= 12 and cap.base in [payable, paid_and_payable] and not cap.combine = lesser",
        ),
        (
            "assignment",
            "customer",
            "saas",
            "binds = both and consent in [reasonable, required] and free has [successor]",
        ),
        ("governing_law", "customer", "saas", "law in [France] and (forum in [France] or forum absent)"),
    ],
)
def test_a_rule_asks_for_what_the_template_says_in_the_direction_of_our_side(
    topic, side, contract_type, when
):
    assert rule(plain(), topic, side, contract_type) == when


@pytest.mark.parametrize(
    ("side", "days", "status"),
    [
        ("customer", "thirty (30)", "compliant"),
        ("customer", "sixty (60)", "compliant"),
        ("customer", "twenty-nine (29)", "outside"),
        ("provider", "thirty (30)", "compliant"),
        ("provider", "ten (10)", "compliant"),
        ("provider", "thirty-one (31)", "outside"),
    ],
)
def test_better_for_us_than_our_template_passes_and_worse_is_mended_by_its_number(side, days, status):
    read = playbook_of(*made_of(plain(), "saas", side))
    theirs = plain(days)
    assert review(read, theirs).finding("payment_period").status == status
    if status == "outside":
        assert changed_by(read, theirs, "payment_period") == plain()


def test_what_only_the_other_side_has_ladders_for_is_asked_for_our_way_and_to_be_looked_at():
    renewing = (
        plain()
        + "4.3 The term renews automatically for periods of twelve (12) months unless a party gives ninety (90) days’ notice.\n"
    )
    assert rule(renewing, "auto_renewal", "customer") == "months <= 12 and notice_days <= 90"
    found = made_of(renewing, "saas", "provider")[1]["auto_renewal"]
    assert found.decision.rungs[0].when == "months >= 12 and notice_days >= 90"
    assert found.band == "check"


def test_alternatives_of_a_ladder_stay_where_the_template_takes_another():
    secret = (
        plain()
        + "4.3 The obligations of confidentiality last for seven (7) years from disclosure; trade secrets remain protected for as long as they are trade secrets.\n"
    )
    assert rule(secret, "secrecy_term", "discloser", "nda_one_way") == (
        "(years >= 7 or duration = perpetual) and trade_secrets = while_secret and from in [disclosure, end]"
    )


def test_where_the_template_speaks_twice_the_rule_takes_the_place_that_is_worse_for_us():
    twice = (
        plain() + "4.3 The Customer shall pay each invoice for travel within fourteen (14) days after it.\n"
    )
    assert rule(twice, "payment_days", "customer") == "days >= 14"
    found = made_of(twice, "saas", "provider")[1]["payment_days"]
    assert found.decision.rungs[0].when == "days <= 30 and contingent absent"
    assert any(
        "counted from the date of the invoice" in note.says for note in found.notes
    )  # at one place only


def test_where_nothing_tells_which_way_is_better_both_ways_are_offered():
    source = redline.read(contracts.build("mutual-nda"))
    found = made_of(source, "nda_mutual", "both")[1]["secrecy_term"]
    assert found.decision.rungs[0].when == "years = 3 and trade_secrets = while_secret"
    assert found.band == "check"
    offered = {option.when for option in found.options[0]}
    assert {f"years {way} 3 and trade_secrets = while_secret" for way in ("<=", ">=")} <= offered


def test_a_template_that_asks_for_less_than_usual_is_not_held_against_better_text():
    adverse = plain() + "4.3 The Provider may use the Customer’s name and logo in its marketing.\n"
    found = made_of(adverse, "saas", "customer")[1]["publicity"]
    assert (found.decision.use, found.decision.rungs[0].when) == ("leave", "clause present")
    assert "silence is fine" in found.decision.why
    assert "consent = none" in {option.when for option in found.options[0]}


def test_what_the_template_leaves_blank_is_not_asked_for_and_the_row_says_so():
    proposals = made_of(plain(days="____", months="____"), "saas", "customer")[1]
    for topic, value in (("payment_days", "days"), ("liability_cap", "cap.months")):
        found = proposals[topic]
        assert value not in found.decision.rungs[0].when
        assert found.band == "check"
        assert any("your template does not say it" in note.says for note in found.notes)


def test_what_stands_in_brackets_is_open_and_no_rule():
    found = made_of(plain(days="[30]"), "saas", "customer")[1]["payment_days"]
    assert found.decision.use == "leave"
    assert found.decision.rungs == ()
    assert "“[30]” is still open" in found.decision.why


def test_no_fallback_is_made_up():
    book, proposals = made_of(plain(), "saas", "customer")
    assert {len(issue.rungs) for issue in playbook_of(book, proposals).issues} == {1}


def test_what_the_template_does_not_say_and_what_no_topic_reads_are_listed():
    template = Template.read(plain())
    silent = template.silent_on("customer", "saas")
    assert {"uptime", "insurance", "auto_renewal"} <= set(silent)
    assert not {"payment_days", "liability_cap"} & set(silent)
    assert template.silent_on("landlord", "lease") == ()
    assert "3.3 General" in template.not_read()


def test_our_own_words_are_proposed_with_the_names_of_the_other_contract():
    read = playbook_of(*made_of(plain(), "saas", "customer"))
    wording = read.issue("general_liability_cap").rungs[0].wordings[0].text
    assert wording.startswith("{{cap provider}}’s total liability under this {{agreement}}")
    theirs = (
        plain()
        .replace("Provider", "Supplier")
        .replace("Customer", "Client")
        .replace("paid and payable by", "paid by")
    )
    mended = changed_by(read, theirs, "general_liability_cap")
    assert "The Supplier’s total liability" in mended
    assert "paid and payable by the Client in the twelve (12) months" in mended


def test_a_clause_that_is_missing_is_put_in_with_our_words():
    read = playbook_of(*made_of(plain(), "saas", "customer"))
    theirs = "\n".join(line for line in plain().splitlines() if "assign" not in line)
    assert review(read, theirs).finding("assignment").status == "missing"
    assert "Neither party may assign this Agreement without" in changed_by(read, theirs, "assignment")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Subject to clause 4.2, neither party is liable for loss.", ["Neither party is liable for loss."]),
        ("It shall pay. Clause 3 applies to late payment.", ["It shall pay."]),
        ("Clause 7 does not apply to public information.", []),
        ("It shall pay within ____ days.", []),
        ("(b) was known before;", []),
        ("It shall pay in 30 days.", ["It shall pay in 30 days."]),
    ],
)
def test_words_that_point_to_other_places_of_the_template_are_not_proposed_elsewhere(text, left):
    assert list(usable(text)) == left


def test_a_name_becomes_a_variable_only_where_filling_it_in_gives_the_same_words():
    template = Template.read(redline.read(contracts.build("data-processing-agreement")))
    names = terms(template.page)
    for topic in template.topics:
        for text in texts_of(template.page, template.places(topic)):
            assert render(with_variables(text, template.page, "dpa"), names) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The Customer shall pay the Provider.", "{{cap customer}} shall pay {{provider}}."),
        (
            "Customer shall pay. Upon Customer’s request",
            "{{cap customer}} shall pay. Upon {{customer}}’s request",
        ),
        ("(b) Provider may ask the Customer.", "(b) {{cap provider}} may ask {{customer}}."),
        ("It is for each Customer and any Provider.", "It is for each Customer and any Provider."),
        ("“Customer” means who buys.", "“Customer” means who buys."),
        ("The Customer Portal is part of it.", "The Customer Portal is part of it."),
        ("Our Master Provider may act.", "Our Master Provider may act."),
        ("It ends this Agreement and all Fees.", "It ends this {{agreement}} and all {{fees}}."),
    ],
)
def test_names_of_the_template_become_variables(text, said):
    assert with_variables(text, page_of(plain()), "saas") == said


def test_terms_that_only_the_template_has_are_named_beside_its_wording():
    source = redline.read(contracts.build("professional-services-sow"))
    found = made_of(source, "professional_services", "customer")[1]
    late = found["late_delivery"]
    assert any(note.says.endswith("not have: Milestone, Price") for note in late.notes)
    assert "Milestone, Price." in late.decision.guidance
    assert late.band == "sure"
    assert "Statement of Work" in found["governing_law"].decision.guidance
    assert "Customer" not in found["payment_days"].decision.guidance


def test_a_template_kept_and_read_again_gives_the_same_rows():
    source = redline.read(contracts.build("mutual-nda"))
    book, proposals = made_of(source, "nda_mutual", "both")
    again = Template.from_data(book.template.to_data())
    kept = Book(book.tables, book.plan, {}, again)
    assert [kept.propose(row) for row in kept.rows] == list(proposals.values())


RATES = "4.3 The Provider works at these rates:\nSenior consultant: EUR {senior} per day\nDeveloper: EUR 950 per day\n"


def test_rates_of_the_template_become_the_rate_card_of_the_playbook():
    ours = plain() + RATES.format(senior="1,450")
    read = playbook_of(*made_of(ours, "professional_services", "customer"))
    assert [(line.item, line.price, line.unit) for line in read.rates["template"].lines] == [
        ("Senior consultant", 1450, "day"),
        ("Developer", 950, "day"),
    ]
    assert review(read, plain() + RATES.format(senior="1,400")).finding("rate_card").status == "compliant"
    dearer = plain() + RATES.format(senior="1,600")
    assert changed_by(read, dearer, "rate_card") == ours


def test_rates_of_a_side_that_is_paid_are_no_limit_upwards():
    found = made_of(plain() + RATES.format(senior="1,450"), "saas", "provider")[1]["rate_card"]
    assert found.decision.rungs[0].when == "clause present"
    assert found.band == "check"


def test_a_row_read_on_another_topic_is_read_in_the_template():
    book, _ = made_of(plain(), "saas", "customer")
    row = next(row for row in book.rows if row.title == "Payment period")
    assert book.propose(row, "governing_law").decision.rungs[0].when.startswith("law in [France]")
    nothing = book.propose(row, "uptime")
    assert (nothing.decision.use, nothing.decision.why) == (
        "leave",
        "your template says nothing on this topic",
    )
    assert book.propose(row, "").decision.topic == ""


@pytest.mark.parametrize(
    ("slug", "contract_type", "side", "issues", "comparing"),
    [
        ("master-saas-agreement", "saas", "customer", 31, 27),
        pytest.param(*("master-saas-agreement", "saas", "provider", 34, 29), marks=pytest.mark.slow),
        ("hosting-order-form", "saas", "customer", 6, 6),
        ("data-processing-agreement", "dpa", "processor", 14, 13),
        ("mutual-nda", "nda_mutual", "both", 13, 13),
        pytest.param(*("evaluation-nda", "nda_one_way", "discloser", 16, 12), marks=pytest.mark.slow),
        ("professional-services-sow", "professional_services", "customer", 15, 15),
        pytest.param(
            *("support-and-maintenance-agreement", "other", "supplier", 17, 16), marks=pytest.mark.slow
        ),
        pytest.param(*("software-licence", "software_licence", "licensor", 17, 14), marks=pytest.mark.slow),
    ],
)
def test_a_contract_meets_every_rule_that_is_made_of_it(slug, contract_type, side, issues, comparing):
    source = redline.read(contracts.build(slug))
    made, compared, _left = keeps_its_promise(source, contract_type, side)
    assert made >= issues
    assert compared >= comparing


FORMS = {
    "bonterms-mutual-nda": ("nda_mutual", "both"),
    "common-paper-ai-addendum": ("saas", "provider"),
    "common-paper-cloud-service-agreement": ("saas", "provider"),
    "common-paper-csa-click-through": ("saas", "provider"),
    "common-paper-csa-with-ai": ("saas", "customer"),
    "common-paper-csa-with-sla": ("saas", "provider"),
    "common-paper-data-processing-agreement": ("dpa", "processor"),
    "common-paper-design-partner-agreement": ("saas", "provider"),
    "common-paper-independent-contractor-agreement": ("contractor", "client"),
    "common-paper-mutual-nda": ("nda_mutual", "both"),
    "common-paper-one-way-nda": ("nda_one_way", "discloser"),
    "common-paper-order-form": ("saas", "provider"),
    "common-paper-partnership-agreement": ("other", "both"),
    "common-paper-pilot-agreement": ("saas", "provider"),
    "common-paper-software-license-agreement": ("software_licence", "licensor"),
    "common-paper-term-sheet": ("other", "both"),
    "example-cover-page-for-bonterms-cloud-terms": ("saas", "provider"),
    "example-cover-page-for-bonterms-mutual-nda": ("nda_mutual", "both"),
    "openagreements-employment-offer-letter": ("employment", "employer"),
    "openagreements-restrictive-covenant-california": ("employment", "employer"),
    "openagreements-restrictive-covenant-texas": ("employment", "employer"),
}
NOTHING = ("common-paper-amendment", "openagreements-founder-ip-confidentiality-confirmation")
"""Forms in which no topic is read."""
ALL_LEFT = {"common-paper-statement-of-work": ("professional_services", "customer")}
"""Forms of which every topic is left to a person: what they speak of is blank or about something else."""
QUICK = {"common-paper-one-way-nda"}


def test_the_same_template_gives_the_same_rules_and_the_same_review():
    source = redline.read(contracts.build("evaluation-nda"))
    first, second = (playbook_of(*made_of(source, "nda_one_way", "recipient")) for _ in range(2))
    assert first.digest == second.digest
    assert review(first, source).to_json() == review(second, source).to_json()


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in FORMS]
)
def test_a_standard_form_meets_every_rule_that_is_made_of_it(name):
    source = redline.read((SHARED / "data" / "docx" / f"{name}.docx").read_bytes())
    issues, _comparing, _left = keeps_its_promise(source, *FORMS[name])
    assert issues


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("name", NOTHING)
def test_a_form_without_a_topic_gives_no_row(name):
    assert Template.read(redline.read((SHARED / "data" / "docx" / f"{name}.docx").read_bytes())).topics == ()


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("name", ALL_LEFT)
def test_a_form_of_which_nothing_is_proposed_says_why_for_each_row(name):
    source = redline.read((SHARED / "data" / "docx" / f"{name}.docx").read_bytes())
    proposals = made_of(source, *ALL_LEFT[name])[1].values()
    assert proposals
    assert all(found.decision.use == "leave" and found.decision.why for found in proposals)
