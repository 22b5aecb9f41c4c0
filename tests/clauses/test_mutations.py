"""Known slips put into known contracts are seen: a sample here, all of them in `make long`."""

from collections import Counter

import pytest

import redline
from clauses import analyse
from tests.clauses.mutations import KINDS, cases, forms, is_seen
from tests.clauses.mutations.forms import Form, own
from tests.shared import needs_shared

# Value changes and breaks: 95 of 100. A term that loses its definition is hard to tell from a name.
BAR = dict.fromkeys(KINDS, 0.95) | {
    "widened exception": 0.9,
    "renamed use of a term": 0.9,
    "removed definition": 0.7,
}


def counted(chosen, most):
    made, seen, missed = Counter(), Counter(), []
    for form in chosen:
        for kind, case in cases(form, most=most):
            made[kind] += 1
            if is_seen(case):
                seen[kind] += 1
            else:
                missed.append(str(case))
    return made, seen, missed


def test_slips_in_our_own_contracts_are_seen():
    made, seen, missed = counted([own("software-licence"), own("mutual-nda")], most=1)
    assert made.total() >= 25
    assert seen.total() >= 0.93 * made.total(), missed


@needs_shared
@pytest.mark.shared
@pytest.mark.slow
def test_every_kind_of_slip_is_seen_in_the_standard_forms():
    made, seen, missed = counted(forms(), most=3)
    assert made.total() >= 1_000
    assert set(made) == set(KINDS)
    assert {kind: seen[kind] / made[kind] for kind in KINDS if seen[kind] < BAR[kind] * made[kind]} == {}, (
        missed
    )
    assert seen.total() >= 0.95 * made.total()


def test_an_edit_in_memory_reads_like_a_tracked_change():
    form = own("master-saas-agreement")
    start = form.text.index("fourteen (14) days")
    block, offset = form.source.locate(start)
    edit = {"op": "replace", "block": block, "start": offset, "end": offset + 18, "text": "ninety (90) days"}
    from config.demo.contracts import build

    written = redline.read(redline.apply(build("master-saas-agreement"), [edit]).docx)
    in_memory = form.edited([(start, start + 18, "ninety (90) days")])
    assert written.text == in_memory.text
    assert analyse(written) == analyse(in_memory)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ((0, 5, "Other"), "Other day\nand night\n"),
        ((6, 9, ""), "Every \nand night\n"),
        ((14, 14, " or"), "Every day\nand  ornight\n"),
    ],
)
def test_edits_of_text_and_of_blocks_agree(edit, expected):
    rows = ("Every day", "and night")
    blocks = tuple(
        redline.Block(f"body:{n}", "body", "paragraph", "", None, "", row, row, (redline.Piece(row),), None)
        for n, row in enumerate(rows)
    )
    for source in ("Every day\nand night\n", redline.Document(blocks)):
        edited = Form("form", source).edited([edit])
        assert (edited if isinstance(edited, str) else edited.text) == expected
