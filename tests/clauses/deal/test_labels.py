"""Values beside the rows of `predict`: one answer for each contract, at the row that carries it."""
# ruff: noqa: E501  (contract sentences stand on one line)

from clauses.deal.labels import with_values

TEXT = (
    'This Agreement is made as of March 3, 2021 (the "Effective Date") by and between Acme, Inc. ("Acme") and Beta LLC ("Beta").\n\n'
    "1. Term. The term of this Agreement continues for two years from the Effective Date.\n"
    "2. Renewal. This Agreement shall automatically renew for successive one year terms.\n"
    "3. Law. This Agreement is governed by the laws of the State of Ohio.\n"
)


def row(words, category, score, **more):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "category": category, "score": score, **more}


def test_a_derived_end_stands_with_the_sentence_of_the_term():
    rows = [
        row("The term of this Agreement continues for two years from the Effective Date.", "Expiration Date", 0.9),
        row("This Agreement shall automatically renew for successive one year terms.", "Expiration Date", 0.6, value="x"),
    ]  # fmt: skip
    assert [r.get("value") for r in with_values(TEXT, rows)] == ["2023-03-03", None]


def test_each_category_gets_its_own_value():
    rows = [
        row("March 3, 2021", "Agreement Date", 0.8),
        row("March 3, 2021", "Effective Date", 0.7),
        row("This Agreement shall automatically renew for successive one year terms.", "Renewal Term", 0.9),
        row("This Agreement is governed by the laws of the State of Ohio.", "Governing Law", 0.9),
        row("Acme, Inc.", "Parties", 0.9, value="Acme, Inc."),
    ]
    assert [r["value"] for r in with_values(TEXT, rows)] == [
        "2021-03-03",
        "2021-03-03",
        "1 years",
        "Ohio",
        "Acme, Inc.",
    ]


def test_rows_keep_their_places_and_scores():
    rows = [row("March 3, 2021", "Agreement Date", 0.8, band="sure"), row("Beta LLC", "Parties", 0.4)]
    plain = [{k: v for k, v in r.items() if k != "value"} for r in with_values(TEXT, rows)]
    assert plain == rows


def test_without_rows_there_is_nothing_to_say():
    assert with_values(TEXT, []) == []
    assert with_values("", []) == []
