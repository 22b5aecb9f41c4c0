"""LibreOffice reports the changes we wrote: the same words, inserted and deleted, by the same authors."""

from pathlib import Path

import pytest

import redline
from tests import libreoffice
from tests.redline.notation import doc
from tests.redline.office_changes import AUTHOR, differences, ours, theirs
from tests.redline.pairs import made_pairs
from tests.shared import needs_shared


def test_our_own_list_tells_who_inserted_and_deleted_what() -> None:
    data = redline.apply(
        doc("pay [-30-][+60+] days"), [{"block": "body:0", "start": 4, "end": 6, "text": "90"}]
    )
    assert ours(data.docx)[("Them", "insert")] == "60"
    assert ours(data.docx)[("Parley", "delete")] == "60"
    assert ours(data.docx)[("Parley", "insert")] == "90"


def test_a_difference_is_counted_by_author_and_kind() -> None:
    assert differences({("A", "insert"): "ab"}, {("A", "insert"): "ba"}) == []
    assert differences({("A", "insert"): "ab"}, {("B", "insert"): "ab"}) != []


@needs_shared
@pytest.mark.shared
@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.skipif(bool(libreoffice.what_is_missing()), reason=libreoffice.what_is_missing() or "complete")
def test_libreoffice_reports_what_we_wrote_into_the_made_pairs(tmp_path: Path) -> None:
    for name, (old, new) in made_pairs().items():
        done = redline.scrub(redline.compare(old, new, author=AUTHOR, date="2026-01-15T09:00:00Z").docx)
        assert differences(ours(done), theirs(done, tmp_path)) == [], name
