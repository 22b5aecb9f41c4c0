"""A redline that does not settle to both texts is made again with whole paragraphs, and says so."""

import pytest

import redline
from redline import weave
from redline.compare_blocks import Blocks
from tests.redline.notation import doc

OLD, NEW = doc("pay within 30 days", "other", "end"), doc("pay within 90 days", "other", "end")


def test_words_compared_wrongly_make_whole_paragraphs_and_the_report_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert redline.compare(OLD, NEW).report["fallback"] is False

    def sees_no_difference(before: str, after: str, *, granularity: str = "word") -> list:
        return [("same", 0, len(before), 0, len(after))]

    monkeypatch.setattr(weave, "diff_spans", sees_no_difference)
    done = redline.compare(OLD, NEW)
    assert done.report["fallback"] is True
    assert done.report["problems"] == []
    assert redline.text(redline.resolve(done.docx, accept_all=True)) == redline.text(NEW)
    assert redline.text(redline.resolve(done.docx, reject_all=True)) == redline.text(OLD)
    assert {change.text for change in redline.changes(done.docx)} >= {"pay within 30 days"}


def test_what_even_that_does_not_mend_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Blocks, "merge", lambda *_: False)
    report = redline.compare(OLD, NEW).report
    assert report["fallback"] is True
    assert report["problems"] == ["After accepting all changes the body do not read as the new text."]
