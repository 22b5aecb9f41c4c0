"""Comparing a document that already carries tracked changes: accepted first, or kept as theirs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import redline
from tests.redline.notation import doc

FEES = "The fee is due within thirty days of the invoice."
TERM = "This agreement runs for two years from its signature."


def check_kept(old: bytes, new: bytes) -> redline.Comparison:
    """Both ends hold, and with our changes rejected the old document stands as it was, theirs still open."""
    done = redline.compare(old, new, pending="keep")
    assert done.report["problems"] == []
    assert done.report["fallback"] is False
    assert redline.text(redline.resolve(done.docx, accept_all=True)) == redline.text(new)
    assert redline.text(redline.resolve(done.docx, reject_all=True)) == redline.text(old, view="original")
    back = redline.resolve(done.docx, reject_all=True, author="Parley")
    assert redline.text(back) == redline.text(old)
    assert redline.text(back, view="original") == redline.text(old, view="original")
    return done


def marked(docx: bytes) -> list[tuple[str, str, str]]:
    return [(c.author, c.way, c.text) for c in redline.changes(docx)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # ours beside theirs
        (
            ["pay [-30-][+60+] days at once"],
            ["pay 60 days later"],
            [
                ("Them", "delete", "30"),
                ("Them", "insert", "60"),
                ("Parley", "delete", "at once"),
                ("Parley", "insert", "later"),
            ],
        ),
        # ours inside theirs: their insertion, struck by us
        (
            ["pay [+within sixty days +]now"],
            ["pay within ninety days now"],
            [
                ("Them", "insert", "within "),
                ("Them", "insert", "sixty"),
                ("Parley", "delete", "sixty"),
                ("Parley", "insert", "ninety"),
                ("Them", "insert", " days "),
            ],
        ),
        # a paragraph they struck is not ours to compare
        ([FEES, f"[-{TERM}-]¶-", "end"], [FEES.replace("thirty", "ten"), "end"], None),
        # a paragraph they put in, struck by us
        ([FEES, f"[+{TERM}+]¶+", "end"], [FEES, "end"], None),
        # the very words they struck come back
        (["pay [-30 -]days"], ["pay 30 days"], None),
    ],
)
def test_theirs_stay_theirs(before: list, after: list, expected: list | None) -> None:
    done = check_kept(doc(*before), doc(*after))
    assert done.report["kept"] > 0
    assert done.report["accepted_before"]["old"] == 0
    if expected is not None:
        assert marked(done.docx) == expected


def test_untouched_paragraphs_keep_their_changes_as_they_were() -> None:
    old = doc("pay [-30-][+60+] days", FEES)
    done = check_kept(old, doc("pay 60 days", TERM))
    before = list(redline.changes(old))
    assert [c for c in redline.changes(done.docx) if c.author == "Them"] == before


def test_what_cannot_stay_is_accepted_and_counted() -> None:
    """A paragraph joined to the next by them: its mark is settled, their words stay open."""
    old = doc("The fee is due.¶-", " It is paid once[+ a year+].", "end")
    done = redline.compare(old, doc("The fee is due. It is paid once a year.", "last"), pending="keep")
    assert done.report["problems"] == []
    assert done.report["accepted_before"]["old"] == 1
    assert done.report["kept"] == 1


def test_the_result_says_what_was_asked_for() -> None:
    done = redline.compare(doc("a"), doc("b"), author="Ada", granularity="character", pending="keep")
    assert done.report["settings"] == {
        "author": "Ada",
        "date": None,
        "granularity": "character",
        "pending": "keep",
    }


@pytest.mark.parametrize("wrong", [{"granularity": "letters"}, {"pending": "drop"}])
def test_an_unknown_setting_is_refused(wrong: dict) -> None:
    with pytest.raises(redline.Refused) as refusal:
        redline.compare(doc("a"), doc("b"), **wrong)
    assert refusal.value.code == "bad-setting"


VOCABULARY = ["pay", "thirty", "sixty", "days", "fee", "term", "notice", "law"]
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=6)


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A paragraph with their changes somewhere in it, or wholly theirs."""
    pieces = []
    for words in draw(st.lists(WORDS, min_size=1, max_size=4)):
        shape = draw(st.sampled_from(["{}", "{}", "[+{}+]", "[-{}-]"]))
        pieces.append(shape.format(" ".join(words) + " "))
    whole = draw(st.sampled_from(["", "", "", "+", "-"]))
    if whole:
        text = "".join(pieces).translate(str.maketrans("", "", "[]+-"))
        return f"[{whole}{text}{whole}]¶{whole}"
    return "".join(pieces)


@settings(max_examples=150, deadline=None)
@given(st.lists(lines(), min_size=1, max_size=5), st.lists(WORDS, min_size=1, max_size=5))
def test_keeping_holds_for_any_pending_changes(before: list[str], after: list[list[str]]) -> None:
    check_kept(doc(*before, "end"), doc(*(" ".join(words) for words in after), "end"))
