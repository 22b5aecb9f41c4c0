"""Playbooks as files: round trips, and every mistake named by line and field."""

import json
from decimal import Decimal

import pytest

from playbooks.deal import plain_facts
from playbooks.fields import BadPlaybook
from playbooks.library import shipped, shipped_names
from playbooks.rules import Playbook
from playbooks.yaml_format import dump, load

SMALL = """\
name: small
title: Small
contract_type: nda
side: both
lists:
  ours: [Germany]
issues:
  - code: law
    title: Law
    category: General
    topic: governing_law
    missing: {stands: walk_away, reason: Needed.}
    rungs:
      - id: P
        label: Ours
        when: law in LIST.ours
        reason: Because.
    walk_away:
      approvers: {any: [legal]}
      reason: Because.
"""


def mistakes(text):
    with pytest.raises(BadPlaybook) as caught:
        load(text)
    return [(mistake.line, mistake.field, mistake.message) for mistake in caught.value.mistakes]


@pytest.mark.parametrize("name", shipped_names())
def test_export_and_import_give_the_same_playbook(name):
    playbook = shipped(name)
    assert load(dump(playbook)) == playbook
    assert dump(load(dump(playbook))) == dump(playbook)
    assert Playbook.from_data(playbook.to_data()) == playbook
    assert Playbook.from_data(playbook.to_data()).digest == playbook.digest


def test_a_changed_word_changes_the_digest():
    assert load(SMALL).digest != load(SMALL.replace("title: Law", "title: Laws")).digest


def test_yes_and_no_stay_words():
    text = SMALL.replace("law in LIST.ours", "forum_matches = yes")
    assert load(text).issues[0].rungs[0].when.right == "yes"


@pytest.mark.parametrize(
    ("before", "after", "line", "field", "says"),
    [
        ("topic: governing_law", "topic: goverming_law", 11, "issues[0].topic", "not a topic"),
        ("law in LIST.ours", "laws in LIST.ours", 16, "issues[0].rungs[0].when", "not read on this topic"),
        ("law in LIST.ours", "law in LIST.hours", 16, "issues[0].rungs[0].when", "no list"),
        ("law in LIST.ours", "law in", 16, "issues[0].rungs[0].when", "expected"),
        ("law in LIST.ours", "forum_matches = maybe", 16, "issues[0].rungs[0].when", "never read"),
        ("law in LIST.ours", "rung(price) >= F1", 16, "issues[0].rungs[0].when", "no rung"),
        ("law in LIST.ours", "rung(law) >= P", 8, "issues[0]", "depends on its own"),
        ("label: Ours", "lable: Ours", 15, "issues[0].rungs[0].lable", "not a known field"),
        ("        reason: Because.\n    walk", "    walk", 14, "issues[0].rungs[0].reason", "required"),
        ("id: P", "id: preferred", 14, "issues[0].rungs[0].id", "capital letter"),
        ("{any: [legal]}", "{any: [king]}", 19, "issues[0].walk_away.approvers.any", "not a known role"),
        ("stands: walk_away", "stands: F9", 12, "issues[0].missing.stands", "rung"),
        (
            "    category: General",
            "    category: General\n    opening: F1",
            11,
            "issues[0].opening",
            "no rung",
        ),
        ("name: small", "name: Small Book", 1, "name", "small letters"),
        ("    title: Law", "    title: Law\n    title: Lex", 10, "issues[0].title", "twice"),
        (
            "label: Ours",
            "label: Ours\n        weight: heavy",
            16,
            "issues[0].rungs[0].weight",
            "whole number",
        ),
    ],
)
def test_a_mistake_is_named_by_line_and_field(before, after, line, field, says):
    assert before in SMALL
    found = mistakes(SMALL.replace(before, after))
    assert any(f == field and (n or line) == line and says in message for n, f, message in found), found


def test_several_mistakes_are_named_together():
    assert (
        len(mistakes(SMALL.replace("topic: governing_law", "topic: x").replace("label: Ours", "lable: Ours")))
        == 3
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: &x [1]\nb: *x\n", "aliases"),
        ("a: !!python/object/apply:os.system ['true']\n", "tag"),
        ("a: [" * 60, "deep"),
        ("a: [1,\n", "not YAML"),
        ("", "mapping"),
        ("- 1\n", "mapping"),
        ("x: " + "a" * 1_100_000, "larger"),
        ("a: [" + "1, " * 120_000 + "1]", "too many"),
        (b"\xff\xfe\x00", "not"),
    ],
)
def test_hostile_or_broken_files_are_refused_in_words(text, says):
    found = mistakes(text)
    assert any(says in message for _, _, message in found), found


def test_a_bomb_of_aliases_is_refused_before_it_grows():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert mistakes("\n".join(lines))[0][2].startswith("anchors and aliases")


def test_a_fact_with_a_fraction_is_a_number_after_it_was_stored():
    facts = plain_facts(json.loads('{"value": "2.5", "law": "2.5", "term_months": 36}'))
    assert facts == {"value": Decimal("2.5"), "law": "2.5", "term_months": Decimal(36)}
