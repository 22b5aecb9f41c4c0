"""Names of the clause types that `clauses` gives, as people read them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

TYPE_WORDS = {
    "acceptable_use": _("Acceptable use"),
    "acceptance": _("Acceptance"),
    "ai": _("Artificial intelligence"),
    "amendment": _("Amendment"),
    "assignment": _("Assignment"),
    "audit": _("Audit"),
    "breach_notice": _("Breach notice"),
    "compliance": _("Compliance"),
    "confidentiality": _("Confidentiality"),
    "counterparts": _("Counterparts"),
    "data_protection": _("Data protection"),
    "definitions": _("Definitions"),
    "deletion": _("Return and deletion"),
    "disclaimer": _("Disclaimer"),
    "disputes": _("Disputes"),
    "entire_agreement": _("Entire agreement"),
    "exclusivity": _("Exclusivity"),
    "fees": _("Fees"),
    "force_majeure": _("Force majeure"),
    "general": _("General"),
    "governing_law": _("Governing law"),
    "indemnity": _("Indemnity"),
    "independent_contractors": _("Independent contractors"),
    "insurance": _("Insurance"),
    "ip_ownership": _("Ownership of rights"),
    "liability_cap": _("Liability cap"),
    "liability_exclusions": _("Exclusions of liability"),
    "licence": _("Licence"),
    "non_compete": _("Non-compete"),
    "non_solicit": _("Non-solicit"),
    "notices": _("Notices"),
    "order_of_precedence": _("Order of precedence"),
    "parties": _("Parties"),
    "payment": _("Payment"),
    "publicity": _("Publicity"),
    "renewal": _("Renewal"),
    "scope": _("Scope"),
    "security": _("Security"),
    "service_levels": _("Service levels"),
    "severability": _("Severability"),
    "sub_processors": _("Sub-processors"),
    "support": _("Support"),
    "survival": _("Survival"),
    "taxes": _("Taxes"),
    "term": _("Term"),
    "termination": _("Termination"),
    "third_parties": _("Third parties"),
    "transfers": _("Transfers abroad"),
    "waiver": _("Waiver"),
    "warranty": _("Warranty"),
}


def type_word(code: str) -> str:
    """The name of a clause type; a code that has none yet is shown as it is, with blanks."""
    return known_word(TYPE_WORDS, code)


def known_word(words: Mapping[str, Any], code: str) -> str:
    """The words for a code, or the code itself without underscores where nobody has put it in words yet."""
    return str(words.get(code) or code.replace("_", " ").capitalize())
