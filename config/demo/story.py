"""The demo story: who works at Northgate, who sits across the table, and what has happened in seven deals.

Plain data and nothing else: whoever loads it into the database decides how. Every quote stands once in the
contract it names, and every turn can be made from the turn before it; the tests hold both to that.
"""

from config.demo.deals.confidentiality import CONFIDENTIALITY
from config.demo.deals.forecasting import FORECASTING
from config.demo.deals.migration import MIGRATION
from config.demo.deals.platform import PLATFORM
from config.demo.deals.privacy import PRIVACY
from config.demo.deals.support import SUPPORT
from config.demo.deals.trial import TRIAL
from config.demo.story_model import Guest, Organisation, Person, on

__all__ = ["DEALS", "GUESTS", "NORTHGATE", "PASSWORD", "PEOPLE", "SUPPLIER", "guest", "on", "person"]

PASSWORD = "parley demonstration"  # noqa: S105  printed at start-up, only ever used on the demo data

NORTHGATE = Organisation(
    name="Northgate Analytics GmbH",
    short_name="Northgate",
    city="Hamburg",
    country="Germany",
    business="Reports and forecasts for mid-sized retailers and wholesalers; about 140 people.",
)

SUPPLIER = Organisation(
    name="Harbour Cloud Ltd",
    short_name="Harbour Cloud",
    city="Bristol",
    country="United Kingdom",
    business=(
        "A hosted data platform with support; sells by yearly subscription, mostly to firms of 50 to"
        " 500 people."
    ),
    finances=(
        "Growing, not yet profitable; last accounts show GBP 21m of turnover and cash for about two years."
    ),
    market=(
        "One of five serious providers in our field. Strong on speed, weak on terms; two rivals have"
        " offered to us."
    ),
    past="One confidentiality agreement, signed this autumn in eighteen days.",
)

PEOPLE = (
    Person(
        "alice",
        "Alice Brandt",
        "alice.brandt@northgate.example",
        "General counsel",
        "admin",
        ("general_counsel", "ip_counsel", "legal", "people"),
    ),
    Person("bo", "Bo Lindqvist", "bo.lindqvist@northgate.example", "Commercial counsel", "legal"),
    Person(
        "carla",
        "Carla Mendes",
        "carla.mendes@northgate.example",
        "Chief financial officer",
        "approver",
        ("cfo", "finance"),
    ),
    Person(
        "dara",
        "Dara Okafor",
        "dara.okafor@northgate.example",
        "Head of operations",
        "operations",
        ("service_owner", "security"),
    ),
    Person(
        "emil",
        "Emil Novak",
        "emil.novak@northgate.example",
        "Procurement lead",
        "business",
        ("procurement", "business_owner"),
    ),
    Person(
        "ines",
        "Ines Rahmani",
        "ines.rahmani@northgate.example",
        "Privacy officer",
        "approver",
        ("privacy_officer",),
    ),
)

GUESTS = (
    Guest("priya", "Priya Shah", "priya.shah@harbourcloud.example", "Commercial counsel"),
    Guest("oliver", "Oliver Quill", "oliver.quill@harbourcloud.example", "Head of legal"),
    Guest(
        "grace",
        "Grace Holloway",
        "grace.holloway@harbourcloud.example",
        "Operations director, signs for the company",
    ),
)

DEALS = (FORECASTING, MIGRATION, TRIAL, PLATFORM, SUPPORT, PRIVACY, CONFIDENTIALITY)


def person(key: str) -> Person:
    """The colleague called ``key``; raises ``KeyError``."""
    return {one.key: one for one in PEOPLE}[key]


def guest(key: str) -> Guest:
    """The counterparty's person called ``key``; raises ``KeyError``."""
    return {one.key: one for one in GUESTS}[key]
