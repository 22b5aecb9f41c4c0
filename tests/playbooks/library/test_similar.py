"""What is like a clause, and by which words; where its words are used."""

from types import SimpleNamespace

from playbooks.clause_library.similar import similar, tokens
from playbooks.clause_library.usage import uses

PAY = "The Customer shall pay each invoice within thirty (30) days of receipt."
LATE = "Late payment of an invoice bears interest at five percent a year."
LAW = "This Agreement is governed by the laws of England and Wales."
TEXTS = [("pay", PAY), ("late", LATE), ("law", LAW)]


def test_a_text_is_most_like_itself():
    found = similar(PAY, TEXTS)
    assert (found[0].item, found[0].score) == ("pay", 1.0)
    assert "law" not in [like.item for like in found]


def test_the_shared_words_are_named_and_the_rarest_first():
    (best, *_rest) = similar("The Customer pays invoices on receipt.", TEXTS)
    assert best.item == "pay"
    # "invoice" stands in two of the texts, the others in one.
    assert best.words == ("customer", "pay", "receipt", "invoice")


def test_words_that_every_contract_has_make_nothing_alike():
    assert similar("The parties shall agree in this agreement.", TEXTS) == ()
    assert similar("", TEXTS) == ()
    assert similar(PAY, []) == ()


def test_equal_texts_keep_their_order_and_only_the_best_are_given():
    many = [(n, PAY) for n in range(20)]
    assert [like.item for like in similar(PAY, many, most=3)] == [0, 1, 2]


def test_names_of_variables_are_no_words():
    assert tokens("{{customer}} pays invoices of {{provider}}") == ["pay", "invoice"]


def test_a_use_is_found_whatever_the_line_ends_and_an_older_text_is_told():
    rungs = [
        {"id": "P", "wording": PAY.replace(" within", "\n  within")},
        {"id": "F1", "wording": [{"text": LATE}, {"text": LAW}]},
        {"id": "F2"},
    ]
    version = SimpleNamespace(data={"issues": [{"code": "pay", "title": "Payment", "rungs": rungs}]})
    found = list(uses([PAY], [LATE], [version]))
    assert [(use.issue, use.rung, use.is_current) for use in found] == [
        ("pay", "P", True),
        ("pay", "F1", False),
    ]
