"""What reading ten contracts line by line showed, each slip in words of our own."""
# ruff: noqa: E501  (tables of cases are easier to check when a case is one line)

import pytest

import redline
from clauses import analyse, check, read_deal
from clauses.facts import read_values
from tests.shared import SHARED


def rows(text):
    return [(o.kind, o.bearer, o.modal, o.action) for o in analyse(text).obligations]


def one(text):
    (row,) = analyse(text).obligations
    return row


def facts_of(text, kind):
    return [(f.value, f.unit) for f in read_deal(analyse(text)).key_facts if f.kind == kind]


# --- who bears a duty -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The paying party will pay the other party in euros.", ("duty", "paying party", "will", "pay the other party in euros")),
        ("The party receiving Feedback may use it freely.", ("right", "party receiving Feedback", "may", "use it freely")),
        ("A Protected Party may take part with its own lawyers.", ("right", "Protected Party", "may", "take part with its own lawyers")),
        ("The non-breaching or non-violating party may seek an order.", ("right", "non-breaching or non-violating party", "may", "seek an order")),
        ("If Customer disputes an invoice, it will tell Provider at once.", ("duty", "Customer", "will", "tell Provider at once")),
        ("Agent agrees that, with regard to hats, he will wear no other brand.", ("duty", "Agent", "agrees that, with regard to hats, he will", "wear no other brand")),
        ("Wage taxes will not be withheld or paid by Company.", ("ban", "Company", "will not be", "Wage taxes will not be withheld or paid by Company")),
        ("Customer shall have exclusive control over the design.", ("right", "Customer", "shall", "have exclusive control over the design")),
        ("Partner will be indemnified by the Venture.", ("right", "Partner", "will", "be indemnified by the Venture")),
        ("Supplier shall retain all right and title in the moulds.", ("right", "Supplier", "shall", "retain all right and title in the moulds")),
    ],
)  # fmt: skip
def test_the_bearer_of_a_sentence_is_found(text, expected):
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Provider's duties as an Indemnifying Party will not apply to claims that come from: (a) use with other goods; (b) changes by others.",
        "“Interim Supplier” means whoever steps in. The Interim Supplier shall keep the stock.",
        "The records Customer is required to keep stay its own.",
        "Notice goes out so that Customer may mend the breach.",
        "Sums owing to a withdrawn Partner will be paid at once.",
        "Neither the Venture nor any other Partner will have any rights in it.",
    ],
)
def test_a_name_inside_another_thing_bears_nothing(text):
    assert rows(text) == []


def test_a_party_whose_name_is_blank_bears_duties_by_its_alias():
    text = (
        "This Agreement is made by and between Alder Hats, Inc. (the “Company”) and ______________ (hereinafter "
        "referred to as the “Golfer”).\n1. The Golfer shall wear the hats. 2. The Company shall pay the Golfer."
    )
    assert [(o.bearer, o.action) for o in analyse(text).obligations] == [
        ("Golfer", "wear the hats"),
        ("Company", "pay the Golfer"),
    ]


def test_a_name_that_all_parties_share_binds_both():
    text = (
        "This Deed is between Alder Ltd and Birch Ltd (individually the “Venturer” and collectively the “Venturers”).\n"
        "1. Each Venturer will indemnify the others against claims. 2. Neither a guest nor a lender owes anything."
    )
    (side,) = [s for s in read_deal(analyse(text)).mutuality if s.topic == "indemnity"]
    assert (side.binds, side.who) == ("both", ("each venturer",))


def test_items_with_verbs_of_their_own_are_rows_on_one_line_and_on_several():
    flat = "Customer: (a) will not rent out the tool, (b) will not feed it secrets, and (c) knows its limits."
    assert rows(flat) == [
        ("ban", "Customer", "will not", "rent out the tool"),
        ("ban", "Customer", "will not", "feed it secrets"),
    ]
    lines = "4. Rules. Customer:\n\n(a) will not rent out the tool,\n\n(b) shall feed it daily, and\n\n(c) knows its limits.\n\nProvider may look."
    assert rows(lines) == [
        ("ban", "Customer", "will not", "rent out the tool"),
        ("duty", "Customer", "shall", "feed it daily"),
        ("right", "Provider", "may", "look"),
    ]


# --- parts of a duty ------------------------------------------------------------------------------


def test_a_time_to_cure_is_no_deadline_of_the_way_out():
    row = one(
        "Either party may end this Deed if the other party (a) does not mend a breach within 30 days after notice, (b) stops work or (c) is wound up and the petition is not lifted within 60 days."
    )
    assert row.deadline == ""
    assert row.condition.startswith("if the other party")


def test_a_time_between_commas_before_the_duty_is_its_deadline():
    row = one("After the end of this Deed, within 60 days of request, Provider will delete the files.")
    assert (row.condition, row.deadline) == ("After the end of this Deed", "within 60 days of request")


def test_a_condition_in_front_of_the_verb_leaves_the_deadline():
    assert (
        one("Provider shall, if Customer asks, refund the price within 30 days.").deadline == "within 30 days"
    )


def test_except_where_is_an_exception_only():
    row = one("Except where Company ends this Deed for cause, Contractor will send a last invoice.")
    assert row.condition == ""
    assert row.exceptions == "Except where Company ends this Deed for cause"


def test_a_broken_off_except_is_no_exception():
    first, _ = analyse(
        "Neither party may assign this Deed, except that Provider may assign it to a buyer."
    ).obligations
    assert (first.action, first.exceptions) == ("assign this Deed", "")


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Provider will indemnify and hold harmless Customer from claims.", "Customer"),
        ("Provider will hold Customer harmless from claims.", "Customer"),
        ("Recipient may show it to its staff (including, for Provider, its suppliers).", ""),
    ],
)
def test_for_whom_a_duty_is(text, whom):
    assert one(text).beneficiary == whom


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("Customer (a) shall pay each invoice within thirty (30) days of receipt, and (b) shall keep records.", ["pay each invoice within thirty (30) days of receipt", "keep records"]),
        ("Customer (a) shall comply with Section 3(b) of this Deed, and (b) shall pay the fees.", ["comply with Section 3(b) of this Deed", "pay the fees"]),
        ("Customer (a) shall comply with clause (b) of this Deed, and (b) shall pay the fees.", ["comply with clause (b) of this Deed", "pay the fees"]),
        ("Customer (a) shall comply with Sections 3(a) and (b) of this Deed, and (b) knows its limits.", ["comply with Sections 3(a) and (b) of this Deed"]),
        ("Customer (a) shall comply with Section 3(a), and (b) shall pay the fees.", ["comply with Section 3(a)", "pay the fees"]),
        ("Customer (a) shall pay (i) fees and (ii) taxes, and (b) shall keep records.", ["pay (i) fees and (ii) taxes", "keep records"]),
        ("Customer: (a) shall (i) pay fees and (ii) file taxes; and (b) shall keep the brand (c) will not sell.", ["pay fees", "file taxes", "keep the brand", "sell"]),
        ("Customer (1) shall pay 2 (two) fees, (2) shall keep 3 (three) books and (3) may leave.", ["pay 2 (two) fees", "keep 3 (three) books", "leave"]),
    ],
)  # fmt: skip
def test_only_the_next_mark_ends_an_item(text, actions):
    assert [o.action for o in analyse(text).obligations] == actions


def test_an_item_keeps_its_deadline_over_a_number_in_brackets():
    first, second = analyse(
        "Customer (a) shall pay each invoice within thirty (30) days of receipt, and (b) shall keep records."
    ).obligations
    assert (first.deadline, second.deadline) == ("within thirty (30) days of receipt", "")


@pytest.mark.parametrize(
    ("text", "kind", "bearer", "begins", "condition"),
    [
        ("If Customer asks for help, either party may end this Deed and, on request, it shall return the data.", "right", "either party", "end this Deed", "If Customer asks for help"),
        ("If Customer is insolvent, the parties shall meet, and, if asked, it will show its books.", "duty", "parties", "meet", "If Customer is insolvent"),
    ],
)  # fmt: skip
def test_a_duty_before_the_pronoun_is_no_part_of_the_condition(text, kind, bearer, begins, condition):
    row = one(text)
    assert (row.kind, row.bearer, row.condition) == (kind, bearer, condition)
    assert row.action.startswith(begins)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Supplier shall retain all records relating to title of the goods for five years.", "duty"),
        ("Supplier shall retain all documents of title.", "duty"),
        ("Supplier shall retain all of its rights.", "right"),
        ("Supplier shall retain sole and exclusive ownership of the moulds.", "right"),
        ("Contractor shall have all necessary equipment under its control.", "duty"),
        ("Contractor shall have a clerk with authority to sign on site.", "duty"),
        ("Contractor shall have the sole and exclusive right to sell.", "right"),
        ("Contractor shall have full power and authority on site.", "right"),
        ("Customer shall be free of debt at the start.", "duty"),
        ("Customer shall be free from all further liability.", "right"),
        ("Customer shall be free of any claims of others.", "right"),
    ],
)
def test_a_thing_kept_or_had_is_a_duty_and_a_power_a_right(text, kind):
    assert one(text).kind == kind


# --- values ---------------------------------------------------------------------------------------


def test_a_code_behind_an_amount_is_its_currency_and_no_amount_of_the_next_line():
    found = [
        (f.value, f.unit, f.note, f.quote)
        for f in read_values("worth $3,500.00 USD\n\n16. All pay.", kinds=["money"])
    ]
    assert found == [(3500, "USD", "", "$3,500.00 USD")]
    assert [f.unit for f in read_values("worth $20 CAD", kinds=["money"])] == ["CAD"]


def test_a_length_broken_over_a_wide_gap_is_one():
    text = "on sixty (60) days notice for one service and 180                   days for the other"
    assert [(f.value, f.unit) for f in read_values(text, kinds=["duration"])] == [(60, "days"), (180, "days")]


def test_a_date_that_names_its_weekday():
    assert [f.value for f in read_values("this 20th day of Friday, March 2020", kinds=["date"])] == [
        "2020-03-20"
    ]


def test_an_open_multiple_and_sales_are_no_months_of_fees():
    text = "{n} times the fees paid in the 12 months before the claim; an amount equal to the Net Sales in the twelve (12) months preceding the end"
    assert read_values(text, kinds=["multiple"]) == []
    assert len(read_values("the fees paid in the 12 months before the claim", kinds=["multiple"])) == 1


def test_values_of_notes_and_examples_are_not_agreed():
    text = "[Drafting note: for example the order of May 4, 2021.]\n1. Fees are due [Fill in, e.g., 30 days from receipt]. 2. Notice is 10 days."
    bands = {f.quote: (f.band, f.note) for f in analyse(text).facts if f.kind in ("date", "duration")}
    assert bands["May 4, 2021"] == bands["30 days"] == ("unsure", "in a note to the form")
    assert bands["10 days"][0] == "sure"
    (odd,) = [f for f in analyse("[Fill in, e.g., thirty (45) days]").facts if f.kind == "duration"]
    assert odd.note == "words say 30, figures say 45"


# --- what is agreed -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        ("breaches this Agreement and does not cure it", []),
        ("is in default", []),
        ("wishes to leave", [(30, "days")]),
    ],
)
def test_the_time_to_cure_stops_no_renewal(cause, expected):
    text = (
        "6. Term. This Agreement renews automatically for successive terms of one year each. If either party "
        f"{cause}, this Agreement may be terminated before the end of the term on at least 30 days written notice."
    )
    assert facts_of(text, "non_renewal_notice") == expected


def test_a_contract_that_begins_with_an_event_does_not_begin_on_its_date():
    text = (
        "HOSTING AGREEMENT\nThis Agreement dated as of August 9, 2021 is between Alder, Inc. and Birch, Inc.\n"
        "1. This Agreement shall be              effective as of the date (the “Effective Date”) the Site becomes open to all as set out "
        "in a paper executed by both and shall continue for one year."
    )
    assert facts_of(text, "agreement_date") == [("2021-08-09", "")]
    assert facts_of(text, "effective_date") == []


def test_a_milestone_is_no_date_of_the_agreement():
    text = "SOFTWARE AGREEMENT\nStatement of Work\nMilestone #1 - January 1st, 2019 Milestone #2 - February 1st, 2019\n1. Work begins."
    assert facts_of(text, "agreement_date") == []


def test_renewal_for_successive_periods_unless_stopped_is_a_flag():
    text = (
        "5. Term. Each Subscription Term will last twelve months. Each Subscription Term will renew for successive periods "
        "unless either party notifies the other of non-renewal at least 30 days before its end."
    )
    assert ("auto_renewal", "renews_unless_stopped") in {
        (f.code, f.reason) for f in read_deal(analyse(text)).flags
    }


def test_uncapped_claims_are_read_from_their_definition():
    text = (
        "9. Liability. Each party's entire liability will not exceed EUR 50,000, but this limit does not apply to Uncapped Claims. "
        "“Uncapped Claims” means (a) duties to indemnify under Section 10, (b) fraud and (c) any breach of Section 11 (Confidentiality)."
    )
    assert {value for value, _ in facts_of(text, "cap_exception")} >= {
        "indemnity",
        "fraud",
        "confidentiality",
    }


def test_a_limit_for_trials_is_not_the_cap_for_indemnities():
    text = "Provider offers no warranty, indemnity or support for Trials and its liability for Trials will not exceed US$1,000."
    assert [f.about for f in read_deal(analyse(text)).key_facts if f.kind == "liability_cap"] == ["trials"]


def test_leave_to_assign_limits_nobody():
    text = (
        "“Company” and “Contractor” are named above. Contractor may not assign this Agreement without consent. "
        "Company may assign this Agreement to a buyer of its business."
    )
    (side,) = [s for s in read_deal(analyse(text)).mutuality if s.topic == "assignment"]
    assert (side.binds, side.who) == ("one", ("Contractor",))


# --- tree, references, terms ----------------------------------------------------------------------


def test_a_centred_article_and_the_line_below_it_are_one_clause():
    wide = " " * 35
    text = f"{wide}ARTICLE I\n\n{wide}CARRIAGE\n\n1.1 Carrier carries the goods.\n\n{wide}ARTICLE II\n\n{wide}TERM\n\n2.1 See Article I.\n"
    found = analyse(text)
    assert [(c.path, c.heading) for c in found.clauses if c.depth == 0] == [("1", "CARRIAGE"), ("2", "TERM")]
    assert found.quote(found.clause(found.references[-1].target)).split()[:2] == ["ARTICLE", "I"]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("4.1 Term; Termination. This Deed lasts one year.", "Term; Termination"),
        ("5.1 Subject to the General Terms of Carrier's         Tariff this Deed begins.", ""),
        (
            "2. Alder Gas Company 10 Sain Street P. O. Box 7 is where letters go and where they are read by its clerk.",
            "",
        ),
    ],
)
def test_where_a_run_in_heading_ends(text, heading):
    assert analyse(f"{text}\n").clauses[0].heading == heading


def test_a_list_of_sections_that_survive_is_read_to_its_end():
    body = "".join(f"{n}. Part {n}. Words here.\n" for n in range(1, 8))
    text = (
        body
        + "8. Survival. The following Sections survive the end of this Deed: 2 (Part 2), 3 (Part 3) for two years, 5 (Part 5) and 11 (Gone)."
    )
    found = analyse(text).references
    assert [(r.text, r.resolved) for r in found] == [("2", True), ("3", True), ("5", True), ("11", False)]


def test_an_abbreviation_inside_the_quotes_is_defined_with_its_term():
    text = "“Daily Quantity (DQ)” means the gas of a day. a. “Full Vote” A full vote is one of all. "
    assert [d.term for d in analyse(text).definitions] == ["Daily Quantity", "DQ", "Full Vote"]


def test_a_term_defined_four_times_is_one_finding():
    text = "\n".join(f"{n}. Ash Ltd number {n} (“Carrier”) carries." for n in range(1, 5))
    (issue,) = [i for i in check(analyse(text)) if i.code == "defined_twice"]
    assert (issue.message, len(issue.places)) == ("“Carrier” is defined in four places.", 4)


def test_parts_of_names_are_not_told_as_undefined_terms():
    text = (
        "“Carrier” means Ash Ltd. “Goods” means gas. “Fee” means the price.\n"
        + "1. The Goods pass at the Point(s) of Receipt under the FERC Gas Tariff and the Conditions of Carrier's tariff. "
        + "2. At each Point(s) of Receipt the Birch Cities Gas Company keeps the FERC Gas Tariff and the Conditions of Carrier's tariff. "
        + "3. The Point(s) of Receipt, the Birch Cities Gas Company and the Fee are known."
    )
    assert [i.message for i in check(analyse(text)) if i.code == "undefined_term"] == []


# --- parties --------------------------------------------------------------------------------------


def test_an_example_in_a_note_to_draft_names_no_party():
    made = "This Agreement is made between Alder Hats, Inc. and Birch Hats, Inc. on May 1, 2021"
    rest = "\nThis Addendum adds to the agreement named above.\n1. It ends soon."
    assert len(analyse(f"ADDENDUM\n{made}.{rest}").parties) == 2
    assert analyse(f"ADDENDUM\n[Drafting note: for example, {made}.]{rest}").parties == ()


@pytest.mark.parametrize(
    ("form", "roles"),
    [
        ("common-paper-partnership-agreement", [("", "Company"), ("", "Partner")]),
        ("example-cover-page-for-bonterms-mutual-nda", []),
    ],
)
def test_prompts_of_a_cover_page_are_no_names(form, roles):
    path = SHARED / "data" / "docx" / f"{form}.docx"
    if not path.is_file():
        pytest.skip(f"SKIPPED: {path.name} is not beside the project")
    found = analyse(redline.read(path.read_bytes())).parties
    assert [(p.name, p.alias) for p in found] == roles
