"""Conditions: three values, the written form and the data form, and words for people."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.topics.values import Value, absent, number_of, unknown, word_of
from playbooks.condition_text import BadCondition, from_data, parse, to_data, write
from playbooks.condition_words import describe, steps
from playbooks.conditions import (
    All,
    AnyOf,
    Compare,
    Covers,
    IfThen,
    Not,
    Ref,
    RungAtLeast,
)
from playbooks.evaluation import Facts, evaluate


def read(value):
    return Value("read", Decimal(value) if isinstance(value, int) else value)


VALUES = {
    "years": read(3),
    "from": read("disclosure"),
    "keep": read(("backup", "legal_copy")),
    "proof": absent(),
    "months": unknown("words and figures disagree"),
    "cap.months": read(12),
    "cap.amount": read(500_000),
    "cap.combine": read("greater"),
    "waiver.exceptions": read(("confidentiality", "data_breach")),
    "cap.exceptions": read(("data_breach",)),
    "clause": read("present"),
}
FACTS = Facts(
    VALUES,
    deal={"annual_fees": Decimal(120_000), "law": "Texas"},
    lists={"neutral": ("disclosure", "end"), "min": ("Texas=2", "Ohio=9")},
    rung_holds=lambda issue, rung: {"insurance": "yes", "cap": "no"}.get(issue, "unknown"),
)

VERDICTS = [
    ("years = 3", "yes"),
    ("years != 3", "no"),
    ("years < 3", "no"),
    ("years <= 3", "yes"),
    ("years > 2", "yes"),
    ("years >= 4", "no"),
    ("from in [disclosure, end]", "yes"),
    ("from in LIST.neutral", "yes"),
    ("from = end", "no"),
    ("keep has backup", "yes"),
    ("keep has [backup, certificate]", "no"),
    ("keep lacks certificate", "yes"),
    ("keep lacks [backup]", "no"),
    ("keep only [backup, legal_copy, other]", "yes"),
    ("keep only backup", "no"),
    ("proof absent", "yes"),
    ("proof present", "no"),
    ("proof = yes", "no"),
    ("proof != yes", "yes"),
    ("proof lacks records", "yes"),
    ("proof has records", "no"),
    ("proof <= 3", "no"),
    ("clause absent", "no"),
    ("months <= 12", "unknown"),
    ("months <= 12 and years = 9", "no"),
    ("months <= 12 and years = 3", "unknown"),
    ("months <= 12 or years = 3", "yes"),
    ("months <= 12 or years = 9", "unknown"),
    ("not months <= 12", "unknown"),
    ("not (years = 9)", "yes"),
    ("nothing_known >= 1", "unknown"),
    ("deal.term >= 36", "unknown"),
    ("years >= LIST.min[deal.law]", "yes"),
    ("covers(waiver.exceptions, cap.exceptions)", "yes"),
    ("covers(cap.exceptions, waiver.exceptions)", "no"),
    ("covers(waiver.exceptions, months)", "unknown"),
    ("rung(insurance) >= F1", "yes"),
    ("rung(cap) >= F1", "no"),
    ("rung(other) >= F1", "unknown"),
    ("cap.money >= deal.annual_fees", "yes"),
    ("cap.money = 500000", "yes"),
    ("if deal.law = Texas then years = 3", "yes"),
    ("if deal.law = Texas then years = 9 else years = 3", "no"),
    ("if months = 1 then years = 3 else years = 3", "yes"),
    ("if months = 1 then years = 3 else years = 9", "unknown"),
]


@pytest.mark.parametrize(("text", "verdict"), VERDICTS)
def test_a_condition_is_yes_no_or_unknown(text, verdict):
    assert evaluate(parse(text), FACTS) == verdict


@pytest.mark.parametrize("text", [text for text, _ in VERDICTS])
def test_both_written_forms_keep_the_condition(text):
    condition = parse(text)
    assert parse(write(condition)) == condition
    assert from_data(to_data(condition)) == condition


NAMES = st.sampled_from(["years", "cap.months", "deal.value", "LIST.ours", "keep"])
WORDS = st.sampled_from(["yes", "absent", "England and Wales", "and", "x1", "a-b"])
NUMBERS = st.decimals(0, 1000, places=2, allow_nan=False).map(lambda d: Decimal(str(d)))


def ref(name):
    source, _, rest = name.partition(".")
    return {"deal": Ref("deal", rest), "LIST": Ref("list", rest)}.get(source, Ref("value", name))


def value_ref(name):
    return Ref("value", "years") if ref(name).source == "list" else ref(name)


LEAVES = st.one_of(
    st.builds(
        lambda n, op, v: Compare(ref(n), op, v), NAMES, st.sampled_from(["<=", ">=", "=", "!="]), NUMBERS
    ),
    st.builds(lambda n, v: Compare(ref(n), "=", v), NAMES, WORDS),
    st.builds(
        lambda n, op, v: Compare(ref(n), op, tuple(v)),
        NAMES,
        st.sampled_from(["in", "has", "lacks", "only"]),
        st.lists(WORDS),
    ),
    st.builds(lambda n, op: Compare(ref(n), op), NAMES, st.sampled_from(["absent", "present"])),
    st.builds(lambda a, b: Covers(ref(a), ref(b)), NAMES, NAMES),
    st.just(RungAtLeast("insurance", "F1")),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
        st.builds(IfThen, inner, inner, st.none() | inner),
    ),
    max_leaves=8,
)


@given(CONDITIONS)
def test_any_condition_survives_both_forms(condition):
    assert parse(write(condition)) == condition
    assert from_data(to_data(condition)) == condition


@given(CONDITIONS)
def test_unknown_values_never_turn_a_condition_into_the_other_answer(condition):
    """Learning more may settle an unknown, never overturn a yes or a no (Kleene's logic is monotone)."""
    blind = Facts({name: unknown("hidden") for name in VALUES}, deal={}, lists=FACTS.lists)
    before = evaluate(condition, blind)
    after = evaluate(condition, Facts(VALUES, deal=FACTS.deal, lists=FACTS.lists))
    assert before in ("unknown", after)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "years",
        "years <=",
        "years <= 3 and",
        "(years = 3",
        "years == 3",
        "covers(a)",
        "__import__('os')",
        "a = b c",
        "in in in",
    ],
)
def test_what_is_not_a_condition_is_refused_with_its_text(text):
    with pytest.raises(BadCondition):
        parse(text)


@pytest.mark.parametrize(
    "data", [3, [], {}, {"years": {"about": 3}}, {"all": []}, {"rung": {"issue": "x"}}, {"covers": ["a"]}]
)
def test_what_is_not_data_of_a_condition_is_refused(data):
    with pytest.raises(BadCondition):
        from_data(data)


def test_nesting_beyond_reason_is_refused():
    with pytest.raises(BadCondition, match="deep"):
        parse("not " * 40 + "years = 3")


def test_conditions_read_as_words():
    specs = {"years": number_of("the length of secrecy", "year"), "from": word_of("the start", "end")}
    text = describe(parse("years <= 3 and (from = end or from absent)"), specs)
    assert text == "the length of secrecy at most 3 years and (the start is end or nothing on the start)"


def test_each_step_says_what_was_asked_found_and_decided():
    found = list(steps(parse("years <= 2 and months = 1"), FACTS))
    assert [(s.path, s.found, s.verdict) for s in found] == [
        ("years", "3", "no"),
        ("months", "could not tell: words and figures disagree", "unknown"),
    ]


# Rows of the list of ladders lawyers use, in the short form: what must hold, and what must not.
LADDERS = [
    (
        "years<=3 and from=disclosure and trade_secrets=while_secret",
        {"years": 3, "from": "disclosure", "trade_secrets": "while_secret"},
        "yes",
    ),
    (
        "years<=3 and from=disclosure and trade_secrets=while_secret",
        {"years": 4, "from": "disclosure", "trade_secrets": "while_secret"},
        "no",
    ),
    (
        "exceptions only [public, known, third_party, independent] and residuals absent and proof=records",
        {"exceptions": ("public",), "residuals": None, "proof": "records"},
        "yes",
    ),
    (
        "months<=12 and kind=solicit and targets only [project_staff] and exempt has adverts",
        {"months": 12, "kind": "solicit", "targets": ("project_staff",), "exempt": ("adverts",)},
        "yes",
    ),
    (
        "months<=12 and kind=solicit and targets only [project_staff] and exempt has adverts",
        {"months": 12, "kind": "both", "targets": ("project_staff",), "exempt": ("adverts",)},
        "no",
    ),
    (
        "combine=greater and months>=24 and amount>=1000000",
        {"combine": "greater", "months": 24, "amount": 1000000},
        "yes",
    ),
    (
        "months>=12 and base=paid_and_payable and cap.money>=deal.annual_fees",
        {"months": 12, "base": "paid_and_payable", "cap.months": 12},
        "yes",
    ),
    (
        "months<=24 and deal.term_months>=36 and cap.money<=deal.insured",
        {"months": 24, "cap.months": 24},
        "unknown",
    ),
    (
        "in_term=fixed and combine=lesser and percent<=3",
        {"in_term": "fixed", "combine": "lesser", "percent": 3},
        "yes",
    ),
    (
        "if deal.law in LIST.void then clause absent else months>=9 and months<=12",
        {"clause": "present", "months": 10},
        "no",
    ),
    (
        "prior_list in [filled, none_stated] and form=present",
        {"prior_list": "filled", "form": "present"},
        "yes",
    ),
    ("law in LIST.ours and forum_matches=yes", {"law": "Texas", "forum_matches": "yes"}, "no"),
    (
        "causes lacks [own_strike, price, shortage] and exit.days<=60",
        {"causes": ("war",), "exit.days": 60},
        "yes",
    ),
    ("hours<=24 and from=aware", {"hours": 24}, "unknown"),
]


@pytest.mark.parametrize(("text", "values", "verdict"), LADDERS)
def test_ladders_of_practice_can_be_written_and_judged(text, values, verdict):
    facts = Facts(
        {name: absent() if value is None else read(value) for name, value in values.items()},
        deal={"annual_fees": Decimal(100_000), "law": "California", "term_months": Decimal(36)},
        lists={"void": ("California",), "ours": ("Germany",)},
    )
    assert evaluate(parse(text), facts) == verdict
