"""Values that stand elsewhere: on a cover page under a label, or in the words that define a term."""

import re

from clauses.topics.page import Page, Passage, is_blank
from clauses.topics.quantity import money
from clauses.topics.values import READ, Value, absent, number, unknown
from playbooks.conditions import COVER_UNITS


def on_cover(page: Page, name: str) -> Value:
    """`Payment_Period.days`: the number under a label, in a unit; `Payment_Process`: the words under it."""
    label, _, unit = name.rpartition(".")
    if unit not in COVER_UNITS:
        label, unit = name, ""
    pattern = r"\s+".join(re.escape(part) for part in label.replace(".", "_").split("_") if part)
    found = page.key_term(pattern)
    if found is None:
        return absent(f"there is no “{label.replace('_', ' ')}” on a cover page")
    if is_blank(found.text):
        return unknown(f"“{label.replace('_', ' ')}” is blank", found.span)
    return _number(found, COVER_UNITS[unit]) if unit else Value(READ, found.text.strip(), (found.span,))


def _number(passage: Passage, unit: str) -> Value:
    if unit == "money":
        amounts = list(money(passage.text, passage.start))
        return number(amounts[0], unit) if amounts else unknown("no amount stands there", passage.span)
    for quantity in passage.quantities():
        value = number(quantity, unit)
        if value.is_read:
            return value
    return unknown(f"no {unit.replace('_', ' ')}s stand there", passage.span)


def defined_as(page: Page, name: str) -> Value:
    """The words that define a term (`Affiliate`, `Personal_Data`)."""
    term = name.replace("_", " ")
    found = page.meaning(term)
    return absent(f"“{term}” is not defined") if found is None else Value(READ, found.text, (found.span,))
