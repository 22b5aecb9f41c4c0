"""Readers of software licences and employment contracts: what is read, and what is left alone."""
# ruff: noqa: E501  (contract texts are easier to read in one line)

import pytest

from clauses.topics.page import Page
from playbooks.topics import TOPICS


def read(topic: str, text: str) -> dict[str, object]:
    """The values of the one place that speaks on the topic."""
    (instance,) = TOPICS[topic].read(Page.from_text(text))
    return {name: value.value for name, value in instance.values.items() if value.is_read}


@pytest.mark.parametrize(
    ("topic", "text", "wanted"),
    [
        (
            "licence_scope",
            "The Licensor grants the Licensee and its affiliates a perpetual licence to use the Software, including for backup.",
            {"duration": "perpetual", "for": ("affiliates", "backup"), "revocable": "no"},
        ),
        (
            "licence_scope",
            "The Licensor grants the Licensee an irrevocable licence to use the Software for the term of this Agreement.",
            {"duration": "term", "for": (), "revocable": "no"},
        ),
        (
            "licence_scope",
            "The Licensor grants the Licensee a revocable licence to use the Software.",
            {"for": (), "revocable": "yes"},
        ),
        (
            "use_audit",
            "The Licensor may audit the Licensee's use of the Software once a year on twenty (20) days' notice. A shortfall is charged at list prices.",
            {"notice_days": 20, "yearly": "yes", "shortfall": "penalty", "costs": "own"},
        ),
        (
            "use_audit",
            "Vendor may inspect Licensee's records at any time. Licensee shall bear the costs of the audit.",
            {"yearly": "no", "costs": "licensee"},
        ),
        (
            "escrow",
            "The source code is deposited with an escrow agent and released if the Licensor becomes insolvent or no longer supports the Software.",
            {"release": ("end_of_support", "insolvency"), "updated": "no"},
        ),
        (
            "software_warranty",
            "The Licensor warrants that the Software conforms to its documentation for one (1) year from delivery and shall repair defects.",
            {"conforms": "yes", "months": 12, "repair": "yes"},
        ),
        (
            "working_time",
            "The Employee works forty (40) hours a week. All overtime is included in the salary.",
            {"hours": 40, "overtime": "included_all"},
        ),
        (
            "working_time",
            "The Employee works 38 hours per week. Overtime of up to ten (10) hours a month is covered by the salary.",
            {"hours": 38, "overtime": "included_limited"},
        ),
        (
            "holiday",
            "The Employee is entitled to 28 working days of paid holiday; days not taken lapse at the end of March.",
            {"days": 28, "unused": "ruled"},
        ),
        (
            "variable_pay",
            "The Employee may receive a bonus of up to 10% of the salary if the targets are met.",
            {"basis": "aims", "limited": "yes"},
        ),
        ("variable_pay", "The Employee receives a bonus of one monthly salary.", {"basis": "promised", "limited": "no"}),
        (
            "outside_work",
            "Other employment needs the consent of the Employer, which may only be refused for good reason.",
            {"rule": "consent_fair"},
        ),
        ("outside_work", "The Employee shall not take up any other work.", {"rule": "barred"}),
        (
            "outside_work",
            "The Employee will not engage in outside employment that materially interferes with the duties.",
            {"rule": "limited"},
        ),
        (
            "software_warranty",
            "The Licensor warrants that the Software will conform to its documentation for ninety (90) days and shall repair defects.",
            {"conforms": "yes", "months": 3, "repair": "yes"},
        ),
        ("garden_leave", "During notice the Company may release the Employee from work on full pay.", {"paid": "yes"}),
        ("garden_leave", "The Employee may be placed on garden leave without pay.", {"paid": "no"}),
    ],
)  # fmt: skip
def test_values_are_read(topic, text, wanted):
    assert read(topic, text) == wanted


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("licence_scope", "The Contractor grants the Customer a licence to the Deliverables."),
        ("use_audit", "The Controller may audit the Processor's handling of personal data."),
        ("escrow", "The deposit of the price is held in an escrow account for the funds."),
        ("software_warranty", "The Software is provided as is, without warranty."),
        ("working_time", "Support hours are 9 to 17; the response time outside working hours is four hours."),
        ("holiday", "Parental leave follows the law."),
        ("variable_pay", "Complaints may be sent to the European Commission."),
        ("outside_work", "The Supplier shall not subcontract other work without consent."),
        ("garden_leave", "The Provider is released from its duties by an event of force majeure."),
    ],
)
def test_what_speaks_on_something_else_is_left_alone(topic, text):
    assert TOPICS[topic].read(Page.from_text(text)) == []


def test_a_warranty_period_that_is_only_named_is_looked_up_or_unknown():
    named = "The Licensor warrants that for the Warranty Period the Software conforms to its documentation."
    (instance,) = TOPICS["software_warranty"].read(Page.from_text(named))
    assert instance.values["months"].why == "the length of the warranty period is not said here"
