"""The promise of every proposal: accepted in the file and read again, its issue stands on the rung asked for
and no other issue stands worse. Over every rule of the shipped playbooks; over every form in the long run."""

import re
from collections.abc import Iterator

import pytest

import redline
from config.demo import contracts
from playbooks.judge import Case, depth
from playbooks.library import shipped, shipped_names
from playbooks.review import case_of, page_of, proposal_for_rung, review
from tests.playbooks.test_forms import SAMPLES, sources

WHEN = "2026-01-01T00:00:00Z"


def proposals(playbook, document, case) -> Iterator[tuple]:
    """Every change the ladders can offer on this text, to each rung better than where it stands."""
    for issue in playbook.issues:
        standing = case.standing(issue)
        for rung in issue.rungs:
            if standing.rung is not None and depth(issue, rung.id) < standing.position:
                edits = proposal_for_rung(playbook, document, issue.code, rung.id)
                if edits:
                    yield issue, rung, edits


def accepted(data, edits):
    """The file with the edits written as tracked changes and all of them accepted."""
    applied = redline.apply(data, edits, date=WHEN)
    return redline.read(redline.resolve(applied.docx, accept_all=True))


def keeps_its_promise(data, playbook) -> int:
    document = redline.read(data)
    before = case_of(playbook, page_of(document), {})
    count = 0
    for issue, rung, edits in proposals(playbook, document, before):
        after: Case = case_of(playbook, page_of(accepted(data, edits)), {})
        assert after.standing(issue).position <= depth(issue, rung.id), (issue.code, rung.id)
        worse = [
            other.code
            for other in playbook.issues
            if other.code != issue.code and after.standing(other).position > before.standing(other).position
        ]
        assert worse == [], (issue.code, rung.id, worse)
        count += 1
    return count


@pytest.mark.parametrize(("slug", "playbook"), [(slug, playbook) for slug, playbook, _ in SAMPLES])
def test_accepting_what_is_offered_reaches_the_rung_and_harms_no_other(slug, playbook):
    assert keeps_its_promise(contracts.build(slug), shipped(playbook)) >= 0


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped_names())
def test_every_rule_keeps_its_promise_on_every_form(name):
    counts = [keeps_its_promise(data, shipped(name)) for _, data in sources()]
    assert sum(counts) > 50


_TERM = re.compile(r"(?<=[a-z,;] )(?:[A-Z][a-z]+(?: [A-Z][a-z]+)*)")


@pytest.mark.parametrize(("slug", "playbook"), [(slug, playbook) for slug, playbook, _ in SAMPLES])
def test_new_words_use_no_term_the_contract_does_not_have(slug, playbook):
    book = shipped(playbook)
    page = page_of(redline.read(contracts.build(slug)))
    places = {name for names in book.lists.values() for name in names}
    written = [
        (found.issue, term)
        for found in review(book, page).findings
        for edit in found.changes
        for term in _TERM.findall(str(edit.get("text", "")))
    ]
    strangers = [(issue, term) for issue, term in written if term not in page.text and term not in places]
    assert strangers == []
