"""Standard forms with one thing changed: the right issue lands on the right rung; no other issue moves."""

import pytest

from tests.playbooks.form_cases import ALSO, CASES, judged
from tests.shared import needs_shared

_first: dict[tuple[str, str], str] = {}
for one in CASES:
    _first.setdefault((one.form, one.kind), one.id)
QUICK = set(_first.values())


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize(
    "case",
    [pytest.param(c, id=c.id, marks=() if c.id in QUICK else pytest.mark.slow) for c in CASES],
)
def test_the_changed_issue_moves_to_its_rung_and_no_other_does(case):
    rung, moved = judged(case)
    assert rung == case.rung
    assert moved <= ALSO.get((case.form, case.issue), set())


def test_there_are_enough_cases_of_each_kind_over_enough_playbooks():
    kinds = [case.kind for case in CASES]
    assert len(CASES) >= 300
    assert {"number", "place", "one-sided", "reversed", "widened", "narrowed", "qualified", "dropped"} == set(
        kinds
    )
    assert len({case.form for case in CASES}) >= 9
