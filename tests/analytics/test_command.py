"""`playbook backtest --cost` and `--against`: what a playbook would have cost on documents."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from playbooks.yaml_format import dump
from tests.analytics.histories import PAYS, small_playbook


@pytest.fixture
def files(tmp_path):
    paths = []
    for days in (60, 30, 20, 7):
        path = tmp_path / f"{days}.txt"
        path.write_text(PAYS.format(days=days) + "\n", encoding="utf-8")
        paths.append(str(path))
    return paths


@pytest.fixture
def draft(tmp_path):
    data = small_playbook(leave_alone={"our_paper": "P", "their_paper": "F1"}).to_data()
    path = tmp_path / "draft.yaml"
    path.write_text(dump(type(small_playbook()).from_data(data)), encoding="utf-8")
    return str(path)


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "old.yaml"
    path.write_text(dump(small_playbook()), encoding="utf-8")
    return str(path)


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("playbook", "backtest", *arguments, stdout=out)
    return out.getvalue()


def test_the_cost_is_told_beside_the_other_playbook(draft, old, files):
    told = json.loads(said(draft, *files, "--against", old, "--json"))
    assert (told["contracts"], told["findings"], told["approvals"], told["stops"]) == (4, 2, 1, 1)
    assert told["against"]["findings"] == 3
    lines = said(draft, *files, "--against", old).splitlines()
    assert lines[0] == "payment: findings 2 (was 3), approvals 1, stops 1, unsure 0"
    assert "asks finance: approvals 1, stops 0" in lines
    assert lines[-1] == "4 documents: findings 2 (was 3), approvals 1, stops 1, unsure 0"


def test_the_cost_alone_compares_with_nothing(draft, files):
    assert "was" not in said(draft, *files, "--cost")
    assert "against" not in json.loads(said(draft, *files, "--cost", "--json"))


def test_without_options_it_counts_as_before(draft, files):
    assert json.loads(said(draft, *files, "--json"))["payment"]["rung F1"] == 1


def test_a_playbook_that_is_not_there_is_named(draft, files):
    with pytest.raises(CommandError, match="cannot be read"):
        said(draft, *files, "--against", "nothing.yaml")
