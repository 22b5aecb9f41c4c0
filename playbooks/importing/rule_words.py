"""Help for who writes a rule by hand: an example on the topic, and a sentence for words that are no rule."""

import re

from playbooks.condition_text import BadCondition, parse
from playbooks.conditions import Compare, leaves
from playbooks.everywhere import specs_of
from playbooks.importing.template_more import NEVER
from playbooks.topics import TOPICS

_SIGNS = (
    (r"(?:is |are )?(?:at least|no less than|not less than|minimum(?: of)?)|≥|=>", ">="),
    (r"(?:is |are )?(?:at most|no more than|not more than|up to|maximum(?: of)?)|≤|=<", "<="),
    (r"(?:is |are )?(?:more|greater|longer) than", ">"),
    (r"(?:is |are )?(?:less|fewer|shorter) than", "<"),
    (r"(?:is|are) not", "!="),
    (r"(?:is|are) (?:absent|missing)", "absent"),
    (r"is|are|equals?|==", "="),
    (r"includes?|contains?", "has"),
)
_UNITS = re.compile(r"(?<=\d) ?(?:%|per cent|days?|months?|years?|hours?|EUR|USD|GBP)(?![\w])", re.I)


def example_on(topic: str) -> str:
    """A rule as one may write it on a topic: its first value compared; "" for no topic."""
    for name, spec in specs_of(topic).items() if topic in TOPICS else ():
        if name in NEVER:
            continue
        if spec.kind == "number":
            return f"{name} >= 30"
        if spec.allowed:
            return f"{name} = {spec.allowed[0]}" if spec.kind == "word" else f"{name} has [{spec.allowed[0]}]"
    return 'text has ["prior written notice"]' if topic in TOPICS else ""


def why_unread(topic: str, text: str) -> str:
    """Why words are no rule, with what may be meant; "" where they are one."""
    try:
        parse(text)
    except BadCondition:
        pass
    else:
        return ""
    meant = _meant(topic, text)
    like = f"a rule on this topic is written like “{example_on(topic)}”."
    return (
        f"“{text}” cannot be read as a rule: {f'did you mean “{meant}”?' if meant else like} A rule names a"
        " value, then a sign (=, !=, <, <=, >, >=, in, has, lacks, only, absent, present), then a figure, a"
        " word or a list in square brackets; several are joined by “and” or “or”"
    )


def _meant(topic: str, text: str) -> str:
    """The rule that everyday words stand for, where they give one on this topic; else ""."""
    made = _UNITS.sub("", text.strip().rstrip("."))
    for pattern, sign in _SIGNS:
        made = re.sub(rf"(?<![\w.])(?:{pattern})(?![\w.])", sign, made)
    made = " ".join(made.split())
    try:
        names = [leaf.left.name for leaf in leaves(parse(made)) if isinstance(leaf, Compare)]
    except BadCondition:
        return ""
    return made if names and set(names) <= set(specs_of(topic)) else ""
