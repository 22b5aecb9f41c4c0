"""Parties, definitions, references and duties of a contract."""
# ruff: noqa: E501  (contract sentences stand on one line, as they do in contracts)

import pytest

from clauses import analyse
from tests.clauses.sample import AGREEMENT


def test_the_preamble_names_both_parties_with_alias_role_and_legal_form():
    analysis = analyse(AGREEMENT)
    read = [(p.name, p.alias, p.role, p.legal_form) for p in analysis.parties]
    assert read == [
        ("Northwind Analytics Ltd.", "Provider", "provider", "Ltd"),
        ("Harbour Foods, Inc.", "Customer", "customer", "Inc"),
    ]
    assert [analysis.quote(p) for p in analysis.parties] == [
        "Northwind Analytics Ltd.",
        "Harbour Foods, Inc.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'This Agreement is by and between Acme GmbH, a company organised under the laws of Germany (hereinafter referred to as the "Licensor") '
            'and Beta S.A. (the "Licensee").\n\nWHEREAS they agree.',
            [("Acme GmbH", "Licensor", "licensor"), ("Beta S.A.", "Licensee", "licensee")],
        ),
        (
            "PARTIES\n(1) ALPHA LIMITED, a company registered in Wales (the “Supplier”); and\n(2) GAMMA PLC (the “Buyer”).\nBACKGROUND\nThey trade.",
            [("ALPHA LIMITED", "Supplier", "provider"), ("GAMMA PLC", "Buyer", "customer")],
        ),
    ],
)
def test_preambles(text, expected):
    assert [(p.name, p.alias, p.role) for p in analyse(text).parties] == expected


def test_a_form_without_names_has_the_roles_that_act_in_it():
    text = "Provider will host the service. Customer will pay. Provider may suspend it. Customer must not resell it."
    assert [(p.name, p.alias) for p in analyse(text).parties] == [("", "Provider"), ("", "Customer")]


def test_definitions_by_meaning_and_in_brackets():
    analysis = analyse(AGREEMENT)
    terms = [d.term for d in analysis.definitions]
    assert terms == ["Agreement", "Provider", "Customer", "Fees", "Service", "Order Desk"]
    fees = analysis.definitions[3]
    assert fees.text == '"Fees" means the amounts stated in Schedule 1.'
    assert analysis.text[fees.start : fees.end] == "Fees"


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("“Losses” shall mean all costs.", "Losses"),
        ('The term "Net Sales" has the meaning given below.', "Net Sales"),
        ("The price (the “Purchase Price”) is due.", "Purchase Price"),
        ("“Change of Control” of a party means a sale.", ""),
        ("Affiliate means an entity under common control.", "Affiliate"),
    ],
)
def test_forms_of_definition(text, term):
    assert [d.term for d in analyse(text).definitions] == ([term] if term else [])


def test_references_find_their_clause_or_say_they_do_not():
    analysis = analyse(AGREEMENT)
    read = {(r.text, r.resolved) for r in analysis.references}
    assert {
        ("Section 3.1", True),
        ("Section 4.3", True),
        ("Schedule 1", True),
        ("Section 9.9", False),
    } <= read
    first = next(r for r in analysis.references if r.text == "Section 3.1")
    assert analysis.clause(first.target).path == "3.1"


@pytest.mark.parametrize(
    "text",
    [
        "under Section 365 of the Bankruptcy Code",
        "Article 28 of the GDPR applies",
        "see 48 C.F.R. section 12.212 for it",
        "Section 2.2 of the Development Agreement is amended",
    ],
)
def test_places_in_other_papers_are_external(text):
    references = analyse(text).references
    assert references
    assert all(r.external for r in references)


def test_a_list_of_references_gives_one_for_each():
    text = "1. A.\n2. B.\n3. C.\nSections 1, 2 and 3 survive; see also Article III."
    assert [(r.text, r.resolved) for r in analyse(text).references][:3] == [
        ("Sections 1", True),
        ("2", True),
        ("3", True),
    ]


def test_duties_have_bearer_action_deadline_condition_and_beneficiary():
    analysis = analyse(AGREEMENT)
    pay = next(o for o in analysis.obligations if o.action.startswith("pay each invoice"))
    assert (pay.bearer, pay.modal) == ("Customer", "shall")
    assert pay.deadline == "within thirty (30) days of receipt of the invoice"
    keep = next(o for o in analysis.obligations if o.action.startswith("keep all"))
    assert keep.bearer == "receiving party"
    assert (
        keep.condition
        == "if disclosure is required by law, shall notify the disclosing party within five (5) business days"
    )
    assert analysis.clause(pay.clause).path == "2.1"


def test_swapped_roles_swap_the_bearer():
    swapped = "1. Supplier shall indemnify Buyer against all claims.\n2. Buyer shall not resell the goods."
    read = [(o.bearer, o.modal, o.beneficiary) for o in analyse(swapped).obligations]
    assert read == [("Supplier", "shall", "Buyer"), ("Buyer", "shall not", "")]


def test_a_right_is_told_from_a_duty():
    (right,) = analyse("Either party may terminate this Agreement on notice to the other party.").obligations
    assert (right.bearer, right.modal, right.beneficiary) == ("Either party", "may", "the other party")


def test_titles_beside_the_numbers_of_a_list_do_not_end_it():
    text = "8.1 Caps. X.\n8.2 Waiver. Y.\n8.3 Use. Sections 8.1 (Liability Caps) and 8.2 (Damages Waiver) apply; Section 8.1 (Caps) and 8.9 (Gone) too."
    found = [(text[r.start : r.end], r.resolved) for r in analyse(text).references]
    assert found == [("Sections 8.1", True), ("8.2", True), ("Section 8.1", True), ("8.9", False)]


def test_an_item_behind_a_titled_section_is_none_of_its_parts():
    text = "5. Leave. X.\n6. Care. Recipient will: (a) use it, (b) not show it, except under Section 5 (Leave), (c) keep it safe.\n7. End. Y.\n"
    assert [(r.text, r.resolved) for r in analyse(text).references] == [("Section 5", True)]


def test_who_discloses_is_a_party_though_it_is_told_to_do_nothing():
    text = "Recipient will keep it. Recipient will return it. Discloser owns it. What Discloser tells stays Discloser's own."
    assert [p.alias for p in analyse(text).parties] == ["Recipient", "Discloser"]


THREE = "1. Fees. X.\n2. Rules. Y.\n"


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        (
            "3. Sections 1 and 2 apply. The following Sections survive: 1 (Fees) and for long also 2 (Rules).",
            ["Sections 1", "2", "1", "2"],
        ),
        (
            "3. The Sections that survive, of all Sections here, are for long 1 (Fees) and 2 (Rules).",
            ["1", "2"],
        ),
        ("3. Sections 1 (Fees) and 2 (Rules) survive.", ["Sections 1", "2"]),
        ("3. The Sections that by nature survive do so for 5 (Five) years.", []),
        ("3. The Sections that by nature survive do so for 12 (Twelve) calendar months.", []),
        (
            "3. The Sections that by nature survive do so for 3 (Three) Business Days, and 1 (Fees) for ever.",
            ["1"],
        ),
        ("3. The following Sections survive: 1 (Fees) for years and 2 (Yearly Rules).", ["1", "2"]),
        ("3. The following Sections apply for long: 1 (Fees) and 2 (Rules).", []),
    ],
)
def test_sections_that_survive_are_read_by_number_and_title(sentence, read):
    assert [r.text for r in analyse(THREE + sentence).references] == read
