"""Topics: readers that turn a contract into named values, each with its words and place, or say why they
cannot.

`TOPICS["secrecy_term"].read(Page.from_text(text))` gives one `Instance` for each place that speaks on the
topic.
"""

from importlib import import_module

from clauses.topics.values import Topic

_MODULES = (
    "assignment",
    "assistance",
    "audit",
    "authority_requests",
    "auto_renewal",
    "breach_notice",
    "compelled_disclosure",
    "confidential_information",
    "data_cap",
    "data_return",
    "data_use",
    "dpa_liability",
    "dpa_link",
    "dpa_precedence",
    "erasure",
    "governing_law",
    "indirect_loss",
    "instructions",
    "insurance",
    "ip_indemnity",
    "liability_cap",
    "mutuality",
    "no_licence",
    "non_solicit",
    "payment_days",
    "penalty",
    "performance_warranty",
    "processing_details",
    "provider_exit",
    "publicity",
    "rate_card",
    "renewal_price",
    "representatives",
    "residuals",
    "return_destroy",
    "secrecy_exceptions",
    "secrecy_term",
    "security_measures",
    "staff_confidentiality",
    "standard_of_care",
    "sub_processor_terms",
    "sub_processors",
    "suspension",
    "termination_cause",
    "transfers",
    "unilateral_change",
    "uptime",
)

TOPICS: dict[str, Topic] = {name: import_module(f"clauses.topics.{name}").TOPIC for name in _MODULES}

__all__ = ["TOPICS", "Topic"]
