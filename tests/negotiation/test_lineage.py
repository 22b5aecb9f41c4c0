"""Which clause came out of which."""

import pytest

from negotiation.models import Clause
from negotiation.services import lineage
from tests.negotiation.deal import arrives, received
from tests.redline.notation import doc

PAY = "The Customer pays each invoice within thirty days."
LATE = "Interest runs on what is paid late, at four per cent a year."
BOTH = "Both parties sign this Agreement in two copies."
LAW = "The law of England governs this Agreement."


@pytest.mark.parametrize(
    ("before", "after", "splits", "merges"),
    [
        pytest.param({1: PAY}, [(1, PAY)], {}, {}, id="nothing happened"),
        pytest.param({1: f"{PAY} {LATE}"}, [(1, PAY), (None, LATE)], {1: 1}, {}, id="cut in two"),
        pytest.param({1: PAY, 2: LATE}, [(1, f"{PAY} {LATE}")], {}, {2: 0}, id="taken in"),
        pytest.param({1: PAY}, [(1, PAY), (None, LATE)], {}, {}, id="new"),
        pytest.param({1: PAY, 2: LATE}, [(1, PAY)], {}, {}, id="gone"),
        pytest.param({1: f"{PAY} {LATE}"}, [(1, f"{PAY} {LATE}"), (None, LATE)], {}, {}, id="copied"),
        pytest.param({1: f"{PAY} Fees"}, [(1, PAY), (None, "Fees")], {}, {}, id="a word proves nothing"),
        pytest.param(
            {1: f"{PAY} {LATE}"}, [(1, PAY), (None, LATE.replace(" ", "\n"))], {1: 1}, {}, id="white"
        ),
    ],
)
def test_words_are_followed(before, after, splits, merges):
    assert lineage.trace(before, after) == (splits, merges)


@pytest.mark.django_db
def test_a_clause_cut_in_two_and_one_taken_in_are_remembered():
    deal = received(
        reviewed=False, lines=("1. Payment", f"{PAY} {LATE}", "2. Law", LAW, "3. Rest", BOTH, "4. Notices")
    )
    arrives(deal, doc("1. Payment", PAY, LATE, "2. Law", f"{LAW} {BOTH}", "4. Notices"))
    texts = {row.text: row.clause for row in deal.version().clause_texts.select_related("clause")}

    def clause_with(words: str) -> Clause:
        return next(clause for text, clause in texts.items() if words in text)

    # The longer part goes on; the shorter one came out of it.
    assert clause_with(PAY).split_from == clause_with(LATE)
    assert clause_with(LATE).split_from is None
    assert Clause.objects.get(merged_into__isnull=False).merged_into == clause_with(LAW)
