"""Limits of liability, the infringement indemnity, liability for data and insurance, read as ladders need them."""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

from collections.abc import Mapping

from clauses.topics import TOPICS as BASE
from clauses.topics.page import Page, Passage
from clauses.topics.quantity import money
from clauses.topics.reading import choice, members, number_near, yes_no
from clauses.topics.values import (
    Instance,
    Value,
    absent,
    number,
    number_of,
    set_of,
    unknown,
    word,
    word_of,
    words,
)
from playbooks.topics.more import all_words, extended

_SCOPE = (
    ("per_order", r"\b(?:under|for|of) (?:the|that|each|such|an|any) (?:applicable |relevant |affected )?(?:order|statement of work|sow)\b"),
    ("per_claim", r"\b(?:per|for each|for any one|each|any one|for any single) (?:claim|event|incident|occurrence)\b"),
    ("yearly", r"\b(?:in (?:any|each|a)|per|for each) (?:contract |calendar |agreement )?year\b"),
    ("aggregate", r"\b(?:total|aggregate|entire|overall|cumulative|maximum|in all)\b"),
)  # fmt: skip
_WINDOW = (
    ("before", r"\b(?:before|preceding|prior to|previous|last)\b"),
    ("term", r"\b(?:during|over|throughout) the (?:initial |whole |entire )?term\b"),
    ("year", r"\bannual\b|\b(?:per|a|each) year\b|\byearly\b|\bfirst\b[^.]{0,30}\b(?:months?|year)\b"),
)


def _cap(page: Page, instance: Instance, passage: Passage) -> Mapping[str, Value]:
    """Scope and window; without the base the months are no limit that could be compared (a number is not the cap)."""
    whole = all_words(page, instance)
    scope = next((v for p in (passage, *whole) if (v := choice(p, *_SCOPE)).is_read), absent())
    months = instance.values["cap.months"]
    base = instance.values["cap.base"]
    price = number_near(
        passage, r"\b(?:price|fees?|charges|contract value|order value)\b", "percent", "percent", reach=30
    )
    values = {"cap.scope": scope, "cap.window": choice(passage, *_WINDOW), "cap.percent": price}
    if months.is_read and not base.is_read:
        values["cap.base"] = unknown(
            "it does not say whether fees paid, payable or due are counted", passage.span
        )
    if months.is_read and values["cap.window"].state == "absent":
        values["cap.window"] = unknown("it does not say which months are meant", passage.span)
    return values


_PAYS = {
    "award": r"\b(?:damages|costs|amounts?|sums?|judg\w+|awards?|liabilit\w+|losses)\b[^.]{0,60}\b(?:award\w*|adjudg\w+|result\w*|order\w*|arising|incurred)|\bindemnif\w+|\bhold\w*(?: \w+)? harmless\b",
    "settlement": r"\bsettle\w*\b",
}  # fmt: skip


def _ip(page: Page, instance: Instance, passage: Passage) -> Mapping[str, Value]:
    near = [
        p
        for p in page.find_sentences(r"\bindemni\w+|\binfring\w+")
        if p.has(r"\blimit\w*|\bcap\b|\bremed\w+")
    ]
    sole = next(
        (s for p in (passage, *near) if (s := p.find(r"\b(?:sole|exclusive|only)\b[^.]{0,40}\bremed\w+"))),
        None,
    )
    refund = next((p for p in (passage, *near) if p.has(r"\brefund\w*\b")), None)
    capped = next((p for p in near if p.has(r"\bcap\b|\blimit\w*\b|\bnot exceed\b")), None)
    cap = word("none")
    if capped is not None:
        free = capped.find(r"\b(?:not apply|unlimited|not limited|without limit|no limit)\b")
        higher = capped.find(r"\b(?:higher|super|enhanced|separate|increased)[- ]?(?:limit|cap)\b")
        cap = (
            word("none", free) if free else word("higher", higher) if higher else word("general", capped.span)
        )
    harmless = passage.find(r"\bhold\w*\b[^.;]{0,40}\bharmless\b")
    acts = list(instance.values["acts"].items)
    if harmless is not None and "indemnify" not in {name for name, _ in acts}:
        acts.append(("indemnify", harmless))
    return {
        "acts": words(acts),
        "pays": members(passage, _PAYS),
        "giver": choice(
            passage,
            ("both", r"\b(?:each|either) party\b"),
            ("provider", r"\b(?:provider|supplier|vendor|licensor|contractor|processor)\b"),
            ("customer", r"\b(?:customer|client)\b"),
        ),
        "cap": cap,
        "sole_remedy": (word("refund", sole) if refund else word("listed", sole)) if sole else word("no"),
    }


def _dpa(page: Page, instance: Instance, passage: Passage) -> Mapping[str, Value]:
    times = passage.quantities("times")
    added = passage.find(r"\b(?:in addition to|on top of|over and above|separate from|additional)\b")
    shared = passage.find(
        r"\b(?:in place of|instead of|shared|not in addition|one (?:single )?(?:common )?(?:limit|cap))\b"
    )
    return {
        "supercap.multiple": number(times[0], "times") if times else absent(),
        "supercap.additional": word("no", shared) if shared else word("yes", added) if added else absent(),
    }


def _insurance(page: Page, instance: Instance, passage: Passage) -> Mapping[str, Value]:
    return {
        "proof.yearly": yes_no(
            passage, r"\b(?:certificate|evidence|proof)\b[^.]*\b(?:each|every|per|once a) (?:\w+ )?year\b"
            r"|\b(?:certificate|evidence|proof)\b[^.]*\b(?:annual|yearly)|\b(?:annual|yearly|each year|every year)\b"
            r"[^.]*\b(?:certificate|evidence|proof)\b"
        ),
    }  # fmt: skip


def _higher(page: Page, instance: Instance, passage: Passage) -> Mapping[str, Value]:
    """Terms such as confidentiality under the higher cap, as a name the ladder can ask for."""
    claims = instance.values["supercap.covers"]
    return {"supercap.amount": next(
        (number(q, "money") for p in all_words(page, instance) for q in money(p.text, p.start)
         if p.has(r"\b(?:higher|separate|enhanced|super|increased)\b")), absent()) if claims.value else absent()}  # fmt: skip


TOPICS = (
    extended(
        BASE["liability_cap"],
        {
            "cap.scope": word_of("what the cap counts for", "aggregate", "yearly", "per_claim", "per_order"),
            "cap.percent": number_of("the cap in percent of the price", "percent"),
            "cap.window": word_of("the months counted", "before", "term", "year"),
        },
        _cap,
    ),
    extended(
        BASE["data_cap"], {"supercap.amount": number_of("the higher cap as an amount", "money")}, _higher
    ),
    extended(
        BASE["ip_indemnity"],
        {
            "pays": set_of("what the provider pays", *_PAYS),
            "giver": word_of("who gives the indemnity", "provider", "customer", "both"),
            "cap": word_of("the limit on the indemnity", "none", "higher", "general"),
            "sole_remedy": word_of("the only remedy", "no", "refund", "listed"),
        },
        _ip,
    ),
    extended(
        BASE["dpa_liability"],
        {
            "supercap.multiple": number_of("the limit for data as a multiple", "times"),
            "supercap.additional": word_of("a limit beside the general one", "yes", "no"),
        },
        _dpa,
    ),
    extended(BASE["insurance"], {"proof.yearly": word_of("proof every year", "yes", "no")}, _insurance),
)
