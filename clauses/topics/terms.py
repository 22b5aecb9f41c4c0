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
    "confidential_information": (
        "confidential information",
        "Confidential Information",
        "Proprietary Information",
        "Evaluation Material",
    ),
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
_COMPOUNDS = {"service", "fees", "incident"}
_SMALL_WORD = re.compile(
    r"(?:The|An?|This|That|These|Those|Such|Any|Each|All|Every|No|Other|In|On|For|By|If|When|Where|Of|To|And|Or"
    r"|With|Upon|Unless|Subject|Neither|Either|Both|After|Before|During|Its|Their|Our|Your)$"
)
A_CLAUSE = 15
"""Below so many lines a text is a clause out of its contract."""
FEW = 3
"""A name that nobody defined counts as the contract's own from so many uses on."""


def terms(page: Page) -> dict[str, str]:
    """For each variable the name this contract uses most, with "the" where the contract says "the"."""
    return dict(_terms(page.text))


@lru_cache(maxsize=8)
def _terms(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for variable, names in _NAMES.items():
        name = _name(text, variable, names)
        if name is None:
            found[variable] = _plain(variable, names[0])
        else:
            found[variable] = _with_article(text, name) if variable in _WITH_ARTICLE else name
    if found["customer_data"] == _plain("customer_data", _NAMES["customer_data"][0]):
        found["customer_data"] = f"{found['customer']}’s data"
    return found


def _name(text: str, variable: str, names: tuple[str, ...]) -> str | None:
    """The name this contract defines or uses most; None where it has none of its own.

    A clause that stands alone has no definitions: there the usual name is taken.
    """
    uses = {name: _uses(text, name) for name in names}
    if variable == "personal_data" and any("Personal" in name and _is_defined(text, name) for name in names):
        names = tuple(name for name in names if "Personal" in name)  # other data may be meant by other names
    best = max(names, key=lambda name: (uses[name], -names.index(name)))
    if text.count("\n") < A_CLAUSE:
        return best if uses[best] else names[0]
    defined = next((name for name in names if uses[name] and _is_defined(text, name)), None)
    if uses[best] >= FEW or defined:
        return best
    longer = _longer(text, names) if variable in _COMPOUNDS else None
    return longer or (best if uses[best] and variable in _WITH_ARTICLE else None)


def _uses(text: str, name: str) -> int:
    """How often the name stands alone: "Services", not a part of "Support Services" or of "Service Hours"."""
    found = 0
    for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])(?! [A-Z][a-z])", text):
        before = re.search(r"([A-Z][\w-]*) $", text[max(0, match.start() - 24) : match.start()])
        found += before is None or _SMALL_WORD.match(before[1]) is not None
    return found


def _is_defined(text: str, name: str) -> bool:
    return re.search(rf"[“\"](?:the )?{re.escape(name)}[”\"]", text) is not None


def _longer(text: str, names: tuple[str, ...]) -> str | None:
    """A defined term that ends in one of the names: "Support Services" for the services."""
    ends = "|".join(re.escape(name) for name in names)
    defined = re.findall(rf"[“\"]((?:[A-Z][\w-]*\s){{1,3}}(?:{ends}))[”\"]", text)
    return max(dict.fromkeys(defined), key=lambda term: _uses(text, term), default=None)


def _plain(variable: str, name: str) -> str:
    """What the name means, as a plain word: no contract is given a term that it does not define."""
    word = name.lower()
    return f"the {word}" if variable in _WITH_ARTICLE else word


def _with_article(text: str, name: str) -> str:
    plain = _uses(text, name)
    articled = len(re.findall(rf"\b[Tt]he [“\"]?{re.escape(name)}(?![\w-])(?! [A-Z][a-z])", text))
    return f"the {name}" if plain == 0 or articled * 2 > plain else name
