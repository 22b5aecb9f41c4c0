"""What the reading room says in codes, in people's words: agreed values, whom wording binds, what to know."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from negotiation.workspace.type_words import known_word

FACT_WORDS = {
    "agreement_date": _("Date of the agreement"),
    "breach_report": _("Report of an incident"),
    "cap_exception": _("Outside the cap"),
    "convenience_notice": _("Notice to end without cause"),
    "cure_period": _("Time to cure"),
    "effective_date": _("Effective date"),
    "expiry": _("Ends"),
    "fees": _("Fees"),
    "forum": _("Courts"),
    "governing_law": _("Governing law"),
    "initial_term": _("First term"),
    "insurance": _("Insurance"),
    "late_interest": _("Late interest"),
    "liability_cap": _("Liability cap"),
    "non_renewal_notice": _("Notice to stop renewal"),
    "order_date": _("Date of the order"),
    "payment_days": _("Time to pay"),
    "renewal": _("Renews for"),
    "secrecy_term": _("Secrecy lasts"),
    "service_credit": _("Service credit"),
    "service_level": _("Service level"),
}
TOPIC_WORDS = {
    "assignment": _("Assignment"),
    "audit": _("Audit"),
    "cap_exceptions": _("Exceptions from the cap"),
    "confidentiality": _("Confidentiality"),
    "damages_exclusion": _("Damages excluded"),
    "indemnity": _("Indemnity"),
    "insurance": _("Insurance"),
    "liability_cap": _("Liability cap"),
    "non_solicit": _("Non-solicit"),
    "publicity": _("Publicity"),
    "termination_cause": _("Termination for cause"),
    "termination_convenience": _("Termination without cause"),
    "warranty": _("Warranty"),
}
BINDS_WORDS = {"both": _("both sides"), "one": _("one side"), "unclear": _("unclear whom")}
FLAG_WORDS = {
    "auto_renewal": _("It renews by itself unless somebody stops it in time."),
    "penalty": _("A sum is due for a breach, whatever the damage."),
    "hidden_fee": _("It can cost more than the fees named."),
    "uncapped_exposure": _("A liability has no limit."),
    "unilateral_change": _("One side may change it alone."),
}
REASON_WORDS = {
    "cap_protects_one_side": _("The cap protects one side only."),
    "charge": _("A further charge is possible."),
    "expenses": _("Expenses come on top."),
    "indemnity_and_no_cap": _("There is an indemnity and no cap."),
    "late_interest": _("Late payment bears high interest."),
    "minimum_commitment": _("A minimum is owed, used or not."),
    "non_refundable": _("What was paid is not paid back."),
    "outside_the_cap": _("This liability stands outside the cap."),
    "price_increase": _("The price may rise."),
    "said_unlimited": _("The text says that liability is not limited."),
    "setup_or_other_fee": _("Another fee is due."),
    "termination_fee": _("Ending it costs a fee."),
}
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")
UNIT_WORDS = {
    "business_days": ("%(n)s business day", "%(n)s business days"),
    "days": ("%(n)s day", "%(n)s days"),
    "fees": ("%(n)s times the fees", "%(n)s times the fees"),
    "hours": ("%(n)s hour", "%(n)s hours"),
    "minutes": ("%(n)s minute", "%(n)s minutes"),
    "months": ("%(n)s month", "%(n)s months"),
    "months_fees": ("%(n)s month’s fees", "%(n)s months’ fees"),
    "quarters": ("%(n)s quarter", "%(n)s quarters"),
    "weeks": ("%(n)s week", "%(n)s weeks"),
    "years": ("%(n)s year", "%(n)s years"),
    "%": ("%(n)s %%", "%(n)s %%"),
    "%/day": ("%(n)s %% a day", "%(n)s %% a day"),
    "%/month": ("%(n)s %% a month", "%(n)s %% a month"),
    "%/year": ("%(n)s %% a year", "%(n)s %% a year"),
}


def fact_word(kind: str) -> str:
    return known_word(FACT_WORDS, kind)


def topic_word(code: str) -> str:
    return known_word(TOPIC_WORDS, code)


def binds_words(row: Mapping[str, Any]) -> str:
    """ "both sides", or "one side: Customer"."""
    words = known_word(BINDS_WORDS, row["binds"])
    return f"{words}: {', '.join(row['who'])}" if row["binds"] == "one" and row["who"] else words


def flag_words(row: Mapping[str, Any]) -> str:
    """The reason where it has words of its own, else the kind of flag."""
    words = REASON_WORDS.get(row["reason"]) or FLAG_WORDS.get(row["code"])
    return str(words or known_word({}, row["reason"]))


def value_words(value: Any, unit: str) -> str:
    """A value read, as people write it: "30 days", "12 months’ fees", "EUR 96,000", a date; "" stays ""."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        words = str(value)
        words = words.replace("_", " ") if _CODE.fullmatch(words) else words
        return _date(words) if not unit else _spelt(words, unit)
    number = number_format(
        int(value) if float(value).is_integer() else value, use_l10n=True, force_grouping=True
    )
    if unit in UNIT_WORDS:
        one, many = UNIT_WORDS[unit]
        return ngettext(one, many, 1 if value == 1 else 2) % {"n": number}
    if len(unit) == 3 and unit.isupper():
        return f"{unit} {number}"
    return f"{number} {unit.replace('_', ' ')}".strip()


def _spelt(value: str, unit: str) -> str:
    return (
        value if unit in ("words", "governing_law", "forum") else f"{value} {unit.replace('_', ' ')}".strip()
    )


def _date(value: str) -> str:
    try:
        return date_format(date.fromisoformat(value), "j M Y") if len(value) == 10 else value
    except ValueError:
        return value
