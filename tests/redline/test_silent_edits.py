"""A sample of the silent edits and honest returns that `python -m tests.redline.silent_edits` counts."""

import random
from pathlib import Path

import pytest

from ops import office
from tests import libreoffice
from tests.redline.silent_contracts import names, sent
from tests.redline.silent_edits import alarms, honest, misjudged, planted
from tests.redline.silent_honest import HONEST, honest_work
from tests.redline.silent_plants import PLANTS, Returned

SMALL = "demo:hosting-order-form"
SHORT = (SMALL, "demo:mutual-nda", "demo:evaluation-nda")


# two of every group here, all of them in eight contracts each in `make long`
SAMPLE = sorted(
    name
    for group in {group for group, _ in PLANTS.values()}
    for name in sorted(name for name, (its_group, _) in PLANTS.items() if its_group == group)[:2]
)


@pytest.mark.parametrize("plant", SAMPLE)
def test_a_silent_edit_is_told_as_what_it_is(plant: str) -> None:
    """Each kind once, in the first contract that has room for it."""
    case = next(case for case in planted(each=1, only=(plant,), first=SHORT) if case.plant == plant)
    assert misjudged(case) == "", case.contract


@pytest.mark.parametrize("work", sorted(HONEST))
def test_an_honest_return_raises_no_alarm(work: str) -> None:
    assert alarms(SMALL, HONEST[work](sent(SMALL), random.Random(work))) == []


def test_the_plants_are_many_and_change_something() -> None:
    """So that the counts mean what they say: every group is there, and no plant is a no-op."""
    groups = {group for group, _ in PLANTS.values()}
    assert groups >= {
        "text",
        "numbers",
        "looks",
        "headers",
        "footnotes",
        "fields",
        "comments",
        "settled",
        "forged",
    }
    for name, (_, plant) in PLANTS.items():
        back = Returned(sent(SMALL), random.Random(name))
        before = Returned(sent(SMALL), random.Random(name)).save()
        assert plant(back) is None or back.save() != before, name


@pytest.mark.slow
def test_all_silent_edits_are_found_and_no_honest_return_is_accused() -> None:
    cases = list(planted())
    assert len(cases) >= 300
    assert [wrong for case in cases if (wrong := misjudged(case))] == []
    assert [found for _, contract, data in honest() if (found := alarms(contract, data))] == []


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.skipif(bool(libreoffice.what_is_missing()), reason=libreoffice.what_is_missing() or "complete")
@pytest.mark.parametrize("contract", names())
def test_an_honest_return_saved_by_libreoffice_raises_no_alarm(contract: str, tmp_path: Path) -> None:
    """Opened, worked on with tracking, and saved by another program."""
    data = honest_work(sent(contract), random.Random(contract))
    saved = office.convert(_written(tmp_path, data), tmp_path, to="docx").read_bytes()
    assert alarms(contract, saved) == []


def _written(folder: Path, data: bytes) -> Path:
    (folder / "in").mkdir()
    path = folder / "in" / "returned.docx"
    path.write_bytes(data)
    return path
