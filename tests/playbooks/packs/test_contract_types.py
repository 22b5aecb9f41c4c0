"""Packs by kind of contract: whole, sound to start from, honest about what is judged."""

import pytest

from playbooks.fields import BadPlaybook
from playbooks.packs.contract_types import _pack, ladder_of, pack, packs, starting_playbook
from playbooks.packs.reading import read_plain
from playbooks.schema import read_playbook

STARTS = [
    pytest.param(found, start, id=f"{found.code}-{start.code}") for found in packs() for start in found.starts
]


def test_there_is_a_pack_for_each_of_the_twelve_kinds():
    assert sorted(found.code for found in packs()) == [
        "employment", "international_trade", "investment_term_sheet", "licensing", "mergers_acquisitions",
        "nda", "partnership", "real_estate_purchase", "software_development", "supply_chain", "union",
        "vendor",
    ]  # fmt: skip


@pytest.mark.parametrize("found", packs(), ids=lambda found: found.code)
def test_a_pack_says_what_each_issue_is_about_and_what_to_think_of(found):
    assert len(found.issues) >= 10
    assert len({issue.code for issue in found.issues}) == len(found.issues)
    for issue in found.issues:
        assert issue.wishes or issue.ask, issue.code
        assert len(issue.wishes) != 1, issue.code  # an issue has two sides
        for question in issue.ask:
            assert question.endswith("?"), question


@pytest.mark.parametrize(("found", "start"), STARTS)
def test_what_is_begun_is_sound_and_names_what_it_does_not_judge(found, start):
    begun = starting_playbook(found, start)
    assert read_playbook(begun.to_data()) == begun
    assert begun.side == start.side
    assert "not legal advice" in begun.note
    codes = {issue.code for issue in begun.issues}
    for issue in found.issues:
        if start.code in issue.ladders:
            assert ladder_of(issue.ladders[start.code])[1].code in codes
        else:
            assert issue.title in begun.description


def test_a_start_without_a_playbook_of_its_own_has_only_the_ladders_it_names():
    found = pack("union")
    begun = starting_playbook(found, found.start("employer"), title="Our table")
    assert [issue.code for issue in begun.issues] == ["working_time", "holiday"]
    assert begun.title == "Our table"
    assert begun.lists == {}


def test_mistakes_in_a_pack_are_named():
    wrong = {
        "pack": "x",
        "title": "X",
        "summary": "S",
        "contract_type": "x",
        "starts": [{"code": "a", "label": "A", "side": "both", "playbook": "no-such"}],
        "issues": [
            {
                "code": "i",
                "title": "I",
                "about": "What",
                "ladders": {"b": "mutual-nda/no_such"},
                "colour": "red",
            }
        ],
    }
    with pytest.raises(BadPlaybook) as caught:
        read_plain(wrong, _pack)
    said = str(caught.value)
    for part in ("no playbook “no-such” ships", "no start “b”", "no ladder “mutual-nda/no_such”", "colour"):
        assert part in said
