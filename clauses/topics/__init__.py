"""Topics: readers that turn a contract into named values, each with its words and place, or say why they cannot.

`TOPICS["secrecy_term"].read(Page.from_text(text))` gives one `Instance` for each place that speaks on the topic.
"""

from importlib import import_module

from clauses.topics.values import Topic

_MODULES = (
    "assignment", "auto_renewal", "compelled_disclosure", "confidential_information", "data_cap",
    "data_return", "data_use", "dpa_link", "governing_law", "indirect_loss", "insurance", "ip_indemnity",
    "liability_cap", "mutuality", "no_licence", "non_solicit", "payment_days", "penalty",
    "performance_warranty", "provider_exit", "publicity", "renewal_price", "representatives", "residuals",
    "return_destroy", "secrecy_exceptions", "secrecy_term", "standard_of_care", "suspension",
    "termination_cause", "unilateral_change", "uptime",
)  # fmt: skip

TOPICS: dict[str, Topic] = {name: import_module(f"clauses.topics.{name}").TOPIC for name in _MODULES}

__all__ = ["TOPICS", "Topic"]
