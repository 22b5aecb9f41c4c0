"""Topics: readers that turn a contract into named values, each with its words and place, or say why they cannot.

`TOPICS["secrecy_term"].read(Page.from_text(text))` gives one `Instance` for each place that speaks on the topic.
"""

from importlib import import_module

from clauses.topics.values import Topic

_MODULES = (
    "assignment", "compelled_disclosure", "confidential_information", "governing_law", "mutuality", "no_licence",
    "non_solicit", "penalty", "representatives", "residuals", "return_destroy", "secrecy_exceptions", "secrecy_term",
    "standard_of_care",
)  # fmt: skip

TOPICS: dict[str, Topic] = {name: import_module(f"clauses.topics.{name}").TOPIC for name in _MODULES}

__all__ = ["TOPICS", "Topic"]
