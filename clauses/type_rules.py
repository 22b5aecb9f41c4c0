"""What each clause type looks like: its headings, and phrases with a weight.

Texts are compared small, with straight quotes and single blanks. Every phrase stands beside words it must match and
words it must not; tests run them. ``needs`` are cheap literals, one of which must occur before the pattern is tried.
Weights are what the phrase alone is worth; several add up as independent evidence (1 - product of what is missing).
"""
# ruff: noqa: E501, SIM905  (word tables are harder to check when cut over lines or quoted word by word)

from clauses import type_rules_bargain, type_rules_closing, type_rules_service
from clauses.type_rule import TypeRule

__all__ = ["BRIEF_CODES", "RULES", "SECTION_TYPES", "TypeRule"]

RULES: tuple[TypeRule, ...] = (
    *type_rules_bargain.RULES,
    *type_rules_service.RULES,
    *type_rules_closing.RULES,
)

BRIEF_CODES = (
    "payment fees liability_cap liability_exclusions indemnity ip_ownership licence confidentiality term renewal termination "
    "governing_law disputes assignment audit insurance warranty data_protection service_levels support acceptable_use ai "
    "non_solicit publicity force_majeure notices entire_agreement severability order_of_precedence definitions sub_processors "
    "security breach_notice transfers deletion parties scope general"
).split()

# Our codes beside the 35 section types of the published headed-section data; several of ours may feed one of theirs,
# and the first is what a section of that type gets where nothing tells more.
SECTION_TYPES: dict[str, tuple[str, ...]] = {
    "payment": ("payment", "fees"), "termination": ("termination",), "confidentiality": ("confidentiality", "deletion"),
    "warranties": ("warranty",), "indemnification": ("indemnity",), "notices": ("notices",), "ip_ownership": ("ip_ownership",),
    "assignment": ("assignment",), "dispute_resolution": ("disputes",), "term_renewal": ("term", "renewal"),
    "severability": ("severability",), "governing_law": ("governing_law",), "waiver": ("waiver",),
    "entire_agreement": ("entire_agreement",), "delivery_acceptance": ("acceptance",), "definitions": ("definitions",),
    "counterparts": ("counterparts",), "force_majeure": ("force_majeure",), "independent_contractors": ("independent_contractors",),
    "compliance_with_laws": ("compliance",), "limitation_of_liability": ("liability_exclusions", "liability_cap"),
    "amendment": ("amendment",), "license_grant": ("licence",), "audit": ("audit",), "survival": ("survival",),
    "insurance": ("insurance",), "warranty_disclaimer": ("disclaimer",), "publicity": ("publicity",), "taxes": ("taxes",),
    "exclusivity": ("exclusivity",), "third_party_beneficiaries": ("third_parties",),
    "service_levels": ("service_levels", "support"), "non_solicitation": ("non_solicit",),
    "data_protection": ("data_protection", "security", "breach_notice", "sub_processors"), "non_compete": ("non_compete",),
}  # fmt: skip
