"""The contract's own words: what it calls itself, the parties and their roles, so that new text fits in."""

import re
from collections.abc import Mapping
from functools import lru_cache

from clauses.topics.page import Page

# For each variable: the names contracts use, the first is the default when none occurs.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "discloser": ("Disclosing Party", "Discloser", "Disclosing party"),
    "recipient": ("Receiving Party", "Recipient", "Receiving party"),
    "customer": (
        "Customer",
        "Client",
        "Subscriber",
        "Licensee",
        "Buyer",
        "Controller",
        "Data Controller",
        "Company",
    ),
    "provider": (
        "Provider",
        "Supplier",
        "Vendor",
        "Service Provider",
        "Licensor",
        "Processor",
        "Data Processor",
        "Contractor",
    ),
    "controller": ("Controller", "Customer", "Data Controller", "Client", "Company"),
    "processor": ("Processor", "Provider", "Data Processor", "Supplier", "Vendor", "Service Provider"),
    "employer": ("Employer", "Company"),
    "employee": ("Employee", "Executive", "Worker"),
    "agreement": ("Agreement", "MNDA", "NDA", "DPA", "Addendum", "Contract"),
    "personal_data": ("Personal Data", "Customer Personal Data", "Personal Information", "Customer Data"),
    "sub_processor": ("Sub-processor", "Subprocessor", "Sub-Processor", "sub-processor", "subprocessor"),
    "service": ("Services", "Service", "Cloud Service", "SaaS Services", "Subscription Services", "Product"),
    "customer_data": ("Customer Data", "Customer Content", "Client Data", "Your Data", "Content"),
    "order": ("Order Form", "Order", "Ordering Document", "Statement of Work"),
    "incident": (
        "Personal Data Breach",
        "Security Incident",
        "Data Breach",
        "Security Breach",
        "personal data breach",
    ),
    "fees": ("Fees", "Charges", "Subscription Fees", "fees"),
}
_WITH_ARTICLE = {
    "discloser",
    "recipient",
    "customer",
    "provider",
    "controller",
    "processor",
    "employer",
    "employee",
}


def terms(page: Page) -> dict[str, str]:
    """For each variable the name this contract uses most, with "the" where the contract says "the"."""
    return dict(_terms(page.text))


@lru_cache(maxsize=8)
def _terms(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for variable, names in _NAMES.items():
        counts = [
            (len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)), -rank, name)
            for rank, name in enumerate(names)
        ]
        best = max(counts)
        name = best[2] if best[0] else names[0]
        found[variable] = _with_article(text, name) if variable in _WITH_ARTICLE else name
    return found


def _with_article(text: str, name: str) -> str:
    plain = len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))
    articled = len(re.findall(rf"\b[Tt]he [“\"]?{re.escape(name)}(?![\w-])", text))
    return f"the {name}" if plain == 0 or articled * 2 > plain else name
