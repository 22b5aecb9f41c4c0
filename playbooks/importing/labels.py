"""What a rule asks for, in the few words that cards and reviews quote."""

from collections.abc import Mapping
from decimal import Decimal

from clauses.topics.values import Plain, Spec
from playbooks.condition_text import BadCondition, parse
from playbooks.condition_words import describe
from playbooks.conditions import BY_SIZE, All, AnyOf, Compare, Condition, Not, Ref
from playbooks.everywhere import specs_of
from playbooks.importing.proposing import shortened
from playbooks.topics import TOPICS

_ALONE = {
    ("work_product", "form = present"): "rights assigned at once",
    ("inventions", "form = present"): "rights assigned at once",
    ("work_product", "when = payment"): "rights pass on payment",
    ("work_product", "when = creation"): "rights pass on creation",
    ("no_licence", "licence = none"): "no licence to the information",
    ("customer_exit", "earliest_month <= 0"): "may leave at any time",
    ("ip_indemnity", "territory absent"): "not limited to some territories",
    ("ip_indemnity", "cap = none"): "no limit on the indemnity",
    ("ip_indemnity", "sole_remedy = no"): "not the only remedy",
    ("ip_indemnity", "giver = provider"): "given by the provider",
    ("payment_days", "from = receipt"): "counted from receipt of the invoice",
    ("payment_days", "from = invoice_date"): "counted from the date of the invoice",
    ("payment_days", "contingent absent"): "not only once others have paid",
    ("liability_cap", "cap.combine = greater"): "the greater of the two",
    ("liability_cap", "not cap.combine = lesser"): "never the lesser of the two",
    ("liability_cap", "binds = both"): "the cap protects both sides",
    ("liability_cap", "binds in both, customer"): "no cap that protects the provider alone",
    ("liability_cap", "binds in both, provider"): "no cap that protects the customer alone",
    ("insurance", "amount >="): "cover",
    ("insurance", "proof.yearly = yes"): "proof of cover every year",
    ("late_delivery", "exclusive = no"): "other rights stay",
    ("late_delivery", "limit >="): "limit",
    ("dpa_precedence", "prevails = dpa"): "the data processing agreement prevails",
    ("mutuality", "binds = both"): "both sides are bound",
    ("assignment", "binds = both"): "binds both sides",
    ("dpa_link", "dpa = yes"): "a data processing agreement is referred to",
    ("erasure", "choice = us"): "at our choice",
    ("erasure", "choice = no"): "not at the choice of the other side",
    ("data_return", "delete = yes"): "data is deleted",
}
"""Where the name of a value and its word do not make good words together."""
_WITH_NUMBERS = frozenset({"amount >=", "limit >="})


def label_of(topic: str, rule: Condition | str) -> str:
    """The label of a rule on a topic; "" where it cannot be read."""
    said = words_of(topic, rule) if isinstance(rule, str) else plainly(topic, rule) if topic in TOPICS else ""
    return shortened(said[:1].upper() + said[1:])


def words_of(topic: str, when: str) -> str:
    """What a rule asks for, at full length; "" where it cannot be read."""
    try:
        return plainly(topic, parse(when)) if when.strip() and topic in TOPICS else ""
    except BadCondition:
        return ""


def followed(label: str, *, ours: str, topic: str, when: str) -> str:
    """The label of a rule: the one that was typed, or a new one where ours was left as it stood."""
    return (label_of(topic, when) or label) if ours and label == ours else label


def plainly(topic: str, rule: Condition) -> str:
    """The rule in plain words."""
    specs = specs_of(topic)
    match rule:
        case All(parts):
            return "; ".join(plainly(topic, part) for part in parts)
        case AnyOf((Compare() as said, Compare(left, "absent"))) if said.left == left:
            return f"{plainly(topic, said)}, or none named"
        case AnyOf((Compare(left, "absent"), Compare() as said)) if said.left == left:
            return f"{plainly(topic, said)}, or none named"
        case AnyOf(parts):
            return ", or ".join(plainly(topic, part) for part in parts)
        case Not(Compare(left, "=", right)) if isinstance(right, str):
            known = _ALONE.get((topic, f"not {left.name} = {right}"))
            return known or f"{_named(left, specs)}: not {right.replace('_', ' ')}"
        case Compare(left, op, right) if left.source == "value" and left.name in specs:
            return _compared(topic, left, op, right, specs) or describe(rule, specs)
    return describe(rule, specs)


def _compared(
    topic: str, left: Ref, op: str, right: Plain | Ref | None, specs: Mapping[str, Spec]
) -> str | None:
    """One comparison as a lawyer would note it; None where its usual words do."""
    members = right if isinstance(right, tuple) else (right,)
    known = _ALONE.get((topic, f"{left.name} {op} {', '.join(str(one) for one in members)}")) or _ALONE.get(
        (topic, f"{left.name} {op}".strip())
    )
    says = _named(left, specs)
    if isinstance(right, Decimal):
        name = known if known and f"{left.name} {op}" in _WITH_NUMBERS else says
        if op not in {"=", *BY_SIZE} or (known and name == says):
            return known
        full = describe(Compare(left, op, right), specs).removeprefix(specs[left.name].says).strip()
        return f"{name}: {full.removeprefix('is ')}"
    if known or left.is_wording or isinstance(right, Ref):
        return known
    if op == "=" and right in {"yes", "no"}:
        return _yes_no(says, right == "yes")
    words = [str(one).replace("_", " ") for one in members]
    match op:
        case "=" | "in":
            return f"{says}: {' or '.join(words)}"
        case "has":
            return f"{says}: {' and '.join(words)}"
        case "only":
            return f"{says}: only {' and '.join(words)}"
        case "lacks":
            return f"{says}: not {' or '.join(words)}"
        case "!=":
            return f"{says}: not {words[0]}"
    return None


def _yes_no(says: str, holds: bool) -> str:
    if says.startswith("whether "):
        return says.removeprefix("whether ") if holds else f"not settled: {says}"
    if holds:
        return says
    if says.startswith("no "):
        return f"not promised: {says}"
    return f"not {says}" if says.startswith(("only ", "at ")) else f"no {_bare(says)}"


def _named(left: Ref, specs: Mapping[str, Spec]) -> str:
    return specs[left.name].says.removeprefix("the ") if left.name in specs else left.name.replace("_", " ")


def _bare(says: str) -> str:
    return says.removeprefix("a ").removeprefix("an ")
